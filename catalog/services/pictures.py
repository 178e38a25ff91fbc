"""The pictures of a product: which hang there, in which order, and what they show in words."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, select

from businesses.services.activity import record_change
from catalog.events import ProductsChanged
from catalog.models import Product, ProductMedia
from catalog.services.values import check_distinct, checked_length
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.models import MediaFile

LONGEST_ALT = 250


async def write_media(
    unit: UnitOfWork,
    product: Product,
    media_ids: Sequence[UUID] | None,
    words: Mapping[UUID, str] | None = None,
) -> None:
    """Hang these pictures, in this order; what one showed in words it keeps.

    Raises:
        NotFoundError: one of them does not exist.
        InvalidProductError: one is named twice, or its words are too long.
    """
    if media_ids is None:
        return
    check_distinct(media_ids, "media")
    usable = select(MediaFile.id).where(
        MediaFile.id.in_(media_ids),
        MediaFile.is_private.is_(False),
    )
    if set(await unit.session.scalars(usable)) != set(media_ids):
        raise NotFoundError(_("One of the pictures does not exist."), field="media")
    hung = select(ProductMedia).where(ProductMedia.product_id == product.id)
    told = {each.media_id: each.alt for each in await unit.session.scalars(hung)}
    told |= {
        key: checked_length(text, LONGEST_ALT, "alt") for key, text in (words or {}).items() if text
    }
    await unit.session.execute(
        delete(ProductMedia).where(ProductMedia.product_id == product.id),
        execution_options={"synchronize_session": "fetch"},
    )
    for position, media_id in enumerate(media_ids):
        unit.session.add(
            ProductMedia(
                product_id=product.id,
                media_id=media_id,
                position=position,
                alt=told.get(media_id) or product.name,
            ),
        )
    product.cover_id = media_ids[0] if media_ids else None


async def hang_pictures(
    unit: UnitOfWork,
    product: Product,
    pictures: Sequence[tuple[UUID, str]],
) -> None:
    """Hang these pictures with these words on a product that is locked, and say so.

    Raises:
        NotFoundError: one of them does not exist.
        InvalidProductError: one is named twice, or its words are too long.
    """
    await write_media(unit, product, [key for key, _words in pictures], dict(pictures))
    product.updated_at = unit.now
    thing = ("product", product.id)
    record_change(
        unit, product.business_id, "product.edited", thing, product.name, fields=["media"]
    )
    unit.announce(ProductsChanged((product.id,)))
