"""What connections need of the outside: a shop's API, its pictures, and proof of its messages."""

from dataclasses import dataclass
from typing import Protocol

from marketplace.connector.rules.goods import ShopGood, ShopPage
from marketplace.connector.rules.states import Trouble
from marketplace.kernel.ports import Port


@dataclass(frozen=True, slots=True)
class ShopAddress:
    """Where a shop answers, in which of its channels, and with which token."""

    url: str
    channel: str
    token: str | None = None


class ShopError(Exception):
    """A shop could not be read."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class ShopReader(Protocol):
    """Reads a shop's goods, and never anything inside our own network.

    Every method raises `ShopError` when the shop cannot be read.
    """

    async def goods(self, shop: ShopAddress, after: str | None) -> ShopPage:
        """A page of its goods."""
        ...

    async def good(self, shop: ShopAddress, external_id: str) -> ShopGood | None:
        """One product; None when the shop does not show it (any more)."""
        ...

    async def picture(self, url: str) -> bytes:
        """The bytes of a picture, of a limited size."""
        ...


class ShopProof(Protocol):
    """Tells whether the shop of that address signed these bytes."""

    async def is_signed(self, url: str, signature: str, body: bytes) -> bool:
        """Only a certain yes is one; a shop whose keys cannot be had proves nothing."""
        ...


SHOP_READER: Port[ShopReader] = Port("shop reader")
SHOP_PROOF: Port[ShopProof] = Port("shop proof")
