"""The demo's businesses on their way in: one half-way, one that waits, one sent back."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import select

from businesses.models import Business
from businesses.rules.businesses import BusinessKind
from businesses.rules.joining import Requirement
from businesses.services.identity import Account, Person, set_bank_account, set_identity
from businesses.services.joining import Stall, begin_business
from businesses.services.papers import add_evidence
from businesses.services.verification import (
    ask_for_changes,
    submit_business,
    take_verification,
)
from marketplace.app.composition import Composition
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import MemberRole, OfficerFunction, OfficerGrant, Viewer
from marketplace.media.ports import MEDIA_STORE
from marketplace.places.models import Place
from marketplace.places.rules.levels import PlaceLevel

Change: TypeAlias = Callable[[Viewer], AbstractAsyncContextManager[UnitOfWork]]

# One empty page: enough for a paper that is only looked at in a demonstration.
PAPER: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A household of the demo, and how far it has come."""

    who: str
    name: str
    commune: str
    hamlet: str
    number: str
    head: str
    born_on: date
    account: str = ""
    note: str = ""


CASES: Final = (
    Case(
        who="seeker",
        name="Hộ kinh doanh Triệu Thị Mai",
        commune="Na Rì",
        hamlet="Thôn Bản Pò",
        number="006190000118",
        head="Triệu Thị Mai",
        born_on=date(1990, 5, 12),
    ),
    Case(
        who="buyer",
        name="Hộ kinh doanh Lý Thị Hạnh",
        commune="Côn Minh",
        hamlet="Thôn Chợ A",
        number="006185000226",
        head="Lý Thị Hạnh",
        born_on=date(1985, 3, 8),
        account="0612345678",
    ),
    Case(
        who="clerk",
        name="Hộ kinh doanh Nông Văn Dũng",
        commune="Ba Bể",
        hamlet="Thôn Bó Lù",
        number="006088000334",
        head="Nông Văn Dũng",
        born_on=date(1988, 11, 2),
        account="0698765432",
        note="Ảnh giấy chứng nhận bị mờ, bạn chụp lại giúp nhé.",
    ),
)


async def load_joining(composition: Composition, people: dict[str, UUID]) -> None:
    """Let some people of the demo join; who has begun already stays as they are."""

    def change(viewer: Viewer) -> AbstractAsyncContextManager[UnitOfWork]:
        return unit_of_work(composition.sessions, viewer, composition.events)

    async with composition.sessions() as session:
        communes = select(Place.name, Place.id).where(
            Place.valid_to.is_(None), Place.level == PlaceLevel.COMMUNE
        )
        rows = await session.execute(communes)
        places = {row.name: row.id for row in rows}
        there = set(await session.scalars(select(Business.name)))
    for case in CASES:
        if case.name not in there and case.commune in places:
            await _join(composition, change, case, people, places[case.commune])


async def _join(
    composition: Composition,
    change: Change,
    case: Case,
    people: dict[str, UUID],
    place_id: UUID,
) -> None:
    sealer, store = composition.ports[SEALER], composition.ports[MEDIA_STORE]
    person = Viewer(user_id=people[case.who])
    async with change(person) as unit:
        stall = Stall(case.name, place_id, case.hamlet)
        business = await begin_business(unit, BusinessKind.HOUSEHOLD, stall)
        business.is_demo = True
    owner = Viewer(user_id=people[case.who], memberships={business.id: MemberRole.OWNER})
    async with change(owner) as unit:
        told = Person(case.number, case.head, case.born_on)
        await set_identity(unit, sealer, business.id, told)
    if not case.account:
        return
    async with change(owner) as unit:
        account = Account("970405", case.account, case.head)
        await set_bank_account(unit, sealer, business.id, account)
        for requirement in (Requirement.HOUSEHOLD_REGISTRATION, Requirement.BANK_PAPER):
            await add_evidence(unit, store, business.id, requirement, PAPER)
    async with change(owner) as unit:
        verification = await submit_business(unit, business.id)
    if not case.note:
        return
    grants = frozenset({OfficerGrant(OfficerFunction.TRADE)})
    officer = Viewer(user_id=people["officer.trade"], grants=grants)
    async with change(officer) as unit:
        await take_verification(unit, verification.id)
    async with change(officer) as unit:
        notes = {Requirement.HOUSEHOLD_REGISTRATION: case.note}
        await ask_for_changes(unit, verification.id, notes)
