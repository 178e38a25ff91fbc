import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from openpyxl import load_workbook

from businesses.models import Business, BusinessMember
from marketplace.accounts.services.users import create_user
from marketplace.app.asgi import create_app
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM, MemberRole
from tests.catalog.importing import GOOD, ImportHouse, changed, variants_of

IMPORT = """
mutation Import($business: ID!, $file: Upload!, $dryRun: Boolean!, $policy: ImportPolicyEnum!) {
  productsImport(businessId: $business, file: $file, policy: $policy, dryRun: $dryRun) {
    run { rows created updated unchanged refused unknownColumns finishedAt errorSheetUrl
      problems(first: 5) { row cell column value message code } }
    errors { field message code }
  }
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
            "operations": json.dumps({"query": IMPORT, "variables": variables}),
            "map": json.dumps({"0": ["variables.file"]}),
        },
        files={"0": (path.name, content, "text/csv")},
        headers={} if token is None else {"Authorization": f"Bearer {token}"},
    )


async def test_takes_a_file_in_and_hands_back_what_to_mend(
    import_house: ImportHouse,
    client: httpx.AsyncClient,
) -> None:
    business = await import_house.business()
    token = await token_of(import_house, client, business, MemberRole.OWNER)
    path = import_house.write(GOOD, changed(ma_hang="MD2", gia_ban="x"))

    tried = (await send(client, business, path, token, dry_run=True)).json()
    assert tried["data"]["productsImport"]["run"]["created"] == 1
    assert await variants_of(import_house, business) == []

    answer = (await send(client, business, path, token)).json()
    payload = answer["data"]["productsImport"]
    assert payload["errors"] == []
    run = payload["run"]
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
