import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest

from marketplace.app.asgi import create_app
from marketplace.connector.rules.messages import has_proper_form
from tests.connector.conftest import Connected
from tests.connector.shop import KEY, OTHER_KEY, a_good, a_packing, gid, notice, sign

PRODUCT = gid("Product", 7)


@pytest.fixture
async def door(connected: Connected) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP to the house in which the shop is connected."""
    application = create_app(connected.world.composition)
    transport = httpx.ASGITransport(application, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as made:
        yield made


async def send(
    connected: Connected,
    door: httpx.AsyncClient,
    body: bytes,
    **changed: str | None,
) -> int:
    """Hand a message in as the shop does, but for what is changed; the status of the answer."""
    headers: dict[str, str | None] = {
        "saleor-event": "product_updated",
        "saleor-domain": connected.shop.domain,
        "saleor-api-url": connected.shop.url,
        "saleor-signature": sign(body),
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    sent = {name: value for name, value in headers.items() if value is not None}
    path = f"/hooks/saleor/{connected.id}"
    return (await door.post(path, content=body, headers=sent)).status_code


async def jobs(connected: Connected) -> int:
    """How many looks were asked for."""
    found = await connected.rows(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%look%'"
    )
    return int(found[0][0])


async def test_a_new_price_comes_by_message(connected: Connected, door: httpx.AsyncClient) -> None:
    connected.shop.goods = [a_good(7)]
    await connected.pull()
    connected.shop.goods = [a_good(7, variants=[a_packing(7, 52_000, stocks=None)])]

    status = await send(connected, door, notice(PRODUCT))
    asked = await jobs(connected)
    await connected.look(PRODUCT)

    assert (status, asked) == (202, 1)
    assert [row[2:] for row in await connected.goods()] == [("published", 52_000, 20, True)]


async def test_what_the_shop_deletes_is_withdrawn_and_not_erased(connected: Connected) -> None:
    connected.shop.goods = [a_good(7), a_good(8)]
    await connected.pull()
    connected.shop.goods = [a_good(8)]

    await connected.look(PRODUCT)

    assert [row[2] for row in await connected.goods()] == ["withdrawn", "published"]


async def test_a_repeated_message_changes_nothing(
    connected: Connected, door: httpx.AsyncClient
) -> None:
    body = notice(PRODUCT)

    answers = [await send(connected, door, body) for _again in range(3)]

    assert answers == [202, 200, 200]
    assert await jobs(connected) == 1
    assert await connected.rows("SELECT repeated_count FROM shop_messages") == [(2,)]


def token_of_a_customer() -> str:
    """A token that the shop gave a customer: its own key, its own payload."""
    claims = {"iss": "x", "exp": datetime.now(UTC) + timedelta(hours=1)}
    return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "k1"})


def posing_as_detached(token: str) -> str:
    """That token with the mark of a detached signature, which spoils it."""
    header, payload, signature = token.split(".")
    del header
    told = {"alg": "RS256", "kid": "k1", "b64": False, "crit": ["b64"]}
    first = jwt.utils.base64url_encode(json.dumps(told).encode()).decode()
    return f"{first}.{payload}.{signature}"


BODY = notice(PRODUCT)
FORGED: list[tuple[str, dict[str, Any]]] = [
    ("unsigned", {"saleor_signature": None}),
    ("empty", {"saleor_signature": ""}),
    ("garbage", {"saleor_signature": "a..b"}),
    ("not ascii", {"saleor_signature": "é..b"}),
    ("another key", {"saleor_signature": sign(BODY, OTHER_KEY)}),
    ("an unknown key", {"saleor_signature": sign(BODY, OTHER_KEY, "k9")}),
    ("no key named", {"saleor_signature": sign(BODY, kid="")}),
    ("another body", {"saleor_signature": sign(BODY + b" ")}),
    ("a customer's token", {"saleor_signature": token_of_a_customer()}),
    ("a spoiled token", {"saleor_signature": posing_as_detached(token_of_a_customer())}),
    ("a common secret", {"saleor_signature": "0" * 64}),
    ("another issuer", {"saleor_api_url": "https://evil.example.com/graphql/"}),
    ("no issuer", {"saleor_api_url": None}),
    ("another domain", {"saleor_domain": "evil.example.com"}),
    ("no event", {"saleor_event": None}),
]


@pytest.mark.parametrize(("_case", "changed"), FORGED, ids=[each[0] for each in FORGED])
async def test_refuses_what_the_shop_did_not_sign(
    connected: Connected, door: httpx.AsyncClient, _case: str, changed: dict[str, Any]
) -> None:
    if "é" in str(changed.get("saleor_signature")):
        changed = {"saleor_signature": "\xe9..b".encode("latin-1")}

    status = await send(connected, door, BODY, **changed)

    assert status == 401
    assert await jobs(connected) == 0
    assert await connected.rows("SELECT id FROM shop_messages") == []


@pytest.mark.parametrize("hours", [-2.0, -1.1, 0.2, 48.0])
async def test_refuses_what_is_not_of_these_minutes(
    connected: Connected, door: httpx.AsyncClient, hours: float
) -> None:
    status = await send(
        connected, door, notice(PRODUCT, datetime.now(UTC) + timedelta(hours=hours))
    )

    assert status == 401
    assert await jobs(connected) == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"issuedAt": "soon", "product": {"id": "x"}}',
        b'{"issuedAt": "2026-11-22T00:00:00Z", "product": {"id": 7}}',
    ],
)
async def test_refuses_what_cannot_be_read(
    connected: Connected, door: httpx.AsyncClient, body: bytes
) -> None:
    assert await send(connected, door, body) == 400
    assert await jobs(connected) == 0


async def test_other_events_are_taken_without_a_look(
    connected: Connected, door: httpx.AsyncClient
) -> None:
    assert await send(connected, door, BODY, saleor_event="order_created") == 200
    assert await jobs(connected) == 0


async def test_the_older_form_of_a_message_is_read(
    connected: Connected, door: httpx.AsyncClient
) -> None:
    meta = {"issued_at": datetime.now(UTC).isoformat()}
    body = json.dumps([{"id": gid("ProductVariant", 7), "product_id": PRODUCT, "meta": meta}])

    assert await send(connected, door, body.encode()) == 202
    assert await connected.rows("SELECT external_id FROM shop_messages") == [(PRODUCT,)]


async def test_too_long_unknown_and_switched_off_are_refused(
    connected: Connected, door: httpx.AsyncClient
) -> None:
    long = await send(connected, door, b" " * 300_000)
    nobody = await door.post("/hooks/saleor/nobody", content=BODY)
    await connected.rows("UPDATE shop_connections SET state = 'disabled' RETURNING 1")
    switched_off = await send(connected, door, notice(PRODUCT))

    assert (long, nobody.status_code, switched_off) == (413, 401, 401)


async def test_keys_are_fetched_once_and_again_for_a_new_one(
    connected: Connected, door: httpx.AsyncClient
) -> None:
    first, second = notice(PRODUCT), notice(gid("Product", 8))

    for body in (first, second):
        assert await send(connected, door, body) == 202
    for _again in range(3):
        forged = sign(BODY, OTHER_KEY, "k9")
        assert await send(connected, door, BODY, saleor_signature=forged) == 401

    assert connected.shop.asked.count("/.well-known/jwks.json") == 1


async def test_a_shop_whose_keys_are_away_proves_nothing(
    connected: Connected, door: httpx.AsyncClient
) -> None:
    connected.shop.status = 500

    assert await send(connected, door, notice(PRODUCT)) == 401


def test_the_form_of_a_signature() -> None:
    assert has_proper_form(sign(BODY))
    assert not has_proper_form(token_of_a_customer())
