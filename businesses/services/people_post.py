"""What is sent to people about the businesses they work for."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from businesses.models import Business, Handover, Invitation
from businesses.ports import page_address
from businesses.rules.people import invitation_token
from marketplace.accounts.models import User
from marketplace.accounts.ports import AccountSettings, Letter
from marketplace.accounts.queries import user_by_contact
from marketplace.accounts.rules.contacts import read_contact
from marketplace.accounts.services.letters import render_letter
from marketplace.accounts.services.post import language_of_user
from marketplace.kernel.i18n import Language, _, translate
from marketplace.kernel.viewer import MemberRole

LETTERS: Final = Path(__file__).parents[1] / "letters"
ROLE_NAMES: Final = {
    MemberRole.OWNER: _("owner"),
    MemberRole.MANAGER: _("manager"),
    MemberRole.CLERK: _("clerk"),
}
_INVITED: Final = _(
    "{site}: {inviter} asks you to be {role} of {business}. Accept within 14 days: {link}"
)
_ASKED: Final = _("{site}: {giver} wants to hand {business} over to you. Answer here: {link}")


@dataclass(frozen=True, slots=True)
class TextMessage:
    """A text message as it leaves the house."""

    phone: str
    text: str


async def invitation_post(
    session: AsyncSession, settings: AccountSettings, invitation_id: UUID
) -> Letter | TextMessage | None:
    """The letter or message that asks somebody to join; None when it was answered already."""
    invitation = await session.get(Invitation, invitation_id)
    if invitation is None or invitation.ended_at is not None:
        return None
    business = await session.get_one(Business, invitation.business_id)
    inviter = await session.get_one(User, invitation.invited_by_id)
    contact = read_contact(invitation.sent_to)
    known = None if contact is None else await session.scalar(user_by_contact(contact))
    language: Language = "vi" if known is None else language_of_user(known)
    token = invitation_token(settings.secret_key, invitation.id)
    link = page_address(settings.public_url, "invitation", language, token)
    role = translate(ROLE_NAMES[invitation.role], language)
    words = {"inviter": name_of(inviter), "business": business.name, "role": role, "link": link}
    if contact is not None and contact.phone is not None:
        text = translate(_INVITED, language, site=settings.site_name, **words)
        return TextMessage(contact.phone, text)
    return render_letter(
        LETTERS,
        "member_invited",
        language,
        invitation.sent_to,
        site_name=settings.site_name,
        **words,
    )


async def handover_post(
    session: AsyncSession, settings: AccountSettings, handover_id: UUID
) -> Letter | TextMessage | None:
    """The letter or message that offers a business; None when it was answered already."""
    handover = await session.get(Handover, handover_id)
    if handover is None or handover.ended_at is not None:
        return None
    business = await session.get_one(Business, handover.business_id)
    giver = await session.get_one(User, handover.from_user_id)
    taker = await session.get_one(User, handover.to_user_id)
    language = language_of_user(taker)
    link = page_address(settings.public_url, "members", language, business.slug)
    words = {"giver": name_of(giver), "business": business.name, "link": link}
    if taker.email is None:
        text = translate(_ASKED, language, site=settings.site_name, **words)
        return TextMessage(taker.phone or "", text)
    return render_letter(
        LETTERS, "handover_asked", language, taker.email, site_name=settings.site_name, **words
    )


def name_of(user: User) -> str:
    """What somebody is called; without a name, a part of the address that tells nobody else."""
    if user.full_name:
        return user.full_name
    contact = user.email or user.phone or ""
    return f"{contact[:3]}…" if contact else "…"
