"""GraphQL types of stores: what a business shows of itself beside its profile."""

from datetime import UTC, date, datetime
from enum import Enum
from typing import Self
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from businesses import models
from businesses.api.types import Business
from businesses.queries import stores as queries
from businesses.rules import colours, opening
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.context import Info, RequestContext
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import LanguageCodeEnum


@strawberry.enum(description="Why something about a store was refused.")
class StoreErrorCode(Enum):
    """Stable codes; the message says it in words."""

    GRAPHQL_ERROR = "graphql_error"
    INVALID = "invalid"
    REQUIRED = "required"
    NOT_FOUND = "not_found"
    UNIQUE = "unique"
    INVALID_CREDENTIALS = "invalid_credentials"
    LOGIN_ATTEMPT_DELAYED = "login_attempt_delayed"


@strawberry.type
class StoreError:
    """Something about a store that was refused."""

    field: str | None = strawberry.field(description="The input field it is about.")
    message: str | None = strawberry.field(description="The reason, for the reader.")
    code: StoreErrorCode = strawberry.field(description="The reason, for programs.")


def store_errors() -> list[StoreError]:
    """The field `errors` of a payload."""
    listed: list[StoreError] = strawberry.field(
        default_factory=list, description="What was refused; empty when all went well."
    )
    return listed


@strawberry.type
class StoreColour:
    """A colour, and whether it can be read on our pages."""

    colour: str = strawberry.field(description="As `#rrggbb`.")
    at_night: str = strawberry.field(description="What stands for it on dark grounds.")
    contrast: float = strawberry.field(description="On the worst of our light grounds, 1 to 21.")
    is_readable: bool = strawberry.field(description="Whether that is enough for text.")
    nearest: str = strawberry.field(description="The nearest colour that can be read.")

    @classmethod
    def of(cls, colour: str) -> Self:
        """The colour as the schema shows it."""
        return cls(
            colour=colour,
            at_night=colours.at_night(colour),
            contrast=round(colours.least_contrast(colour), 2),
            is_readable=colours.is_readable(colour),
            nearest=colours.nearest_readable(colour),
        )


@strawberry.type
class PaletteColour:
    """A colour of the palette."""

    name: str = strawberry.field(description="A word for programs: indigo, tea …")
    colour: StoreColour = strawberry.field(description="The colour.")


@strawberry.type
class OpeningSpan:
    """From when to when."""

    opens: str = strawberry.field(description="As 07:30.")
    closes: str = strawberry.field(description="As 17:00.")


@strawberry.type
class OpeningDay:
    """The hours of a weekday."""

    weekday: int = strawberry.field(description="1 is Monday, 7 Sunday.")
    spans: list[OpeningSpan] = strawberry.field(description="Its hours; none when it is closed.")


@strawberry.type
class StoreClosure:
    """Days on which a store stays closed, both ends included."""

    id: strawberry.ID = strawberry.field(description="The id of the closure.")
    first_day: date = strawberry.field(description="The first day.")
    last_day: date = strawberry.field(description="The last day.")
    note: str = strawberry.field(description="What buyers are told, in Vietnamese.")
    note_en: str = strawberry.field(description="What buyers are told, in English.")

    @classmethod
    def of(cls, row: models.StoreClosure) -> Self:
        """The closure as the schema shows it."""
        return cls(
            id=to_global("StoreClosure", row.id),
            first_day=row.first_day,
            last_day=row.last_day,
            note=row.note_vi,
            note_en=row.note_en,
        )


@strawberry.type
class StorePolicies:
    """What a store promises its buyers."""

    delivery: str = strawberry.field(description="How goods travel.")
    returns: str = strawberry.field(description="What is taken back.")
    payment: str = strawberry.field(description="How one pays.")


class StoreLoaders:
    """One per request, made by `context.once(StoreLoaders)`."""

    def __init__(self, context: RequestContext) -> None:
        self._reader = context.reader
        self.today = local_day(datetime.now(UTC))
        self.store = DataLoader[UUID, models.Store | None](load_fn=self._stores)
        self.closures = DataLoader[UUID, list[models.StoreClosure]](load_fn=self._closures)
        self.policies = DataLoader[UUID, dict[str, models.StorePolicy]](load_fn=self._policies)

    async def _stores(self, ids: list[UUID]) -> list[models.Store | None]:
        rows = await self._reader.all(queries.stores_of(ids))
        found = {row.business_id: row for row in rows}
        return [found.get(each) for each in ids]

    async def _closures(self, ids: list[UUID]) -> list[list[models.StoreClosure]]:
        rows = await self._reader.all(queries.closures_from(ids, self.today))
        return [[row for row in rows if row.business_id == each] for each in ids]

    async def _policies(self, ids: list[UUID]) -> list[dict[str, models.StorePolicy]]:
        rows = await self._reader.all(queries.policies_of(ids))
        return [{row.language: row for row in rows if row.business_id == each} for each in ids]


@strawberry.type
class Store:
    """How a business presents itself."""

    accent: StoreColour | None = strawberry.field(description="Its own colour, if it chose one.")
    latitude: float | None = strawberry.field(description="Where it stands, if it told.")
    longitude: float | None = strawberry.field(description="Where it stands, if it told.")
    hours: list[OpeningDay] | None = strawberry.field(
        description="Its week, Monday first; null when it tells no hours.",
    )
    shows_certificates: bool = strawberry.field(description="Whether its page shows certificates.")
    is_open_now: bool | None = strawberry.field(
        description="Whether it is open at this moment; null when it tells no hours.",
    )
    closed_until: date | None = strawberry.field(
        description="The last day of the holiday it keeps today.",
    )
    closures: list[StoreClosure] = strawberry.field(description="Its holidays, of today and ahead.")
    key: strawberry.Private[UUID]

    @strawberry.field
    async def policies(self, info: Info, language_code: LanguageCodeEnum) -> StorePolicies | None:
        """What it promises its buyers, in that language; null when it wrote nothing."""
        found = await info.context.once(StoreLoaders).policies.load(self.key)
        row = found.get(language_code.value)
        if row is None or not (row.delivery or row.returns or row.payment):
            return None
        return StorePolicies(delivery=row.delivery, returns=row.returns, payment=row.payment)


async def shown_store(context: RequestContext, key: UUID) -> Store:
    """The store of a business that the viewer was found to see."""
    loaders = context.once(StoreLoaders)
    row, closures = await loaders.store.load(key), await loaders.closures.load(key)
    week = opening.read_week(None if row is None else row.hours)
    closed = _closed(closures)
    return Store(
        accent=None if row is None or row.accent is None else StoreColour.of(row.accent),
        latitude=None if row is None else row.latitude,
        longitude=None if row is None else row.longitude,
        hours=None if week is None else _days(week),
        shows_certificates=row is None or row.shows_certificates,
        is_open_now=opening.is_open(week, closed, datetime.now(UTC)),
        closed_until=opening.closed_until(closed, loaders.today),
        closures=[StoreClosure.of(each) for each in closures],
        key=key,
    )


def _closed(closures: list[models.StoreClosure]) -> list[opening.Closed]:
    return [opening.Closed(each.first_day, each.last_day) for each in closures]


def _days(week: opening.Week) -> list[OpeningDay]:
    return [
        OpeningDay(
            weekday=number,
            spans=[
                OpeningSpan(opens=opening.clock(begin), closes=opening.clock(end))
                for begin, end in spans
            ],
        )
        for number, spans in enumerate(week, start=1)
    ]


@strawberry.type
class BusinessStore:
    """What stores add to `Business`."""

    @strawberry.field
    async def store(self, parent: strawberry.Parent[Business], info: Info) -> Store:
        """How it presents itself: colour, place, hours, holidays, promises."""
        return await shown_store(info.context, parent.key)

    @strawberry.field
    async def closed_until(self, parent: strawberry.Parent[Business], info: Info) -> date | None:
        """The last day of the holiday it keeps today; null when it keeps none."""
        loaders = info.context.once(StoreLoaders)
        return opening.closed_until(_closed(await loaders.closures.load(parent.key)), loaders.today)
