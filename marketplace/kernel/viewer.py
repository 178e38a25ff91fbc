"""Who is asking, and what they hold."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class MemberRole(StrEnum):
    """What a member may do in a business: owners everything, clerks day-to-day work."""

    OWNER = "owner"
    MANAGER = "manager"
    CLERK = "clerk"


class OfficerFunction(StrEnum):
    """The public task an officer's rights are bound to, whatever the department is called."""

    TRADE = "trade"
    TOURISM = "tourism"
    LABOUR = "labour"
    REGISTRATION = "registration"


class HelpScope(StrEnum):
    """What a helper may do for a seller who asked for help."""

    PRODUCTS = "products"
    STOCK = "stock"
    ORDERS = "orders"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Assisting:
    """For which business the viewer acts at the moment, how far, and by which recorded consent."""

    assistance_id: UUID
    business_id: UUID
    scopes: frozenset[HelpScope]
    business_name: str = ""
    business_slug: str = ""


@dataclass(frozen=True, slots=True)
class OfficerGrant:
    """A right by function and place; no place means the whole province."""

    function: OfficerFunction
    place_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person on whose behalf a request or job runs; `user_id` is None for a visitor.

    Who acts for a seller (`assisting`) has laid down everything else for that time: memberships,
    offices and administration are empty, and `on_behalf_of` is the seller who consented.
    """

    user_id: UUID | None = None
    memberships: dict[UUID, MemberRole] = field(default_factory=dict)
    grants: frozenset[OfficerGrant] = frozenset()
    is_administrator: bool = False
    is_system: bool = False
    buys_wholesale: bool = False
    session_id: UUID | None = None
    on_behalf_of: UUID | None = None
    assisting: Assisting | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody stands behind the request."""
        return self.user_id is not None

    def role_in(self, business_id: UUID) -> MemberRole | None:
        """The viewer's role in the business, None for strangers."""
        return self.memberships.get(business_id)

    def assists(self, business_id: UUID, scope: HelpScope) -> bool:
        """Whether the viewer acts for the business now, and may do this for it."""
        acting = self.assisting
        return acting is not None and acting.business_id == business_id and scope in acting.scopes

    @property
    def businesses(self) -> frozenset[UUID]:
        """The businesses whose unpublished things the viewer may see: one's own, or the helped."""
        if self.assisting is not None:
            return frozenset({self.assisting.business_id})
        return frozenset(self.memberships)

    def is_officer(self, function: OfficerFunction, place_id: UUID | None = None) -> bool:
        """Whether the viewer holds the function for the place, or for the whole province."""
        return any(
            grant.function is function and grant.place_id in {None, place_id}
            for grant in self.grants
        )


VISITOR = Viewer()
SYSTEM = Viewer(is_system=True)
