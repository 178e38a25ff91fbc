"""The demo's people around the seller's shop: somebody is invited, somebody helps."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from businesses.models import Assistance, Business, Invitation
from businesses.rules.assistance import ConsentMethod, HelperCapacity
from businesses.rules.people import INVITATION_LIFETIME, invitation_digest, invitation_token
from marketplace.app.seeding.people import SELLERS_SHOP
from marketplace.kernel.database import new_id
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import HelpScope, MemberRole

INVITED: Final = "ban-hang-moi@example.com"
HELP_LASTS: Final = timedelta(days=180)


async def load_colleagues(unit: UnitOfWork, secret_key: str, people: dict[str, UUID]) -> None:
    """An open invitation and a recorded consent; both are left alone once they are there.

    Written as rows, because the demo's letters would reach nobody.
    """
    shop = (await unit.session.scalars(select(Business).where(Business.code == SELLERS_SHOP))).one()
    seller, officer = people["seller"], people["officer.trade"]
    invited = select(Invitation.id).where(
        Invitation.business_id == shop.id, Invitation.sent_to == INVITED
    )
    if await unit.session.scalar(invited.limit(1)) is None:
        key = new_id()
        unit.session.add(
            Invitation(
                id=key,
                business_id=shop.id,
                sent_to=INVITED,
                role=MemberRole.MANAGER,
                token_hash=invitation_digest(invitation_token(secret_key, key)),
                invited_by_id=seller,
                invited_at=unit.now,
                expires_at=unit.now + INVITATION_LIFETIME,
            )
        )
    helped = select(Assistance.id).where(
        Assistance.business_id == shop.id, Assistance.helper_id == officer
    )
    if await unit.session.scalar(helped.limit(1)) is None:
        unit.session.add(
            Assistance(
                business_id=shop.id,
                helper_id=officer,
                seller_id=seller,
                capacity=HelperCapacity.OFFICER,
                scopes=[HelpScope.PRODUCTS, HelpScope.STOCK],
                method=ConsentMethod.WITNESS,
                witness="Nông Văn Dũng, trưởng thôn",
                recorded_at=unit.now,
                confirmed_at=unit.now,
                expires_at=unit.now + HELP_LASTS,
            )
        )
