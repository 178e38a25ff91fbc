"""What a business shows of itself: words, pictures, colour, place, hours, promises."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from businesses.errors import InvalidBusinessError
from businesses.events import BusinessChanged
from businesses.models import Business, BusinessTranslation, Store, StorePolicy
from businesses.queries import verification as verification_queries
from businesses.rules import colours, opening, points
from businesses.rules.businesses import is_verified
from businesses.rules.verification import OPEN_TO_CHANGES
from businesses.services.activity import record_change
from businesses.services.joining import business_to_manage, drop_foreign_account
from marketplace.accounts.rules.contacts import read_vietnamese_phone
from marketplace.kernel.errors import InvalidInputError, NotFoundError, Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold, nfc, slugify, sort_key
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.models import MediaFile
from marketplace.media.queries import media_among
from marketplace.media.rules.kinds import MediaKind

LONGEST_NAME: Final = 200
LONGEST_POLICY: Final = 3000
ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Promises:
    """How a store delivers, takes back and is paid, in one language."""

    delivery: str = ""
    returns: str = ""
    payment: str = ""


@dataclass(frozen=True, slots=True)
class StoreChange:
    """What shall be different; None leaves a thing as it is, an empty text takes it away."""

    name: str | None = None
    name_en: str | None = None
    story: dict[str, Any] | None = None
    story_en: dict[str, Any] | None = None
    logo_id: UUID | None = None
    banner_id: UUID | None = None
    accent: str | None = None
    point: str | None = None
    phone: str | None = None
    zalo: str | None = None
    hours: tuple[str, ...] | None = None
    shows_certificates: bool | None = None
    promises: Mapping[str, Promises] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()


async def change_store(unit: UnitOfWork, business_id: UUID, change: StoreChange) -> Business:
    """Change what a business shows of itself.

    Raises:
        NotFoundError: there is no such business, or no such picture.
        NotPermittedError: only owners and managers do this.
        WrongStateError: the business is closed.
        InvalidInputError: something cannot be taken; every field is told at once.
        InvalidBusinessError: the name was verified, or is being checked.
    """
    business = await business_to_manage(unit, business_id)
    problems: list[Problem] = []
    accent = _accent(change.accent, problems)
    point = _point(change.point, problems)
    week = _week(change.hours, problems)
    numbers = {
        name: _number(name, text, problems)
        for name, text in (("phone", change.phone), ("zalo", change.zalo))
        if text is not None
    }
    if problems:
        raise InvalidInputError(problems)
    store = await _store_of(unit, business)
    if change.accent is not None:
        store.accent = accent
    if change.point is not None:
        store.latitude, store.longitude = point or (None, None)
    if change.hours is not None:
        store.hours = week
    if change.shows_certificates is not None:
        store.shows_certificates = change.shows_certificates
    if "phone" in numbers:
        business.phone = numbers["phone"]
    if "zalo" in numbers:
        business.zalo = numbers["zalo"]
    await _say(unit, business, change)
    await _hang(unit, business, change)
    await _promise(unit, business, change)
    record_change(
        unit,
        business.id,
        "store.changed",
        ("business", business.id),
        business.name,
        fields=_changed(change),
    )
    unit.announce(BusinessChanged(business.id))
    return business


def _changed(change: StoreChange) -> list[str]:
    """The names of what was sent; the log tells no values."""
    names = StoreChange.__dataclass_fields__
    return sorted(name for name in names if getattr(change, name) not in (None, {}, frozenset()))


async def _store_of(unit: UnitOfWork, business: Business) -> Store:
    store = await unit.session.get(Store, business.id)
    if store is None:
        store = Store(business_id=business.id)
        unit.session.add(store)
    return store


def _accent(typed: str | None, problems: list[Problem]) -> str | None:
    if not typed:
        return None
    accent = colours.read_colour(typed)
    if accent is None:
        message = _("Please write the colour as six signs, for example 1e2a56.")
        problems.append(Problem("accent", message, "INVALID"))
    elif not colours.is_readable(accent):
        message = _(
            "This colour is too pale to read on our pages: {ratio} to 1, and {enough} to 1 is "
            "needed. The nearest one that can be read is {nearest}.",
        )
        told: dict[str, object] = {
            "ratio": f"{colours.least_contrast(accent):.1f}",
            "enough": f"{colours.ENOUGH:g}",
            "nearest": colours.nearest_readable(accent),
        }
        problems.append(Problem("accent", message, "INVALID", told))
    return accent


def _point(typed: str | None, problems: list[Problem]) -> tuple[float, float] | None:
    if not typed:
        return None
    point = points.read_point(typed)
    if point is None:
        message = _("Please write the point as two numbers, for example 22.4167, 105.6333.")
        problems.append(Problem("point", message, "INVALID"))
    return point


def _week(typed: tuple[str, ...] | None, problems: list[Problem]) -> list[Any] | None:
    if not typed or not any(text.strip() for text in typed):
        return None
    week: list[Any] = []
    for number, text in enumerate(typed[: opening.DAYS]):
        try:
            week.append([list(span) for span in opening.read_hours(text)])
        except opening.HoursError:
            message = _("Please write the hours like 7:30-11:30, 13:30-17:00.")
            problems.append(Problem(f"hours.{number}", message, "INVALID"))
    if len(typed) != opening.DAYS:
        problems.append(Problem("hours", _("A week has seven days."), "INVALID"))
    return week


def _number(name: str, typed: str, problems: list[Problem]) -> str | None:
    if not typed.strip():
        return None
    phone = read_vietnamese_phone(typed)
    if phone is None:
        message = _("Please enter a Vietnamese phone number, for example 0912 345 678.")
        problems.append(Problem(name, message, "INVALID"))
        return None
    return "0" + phone.removeprefix("+84")


async def _say(unit: UnitOfWork, business: Business, change: StoreChange) -> None:
    if change.name is not None:
        await _rename(unit, business, nfc(change.name)[:LONGEST_NAME])
    if change.story is not None:
        business.story = change.story or None
    if change.name_en is None and change.story_en is None:
        return
    english = await unit.session.get(BusinessTranslation, (business.id, ENGLISH))
    if english is None:
        english = BusinessTranslation(business_id=business.id, language=ENGLISH)
        unit.session.add(english)
    if change.name_en is not None:
        english.name = nfc(change.name_en)[:LONGEST_NAME] or None
    if change.story_en is not None:
        english.story = change.story_en or None


async def _rename(unit: UnitOfWork, business: Business, name: str) -> None:
    """Give another name; what an officer confirmed is changed by an officer only."""
    if name == business.name:
        return
    if not slugify(name):
        raise InvalidBusinessError(_("Please enter the name of the business."), field="name")
    verification = await unit.session.scalar(verification_queries.of_business(business.id))
    is_checked = verification is not None and verification.state not in OPEN_TO_CHANGES
    if is_verified(business.verification_level) or is_checked:
        raise InvalidBusinessError(
            _("This name was confirmed with your papers. To change it, ask the trade officer."),
            field="name",
        )
    business.name, business.name_folded, business.name_sort = name, fold(name), sort_key(name)
    await drop_foreign_account(unit, business)


async def _hang(unit: UnitOfWork, business: Business, change: StoreChange) -> None:
    if "logo" in change.dropped:
        business.logo_id = None
    if "banner" in change.dropped:
        business.banner_id = None
    if change.logo_id is not None:
        business.logo_id = (await _picture(unit, change.logo_id, "logo")).id
    if change.banner_id is not None:
        business.banner_id = (await _picture(unit, change.banner_id, "banner")).id


async def _picture(unit: UnitOfWork, media_id: UUID, name: str) -> MediaFile:
    found = await unit.session.scalar(media_among(unit.viewer, [media_id]))
    is_usable = found is not None and found.kind is MediaKind.IMAGE and not found.is_private
    if found is None or not is_usable:
        raise NotFoundError(_("There is no such picture."), field=name)
    return found


async def _promise(unit: UnitOfWork, business: Business, change: StoreChange) -> None:
    for language, promises in change.promises.items():
        policy = await unit.session.get(StorePolicy, (business.id, language))
        if policy is None:
            policy = StorePolicy(business_id=business.id, language=language)
            unit.session.add(policy)
        policy.delivery = _long(promises.delivery)
        policy.returns = _long(promises.returns)
        policy.payment = _long(promises.payment)


def _long(text: str) -> str:
    """A text of several lines; each is cleaned, and the lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(nfc(line) for line in lines).strip()[:LONGEST_POLICY]
