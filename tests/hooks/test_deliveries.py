import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from marketplace.app.composition import Composition
from marketplace.app.settings import Settings
from marketplace.app.working import work
from marketplace.hooks.events import EndpointGivenUp
from marketplace.hooks.models import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
)
from marketplace.hooks.ports import WEBHOOK_SENDER
from marketplace.hooks.rules.backoff import DELAYS
from marketplace.hooks.rules.envelopes import read_envelope
from marketplace.hooks.rules.kinds import DeliveryState, EndpointState
from marketplace.hooks.rules.signing import SignedHeaders, verify
from marketplace.hooks.services.announcing import announce_outside
from marketplace.hooks.services.deliveries import (
    parcel_for,
    queue_forgotten,
    record_attempt,
    resend_delivery,
)
from marketplace.hooks.services.endpoints import (
    EndpointDraft,
    create_endpoint,
    move_endpoint,
    rotate_endpoint_secret,
)
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM
from tests.accounts.post import text_of
from tests.hooks.receiver import Receiver, Taken, receiving
from tests.hooks.working import eventually, working

TYPE = "business.activated"


@asynccontextmanager
async def changing(house: Composition) -> AsyncIterator[UnitOfWork]:
    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        yield unit


async def an_endpoint(
    house: Composition,
    url: str,
    *types: str,
) -> tuple[WebhookEndpoint, str]:
    draft = EndpointDraft("Ngân hàng", url, types or (TYPE,), "it@example.com")
    async with changing(house) as unit:
        return await create_endpoint(unit, house.ports[SEALER], draft, allows_loopback=True)


async def announce(house: Composition, type_: str = TYPE) -> WebhookMessage | None:
    async with changing(house) as unit:
        return await announce_outside(unit, type_, "business/1", {"business": "1"})


async def the_delivery(house: Composition) -> WebhookDelivery:
    async with house.sessions() as session:
        return (await session.scalars(select(WebhookDelivery))).one()


async def carry(house: Composition, delivery_id: UUID) -> None:
    """What the job does, without the pauses."""
    async with house.sessions() as session:
        await session.execute(update(WebhookDelivery).values(next_at=datetime.now(UTC)))
        await session.commit()
    async with house.sessions() as session:
        parcel = await parcel_for(session, house.ports[SEALER], delivery_id, datetime.now(UTC))
    assert parcel is not None
    answer = await house.ports[WEBHOOK_SENDER].post(parcel.url, parcel.headers, parcel.body)
    async with changing(house) as unit:
        await record_attempt(unit, delivery_id, answer)


def proven(taken: Taken, *secrets: str) -> str:
    headers = SignedHeaders(
        [taken.headers["webhook-id"]],
        [taken.headers["webhook-timestamp"]],
        [taken.headers["webhook-signature"]],
    )
    return verify(secrets, headers, taken.body, datetime.now(UTC))


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as made:
        yield made


async def test_a_message_arrives_signed_in_both_standards(
    composition: Composition,
    receiver: Receiver,
) -> None:
    _endpoint, secret = await an_endpoint(composition, receiver.url)
    message = await announce(composition)
    assert message is not None

    await carry(composition, (await the_delivery(composition)).id)

    (taken,) = receiver.taken
    assert proven(taken, secret) == message.webhook_id
    envelope = read_envelope(taken.body)
    assert (envelope.id, envelope.type) == (message.webhook_id, TYPE)
    assert envelope.data == {"business": "1"}
    delivery = await the_delivery(composition)
    assert (delivery.state, delivery.attempt_count) == (DeliveryState.DELIVERED, 1)


async def test_nobody_is_told_what_they_did_not_ask_for(
    composition: Composition,
    receiver: Receiver,
) -> None:
    await an_endpoint(composition, receiver.url, "registration.dossier.status_changed")

    assert await announce(composition) is None


async def test_a_type_that_is_not_ours_is_a_mistake(composition: Composition) -> None:
    with pytest.raises(ValueError, match="not a type"):
        await announce(composition, "business.exploded")


async def test_a_retry_has_the_same_id_and_body_and_a_later_time(
    composition: Composition,
    receiver: Receiver,
) -> None:
    _endpoint, secret = await an_endpoint(composition, receiver.url)
    await announce(composition)
    delivery = await the_delivery(composition)
    receiver.answers("500 Oh", b"no")

    await carry(composition, delivery.id)
    put_off = await the_delivery(composition)
    receiver.answers("200 OK")
    await carry(composition, delivery.id)

    first, second = receiver.taken
    assert proven(first, secret) == proven(second, secret)
    assert first.body == second.body
    assert put_off.next_at is not None
    assert DELAYS[0] * 0.5 < put_off.next_at - datetime.now(UTC) < DELAYS[0] * 1.3
    async with composition.sessions() as session:
        attempts = (
            await session.scalars(select(WebhookAttempt).order_by(WebhookAttempt.number))
        ).all()
    assert [(each.number, each.code, each.excerpt) for each in attempts] == [
        (1, 500, "no"),
        (2, 200, ""),
    ]


async def test_both_secrets_sign_for_a_day_after_a_change(
    composition: Composition,
    receiver: Receiver,
) -> None:
    endpoint, old = await an_endpoint(composition, receiver.url)
    async with changing(composition) as unit:
        _endpoint, new = await rotate_endpoint_secret(unit, composition.ports[SEALER], endpoint.id)
    await announce(composition)

    await carry(composition, (await the_delivery(composition)).id)

    assert proven(receiver.taken[0], old) == proven(receiver.taken[0], new)


async def test_a_receiver_that_is_gone_is_told_nothing_more(
    composition: Composition,
    receiver: Receiver,
) -> None:
    endpoint, _secret = await an_endpoint(composition, receiver.url)
    given_up: list[EndpointGivenUp] = []

    async def listen(_unit: UnitOfWork, event: EndpointGivenUp) -> None:
        given_up.append(event)

    composition.events.subscribe(EndpointGivenUp, listen)
    await announce(composition)
    receiver.answers("410 Gone")

    await carry(composition, (await the_delivery(composition)).id)

    async with composition.sessions() as session:
        after = await session.get_one(WebhookEndpoint, endpoint.id)
    assert after.state is EndpointState.DISABLED
    assert given_up == [EndpointGivenUp(endpoint.id)]
    assert (await the_delivery(composition)).state is DeliveryState.FAILED
    assert await announce(composition) is None


async def test_an_endpoint_that_fails_for_days_is_given_up_and_may_be_enabled_again(
    composition: Composition,
    receiver: Receiver,
) -> None:
    endpoint, _secret = await an_endpoint(composition, receiver.url)
    await announce(composition)
    delivery = await the_delivery(composition)
    receiver.answers("500 Oh")
    await carry(composition, delivery.id)
    async with composition.sessions() as session:
        long_ago = datetime.now(UTC) - timedelta(hours=76)
        await session.execute(update(WebhookEndpoint).values(failing_since=long_ago))
        await session.commit()

    await carry(composition, delivery.id)
    async with composition.sessions() as session:
        given_up = await session.get_one(WebhookEndpoint, endpoint.id)
    async with changing(composition) as unit:
        await move_endpoint(unit, endpoint.id, "enable")
        await resend_delivery(unit, delivery.id)
    receiver.answers("200 OK")
    await carry(composition, delivery.id)

    assert given_up.state is EndpointState.DISABLED
    assert (await the_delivery(composition)).state is DeliveryState.DELIVERED
    assert len({each.headers["webhook-id"] for each in receiver.taken}) == 1


async def test_a_message_is_not_tried_for_ever(
    composition: Composition,
    receiver: Receiver,
) -> None:
    await an_endpoint(composition, receiver.url)
    await announce(composition)
    delivery = await the_delivery(composition)
    receiver.answers("500 Oh")

    for _ in range(len(DELAYS) + 1):
        await carry(composition, delivery.id)

    after = await the_delivery(composition)
    assert (after.state, after.attempt_count) == (DeliveryState.FAILED, len(DELAYS) + 1)


async def test_a_message_that_is_not_due_is_not_sent(
    composition: Composition,
    receiver: Receiver,
) -> None:
    await an_endpoint(composition, receiver.url)
    await announce(composition)
    delivery = await the_delivery(composition)

    async with composition.sessions() as session:
        early = await parcel_for(
            session, composition.ports[SEALER], delivery.id, datetime.now(UTC) - timedelta(hours=1)
        )

    assert early is None


async def test_a_message_whose_job_was_lost_is_queued_again(
    composition: Composition,
    receiver: Receiver,
) -> None:
    await an_endpoint(composition, receiver.url)
    await announce(composition)
    async with composition.sessions() as session:
        lost = datetime.now(UTC) - timedelta(minutes=11)
        await session.execute(update(WebhookDelivery).values(next_at=lost))
        await session.commit()

    async with changing(composition) as unit:
        first = await queue_forgotten(unit)
    async with changing(composition) as unit:
        second = await queue_forgotten(unit)

    assert (first, second) == (1, 0)


async def until(condition: Receiver, count: int, seconds: float) -> float:
    """How long it takes until the receiver has so many messages."""
    began = time.monotonic()
    while len(condition.taken) < count:
        assert time.monotonic() - began < seconds, f"only {len(condition.taken)} came"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


@pytest.fixture
async def house(fresh_database_url: str, settings: Settings) -> AsyncIterator[Composition]:
    """A house that really commits."""
    made = Composition(settings.model_copy(update={"database_url": fresh_database_url}))
    yield made
    await made.close()


async def test_a_slow_receiver_holds_up_nobody_else(house: Composition) -> None:
    async with receiving() as slow, receiving() as quick:
        slow.delay = 3
        await an_endpoint(house, slow.url)
        await an_endpoint(house, quick.url)
        for _ in range(5):
            await announce(house)

        async with working(house):
            seconds = await until(quick, 5, 8)

    assert seconds < 2.5
    assert len(slow.taken) == 1
    async with house.sessions() as session:
        waiting = await session.scalar(
            text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'hooks:deliver'")
        )
    assert waiting is not None
    assert waiting >= 4


async def is_settled(house: Composition) -> bool:
    return (await the_delivery(house)).state is not DeliveryState.PENDING


async def the_pause_is_over(house: Composition) -> bool:
    """Whether a pause began, which ends now."""
    async with house.sessions() as session, session.begin():
        woken = await session.scalar(
            text(
                "UPDATE procrastinate_jobs SET scheduled_at = now() "
                "WHERE task_name = 'hooks:wake_delivery' AND scheduled_at > now() RETURNING id",
            ),
        )
        await session.execute(text("UPDATE webhook_deliveries SET next_at = now()"))
    return woken is not None


async def test_what_failed_is_sent_again_by_the_worker(house: Composition) -> None:
    async with receiving() as receiver:
        receiver.answers("503 Busy")
        await an_endpoint(house, receiver.url)
        await announce(house)
        async with working(house):
            await until(receiver, 1, 5)
            receiver.answers("200 OK")
            await eventually(lambda: the_pause_is_over(house))
            await until(receiver, 2, 8)
            await eventually(lambda: is_settled(house))

    delivery = await the_delivery(house)
    assert (delivery.state, delivery.attempt_count) == (DeliveryState.DELIVERED, 2)


async def test_an_operators_worker_carries_messages_beside_everything_else(
    house: Composition,
) -> None:
    async with receiving() as receiver:
        await an_endpoint(house, receiver.url)
        await announce(house)

        await work(house.settings, waits=False)

    assert len(receiver.taken) == 1
    assert (await the_delivery(house)).state is DeliveryState.DELIVERED


async def test_who_looks_after_an_endpoint_is_told_when_it_is_given_up(
    house: Composition, tmp_path: Path
) -> None:
    async with receiving() as receiver:
        receiver.answers("410 Gone")
        await an_endpoint(house, receiver.url)
        await announce(house)
        async with working(house):
            await eventually(lambda: is_settled(house))
            await eventually(lambda: has_letter(tmp_path))

    letter = "".join(path.read_text("utf-8") for path in (tmp_path / "outbox").glob("*.eml"))
    assert "To: it@example.com" in letter
    assert 'Hệ thống "Ngân hàng" không nhận tin' in text_of(letter)


async def has_letter(folder: Path) -> bool:
    return await asyncio.to_thread(lambda: any((folder / "outbox").glob("*.eml")))
