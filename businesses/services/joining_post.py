"""What owners are told about their business: where its check stands, and suspensions."""

from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from businesses.models import Business, BusinessMember, Suspension, Verification
from businesses.ports import page_address
from businesses.rules.suspensions import SuspensionKind
from businesses.services.people_post import LETTERS, TextMessage
from marketplace.accounts.models import User
from marketplace.accounts.ports import AccountSettings, Letter
from marketplace.accounts.rules.calendar import local_day
from marketplace.accounts.services.letters import render_letter
from marketplace.accounts.services.post import language_of_user
from marketplace.kernel.i18n import _, translate
from marketplace.kernel.viewer import MemberRole

_NEWS: Final = {
    "submit": _("{business} was handed in. An officer looks at it; we tell you what comes of it."),
    "ask_for_changes": _("{business}: something has to be changed before it can be verified."),
    "verify": _("{business} is verified. You can sell now."),
    "refuse": _("{business} could not be verified. The reason stands on the page."),
}
_NOTICE: Final = _("{business} will be suspended on {day}. Reason: {reason}")
_ORDER: Final = _("{business} is suspended by order of {authority}. Reason: {reason}")


async def verification_news(
    session: AsyncSession,
    settings: AccountSettings,
    verification_id: UUID,
    transition: str,
) -> list[Letter | TextMessage]:
    """One message for each owner about what happened to the verification."""
    verification = await session.get(Verification, verification_id)
    if verification is None or transition not in _NEWS:
        return []
    business = await session.get_one(Business, verification.business_id)
    return await _to_owners(session, settings, business, _NEWS[transition], {})


async def suspension_news(
    session: AsyncSession,
    settings: AccountSettings,
    suspension_id: UUID,
) -> list[Letter | TextMessage]:
    """One message for each owner about a suspension; none when it was lifted meanwhile."""
    suspension = await session.get(Suspension, suspension_id)
    if suspension is None or suspension.lifted_at is not None:
        return []
    business = await session.get_one(Business, suspension.business_id)
    words = {
        "reason": suspension.reason,
        "authority": suspension.authority,
        "day": f"{local_day(suspension.takes_effect_at):%d/%m/%Y}",
    }
    is_order = suspension.kind is SuspensionKind.ORDER
    return await _to_owners(session, settings, business, _ORDER if is_order else _NOTICE, words)


async def _to_owners(
    session: AsyncSession,
    settings: AccountSettings,
    business: Business,
    message: str,
    words: dict[str, str],
) -> list[Letter | TextMessage]:
    owners = (
        select(User)
        .join(BusinessMember, BusinessMember.user_id == User.id)
        .where(
            BusinessMember.business_id == business.id,
            BusinessMember.role == MemberRole.OWNER,
            User.is_active,
        )
    )
    posts: list[Letter | TextMessage] = []
    for owner in await session.scalars(owners):
        language = language_of_user(owner)
        text = translate(message, language, business=business.name, **words)
        link = page_address(settings.public_url, "joining", language, business.slug)
        if owner.email is None:
            posts.append(TextMessage(owner.phone or "", f"{settings.site_name}: {text} {link}"))
            continue
        posts.append(
            render_letter(
                LETTERS,
                "joining_news",
                language,
                owner.email,
                site_name=settings.site_name,
                business=business.name,
                text=text,
                link=link,
            ),
        )
    return posts
