"""What stands behind a product, as the schema shows it."""

from datetime import date
from typing import Self

import strawberry

from catalog import models
from marketplace.kernel.graph.ids import to_global


@strawberry.type
class OcopCertificate:
    """A certificate of the "One Commune One Product" programme that holds today."""

    id: strawberry.ID = strawberry.field(description="The id of the certificate.")
    number: str = strawberry.field(description="Its number.")
    stars: int = strawberry.field(description="Three, four or five.")
    decision_number: str | None = strawberry.field(description="The decision behind it.")
    issued_on: date = strawberry.field(description="Its first day.")
    expires_on: date = strawberry.field(description="Its last day.")

    @classmethod
    def of(cls, row: models.OcopCertificate) -> Self:
        """The certificate as the schema shows it."""
        return cls(
            id=to_global("OcopCertificate", row.id),
            number=row.number,
            stars=row.stars,
            decision_number=row.decision_number,
            issued_on=row.issued_on,
            expires_on=row.expires_on,
        )


@strawberry.type
class GeographicalIndication:
    """A protected name of origin."""

    id: strawberry.ID = strawberry.field(description="The id of the protected name.")
    name: str = strawberry.field(description="The protected name.")
    number: str | None = strawberry.field(description="Its number in the register.")
    year: int | None = strawberry.field(description="The year of its registration.")

    @classmethod
    def of(cls, row: models.GeographicalIndication) -> Self:
        """The protected name as the schema shows it."""
        return cls(
            id=to_global("GeographicalIndication", row.id),
            name=row.name,
            number=row.number,
            year=row.year,
        )


@strawberry.type
class FoodPaper:
    """A food-safety paper of a product."""

    kind: str = strawberry.field(description="Declaration, certificate or pledge.")
    number: str = strawberry.field(description="Its number.")
    issued_on: date | None = strawberry.field(description="Its first day.")
    expires_on: date | None = strawberry.field(description="Its last day.")

    @classmethod
    def of(cls, row: models.FoodPaper) -> Self:
        """The paper as the schema shows it."""
        return cls(
            kind=row.kind,
            number=row.number,
            issued_on=row.issued_on,
            expires_on=row.expires_on,
        )
