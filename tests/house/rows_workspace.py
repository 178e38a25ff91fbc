"""Who may ask for what of a seller's workspace."""

from typing import Final

from marketplace.kernel.graph.ids import to_global
from tests.factories.world import World
from tests.house.rows import CHANGE, Row, Variables, by_id, slug, upload

IDS: Final = "$business: ID!, $ids: [ID!]!"


def of_business(**more: object) -> Variables:
    """The variable `business` and others that are the same in every world."""
    return lambda world: {"business": to_global("Business", world["business"].id), **more}


def new_product(world: World) -> dict[str, object]:
    """What a seller types for a new product."""
    return {
        **of_business()(world),
        "input": {"name": "Chè Shan", "category": to_global("Category", world["noodles"].id)},
    }


def chosen(*names: str) -> Variables:
    """The variables of a change of many products."""
    return lambda world: {
        **of_business()(world),
        "ids": [to_global("Product", world[name].id) for name in names],
    }


QUERIES: Final = (
    Row(
        "workspace",
        "of the business",
        "--++-+",
        "query($slug: String!) { workspace(slug: $slug) { id } }",
        slug("business"),
    ),
    Row(
        "workspace",
        "its drafts",
        "--++-+",
        """query($slug: String!) { workspace(slug: $slug) {
            products(first: 1, filter: {state: DRAFT}) { edges { node { id } } } } }""",
        slug("business"),
        ("products", "edges", 0),
    ),
    Row("workspaces", "one's own", "--++--", "{ workspaces { id } }", path=(0,)),
)

MUTATIONS: Final = (
    Row(
        "productSave",
        "a new one",
        "!!++!+",
        """mutation($business: ID!, $input: ProductInput!) { productSave(business: $business,
            input: $input, variants: [{name: "Gói", unit: "gói", stock: 5}]) """
        + CHANGE
        + " }",
        new_product,
    ),
    Row(
        "productSave",
        "with a price",
        "!!!+!+",
        """mutation($business: ID!, $input: ProductInput!) { productSave(business: $business,
            input: $input, variants: [{name: "Gói", unit: "gói", price: 45000}]) """
        + CHANGE
        + " }",
        new_product,
    ),
    Row(
        "productsChange",
        "taken off the shelf",
        "!!++!+",
        f"mutation({IDS}) {{ productsChange(business: $business, ids: $ids,"
        f" input: {{withdraw: true}}) {CHANGE} }}",
        chosen("shown"),
    ),
    Row(
        "productsChange",
        "dearer",
        "!!!+!+",
        f"mutation({IDS}) {{ productsChange(business: $business, ids: $ids,"
        f" input: {{pricePercent: 10}}) {CHANGE} }}",
        chosen("shown"),
    ),
    by_id(
        "productVariantStockBook",
        "shown_variant",
        "!!++!+",
        ", kind: RECEIVED, quantity: 3",
        "ProductVariant",
    ),
    by_id(
        "productVariantThresholdSet",
        "shown_variant",
        "!!++!+",
        ", threshold: 3",
        "ProductVariant",
    ),
    Row(
        "productPicturesSet",
        "of a draft",
        "!-++-+",
        f"mutation($id: ID!) {{ productPicturesSet(id: $id, pictures: []) {CHANGE} }}",
        lambda world: {"id": to_global("Product", world["draft"].id)},
    ),
    Row(
        "importReceive",
        "for the business",
        "!!!+!+",
        """mutation($business: ID!, $file: Upload!) {
            importReceive(businessId: $business, file: $file) """
        + CHANGE
        + " }",
        lambda world: {
            **of_business()(world),
            **upload("Mã hàng,Tên hàng,Giá bán\n1,Miến dong,45000\n".encode(), "hang.csv")(world),
        },
    ),
    Row(
        "importStart",
        "of nobody",
        "!-----",
        f"mutation($id: ID!) {{ importStart(id: $id) {CHANGE} }}",
        lambda world: {"id": to_global("ImportRun", world["business"].id)},
    ),
)
