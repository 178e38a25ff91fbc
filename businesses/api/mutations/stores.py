"""Changing a store: what it shows, when it is closed, where it stands."""

from datetime import date
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import orjson
import strawberry

from businesses.api.stores import StoreClosure, StoreError, store_errors
from businesses.api.types import Business
from businesses.errors import InvalidBusinessError
from businesses.services import addresses, closures, stores
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.graph.scalars import JSONString
from marketplace.kernel.i18n import _

BusinessId = Annotated[strawberry.ID, strawberry.argument(description="Which business.")]
_LONGEST_STORY = 20_000


@strawberry.enum(description="A part of a store that can be taken away.")
class StorePartEnum(Enum):
    """Pictures."""

    LOGO = "logo"
    BANNER = "banner"


@strawberry.input(description="What a store promises its buyers, in one language.")
class StorePoliciesInput:
    """The three promises."""

    delivery: str = strawberry.field(default="", description="How goods travel.")
    returns: str = strawberry.field(default="", description="What is taken back.")
    payment: str = strawberry.field(default="", description="How one pays.")

    def promises(self) -> stores.Promises:
        """The values as the service takes them."""
        return stores.Promises(self.delivery, self.returns, self.payment)


@strawberry.input(description="What shall be different; what is not named stays as it is.")
class StoreInput:
    """An empty text takes a thing away."""

    name: str | None = strawberry.field(default=None, description="The Vietnamese name.")
    name_en: str | None = strawberry.field(default=None, description="The English name.")
    story: JSONString | None = strawberry.field(
        default=None, description="Its story, an EditorJS document."
    )
    story_en: JSONString | None = strawberry.field(
        default=None, description="Its story in English."
    )
    logo: strawberry.ID | None = strawberry.field(
        default=None, description="The id of an uploaded picture."
    )
    banner: strawberry.ID | None = strawberry.field(
        default=None, description="The id of an uploaded picture."
    )
    accent: str | None = strawberry.field(
        default=None, description="Its colour, as 1e2a56; it must be readable, see `storeColour`."
    )
    point: str | None = strawberry.field(
        default=None, description="Latitude and longitude, as 22.4167, 105.6333."
    )
    phone: str | None = strawberry.field(default=None, description="The number buyers may call.")
    zalo: str | None = strawberry.field(default=None, description="Its number on Zalo.")
    hours: list[str] | None = strawberry.field(
        default=None,
        description="Seven days from Monday, as 7:30-11:30, 13:30-17:00; empty is closed.",
    )
    shows_certificates: bool | None = strawberry.field(
        default=None, description="Whether its page shows certificates."
    )
    policies: StorePoliciesInput | None = strawberry.field(
        default=None, description="What it promises, in Vietnamese."
    )
    policies_en: StorePoliciesInput | None = strawberry.field(
        default=None, description="What it promises, in English."
    )
    drop: list[StorePartEnum] | None = strawberry.field(
        default=None, description="Pictures to be taken away."
    )

    def change(self) -> stores.StoreChange:
        """The values as the service takes them."""
        promises = {"vi": self.policies, "en": self.policies_en}
        return stores.StoreChange(
            name=self.name,
            name_en=self.name_en,
            story=_document("story", self.story),
            story_en=_document("storyEn", self.story_en),
            logo_id=_picture("logo", self.logo),
            banner_id=_picture("banner", self.banner),
            accent=self.accent,
            point=self.point,
            phone=self.phone,
            zalo=self.zalo,
            hours=None if self.hours is None else tuple(self.hours),
            shows_certificates=self.shows_certificates,
            promises={code: each.promises() for code, each in promises.items() if each},
            dropped=frozenset(str(each.value) for each in self.drop or ()),
        )


def _picture(name: str, given: str | None) -> UUID | None:
    return None if given is None else required_key("MediaFile", given, name)


def _document(name: str, given: str | None) -> dict[str, Any] | None:
    """An EditorJS document; an empty text is an empty one."""
    if given is None or not given.strip():
        return None if given is None else {}
    try:
        read = orjson.loads(given)
    except orjson.JSONDecodeError:
        read = None
    is_document = isinstance(read, dict) and isinstance(read.get("blocks"), list)
    if not is_document or len(given) > _LONGEST_STORY:
        raise InvalidBusinessError(_("This story cannot be read, or is too long."), field=name)
    return dict(read) if read["blocks"] else {}


@strawberry.input(description="Days on which a store stays closed.")
class StoreClosureInput:
    """From when to when, and why."""

    first_day: date | None = strawberry.field(default=None, description="The first day.")
    last_day: date | None = strawberry.field(
        default=None, description="The last day; without one, the first."
    )
    note: str = strawberry.field(default="", description="What buyers are told, in Vietnamese.")
    note_en: str = strawberry.field(default="", description="What buyers are told, in English.")


@strawberry.type
class StoreUpdate:
    """The store was changed, or why not."""

    errors: list[StoreError] = store_errors()
    business: Business | None = strawberry.field(default=None, description="The business.")


@strawberry.type
class StoreClosureAdd:
    """The store will be closed on those days, or why not."""

    errors: list[StoreError] = store_errors()
    closure: StoreClosure | None = strawberry.field(default=None, description="The closure.")


@strawberry.type
class StoreClosureRemove:
    """The store will be open on those days, or why not."""

    errors: list[StoreError] = store_errors()


@strawberry.type
class StoreMutations:
    """Root mutation fields of stores."""

    @mutation
    async def store_update(
        self, info: Info, business: BusinessId, input: StoreInput
    ) -> StoreUpdate | None:
        """Change what a store shows of itself."""
        info.context.signed_in()
        key = required_key("Business", business, "business")
        async with info.context.change() as unit:
            row = await stores.change_store(unit, key, input.change())
        return StoreUpdate(business=Business.of(row))

    @mutation
    async def store_closure_add(
        self, info: Info, business: BusinessId, input: StoreClosureInput
    ) -> StoreClosureAdd | None:
        """Close a store for some days; its page and its goods say so."""
        info.context.signed_in()
        key = required_key("Business", business, "business")
        days = closures.ClosedDays(input.first_day, input.last_day, input.note, input.note_en)
        async with info.context.change() as unit:
            row = await closures.add_closure(unit, key, days)
        return StoreClosureAdd(closure=StoreClosure.of(row))

    @mutation
    async def store_closure_remove(
        self, info: Info, id: strawberry.ID
    ) -> StoreClosureRemove | None:
        """Open on those days after all."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await closures.remove_closure(unit, required_key("StoreClosure", id))
        return StoreClosureRemove()

    @mutation
    async def business_slug_change(
        self,
        info: Info,
        business: BusinessId,
        slug: Annotated[str, strawberry.argument(description="The new name in addresses.")],
    ) -> StoreUpdate | None:
        """Let a store stand at another address; the former one leads there for good."""
        info.context.signed_in()
        key = required_key("Business", business, "business")
        async with info.context.change() as unit:
            row = await addresses.change_slug(unit, key, slug)
        return StoreUpdate(business=Business.of(row))
