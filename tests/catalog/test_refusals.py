"""What a seller or reader sends that cannot be taken is told, and breaks nothing."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from catalog.models import Product, ProductMedia, Variant
from marketplace.kernel.graph.ids import to_global
from tests.asking import ask
from tests.catalog.test_products import CREATE, UPDATE, create, gid, new_product, payload, stored
from tests.factories.world import World

NO_PLACE = "UGxhY2U6MDFhMjA0ODItZGU4ZC03M2Y5LWE4NzctZTZjZmJjZDE0N2Yx"
PACKING: dict[str, object] = {"name": "Hộp", "unit": "hộp"}


async def create_with(world: World, **packing: object) -> Any:
    return await payload(
        world,
        CREATE,
        "owner",
        business=gid(world, "business", "Business"),
        input=new_product(world),
        variants=[PACKING | packing],
    )


@pytest.mark.parametrize(
    ("field", "packing"),
    [
        ("netQuantity", {"netQuantity": 1e9}),
        ("netQuantity", {"netQuantity": 1e40}),
        ("netQuantity", {"netQuantity": 0.0001}),
        ("name", {"name": "x" * 201}),
        ("unit", {"unit": "x" * 31}),
        ("sku", {"sku": "x" * 81}),
        ("netUnit", {"netQuantity": 1, "netUnit": "x" * 11}),
        ("netUnit", {"netQuantity": 1, "netUnit": "oz"}),
        ("weightGrams", {"weightGrams": 0}),
        ("quantityLimit", {"quantityLimit": -1}),
    ],
)
async def test_a_packing_that_cannot_be_names_its_field(
    world: World,
    field: str,
    packing: dict[str, object],
) -> None:
    made = await create_with(world, **packing)

    assert [each["field"] for each in made["errors"]] == [field]
    assert made["product"] is None


async def test_an_sku_is_taken_once(world: World) -> None:
    sku = await stored(world, select(Variant.sku).where(Variant.id == world["shown_variant"].id))

    made = await create_with(world, sku=sku)

    assert [each["field"] for each in made["errors"]] == ["sku"]


async def test_a_place_must_exist(world: World) -> None:
    made = await create(world, originPlace=NO_PLACE)

    assert [each["field"] for each in made["errors"]] == ["originPlace"]


async def test_a_name_that_grows_when_folded_is_taken(world: World) -> None:
    made = await create(world, name="ß" * 250)

    assert made["errors"] == []


async def test_pictures_are_named_as_uploaded_or_as_shown_and_once(world: World) -> None:
    shown, picture = gid(world, "shown"), world["picture"].id
    count = select(ProductMedia.media_id).where(ProductMedia.product_id == world["shown"].id)
    for type_name in ("MediaFile", "ProductMedia"):
        media = [to_global(type_name, picture)]
        edited = await payload(world, UPDATE, "owner", id=shown, input={"media": media})
        assert edited["errors"] == []
        assert await stored(world, count) == picture

    twice = {"media": [to_global("MediaFile", picture), to_global("ProductMedia", picture)]}
    refused = await payload(world, UPDATE, "owner", id=shown, input=twice)

    assert [each["field"] for each in refused["errors"]] == ["media"]


async def test_what_is_on_the_shelf_stays_complete(world: World) -> None:
    shown = gid(world, "shown")
    empty = {"description": json.dumps({"blocks": []})}

    emptied = await payload(world, UPDATE, "owner", id=shown, input=empty)
    draft = await payload(world, UPDATE, "owner", id=gid(world, "draft"), input=empty)

    assert [(each["field"], each["code"]) for each in emptied["errors"]] == [
        ("description", "REQUIRED")
    ]
    assert draft["errors"] == []
    kept = await stored(world, select(Product.description).where(Product.id == world["shown"].id))
    assert kept["blocks"]


@pytest.mark.parametrize(
    "blocks",
    [
        ["text"],
        [{"type": "paragraph"}],
        [{"type": 1, "data": {}}],
        [{"type": "paragraph", "data": {}}] * 501,
    ],
)
async def test_a_description_is_a_list_of_blocks(world: World, blocks: list[object]) -> None:
    made = await create(world, description=json.dumps({"blocks": blocks}))

    assert [each["field"] for each in made["errors"]] == ["description"]


PRODUCTS = """query($filter: ProductFilterInput, $where: ProductWhereInput) {
    products(first: 1, filter: $filter, where: $where) { edges { node { id } } } }"""
CATEGORIES = """query($filter: CategoryFilterInput) {
    categories(first: 1, filter: $filter) { edges { node { id } } } }"""
BUSINESSES = """query($filter: BusinessFilterInput) {
    businesses(first: 1, filter: $filter) { edges { node { id } } } }"""


@pytest.mark.parametrize(
    ("document", "asked"),
    [
        (PRODUCTS, {"filter": {"slugs": ["x"] * 201}}),
        (PRODUCTS, {"filter": {"attributes": [{"slug": "mau", "values": ["vang"] * 200}]}}),
        (PRODUCTS, {"where": {"OR": [{"slug": {"oneOf": ["x"] * 100}}] * 2}}),
        (CATEGORIES, {"filter": {"slugs": ["x"] * 201}}),
        (BUSINESSES, {"filter": {"ids": ["x"] * 201}}),
    ],
)
async def test_a_list_names_only_so_much(
    world: World,
    document: str,
    asked: dict[str, Any],
) -> None:
    answer = await ask(world.composition, document, **asked)

    assert answer.body["errors"][0]["extensions"]["code"] == "QUERY_TOO_EXPENSIVE"
