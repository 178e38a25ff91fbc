"""Who may ask for what: every root field with its decisions.

A row holds a document that asks for one thing, and one sign for each of the six viewers, in the
order of `VIEWERS`:

    +   it is answered, or done
    -   it is answered as if the thing did not exist
    !   the request is refused: nobody is signed in, or the viewer may not do this
    ·   it is open to everybody and decides by what is sent (a password, a token), not by who asks

An area may have a file of rows of its own beside this one; they come together here.
"""

from typing import Final

from marketplace.kernel.graph.ids import to_global
from tests.factories.media import A_PDF, a_picture
from tests.factories.world import World
from tests.house import (
    rows_accounts,
    rows_connector,
    rows_hooks,
    rows_joining,
    rows_people,
    rows_stores,
    rows_workspace,
)
from tests.house.rows import CHANGE, VIEWERS, Row, Variables, by_id, gid, slug, upload

__all__ = ["MUTATIONS", "QUERIES", "VIEWERS", "Row"]

PRODUCT = "query($id: ID) { product(id: $id) { id } }"
PRODUCTS = """
query($ids: [ID!]) { products(first: 5, filter: {ids: $ids}) { edges { node { id } } } }
"""
IDS_OF_DRAFT: Variables = lambda world: {"ids": [to_global("Product", world["draft"].id)]}  # noqa: E731 - a row of the matrix
BUSINESS = "query($id: ID) { business(id: $id) { id } }"
EDGES: Final = ("edges", 0)

QUERIES: Final = (
    Row("shop", "its name", "++++++", "{ shop { name description countries { code } } }"),
    Row("me", "oneself", "-+++++", "{ me { id } }"),
    Row(
        "place",
        "a commune",
        "++++++",
        "query($id: ID) { place(id: $id) { id } }",
        gid("Place", "place"),
    ),
    Row("registrationGuides", "any", "++++++", "{ registrationGuides { slug } }", path=(0,)),
    Row(
        "registrationGuide",
        "of a household",
        "++++++",
        "{ registrationGuide(kind: HOUSEHOLD) { slug } }",
    ),
    Row("industries", "noodles", "++++++", '{ industries(search: "mien") { code } }', path=(0,)),
    Row(
        "dossier",
        "a complete one",
        "---+--",
        "query($id: ID) { dossier(id: $id) { id } }",
        gid("Dossier", "dossier"),
    ),
    Row(
        "dossier",
        "a filed one",
        "---+--",
        "query($id: ID) { dossier(id: $id) { id } }",
        gid("Dossier", "filed_dossier"),
    ),
    Row("myDossiers", "the owner's", "---+--", "{ myDossiers { id } }", path=(0,)),
    Row(
        "deskDossiers",
        "a filed one",
        "------",
        "{ deskDossiers(first: 5) { edges { node { id } } } }",
        path=EDGES,
    ),
    Row(
        "dossierStatus",
        "by receipt",
        "++++++",
        '{ dossierStatus(receipt: "H41.12-261122-0007", phoneEnding: "5678") { state } }',
    ),
    Row("legalBases", "one of today", "++++++", "{ legalBases { id } }", path=(0,)),
    Row("places", "communes", "++++++", "{ places(first: 5) { id } }", path=(0,)),
    Row("business", "an open one", "++++++", BUSINESS, gid("Business", "business")),
    Row("business", "a suspended one", "--++++", BUSINESS, gid("Business", "suspended")),
    Row(
        "businesses",
        "a suspended one",
        "--++++",
        "query($ids: [ID!]) { businesses(first: 1, filter: {ids: $ids}) { edges { cursor } } }",
        lambda world: {"ids": [to_global("Business", world["suspended"].id)]},
        EDGES,
    ),
    Row("product", "one on display", "++++++", PRODUCT, gid("Product", "shown")),
    Row("product", "a draft", "--++-+", PRODUCT, gid("Product", "draft")),
    Row("product", "a withdrawn one", "--++-+", PRODUCT, gid("Product", "withdrawn")),
    Row("product", "one of a suspended business", "--++-+", PRODUCT, gid("Product", "hidden")),
    Row(
        "product",
        "one at wholesale prices",
        "--++-+",
        'query($id: ID) { product(id: $id, channel: "wholesale") { id } }',
        gid("Product", "shown"),
    ),
    Row("products", "a draft", "--++-+", PRODUCTS, IDS_OF_DRAFT, EDGES),
    Row(
        "products",
        "at wholesale prices",
        "--++-+",
        '{ products(first: 1, channel: "wholesale") { edges { node { id } } } }',
        path=EDGES,
    ),
    Row(
        "productVariant",
        "one of a draft",
        "--++-+",
        "query($id: ID) { productVariant(id: $id) { id } }",
        gid("ProductVariant", "draft_variant"),
    ),
    Row(
        "category",
        "an ordinary one",
        "++++++",
        "query($slug: String) { category(slug: $slug) { id } }",
        slug("noodles"),
    ),
    Row(
        "category",
        "a forbidden one",
        "-----+",
        "query($slug: String) { category(slug: $slug) { id } }",
        slug("forbidden"),
    ),
    Row(
        "categories",
        "a forbidden one",
        "-----+",
        """query($slug: String!) {
            categories(first: 5, filter: {slugs: [$slug]}) { edges { node { id } } } }""",
        slug("forbidden"),
        EDGES,
    ),
    Row(
        "collection",
        "one that is open",
        "++++++",
        "query($slug: String) { collection(slug: $slug) { id } }",
        slug("collection"),
    ),
    Row(
        "collection",
        "one not yet open",
        "-----+",
        "query($slug: String) { collection(slug: $slug) { id } }",
        slug("secret_collection"),
    ),
    Row(
        "collections",
        "one not yet open",
        "-----+",
        "{ collections(first: 9) { edges { node { id } } } }",
        path=("edges", 1),
    ),
    Row("channel", "retail", "++++++", '{ channel(slug: "retail") { id } }'),
    Row("channel", "wholesale", "--++-+", '{ channel(slug: "wholesale") { id } }'),
    Row("channels", "wholesale", "--++-+", "{ channels { id } }", path=(1,)),
    Row(
        "page",
        "a published one",
        "++++++",
        "query($slug: String) { page(slug: $slug) { id } }",
        slug("page"),
    ),
    Row(
        "page",
        "a draft",
        "-----+",
        "query($slug: String) { page(slug: $slug) { id } }",
        slug("secret_page"),
    ),
    Row(
        "pages",
        "a draft",
        "-----+",
        """query($slug: String!) {
            pages(first: 5, where: {slug: {oneOf: [$slug]}}) { edges { node { id } } } }""",
        slug("secret_page"),
        EDGES,
    ),
    Row("menu", "the bar on top", "++++++", '{ menu(slug: "navbar") { id } }'),
    Row(
        "search",
        "one on display",
        "++++++",
        '{ search(query: "miến dong sợi vàng", kind: PRODUCT) { hits { product { id } } } }',
        path=("hits", 0),
    ),
    Row(
        "search",
        "a draft",
        "------",
        '{ search(query: "nháp", kind: PRODUCT) { hits { product { id } } } }',
        path=("hits", 0),
    ),
    Row(
        "suggestions",
        "one on display",
        "++++++",
        '{ suggestions(query: "miến dong sợi") { suggestions { label } } }',
        path=(0,),
    ),
    Row(
        "suggestions",
        "a draft",
        "------",
        '{ suggestions(query: "nháp") { suggestions { label } } }',
        path=(0,),
    ),
    *rows_connector.QUERIES,
    *rows_hooks.QUERIES,
    *rows_joining.QUERIES,
    *rows_people.QUERIES,
    *rows_people.QUERIES_OF_HELP,
    *rows_stores.QUERIES,
    *rows_workspace.QUERIES,
)


def product_input(world: World) -> dict[str, object]:
    """What a new product needs."""
    return {
        "name": "Chè Shan tuyết",
        "category": to_global("Category", world["noodles"].id),
        "productType": to_global("ProductType", world["type"].id),
    }


MUTATIONS: Final = (
    Row(
        "dossierCreate",
        "a household",
        "!+++++",
        "mutation { dossierCreate(kind: HOUSEHOLD) { errors { field message code } } }",
    ),
    Row(
        "dossierAnswer",
        "the name",
        "!--+--",
        """mutation($id: ID!) {
            dossierAnswer(id: $id, screen: "name", answers: [{name: "name", value: "Mai"}]) {
                errors { field message code } } }""",
        gid("Dossier", "dossier"),
    ),
    Row(
        "dossierPaperTick",
        "the application",
        "!--+--",
        """mutation($id: ID!) {
            dossierPaperTick(id: $id, paper: "application", isThere: true) {
                errors { field message code } } }""",
        gid("Dossier", "dossier"),
    ),
    Row(
        "dossierComplete",
        "without its papers",
        "!-----",
        "mutation($id: ID!) { dossierComplete(id: $id) { errors { field message code } } }",
        gid("Dossier", "dossier"),
    ),
    Row(
        "dossierFile",
        "a complete one",
        "!--+--",
        "mutation($id: ID!) { dossierFile(id: $id) { errors { field message code } } }",
        gid("Dossier", "dossier"),
    ),
    Row(
        "dossierWithdraw",
        "a filed one",
        "!--+--",
        "mutation($id: ID!) { dossierWithdraw(id: $id) { errors { field message code } } }",
        gid("Dossier", "filed_dossier"),
    ),
    Row(
        "dossierDiscard",
        "a complete one",
        "!--+--",
        "mutation($id: ID!) { dossierDiscard(id: $id) { errors { field message code } } }",
        gid("Dossier", "dossier"),
    ),
    Row(
        "dossierHandle",
        "a filed one",
        "!--!--",
        """mutation($id: ID!) {
            dossierHandle(id: $id, step: RECEIVE) { errors { field message code } } }""",
        gid("Dossier", "filed_dossier"),
    ),
    *rows_accounts.MUTATIONS,
    Row(
        "mediaUpload",
        "a picture",
        "!+++++",
        f"mutation($file: Upload!) {{ mediaUpload(file: $file) {CHANGE} }}",
        upload(a_picture(80, 60), "mien.jpg"),
    ),
    Row(
        "documentUpload",
        "a paper",
        "!+++++",
        f"mutation($file: Upload!) {{ documentUpload(file: $file) {CHANGE} }}",
        upload(A_PDF, "giay.pdf"),
    ),
    Row(
        "productCreate",
        "for the business",
        "!!++!+",
        """mutation($business: ID!, $input: ProductInput!) { productCreate(business: $business,
            input: $input, variants: [{name: "Gói", unit: "gói"}]) """
        + CHANGE
        + " }",
        lambda world: {
            "business": to_global("Business", world["business"].id),
            "input": product_input(world),
        },
    ),
    by_id("productUpdate", "shown", "!!++!+", ', input: {name: "Miến dong mới"}'),
    by_id("productUpdate", "draft", "!-++-+", ', input: {name: "Miến dong mới"}'),
    by_id("productPublish", "draft", "!-++-+"),
    by_id("productWithdraw", "shown", "!!++++"),
    Row(
        "productVariantCreate",
        "for a draft",
        "!-++-+",
        """mutation($id: ID!) { productVariantCreate(product: $id,
            input: {name: "Hộp", unit: "hộp"}) """
        + CHANGE
        + " }",
        gid("Product", "draft"),
    ),
    by_id(
        "productVariantPricesSet",
        "shown_variant",
        "!!!+!+",
        ", tiers: [{amount: 40000}]",
        "ProductVariant",
    ),
    by_id("productVariantStockSet", "shown_variant", "!!++!+", ", onHand: 7", "ProductVariant"),
    Row(
        "productsImport",
        "for the business",
        "!!!+!+",
        """mutation($business: ID!, $file: Upload!) {
            productsImport(businessId: $business, file: $file, dryRun: true) """
        + CHANGE
        + " }",
        lambda world: {
            "business": to_global("Business", world["business"].id),
            **upload("Mã hàng,Tên hàng,Giá bán\n1,Miến dong,45000\n".encode(), "hang.csv")(world),
        },
    ),
    *rows_connector.MUTATIONS,
    *rows_hooks.MUTATIONS,
    *rows_joining.MUTATIONS,
    *rows_people.MUTATIONS,
    *rows_people.MUTATIONS_OF_HELP,
    *rows_stores.MUTATIONS,
    *rows_workspace.MUTATIONS,
)
