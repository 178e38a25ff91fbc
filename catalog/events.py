"""What happens in the catalogue."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.kernel.events import Event


@dataclass(frozen=True, slots=True)
class ProductPublished(Event):
    """A product went on the shelf."""

    product_id: UUID


@dataclass(frozen=True, slots=True)
class ProductWithdrawn(Event):
    """A product was taken from the shelf."""

    product_id: UUID


@dataclass(frozen=True, slots=True)
class ProductsChanged(Event):
    """Something about the products changed that lists or the index show: text, price, stock."""

    product_ids: tuple[UUID, ...]
