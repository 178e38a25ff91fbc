"""The endpoint itself: how it is asked, what it refuses, and how it says so."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from marketplace.app.limits import DEEPEST, LARGEST_COST, LARGEST_PAGE, LONGEST_DOCUMENT
from tests.contract.storefront import Storefront
from tests.factories.world import World

LIST = "products(first: %d) { edges { node { id } } }"


@pytest.fixture
async def broken(province: World) -> AsyncIterator[None]:
    """A database in which one table is out of reach."""
    rename = "ALTER TABLE {} RENAME TO {}"
    async with province.composition.engine.begin() as connection:
        await connection.execute(text(rename.format("menu_items", "menu_items_away")))
    yield
    async with province.composition.engine.begin() as connection:
        await connection.execute(text(rename.format("menu_items_away", "menu_items")))


def messages(response: httpx.Response) -> list[str]:
    return [error["message"] for error in response.json()["errors"]]


async def test_the_slash_form_is_served_without_a_redirect(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql/", json={"query": "{ __typename }"})

    assert response.status_code == 200
    assert response.json()["data"] == {"__typename": "Query"}
    assert response.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("_case", "document"),
    [
        ("does not parse", "{ products("),
        ("asks for an unknown field", "{ nothing }"),
        ("leaves out a variable", "query($id: ID!) { product(id: $id) { id } }"),
        ("is empty", ""),
    ],
)
async def test_a_document_that_cannot_run_is_a_bad_request(
    storefront: Storefront,
    _case: str,
    document: str,
) -> None:
    response = await storefront.post(document)

    assert response.status_code == 400
    assert "data" not in response.json()
    assert messages(response)


@pytest.mark.parametrize(
    ("_case", "content", "kind"),
    [
        ("no JSON", b"query", "application/json"),
        ("a batch", b'[{"query": "{ __typename }"}]', "application/json"),
        ("a form", b"query={__typename}", "application/x-www-form-urlencoded"),
        ("bare text", b'{"query": "{ __typename }"}', "text/plain"),
        ("no query", b'{"variables": {}}', "application/json"),
        (
            "variables that are none",
            b'{"query": "{ __typename }", "variables": []}',
            "application/json",
        ),
    ],
)
async def test_only_json_documents_are_taken(
    client: httpx.AsyncClient,
    _case: str,
    content: bytes,
    kind: str,
) -> None:
    response = await client.post("/graphql/", content=content, headers={"content-type": kind})

    assert response.status_code == 400
    assert "data" not in response.json()


async def test_a_query_is_not_run_by_getting_it(client: httpx.AsyncClient) -> None:
    query = "query { products(first: 1) { totalCount } }"

    response = await client.get("/graphql/", params={"query": query})

    assert response.headers["content-type"].startswith("text/html")
    assert '"data"' not in response.text


@pytest.mark.parametrize(
    ("_case", "arguments"),
    [
        ("both ends", "first: 1, last: 1"),
        ("neither end", ""),
        ("too many", f"first: {LARGEST_PAGE + 1}"),
        ("too many from the end", f"last: {LARGEST_PAGE + 1}"),
        ("below nothing", "first: -1"),
        ("first with before", 'first: 1, before: "x"'),
        ("last with after", 'last: 1, after: "x"'),
        ("a cursor that is none", 'first: 1, after: "bm9uZQ=="'),
        ("filter and where", "first: 1, filter: {}, where: {}"),
    ],
)
async def test_a_page_that_makes_no_sense_is_refused(
    storefront: Storefront,
    _case: str,
    arguments: str,
) -> None:
    listed = f"products({arguments})" if arguments else "products"
    response = await storefront.post(f"{{ {listed} {{ edges {{ node {{ id }} }} }} }}")

    assert response.status_code == 200
    assert response.json()["data"] == {"products": None}
    assert messages(response)


@pytest.mark.parametrize("field", ["products", "businesses", "categories", "collections", "pages"])
async def test_every_list_wants_to_know_how_long(storefront: Storefront, field: str) -> None:
    neither = await storefront.post(f"{{ {field} {{ edges {{ node {{ id }} }} }} }}")
    too_long = await storefront.post(f"{{ {field}(first: 101) {{ edges {{ node {{ id }} }} }} }}")
    fine = await storefront.post(f"{{ {field}(first: 100) {{ edges {{ node {{ id }} }} }} }}")

    assert neither.json()["data"] == too_long.json()["data"] == {field: None}
    assert "errors" not in fine.json()
    assert fine.json()["data"][field]["edges"]


async def test_a_cursor_belongs_to_its_order(storefront: Storefront) -> None:
    by_name = "products(first: 1, sortBy: {field: NAME, direction: ASC}) { pageInfo { endCursor } }"
    cursor = (await storefront.post(f"{{ {by_name} }}")).json()["data"]["products"]["pageInfo"]
    elsewhere = f"""{{ products(first: 1, after: "{cursor["endCursor"]}",
        sortBy: {{field: PRICE, direction: ASC}}) {{ edges {{ node {{ id }} }} }} }}"""

    response = await storefront.post(elsewhere)

    assert response.json()["data"] == {"products": None}
    assert messages(response) == ["The cursor does not belong to this list."]


async def test_the_cost_is_told(storefront: Storefront) -> None:
    small = (await storefront.post(f"{{ {LIST % 1} }}")).json()["extensions"]["cost"]
    large = (await storefront.post(f"{{ {LIST % 100} }}")).json()["extensions"]["cost"]

    assert small["maximumAvailable"] == large["maximumAvailable"] == LARGEST_COST
    assert 0 < small["requestedQueryCost"] < large["requestedQueryCost"] <= LARGEST_COST


def too_deep() -> str:
    inner = "id"
    for _level in range(DEEPEST):
        inner = f"children(first: 1) {{ edges {{ node {{ {inner} }} }} }}"
    return f'{{ category(slug: "x") {{ {inner} }} }}'


def too_many_aliases() -> str:
    return "{ " + " ".join(f"a{number}: __typename" for number in range(200)) + " }"


def too_dear() -> str:
    inner = "products(first: 100) { edges { node { id name } } }"
    return f"{{ businesses(first: 100) {{ edges {{ node {{ {inner} }} }} }} }}".replace(
        "id name",
        "id name slug description seoTitle created",
    )


@pytest.mark.parametrize("document", [too_deep(), too_many_aliases(), too_dear()])
async def test_a_document_that_costs_too_much_is_refused(
    storefront: Storefront,
    document: str,
) -> None:
    response = await storefront.post(document)

    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "QUERY_TOO_EXPENSIVE"
    assert not response.json().get("data")


async def test_a_document_may_not_be_endless(storefront: Storefront) -> None:
    response = await storefront.post("{ __typename }" + "#" * LONGEST_DOCUMENT)

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("path", "kind", "length"),
    [
        ("/graphql/", "application/json", 1_000_001),
        ("/graphql/", "multipart/form-data; boundary=x", 40_000_001),
        ("/dang-nhap", "application/x-www-form-urlencoded", 256 * 1024 + 1),
    ],
)
@pytest.mark.parametrize("is_told", [True, False])
async def test_a_body_may_not_be_endless(
    client: httpx.AsyncClient, path: str, kind: str, length: int, *, is_told: bool
) -> None:
    async def parts() -> AsyncIterator[bytes]:
        if kind.startswith("multipart"):
            head = 'Content-Disposition: form-data; name="f"; filename="f"'
            yield f"--x\r\n{head}\r\n\r\n".encode()
        for start in range(0, length, 1_000_000):
            yield b"x" * min(1_000_000, length - start)

    content = b"x" * length if is_told else parts()
    response = await client.post(path, content=content, headers={"content-type": kind})

    assert response.status_code == 413


async def test_a_character_that_cannot_be_kept_is_refused(client: httpx.AsyncClient) -> None:
    body = {"query": "query($s: String) { product(slug: $s) { id } }", "variables": {"s": "\x00"}}
    form = {"operations": (None, json.dumps(body)), "map": (None, "{}")}
    answers = [
        await client.post("/graphql/", json=body),
        await client.post("/graphql/", files=form),
        await client.get("/san-pham/a%00b"),
        await client.get("/tim-kiem?q=a%00b"),
    ]

    assert [each.status_code for each in answers] == [400] * 4


@pytest.mark.parametrize(
    ("operations", "places"),
    [
        ({"query": "{ __typename }", "variables": {"f": []}}, {"0": ["variables.f.3"]}),
        ({"query": "{ __typename }", "variables": {"f": []}}, {"0": ["variables.f.x"]}),
        ([{"query": "{ __typename }"}], {"0": ["0.query"]}),
        ([{"query": "{ __typename }"}], {}),
    ],
)
async def test_a_file_without_a_place_is_a_bad_request(
    client: httpx.AsyncClient, operations: object, places: object
) -> None:
    data = {"operations": json.dumps(operations), "map": json.dumps(places)}

    response = await client.post("/graphql/", data=data, files={"0": b"file"})

    assert response.status_code == 400


async def test_recursive_fragments_are_refused(storefront: Storefront) -> None:
    response = await storefront.post(
        "query { me { ...A } } fragment A on User { ...B } fragment B on User { ...A }"
    )

    assert response.status_code == 400


@pytest.mark.usefixtures("broken")
async def test_a_fault_is_masked_and_numbered(storefront: Storefront) -> None:
    response = await storefront.post('{ menu(slug: "navbar") { items { id } } channels { slug } }')

    body: dict[str, Any] = response.json()
    (error,) = body["errors"]
    number = error["extensions"]["number"]
    assert response.status_code == 200
    assert body["data"]["menu"] is None
    assert [each["slug"] for each in body["data"]["channels"]] == ["retail"]
    assert re.fullmatch(r"[0-9a-f]{8}", number)
    assert number in error["message"]
    assert "menu_items" not in response.text
    assert error["path"] == ["menu"]


async def test_introspection_is_on(storefront: Storefront) -> None:
    response = await storefront.post("{ __schema { types { name } directives { locations } } }")

    names = {each["name"] for each in response.json()["data"]["__schema"]["types"]}
    assert {"Product", "Business", "SearchResults"} <= names
    assert "DIRECTIVE_DEFINITION" not in response.text
