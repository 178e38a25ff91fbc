"""Changes to businesses, one function per thing a person can do."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from businesses.errors import InvalidBusinessError
from businesses.events import BusinessChanged
from businesses.models import (
    Business,
    BusinessIdentifier,
    BusinessMember,
    BusinessTranslation,
)
from businesses.policies import businesses as policies
from businesses.queries import businesses as queries
from businesses.queries import stores as store_queries
from businesses.rules.businesses import BusinessKind, BusinessState
from businesses.rules.suspensions import NOTICE
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold, nfc, slugify, sort_key
from marketplace.kernel.transitions import SYSTEM_ROLE, Machine, Transition, move
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import MemberRole

S = BusinessState
_DEPARTMENT = frozenset({"trade officer", "administrator"})


async def _tell(unit: UnitOfWork, business: Business) -> None:
    unit.announce(BusinessChanged(business.id))


async def _free_identifiers(unit: UnitOfWork, business: Business) -> None:
    """Who is gone holds no number back from whom comes after."""
    statement = (
        update(BusinessIdentifier)
        .where(BusinessIdentifier.business_id == business.id, BusinessIdentifier.is_active)
        .values(is_active=False)
    )
    await unit.session.execute(statement)


# Opening is what a verification does (Law 122/2025/QH15 article 17.1: identity before selling).
MACHINE = Machine(
    "business",
    Business,
    (
        Transition(
            "open",
            (S.DRAFT,),
            S.ACTIVE,
            frozenset({"administrator", SYSTEM_ROLE}),
            effects=(_tell,),
        ),
        Transition(
            "announce_suspension",
            (S.ACTIVE,),
            S.ACTIVE,
            _DEPARTMENT | {SYSTEM_ROLE},
            deadline=NOTICE,
            on_due="suspend",
        ),
        Transition("lift_notice", (S.ACTIVE,), S.ACTIVE, _DEPARTMENT),
        Transition(
            "suspend",
            (S.ACTIVE,),
            S.SUSPENDED,
            _DEPARTMENT | {SYSTEM_ROLE},
            effects=(_tell,),
        ),
        Transition("reinstate", (S.SUSPENDED,), S.ACTIVE, _DEPARTMENT, effects=(_tell,)),
        Transition(
            "close",
            (S.DRAFT, S.ACTIVE, S.SUSPENDED),
            S.CLOSED,
            frozenset({"owner", "administrator", SYSTEM_ROLE}),
            effects=(_free_identifiers, _tell),
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
    return business


async def _for_change(unit: UnitOfWork, business_id: UUID) -> Business:
    business = await unit.session.scalar(queries.business_for_change(business_id))
    if business is None:
        raise NotFoundError(_("There is no such business."))
    return business


async def _free_slug(unit: UnitOfWork, name: str, code: str) -> str:
    slug = slugify(name)
    taken = await unit.session.scalar(store_queries.slug_is_taken(slug))
    return f"{slug}-{slugify(code)}" if taken else slug
