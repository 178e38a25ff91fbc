"""The GraphQL type of a dossier and what hangs on it."""

from datetime import UTC, date, datetime
from typing import Self

import strawberry

from businesses.api.loaders import BusinessLoaders
from businesses.api.types import Business
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import JSONString, json_string
from marketplace.kernel.sealing import SEALER
from marketplace.law.services.asking import day_of
from marketplace.media.rules.links import LIFETIME, PrivateLink, sign_link
from marketplace.places.api.loaders import PlaceLoaders
from marketplace.places.api.types import Place
from marketplace.registration import models, policies, queries
from marketplace.registration.api.loaders import RegistrationLoaders
from marketplace.registration.api.types import (
    DossierKindEnum,
    Industry,
    RegistrationGuide,
    RegistrationPaper,
)
from marketplace.registration.api.words import HolderEnum, holder_of, state_text
from marketplace.registration.ports import FORM_LINKS, REGISTRATION_BOOK
from marketplace.registration.rules.interview import STEPS
from marketplace.registration.rules.names import look_alikes
from marketplace.registration.rules.states import UNFILED, DossierState
from marketplace.registration.services.desk import DeskStep
from marketplace.registration.services.filing import papers_for
from marketplace.registration.services.machine import MACHINE
from marketplace.registration.services.sealed import Steps, masked_steps, open_steps
from marketplace.registration.services.tracking import is_overdue

_DESK = {step.value for step in DeskStep}


@strawberry.type
class DossierPaper:
    """A paper the dossier needs, and whether it is there."""

    paper: RegistrationPaper = strawberry.field(description="Which paper.")
    is_there: bool = strawberry.field(description="Whether the applicant has it at hand.")
    is_wrong: bool = strawberry.field(description="Whether the office found something wrong.")


@strawberry.type
class DossierEvent:
    """Something that happened to a dossier, or was told and did not count."""

    at: datetime = strawberry.field(description="When.")
    state: DossierState = strawberry.field(description="The state it led to, or would have.")
    state_text: str = strawberry.field(description="The state in words.")
    source: str = strawberry.field(description="Who said so: applicant, desk, system, a registry.")
    note: str = strawberry.field(description="What was said; may be empty.")
    is_applied: bool = strawberry.field(description="Whether it counted.")
    why_not: str | None = strawberry.field(description="Why it did not: older, same, illegal …")


@strawberry.type
class Dossier:
    """What a person hands in to register a business."""

    id: strawberry.ID = strawberry.field(description="The id of the dossier.")
    code: str = strawberry.field(description="Our code: HS-2026-000812.")
    kind: DossierKindEnum = strawberry.field(description="What is registered.")
    state: DossierState = strawberry.field(description="Where it stands.")
    name: str = strawberry.field(description="The name to be registered; may be empty yet.")
    receipt: str | None = strawberry.field(description="The receipt number.")
    expected_on: date | None = strawberry.field(description="By when the office has to decide.")
    due_at: datetime | None = strawberry.field(description="When it is void if nothing happens.")
    working_days_left: int | None = strawberry.field(
        description="How many working days are left once the clock runs again.",
    )
    result_code: str | None = strawberry.field(
        description="The code of the new business; of a personal number only its end.",
    )
    created_at: datetime = strawberry.field(description="When it was begun.")
    saved_at: datetime = strawberry.field(description="When it was saved last.")
    filed_at: datetime | None = strawberry.field(description="When it was filed.")
    row: strawberry.Private[models.Dossier]

    @classmethod
    def of(cls, row: models.Dossier) -> Self:
        """The dossier as the schema shows it."""
        return cls(
            id=to_global("Dossier", row.id),
            code=row.our_code,
            kind=DossierKindEnum(row.kind.value),
            state=MACHINE.state_at(row, datetime.now(UTC)),
            name=row.name,
            receipt=row.external_code,
            expected_on=row.expected_on,
            due_at=row.due_at,
            working_days_left=row.days_left,
            result_code=row.result_masked,
            created_at=row.created_at,
            saved_at=row.saved_at,
            filed_at=row.filed_at,
            row=row,
        )

    def _steps(self, info: Info) -> Steps:
        return open_steps(info.context.ports[SEALER], self.row)

    @strawberry.field
    def state_text(self, info: Info) -> str:
        """The state in words, in the language of the request."""
        return state_text(self.state, info.context.language)

    @strawberry.field
    def holder(self, info: Info) -> HolderEnum:
        """Whose turn it is."""
        guide = info.context.ports[REGISTRATION_BOOK].guides[self.row.kind]
        return holder_of(self.state, is_of_commune=guide.is_of_commune)

    @strawberry.field
    def guide(self, info: Info) -> RegistrationGuide:
        """How this kind of business is registered."""
        book = info.context.ports[REGISTRATION_BOOK]
        return RegistrationGuide.of(book.guides[self.row.kind], book, info.context.language)

    @strawberry.field
    def is_overdue(self) -> bool:
        """Whether the office should have decided by now."""
        return is_overdue(self.row, day_of(datetime.now(UTC)))

    @strawberry.field
    def is_own(self, info: Info) -> bool:
        """Whether the viewer began it."""
        return policies.is_applicant(info.context.viewer, self.row)

    @strawberry.field
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in UNFILED

    @strawberry.field
    async def place(self, info: Info) -> Place | None:
        """The commune of the head office."""
        if self.row.place_id is None:
            return None
        place = await info.context.once(PlaceLoaders).by_id.load(self.row.place_id)
        return None if place is None else Place.of(place)

    @strawberry.field
    async def business(self, info: Info) -> Business | None:
        """The shop prepared meanwhile, or opened by the result."""
        if self.row.business_id is None:
            return None
        row = await info.context.once(BusinessLoaders).by_id.load(self.row.business_id)
        return None if row is None else Business.of(row)

    @strawberry.field
    def answers(self, info: Info) -> JSONString | None:
        """What was answered, by screen; of personal numbers only their end."""
        return json_string(masked_steps(self._steps(info)))

    @strawberry.field
    async def industries(self, info: Info) -> list[Industry]:
        """The lines of business that were chosen, the main one first."""
        chosen = self.row.answers.get("work", {}).get("industries", [])
        loaders = info.context.once(RegistrationLoaders)
        rows = await loaders.industry_by_code.load_many([each["code"] for each in chosen])
        return [Industry.of(row, info.context.language) for row in rows if row is not None]

    @strawberry.field
    async def name_warnings(self, info: Info) -> list[str]:
        """Names of the commune that a hurried reader takes for this one; not forbidden."""
        if not self.row.name or self.row.place_id is None or self.state not in UNFILED:
            return []
        statement = queries.names_in(self.row.place_id, self.row.id)
        rows = await info.context.reader.rows(statement)
        naming = info.context.ports[REGISTRATION_BOOK].naming
        own = naming.own_name(self.row.kind, self.row.name)
        others = {naming.own_name(self.row.kind, name): name for (name,) in rows}
        return [others[name] for name in look_alikes(own, others)]

    @strawberry.field
    def missing_screens(self, info: Info) -> list[str]:
        """The screens of the interview without an answer yet."""
        steps = self._steps(info)
        return [step.name for step in STEPS[self.row.kind] if step.name not in steps]

    @strawberry.field
    async def papers(self, info: Info) -> list[DossierPaper]:
        """The papers it needs, and whether each is there."""
        context = info.context
        book = context.ports[REGISTRATION_BOOK]
        rows = await context.once(RegistrationLoaders).papers_by_dossier.load(self.row.id)
        known = {row.paper: row for row in rows}
        return [
            DossierPaper(
                paper=RegistrationPaper.of(paper, context.language),
                is_there=paper.code in known and known[paper.code].is_there,
                is_wrong=paper.code in known and known[paper.code].is_wrong,
            )
            for paper in papers_for(book, self.row, self._steps(info))
        ]

    @strawberry.field
    async def events(self, info: Info) -> list[DossierEvent]:
        """What happened, in its order; what did not count is told to officers only."""
        rows = await info.context.once(RegistrationLoaders).events_by_dossier.load(self.row.id)
        is_own = policies.is_applicant(info.context.viewer, self.row)
        return [
            DossierEvent(
                at=row.at,
                state=row.to_state,
                state_text=state_text(row.to_state, info.context.language),
                source=row.source,
                note=row.note,
                is_applied=row.is_applied,
                why_not=row.why_not,
            )
            for row in rows
            if row.is_applied or not is_own
        ]

    @strawberry.field
    def possible_steps(self, info: Info) -> list[DeskStep]:
        """What the viewer may do to it at the one-stop desk."""
        roles = policies.roles(info.context.viewer, self.row) - {policies.APPLICANT}
        return [
            DeskStep(each.name) for each in MACHINE.open_to(self.state, roles) if each.name in _DESK
        ]

    @strawberry.field
    def form_url(self, info: Info) -> str | None:
        """Where the filled form lies for ten minutes, as PDF; every look is written down."""
        return _link(info, self.row, "pdf")

    @strawberry.field
    def data_url(self, info: Info) -> str | None:
        """Where the dossier lies for ten minutes as data, by docs/guides/dossier.schema.json."""
        return _link(info, self.row, "json")


def _link(info: Info, row: models.Dossier, ending: str) -> str | None:
    links = info.context.ports[FORM_LINKS]
    if row.erased_at is not None:
        return None
    viewer_id = info.context.viewer.user_id
    token = sign_link(PrivateLink(row.id, viewer_id, datetime.now(UTC) + LIFETIME), links.secret)
    return f"{links.public_url}/dossier-forms/{token}.{ending}"
