"""What is sent to sellers whom somebody helps."""

from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from businesses.models import Assistance, Business
from businesses.ports import page_address
from businesses.rules.assistance import consent_code, end_token
from businesses.services.people_post import LETTERS, TextMessage, name_of
from marketplace.accounts.models import User
from marketplace.accounts.ports import AccountSettings, Letter
from marketplace.accounts.rules.calendar import local_day
from marketplace.accounts.services.letters import render_letter
from marketplace.accounts.services.post import language_of_user
from marketplace.kernel.i18n import _, translate
from marketplace.kernel.viewer import HelpScope

SCOPE_NAMES: Final = {
    HelpScope.PRODUCTS: _("goods and prices"),
    HelpScope.STOCK: _("stock"),
    HelpScope.ORDERS: _("orders"),
    HelpScope.PAPERS: _("papers"),
}
_CODE: Final = _(
    "{site}: {code} lets {helper} act for {business}. Tell it only to them. Good for 10 minutes."
)
_TOLD: Final = _(
    "{site}: {helper} acts for {business} until {until}. To stop it at any time: {link}"
)


async def assistance_post(
    session: AsyncSession, settings: AccountSettings, assistance_id: UUID
) -> Letter | TextMessage | None:
    """The code, or the news that somebody helps with the link that ends it; None when it is over.

    Whoever agreed by voice or before a witness learns of it, too: what nobody agreed to is found
    out that way.
    """
    found = await session.get(Assistance, assistance_id)
    if found is None or found.ended_at is not None:
        return None
    business = await session.get_one(Business, found.business_id)
    helper = await session.get_one(User, found.helper_id)
    seller = await session.get_one(User, found.seller_id)
    language = language_of_user(seller)
    words = {"helper": name_of(helper), "business": business.name}
    if found.confirmed_at is None:
        code = consent_code(settings.secret_key, found.id)
        text = translate(_CODE, language, site=settings.site_name, code=code, **words)
        return TextMessage(seller.phone or "", text)
    token = end_token(settings.secret_key, found.id)
    words |= {
        "link": page_address(settings.public_url, "end_help", language, token),
        "until": f"{local_day(found.expires_at):%d/%m/%Y}",
    }
    if seller.phone is not None:
        text = translate(_TOLD, language, site=settings.site_name, **words)
        return TextMessage(seller.phone, text)
    scopes = ", ".join(translate(SCOPE_NAMES[HelpScope(each)], language) for each in found.scopes)
    return render_letter(
        LETTERS,
        "assistance_recorded",
        language,
        seller.email or "",
        site_name=settings.site_name,
        scopes=scopes,
        **words,
    )
