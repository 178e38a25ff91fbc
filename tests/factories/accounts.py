"""People for tests: each one new, with a password that everybody here knows."""

import secrets
from datetime import UTC, date, datetime
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.accounts.models import OfficerAppointment, User
from marketplace.kernel.viewer import OfficerFunction, OfficerGrant, Viewer

PASSWORD = "cho-phien-ba-be"


def an_email() -> str:
    """An address nobody had before."""
    return f"nguoi-{secrets.token_hex(6)}@example.com"


def a_phone() -> str:
    """A Vietnamese mobile number, in E.164, that hardly anybody had before."""
    return f"+8491{secrets.randbelow(10**7):07}"


@cache
def a_password_hash(password: str = PASSWORD) -> str:
    """A weak, quick hash: tests make many people."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


async def a_user(session: AsyncSession, **values: object) -> User:
    """A confirmed person, known by e-mail unless told otherwise."""
    now = datetime.now(UTC)
    defaults: dict[str, object] = {
        "email": None if values.get("phone") else an_email(),
        "password_hash": a_password_hash(),
        "first_name": "Mai",
        "last_name": "Nông Thị",
        "is_confirmed": True,
        "token_key": secrets.token_hex(8),
        "date_joined": now,
        "password_changed_at": now,
    }
    user = User(**(defaults | values))
    session.add(user)
    await session.flush()
    return user


async def an_officer(
    session: AsyncSession,
    function: OfficerFunction = OfficerFunction.TRADE,
    place_id: UUID | None = None,
    **values: object,
) -> User:
    """A person who holds a public function."""
    user = await a_user(session, **values)
    session.add(
        OfficerAppointment(
            user_id=user.id,
            function=function,
            place_id=place_id,
            department_name="Sở Công Thương",
            starts_on=date(2025, 7, 1),
        ),
    )
    await session.flush()
    return user


def viewer_of(user: User, *grants: OfficerGrant) -> Viewer:
    """The person as a viewer."""
    return Viewer(
        user_id=user.id,
        grants=frozenset(grants),
        is_administrator=user.is_administrator,
    )
