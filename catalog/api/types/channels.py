"""Channels: the price lists a buyer may see."""

from typing import Self

import strawberry

from catalog import models
from marketplace.accounts.api.types import CountryDisplay
from marketplace.kernel.graph.ids import to_global


@strawberry.type
class Channel:
    """A price list and those it is for."""

    id: strawberry.ID = strawberry.field(description="The id of the channel.")
    slug: str = strawberry.field(description="The name that `channel` arguments take.")
    name: str = strawberry.field(description="The name for people.")
    is_active: bool = strawberry.field(description="Whether it sells.")
    currency_code: str = strawberry.field(description="ISO 4217 code.")
    country_codes: strawberry.Private[list[str]]

    @classmethod
    def of(cls, channel: models.Channel) -> Self:
        """The channel as the schema shows it."""
        return cls(
            id=to_global("Channel", channel.id),
            slug=channel.slug,
            name=channel.name,
            is_active=channel.is_active,
            currency_code=channel.currency,
            country_codes=channel.countries,
        )

    @strawberry.field
    def countries(self) -> list[CountryDisplay] | None:
        """Where its goods can be sent."""
        return [CountryDisplay(code=code) for code in self.country_codes]
