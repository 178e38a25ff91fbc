"""A list costs as many statements with twenty things as with two."""

import pytest

from tests.contract.storefront import Storefront
from tests.factories.world import World
from tests.statements import assert_statements, statements_of

CARD = """
    id name slug isAvailable stockStatus harvestMonths
    thumbnail(size: 512, format: WEBP) { url alt }
    pricing { priceRange { start { gross { amount } } } }
    category { id name translation(languageCode: EN) { name } }
    business { id name slug place { id name } }
    originPlace { id fullName }
    certificate { stars }
    translation(languageCode: EN) { name slug }
    variants { id name sku quantityAvailable unitPrice { price { amount } } priceTiers {
        minimumQuantity price { gross { amount } } } pricing { price { gross { amount } } }
        attributes { attribute { slug } values { name } } media { url } }
    media { url } attributes { attribute { slug } values { name } }
    collections { id name } foodPapers { number }
"""
EDGES = f"{{ totalCount edges {{ node {{ {CARD} }} }} }}"
LISTS = {
    "products": f"{{ products(first: %d) {EDGES} }}",
    "products by search": f'{{ products(first: %d, filter: {{search: "mien"}}) {EDGES} }}',
    "category.products": f'{{ category(slug: "mien-dong") {{ products(first: %d) {EDGES} }} }}',
    "collection.products": (
        f'{{ collection(slug: "featured-products") {{ products(first: %d) {EDGES} }} }}'
    ),
    "business.products": f"{{ business(slug: $slug) {{ products(first: %d) {EDGES} }} }}",
    "search": f'{{ search(query: "mien dong", perPage: %d) {{ totalCount facets {{ name }} '
    f"hits {{ highlightedName product {{ {CARD} }} business {{ name }} }} }} }}",
    "businesses": """{ businesses(first: %d) { totalCount edges { node { id name place { name }
        logo(size: 128) { url } banner { url } translation(languageCode: EN) { name }
        productCount certifiedProductCount categories { name } } } } }""",
    "places": """{ places(first: %d) { id name formerNames oldDistricts { name } businessCount
        productCount translation(languageCode: EN) { name } banner { url } } }""",
    "categories": """{ categories(first: %d) { edges { node { id name level productCount
        backgroundImage { url } translation(languageCode: EN) { name }
        ancestors(first: 5) { edges { node { name } } }
        children(first: 20) { edges { node { name children(first: 5) { edges { node { id }
        } } } } } } } } }""",
    "pages": """{ pages(first: %d) { edges { node { title
        translation(languageCode: EN) { title } } } } }""",
}
MENU = """{ menu(slug: "navbar") { items { name translation(languageCode: EN) { name }
    category { name } collection { name } page { title } children { name
    translation(languageCode: EN) { name } category { name } collection { name } page { title }
    children { name page { title } } } } } }"""
# What the plain list of the contract needs: its channel, its page with covers, its variants.
PLAIN = """{ products(first: 20) { edges { node { id name slug
    thumbnail(size: 512, format: WEBP) { url } pricing { priceRange { start { gross { amount } } } }
    variants { id quantityAvailable pricing { price { gross { amount } } } } } } } }"""


async def count(province: World, storefront: Storefront, document: str) -> int:
    if "$slug" in document:
        document = f"query($slug: String) {document}"
    with statements_of(province.composition.engine) as sent:
        response = await storefront.post(document, {"slug": province["business"].slug})
    assert "errors" not in response.json(), response.text
    return len(sent)


@pytest.mark.parametrize("name", LISTS)
async def test_the_number_of_statements_does_not_grow(
    province: World,
    storefront: Storefront,
    name: str,
) -> None:
    few = await count(province, storefront, LISTS[name] % 2)
    many = await count(province, storefront, LISTS[name] % 25)

    assert many >= 1
    assert many <= few


async def test_a_menu_is_read_at_once(province: World, storefront: Storefront) -> None:
    assert await count(province, storefront, MENU) <= 8


async def test_the_plain_list_is_three_statements(
    province: World,
    storefront: Storefront,
) -> None:
    with assert_statements(province.composition.engine, 3):
        response = await storefront.post(PLAIN)

    assert len(response.json()["data"]["products"]["edges"]) == 20
