"""Goods of tests, written the way the catalogue writes them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from businesses.events import BusinessChanged
from businesses.models import Business
from businesses.rules.businesses import BusinessKind, BusinessState
from catalog.events import ProductsChanged
from catalog.models import (
    Category,
    Channel,
    OcopCertificate,
    Product,
    ProductTranslation,
    ProductType,
    Stock,
    Variant,
    VariantPrice,
    Warehouse,
)
from catalog.rules import RETAIL, ProductState
from catalog.services.listings import refresh_listings
from marketplace.app.composition import Composition
from marketplace.content.events import PageChanged
from marketplace.content.models import Page
from marketplace.kernel.database import new_id
from marketplace.kernel.text import fold, slugify, sort_key
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.places.events import PlaceChanged
from marketplace.places.models import PlaceSuccession
from marketplace.places.rules.levels import PlaceLevel
from search.ports import SEARCH_INDEX
from search.rules.questions import SearchKind
from search.services.documents import refresh_documents, refresh_makers
from search.services.rebuilding import OpenUnit, send_unsent
from tests.factories.places import a_place


@dataclass
class Shelf:
    """A commune with its old district, a co-operative, a category, and goods on sale."""

    house: Composition
    commune: UUID = field(default_factory=new_id)
    district: UUID = field(default_factory=new_id)
    business: UUID = field(default_factory=new_id)
    warehouse: UUID = field(default_factory=new_id)
    food: UUID = field(default_factory=new_id)
    noodles: UUID = field(default_factory=new_id)
    product_type: UUID = field(default_factory=new_id)
    retail: UUID = field(default_factory=new_id)
    made: int = 0

    @property
    def open_unit(self) -> OpenUnit:
        """A transaction of the house itself."""
        return lambda: unit_of_work(self.house.sessions, SYSTEM, self.house.events)

    async def send_places(self) -> None:
        """Write the documents of places, as the job does."""
        async with self.open_unit() as unit:
            await refresh_documents(unit.session, SearchKind.PLACE, [self.commune])

    async def prepare(self) -> None:
        """Put up what every product needs."""
        async with self.open_unit() as unit:
            unit.session.add_all(self._ground())
            await unit.session.flush()
            unit.session.add_all(self._house())
            await unit.session.flush()
            unit.session.add(
                PlaceSuccession(
                    predecessor_id=self.district,
                    successor_id=self.commune,
                    on=date(2025, 7, 1),
                ),
            )
            unit.session.add(
                Warehouse(id=self.warehouse, business_id=self.business, name="Kho"),
            )
            unit.announce(BusinessChanged(self.business))
            unit.announce(PlaceChanged(self.commune))
        await self.send_places()

    def _ground(self) -> list[Any]:
        old = a_place(
            id=self.district,
            code="bk-na-ri",
            name="Na Rì",
            full_name="Huyện Na Rì",
            kind="huyện",
            level=PlaceLevel.DISTRICT,
            valid_from=date(1997, 1, 1),
            valid_to=date(2025, 6, 30),
        )
        return [
            a_place(id=self.commune, code="02185", name="Côn Minh"),
            old,
            Category(id=self.food, slug="thuc-pham", name="Thực phẩm"),
            ProductType(id=self.product_type, slug="thuc-pham", name="Thực phẩm"),
            Channel(id=self.retail, slug=RETAIL, name="Bán lẻ"),
        ]

    def _house(self) -> list[Any]:
        name = "HTX Tài Hoan"
        return [
            Category(
                id=self.noodles,
                slug="mien-bun",
                name="Miến, bún",
                parent_id=self.food,
                level=1,
            ),
            Business(
                id=self.business,
                code="T-1",
                slug="htx-tai-hoan",
                name=name,
                name_folded=fold(name),
                name_sort=sort_key(name),
                kind=BusinessKind.COOPERATIVE,
                state=BusinessState.ACTIVE,
                place_id=self.commune,
            ),
        ]

    async def put(self, name: str, **wanted: Any) -> UUID:
        """Put a product on the shelf: `price`, `stock`, `stars`, `state`, `text`, `name_en`."""
        async with self.open_unit() as unit:
            return await self.put_within(unit, name, **wanted)

    async def put_within(self, unit: UnitOfWork, name: str, **wanted: Any) -> UUID:
        """The same within a transaction of one's own."""
        self.made += 1
        product_id, variant_id = new_id(), new_id()
        unit.session.add(
            Product(
                id=product_id,
                business_id=self.business,
                category_id=wanted.get("category", self.noodles),
                product_type_id=self.product_type,
                slug=f"{slugify(name)}-{self.made}",
                name=name,
                name_folded=fold(name),
                name_sort=sort_key(name),
                description=_paragraph(wanted.get("text", "")),
                state=wanted.get("state", ProductState.PUBLISHED),
                published_at=wanted.get("published_at", datetime.now(UTC)),
            ),
        )
        await unit.session.flush()
        unit.session.add(
            Variant(
                id=variant_id,
                product_id=product_id,
                sku=f"sku-{self.made}",
                name="Gói 500 g",
                unit="gói",
            ),
        )
        if name_en := wanted.get("name_en"):
            unit.session.add(
                ProductTranslation(product_id=product_id, language="en", name=name_en),
            )
        await unit.session.flush()
        unit.session.add_all(
            [
                VariantPrice(
                    variant_id=variant_id,
                    channel_id=self.retail,
                    amount=wanted.get("price", 60_000),
                ),
                Stock(
                    variant_id=variant_id,
                    warehouse_id=self.warehouse,
                    on_hand=wanted.get("stock", 10),
                ),
            ],
        )
        if stars := wanted.get("stars"):
            unit.session.add(_certificate(product_id, stars))
        await refresh_listings(unit, [product_id])
        unit.announce(ProductsChanged((product_id,)))
        return product_id

    async def rename(self, product_id: UUID, name: str) -> None:
        """Give the product another name."""
        async with self.open_unit() as unit:
            product = await unit.session.get_one(Product, product_id)
            product.name, product.name_folded = name, fold(name)
            await refresh_listings(unit, [product_id])
            unit.announce(ProductsChanged((product_id,)))

    async def withdraw(self, product_id: UUID, *, tells: bool = True) -> None:
        """Take the product off the shelf; a silent one leaves the index as it was."""
        async with self.open_unit() as unit:
            product = await unit.session.get_one(Product, product_id)
            product.state = ProductState.WITHDRAWN
            await refresh_listings(unit, [product_id])
            if tells:
                unit.announce(ProductsChanged((product_id,)))

    async def write_page(self, title: str) -> UUID:
        """A page of the marketplace."""
        async with self.open_unit() as unit:
            page = Page(slug=slugify(title), title=title)
            unit.session.add(page)
            await unit.session.flush()
            unit.announce(PageChanged(page.id))
            return page.id

    async def send(self) -> int:
        """Send the engine what it does not know yet, as the job does."""
        index = self.house.ports[SEARCH_INDEX]
        assert index is not None
        async with self.open_unit() as unit:
            await refresh_makers(unit.session)
        return await send_unsent(self.open_unit, index)


def _paragraph(text: str) -> dict[str, Any] | None:
    return {"blocks": [{"type": "paragraph", "data": {"text": text}}]} if text else None


def _certificate(product_id: UUID, stars: int) -> OcopCertificate:
    today = datetime.now(UTC).date()
    return OcopCertificate(
        product_id=product_id,
        number=f"OCOP-{stars}",
        stars=stars,
        issued_on=today - timedelta(days=30),
        expires_on=today + timedelta(days=300),
    )
