"""How often the public look-up may be tried: four digits are guessed quickly otherwise."""

from datetime import timedelta
from typing import Final

from marketplace.accounts.rules.limits import Limit

LOOK_UP_OF_RECEIPT: Final = Limit(
    "look-up of receipt", 6, timedelta(hours=6), timedelta(seconds=30), timedelta(hours=1)
)
LOOK_UP_FROM_ADDRESS: Final = Limit(
    "look-up from address", 40, timedelta(minutes=30), timedelta(seconds=30), timedelta(minutes=15)
)
