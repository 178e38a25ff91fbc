"""A dossier from its interview to an open business, with everything going wrong on the way."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import orjson
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from businesses.models import Business, BusinessIdentifier
from businesses.rules.businesses import BusinessState
from marketplace.app.composition import Composition
from marketplace.app.sandbox.keys import SOURCE, sandbox_secret, sandbox_token
from marketplace.app.seeding.data import ProvinceData
from marketplace.app.seeding.reference import load_reference
from marketplace.app.settings import Settings
from marketplace.hooks.models import HookSource, InboundMessage
from marketplace.hooks.rules.envelopes import read_envelope
from marketplace.hooks.rules.kinds import TYPES
from marketplace.hooks.rules.signing import headers_for
from marketplace.hooks.services.endpoints import EndpointDraft, create_endpoint
from marketplace.hooks.services.sources import add_source
from marketplace.kernel.graph.ids import from_global
from marketplace.kernel.jobs import defer
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM, Viewer
from marketplace.places.services.units import load_units
from marketplace.registration.models import Dossier, DossierEvent
from marketplace.registration.rules.states import DossierState
from marketplace.registration.tasks.registry import ask_registry
from tests.accounts.post import text_of
from tests.asking import ask
from tests.conftest import ROOT
from tests.factories.accounts import a_user
from tests.hooks.receiver import Receiver, receiving
from tests.hooks.registry import Clerk, running, two_free_ports
from tests.hooks.working import eventually, working

SCREENS: dict[str, dict[str, str]] = {
    "person": {
        "personalNumber": "006190000812",
        "fullName": "Nông Thị Mai",
        "birthDate": "05/09/1990",
        "sex": "female",
        "phone": "0912 345 678",
    },
    "home": {"residence": "Thôn Chợ B, xã Côn Minh"},
    "name": {"name": "Miến Bà Mai"},
    "place": {"commune": "Côn Minh", "hamlet": "Thôn Chợ B"},
    "work": {"industries": "1074"},
    "means": {
        "capital": "50000000",
        "startsOn": "01/12/2026",
        "workers": "3",
        "taxMethod": "declared",
    },
    "family": {},
}
ANSWER = """mutation($id: ID!, $screen: String!, $answers: [DossierAnswerInput!]!) {
    dossierAnswer(id: $id, screen: $screen, answers: $answers) {
        dossier { missingScreens papers { paper { code } } } errors { field message } } }"""


@dataclass
class Case:
    """The house, the person who registers, and the registry's officer."""

    house: Composition
    viewer: Viewer
    clerk: Clerk
    dossier_id: UUID | None = None

    async def do(self, document: str, **variables: object) -> Any:
        """A mutation of the person's, which must go well."""
        answer = await ask(self.house, document, self.viewer, **variables)
        (payload,) = answer.body["data"].values()
        assert payload["errors"] == [], answer.body
        return payload

    async def dossier(self) -> Dossier:
        async with self.house.sessions() as session:
            return await session.get_one(Dossier, self.dossier_id)

    async def stands(self, state: DossierState) -> bool:
        return (await self.dossier()).state is state

    async def handled(self, count: int) -> bool:
        async with self.house.sessions() as session:
            rows = await session.scalars(
                select(InboundMessage.id).where(InboundMessage.handled_at.is_not(None))
            )
            return len(list(rows)) >= count

    async def log(self) -> list[tuple[str, str, bool, str | None]]:
        """What was told of the dossier from outside, in its order."""
        async with self.house.sessions() as session:
            rows = await session.scalars(
                select(DossierEvent)
                .where(DossierEvent.source.in_(("registry", "activation")))
                .order_by(DossierEvent.at, DossierEvent.id)
            )
            return [(row.source, row.to_state.value, row.is_applied, row.why_not) for row in rows]


@pytest.fixture
def registry_settings(fresh_database_url: str, settings: Settings) -> Settings:
    port = two_free_ports()
    changed = {
        "database_url": fresh_database_url,
        "port": port,
        "public_url": f"http://127.0.0.1:{port}",
        "registry_url": f"http://127.0.0.1:{port + 1}",
        "registry_token": SecretStr(sandbox_token(settings)),
    }
    return settings.model_copy(update=changed)


@pytest.fixture
async def case(registry_settings: Settings) -> AsyncIterator[Case]:
    house = Composition(registry_settings)
    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        data = ProvinceData(ROOT / "provinces" / "bac-kan")
        await load_units(unit, data.units)  # type: ignore[arg-type] # checked by its reader
        await load_reference(unit, data)
        user = await a_user(unit.session, first_name="Mai", last_name="Nông Thị")
        secret = sandbox_secret(registry_settings)
        await add_source(unit, house.ports[SEALER], SOURCE, secret)
    with running(registry_settings):
        yield Case(house, Viewer(user_id=user.id), Clerk(registry_settings))
    await house.close()


@pytest.fixture
async def bank() -> AsyncIterator[Receiver]:
    """Another system that wants to know of opened businesses."""
    async with receiving() as made:
        yield made


async def file_dossier(case: Case) -> str:
    """The interview, the papers, the filing; the registry's number of the receipt."""
    made = await case.do(
        "mutation { dossierCreate(kind: HOUSEHOLD) { dossier { id } errors { message } } }"
    )
    key = made["dossier"]["id"]
    case.dossier_id = from_global("Dossier", key)
    papers: list[str] = []
    for screen, typed in SCREENS.items():
        answers = [{"name": name, "value": value} for name, value in typed.items()]
        told = await case.do(ANSWER, id=key, screen=screen, answers=answers)
        papers = [each["paper"]["code"] for each in told["dossier"]["papers"]]
    assert told["dossier"]["missingScreens"] == []
    for paper in papers:
        await case.do(
            """mutation($id: ID!, $paper: String!) {
                dossierPaperTick(id: $id, paper: $paper, isThere: true) { errors { message } } }""",
            id=key,
            paper=paper,
        )
    for step in ("dossierComplete", "dossierFile"):
        await case.do(
            f"mutation($id: ID!) {{ {step}(id: $id) {{ errors {{ message }} }} }}", id=key
        )

    async def has_receipt() -> bool:
        return (await case.dossier()).external_code is not None

    await eventually(has_receipt)
    return str((await case.dossier()).external_code)


async def ask_now(case: Case) -> None:
    """What the clock does every quarter of an hour."""
    async with unit_of_work(case.house.sessions, SYSTEM, case.house.events) as unit:
        await defer(unit.session, ask_registry, timestamp=0)


def after(action: Awaitable[None], condition: Callable[[], Awaitable[bool]]) -> Awaitable[None]:
    """Do it, and wait for what comes of it."""

    async def both() -> None:
        await action
        await eventually(condition)

    return both()


async def forge_approval(case: Case, code: str) -> int:
    """A message that only who knows the secret can sign, and that the registry denies."""
    dossier = await case.dossier()
    data = {
        "dossier": code,
        "our_code": dossier.our_code,
        "nonce": dossier.nonce,
        "status": 9,
        "seq": 900,
        "at": "2026-11-30T10:00:00+07:00",
    }
    body = orjson.dumps({"id": "msg_lie", "type": "dossier.status_changed", "data": data})
    secret = sandbox_secret(case.clerk.settings)
    headers = headers_for([secret], "msg_lie", int(time.time()), body)
    url = f"{case.clerk.settings.public_url}/hooks/{SOURCE}"
    async with httpx.AsyncClient() as client:
        return (await client.post(url, content=body, headers=headers)).status_code


async def test_from_the_interview_to_an_open_business_whatever_goes_wrong(
    case: Case,
    bank: Receiver,
    tmp_path: Path,
) -> None:
    draft = EndpointDraft("Ngân hàng", bank.url, list(TYPES), "it@example.com")
    async with unit_of_work(case.house.sessions, SYSTEM, case.house.events) as unit:
        await create_endpoint(unit, case.house.ports[SEALER], draft, allows_loopback=True)
    clerk = case.clerk
    async with working(case.house):
        code = await file_dossier(case)
        path = f"dossiers/{code}"
        await after(clerk.do(path, status="2"), lambda: case.stands(DossierState.RECEIVED))

        # Late: what comes after it overtakes it.
        await clerk.turn_on("late")
        await clerk.do(path, status="4")
        await clerk.turn_on()
        await after(clerk.do(path, status="5"), lambda: case.handled(2))
        assert await case.stands(DossierState.SUPPLEMENT_REQUIRED)
        await after(clerk.do("release"), lambda: case.handled(3))
        assert await case.stands(DossierState.SUPPLEMENT_REQUIRED)

        # Doubled.
        await clerk.turn_on("doubled")
        await after(clerk.do(path, status="4"), lambda: case.handled(4))
        assert await case.stands(DossierState.PROCESSING)

        # Out of order: 6, then 4; told as 4, then 6.
        await clerk.turn_on("out_of_order")
        await clerk.do(path, status="6")
        await after(clerk.do(path, status="4"), lambda: case.handled(6))
        assert await case.stands(DossierState.PROCESSING)

        # Forged: "approved", signed by somebody else; then by a thief of the secret.
        await clerk.turn_on("forged")
        await after(clerk.do(path, status="4", note="Đang xem"), lambda: case.handled(7))
        await clerk.turn_on()
        assert await forge_approval(case, code) == 202
        await eventually(lambda: case.handled(8))
        assert await case.stands(DossierState.PROCESSING)
        assert (await case.dossier()).business_id is None

        # Silent: a message that never comes is made up for by asking.
        await clerk.turn_on("silent")
        await clerk.do(path, status="6")
        await after(ask_now(case), lambda: case.stands(DossierState.PAYMENT_REQUIRED))

        # Down: "approved" waits until the registry can be asked.
        await clerk.turn_on("down")
        await clerk.do(path, status="9")
        await asyncio.sleep(1)
        assert await case.stands(DossierState.PAYMENT_REQUIRED)
        await clerk.turn_on()

        async def is_open() -> bool:
            return (await case.dossier()).business_id is not None

        await eventually(is_open)
        await eventually(lambda: has_letter(tmp_path / "outbox", "Miến Bà Mai đã được xác minh"))
        await eventually(lambda: is_told(bank, "business.activated"))

    assert await case.log() == [
        ("registry", "received", True, None),
        ("registry", "supplement_required", True, None),
        ("registry", "processing", False, "older"),
        ("registry", "processing", True, None),
        ("registry", "processing", False, "same"),
        ("registry", "payment_required", False, "older"),
        ("registry", "processing", False, "same"),
        ("registry", "decided", False, "not_confirmed"),
        ("registry", "payment_required", True, None),
        ("registry", "decided", True, None),
        ("activation", "decided", True, None),
    ]
    await the_business_is_open(case)
    await the_door_remembers(case)


async def the_business_is_open(case: Case) -> None:
    async with case.house.sessions() as session:
        dossier = await session.get_one(Dossier, case.dossier_id)
        business = await session.get_one(Business, dossier.business_id)
        identifier = (await session.scalars(select(BusinessIdentifier))).one()
    assert business.state is BusinessState.ACTIVE
    assert (business.name, business.verification_level) == ("Hộ kinh doanh Miến Bà Mai", 3)
    assert identifier.business_id == business.id
    found = await case.clerk.ask(f"/companies/{identifier.masked.replace('-', '')}")
    assert found.json()["name"] == business.name


async def the_door_remembers(case: Case) -> None:
    async with case.house.sessions() as session:
        source = (await session.scalars(select(HookSource))).one()
        messages = (await session.scalars(select(InboundMessage).order_by(InboundMessage.id))).all()
    assert source.refused_count == 1
    assert sum(message.repeated_count for message in messages) == 1
    assert [message.outcome for message in messages].count("not_confirmed") == 1
    assert len(messages) == 9


async def has_letter(outbox: Path, words: str) -> bool:
    """Whether somebody was sent a letter with these words."""
    return await asyncio.to_thread(_has_letter, outbox, words)


def _has_letter(outbox: Path, words: str) -> bool:
    return any(words in text_of(path.read_text("utf-8")) for path in outbox.glob("*.eml"))


async def is_told(receiver: Receiver, type_: str) -> bool:
    told = [read_envelope(each.body) for each in receiver.taken]
    steps = [each.data["to"] for each in told if "to" in each.data]
    return type_ in {each.type for each in told} and steps == [1, 2, 5, 4, 6, 9]
