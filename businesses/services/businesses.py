"""Changes to businesses, one function per thing a person can do."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from businesses.errors import InvalidBusinessError
from businesses.events import BusinessChanged
from businesses.models import Business, BusinessMember, BusinessTranslation
from businesses.policies import businesses as policies
from businesses.queries import businesses as queries
from businesses.rules.businesses import HIGHEST_LEVEL, BusinessKind, BusinessState
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold, nfc, slugify, sort_key
from marketplace.kernel.transitions import SYSTEM_ROLE, Machine, Transition, move
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import MemberRole

S = BusinessState
MACHINE = Machine(
    "business",
    Business,
    (
        Transition(
            "open",
            (S.DRAFT,),
            S.ACTIVE,
            frozenset({"owner", "trade officer", "administrator", SYSTEM_ROLE}),
        ),
        Transition(
            "suspend",
            (S.ACTIVE,),
            S.SUSPENDED,
            frozenset({"trade officer", "administrator"}),
        ),
        Transition(
            "reinstate",
            (S.SUSPENDED,),
            S.ACTIVE,
            frozenset({"trade officer", "administrator"}),
        ),
        Transition(
            "close",
            (S.DRAFT, S.ACTIVE, S.SUSPENDED),
            S.CLOSED,
            frozenset({"owner", "administrator"}),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a business tells about itself."""

    name: str
    kind: BusinessKind
    place_id: UUID | None = None
    hamlet: str = ""
    phone: str | None = None
    email: str | None = None
    zalo: str | None = None
    website_url: str | None = None
    founded_on: date | None = None
    story: dict[str, Any] | None = None
    translations: dict[str, tuple[str | None, dict[str, Any] | None]] = field(default_factory=dict)


async def create_business(unit: UnitOfWork, code: str, profile: Profile) -> Business:
    """Begin a business; who begins it owns it.

    Raises:
        NotPermittedError: nobody is signed in.
        InvalidBusinessError: the code is taken, or the name is empty.
    """
    if unit.viewer.user_id is None and not unit.viewer.is_system:
        raise NotPermittedError
    name = nfc(profile.name)
    if not name:
        raise InvalidBusinessError(_("Please enter the name of the business."), field="name")
    taken = select(Business.id).where(Business.code == code)
    if await unit.session.scalar(taken) is not None:
        raise InvalidBusinessError(_("This code is taken."), field="code")
    business = Business(
        code=code,
        slug=await _free_slug(unit, name, code),
        name=name,
        name_folded=fold(name),
        name_sort=sort_key(name),
        kind=profile.kind,
        place_id=profile.place_id,
        hamlet=nfc(profile.hamlet),
        phone=profile.phone,
        email=profile.email,
        zalo=profile.zalo,
        website_url=profile.website_url,
        founded_on=profile.founded_on,
        story=profile.story,
    )
    unit.session.add(business)
    await unit.session.flush()
    for language, (translated, story) in profile.translations.items():
        unit.session.add(
            BusinessTranslation(
                business_id=business.id,
                language=language,
                name=translated,
                story=story,
            ),
        )
    if unit.viewer.user_id is not None:
        unit.session.add(
            BusinessMember(
                business_id=business.id,
                user_id=unit.viewer.user_id,
                role=MemberRole.OWNER,
            ),
        )
    unit.announce(BusinessChanged(business.id))
    return business


async def move_business(
    unit: UnitOfWork,
    business_id: UUID,
    transition: str,
    *,
    reason_code: str | None = None,
    note: str | None = None,
) -> Business:
    """Open, suspend, reinstate or close a business.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: the viewer may not do this.
        WrongStateError: its state does not allow it.
    """
    business = await _for_change(unit, business_id)
    roles = policies.roles(unit.viewer, business.id, business.place_id)
    await move(
        unit,
        MACHINE,
        business,
        transition,
        roles=roles,
        reason_code=reason_code,
        note=note,
    )
    unit.announce(BusinessChanged(business.id))
    return business


async def set_verification_level(unit: UnitOfWork, business_id: UUID, level: int) -> Business:
    """Write down how far a business is verified, 0 to 4.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only officers and administrators do this.
        InvalidBusinessError: the level is none.
    """
    business = await _for_change(unit, business_id)
    if not policies.may_supervise(unit.viewer, business.place_id):
        raise NotPermittedError
    if not 0 <= level <= HIGHEST_LEVEL:
        raise InvalidBusinessError(_("The level is a number from 0 to 4."), field="level")
    business.verification_level = level
    unit.announce(BusinessChanged(business.id))
    return business


async def _for_change(unit: UnitOfWork, business_id: UUID) -> Business:
    business = await unit.session.scalar(queries.business_for_change(business_id))
    if business is None:
        raise NotFoundError(_("There is no such business."))
    return business


async def _free_slug(unit: UnitOfWork, name: str, code: str) -> str:
    slug = slugify(name)
    taken = await unit.session.scalar(select(Business.id).where(Business.slug == slug))
    return slug if taken is None else f"{slug}-{slugify(code)}"
