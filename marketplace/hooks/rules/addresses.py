"""Where messages may go: to other systems on the open internet, never inside our own network."""

import ipaddress
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

LONGEST_URL: Final = 500
HTTPS_PORT: Final = 443
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Public by their number, or so it is told here and there, and still inside somebody's data centre.
_METADATA: Final = (
    ipaddress.IPv4Network("168.63.129.16/32"),
    ipaddress.IPv4Network("192.0.0.0/24"),
)
# Addresses that carry an IPv4 address inside: what looks outward may lead inward.
_CARRIERS: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "::/96")
)


class ForbiddenAddressError(ValueError):
    """Messages do not go there."""


def host_of(url: str, *, allows_loopback: bool = False) -> str:
    """The host of an address that messages may go to.

    Raises:
        ForbiddenAddressError: it is not https on port 443, carries a password, or names a
            machine of a private network.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ForbiddenAddressError(url) from None
    is_plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if not is_plain or len(url) > LONGEST_URL or not host or "#" in url or "@" in parts.netloc:
        raise ForbiddenAddressError(url)
    if allows_loopback and host in {"127.0.0.1", "localhost"}:
        return host
    if parts.scheme != "https" or port not in {None, HTTPS_PORT}:
        raise ForbiddenAddressError(url)
    if _is_literal(host):
        check_addresses([host])
    elif "." not in host.strip(".") or host.rstrip(".").endswith((".local", ".internal")):
        raise ForbiddenAddressError(url)
    return host


def check_addresses(found: Sequence[str], *, allows_loopback: bool = False) -> str:
    """The address to connect to, when every one that a name leads to is outside.

    One bad answer spoils the rest: a name that leads both in and out is somebody's trick.

    Raises:
        ForbiddenAddressError: there is none, or one of them is inside.
    """
    if not found:
        raise ForbiddenAddressError
    for text in found:
        if not is_outside(text, allows_loopback=allows_loopback):
            raise ForbiddenAddressError(text)
    return found[0]


def is_outside(text: str, *, allows_loopback: bool = False) -> bool:
    """Whether the address belongs to the open internet."""
    try:
        address: _Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif any(address in network for network in _CARRIERS):
            return allows_loopback and address.is_loopback
        elif address.scope_id is not None:
            return False
    if allows_loopback and address.is_loopback:
        return True
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _METADATA)
    )


def _is_literal(host: str) -> bool:
    """Whether the host is an address: by its form, or by consisting of digits only.

    Old resolvers read `2130706433`, `0x7f.1` and `017700000001` as addresses, too.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        last = host.rstrip(".").rsplit(".", 1)[-1]
        if last.isdigit() or last.startswith("0x"):
            raise ForbiddenAddressError(host) from None
        return False
    return True
