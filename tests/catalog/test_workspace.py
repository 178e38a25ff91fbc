"""What a seller does in the workspace: whole products, many at once, the log of it."""

from typing import Any

from marketplace.kernel.graph.ids import to_global
from tests.asking import ask
from tests.factories.world import World

SAVE = """
mutation($business: ID!, $id: ID, $input: ProductInput!, $variants: [ShopVariantInput!]!) {
  productSave(business: $business, id: $id, input: $input, variants: $variants) {
    product { id slug name state }
    errors { field code }
  }
}
"""
SHOWN = """
query($slug: String!, $id: ID!) { workspace(slug: $slug) {
  product(id: $id) { product { name category { name } } variants {
    id name unit onHand isActive priceLists { channel tiers { minimumQuantity amount } } } }
  productCounts { draft published withdrawn }
  activity(first: 20) { edges { node { name label who } } }
  products(first: 10, filter: {search: "shan"}) { totalCount edges { node { name } } }
} }
"""
CHANGE = """
mutation($business: ID!, $ids: [ID!]!, $input: ProductsChangeInput!) {
  productsChange(business: $business, ids: $ids, input: $input) {
    outcomes { name errors { field code } }
    errors { field code }
  }
}
"""


def business(world: World) -> str:
    return to_global("Business", world["business"].id)


async def save(world: World, viewer: str = "owner", **variables: object) -> dict[str, Any]:
    given = {
        "business": business(world),
        "input": {"name": "Chè Shan", "category": to_global("Category", world["noodles"].id)},
        "variants": [{"name": "Hộp 100 g", "unit": "hộp", "price": 90000, "stock": 12}],
        **variables,
    }
    answer = await ask(world.composition, SAVE, world.viewers[viewer], **given)
    found: dict[str, Any] = answer["productSave"]
    return found


async def shown(world: World, key: str) -> dict[str, Any]:
    answer = await ask(
        world.composition, SHOWN, world.viewers["owner"], slug=world["business"].slug, id=key
    )
    found: dict[str, Any] = answer["workspace"]
    return found


async def test_saves_a_product_with_price_and_stock_in_one_go(world: World) -> None:
    saved = await save(world)

    assert saved["errors"] == []
    found = await shown(world, saved["product"]["id"])
    (variant,) = found["product"]["variants"]
    assert (variant["name"], variant["onHand"]) == ("Hộp 100 g", 12)
    assert variant["priceLists"] == [
        {"channel": "retail", "tiers": [{"minimumQuantity": 1, "amount": 90000}]}
    ]
    assert found["products"]["totalCount"] == 1
    names = [edge["node"]["name"] for edge in found["activity"]["edges"]]
    assert {"product.created", "stock.received"} <= set(names)


async def test_changes_a_price_and_keeps_the_tiers(world: World) -> None:
    saved = await save(world)
    key = saved["product"]["id"]
    (variant,) = (await shown(world, key))["product"]["variants"]
    tiers = """mutation($id: ID!) { productVariantPricesSet(id: $id, tiers: [
        {amount: 90000}, {minimumQuantity: 10, amount: 80000}]) { errors { code } } }"""
    await ask(world.composition, tiers, world.viewers["owner"], id=variant["id"])

    again = await save(
        world,
        id=key,
        input={"name": "Chè Shan tuyết"},
        variants=[{"id": variant["id"], "name": "Hộp", "unit": "hộp", "price": 95000}],
    )

    assert again["errors"] == []
    found = (await shown(world, key))["product"]
    assert found["product"]["name"] == "Chè Shan tuyết"
    assert found["variants"][0]["priceLists"][0]["tiers"] == [
        {"minimumQuantity": 1, "amount": 95000},
        {"minimumQuantity": 10, "amount": 80000},
    ]


async def test_one_wrong_packing_keeps_everything_out(world: World) -> None:
    good = {"name": "Hộp", "unit": "hộp", "price": 90000}

    refused = await save(world, variants=[good, {"name": "Gói", "unit": "", "price": 1}])

    assert refused["errors"] == [{"field": "variants.1.unit", "code": "INVALID"}]
    counts = await shown(world, to_global("Product", world["draft"].id))
    assert counts["products"]["totalCount"] == 0


async def test_a_packing_of_another_product_is_not_there(world: World) -> None:
    theirs = to_global("ProductVariant", world["shown_variant"].id)

    refused = await save(world, variants=[{"id": theirs, "name": "Hộp", "unit": "hộp"}])

    assert [each["code"] for each in refused["errors"]] == ["NOT_FOUND"]


async def test_many_at_once_tells_which_could_not_and_why(world: World) -> None:
    saved = await save(world)
    ids = [saved["product"]["id"], to_global("Product", world["shown"].id)]

    answer = await ask(
        world.composition,
        CHANGE,
        world.viewers["owner"],
        business=business(world),
        ids=ids,
        input={"withdraw": True},
    )

    fared = {each["name"]: each["errors"] for each in answer["productsChange"]["outcomes"]}
    assert fared.pop("Chè Shan") == [{"field": "state", "code": "INVALID"}]
    assert list(fared.values()) == [[]]
    found = await shown(world, saved["product"]["id"])
    assert found["productCounts"]["draft"] >= 1


async def test_raises_prices_in_round_figures(world: World) -> None:
    saved = await save(world, variants=[{"name": "Hộp", "unit": "hộp", "price": 47000}])
    key = saved["product"]["id"]

    answer = await ask(
        world.composition,
        CHANGE,
        world.viewers["owner"],
        business=business(world),
        ids=[key],
        input={"pricePercent": 10},
    )

    assert answer["productsChange"]["outcomes"] == [{"name": "Chè Shan", "errors": []}]
    (variant,) = (await shown(world, key))["product"]["variants"]
    assert variant["priceLists"][0]["tiers"] == [{"minimumQuantity": 1, "amount": 51500}]


async def test_goods_of_others_are_not_changed(world: World) -> None:
    saved = await save(world)

    answer = await ask(
        world.composition,
        CHANGE,
        world.viewers["owner"],
        business=business(world),
        ids=[saved["product"]["id"], to_global("Product", world["hidden"].id)],
        input={"withdraw": True},
    )

    assert answer["productsChange"]["outcomes"] == []
    assert [each["code"] for each in answer["productsChange"]["errors"]] == ["NOT_FOUND"]
