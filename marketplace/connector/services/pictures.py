"""Pictures of a shop's goods: fetched once each, never more than a pull may cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

import structlog
from sqlalchemy import select

from marketplace.connector.ports import ShopError, ShopReader
from marketplace.connector.rules.goods import ShopGood
from marketplace.connector.services.working import Change
from marketplace.kernel.errors import DomainError
from marketplace.media.models import MediaFile
from marketplace.media.ports import MediaStore
from marketplace.media.services.uploads import Alt, upload_image

log = structlog.get_logger(__name__)

MOST_PICTURES: Final = 1000
MOST_BYTES: Final = 500 * 1024 * 1024
_MOST_FAILURES: Final = 10


@dataclass(slots=True)
class PictureBudget:
    """What one pull may still fetch; the rest comes with the next one."""

    pictures: int = MOST_PICTURES
    left: int = MOST_BYTES
    failures: int = _MOST_FAILURES

    @property
    def is_spent(self) -> bool:
        """Whether no more is fetched."""
        return self.pictures <= 0 or self.left <= 0 or self.failures <= 0


async def keep_pictures(
    change: Change,
    reader: ShopReader,
    store: MediaStore,
    business_id: UUID,
    goods: Iterable[ShopGood],
    budget: PictureBudget,
) -> Mapping[str, UUID]:
    """The keys of the goods' pictures that we have, fetching those that we lack.

    A picture's key follows from its address, so that a pull that was cut off stores none twice.
    """
    names = {url: good.name for good in goods for url in good.pictures}
    keys = {url: uuid5(business_id, url) for url in names}
    async with change() as unit:
        known = select(MediaFile.id).where(MediaFile.id.in_(keys.values()))
        there = set(await unit.session.scalars(known))
    for url, key in keys.items():
        if key in there or budget.is_spent:
            continue
        try:
            data = await reader.picture(url)
            budget.pictures -= 1
            budget.left -= len(data)
            async with change() as unit:
                await upload_image(unit, store, data, alt=Alt(vi=names[url]), media_id=key)
        except (ShopError, DomainError) as problem:
            budget.failures -= isinstance(problem, ShopError)
            log.info("connector.picture_left_out", problem=type(problem).__name__)
        else:
            there.add(key)
    return {url: key for url, key in keys.items() if key in there}
