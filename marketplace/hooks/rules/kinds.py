"""What messages there are, and the states of endpoints and deliveries."""

from enum import StrEnum
from typing import Final

# Every type that this marketplace announces to other systems, in the order they are offered.
TYPES: Final = (
    "registration.dossier.status_changed",
    "business.activated",
)
# Sent only when somebody asks to see whether messages arrive.
TEST_TYPE: Final = "webhook.test"


class EndpointState(StrEnum):
    """Whether messages are sent to an endpoint."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    REMOVED = "removed"


class DeliveryState(StrEnum):
    """How far one message to one endpoint got."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
