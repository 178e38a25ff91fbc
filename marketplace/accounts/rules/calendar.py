"""Which day it is in the province."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

HOME_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(now: datetime) -> date:
    """The day on the wall calendar; offices begin and end by it."""
    return now.astimezone(HOME_ZONE).date()
