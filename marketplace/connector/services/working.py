"""What the work on a shop needs: transactions of its own, and the parts of the house it uses."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TypeAlias

from marketplace.connector.ports import ShopReader
from marketplace.kernel.review import DisplayReview
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.ports import MediaStore

Change: TypeAlias = Callable[[], AbstractAsyncContextManager[UnitOfWork]]


@dataclass(frozen=True, slots=True)
class Workshop:
    """Who reads the shop, opens its token, keeps its pictures, and says what may be shown."""

    change: Change
    reader: ShopReader
    sealer: Sealer
    store: MediaStore
    review: DisplayReview
