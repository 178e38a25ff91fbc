"""Invitations and hand-overs for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from businesses.models import Assistance, Handover, Invitation
from businesses.rules.assistance import ConsentMethod, HelperCapacity
from businesses.rules.people import (
    HANDOVER_LIFETIME,
    INVITATION_LIFETIME,
    invitation_digest,
    invitation_token,
)
from marketplace.app.settings import DEVELOPMENT_SECRET
from marketplace.kernel.database import new_id
from marketplace.kernel.viewer import HelpScope, MemberRole
from tests.factories.accounts import an_email


def link_of(invitation: Invitation) -> str:
    """The secret of an invitation's link, as the post makes it."""
    return invitation_token(DEVELOPMENT_SECRET, invitation.id)


def an_invitation(business_id: UUID, inviter_id: UUID, **overrides: Any) -> Invitation:
    """Somebody is asked to be a clerk; every value may be another."""
    key = new_id()
    now = datetime.now(UTC)
    values: dict[str, Any] = {
        "id": key,
        "business_id": business_id,
        "sent_to": an_email(),
        "role": MemberRole.CLERK,
        "token_hash": invitation_digest(invitation_token(DEVELOPMENT_SECRET, key)),
        "invited_by_id": inviter_id,
        "invited_at": now,
        "expires_at": now + INVITATION_LIFETIME,
    }
    return Invitation(**{**values, **overrides})


def a_handover(business_id: UUID, giver_id: UUID, taker_id: UUID) -> Handover:
    """An owner offers the business to a member."""
    now = datetime.now(UTC)
    return Handover(
        id=new_id(),
        business_id=business_id,
        from_user_id=giver_id,
        to_user_id=taker_id,
        asked_at=now,
        expires_at=now + HANDOVER_LIFETIME,
    )


def an_assistance(
    business_id: UUID, helper_id: UUID, seller_id: UUID, **overrides: Any
) -> Assistance:
    """An officer may act for a seller who agreed by voice; every value may be another."""
    now = datetime.now(UTC)
    values: dict[str, Any] = {
        "id": new_id(),
        "business_id": business_id,
        "helper_id": helper_id,
        "seller_id": seller_id,
        "capacity": HelperCapacity.OFFICER,
        "scopes": [HelpScope.PRODUCTS],
        "method": ConsentMethod.CALL,
        "note": "Gọi 0912 345 678 lúc 9 giờ.",
        "recorded_at": now,
        "confirmed_at": now,
        "expires_at": now + timedelta(days=30),
    }
    return Assistance(**{**values, **overrides})
