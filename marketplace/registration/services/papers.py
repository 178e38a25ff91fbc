"""Opening a filled form: what it shows, and a line in the log for every look."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.registration import queries
from marketplace.registration.models import Dossier, DossierView
from marketplace.registration.rules.form import PrintedForm
from marketplace.registration.services.dossiers import Desk
from marketplace.registration.services.filing import papers_for
from marketplace.registration.services.forms import fill_form, structured
from marketplace.registration.services.sealed import Steps, open_steps


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """A filled form, to print or as data."""

    dossier: Dossier
    form: PrintedForm
    data: Steps


async def open_form(
    unit: UnitOfWork, desk: Desk, dossier_id: UUID, viewer_id: UUID | None, address: str | None
) -> OpenedForm:
    """The filled form behind a link that was checked; the look is written down first.

    Raises:
        NotFoundError: there is no such dossier, or what it said about people is erased.
    """
    dossier = await unit.session.scalar(queries.dossier_for_change(dossier_id))
    if dossier is None or dossier.erased_at is not None:
        raise NotFoundError(_("There is no such dossier."), field="id")
    unit.session.add(
        DossierView(dossier_id=dossier.id, viewer_id=viewer_id, address=address, at=unit.now)
    )
    steps = open_steps(desk.sealer, dossier)
    codes = [each["code"] for each in steps.get("work", {}).get("industries", [])]
    statement = queries.industries_among(desk.book.industry_version, codes)
    names = {row.code: row.name for row in await unit.session.scalars(statement)}
    there = {
        row.paper
        for row in await unit.session.scalars(queries.papers_of([dossier.id]))
        if row.is_there
    }
    papers = tuple((each, each.code in there) for each in papers_for(desk.book, dossier, steps))
    guide = desk.book.guides[dossier.kind]
    return OpenedForm(
        dossier,
        fill_form(dossier, steps, guide, names, papers, unit.now),
        structured(dossier, steps, names, unit.now),
    )
