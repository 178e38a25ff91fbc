"""Who may ask for what about shops that businesses run elsewhere."""

from typing import Final

from marketplace.kernel.graph.ids import to_global
from tests.house.rows import CHANGE, Row, by_id, slug

QUERIES: Final = (
    Row(
        "workspace",
        "its shop elsewhere",
        "---+-+",
        """query($slug: String!) { workspace(slug: $slug) {
            connection { id url trouble webhookUrl problems { name } categories { id } } } }""",
        slug("business"),
        ("connection",),
    ),
)

MUTATIONS: Final = (
    Row(
        "shopConnectionCreate",
        "for a business without one",
        "!!!+!+",
        """mutation($business: ID!, $category: ID!) { shopConnectionCreate(business: $business,
            input: {url: "https://shop.example.vn", category: $category}) """
        + CHANGE
        + " }",
        lambda world: {
            "business": to_global("Business", world["suspended"].id),
            "category": to_global("Category", world["food"].id),
        },
    ),
    by_id(
        "shopConnectionUpdate",
        "connection",
        "!--+-+",
        ', input: {channel: "vn", token: "abcdefgh"}',
        "ShopConnection",
    ),
    Row(
        "shopConnectionMatch",
        "its category",
        "!--+-+",
        """mutation($id: ID!, $match: ID!, $category: ID!) { shopConnectionMatch(id: $id,
            matches: [{id: $match, category: $category}]) """
        + CHANGE
        + " }",
        lambda world: {
            "id": to_global("ShopConnection", world["connection"].id),
            "match": to_global("ShopCategory", world["shop_category"].id),
            "category": to_global("Category", world["noodles"].id),
        },
    ),
    by_id("shopConnectionPull", "connection", "!--+-+", kind="ShopConnection"),
    by_id("shopConnectionDisable", "connection", "!--+-+", kind="ShopConnection"),
    by_id("shopConnectionEnable", "disabled_connection", "!--+-+", kind="ShopConnection"),
    by_id("shopConnectionRemove", "connection", "!--+-+", kind="ShopConnection"),
)
