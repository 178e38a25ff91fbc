"""The other seller, her people, and officials who have nothing to do with the first one."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from businesses.models import Business, BusinessMember
from marketplace.accounts.models import User
from marketplace.app.composition import Composition
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import (
    SYSTEM,
    VISITOR,
    Assisting,
    HelpScope,
    MemberRole,
    OfficerFunction,
    OfficerGrant,
    Viewer,
)
from tests.factories.accounts import a_user, an_officer
from tests.factories.businesses import a_business
from tests.factories.catalog import a_product, a_variant
from tests.factories.people import an_assistance
from tests.factories.places import a_place
from tests.factories.world import World

ELSEWHERE = (OfficerFunction.TRADE, OfficerFunction.REGISTRATION)
OTHER_TASKS = (OfficerFunction.TOURISM, OfficerFunction.LABOUR)


class Outsiders:
    """Everybody who must not see what the first seller keeps for herself, by name."""

    def __init__(self, business: Business) -> None:
        self.business = business
        self.viewers: dict[str, Viewer] = {"visitor": VISITOR}
        self.users: dict[str, User] = {}
        self.things: dict[str, Any] = {}


async def outsiders_of(composition: Composition, world: World) -> Outsiders:
    """Make them: each really has an account, and what goes with the role."""
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        session = unit.session
        far = a_place(code="00000", name="Xã Ở Xa", slug="xa-o-xa", parent_id=None)
        session.add(far)
        await session.flush()
        other = a_business(name="Cơ sở láng giềng", place_id=far.id)
        session.add(other)
        await session.flush()
        made = Outsiders(other)
        made.users["stranger"] = await a_user(session)
        made.viewers["stranger"] = Viewer(user_id=made.users["stranger"].id)
        for role in MemberRole:
            user = made.users[f"other {role}"] = await a_user(session)
            session.add(BusinessMember(business_id=other.id, user_id=user.id, role=role))
            made.viewers[f"other {role}"] = Viewer(
                user_id=user.id, memberships={other.id: role}, buys_wholesale=True
            )
        for name, functions, place in (
            ("officer elsewhere", ELSEWHERE, far.id),
            ("officer of another task", OTHER_TASKS, None),
        ):
            user = made.users[name] = await an_officer(session, functions[0], place)
            grants = frozenset(OfficerGrant(function, place) for function in functions)
            made.viewers[name] = Viewer(user_id=user.id, grants=grants)
        user = made.users["helper"] = await a_user(session)
        seller = made.users["other owner"]
        help_given = an_assistance(other.id, user.id, seller.id, scopes=list(HelpScope))
        session.add(help_given)
        await session.flush()
        acting = Assisting(help_given.id, other.id, frozenset(HelpScope))
        made.viewers["helper"] = Viewer(user_id=user.id, on_behalf_of=seller.id, assisting=acting)
        made.things |= await _goods(session, other, world)
    made.viewers["all at once"] = _with_every_right(made)
    return made


def _with_every_right(made: Outsiders) -> Viewer:
    """One person who is all of them: what none of them may see, this one may not see either."""
    held = [viewer for viewer in made.viewers.values() if viewer.grants]
    return Viewer(
        user_id=made.users["other owner"].id,
        memberships={made.business.id: MemberRole.OWNER},
        grants=frozenset(grant for viewer in held for grant in viewer.grants),
        buys_wholesale=True,
    )


async def _goods(session: AsyncSession, other: Business, world: World) -> dict[str, Any]:
    product = a_product(
        name="Chè láng giềng",
        business_id=other.id,
        category_id=world["noodles"].id,
        product_type_id=world["type"].id,
        published_at=datetime.now(UTC) - timedelta(days=1),
    )
    session.add(product)
    await session.flush()
    variant = a_variant(product.id)
    session.add(variant)
    await session.flush()
    return {"Business": other, "Product": product, "ProductVariant": variant}
