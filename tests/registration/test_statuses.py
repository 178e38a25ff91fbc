"""What a registry tells: late, doubled, out of order, impossible."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.viewer import SYSTEM
from marketplace.registration.errors import InvalidDossierError
from marketplace.registration.models import Dossier, DossierEvent
from marketplace.registration.rules.states import DossierState
from marketplace.registration.services.dossiers import Desk
from marketplace.registration.services.statuses import (
    Outcome,
    Result,
    WhyNot,
    apply_external_status,
    result_code_of,
    seal_result,
)
from tests.factories.world import World
from tests.registration.conftest import Change

S = DossierState
START = datetime(2026, 11, 20, 3, tzinfo=UTC)
REGISTRY = "registry"


async def tell(
    world: World,
    change: Change,
    status: int,
    seq: int | None,
    *,
    thing: str = "filed_dossier",
    message: str | None = None,
    hours: int | None = None,
    result: Result | None = None,
) -> Outcome:
    at = START + timedelta(hours=seq or 0 if hours is None else hours)
    async with change(SYSTEM) as unit:
        return await apply_external_status(
            unit, world[thing].id, status, seq, at, REGISTRY, message, result=result
        )


async def stored(world: World) -> tuple[Dossier, list[DossierEvent]]:
    async with world.composition.sessions() as session:
        dossier = await session.get_one(Dossier, world["filed_dossier"].id)
        events = await session.scalars(
            select(DossierEvent)
            .where(DossierEvent.dossier_id == dossier.id)
            .order_by(DossierEvent.at, DossierEvent.id)
        )
        return dossier, list(events)


async def test_statuses_move_a_dossier_and_its_clock(world: World, change: Change) -> None:
    await tell(world, change, 2, 1)
    received, _events = await stored(world)
    await tell(world, change, 5, 2)
    waiting, _events = await stored(world)
    await tell(world, change, 4, 3)
    again, events = await stored(world)

    assert received.expected_on is not None
    assert waiting.state is S.SUPPLEMENT_REQUIRED
    assert (waiting.expected_on, waiting.on_due) == (None, "expire")
    assert waiting.due_at is not None
    assert 59 <= (waiting.due_at - datetime.now(UTC)).days <= 60
    assert waiting.days_left == 3
    assert again.state is S.PROCESSING
    assert (again.due_at, again.clock_stopped_at) == (None, None)
    assert again.expected_on is not None
    assert [(each.to_state, each.is_applied) for each in events] == [
        (S.RECEIVED, True),
        (S.SUPPLEMENT_REQUIRED, True),
        (S.PROCESSING, True),
    ]


@pytest.mark.parametrize(
    ("_case", "told", "state", "whys"),
    [
        ("in order", [(2, 1), (4, 2)], S.PROCESSING, [None, None]),
        ("out of order", [(4, 2), (2, 1)], S.PROCESSING, [None, WhyNot.OLDER]),
        ("the same number twice", [(2, 1), (2, 1)], S.RECEIVED, [None, WhyNot.OLDER]),
        ("the same state told again", [(2, 1), (2, 2)], S.RECEIVED, [None, WhyNot.SAME]),
        ("a step back", [(4, 1), (2, 2)], S.PROCESSING, [None, WhyNot.ILLEGAL]),
        ("a status that is none", [(11, 1)], S.SUBMITTED, [WhyNot.UNKNOWN_STATUS]),
        ("back from the end", [(3, 1), (4, 2)], S.NOT_RECEIVED, [None, WhyNot.FINAL]),
        ("a jump forward", [(9, 1)], S.DECIDED, [None]),
    ],
)
async def test_what_does_not_count_is_written_down(
    world: World,
    change: Change,
    _case: str,
    told: list[tuple[int, int]],
    state: DossierState,
    whys: list[WhyNot | None],
) -> None:
    outcomes = [await tell(world, change, status, seq) for status, seq in told]

    dossier, events = await stored(world)
    assert dossier.state is state
    assert [each.why_not for each in outcomes] == whys
    assert [each.is_applied for each in outcomes] == [why is None for why in whys]
    assert [each.why_not for each in events if not each.is_applied] == [w for w in whys if w]


async def test_a_jump_tells_the_steps_between(world: World, change: Change) -> None:
    await tell(world, change, 10, 5, message="msg_1")

    _dossier, events = await stored(world)
    assert [(each.to_state, each.message_id) for each in events] == [
        (S.RECEIVED, None),
        (S.DECIDED, None),
        (S.RETURNED, "msg_1"),
    ]


async def test_a_message_counts_once(world: World, change: Change) -> None:
    first = await tell(world, change, 2, 1, message="msg_1")
    again = await tell(world, change, 4, 2, message="msg_1")

    dossier, events = await stored(world)
    assert (first.is_applied, again.why_not) == (True, WhyNot.REPEATED)
    assert dossier.state is S.RECEIVED
    assert len(events) == 1


async def test_without_numbers_the_time_decides(world: World, change: Change) -> None:
    await tell(world, change, 4, None, hours=5)
    late = await tell(world, change, 5, None, hours=4)
    newer = await tell(world, change, 5, None, hours=6)

    assert (late.why_not, newer.is_applied) == (WhyNot.OLDER, True)


async def test_a_draft_hears_nothing(world: World, change: Change) -> None:
    outcome = await tell(world, change, 9, 1, thing="dossier")

    assert outcome.why_not is WhyNot.NOT_FILED
    assert outcome.dossier.state is S.READY


async def test_a_result_is_kept_sealed(world: World, change: Change, desk: Desk) -> None:
    result = seal_result(desk.sealer, "006 185 000 777", datetime.now(UTC))
    await tell(world, change, 9, 1, result=result)

    dossier, _events = await stored(world)
    assert dossier.result_masked == "•••• •••• 0777"
    assert dossier.result_sealed is not None
    assert b"006185000777" not in dossier.result_sealed
    assert result_code_of(desk.sealer, dossier) == "006185000777"


async def test_a_result_of_an_impossible_message_is_not_kept(
    world: World, change: Change, desk: Desk
) -> None:
    result = seal_result(desk.sealer, "006185000777", datetime.now(UTC))
    await tell(world, change, 3, 1)
    await tell(world, change, 9, 2, result=result)

    dossier, _events = await stored(world)
    assert (dossier.state, dossier.result_sealed) == (S.NOT_RECEIVED, None)


def test_a_result_code_is_checked(desk: Desk) -> None:
    with pytest.raises(InvalidDossierError):
        seal_result(desk.sealer, "0100109107", datetime.now(UTC))


async def test_an_unknown_dossier_is_missing(world: World, change: Change) -> None:
    with pytest.raises(NotFoundError):
        await tell(world, change, 2, 1, thing="place")
