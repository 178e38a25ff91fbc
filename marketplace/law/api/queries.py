"""What can be asked about the law."""

from datetime import UTC, date, datetime
from typing import Annotated

import strawberry

from marketplace.kernel.context import Info
from marketplace.law import queries
from marketplace.law.api.types import LegalBasis
from marketplace.law.services.asking import day_of


@strawberry.type
class LawQueries:
    """Root query fields of the law."""

    @strawberry.field
    async def legal_bases(
        self,
        info: Info,
        codes: Annotated[
            list[str] | None,
            strawberry.argument(description="The rules asked about; all without them."),
        ] = None,
        day: Annotated[
            date | None,
            strawberry.argument(description="The day asked about; today without it."),
        ] = None,
    ) -> list[LegalBasis]:
        """Where rules come from, as of a day."""
        context = info.context
        wanted = day or day_of(datetime.now(UTC))
        rows = await context.reader.all(queries.bases_in_force(context.viewer, wanted, codes))
        return [LegalBasis.of(row, context.language) for row in rows]
