"""Lists of businesses through the API."""

from typing import Any

import pytest

from marketplace.kernel.graph.ids import to_global
from tests.asking import ask
from tests.factories.world import World

LIST = """query($filter: BusinessFilterInput, $sortBy: BusinessOrder) {
    businesses(first: 100, filter: $filter, sortBy: $sortBy) { totalCount edges { node {
        name } } } }"""


async def names(world: World, **variables: Any) -> list[str]:
    answer = await ask(world.composition, LIST, **variables)
    found = [edge["node"]["name"] for edge in answer["businesses"]["edges"]]
    assert answer["businesses"]["totalCount"] == len(found)
    return found


async def test_names_run_along_the_alphabet(province: World) -> None:
    upward = await names(province, sortBy={"field": "NAME", "direction": "ASC"})
    downward = await names(province, sortBy={"field": "NAME", "direction": "DESC"})

    assert upward == ["Hợp tác xã Miến dong Côn Minh", "Nhà hàng Ba Bể"]
    assert downward == upward[::-1]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"search": "mien"}, 1),
        ({"search": "iến"}, 0),
        ({"search": "%"}, 2),
        ({"search": "ba be"}, 1),
        ({"kinds": ["HOUSEHOLD"]}, 0),
        ({"kinds": ["COOPERATIVE"]}, 2),
        ({"isVerified": False}, 0),
        ({"isVerified": True}, 2),
        ({"places": []}, 0),
        ({"ids": ["nonsense"]}, 0),
    ],
)
async def test_lists_are_narrowed(province: World, wanted: dict[str, object], count: int) -> None:
    assert len(await names(province, filter=wanted)) == count


async def test_a_place_counts_its_businesses_and_goods(province: World) -> None:
    document = """query($id: ID) { place(id: $id) { businessCount
        businesses(first: 5) { totalCount edges { node { slug } } } productCount
        products(first: 1) { totalCount } } }"""

    answer = await ask(province.composition, document, id=to_global("Place", province["place"].id))

    place = answer["place"]
    assert place["businessCount"] == place["businesses"]["totalCount"] == 1
    assert place["businesses"]["edges"][0]["node"]["slug"] == province["business"].slug
    assert place["productCount"] == place["products"]["totalCount"] > 1


async def test_a_business_shows_what_it_sells(province: World) -> None:
    document = """query($slug: String) { business(slug: $slug) { isVerified zaloUrl
        story translation(languageCode: EN) { name } banner(size: 512, format: WEBP) { url alt }
        categories { slug } productCount certifiedProductCount } }"""

    answer = await ask(province.composition, document, slug=province["business"].slug)

    business = answer["business"]
    assert business["isVerified"] is True
    assert business["translation"] == {"name": "Noodle co-operative"}
    assert business["banner"]["url"].startswith("http://localhost:8000/")
    assert business["banner"]["alt"] == "Giàn miến"
    assert [each["slug"] for each in business["categories"]] == ["mien-dong"]
    assert business["certifiedProductCount"] == 1
    assert business["productCount"] > 1
