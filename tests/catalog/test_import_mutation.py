import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from businesses.models import Business, BusinessMember
from marketplace.accounts.services.users import create_user
from marketplace.app.asgi import create_app
from marketplace.app.worker import open_worker
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM, MemberRole
from tests.catalog.importing import GOOD, HEADER, ImportHouse, changed, variants_of

IMPORT = """
mutation Import($business: ID!, $file: Upload!, $dryRun: Boolean!, $policy: ImportPolicyEnum!) {
  productsImport(businessId: $business, file: $file, policy: $policy, dryRun: $dryRun) {
    run { id state }
    errors { field message code }
  }
}
"""
RUN = """
query Run($slug: String!, $id: ID!) {
  workspace(slug: $slug) { importRun(id: $id) {
    state failure rows created updated unchanged refused unknownColumns finishedAt errorSheetUrl
    columns { name field sample }
    problems(first: 5) { row cell column value message code } } }
}
"""
RECEIVE = """
mutation Receive($business: ID!, $file: Upload!) {
  importReceive(businessId: $business, file: $file) { run { id state } errors { message } }
}
"""
START = """
mutation Start($id: ID!, $dryRun: Boolean!, $mapping: [ColumnMappingInput!]) {
  importStart(id: $id, dryRun: $dryRun, mapping: $mapping) { run { id } errors { message } }
}
"""
TOKEN = """
mutation Token($email: String!, $password: String!) {
  tokenCreate(email: $email, password: $password) { token errors { message } }
}
"""
PASSWORD = "mot-hai-ba-bon-nam"


@pytest.fixture(scope="module")
async def client(import_house: ImportHouse) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(import_house.composition)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as made:
        yield made


async def token_of(
    house: ImportHouse,
    client: httpx.AsyncClient,
    business: Business,
    role: MemberRole,
) -> str:
    """The token of a new member of the business."""
    email = f"{role}-{business.code}@example.com".lower()
    async with unit_of_work(house.composition.sessions, SYSTEM, house.composition.events) as unit:
        user = await create_user(unit, email=email, password=PASSWORD)
        await unit.session.flush()
        unit.session.add(BusinessMember(business_id=business.id, user_id=user.id, role=role))
    answer = await client.post(
        "/graphql/",
        json={"query": TOKEN, "variables": {"email": email, "password": PASSWORD}},
    )
    return str(answer.json()["data"]["tokenCreate"]["token"])


async def send(
    client: httpx.AsyncClient,
    business: Business,
    path: Path,
    token: str | None,
    *,
    dry_run: bool = False,
    policy: str = "SKIP_BAD_ROWS",
    query: str = IMPORT,
) -> httpx.Response:
    """The mutation as a multipart form."""
    variables = {
        "business": to_global("Business", business.id),
        "file": None,
        "dryRun": dry_run,
        "policy": policy,
    }
    content = await asyncio.to_thread(path.read_bytes)
    return await client.post(
        "/graphql/",
        data={
            "operations": json.dumps({"query": query, "variables": variables}),
            "map": json.dumps({"0": ["variables.file"]}),
        },
        files={"0": (path.name, content, "text/csv")},
        headers={} if token is None else {"Authorization": f"Bearer {token}"},
    )


async def asked(
    client: httpx.AsyncClient, token: str, query: str, **variables: object
) -> dict[str, Any]:
    """The data of an answer."""
    answer = await client.post(
        "/graphql/",
        json={"query": query, "variables": variables},
        headers={"Authorization": f"Bearer {token}"},
    )
    found: dict[str, Any] = answer.json()["data"]
    return found


async def ended(
    house: ImportHouse,
    client: httpx.AsyncClient,
    business: Business,
    token: str,
    answer: dict[str, Any],
) -> dict[str, Any]:
    """The run after a worker has worked off every job."""
    async with open_worker(str(house.composition.settings.database_url)) as app:
        await app.run_worker_async(
            wait=False,
            install_signal_handlers=False,
            additional_context={"tools": house.composition},
        )
    key = next(iter(answer["data"].values()))["run"]["id"]
    found = await asked(client, token, RUN, slug=business.slug, id=key)
    run: dict[str, Any] = found["workspace"]["importRun"]
    return run


async def test_asks_what_columns_hold_where_their_names_do_not_tell(
    import_house: ImportHouse,
    client: httpx.AsyncClient,
) -> None:
    business = await import_house.business()
    token = await token_of(import_house, client, business, MemberRole.OWNER)
    header = ("Ký hiệu", *HEADER[1:])
    path = import_house.write(GOOD, header=header)

    received = (await send(client, business, path, token, query=RECEIVE)).json()
    key = received["data"]["importReceive"]["run"]["id"]
    assert received["data"]["importReceive"]["run"]["state"] == "RECEIVED"
    run = (await asked(client, token, RUN, slug=business.slug, id=key))["workspace"]["importRun"]
    assert run["columns"][0] == {"name": "Ký hiệu", "field": None, "sample": ["MD1"]}
    assert run["columns"][5]["field"] == "price"

    refused = await asked(client, token, START, id=key, dryRun=True)
    assert refused["importStart"]["errors"] != []

    mapping = [{"column": "Ký hiệu", "field": "code"}]
    started = await asked(client, token, START, id=key, dryRun=True, mapping=mapping)
    tried = await ended(import_house, client, business, token, {"data": started})
    assert (tried["state"], tried["created"], tried["problems"]) == ("FINISHED", 1, [])
    assert await variants_of(import_house, business) == []

    started = await asked(client, token, START, id=key, dryRun=False, mapping=mapping)
    taken = await ended(import_house, client, business, token, {"data": started})
    assert (taken["state"], taken["created"]) == ("FINISHED", 1)
    assert await variants_of(import_house, business) == [("MD1", "gói 500 g", 45_000)]
    kept = await import_house.rows("SELECT count(*) FROM import_file_parts")
    assert kept == [(0,)]


async def test_takes_a_file_in_and_hands_back_what_to_mend(
    import_house: ImportHouse,
    client: httpx.AsyncClient,
) -> None:
    business = await import_house.business()
    token = await token_of(import_house, client, business, MemberRole.OWNER)
    path = import_house.write(GOOD, changed(ma_hang="MD2", gia_ban="x"))

    tried = (await send(client, business, path, token, dry_run=True)).json()
    assert tried["data"]["productsImport"]["run"]["state"] == "QUEUED"
    found = await ended(import_house, client, business, token, tried)
    assert found["created"] == 1
    assert await variants_of(import_house, business) == []

    answer = (await send(client, business, path, token)).json()
    assert answer["data"]["productsImport"]["errors"] == []
    run = await ended(import_house, client, business, token, answer)
    assert (run["rows"], run["created"], run["refused"]) == (2, 1, 1)
    assert run["finishedAt"] is not None
    assert run["problems"] == [
        {
            "row": 3,
            "cell": "F3",
            "column": "Giá bán",
            "value": "x",
            "message": "Đây không phải là số tiền. Hãy viết 45.000 hoặc 45k.",
            "code": "NOT_A_NUMBER",
        },
    ]
    assert await variants_of(import_house, business) == [("MD1", "gói 500 g", 45_000)]

    fetched = await client.get(
        run["errorSheetUrl"],
        headers={"Authorization": f"Bearer {token}"},
    )
    assert fetched.status_code == 200
    rows = list(load_workbook(BytesIO(fetched.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr] # one sheet
    assert rows[1][0] == "MD2"
    assert (await client.get(run["errorSheetUrl"])).status_code == 404


async def test_refuses_a_file_that_is_none_as_an_entry_of_errors(
    import_house: ImportHouse,
    client: httpx.AsyncClient,
) -> None:
    business = await import_house.business()
    token = await token_of(import_house, client, business, MemberRole.OWNER)
    path = import_house.write(("a", "b"), header=("một", "hai"))

    payload = (await send(client, business, path, token)).json()["data"]["productsImport"]

    assert payload["run"] is None
    assert payload["errors"] == [
        {
            "field": "file",
            "message": "Không thấy dòng tên cột trong mười dòng đầu.",
            "code": "INVALID",
        },
    ]


async def test_visitors_strangers_and_clerks_may_not(
    import_house: ImportHouse,
    client: httpx.AsyncClient,
) -> None:
    business, other = await import_house.business(), await import_house.business()
    path = import_house.write(GOOD)
    stranger = await token_of(import_house, client, other, MemberRole.OWNER)
    clerk = await token_of(import_house, client, business, MemberRole.CLERK)

    codes = []
    for token in (None, stranger, clerk):
        answer = (await send(client, business, path, token)).json()
        codes.append(answer["errors"][0]["extensions"]["code"])

    assert codes == ["NotSignedIn", "PermissionDenied", "PermissionDenied"]
    assert await import_house.state_of(business) == [[], [], [], [], [], []]
