"""What can be asked about joining: banks, and the officer's queue."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import strawberry
from sqlalchemy import func, select

from businesses import models
from businesses.api.joining import Bank
from businesses.api.joining_codes import VerificationState
from businesses.api.verification import IdentifierDispute, Verification
from businesses.queries import verification as queries
from businesses.rules.banks import BANKS
from businesses.rules.businesses import BusinessKind
from marketplace.kernel.context import Info
from marketplace.kernel.graph.breadth import check_breadth
from marketplace.kernel.graph.connection import (
    CountableConnection,
    CountableEdge,
    Order,
    Paging,
    page_of,
)
from marketplace.kernel.graph.ids import from_global

MOST_DISPUTES = 50
WAITING = (VerificationState.SUBMITTED, VerificationState.IN_REVIEW)


@strawberry.input(description="Which verifications are wanted.")
class VerificationFilterInput:
    """Every given condition must hold."""

    states: list[VerificationState] | None = strawberry.field(
        default=None, description="Where they stand; what waits for an officer without it."
    )
    kinds: list[BusinessKind] | None = strawberry.field(
        default=None, description="Kinds of businesses."
    )
    waiting_days: int | None = strawberry.field(
        default=None, description="Handed in at least so many days ago."
    )


@strawberry.type
class JoiningQueries:
    """Root query fields of joining."""

    @strawberry.field
    def banks(self) -> list[Bank]:
        """The banks an account may be kept at, first those with a counter in the mountains."""
        return [Bank(bin=bank.bin, name=bank.name) for bank in BANKS]

    @strawberry.field
    async def verification(
        self,
        info: Info,
        id: Annotated[
            strawberry.ID, strawberry.argument(description="The id of the verification.")
        ],
    ) -> Verification | None:
        """The check of a business, for its owners and its officers."""
        key = from_global("Verification", id)
        statement = queries.visible_verifications(info.context.viewer)
        row = await info.context.reader.first(statement.where(models.Verification.id == key))
        return None if row is None else Verification.of(row)

    @strawberry.field
    async def identifier_disputes(self, info: Info) -> list[IdentifierDispute]:
        """Claims to numbers that wait for the officer who asks, the oldest first."""
        statement = queries.disputes_for(info.context.viewer).limit(MOST_DISPUTES)
        return [IdentifierDispute.of(row) for row in await info.context.reader.all(statement)]

    @strawberry.field
    async def verifications(
        self,
        info: Info,
        filter: VerificationFilterInput | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[Verification] | None:
        """What waits for the officer who asks, the oldest first."""
        check_breadth(filter)
        wanted = filter or VerificationFilterInput()
        states = WAITING if wanted.states is None else wanted.states
        statement = queries.queue(info.context.viewer, states)
        if wanted.kinds is not None:
            statement = statement.where(models.Business.kind.in_(wanted.kinds))
        if wanted.waiting_days is not None:
            since = datetime.now(UTC) - timedelta(days=max(0, min(wanted.waiting_days, 3650)))
            statement = statement.where(models.Verification.submitted_at <= since)
        order = Order("submitted", (models.Verification.submitted_at, models.Verification.id))
        reader = info.context.reader
        page = await page_of(reader, statement, order, Paging(first, after, last, before))

        async def count() -> int:
            counted = select(func.count()).select_from(statement.order_by(None).subquery())
            return (await reader.rows(counted))[0][0]  # type: ignore[no-any-return]  # a count

        edges = [
            CountableEdge(node=Verification.of(row), cursor=cursor)
            for row, cursor in zip(page.rows, page.cursors, strict=True)
        ]
        return CountableConnection(edges=edges, page_info=page.info, count=count)
