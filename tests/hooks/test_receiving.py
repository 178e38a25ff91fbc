import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.app.composition import Composition
from marketplace.hooks.events import MessageReceived
from marketplace.hooks.models import HookSource, InboundMessage
from marketplace.hooks.rules.envelopes import MOST_BYTES
from marketplace.hooks.rules.signing import headers_for, new_secret, sign
from marketplace.hooks.services.sources import rotate_source_secret
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM
from tests.hooks.messages import Headers, Sent

UNPROVEN = {"message": "The message is not signed by a source that is known here."}
Spoilt = tuple[Headers, bytes]


@pytest.fixture
def heard(composition: Composition) -> list[MessageReceived]:
    """What the rest of the house is told."""
    told: list[MessageReceived] = []

    async def listen(_unit: UnitOfWork, event: MessageReceived) -> None:
        told.append(event)

    composition.events.subscribe(MessageReceived, listen)
    return told


async def hand_in(
    door: httpx.AsyncClient,
    headers: Headers | dict[str, str],
    body: bytes,
    source: str = "registry",
) -> httpx.Response:
    items = headers.items() if isinstance(headers, dict) else headers
    raw = [
        (name.encode(), value if isinstance(value, bytes) else value.encode())
        for name, value in items
    ]
    return await door.post(f"/hooks/{source}", headers=raw, content=body)


async def kept(composition: Composition) -> int:
    async with composition.sessions() as session:
        return await session.scalar(select(func.count()).select_from(InboundMessage)) or 0


async def source_row(session: AsyncSession) -> HookSource:
    return (await session.scalars(select(HookSource))).one()


async def test_a_good_message_is_taken_and_told_once(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
    heard: list[MessageReceived],
) -> None:
    sent = Sent(secret, data={"dossier": "G09"})

    response = await hand_in(door, sent.headers, sent.body)

    assert (response.status_code, response.json()) == (202, {"message": "Taken."})
    async with composition.sessions() as session:
        row = (await session.scalars(select(InboundMessage))).one()
        source = await source_row(session)
    assert (row.webhook_id, row.type, row.body) == (sent.id, sent.type, sent.body)
    assert heard == [MessageReceived(row.id, "registry", sent.type)]
    assert source.last_used_at is not None
    assert source.refused_count == 0


def listed(headers: dict[str, str], **changed: str | bytes | None) -> Headers:
    """The headers with some of them changed; None leaves one out."""
    by_name: dict[str, str | bytes | None] = {
        **headers,
        **{f"webhook-{name}": value for name, value in changed.items()},
    }
    return [(name, value) for name, value in by_name.items() if value is not None]


def doubled(name: str) -> Callable[[Sent], Spoilt]:
    return lambda sent: ([*sent.headers.items(), (name, sent.headers[name])], sent.body)


def changed(**values: str | bytes | None) -> Callable[[Sent], Spoilt]:
    return lambda sent: (listed(sent.headers, **values), sent.body)


def signed_at(moment: Callable[[], int]) -> Callable[[Sent], Spoilt]:
    def spoil(sent: Sent) -> Spoilt:
        return list(headers_for([sent.secret], sent.id, moment(), sent.body).items()), sent.body

    return spoil


def signature(change: Callable[[str], str | bytes]) -> Callable[[Sent], Spoilt]:
    def spoil(sent: Sent) -> Spoilt:
        good = sent.headers["webhook-signature"]
        return listed(sent.headers, signature=change(good)), sent.body

    return spoil


def with_wrong_secret(sent: Sent) -> Spoilt:
    return list(headers_for([new_secret()], sent.id, sent.at, sent.body).items()), sent.body


FORGED: list[tuple[str, Callable[[Sent], Spoilt]]] = [
    ("no headers", lambda sent: ([], sent.body)),
    ("no id", changed(id=None)),
    ("no time", changed(timestamp=None)),
    ("no signature", changed(signature=None)),
    ("an empty id", changed(id="")),
    ("an empty time", changed(timestamp="")),
    ("an empty signature", changed(signature="")),
    ("a doubled id", doubled("webhook-id")),
    ("a doubled time", doubled("webhook-timestamp")),
    ("a doubled signature", doubled("webhook-signature")),
    ("the wrong secret", with_wrong_secret),
    ("an altered body", lambda sent: (list(sent.headers.items()), sent.body + b" ")),
    ("a truncated body", lambda sent: (list(sent.headers.items()), sent.body[:-1])),
    ("no body", lambda sent: (list(sent.headers.items()), b"")),
    ("an altered id", changed(id="msg_2")),
    ("an id with a full stop", changed(id="msg.1")),
    ("an endless id", changed(id="m" * 129)),
    ("an altered time", lambda sent: (listed(sent.headers, timestamp=f"{sent.at - 1}"), sent.body)),
    ("an old time", signed_at(lambda: int(time.time()) - 310)),
    ("a future time", signed_at(lambda: int(time.time()) + 310)),
    ("a time that is no number", changed(timestamp="now")),
    ("a broken time", lambda sent: (listed(sent.headers, timestamp=f"{sent.at}.0"), sent.body)),
    ("an endless time", changed(timestamp="9" * 400)),
    ("infinity", changed(timestamp="inf")),
    ("a negative time", changed(timestamp="-1")),
    ("a time in other digits", changed(timestamp="١٦١٤٢٦٥٣٣٠".encode())),
    ("bad base64", signature(lambda good: good[:-3] + "?!*")),
    ("base64 without its end", signature(lambda good: good.rstrip("="))),
    ("no comma", signature(lambda good: good.replace(",", ""))),
    ("an unknown version only", signature(lambda good: good.replace("v1", "v9"))),
    ("an asymmetric version only", signature(lambda good: good.replace("v1", "v1a"))),
    ("letters beyond ASCII", signature(lambda good: f"{good[:-2]}ả=".encode())),
    ("a truncated signature", signature(lambda good: good[:20])),
    ("an endless signature", signature(lambda good: " ".join([good] * 100))),
    ("only commas", signature(lambda _good: ",,, ,, v1,")),
]


@pytest.mark.parametrize(("_case", "spoil"), FORGED, ids=[case for case, _ in FORGED])
async def test_what_is_not_proven_is_refused_and_nothing_happens(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
    heard: list[MessageReceived],
    _case: str,
    spoil: Callable[[Sent], Spoilt],
) -> None:
    headers, body = spoil(Sent(secret))

    response = await hand_in(door, headers, body)

    assert (response.status_code, response.json()) == (401, UNPROVEN)
    assert await kept(composition) == 0
    assert heard == []
    async with composition.sessions() as session:
        source = await source_row(session)
    assert (source.refused_count, source.last_used_at) == (1, None)


@pytest.mark.parametrize("name", ["nobody", "Registry", "registry%20", "r" * 300, "%C3%A1", "..;"])
async def test_an_unknown_source_gets_the_same_answer(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
    name: str,
) -> None:
    sent = Sent(secret)

    response = await hand_in(door, sent.headers, sent.body, name)

    assert (response.status_code, response.json()) == (401, UNPROVEN)
    assert await kept(composition) == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'"text"',
        b'{"id": "msg_1"}',
        b'{"id": "msg_1", "type": "a b"}',
        b'{"id": "msg_1", "type": "a..b"}',
        b'{"id": "msg_1", "type": "a", "data": []}',
        b'{"id": "msg_2", "type": "a"}',
        b'{"id": 1, "type": "a"}',
        b'{"type": "a"}',
        b'{"id": "msg_1", "type": "a"',
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"a":' * 10_000,
    ],
)
async def test_a_proven_message_that_cannot_be_read_is_refused(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
    body: bytes,
) -> None:
    at = int(time.time())

    response = await hand_in(door, headers_for([secret], "msg_1", at, body), body)

    assert (response.status_code, response.json()) == (
        400,
        {"message": "The message cannot be read."},
    )
    assert await kept(composition) == 0


async def test_characters_that_the_database_cannot_hold_are_kept_as_they_came(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
) -> None:
    sent = Sent(secret, data={"note": "a\x00b", "number": 10**15})

    response = await hand_in(door, sent.headers, sent.body)

    assert response.status_code == 202
    assert await kept(composition) == 1


@pytest.mark.parametrize("length", [MOST_BYTES + 1, 300_000, 1_200_000])
async def test_a_body_that_is_too_long_is_not_read(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
    length: int,
) -> None:
    body = b" " * length

    response = await hand_in(door, headers_for([secret], "msg_1", int(time.time()), body), body)

    assert response.status_code == 413
    assert await kept(composition) == 0


async def test_a_message_as_long_as_may_be_is_taken(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
) -> None:
    bare = len(Sent(secret, data={"pad": ""}).body)
    sent = Sent(secret, data={"pad": "x" * (MOST_BYTES - bare)})

    response = await hand_in(door, sent.headers, sent.body)

    assert (len(sent.body), response.status_code) == (MOST_BYTES, 202)
    assert await kept(composition) == 1


async def test_a_message_that_comes_again_changes_nothing(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
    heard: list[MessageReceived],
) -> None:
    first = Sent(secret)
    retry = Sent(secret, at=first.at + 5)

    codes = [
        (await hand_in(door, each.headers, each.body)).status_code for each in (first, first, retry)
    ]

    assert codes == [202, 200, 200]
    assert len(heard) == 1
    async with composition.sessions() as session:
        row = (await session.scalars(select(InboundMessage))).one()
    assert row.repeated_count == 2


async def test_an_id_that_comes_again_with_another_body_changes_nothing(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
    heard: list[MessageReceived],
) -> None:
    first = Sent(secret, data={"status": 4})
    other = Sent(secret, data={"status": 9})

    codes = [(await hand_in(door, each.headers, each.body)).status_code for each in (first, other)]

    assert codes == [202, 200]
    assert len(heard) == 1
    async with composition.sessions() as session:
        row = (await session.scalars(select(InboundMessage))).one()
    assert row.body == first.body


async def test_the_same_body_cannot_be_sent_under_another_id(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
) -> None:
    sent = Sent(secret)
    await hand_in(door, sent.headers, sent.body)

    again = headers_for([secret], "msg_9", sent.at, sent.body)
    response = await hand_in(door, again, sent.body)

    assert response.status_code == 400
    assert await kept(composition) == 1


async def test_both_secrets_count_for_a_day_after_a_change(
    composition: Composition,
    door: httpx.AsyncClient,
    secret: str,
) -> None:
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        _source, fresh = await rotate_source_secret(unit, composition.ports[SEALER], "registry")

    old, new = Sent(secret, id="msg_old"), Sent(fresh, id="msg_new")
    during = [(await hand_in(door, each.headers, each.body)).status_code for each in (old, new)]
    async with composition.sessions() as session, session.begin():
        passed = datetime.now(UTC) - timedelta(seconds=1)
        await session.execute(update(HookSource).values(previous_until=passed))
    late_old, late_new = Sent(secret, id="msg_3"), Sent(fresh, id="msg_4")
    after = [
        (await hand_in(door, each.headers, each.body)).status_code for each in (late_old, late_new)
    ]

    assert during == [202, 202]
    assert after == [401, 202]


async def test_secrets_lie_sealed(composition: Composition, secret: str) -> None:
    async with composition.sessions() as session:
        source = await source_row(session)

    assert secret.removeprefix("whsec_").encode() not in source.sealed_secret
    assert sign(secret, "msg_1", 1, b"") == sign(
        composition.ports[SEALER].open(source.sealed_secret).decode(), "msg_1", 1, b""
    )
