"""The demo's people: those who buy, sell, watch over and administer."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from businesses.models import Business, BusinessMember
from marketplace.accounts.models import OfficerAppointment, User
from marketplace.accounts.services.offices import appoint_officer
from marketplace.accounts.services.users import create_user
from marketplace.app.demo import DEMO_DOMAIN, DEMO_PASSWORD
from marketplace.app.seeding.data import ProvinceData
from marketplace.app.seeding.rows import keep
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import MemberRole, OfficerFunction

# Local part of the address: given name, family and middle names.
NAMES: Final = {
    "buyer": ("Hạnh", "Lý Thị"),
    "company": ("Quang", "Phạm Đức"),
    "seller": ("Nắng", "Hoàng Thị"),
    "clerk": ("Dũng", "Nông Văn"),
    "seeker": ("Mai", "Triệu Thị"),
    "officer.trade": ("Thương", "Bế Thị"),
    "officer.labour": ("Công", "Đinh Văn"),
    "officer.tourism": ("Lâm", "Hà Thị"),
    "officer.registration": ("Ký", "Nguyễn Văn"),
    "admin": ("Trị", "Ban Quản"),
}
SELLERS_SHOP: Final = "HTX-001"
APPOINTED_ON: Final = date(2025, 7, 1)


async def load_people(unit: UnitOfWork) -> dict[str, UUID]:
    """Everybody of the demo, by the local part of their address."""
    people: dict[str, UUID] = {}
    for name, (first_name, last_name) in NAMES.items():
        email = f"{name}@{DEMO_DOMAIN}"
        user = await unit.session.scalar(select(User).where(User.email == email))
        if user is None:
            user = await create_user(
                unit,
                email=email,
                password=DEMO_PASSWORD,
                first_name=first_name,
                last_name=last_name,
                is_administrator=name == "admin",
            )
            await unit.session.flush()
        people[name] = user.id
    return people


async def appoint_officers(unit: UnitOfWork, data: ProvinceData, people: dict[str, UUID]) -> None:
    """Give the demo's officers their functions, for the whole province."""
    departments = {each["function"]: each["name"]["vi"] for each in data.departments}
    for function in OfficerFunction:
        user_id = people[f"officer.{function.value}"]
        held = select(OfficerAppointment.id).where(
            OfficerAppointment.user_id == user_id,
            OfficerAppointment.function == function,
        )
        if await unit.session.scalar(held) is None:
            await appoint_officer(
                unit,
                user_id,
                function,
                department_name=departments.get(function.value, ""),
                starts_on=APPOINTED_ON,
            )


async def seat_members(unit: UnitOfWork, people: dict[str, UUID]) -> None:
    """The seller owns a shop, the clerk works there."""
    shop = (await unit.session.scalars(select(Business).where(Business.code == SELLERS_SHOP))).one()
    for name, role in (("seller", MemberRole.OWNER), ("clerk", MemberRole.CLERK)):
        keys = {"business_id": shop.id, "user_id": people[name]}
        await keep(unit.session, BusinessMember, keys, role=role)
