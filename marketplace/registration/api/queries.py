"""What can be asked about registering."""

from datetime import UTC, date, datetime
from typing import Annotated

import strawberry
from graphql import GraphQLError
from sqlalchemy import func, select

from marketplace.accounts.ports import ACCOUNT_SETTINGS
from marketplace.kernel.context import Info
from marketplace.kernel.graph.connection import (
    LARGEST_PAGE,
    CountableConnection,
    CountableEdge,
    Order,
    Paging,
    page_of,
)
from marketplace.kernel.graph.ids import from_global
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.viewer import SYSTEM
from marketplace.law.services.asking import day_of
from marketplace.registration import queries
from marketplace.registration.api.dossiers import Dossier
from marketplace.registration.api.loaders import RegistrationLoaders
from marketplace.registration.api.types import (
    DossierKindEnum,
    Industry,
    RegistrationGuide,
)
from marketplace.registration.api.words import HolderEnum, holder_of, state_text
from marketplace.registration.models import Dossier as DossierRow
from marketplace.registration.ports import REGISTRATION_BOOK
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.rules.states import CLOCK_RUNNING, DossierState
from marketplace.registration.services.machine import MACHINE
from marketplace.registration.services.tracking import (
    LookUp,
    count_look_up,
    find_dossier,
    is_overdue,
)


@strawberry.type
class DossierStatus:
    """Where a dossier stands, for whoever holds its receipt; nothing about a person."""

    state: DossierState = strawberry.field(description="Where it stands.")
    state_text: str = strawberry.field(description="The state in words.")
    holder: HolderEnum = strawberry.field(description="Whose turn it is.")
    office: str = strawberry.field(description="Which office handles it.")
    filed_on: date = strawberry.field(description="When it was filed.")
    expected_on: date | None = strawberry.field(description="By when the office has to decide.")
    mend_by: date | None = strawberry.field(description="By when the applicant has to mend it.")
    is_overdue: bool = strawberry.field(description="Whether the office should have decided.")


@strawberry.input(description="Which dossiers of the desk are wanted.")
class DeskFilterInput:
    """Every given condition must hold."""

    states: list[DossierState] | None = strawberry.field(
        default=None, description="Those in these states."
    )
    overdue: bool | None = strawberry.field(
        default=None, description="Those the office should have decided by now."
    )
    code: str | None = strawberry.field(default=None, description="That of this code or receipt.")


@strawberry.type
class RegistrationQueries:
    """Root query fields of registration."""

    @strawberry.field
    def registration_guides(self, info: Info) -> list[RegistrationGuide]:
        """How each kind of business is registered."""
        book = info.context.ports[REGISTRATION_BOOK]
        return [
            RegistrationGuide.of(each, book, info.context.language) for each in book.guides.values()
        ]

    @strawberry.field
    def registration_guide(
        self,
        info: Info,
        kind: Annotated[
            DossierKindEnum | None, strawberry.argument(description="What is registered.")
        ] = None,
        slug: Annotated[
            str | None, strawberry.argument(description="Or its name in addresses.")
        ] = None,
    ) -> RegistrationGuide | None:
        """How one kind of business is registered."""
        book = info.context.ports[REGISTRATION_BOOK]
        for guide in book.guides.values():
            if (kind is not None and guide.kind is DossierKind(kind.value)) or (
                slug is not None and slug in guide.slugs.values()
            ):
                return RegistrationGuide.of(guide, book, info.context.language)
        return None

    @strawberry.field
    async def industries(
        self,
        info: Info,
        search: Annotated[
            str | None,
            strawberry.argument(description="Words people use: che, thịt treo, homestay."),
        ] = None,
        first: Annotated[int, strawberry.argument(description="How many at most.")] = 20,
    ) -> list[Industry]:
        """Lines of business, by code or by words, with or without marks."""
        if not 0 <= first <= LARGEST_PAGE:
            raise GraphQLError(f"A page holds at most {LARGEST_PAGE} things.")
        version = info.context.ports[REGISTRATION_BOOK].industry_version
        rows = await info.context.reader.all(queries.industries(version, search).limit(first))
        return [Industry.of(row, info.context.language) for row in rows]

    @strawberry.field
    async def dossier(
        self,
        info: Info,
        id: Annotated[
            strawberry.ID | None, strawberry.argument(description="The id of the dossier.")
        ] = None,
        code: Annotated[str | None, strawberry.argument(description="Or our code.")] = None,
    ) -> Dossier | None:
        """One's own dossier, or one on the viewer's desk."""
        context = info.context
        if id is not None:
            key = from_global("Dossier", id)
            loaders = context.once(RegistrationLoaders)
            row = None if key is None else await loaders.by_id.load(key)
        else:
            statement = queries.visible_dossiers(context.viewer)
            wanted = (code or "").upper()
            row = await context.reader.first(statement.where(DossierRow.our_code == wanted))
        return None if row is None else Dossier.of(row)

    @strawberry.field
    async def my_dossiers(self, info: Info) -> list[Dossier]:
        """The dossiers the viewer began, the newest first."""
        statement = queries.own_dossiers(info.context.viewer).limit(LARGEST_PAGE)
        return [Dossier.of(row) for row in await info.context.reader.all(statement)]

    @strawberry.field
    async def desk_dossiers(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: DeskFilterInput | None = None,
    ) -> CountableConnection[Dossier]:
        """The dossiers on the viewer's one-stop desk, the longest waiting first."""
        reader = info.context.reader
        statement = queries.desk_dossiers(info.context.viewer)
        wanted = filter or DeskFilterInput()
        if wanted.states is not None:
            statement = statement.where(DossierRow.state.in_(wanted.states))
        if wanted.overdue:
            today = day_of(datetime.now(UTC))
            statement = statement.where(
                DossierRow.state.in_(CLOCK_RUNNING), DossierRow.expected_on < today
            )
        if wanted.code:
            code = wanted.code.upper().strip()
            statement = statement.where(
                (DossierRow.our_code == code) | (DossierRow.external_code == code)
            )
        order = Order("filed", (DossierRow.filed_at, DossierRow.id))
        page = await page_of(reader, statement, order, Paging(first, after, last, before))

        async def count() -> int:
            counted = select(func.count()).select_from(statement.order_by(None).subquery())
            return int((await reader.rows(counted))[0][0])

        edges = [
            CountableEdge(node=Dossier.of(row), cursor=cursor)
            for row, cursor in zip(page.rows, page.cursors, strict=True)
        ]
        return CountableConnection(edges=edges, page_info=page.info, count=count)

    @strawberry.field
    async def dossier_status(
        self,
        info: Info,
        receipt: Annotated[str, strawberry.argument(description="The receipt number.")],
        phone_ending: Annotated[
            str,
            strawberry.argument(description="The last four digits of the applicant's telephone."),
        ],
    ) -> DossierStatus | None:
        """Where a dossier stands; null whether the receipt or the digits are wrong."""
        context = info.context
        look_up = LookUp.of(receipt, phone_ending)
        async with context.change(SYSTEM) as unit:
            settings = context.ports[ACCOUNT_SETTINGS]
            await count_look_up(unit, settings, look_up, context.asking.address)
        async with context.change(SYSTEM) as unit:
            row = await find_dossier(unit.session, context.ports[SEALER], look_up)
        if row is None or row.filed_at is None:
            return None
        guide = context.ports[REGISTRATION_BOOK].guides[row.kind]
        now = datetime.now(UTC)
        state = MACHINE.state_at(row, now)
        is_waiting = state is DossierState.SUPPLEMENT_REQUIRED and row.due_at is not None
        return DossierStatus(
            state=state,
            state_text=state_text(state, context.language),
            holder=holder_of(state, is_of_commune=guide.is_of_commune),
            office=guide.authority[context.language],
            filed_on=day_of(row.filed_at),
            expected_on=row.expected_on,
            mend_by=day_of(row.due_at) if is_waiting and row.due_at else None,
            is_overdue=is_overdue(row, day_of(now)),
        )
