"""Asking the public register: a clear answer counts, everything else proves nothing."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from procrastinate import JobContext
from sqlalchemy import select, update

from businesses.adapters.tax_codes import TaxCodeRegister
from businesses.models import (
    Business,
    BusinessIdentifier,
    EnterpriseAnswer,
    Suspension,
    VerificationCheck,
)
from businesses.ports import ENTERPRISE_LOOKUP
from businesses.rules.identifiers import IdentifierKind
from businesses.rules.lookup import (
    LookupOutcome,
    RegisterStatus,
    folded_name,
    may_sell_with,
    next_try,
    same_name,
    status_of,
)
from businesses.rules.verification import VerificationChannel
from businesses.services.identity import number_hash
from businesses.services.lookup import take_due
from businesses.tasks.registers import ask_register
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from tests.businesses.tax_code_server import OPERATING, TaxCodeServer
from tests.factories.world import World

CODE = "0300588569"


@pytest.fixture
def server() -> Iterator[TaxCodeServer]:
    made = TaxCodeServer()
    yield made
    made.close()


@pytest.fixture
async def house(world: World, server: TaxCodeServer) -> AsyncIterator[World]:
    """The business has a tax code, and the register is the local server."""
    await give_number(world, CODE, IdentifierKind.TAX_CODE)
    world.composition.ports.bind(ENTERPRISE_LOOKUP, TaxCodeRegister(server.address))
    yield world
    world.composition.ports.bind(ENTERPRISE_LOOKUP, None)


async def give_number(world: World, digits: str, kind: IdentifierKind) -> None:
    sealer = world.composition.ports[SEALER]
    async with world.composition.sessions() as session, session.begin():
        session.add(
            BusinessIdentifier(
                business_id=world["business"].id,
                kind=kind,
                sealed=sealer.seal(digits.encode()),
                lookup_hash=number_hash(sealer, digits),
                masked=digits,
            )
        )


async def ask_now(world: World) -> None:
    """Run the job, as the worker would."""
    context = SimpleNamespace(additional_context={"tools": world.composition})
    await ask_register.func(cast("JobContext", context), str(world["business"].id))


async def answers(world: World) -> list[EnterpriseAnswer]:
    statement = select(EnterpriseAnswer).order_by(EnterpriseAnswer.asked_at, EnterpriseAnswer.id)
    async with world.composition.sessions() as session:
        return list(await session.scalars(statement))


async def checks(world: World) -> list[VerificationCheck]:
    statement = select(VerificationCheck).where(
        VerificationCheck.channel == VerificationChannel.REGISTRY
    )
    async with world.composition.sessions() as session:
        return list(await session.scalars(statement))


async def test_who_is_found_at_work_under_its_name_passes(
    house: World, server: TaxCodeServer
) -> None:
    server.known[CODE] = ("HTX MIẾN DONG CÔN MINH", OPERATING)

    await ask_now(house)

    (answer,), (check,) = await answers(house), await checks(house)
    assert (answer.outcome, answer.status) == (LookupOutcome.FOUND, RegisterStatus.OPERATING)
    assert answer.is_same_name is True
    assert check.passed is True
    assert answer.again_at == answer.asked_at + timedelta(days=90)
    sealer = house.composition.ports[SEALER]
    assert answer.raw is not None
    assert OPERATING.encode() not in answer.raw
    assert json.loads(sealer.open(answer.raw))["data"]["status"] == OPERATING


async def test_another_name_does_not_pass(house: World, server: TaxCodeServer) -> None:
    server.known[CODE] = ("Công ty TNHH Người Khác", OPERATING)

    await ask_now(house)

    assert [check.passed for check in await checks(house)] == [False]


async def test_code_51_is_not_found_whatever_the_status(
    house: World, server: TaxCodeServer
) -> None:
    await ask_now(house)

    assert server.asked == [CODE]
    (answer,), (check,) = await answers(house), await checks(house)
    assert answer.outcome is LookupOutcome.NOT_FOUND
    assert answer.status is RegisterStatus.UNKNOWN
    assert check.passed is False


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, b'{"code":"00"}'),
        (429, b""),
        (302, b""),
        (200, b"<html>maintenance</html>"),
        (200, b"[]"),
        (200, b'{"code":"00"}'),
        (200, b'{"code":"00","data":{"id":"0300588569","name":"","status":"x"}}'),
        (200, b'{"code":"00","data":{"id":"9999999999","name":"x","status":"x"}}'),
        (200, b'{"code":"07","desc":"quota"}'),
        (200, b"{" + b" " * 70_000 + b"}"),
    ],
)
async def test_anything_unclear_proves_nothing(
    house: World, server: TaxCodeServer, status: int, body: bytes
) -> None:
    server.status, server.body = status, body

    await ask_now(house)

    (answer,) = await answers(house)
    assert answer.outcome is LookupOutcome.UNAVAILABLE
    assert await checks(house) == []
    assert answer.again_at == answer.asked_at + timedelta(minutes=15)


async def test_a_register_that_stays_away_is_asked_again_and_then_by_hand(
    house: World, server: TaxCodeServer
) -> None:
    server.status = 500
    waits = []
    for _time in range(5):
        house.composition.ports.bind(ENTERPRISE_LOOKUP, TaxCodeRegister(server.address))
        await ask_now(house)
        last = (await answers(house))[-1]
        waits.append(None if last.again_at is None else last.again_at - last.asked_at)

    assert waits == [
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(hours=24),
        None,
    ]
    assert (await answers(house))[-1].needs_person is True
    assert await checks(house) == []


async def test_an_answer_of_today_is_not_asked_for_again(
    house: World, server: TaxCodeServer
) -> None:
    server.known[CODE] = ("Hợp tác xã Miến dong Côn Minh", OPERATING)

    await ask_now(house)
    await ask_now(house)

    assert server.asked == [CODE]
    assert [check.passed for check in await checks(house)] == [True, True]


async def test_a_failing_register_is_left_alone_for_a_while(server: TaxCodeServer) -> None:
    server.status = 500
    register = TaxCodeRegister(server.address)

    found = [await register.look_up(CODE) for _time in range(7)]

    assert len(server.asked) == 4
    assert {record.outcome for record in found} == {LookupOutcome.UNAVAILABLE}


async def test_what_is_due_is_taken_once(house: World, server: TaxCodeServer) -> None:
    server.known[CODE] = ("Hợp tác xã Miến dong Côn Minh", OPERATING)
    await ask_now(house)
    past = datetime.now(UTC) - timedelta(minutes=1)
    async with house.composition.sessions() as session, session.begin():
        await session.execute(update(EnterpriseAnswer).values(again_at=past))
    taken = []
    for _time in range(2):
        composition = house.composition
        async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
            taken.append(await take_due(unit))

    assert taken == [[house["business"].id], []]


async def test_an_open_shop_that_stopped_is_told_with_notice(
    house: World, server: TaxCodeServer
) -> None:
    server.known[CODE] = ("Hợp tác xã Miến dong Côn Minh", "Tạm ngừng kinh doanh")

    await ask_now(house)

    async with house.composition.sessions() as session:
        notice = (await session.scalars(select(Suspension))).one()
        business = await session.get_one(Business, house["business"].id)
    assert "Tạm ngừng kinh doanh" in notice.reason
    assert business.on_due == "suspend"
    assert business.due_at is not None
    assert business.due_at >= datetime.now(UTC) + timedelta(days=4, hours=23)


async def test_personal_numbers_are_told_to_nobody(world: World, server: TaxCodeServer) -> None:
    await give_number(world, "006084001234", IdentifierKind.PERSONAL_NUMBER)
    world.composition.ports.bind(ENTERPRISE_LOOKUP, TaxCodeRegister(server.address))

    await ask_now(world)
    world.composition.ports.bind(ENTERPRISE_LOOKUP, None)

    assert server.asked == []
    assert await answers(world) == []


async def test_no_register_no_question(house: World, server: TaxCodeServer) -> None:
    house.composition.ports.bind(ENTERPRISE_LOOKUP, None)

    await ask_now(house)

    assert server.asked == []
    assert await answers(house) == []


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Đang hoạt động", RegisterStatus.OPERATING),
        ("NNT đang hoạt động", RegisterStatus.OPERATING),
        ("NNT tạm nghỉ kinh doanh có thời hạn", RegisterStatus.PAUSED),
        ("Đã giải thể, phá sản, chấm dứt tồn tại", RegisterStatus.CLOSED),
        ("Đang hoạt động (chờ xác minh)", RegisterStatus.UNKNOWN),
        ("", RegisterStatus.UNKNOWN),
    ],
)
def test_only_known_words_are_good(words: str, status: RegisterStatus) -> None:
    assert status_of(words) is status
    assert may_sell_with(status_of(words)) is (status is RegisterStatus.OPERATING)


def test_names_are_compared_folded_and_by_their_form() -> None:
    assert same_name("Công ty TNHH Một thành viên Ba Bể", "CÔNG TY TNHH MTV BA BỂ")
    assert same_name("Hợp tác xã Chè Bằng Phúc", "HTX chè  Bằng Phúc.")
    assert not same_name("Hợp tác xã Chè Bằng Phúc", "Hợp tác xã Chè Bằng Phúc 2")
    assert not same_name("", "")
    assert folded_name("Công ty Cổ phần ĐỒNG-PHÚC") == "cong ty cp dong phuc"


def test_tries_end() -> None:
    assert next_try(0) is None
    assert next_try(99) is None
