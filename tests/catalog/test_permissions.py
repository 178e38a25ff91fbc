"""Who sees what of the catalogue, wherever it could be seen."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from businesses.services.businesses import move_business
from catalog.services.listings import refresh_listings
from marketplace.app.asgi import create_app
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import Viewer
from tests.asking import ask
from tests.factories.world import MANY_WHOLESALE_PRICE, WHOLESALE_PRICE, World

HIDDEN = ("draft", "withdrawn", "hidden", "banned")
LIST = "products(first: 100) { edges { node { id } } }"
PLACES_TO_LOOK = {
    "products": f"{{ {LIST} }}",
    "products among ids": """query($ids: [ID!]) {
        products(first: 100, filter: {ids: $ids}) { edges { node { id } } } }""",
    "products where ids": """query($ids: [ID!]) {
        products(first: 100, where: {ids: $ids}) { edges { node { id } } } }""",
    "products by search": """{ products(first: 100, filter: {search: "mien dong"}) {
        edges { node { id } } } }""",
    "category": f'{{ category(slug: "mien-dong") {{ {LIST} }} }}',
    "collection": f'{{ collection(slug: "featured-products") {{ {LIST} }} }}',
    "business": f"query($business: ID) {{ business(id: $business) {{ {LIST} }} }}",
    "place": f"query($place: ID) {{ place(id: $place) {{ {LIST} }} }}",
    "search": '{ search(query: "mien dong", perPage: 100) { hits { product { id } } } }',
    "search for drafts": '{ search(query: "nháp", perPage: 100) { hits { product { id } } } }',
    "suggestions": '{ suggestions(query: "miến dong") { suggestions { slug } } }',
}


def ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"id", "slug"}:
                yield inner
            else:
                yield from ids_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_in(inner)


async def seen(world: World, place: str, viewer: Viewer) -> set[str]:
    """The ids and slugs of products that show at that place."""
    names = [*HIDDEN, "shown"]
    variables = {
        "ids": [to_global("Product", world[name].id) for name in names],
        "business": to_global("Business", world["business"].id),
        "place": to_global("Place", world["place"].id),
    }
    document = PLACES_TO_LOOK[place]
    used = {name: value for name, value in variables.items() if f"${name}" in document}
    answer = await ask(world.composition, document, viewer, **used)
    assert not answer.errors, answer.errors
    return set(ids_in(answer.body["data"]))


def marks(world: World, name: str) -> set[str]:
    return {to_global("Product", world[name].id), world[name].slug}


@pytest.mark.parametrize("viewer", ["visitor", "stranger", "buyer", "officer"])
@pytest.mark.parametrize("place", PLACES_TO_LOOK)
async def test_what_is_not_on_display_shows_nowhere(
    province: World,
    place: str,
    viewer: str,
) -> None:
    found = await seen(province, place, province.viewers[viewer])

    for name in HIDDEN:
        assert found.isdisjoint(marks(province, name)), name
    if place != "search for drafts":
        assert not found.isdisjoint(marks(province, "shown"))


@pytest.mark.parametrize("place", ["products", "category", "collection", "business"])
async def test_sellers_see_their_drafts_in_lists(province: World, place: str) -> None:
    found = await seen(province, place, province.viewers["clerk"])

    assert to_global("Product", province["draft"].id) in found


async def test_the_sitemap_lists_only_what_everybody_sees(province: World) -> None:
    transport = httpx.ASGITransport(create_app(province.composition))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        index = (await client.get("/sitemap.xml")).text
        parts = [part.split("</loc>")[0] for part in index.split("<loc>")[1:]]
        text = "".join([(await client.get(part)).text for part in parts])

    assert province["shown"].slug in text
    assert [name for name in HIDDEN if province[name].slug in text] == []
    assert province["suspended"].slug not in text
    assert province["secret_page"].slug not in text


PRICES = """query($id: ID) { product(id: $id, channel: "wholesale") {
    variants { minimumQuantity pricing { price { gross { amount } } }
        priceTiers { minimumQuantity price { gross { amount } } }
    } } }"""


@pytest.mark.parametrize("viewer", ["visitor", "stranger", "officer"])
async def test_wholesale_prices_are_not_for_everybody(province: World, viewer: str) -> None:
    key = to_global("Product", province["shown"].id)
    retail = "query($id: ID) { product(id: $id) { variants { priceTiers { minimumQuantity } } } }"

    straight = await ask(province.composition, PRICES, province.viewers[viewer], id=key)
    plain = await ask(province.composition, retail, province.viewers[viewer], id=key)

    assert straight["product"] is None
    assert plain["product"]["variants"] == [{"priceTiers": [{"minimumQuantity": 1}]}]


async def test_verified_buyers_see_wholesale_tiers(province: World) -> None:
    key = to_global("Product", province["shown"].id)

    answer = await ask(province.composition, PRICES, province.viewers["buyer"], id=key)

    (variant,) = answer["product"]["variants"]
    assert variant["minimumQuantity"] == 10
    assert variant["pricing"]["price"]["gross"]["amount"] == WHOLESALE_PRICE
    assert [
        (each["minimumQuantity"], each["price"]["gross"]["amount"])
        for each in variant["priceTiers"]
    ] == [(10, WHOLESALE_PRICE), (100, MANY_WHOLESALE_PRICE)]


async def test_goods_go_and_come_with_their_business(world: World) -> None:
    composition, officer = world.composition, world.viewers["officer"]
    shown = to_global("Product", world["shown"].id)
    places = ("products", "category", "collection", "place", "search", "suggestions")

    async with unit_of_work(composition.sessions, officer, composition.events) as unit:
        await move_business(unit, world["business"].id, "suspend", reason_code="COMPLAINT")
    for place in places:
        found = await seen(world, place, world.viewers["visitor"])
        assert found.isdisjoint(marks(world, "shown")), place
    direct = await ask(composition, "query($id: ID) { product(id: $id) { id } }", id=shown)
    assert direct["product"] is None

    async with unit_of_work(composition.sessions, officer, composition.events) as unit:
        await move_business(unit, world["business"].id, "reinstate")
    for place in places:
        found = await seen(world, place, world.viewers["visitor"])
        assert not found.isdisjoint(marks(world, "shown")), place


async def test_a_category_that_becomes_forbidden_takes_its_goods_along(world: World) -> None:
    composition = world.composition
    async with unit_of_work(
        composition.sessions,
        world.viewers["administrator"],
        composition.events,
    ) as unit:
        shown = await unit.session.get_one(type(world["shown"]), world["shown"].id)
        shown.category_id = world["forbidden"].id
        await refresh_listings(unit, [shown.id])

    found = await seen(world, "products", world.viewers["visitor"])

    assert found.isdisjoint(marks(world, "shown"))


async def test_sellers_of_an_unverified_business_see_no_wholesale_prices(province: World) -> None:
    owner = replace(province.viewers["owner"], buys_wholesale=False)
    key = to_global("Product", province["shown"].id)

    answer = await ask(province.composition, PRICES, owner, id=key)

    assert answer["product"] is None
