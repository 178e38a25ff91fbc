"""What a seller does with products, through the API."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from catalog.models import (
    Category,
    CategoryAttribute,
    OcopCertificate,
    Product,
    Stock,
    VariantPrice,
)
from catalog.rules import CategoryPolicy
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.transitions import TransitionRecord
from tests.asking import ask
from tests.factories.catalog import a_document
from tests.factories.world import World

CREATE = """mutation($business: ID!, $input: ProductInput!, $variants: [ProductVariantInput!]!) {
    productCreate(business: $business, input: $input, variants: $variants) {
        product { id name slug isDisplayed: isAvailable variants { id name sku unit } }
        errors { field message code } } }"""
UPDATE = """mutation($id: ID!, $input: ProductInput!) { productUpdate(id: $id, input: $input) {
    product { id name slug description harvestMonths translation(languageCode: EN) { name slug } }
    errors { field message code } } }"""
PUBLISH = """mutation($id: ID!) { productPublish(id: $id) {
    product { id } errors { field message code } } }"""
WITHDRAW = PUBLISH.replace("productPublish", "productWithdraw")
PRICES = """mutation($id: ID!, $channel: String!, $tiers: [PriceTierInput!]!) {
    productVariantPricesSet(id: $id, channel: $channel, tiers: $tiers) {
        product { id } errors { field message code } } }"""
STOCK = """mutation($id: ID!, $count: Int!) { productVariantStockSet(id: $id, onHand: $count) {
    product { id } errors { field message code } } }"""
SEEN = "query($id: ID) { product(id: $id) { id } }"
LISTED = """query($ids: [ID!]) { products(first: 5, filter: {ids: $ids}) { edges { node {
    name stockStatus pricing { priceRange { start { gross { amount } } stop { gross { amount } } } }
} } } }"""


def gid(world: World, name: str, type_name: str = "Product") -> str:
    return to_global(type_name, world[name].id)


def new_product(world: World, **values: object) -> dict[str, object]:
    return {
        "name": "Chè Shan tuyết Bằng Phúc",
        "category": gid(world, "noodles", "Category"),
        "productType": gid(world, "type", "ProductType"),
        "description": json.dumps(a_document("Búp chè hái từ cây cổ thụ.")),
        **values,
    }


async def payload(world: World, document: str, viewer: str, **variables: object) -> Any:
    answer = await ask(world.composition, document, world.viewers[viewer], **variables)
    assert not answer.errors, answer.errors
    (found,) = answer.body["data"].values()
    return found


async def create(world: World, **values: object) -> Any:
    return await payload(
        world,
        CREATE,
        "owner",
        business=gid(world, "business", "Business"),
        input=new_product(world, **values),
        variants=[{"name": "Hộp 100 g", "unit": "hộp", "netQuantity": 100, "netUnit": "g"}],
    )


async def is_seen(world: World, product_id: str) -> bool:
    answer = await ask(world.composition, SEEN, id=product_id)
    return answer["product"] is not None


async def stored(world: World, statement: Any) -> Any:
    async with world.composition.sessions() as session:
        return await session.scalar(statement)


async def test_a_product_is_begun_priced_counted_and_published(world: World) -> None:
    made = await create(world, attributes=[{"slug": "mau", "choices": ["vang"]}])
    assert made["errors"] == []
    product, (variant,) = made["product"], made["product"]["variants"]
    assert product["slug"].startswith("che-shan-tuyet-bang-phuc-")
    assert variant["sku"]
    assert not await is_seen(world, product["id"])

    early = await payload(world, PUBLISH, "owner", id=product["id"])
    assert [(each["field"], each["code"]) for each in early["errors"]] == [("price", "REQUIRED")]

    tiers = [{"minimumQuantity": 1, "amount": 120_000}, {"minimumQuantity": 5, "amount": 110_000}]
    priced = await payload(world, PRICES, "owner", id=variant["id"], channel="retail", tiers=tiers)
    counted = await payload(world, STOCK, "owner", id=variant["id"], count=3)
    published = await payload(world, PUBLISH, "owner", id=product["id"])

    assert priced["errors"] == counted["errors"] == published["errors"] == []
    listed = await ask(world.composition, LISTED, ids=[product["id"]])
    (edge,) = listed["products"]["edges"]
    assert edge["node"]["stockStatus"] == "LOW"
    assert edge["node"]["pricing"]["priceRange"]["start"]["gross"]["amount"] == 120_000


async def test_publishing_is_written_down_and_not_done_twice(world: World) -> None:
    draft = gid(world, "draft")

    first = await payload(world, PUBLISH, "clerk", id=draft)
    second = await payload(world, PUBLISH, "clerk", id=draft)

    assert first["errors"] == []
    assert [each["field"] for each in second["errors"]] == ["state"]
    record = select(TransitionRecord).where(TransitionRecord.object_id == world["draft"].id)
    line = await stored(world, record)
    assert (line.name, line.from_state, line.to_state, line.role) == (
        "publish",
        "draft",
        "published",
        "clerk",
    )
    assert line.actor_id == world.users["clerk"].id


async def test_a_withdrawn_product_is_gone_and_can_come_back(world: World) -> None:
    shown = gid(world, "shown")

    assert (await payload(world, WITHDRAW, "owner", id=shown))["errors"] == []
    assert not await is_seen(world, shown)
    assert (await payload(world, PUBLISH, "owner", id=shown))["errors"] == []
    assert await is_seen(world, shown)


async def test_what_the_category_asks_for_must_be_told(world: World) -> None:
    async with world.composition.sessions() as session, session.begin():
        session.add(
            CategoryAttribute(category_id=world["noodles"].id, attribute_id=world["colour"].id)
        )

    refused = await payload(world, PUBLISH, "owner", id=gid(world, "draft"))
    answered = {"attributes": [{"slug": "mau", "choices": ["vang"]}]}
    await payload(world, UPDATE, "owner", id=gid(world, "draft"), input=answered)
    published = await payload(world, PUBLISH, "owner", id=gid(world, "draft"))

    assert refused["errors"] == [
        {
            "field": "attributes.mau",
            "message": "Hàng thuộc danh mục này cần có: Màu.",
            "code": "REQUIRED",
        }
    ]
    assert published["errors"] == []


async def test_forbidden_goods_are_not_taken(world: World) -> None:
    made = await create(world, category=gid(world, "forbidden", "Category"))

    assert [each["code"] for each in made["errors"]] == ["FORBIDDEN_GOODS"]
    assert made["product"] is None


async def test_a_category_forbidden_later_stops_publishing(world: World) -> None:
    async with world.composition.sessions() as session, session.begin():
        await session.execute(
            update(Category)
            .where(Category.id == world["noodles"].id)
            .values(policy=CategoryPolicy.FORBIDDEN)
        )

    refused = await payload(world, PUBLISH, "owner", id=gid(world, "draft"))

    assert [each["code"] for each in refused["errors"]] == ["FORBIDDEN_GOODS"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": "   "}),
        ("name", {"name": "x" * 251}),
        ("category", {"category": "UHJvZHVjdDow"}),
        ("productType", {"productType": "UHJvZHVjdDow"}),
        ("harvestMonths", {"harvestMonths": [0]}),
        ("harvestMonths", {"harvestMonths": [13]}),
        ("description", {"description": "no JSON"}),
        ("description", {"description": "[]"}),
        ("attributes.mau", {"attributes": [{"slug": "mau", "choices": ["den"]}]}),
        ("attributes.bestseller", {"attributes": [{"slug": "bestseller", "text": "yes"}]}),
        ("attributes.nothing", {"attributes": [{"slug": "nothing", "text": "yes"}]}),
        (
            "media",
            {"media": ["UHJvZHVjdE1lZGlhOjAxYTIwNDgyLWRlOGQtNzNmOS1hODc3LWU2Y2ZiY2QxNDdmMQ=="]},
        ),
    ],
)
async def test_a_value_that_cannot_be_names_its_field(
    world: World,
    field: str,
    values: dict[str, object],
) -> None:
    count = select(func.count()).select_from(Product)
    before = await stored(world, count)

    made = await create(world, **values)

    assert [each["field"] for each in made["errors"]] == [field]
    assert made["product"] is None
    assert await stored(world, count) == before


async def test_editing_keeps_what_is_not_named(world: World) -> None:
    words = {"translations": [{"languageCode": "EN", "name": "Golden noodles"}]}
    edited = await payload(
        world,
        UPDATE,
        "clerk",
        id=gid(world, "shown"),
        input={"name": "Miến  dong\u200b mới", "harvestMonths": [12, 11, 12], **words},
    )

    product = edited["product"]
    assert edited["errors"] == []
    assert product["name"] == "Miến dong mới"
    assert product["slug"] == world["shown"].slug
    assert product["harvestMonths"] == [11, 12]
    assert json.loads(product["description"])["blocks"]
    assert product["translation"]["name"] == "Golden noodles"


@pytest.mark.parametrize(
    ("field", "tiers"),
    [
        ("minimumQuantity", [{"amount": 1000}, {"amount": 900}]),
        ("minimumQuantity", [{"minimumQuantity": 0, "amount": 1000}]),
        ("amount", [{"amount": -1}]),
        ("amount", [{"amount": 1000.5}]),
        ("amount", [{"amount": 1e12}]),
        ("undiscountedAmount", [{"amount": 1000, "undiscountedAmount": 900}]),
    ],
)
async def test_a_price_list_that_contradicts_itself_changes_nothing(
    world: World,
    field: str,
    tiers: list[dict[str, object]],
) -> None:
    variant = world["shown_variant"].id
    prices = select(func.sum(VariantPrice.amount)).where(VariantPrice.variant_id == variant)
    before = await stored(world, prices)

    refused = await payload(
        world,
        PRICES,
        "owner",
        id=to_global("ProductVariant", variant),
        channel="retail",
        tiers=tiers,
    )

    assert [each["field"] for each in refused["errors"]] == [field]
    assert await stored(world, prices) == before


async def test_a_price_list_is_set_where_there_is_one(world: World) -> None:
    asked = {"id": to_global("ProductVariant", world["shown_variant"].id), "tiers": []}

    unknown = await payload(world, PRICES, "owner", channel="moon", **asked)
    emptied = await payload(world, PRICES, "owner", channel="retail", **asked)

    assert [each["code"] for each in unknown["errors"]] == ["NOT_FOUND"]
    assert emptied["errors"] == []
    assert not await is_seen(world, gid(world, "shown"))


async def test_stock_cannot_fall_below_what_is_promised(world: World) -> None:
    variant = world["shown_variant"].id
    async with world.composition.sessions() as session, session.begin():
        await session.execute(
            update(Stock).where(Stock.variant_id == variant).values(reserved=2, allocated=3)
        )
    warehouse = to_global("Warehouse", world["shown_kho"].id)
    document = STOCK.replace("onHand: $count", f'onHand: $count, warehouse: "{warehouse}"')
    key = to_global("ProductVariant", variant)

    refused = await payload(world, document, "clerk", id=key, count=4)
    exact = await payload(world, document, "clerk", id=key, count=5)

    assert [(each["field"], each["code"]) for each in refused["errors"]] == [
        ("onHand", "INSUFFICIENT_STOCK")
    ]
    assert exact["errors"] == []
    on_hand = select(Stock.on_hand).where(Stock.variant_id == variant)
    assert await stored(world, on_hand) == 5


async def test_stock_lies_in_ones_own_warehouse(world: World) -> None:
    foreign = to_global("Warehouse", world["hidden_kho"].id)
    document = STOCK.replace("onHand: $count", f'onHand: $count, warehouse: "{foreign}"')
    key = to_global("ProductVariant", world["shown_variant"].id)

    refused = await payload(world, document, "owner", id=key, count=4)

    assert [each["field"] for each in refused["errors"]] == ["warehouse"]


async def test_the_badge_goes_with_the_certificate(world: World) -> None:
    document = "query($id: ID) { product(id: $id) { certificate { stars number } } }"
    held = await ask(world.composition, document, id=gid(world, "shown"))
    yesterday = datetime.now(UTC).date() - timedelta(days=2)
    async with world.composition.sessions() as session, session.begin():
        await session.execute(update(OcopCertificate).values(expires_on=yesterday))

    lapsed = await ask(world.composition, document, id=gid(world, "shown"))

    assert held["product"]["certificate"] == {"stars": 4, "number": "12/QĐ-UBND"}
    assert lapsed["product"]["certificate"] is None


async def test_the_price_of_a_kilogram_is_shown(world: World) -> None:
    document = """query($id: ID) { product(id: $id) { variants {
        netContent { quantity unit } unitPrice { price { amount } per } } } }"""

    answer = await ask(world.composition, document, id=gid(world, "shown"))

    assert answer["product"]["variants"] == [
        {
            "netContent": {"quantity": 500, "unit": "g"},
            "unitPrice": {"price": {"amount": 90_000}, "per": "kg"},
        }
    ]
