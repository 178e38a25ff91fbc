"""Finishing, filing and withdrawing a dossier: what its applicant does once it is filled in."""

import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.registration import policies, queries
from marketplace.registration.errors import InvalidDossierError, UnfinishedDossierError
from marketplace.registration.models import Dossier, DossierDocument
from marketplace.registration.rules.guides import Paper, RegistrationBook, papers_needed
from marketplace.registration.rules.interview import STEPS
from marketplace.registration.rules.states import DossierState
from marketplace.registration.services.dossiers import (
    APPLICANT_SOURCE,
    Desk,
    check_name_is_free,
    check_person,
    own_for_change,
    refuse_filed,
)
from marketplace.registration.services.machine import Told, advance
from marketplace.registration.services.sealed import open_steps, phone_hash

ENDING: Final = 4
_RECEIPT: Final = re.compile(r"[0-9A-Z][0-9A-Z./\-]{3,39}")


@dataclass(frozen=True, slots=True)
class Missing:
    """What a dossier still lacks: screens without an answer, papers that are not there."""

    steps: tuple[str, ...]
    papers: tuple[Paper, ...]

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return bool(self.steps or self.papers)


def papers_for(
    book: RegistrationBook, dossier: Dossier, steps: dict[str, Any]
) -> tuple[Paper, ...]:
    """The papers the dossier needs, after what was answered."""
    has_partners = any(bool(step.get("rows")) for step in steps.values() if isinstance(step, dict))
    return papers_needed(book.guides[dossier.kind], has_partners=has_partners)


async def missing_of(unit: UnitOfWork, desk: Desk, dossier: Dossier) -> Missing:
    """What is still to be done before the dossier can be filed."""
    steps = open_steps(desk.sealer, dossier)
    there = {
        each.paper
        for each in await unit.session.scalars(queries.papers_of([dossier.id]))
        if each.is_there
    }
    return Missing(
        tuple(step.name for step in STEPS[dossier.kind] if step.name not in steps),
        tuple(paper for paper in papers_for(desk.book, dossier, steps) if paper.code not in there),
    )


async def tick_paper(
    unit: UnitOfWork, desk: Desk, dossier_id: UUID, code: str, *, is_there: bool
) -> Dossier:
    """Say that a paper is at hand, or is not.

    Raises:
        NotFoundError: there is no such dossier, or it needs no such paper.
        WrongStateError: it is filed already.
    """
    dossier = await own_for_change(unit, dossier_id)
    needed = papers_for(desk.book, dossier, open_steps(desk.sealer, dossier))
    if code not in {paper.code for paper in needed}:
        raise NotFoundError(_("The dossier needs no such paper."), field="paper")
    if dossier.state is not DossierState.SUPPLEMENT_REQUIRED:
        refuse_filed(dossier)
    row = await unit.session.scalar(
        select(DossierDocument).where(
            DossierDocument.dossier_id == dossier.id, DossierDocument.paper == code
        )
    )
    if row is None:
        row = DossierDocument(dossier_id=dossier.id, paper=code, version=0)
        unit.session.add(row)
    row.is_there, row.is_wrong, row.changed_at = is_there, False, unit.now
    row.version += 1
    return dossier


async def complete_dossier(unit: UnitOfWork, desk: Desk, dossier_id: UUID) -> Dossier:
    """Declare a dossier complete: everything is answered, every paper is there.

    Raises:
        NotFoundError: there is no such dossier.
        UnfinishedDossierError: something is missing.
        WrongStateError: it is complete already.
    """
    dossier = await own_for_change(unit, dossier_id)
    refuse_filed(dossier)
    if await missing_of(unit, desk, dossier):
        raise UnfinishedDossierError(_("Something is still missing. The list below tells what."))
    await check_name_is_free(unit, dossier)
    roles = policies.roles(unit.viewer, dossier)
    await advance(unit, dossier, "complete", roles=roles, told=Told(APPLICANT_SOURCE))
    return dossier


async def file_dossier(
    unit: UnitOfWork, desk: Desk, dossier_id: UUID, receipt: str | None
) -> Dossier:
    """File a complete dossier: with the receipt of the national portal, or at the one-stop desk.

    Raises:
        NotFoundError: there is no such dossier.
        WrongStateError: it is not complete, or filed already.
        InvalidDossierError: the receipt number is none, or another dossier has it.
        SecondHouseholdError: the person has a household business.
        TakenNameError: the name was taken meanwhile.
    """
    dossier = await own_for_change(unit, dossier_id)
    steps = open_steps(desk.sealer, dossier)
    roles = policies.roles(unit.viewer, dossier)
    if dossier.state is DossierState.READY:
        await check_person(unit, desk, dossier, steps["person"]["personalNumber"])
        await check_name_is_free(unit, dossier)
    if receipt is not None:
        await keep_receipt(unit, dossier, receipt)
    guide = desk.book.guides[dossier.kind]
    dossier.office_id = dossier.place_id if guide.is_of_commune else None
    dossier.working_days = guide.working_days
    dossier.supplement_days = desk.book.supplement_days
    ending = str(steps.get("person", {}).get("phone", ""))[-ENDING:]
    dossier.phone_hash = phone_hash(desk.sealer, dossier, ending)
    source = APPLICANT_SOURCE if receipt is None else "portal"
    await advance(unit, dossier, "submit", roles=roles, told=Told(source))
    dossier.filed_at = unit.now
    return dossier


async def withdraw_dossier(unit: UnitOfWork, dossier_id: UUID, note: str) -> Dossier:
    """Ask for a filed dossier back (Decree 168/2025/NĐ-CP art. 95.5).

    Raises:
        NotFoundError: there is no such dossier.
        WrongStateError: it is not with the office.
    """
    dossier = await own_for_change(unit, dossier_id)
    roles = policies.roles(unit.viewer, dossier)
    told = Told(APPLICANT_SOURCE, note=nfc(note)[:2000])
    await advance(unit, dossier, "withdraw", roles=roles, told=told)
    return dossier


async def keep_receipt(unit: UnitOfWork, dossier: Dossier, typed: str) -> None:
    """Write down under which number the registry knows the dossier.

    Raises:
        InvalidDossierError: it is none, or another dossier has it.
    """
    receipt = nfc(typed).upper().replace(" ", "")
    if not _RECEIPT.fullmatch(receipt):
        raise InvalidDossierError(
            _("The receipt number has letters, digits, dots and dashes, like H41.12-261122-0007."),
            field="receipt",
        )
    taken = select(Dossier.id).where(Dossier.external_code == receipt, Dossier.id != dossier.id)
    if await unit.session.scalar(taken) is not None:
        raise InvalidDossierError(
            _("Another dossier has this receipt number. Please check it."), field="receipt"
        )
    dossier.external_code = receipt
