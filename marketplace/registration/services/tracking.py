"""Where a dossier stands, for whoever holds its receipt and knows the telephone's last digits."""

import hmac
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.services.attempts import count_attempts
from marketplace.kernel.errors import TooManyAttemptsError
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.text import nfc
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.registration import queries
from marketplace.registration.models import Dossier
from marketplace.registration.rules.limits import LOOK_UP_FROM_ADDRESS, LOOK_UP_OF_RECEIPT
from marketplace.registration.rules.states import CLOCK_RUNNING
from marketplace.registration.services.sealed import phone_hash

_ENDING: Final = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class LookUp:
    """What somebody typed to find a dossier."""

    receipt: str
    ending: str

    @classmethod
    def of(cls, receipt: str, ending: str) -> "LookUp":
        """The look-up in the form things are kept in."""
        return cls(nfc(receipt).upper().replace(" ", "")[:64], nfc(ending)[:8])


async def count_look_up(
    unit: UnitOfWork, settings: AccountSettings, look_up: LookUp, address: str | None
) -> None:
    """Count a try before it is made, in a transaction of its own.

    Raises:
        TooManyAttemptsError: there were too many.
    """
    tries = [(LOOK_UP_OF_RECEIPT, look_up.receipt), (LOOK_UP_FROM_ADDRESS, address)]
    if wait := await count_attempts(unit, settings, tries):
        raise TooManyAttemptsError(wait)


async def find_dossier(session: AsyncSession, sealer: Sealer, look_up: LookUp) -> Dossier | None:
    """The dossier of a receipt, if the last digits are right; None whichever was wrong."""
    if not _ENDING.fullmatch(look_up.ending):
        return None
    dossier = await session.scalar(queries.dossier_with_receipt(look_up.receipt))
    if dossier is None or dossier.phone_hash is None:
        return None
    told = phone_hash(sealer, dossier, look_up.ending)
    return dossier if hmac.compare_digest(told, dossier.phone_hash) else None


def is_overdue(dossier: Dossier, today: date) -> bool:
    """Whether the office should have decided by now."""
    return (
        dossier.state in CLOCK_RUNNING
        and dossier.expected_on is not None
        and dossier.expected_on < today
    )


def has_lapsed(dossier: Dossier, now: datetime) -> bool:
    """Whether its own deadline has passed, applied or not."""
    return dossier.due_at is not None and dossier.due_at <= now
