"""GraphQL types of the law."""

from datetime import date
from typing import Self

import strawberry

from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.i18n import Language
from marketplace.law import models
from marketplace.law.rules import Certainty


@strawberry.type
class LegalBasis:
    """Where a rule comes from: a document of the law and its article, between two days."""

    id: strawberry.ID = strawberry.field(description="The id of the source.")
    code: str = strawberry.field(description="The rule it is the source of.")
    title: str = strawberry.field(description="What it says, in the language of the request.")
    document: str = strawberry.field(description="The document, with its number.")
    article: str = strawberry.field(description="Where in the document; may be empty.")
    effective_from: date = strawberry.field(description="The first day it is in force.")
    effective_to: date | None = strawberry.field(description="The last day, once it is known.")
    url: str | None = strawberry.field(description="Where it can be read.")
    is_checked: bool = strawberry.field(
        description="Whether the text itself or a report of it was read, not only remembered.",
    )

    @classmethod
    def of(cls, row: models.LegalBasis, language: Language) -> Self:
        """The source as the schema shows it."""
        return cls(
            id=to_global("LegalBasis", row.id),
            code=row.code,
            title=row.title_en if language == "en" else row.title_vi,
            document=row.document,
            article=row.article,
            effective_from=row.effective_from,
            effective_to=row.effective_to,
            url=row.url or None,
            is_checked=row.certainty is not Certainty.REMEMBERED,
        )
