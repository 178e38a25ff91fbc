"""Addresses of a shop: its API, the keys it signs with, and the names it signs under."""

from typing import Final
from urllib.parse import urlsplit, urlunsplit

from marketplace.hooks.rules.addresses import ForbiddenAddressError, host_of

_API_PATH: Final = "/graphql/"
_KEYS_PATH: Final = "/.well-known/jwks.json"


def api_url(text: str, *, allows_loopback: bool = False) -> str:
    """The address of a shop's API in the one form it is kept in; a bare host is completed.

    Raises:
        ForbiddenAddressError: it is not https, or leads into a private network.
    """
    url = text.strip()
    if "://" not in url:
        url = f"https://{url}"
    host_of(url, allows_loopback=allows_loopback)
    parts = urlsplit(url)
    path = parts.path if parts.path.strip("/") else _API_PATH
    if parts.query or not path.rstrip("/").endswith(_API_PATH.rstrip("/")):
        raise ForbiddenAddressError(url)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path.rstrip("/") + "/", "", ""))


def keys_url(url: str) -> str:
    """Where the keys stand that the shop at this API signs with."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, _KEYS_PATH, "", ""))


def domain_of(url: str) -> str:
    """The name a shop calls itself by in the header `Saleor-Domain`."""
    return urlsplit(url).netloc
