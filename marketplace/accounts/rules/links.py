"""Links that letters may carry."""

from collections.abc import Collection
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def is_allowed_link(url: str, public_url: str, client_hosts: Collection[str]) -> bool:
    """Whether a letter of ours may point there: to this site, or to a storefront we know.

    Anything else would let strangers send our readers, with their token, to a page of their own.
    """
    if any(sign.isspace() or sign in "\\\x00" for sign in url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or parts.hostname is None:
        return False
    if parts.username is not None or parts.password is not None:
        return False
    ours = urlsplit(public_url)
    if (parts.scheme, parts.hostname, port) == (ours.scheme, ours.hostname, ours.port):
        return True
    with_port = parts.hostname if port is None else f"{parts.hostname}:{port}"
    return parts.hostname in client_hosts or with_port in client_hosts


def link_with(url: str, **parameters: str) -> str:
    """The link with more query parameters, its own ones kept and first."""
    parts = urlsplit(url)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *parameters.items()]
    return urlunsplit(parts._replace(query=urlencode(query)))
