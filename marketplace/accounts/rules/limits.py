"""How often something may be tried before one has to wait."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries are free; after each further one a wait follows that doubles every time.

    Attributes:
        name: what is tried, and by what it is counted.
        free: how many tries nobody waits for.
        window: so long after the first try everything is forgotten.
        first_wait: the first wait.
        longest_wait: no wait is longer.
    """

    name: str
    free: int
    window: timedelta
    first_wait: timedelta
    longest_wait: timedelta


def _flat(name: str, free: int, window: timedelta) -> Limit:
    return Limit(name, free, window, window, window)


# Whole communes share the address of one mobile network, so addresses are given more room.
SIGN_IN_OF_ACCOUNT: Final = Limit(
    "sign-in of account", 10, timedelta(hours=6), timedelta(seconds=5), timedelta(minutes=15)
)
# Whoever found an open browser does not use up the tries of the person at the door.
PASSWORD_OF_VIEWER: Final = Limit(
    "password of viewer", 10, timedelta(hours=6), timedelta(seconds=5), timedelta(minutes=15)
)
SIGN_IN_FROM_ADDRESS: Final = Limit(
    "sign-in from address", 60, timedelta(minutes=30), timedelta(seconds=30), timedelta(minutes=15)
)
SIGN_UP_FROM_ADDRESS: Final = _flat("sign-up from address", 30, timedelta(hours=1))
SIGN_UP_OF_CONTACT: Final = _flat("sign-up of contact", 5, timedelta(hours=1))
IDENTITY_FROM_ADDRESS: Final = _flat("identity from address", 120, timedelta(hours=1))
CONSENTS_OF_PERSON: Final = _flat("consents of person", 60, timedelta(hours=24))
INVITATIONS_OF_PERSON: Final = _flat("invitations of person", 40, timedelta(hours=24))
RESET_OF_ACCOUNT: Final = _flat("reset of account", 5, timedelta(hours=1))
RESET_FROM_ADDRESS: Final = _flat("reset from address", 30, timedelta(hours=1))
CODE_OF_ACCOUNT: Final = Limit(
    "code of account", 10, timedelta(hours=6), timedelta(seconds=30), timedelta(hours=1)
)
CODE_FROM_ADDRESS: Final = _flat("code from address", 60, timedelta(hours=1))
