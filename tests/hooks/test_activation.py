"""When a decided dossier opens its business by itself, and when it waits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from businesses.models import Business, BusinessMember
from businesses.rules.businesses import BusinessKind, BusinessState
from businesses.rules.identifiers import read_number
from businesses.services.registered import Registered, open_registered
from marketplace.accounts.models import User
from marketplace.app.composition import Composition
from marketplace.hooks.models import WebhookMessage
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM, MemberRole
from marketplace.registration.models import Dossier, DossierEvent
from marketplace.registration.rules.registry import Claim, Company
from marketplace.registration.rules.states import DossierState
from marketplace.registration.services.activation import ACTIVATION, activate_business
from marketplace.registration.services.registry import (
    Sender,
    dossier_claimed,
    take_answer,
    take_claim,
)
from tests.factories.accounts import a_user
from tests.factories.businesses import a_business
from tests.factories.hooks import an_endpoint
from tests.factories.places import a_place
from tests.factories.registration import PERSON, a_dossier

CODE = "4800123456"
NAME = "Hộ kinh doanh Miến Bà Mặn"
COMPANY = Company(CODE, NAME.upper(), "NÔNG THỊ MẶN", "Thôn Chợ B, XÃ CÔN MINH", "Đang hoạt động")
WHEN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def claim_of(dossier: Dossier, status: int = 9, seq: int = 4, code: str | None = CODE) -> Claim:
    """What the registry says of it."""
    return Claim(
        code="G09.20-1",
        our_code=dossier.our_code,
        nonce=dossier.nonce,
        status=status,
        seq=seq,
        at=WHEN,
        result_code=code,
    )


class Desk:
    """A dossier that the registry is at work on."""

    def __init__(self, house: Composition, dossier: Dossier, owner: User) -> None:
        self.house = house
        self.dossier = dossier
        self.owner = owner

    async def decide(self, code: str | None = CODE) -> None:
        """The registry, when asked, says that it is decided."""
        async with unit_of_work(self.house.sessions, SYSTEM, self.house.events) as unit:
            answer = claim_of(self.dossier, code=code)
            assert await take_answer(unit, self.house.ports[SEALER], self.dossier.id, answer)

    async def activate(self, company: Company | None) -> Business | None:
        async with unit_of_work(self.house.sessions, SYSTEM, self.house.events) as unit:
            return await activate_business(unit, self.house.ports[SEALER], self.dossier.id, company)

    async def reasons(self) -> Sequence[str | None]:
        async with self.house.sessions() as session:
            rows = await session.scalars(
                select(DossierEvent.why_not)
                .where(DossierEvent.source == ACTIVATION)
                .order_by(DossierEvent.id)
            )
            return rows.all()


@pytest.fixture
async def desk(composition: Composition) -> Desk:
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        place = a_place()
        unit.session.add(place)
        owner = await a_user(unit.session, first_name="Mặn", last_name="Nông Thị")
        dossier = a_dossier(
            composition.ports[SEALER],
            owner.id,
            place.id,
            state=DossierState.PROCESSING,
            external_code="G09.20-1",
        )
        unit.session.add(dossier)
    return Desk(composition, dossier, owner)


async def test_opens_the_business_when_everything_fits(desk: Desk) -> None:
    await desk.decide()

    business = await desk.activate(COMPANY)

    assert business is not None
    assert (business.state, business.verification_level) == (BusinessState.ACTIVE, 3)
    assert await desk.reasons() == [None]


async def test_opens_it_once(desk: Desk) -> None:
    await desk.decide()

    first, second = await desk.activate(COMPANY), await desk.activate(COMPANY)

    assert first is not None
    assert second is None
    assert await desk.reasons() == [None]


@pytest.mark.parametrize(
    ("company", "reason"),
    [
        (None, "no_company"),
        (replace(COMPANY, code="4800123463"), "no_company"),
        (replace(COMPANY, status="Tạm ngừng kinh doanh"), "company_not_active"),
        (replace(COMPANY, status="Đã giải thể"), "company_not_active"),
        (replace(COMPANY, status="ok"), "company_not_active"),
        (replace(COMPANY, name="Hộ kinh doanh Miến Bà Lan"), "other_name"),
        (replace(COMPANY, representative="Nông Thị Mận Em"), "other_representative"),
        (replace(COMPANY, address="Xã Na Rì"), "other_address"),
    ],
)
async def test_waits_with_the_reason_when_the_register_says_otherwise(
    desk: Desk, company: Company | None, reason: str
) -> None:
    await desk.decide()

    opened = await desk.activate(company)
    again = await desk.activate(company)

    assert opened is None
    assert again is None
    assert await desk.reasons() == [reason]
    async with desk.house.sessions() as session:
        assert (await session.scalars(select(Business))).all() == []


async def test_waits_while_the_dossier_is_not_decided(desk: Desk) -> None:
    assert await desk.activate(COMPANY) is None
    assert await desk.reasons() == ["not_decided"]


@pytest.mark.parametrize("code", [None, "", "4800123457", "12345", "x" * 300])
async def test_waits_without_a_code_that_can_be(desk: Desk, code: str | None) -> None:
    await desk.decide(code)

    assert await desk.activate(COMPANY) is None
    assert await desk.reasons() == ["no_code"]


async def test_waits_when_the_account_is_another_persons(desk: Desk) -> None:
    async with desk.house.sessions() as session, session.begin():
        owner = await session.get_one(User, desk.owner.id)
        owner.first_name = "Lan"
    await desk.decide()

    assert await desk.activate(COMPANY) is None
    assert await desk.reasons() == ["other_person"]


async def test_the_code_of_another_business_opens_nothing(desk: Desk) -> None:
    async with unit_of_work(desk.house.sessions, SYSTEM, desk.house.events) as unit:
        number = read_number(CODE, WHEN.date())
        assert number is not None
        stranger = await a_user(unit.session)
        told = Registered(
            stranger.id, None, BusinessKind.ENTERPRISE, "Khác", None, "", "Ai đó", number, {}
        )
        await open_registered(unit, desk.house.ports[SEALER], told)
    await desk.decide()

    assert await desk.activate(COMPANY) is None
    assert await desk.reasons() == ["code_taken"]


async def test_opens_the_shop_that_was_prepared_meanwhile(desk: Desk) -> None:
    async with unit_of_work(desk.house.sessions, SYSTEM, desk.house.events) as unit:
        prepared = a_business(name=NAME, kind=BusinessKind.HOUSEHOLD, state=BusinessState.DRAFT)
        unit.session.add(prepared)
        await unit.session.flush()
        unit.session.add(
            BusinessMember(business_id=prepared.id, user_id=desk.owner.id, role=MemberRole.OWNER)
        )
    await desk.decide()

    opened = await desk.activate(COMPANY)

    assert opened is not None
    assert opened.id == prepared.id


@pytest.mark.parametrize(
    "change",
    [{"nonce": "another"}, {"our_code": "HS-2026-999999"}, {"code": "G09.20-2"}, {"nonce": "ả"}],
)
async def test_a_claim_about_no_dossier_of_ours_is_about_nothing(
    desk: Desk, change: dict[str, str]
) -> None:
    claim = replace(claim_of(desk.dossier), **change)  # type: ignore[arg-type] # texts only

    async with desk.house.sessions() as session:
        mine = await dossier_claimed(session, claim_of(desk.dossier))
        other = await dossier_claimed(session, claim)

    assert mine is not None
    assert other is None


@pytest.mark.parametrize("answer", [None, 4])
async def test_an_approval_that_the_registry_does_not_confirm_changes_nothing(
    desk: Desk, answer: int | None
) -> None:
    said = None if answer is None else claim_of(desk.dossier, answer, 3, None)

    async with unit_of_work(desk.house.sessions, SYSTEM, desk.house.events) as unit:
        told = await take_claim(
            unit,
            desk.house.ports[SEALER],
            desk.dossier.id,
            claim_of(desk.dossier),
            said,
            Sender("msg_1"),
        )

    assert told == "not_confirmed"
    async with desk.house.sessions() as session:
        assert (await session.get_one(Dossier, desk.dossier.id)).state is DossierState.PROCESSING


async def test_what_goes_out_holds_nobodys_name(desk: Desk) -> None:
    async with unit_of_work(desk.house.sessions, SYSTEM, desk.house.events) as unit:
        unit.session.add(an_endpoint(types=["business.activated"]))
        await unit.session.flush()
    await desk.decide()
    await desk.activate(COMPANY)

    async with desk.house.sessions() as session:
        (message,) = (await session.scalars(select(WebhookMessage))).all()

    for secret in (PERSON["fullName"], PERSON["personalNumber"], PERSON["phone"], CODE):
        assert secret.encode() not in message.body
