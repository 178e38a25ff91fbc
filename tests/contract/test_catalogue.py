"""The contract's catalogue, menu, page and channel operations, over HTTP."""

import json
from itertools import pairwise
from typing import Any

import pytest

from marketplace.kernel.graph.ids import to_global
from tests.contract.storefront import Storefront
from tests.factories.world import PRICE, SALE_FROM, World
from tests.worlds import PRODUCTS

VI = {"channel": "retail", "languageCode": "EN"}
PAGE: dict[str, object] = {"first": 12, "after": None, "last": None, "before": None}
NOTHING: dict[str, object] = {"sortBy": None, "filter": None, "where": None}


def names(connection: dict[str, Any]) -> list[str]:
    return [edge["node"]["name"] for edge in connection["edges"]]


def is_editorjs(text: str) -> bool:
    return bool(json.loads(text)["blocks"][0]["data"]["text"])


async def test_a_list_shows_products_with_prices_and_pictures(
    province: World,
    storefront: Storefront,
) -> None:
    data = await storefront.send("ProductListPaginated", **VI, **PAGE, **NOTHING)

    products = data["products"]
    assert products["totalCount"] == PRODUCTS + 1
    assert len(products["edges"]) == 12
    node = products["edges"][0]["node"]
    start = node["pricing"]["priceRange"]["start"]
    assert start["gross"] == {"amount": PRICE, "currency": "VND"}
    assert type(start["gross"]["amount"]) in {int, float}
    before = node["pricing"]["priceRangeUndiscounted"]["start"]["gross"]["amount"]
    assert before == SALE_FROM
    assert node["thumbnail"]["url"].startswith("http://localhost:8000/")
    assert node["isAvailable"] is True
    assert node["category"]["slug"] == province["noodles"].slug
    assert node["category"]["translation"] == {"name": "Glass noodles", "slug": "glass-noodles"}


async def test_pages_follow_each_other_without_gaps(storefront: Storefront) -> None:
    seen: list[str] = []
    page = dict(PAGE)
    order = {"sortBy": {"field": "NAME", "direction": "ASC"}, "filter": None, "where": None}
    for _turn in range(5):
        data = await storefront.send("ProductListPaginated", **VI, **page, **order)
        seen += [edge["node"]["id"] for edge in data["products"]["edges"]]
        info = data["products"]["pageInfo"]
        if not info["hasNextPage"]:
            break
        page["after"] = info["endCursor"]

    assert len(seen) == len(set(seen)) == PRODUCTS + 1


async def test_the_last_page_keeps_the_order_of_the_list(storefront: Storefront) -> None:
    order = {"sortBy": {"field": "NAME", "direction": "ASC"}, "filter": None, "where": None}
    whole = {**PAGE, "first": 100}
    last = {**PAGE, "first": None, "last": 5}

    every = await storefront.send("ProductListPaginated", **VI, **whole, **order)
    end = await storefront.send("ProductListPaginated", **VI, **last, **order)
    earlier = {**last, "before": end["products"]["pageInfo"]["startCursor"]}
    middle = await storefront.send("ProductListPaginated", **VI, **earlier, **order)

    assert names(end["products"]) == names(every["products"])[-5:]
    assert names(middle["products"]) == names(every["products"])[-10:-5]
    assert end["products"]["pageInfo"]["hasPreviousPage"] is True
    assert end["products"]["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize("field", ["NAME", "DATE", "MINIMAL_PRICE", "PRICE", "RATING", "TYPE"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_every_order_walks_through_everything(
    storefront: Storefront,
    field: str,
    direction: str,
) -> None:
    order = {"sortBy": {"field": field, "direction": direction}, "filter": None, "where": None}
    first = await storefront.send("ProductListPaginated", **VI, **PAGE, **order)
    rest = {**PAGE, "first": 100, "after": first["products"]["pageInfo"]["endCursor"]}

    second = await storefront.send("ProductListPaginated", **VI, **rest, **order)

    ids = [edge["node"]["id"] for data in (first, second) for edge in data["products"]["edges"]]
    assert len(set(ids)) == len(ids) == PRODUCTS + 1


async def test_names_run_along_the_alphabet(storefront: Storefront) -> None:
    order = {"sortBy": {"field": "NAME", "direction": "DESC"}, "filter": None, "where": None}

    data = await storefront.send("ProductListPaginated", **VI, **{**PAGE, "first": 100}, **order)

    numbered = [name for name in names(data["products"]) if "số" in name]
    assert len(numbered) == PRODUCTS
    assert all(left > right for left, right in pairwise(numbered))


@pytest.mark.parametrize(
    ("_case", "shape", "count"),
    [
        ("a range of prices", {"filter": {"price": {"gte": 40_000, "lte": 50_000}}}, PRODUCTS + 1),
        ("a range above", {"filter": {"price": {"gte": 50_001, "lte": None}}}, 0),
        (
            "a colour",
            {"where": {"AND": [{"OR": [{"attributes": [{"slug": "mau", "values": ["vang"]}]}]}]}},
            1,
        ),
        (
            "a price range",
            {"where": {"AND": [{"price": {"range": {"gte": 40_000, "lte": 45_000}}}]}},
            PRODUCTS + 1,
        ),
        (
            "no such colour",
            {"where": {"AND": [{"OR": [{"attributes": [{"slug": "mau", "values": ["den"]}]}]}]}},
            0,
        ),
        ("empty conditions", {"where": {"AND": []}}, PRODUCTS + 1),
        ("no alternative", {"where": {"OR": []}}, 0),
    ],
)
async def test_lists_are_narrowed_as_storefronts_ask(
    storefront: Storefront,
    _case: str,
    shape: dict[str, object],
    count: int,
) -> None:
    data = await storefront.send("ProductListPaginated", **VI, **PAGE, **{**NOTHING, **shape})

    assert data["products"]["totalCount"] == count


async def test_a_branch_holds_what_lies_below_it(
    province: World,
    storefront: Storefront,
) -> None:
    food = to_global("Category", province["food"].id)
    shapes: list[dict[str, object]] = [
        {"filter": {"categories": [food]}},
        {"where": {"AND": [{"category": {"oneOf": [food]}}]}},
    ]
    for shape in shapes:
        data = await storefront.send("ProductListPaginated", **VI, **PAGE, **{**NOTHING, **shape})
        assert data["products"]["totalCount"] == PRODUCTS + 1

    data = await storefront.send(
        "ProductListByCategory",
        slug="thuc-pham",
        slugLanguageCode=None,
        first=1,
        after=None,
        **VI,
        **NOTHING,
    )
    assert data["category"]["products"]["totalCount"] == PRODUCTS + 1
    assert is_editorjs(data["category"]["description"])


async def test_a_translated_slug_is_matched_in_its_language_only(
    province: World,
    storefront: Storefront,
) -> None:
    wanted = {**VI, "slug": "golden-glass-noodles"}

    found = await storefront.send("ProductDetails", slugLanguageCode="EN", **wanted)
    without = await storefront.send("ProductDetails", slugLanguageCode=None, **wanted)
    base = {**VI, "slug": province["shown"].slug}
    as_english = await storefront.send("ProductDetails", slugLanguageCode="EN", **base)
    plain = await storefront.send("ProductDetails", slugLanguageCode=None, **base)

    assert without["product"] is as_english["product"] is None
    assert found["product"]["id"] == plain["product"]["id"]


async def test_a_product_tells_all_a_page_needs(province: World, storefront: Storefront) -> None:
    asked = {**VI, "slug": province["shown"].slug, "slugLanguageCode": None}

    product = (await storefront.send("ProductDetails", **asked))["product"]

    assert is_editorjs(product["description"])
    assert product["translation"]["name"] == "Golden glass noodles"
    assert product["translation"]["language"] == {"code": "EN"}
    assert is_editorjs(product["translation"]["description"])
    assert product["assignedAttribute"] == {"value": True}
    assigned = {each["attribute"]["slug"]: each for each in product["assignedAttributes"]}
    assert assigned["mau"]["choice"] == {"name": "Vàng", "slug": "vang", "translation": "Yellow"}
    assert assigned["mau"]["attribute"]["translation"] == {"name": "Colour"}
    assert [media["type"] for media in product["media"]] == ["IMAGE"]
    assert product["media"][0]["url"].startswith("http://localhost:8000/")


async def test_there_is_no_translation_where_there_is_none(
    province: World,
    storefront: Storefront,
) -> None:
    asked = {"channel": "retail", "languageCode": "PL", "slugLanguageCode": None}

    product = (await storefront.send("ProductDetails", slug=province["shown"].slug, **asked))[
        "product"
    ]

    assert product["translation"] is None
    assert product["category"]["translation"] is None


async def test_variants_can_be_bought(province: World, storefront: Storefront) -> None:
    asked = {**VI, "slug": province["shown"].slug, "first": 100, "after": None}

    product = (await storefront.send("ProductVariantsForPdp", **asked))["product"]

    (edge,) = product["productVariants"]["edges"]
    variant = edge["node"]
    assert product["productVariants"]["totalCount"] == 1
    assert variant["quantityAvailable"] == 20
    assert variant["pricing"]["price"]["gross"]["amount"] == PRICE
    assert [each["attribute"]["slug"] for each in variant["selection"]] == ["quy-cach"]
    assert variant["others"] == []
    for wanted in ({"id": variant["id"], "sku": None}, {"id": None, "sku": variant["sku"]}):
        one = (await storefront.send("ProductVariantForPdp", **VI, **wanted))["productVariant"]
        assert one["id"] == variant["id"]
        assert one["product"]["id"] == product["id"]


async def test_search_answers_by_relevance_whatever_rating_was_asked(
    storefront: Storefront,
) -> None:
    asked = {**VI, **PAGE, "first": 20, "sortBy": "RATING", "sortDirection": "DESC"}

    data = await storefront.send("SearchProducts", search="mien dong soi vang", **asked)
    nothing = await storefront.send("SearchProducts", search="xe may dien", **asked)

    assert names(data["products"])[0] == "Miến dong sợi vàng"
    assert nothing["products"] == {
        "totalCount": 0,
        "edges": [],
        "pageInfo": {
            "hasNextPage": False,
            "hasPreviousPage": False,
            "startCursor": None,
            "endCursor": None,
        },
    }


async def test_a_collection_keeps_its_own_order(province: World, storefront: Storefront) -> None:
    asked = {**VI, **NOTHING, "slug": "featured-products", "slugLanguageCode": None}
    order = {"sortBy": {"field": "COLLECTION", "direction": "ASC"}}

    plain = await storefront.send("ProductListByCollection", first=8, after=None, **asked)
    sorted_ = await storefront.send(
        "ProductListByCollection",
        first=8,
        after=None,
        **{**asked, **order},
    )

    collection = plain["collection"]
    assert names(collection["products"])[0] == province["shown"].name
    assert names(collection["products"]) == names(sorted_["collection"]["products"])
    assert collection["backgroundImage"]["url"].startswith("http://localhost:8000/")
    assert collection["translation"]["name"] == "Featured"


async def test_menus_have_three_levels(storefront: Storefront) -> None:
    data = await storefront.send("MenuGetBySlug", slug="navbar", **VI)

    food, news = data["menu"]["items"]
    assert food["translation"] == {"name": "Food"}
    assert food["category"]["slug"] == "thuc-pham"
    (featured,) = food["children"]
    assert featured["collection"]["slug"] == "featured-products"
    (about,) = featured["children"]
    assert (about["page"]["slug"], about["level"]) == ("gioi-thieu", 2)
    assert news["url"] == "https://example.com"
    assert (await storefront.send("MenuGetBySlug", slug="nowhere", **VI))["menu"] is None


async def test_pages_are_read_in_both_languages(storefront: Storefront) -> None:
    vietnamese = await storefront.send(
        "PageGetBySlug", slug="gioi-thieu", languageCode="EN", slugLanguageCode=None
    )
    english = await storefront.send(
        "PageGetBySlug", slug="about", languageCode="EN", slugLanguageCode="EN"
    )
    listed = await storefront.send(
        "StorefrontContentPages", channel="retail", slugs=["gioi-thieu"], languageCode="VI"
    )

    assert vietnamese["page"]["id"] == english["page"]["id"]
    assert is_editorjs(vietnamese["page"]["content"])
    assert english["page"]["translation"]["title"] == "About"
    assert [edge["node"]["slug"] for edge in listed["pages"]["edges"]] == ["gioi-thieu"]


async def test_channels_and_categories_answer_anyone(storefront: Storefront) -> None:
    channels = await storefront.send("ChannelsList")
    channel = await storefront.send("channel", slug="retail")
    categories = await storefront.send(
        "CategoriesBySlug", slugs=["thuc-pham", "mien-dong", "nowhere"]
    )

    assert [(each["slug"], each["currencyCode"]) for each in channels["channels"]] == [
        ("retail", "VND")
    ]
    assert [each["code"] for each in channel["channel"]["countries"]] == ["VN"]
    found = {edge["node"]["slug"] for edge in categories["categories"]["edges"]}
    assert found == {"thuc-pham", "mien-dong"}


async def test_the_shop_says_what_it_is(storefront: Storefront) -> None:
    response = await storefront.post("{ shop { name description countries { code country } } }")

    shop = response.json()["data"]["shop"]
    assert shop["name"] == "Chợ phiên Bắc Kạn"
    assert shop["description"]
    assert shop["countries"] == [{"code": "VN", "country": "Việt Nam"}]
