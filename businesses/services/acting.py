"""For whom somebody acts, worked out anew for every request."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from businesses.queries import assistance as queries
from businesses.rules.assistance import HelperCapacity
from marketplace.accounts.services.viewers import ViewerParts
from marketplace.kernel.viewer import Assisting, HelpScope, OfficerFunction, OfficerGrant, Viewer


async def add_assistance(session: AsyncSession, parts: ViewerParts) -> None:
    """Tell for whom the person acts in this browser, as long as consent and office hold.

    An ended consent, a passed day, or an office that was given up end it by the next request.
    Only who holds an office or works for a co-operative can act, so others cost no statement.
    """
    if parts.session_id is None or not (parts.grants or parts.memberships):
        return
    statement = queries.acting_in_session(parts.session_id, datetime.now(UTC))
    row = (await session.execute(statement)).first()
    if row is None:
        return
    assistance, name, slug, place_id = row
    held = frozenset(parts.grants)
    if assistance.capacity is HelperCapacity.OFFICER:
        wanted = {OfficerGrant(OfficerFunction.TRADE, place) for place in (None, place_id)}
        if not held & wanted:
            return
    else:
        person = Viewer(user_id=parts.user_id, memberships=parts.memberships)
        if await session.scalar(queries.helping_cooperatives(person).limit(1)) is None:
            return
    parts.on_behalf_of = assistance.seller_id
    parts.assisting = Assisting(
        assistance_id=assistance.id,
        business_id=assistance.business_id,
        scopes=frozenset(HelpScope(each) for each in assistance.scopes),
        business_name=name,
        business_slug=slug,
    )
