"""The kinds of business that can be registered, and what each becomes."""

from enum import StrEnum
from typing import Final

from businesses.rules.businesses import BusinessKind


class DossierKind(StrEnum):
    """What is to be registered (Decree 168/2025/NĐ-CP; Law on Co-operatives 17/2023/QH15)."""

    HOUSEHOLD = "household"
    PRIVATE_ENTERPRISE = "private_enterprise"
    LLC_ONE_MEMBER = "llc_one_member"
    LLC = "llc"
    JOINT_STOCK = "joint_stock"
    COOPERATIVE = "cooperative"


BECOMES: Final = {
    DossierKind.HOUSEHOLD: BusinessKind.HOUSEHOLD,
    DossierKind.PRIVATE_ENTERPRISE: BusinessKind.ENTERPRISE,
    DossierKind.LLC_ONE_MEMBER: BusinessKind.ENTERPRISE,
    DossierKind.LLC: BusinessKind.ENTERPRISE,
    DossierKind.JOINT_STOCK: BusinessKind.ENTERPRISE,
    DossierKind.COOPERATIVE: BusinessKind.COOPERATIVE,
}
