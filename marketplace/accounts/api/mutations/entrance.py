"""What every door of accounts does first: read the settings, and count the try."""

from collections.abc import Sequence

from marketplace.accounts.ports import ACCOUNT_SETTINGS, AccountSettings
from marketplace.accounts.services.attempts import Try, count_attempts
from marketplace.kernel.context import Info
from marketplace.kernel.errors import TooManyAttemptsError


def settings_of(info: Info) -> AccountSettings:
    """What the deployment says about itself."""
    return info.context.ports[ACCOUNT_SETTINGS]


async def count_try(info: Info, tries: Sequence[Try]) -> int:
    """Count a try in a transaction of its own; how many seconds to wait."""
    async with info.context.change() as unit:
        return await count_attempts(unit, settings_of(info), tries)


async def admit(info: Info, tries: Sequence[Try]) -> None:
    """Count a try, and let it pass while it may.

    Raises:
        TooManyAttemptsError: it was tried too often.
    """
    seconds = await count_try(info, tries)
    if seconds:
        raise TooManyAttemptsError(seconds)
