"""What owners are told when their shop could not be read for days."""

from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from businesses.models import Business, BusinessMember
from businesses.services.people_post import TextMessage
from marketplace.accounts.models import User
from marketplace.accounts.ports import AccountSettings, Letter
from marketplace.accounts.services.letters import render_letter
from marketplace.accounts.services.post import language_of_user
from marketplace.connector.models import ShopConnection
from marketplace.connector.rules.addresses import domain_of
from marketplace.connector.rules.states import ConnectionState
from marketplace.kernel.i18n import Language, _, translate
from marketplace.kernel.viewer import MemberRole

LETTERS: Final = Path(__file__).parents[1] / "letters"
_PAGES: Final[dict[Language, str]] = {
    "vi": "{site}/gian-hang/{slug}/cua-hang-saleor",
    "en": "{site}/en/shop/{slug}/saleor-shop",
}
_LOST: Final = _("{site}: {shop} could not be read for three days, so it was switched off: {link}")


async def loss_post(
    session: AsyncSession,
    settings: AccountSettings,
    connection_id: UUID,
) -> list[Letter | TextMessage]:
    """One message for each owner; none when the connection works again meanwhile."""
    connection = await session.get(ShopConnection, connection_id)
    if connection is None or connection.state is not ConnectionState.DISABLED:
        return []
    business = await session.get_one(Business, connection.business_id)
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
        link = _PAGES[language].format(site=settings.public_url, slug=business.slug)
        shop = domain_of(connection.url)
        if owner.email is None:
            text = translate(_LOST, language, site=settings.site_name, shop=shop, link=link)
            posts.append(TextMessage(owner.phone or "", text))
            continue
        posts.append(
            render_letter(
                LETTERS,
                "connection_lost",
                language,
                owner.email,
                site_name=settings.site_name,
                business=business.name,
                shop=shop,
                link=link,
            ),
        )
    return posts
