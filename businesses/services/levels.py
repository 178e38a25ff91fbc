"""The one place where the level of a business is written."""

from sqlalchemy import select

from businesses.events import BusinessChanged
from businesses.models import Business, Verification, VerificationCheck
from businesses.queries import joining as queries
from businesses.rules.verification import VerificationChannel, VerificationState, level_of
from marketplace.kernel.unit_of_work import UnitOfWork


async def passed_channels(unit: UnitOfWork, business: Business) -> frozenset[VerificationChannel]:
    """The sources that confirm the business today."""
    checks = await unit.session.scalars(queries.standing_checks([business.id], unit.now))
    return frozenset(check.channel for check in checks if check.passed)


async def refresh_level(unit: UnitOfWork, business: Business) -> int:
    """Compute the level from the checks that stand, and keep it.

    A business that never joined through a verification (the demo's own data) keeps what it has.
    """
    await unit.session.flush()
    statement = select(Verification.state).where(Verification.business_id == business.id)
    state = await unit.session.scalar(statement)
    if state is None:
        return business.verification_level
    passed = await passed_channels(unit, business)
    level = level_of(passed, is_verified=state is VerificationState.VERIFIED)
    if level != business.verification_level:
        business.verification_level = level
        unit.announce(BusinessChanged(business.id))
    return level


async def keep_check(unit: UnitOfWork, business: Business, check: VerificationCheck) -> None:
    """Keep what a source said, and what that makes of the level."""
    unit.session.add(check)
    await refresh_level(unit, business)
