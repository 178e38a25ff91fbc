"""The site's own documents and the API's: by plan or by graphql-core, the answer is the same."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import orjson
import pytest
from sqlalchemy import event
from strawberry.types import ExecutionResult

from frontend.operations import read_documents
from marketplace.app.composition import Composition
from marketplace.app.endpoint import run
from marketplace.app.limits import LARGEST_COST
from marketplace.app.running import PLANS
from marketplace.app.schema import schema
from marketplace.kernel.context import Asking, RequestContext
from tests.factories.world import World

DOCUMENTS = {
    name: text
    for name, text in read_documents().items()
    if text.lstrip().startswith("query") or text.lstrip().startswith("{")
}
CONTRACT_LIST = """
query List($first: Int!) { products(first: $first, channel: "retail") { totalCount
  pageInfo { hasNextPage endCursor } edges { cursor node { id name slug created
    category { id name } thumbnail(size: 1024, format: WEBP) { url alt }
    pricing { priceRange { start { gross { amount currency } } } }
    attributes { attribute { slug } values { name } } assignedAttributes { __typename }
    business { slug name } media { url(size: 256) type } translation(languageCode: EN) { name }
    variants { id name sku quantityAvailable pricing { price { gross { amount currency } } } }
} } } }
"""
SLUGS = """
{ products(first: 1, channel: "retail") { edges { node { slug } } }
  businesses(first: 1) { edges { node { slug } } }
  categories(first: 1) { edges { node { slug } } }
  collections(first: 1, channel: "retail") { edges { node { slug } } }
  places(first: 1, level: COMMUNE) { code } }
"""
PLURALS = {
    "product_page": "products",
    "business_page": "businesses",
    "category_page": "categories",
    "collection_page": "collections",
}


async def variables_of(name: str, text: str, composition: Composition) -> dict[str, Any]:
    """Values for the variables of a document, naming things that are there."""
    async with composition.context(Asking(is_trusted=True)) as context:
        found = (await schema.execute(SLUGS, context_value=context)).data or {}
    edges = found[PLURALS[name]]["edges"] if name in PLURALS else []
    slug = edges[0]["node"]["slug"] if edges else "khong-co"
    values = {
        "slug": slug,
        "code": found["places"][0]["code"],
        "languageCode": "EN",
        "query": "",
        "text": "a",
        "season": slug,
        "second": slug,
        "third": slug,
        "first": 5,
    }
    head = text[: text.index("{")]
    return {key: value for key, value in values.items() if f"${key}:" in head}


Way = Callable[[RequestContext], Awaitable[ExecutionResult | None]]


async def told(composition: Composition, asking: Asking, way: Way) -> tuple[bytes, list[str]]:
    """The answer, and the statements it took."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    engine = composition.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        async with composition.context(asking) as context:
            result = await way(context)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert result is not None, "this document has no plan"
    errors = [each.formatted for each in result.errors or ()]
    return orjson.dumps([result.data, errors, result.extensions or {}]), sorted(statements)


@pytest.mark.parametrize("name", [*DOCUMENTS, "list"])
@pytest.mark.parametrize("who", ["visitor", "buyer", "owner"])
async def test_the_answer_is_the_same(name: str, who: str, province: World) -> None:
    text = DOCUMENTS.get(name, CONTRACT_LIST)
    house = province.composition
    variables = await variables_of(name, text, house)
    asking = Asking(viewer=province.viewers[who], is_trusted=name != "list")

    def core(context: RequestContext) -> Awaitable[ExecutionResult | None]:
        return schema.execute(text, variables, context_value=context)

    def planned(context: RequestContext) -> Awaitable[ExecutionResult | None]:
        return PLANS.planned(text, variables, context)

    await told(house, asking, core)
    assert await told(house, asking, planned) == await told(house, asking, core)


async def test_strangers_are_told_the_cost_and_refused_above_it(province: World) -> None:
    body = {"query": CONTRACT_LIST, "variables": {"first": 5}}
    answer = orjson.loads((await run(province.composition, Asking(), body)).body)
    assert answer["data"]["products"]["edges"]
    assert 0 < answer["extensions"]["cost"]["requestedQueryCost"] < LARGEST_COST
    deep = "{ categories(first: 1) { edges { node" + " { parent" * 20 + " { id }" + " }" * 23
    response = await run(province.composition, replace(Asking(), language="en"), {"query": deep})
    assert response.status_code == 400
    refusal = orjson.loads(response.body)
    assert refusal["errors"][0]["extensions"]["code"] == "QUERY_TOO_EXPENSIVE"
    assert "cost" in refusal["extensions"]
