"""Beginning, filling in and giving up a dossier."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from marketplace.kernel.database import Reader
from marketplace.kernel.errors import InvalidInputError, NotFoundError, NotSignedInError, Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.transitions import WrongStateError
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.law.services.asking import day_of, retention_days
from marketplace.places.errors import AmbiguousPlaceError
from marketplace.places.services.matching import find_commune
from marketplace.registration import policies, queries
from marketplace.registration.errors import SecondHouseholdError, TakenNameError
from marketplace.registration.models import Dossier
from marketplace.registration.rules.answers import read_step
from marketplace.registration.rules.guides import RegistrationBook
from marketplace.registration.rules.interview import Step, step_of
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.rules.names import name_key
from marketplace.registration.rules.states import UNFILED, DossierState
from marketplace.registration.services.machine import DRAFT_DAYS, Told, advance
from marketplace.registration.services.sealed import (
    keep_step,
    open_steps,
    person_hash,
    unmasked,
)

APPLICANT_SOURCE = "applicant"


@dataclass(frozen=True, slots=True)
class Desk:
    """What services of registration need of outside."""

    book: RegistrationBook
    sealer: Sealer


async def begin_dossier(unit: UnitOfWork, kind: DossierKind) -> Dossier:
    """Begin a dossier of that kind.

    Raises:
        NotSignedInError: nobody is signed in.
    """
    if unit.viewer.user_id is None:
        raise NotSignedInError
    number = await unit.session.scalar(text("SELECT nextval('dossier_numbers')"))
    dossier = Dossier(
        our_code=f"HS-{day_of(unit.now).year}-{number:06}",
        kind=kind,
        applicant_id=unit.viewer.user_id,
        answers={},
        nonce=secrets.token_urlsafe(24),
        created_at=unit.now,
    )
    unit.session.add(dossier)
    await _save(unit, dossier)
    await unit.session.flush()
    return dossier


async def answer_step(
    unit: UnitOfWork, desk: Desk, dossier_id: UUID, name: str, typed: Mapping[str, str]
) -> Dossier:
    """Keep the answers of one screen; a dossier that was ready is open again.

    Raises:
        NotFoundError: there is no such dossier or screen.
        WrongStateError: it is filed already.
        InvalidInputError: an answer cannot be taken; nothing was kept.
        SecondHouseholdError: the person has a household business.
        TakenNameError: the name is taken in the commune.
    """
    dossier = await own_for_change(unit, dossier_id)
    step = step_of(dossier.kind, name)
    if step is None:
        raise NotFoundError(_("There is no such screen."), field="step")
    refuse_filed(dossier)
    answers: dict[str, Any]
    kept = open_steps(desk.sealer, dossier).get(name, {})
    answers, problems = read_step(step, unmasked(step, typed, kept), day_of(unit.now))
    if problems:
        raise InvalidInputError(problems)
    await _check(unit, desk, dossier, step, answers)
    keep_step(desk.sealer, dossier, name, answers)
    if dossier.state is DossierState.READY:
        roles = policies.roles(unit.viewer, dossier)
        await advance(unit, dossier, "reopen", roles=roles, told=Told(APPLICANT_SOURCE))
    await _save(unit, dossier)
    return dossier


async def discard_dossier(unit: UnitOfWork, dossier_id: UUID) -> Dossier:
    """Give up a dossier that was never filed; what was said about people is erased at once.

    Raises:
        NotFoundError: there is no such dossier.
        WrongStateError: it is filed already.
    """
    dossier = await own_for_change(unit, dossier_id)
    roles = policies.roles(unit.viewer, dossier)
    await advance(unit, dossier, "discard", roles=roles, told=Told(APPLICANT_SOURCE))
    erase(unit, dossier)
    return dossier


def erase(unit: UnitOfWork, dossier: Dossier) -> None:
    """Forget what a dossier says about people, ethnicity with it."""
    dossier.sealed = dossier.phone_hash = None
    dossier.erased_at = unit.now


async def own_for_change(unit: UnitOfWork, dossier_id: UUID) -> Dossier:
    """One's own dossier, locked.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: there is no such dossier, or it is somebody else's.
    """
    if unit.viewer.user_id is None:
        raise NotSignedInError
    dossier = await unit.session.scalar(queries.dossier_for_change(dossier_id))
    if dossier is None or not policies.is_applicant(unit.viewer, dossier):
        raise NotFoundError(_("There is no such dossier."), field="id")
    return dossier


def refuse_filed(dossier: Dossier) -> None:
    """Let nobody change what the office has.

    Raises:
        WrongStateError: it is filed, or over.
    """
    if dossier.state not in UNFILED:
        raise WrongStateError(_("The dossier is filed; it cannot be changed now."), field="state")


async def _save(unit: UnitOfWork, dossier: Dossier) -> None:
    days = await retention_days(unit.session, "dossier_draft", day_of(unit.now), DRAFT_DAYS)
    dossier.saved_at = unit.now
    dossier.due_at, dossier.on_due = unit.now + timedelta(days=days), "lapse"


async def _check(
    unit: UnitOfWork, desk: Desk, dossier: Dossier, step: Step, answers: dict[str, Any]
) -> None:
    """What cannot be told from the answer alone."""
    if step.name == "person":
        await check_person(unit, desk, dossier, answers["personalNumber"])
    elif step.name == "name":
        await _check_name(unit, desk, dossier, answers)
    elif step.name == "place":
        await _find_place(unit, dossier, answers)
    elif step.name == "work":
        await _check_industries(unit, desk, answers)
    elif step.name == "family":
        _check_family(desk, dossier, answers["rows"])


async def check_person(unit: UnitOfWork, desk: Desk, dossier: Dossier, number: str) -> None:
    """One person, one household business in the whole country (art. 83).

    Raises:
        SecondHouseholdError: the person has one, or is registering it.
    """
    dossier.person_hash = person_hash(desk.sealer, number)
    if dossier.kind is DossierKind.HOUSEHOLD:
        other = queries.households_of_person(dossier.person_hash, dossier.id)
        if await unit.session.scalar(other) is not None:
            raise SecondHouseholdError


async def _check_name(
    unit: UnitOfWork, desk: Desk, dossier: Dossier, answers: dict[str, Any]
) -> None:
    naming = desk.book.naming
    problems = naming.problems(dossier.kind, answers["name"], has_consent=answers["hasConsent"])
    if problems:
        raise InvalidInputError(problems)
    answers["name"] = naming.own_name(dossier.kind, answers["name"])
    dossier.name = naming.full_name(dossier.kind, answers["name"])
    dossier.name_key = name_key(dossier.name)
    await check_name_is_free(unit, dossier)


async def check_name_is_free(unit: UnitOfWork, dossier: Dossier) -> None:
    """No two household businesses of one commune bear one name (art. 86).

    Raises:
        TakenNameError: another one bears it.
    """
    if dossier.kind is not DossierKind.HOUSEHOLD or dossier.place_id is None or not dossier.name:
        return
    others = queries.households_named(dossier.place_id, dossier.name_key, dossier.id)
    if await unit.session.scalar(others) is not None:
        raise TakenNameError


async def _find_place(unit: UnitOfWork, dossier: Dossier, answers: dict[str, Any]) -> None:
    """Today's commune behind what was typed; an old name leads there too."""
    try:
        place = await find_commune(Reader(unit.session), answers["commune"])
    except (NotFoundError, AmbiguousPlaceError) as error:
        raise InvalidInputError(
            [Problem("commune", error.message_id, "INVALID", error.parameters)]
        ) from error
    dossier.place_id = place.id
    answers |= {"typedCommune": answers["commune"], "commune": place.full_name}
    await check_name_is_free(unit, dossier)


async def _check_industries(unit: UnitOfWork, desk: Desk, answers: dict[str, Any]) -> None:
    codes = [each["code"] for each in answers["industries"]]
    version = desk.book.industry_version
    known = {
        each.code for each in await unit.session.scalars(queries.industries_among(version, codes))
    }
    if unknown := [code for code in codes if code not in known]:
        message = _("{codes}: there is no such line of business in the list.")
        problem = Problem("industries", message, "INVALID", {"codes": ", ".join(unknown)})
        raise InvalidInputError([problem])
    answers["industries"] = [{"version": version, "code": code} for code in codes]


def _check_family(desk: Desk, dossier: Dossier, rows: Sequence[Mapping[str, Any]]) -> None:
    """The head of the household is not a member of the family besides."""
    person = open_steps(desk.sealer, dossier).get("person", {})
    for at, row in enumerate(rows):
        if row["personalNumber"] == person.get("personalNumber"):
            message = _("This is the head of the household; list the others only.")
            raise InvalidInputError([Problem(f"{at}.personalNumber", message, "CONTRADICTION")])
