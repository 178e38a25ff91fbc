"""Rules of the people of a business: how long an invitation lasts, who may be whose equal."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from marketplace.accounts.rules.secrets import derive
from marketplace.kernel.viewer import MemberRole

INVITATION_LIFETIME: Final = timedelta(days=14)
HANDOVER_LIFETIME: Final = timedelta(days=14)
MOST_INVITATIONS: Final = 20
_TOKEN_BYTES: Final = 18


class EndReason(StrEnum):
    """How an invitation or a hand-over ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"


def invitation_token(secret_key: str, invitation_id: UUID) -> str:
    """The secret of an invitation's link.

    Made again from the row's id and the site's key by the job that sends it, so that it stands
    nowhere in the database.
    """
    digest = derive(secret_key, "business invitation", str(invitation_id))
    return urlsafe_b64encode(digest[:_TOKEN_BYTES]).decode("ascii")


def invitation_digest(token: str) -> bytes:
    """What is kept of a link's secret; it is long enough for a plain hash."""
    return hashlib.sha256(token.encode()).digest()


def may_give(own: MemberRole | None, role: MemberRole) -> bool:
    """Owners give every role and take it; managers look after clerks only."""
    if own is MemberRole.OWNER:
        return True
    return own is MemberRole.MANAGER and role is MemberRole.CLERK
