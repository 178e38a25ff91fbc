"""What businesses need of the world outside: where our pages stand, and public registers."""

from dataclasses import dataclass
from typing import Final, Protocol

from marketplace.kernel.ports import Port

PAGES: Final = {
    ("invitation", "vi"): "/loi-moi/{key}",
    ("invitation", "en"): "/en/invitation/{key}",
    ("joining", "vi"): "/ban-hang/{key}/kiem-tra",
    ("joining", "en"): "/en/sell/{key}/check",
    ("members", "vi"): "/gian-hang/{key}/thanh-vien",
    ("members", "en"): "/en/shop/{key}/members",
    ("end_help", "vi"): "/dung-lam-giup/{key}",
    ("end_help", "en"): "/en/end-help/{key}",
}


def page_address(public_url: str, name: str, language: str, key: str) -> str:
    """The address of a page of this site that a letter points to."""
    return public_url + PAGES[name, language].replace("{key}", key)


@dataclass(frozen=True, slots=True)
class PosterText:
    """What stands on the poster of a store."""

    market: str
    name: str
    place: str
    address: str
    invitation: str
    phone: str
    language: str


class Posters(Protocol):
    """Makes what a store prints and shares."""

    def code_svg(self, address: str) -> bytes:
        """The code of an address, sharp in any size."""
        ...

    def code_png(self, address: str) -> bytes:
        """The code of an address, large enough for print."""
        ...

    def poster(self, text: PosterText) -> bytes:
        """The sheet that hangs at the stall, A4, as PDF."""
        ...


POSTERS = Port[Posters]("posters of stores")
