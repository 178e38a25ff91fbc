"""A small province: one of everything that can be seen, and one of everything that cannot."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from businesses.events import BusinessChanged
from businesses.models import Business, BusinessMember, BusinessTranslation
from businesses.rules.businesses import BusinessState
from catalog import models
from catalog.events import ProductsChanged
from catalog.rules import WHOLESALE, AttributeInput, AttributeScope, CategoryPolicy, ProductState
from catalog.services.listings import refresh_listings
from marketplace.accounts.models import User
from marketplace.app.composition import Composition
from marketplace.app.seeding.data import ProvinceData
from marketplace.app.seeding.reference import load_reference
from marketplace.content.events import PageChanged
from marketplace.content.models import (
    Menu,
    MenuItem,
    MenuItemTranslation,
    Page,
    PageTranslation,
)
from marketplace.kernel.database import Model
from marketplace.kernel.sealing import SEALER, Sealer
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import (
    SYSTEM,
    VISITOR,
    MemberRole,
    OfficerFunction,
    OfficerGrant,
    Viewer,
)
from marketplace.media.rules.kinds import MediaState
from marketplace.places.models import Place
from marketplace.registration.rules.states import DossierState
from tests.factories.accounts import a_user, an_officer
from tests.factories.businesses import a_business
from tests.factories.catalog import (
    a_category,
    a_channel,
    a_document,
    a_price,
    a_product,
    a_product_type,
    a_variant,
    an_attribute,
)
from tests.factories.connector import a_shop_category, some_connections
from tests.factories.hooks import some_messages
from tests.factories.joining import STATES, businesses_that_join
from tests.factories.media import a_media_file
from tests.factories.people import a_handover, an_assistance, an_invitation
from tests.factories.places import a_place
from tests.factories.registration import a_dossier
from tests.factories.stores import a_closure, an_old_slug
from tests.house.sources import ROOT

PRICE: Final = 45_000
SALE_FROM: Final = 50_000
WHOLESALE_PRICE: Final = 38_000
MANY_WHOLESALE_PRICE: Final = 35_000


@dataclass
class World:
    """What there is, by name."""

    composition: Composition
    viewers: dict[str, Viewer]
    users: dict[str, User]
    things: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        """The thing of that name."""
        return self.things[name]


async def a_world(composition: Composition, *, products: int = 0) -> World:
    """Build it, with so many more products on display than the one that everybody sees."""
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        builder = _Builder(unit)
        await builder.people()
        await builder.law()
        await builder.sorting()
        await builder.sellers()
        await builder.joining()
        await builder.save(**some_connections(builder.things))
        connection = builder.things["connection"]
        await builder.save(shop_category=a_shop_category(connection.id))
        await builder.save(**some_messages(builder.things["business"].id))
        await builder.goods()
        await builder.more_goods(products)
        await builder.texts()
        await builder.dossiers(composition.ports[SEALER])
        await builder.finish()
    return World(composition, builder.viewers, builder.users, builder.things)


class _Builder:
    def __init__(self, unit: UnitOfWork) -> None:
        self.unit = unit
        self.things: dict[str, Any] = {}
        self.users: dict[str, User] = {}
        self.viewers: dict[str, Viewer] = {"visitor": VISITOR}
        self.products: list[models.Product] = []

    async def save(self, **things: Model) -> None:
        self.unit.session.add_all(things.values())
        await self.unit.session.flush()
        self.things.update(things)

    async def add(self, *rows: Model) -> None:
        self.unit.session.add_all(rows)
        await self.unit.session.flush()

    async def people(self) -> None:
        session = self.unit.session
        for name in ("stranger", "owner", "manager", "clerk", "buyer"):
            self.users[name] = await a_user(session)
        self.users["officer"] = await an_officer(session)
        self.users["administrator"] = await a_user(session, is_administrator=True)
        self.viewers |= {name: Viewer(user_id=user.id) for name, user in self.users.items()}
        self.viewers["officer"] = Viewer(
            user_id=self.users["officer"].id,
            grants=frozenset({OfficerGrant(OfficerFunction.TRADE)}),
        )
        self.viewers["administrator"] = Viewer(
            user_id=self.users["administrator"].id,
            is_administrator=True,
        )

    async def law(self) -> None:
        await load_reference(self.unit, ProvinceData(ROOT / "provinces" / "bac-kan"))

    async def sorting(self) -> None:
        await self.save(
            retail=a_channel(),
            wholesale=a_channel(WHOLESALE),
            place=a_place(),
            picture=a_media_file(
                state=MediaState.READY,
                created_at=self.unit.now,
                renditions={"512": {"webp": "public/a/512.webp", "jpeg": "public/a/512.jpg"}},
                alt_vi="Giàn miến",
            ),
            food=a_category(name="Thực phẩm", slug="thuc-pham"),
            forbidden=a_category(name="Pháo", policy=CategoryPolicy.FORBIDDEN),
            type=a_product_type(),
            colour=an_attribute("mau", AttributeInput.DROPDOWN, name="Màu", name_en="Colour"),
            bestseller=an_attribute("bestseller", AttributeInput.BOOLEAN, name="Bán chạy"),
            packing=an_attribute("quy-cach", AttributeInput.DROPDOWN, name="Quy cách"),
        )
        food = self.things["food"]
        await self.save(noodles=a_category(parent_id=food.id, level=1, slug="mien-dong"))
        await self.add(
            models.CategoryTranslation(
                category_id=self.things["noodles"].id,
                language="en",
                name="Glass noodles",
                slug="glass-noodles",
            ),
            models.AttributeChoice(
                attribute_id=self.things["colour"].id, slug="vang", name="Vàng", name_en="Yellow"
            ),
            models.AttributeChoice(
                attribute_id=self.things["packing"].id, slug="500-g", name="500 g"
            ),
            *(
                models.ProductTypeAttribute(
                    product_type_id=self.things["type"].id,
                    attribute_id=self.things[name].id,
                    scope=scope,
                    is_selection=scope is AttributeScope.VARIANT,
                )
                for name, scope in (
                    ("colour", AttributeScope.PRODUCT),
                    ("bestseller", AttributeScope.PRODUCT),
                    ("packing", AttributeScope.VARIANT),
                )
            ),
        )

    async def sellers(self) -> None:
        place: Place = self.things["place"]
        picture = self.things["picture"].id
        await self.save(
            business=a_business(
                place_id=place.id, banner_id=picture, story=a_document("Từ năm 2012.")
            ),
            suspended=a_business(
                name="Cơ sở bị tạm dừng", place_id=place.id, state=BusinessState.SUSPENDED
            ),
            shop=a_business(name="Nhà hàng Ba Bể", verification_level=2),
        )
        business, suspended = self.things["business"].id, self.things["suspended"].id
        await self.add(
            BusinessTranslation(business_id=business, language="en", name="Noodle co-operative"),
        )
        for name, role in (
            ("owner", MemberRole.OWNER),
            ("manager", MemberRole.MANAGER),
            ("clerk", MemberRole.CLERK),
        ):
            for each in (business, suspended):
                await self._join(name, each, role)
        await self._join("buyer", self.things["shop"].id, MemberRole.OWNER)
        await self.colleagues()

    async def colleagues(self) -> None:
        owner, clerk = self.users["owner"].id, self.users["clerk"].id
        business, suspended = self.things["business"].id, self.things["suspended"].id
        await self.save(
            closure=a_closure(business),
            old_slug=an_old_slug(suspended),
            invitation=an_invitation(business, owner),
            handover=a_handover(suspended, owner, clerk),
            assistance=an_assistance(business, self.users["officer"].id, owner),
        )

    async def joining(self) -> None:
        place = self.things["place"].id
        self.things |= await businesses_that_join(self.unit.session, place, self.unit.now)
        for name in STATES:
            await self._join("owner", self.things[name].id, MemberRole.OWNER)
            await self._join("clerk", self.things[name].id, MemberRole.CLERK)

    async def _join(self, name: str, business_id: UUID, role: MemberRole) -> None:
        user = self.users[name]
        member = BusinessMember(business_id=business_id, user_id=user.id, role=role)
        await self.add(member)
        if business_id == self.things["business"].id:
            self.things[f"{name}_member"] = member
        held = {**self.viewers[name].memberships, business_id: role}
        self.viewers[name] = Viewer(user_id=user.id, memberships=held, buys_wholesale=True)

    async def goods(self) -> None:
        shown = await self.product(
            "shown",
            attributes={"mau": ["vang"], "bestseller": True},
            cover_id=self.things["picture"].id,
        )
        await self.product("draft", name="Miến dong nháp", state=ProductState.DRAFT)
        await self.product("withdrawn", name="Miến dong cũ", state=ProductState.WITHDRAWN)
        await self.product(
            "hidden", name="Miến dong tạm dừng", business_id=self.things["suspended"].id
        )
        await self.product("banned", name="Pháo dây", category_id=self.things["forbidden"].id)
        today = datetime.now(UTC).date()
        await self.add(
            models.ProductTranslation(
                product_id=shown.id,
                language="en",
                name="Golden glass noodles",
                slug="golden-glass-noodles",
                description=a_document("Made of canna starch."),
            ),
            models.ProductMedia(product_id=shown.id, media_id=self.things["picture"].id),
            models.OcopCertificate(
                product_id=shown.id,
                number="12/QĐ-UBND",
                stars=4,
                issued_on=today - timedelta(days=30),
                expires_on=today + timedelta(days=30),
            ),
        )
        await self.save(
            collection=models.Collection(
                slug="featured-products",
                name="Nổi bật",
                description=a_document("Được mua nhiều."),
                background_id=self.things["picture"].id,
            ),
            secret_collection=models.Collection(slug="sap-mo", name="Sắp mở", is_published=False),
        )
        await self.add(
            models.CollectionTranslation(
                collection_id=self.things["collection"].id, language="en", name="Featured"
            ),
            *(
                models.CollectionProduct(
                    collection_id=self.things["collection"].id,
                    product_id=product.id,
                    position=position,
                )
                for position, product in enumerate(self.products)
            ),
        )

    async def product(self, key: str, **values: Any) -> models.Product:
        defaults = {
            "business_id": self.things["business"].id,
            "category_id": self.things["noodles"].id,
            "product_type_id": self.things["type"].id,
            "origin_place_id": self.things["place"].id,
        }
        product = a_product(**(defaults | values))
        variant = a_variant(product.id, attributes={"quy-cach": ["500-g"]})
        warehouse = models.Warehouse(business_id=product.business_id, name=f"Kho {product.id}")
        await self.save(**{key: product, f"{key}_variant": variant, f"{key}_kho": warehouse})
        await self.add(
            a_price(variant.id, self.things["retail"].id, PRICE, undiscounted_amount=SALE_FROM),
            a_price(variant.id, self.things["wholesale"].id, WHOLESALE_PRICE, minimum_quantity=10),
            a_price(
                variant.id, self.things["wholesale"].id, MANY_WHOLESALE_PRICE, minimum_quantity=100
            ),
            models.Stock(warehouse_id=warehouse.id, variant_id=variant.id, on_hand=20),
        )
        self.products.append(product)
        return product

    async def more_goods(self, count: int) -> None:
        for number in range(count):
            name = f"Miến dong số {number:03}"
            more = await self.product(
                f"more_{number}", name=name, cover_id=self.things["picture"].id
            )
            await self.add(
                models.CollectionProduct(
                    collection_id=self.things["collection"].id,
                    product_id=more.id,
                    position=10 + number,
                )
            )

    async def dossiers(self, sealer: Sealer) -> None:
        owner, place = self.users["owner"].id, self.things["place"].id
        filed = {"personalNumber": "006185000777", "birthDate": "1985-02-03"}
        await self.save(
            dossier=a_dossier(sealer, owner, place),
            filed_dossier=a_dossier(
                sealer,
                owner,
                place,
                state=DossierState.SUBMITTED,
                external_code="H41.12-261122-0007",
                name="Hộ kinh doanh Chè Bằng Phúc",
                person=filed,
            ),
        )

    async def texts(self) -> None:
        await self.save(
            page=Page(slug="gioi-thieu", title="Giới thiệu", content=a_document("Về chợ.")),
            secret_page=Page(slug="ban-thao", title="Bản thảo", is_published=False),
            menu=Menu(slug="navbar", name="Trên cùng"),
            footer=Menu(slug="footer", name="Dưới cùng"),
        )
        page = self.things["page"]
        await self.add(
            PageTranslation(
                page_id=page.id, language="en", slug="about", title="About", content=a_document("!")
            )
        )
        menu = self.things["menu"].id
        await self.save(
            line=MenuItem(
                menu_id=menu, name="Thực phẩm", level=0, category_id=self.things["food"].id
            ),
        )
        line = self.things["line"]
        await self.save(
            second=MenuItem(
                menu_id=menu,
                parent_id=line.id,
                level=1,
                name="Nổi bật",
                collection_id=self.things["collection"].id,
            ),
        )
        await self.add(
            MenuItem(
                menu_id=menu,
                parent_id=self.things["second"].id,
                level=2,
                name="Giới thiệu",
                page_id=page.id,
            ),
            MenuItem(menu_id=menu, name="Tin", level=0, position=2, url="https://example.com"),
            MenuItemTranslation(menu_item_id=line.id, language="en", name="Food"),
        )

    async def finish(self) -> None:
        ids = [product.id for product in self.products]
        for product in self.products:
            if product.state is ProductState.PUBLISHED:
                product.published_at = datetime(2026, 3, 1, tzinfo=UTC)
        await refresh_listings(self.unit, ids)
        self.unit.announce(ProductsChanged(tuple(ids)))
        for name in ("business", "suspended", "shop"):
            business: Business = self.things[name]
            self.unit.announce(BusinessChanged(business.id))
        self.unit.announce(PageChanged(self.things["page"].id))
        self.unit.announce(PageChanged(self.things["secret_page"].id))
