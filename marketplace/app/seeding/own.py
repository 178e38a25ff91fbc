"""A picture of its own for every product of the demo, drawn after the site has opened.

The first page should not wait for five hundred drawings: the seed hangs a few per kind, and a
worker draws the others when nothing else is to be done.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from procrastinate import Blueprint, JobContext
from sqlalchemy import delete, select

from businesses.models import Business
from catalog.events import ProductsChanged
from catalog.models import Product, ProductMedia
from marketplace.app.seeding.drawing import (
    LATER_SIZES,
    Drawing,
    Drawn,
    Subject,
    drawing_program,
    drawn_elsewhere,
)
from marketplace.app.seeding.goods import DRAWINGS_OF_A_KIND, Goods
from marketplace.app.seeding.pictures import prepared
from marketplace.kernel.jobs import Tools, defer, tools_of
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.media.ports import MEDIA_STORE
from marketplace.media.services.uploads import store_prepared_image

jobs = Blueprint()
TOGETHER: Final = 12
LOWEST_PRIORITY: Final = -10
_OWN_SEEDS: Final = 1000


def own_drawing(goods: Goods) -> Drawing:
    """The product's own drawing: no other product of its kind has the same."""
    shared = goods.drawing
    return Drawing(
        shared.subject,
        shared.name,
        _OWN_SEEDS + goods.number,
        shared.alt_vi,
        shared.alt_en,
    )


async def order_own_pictures(unit: UnitOfWork, goods: Iterable[Goods]) -> int:
    """Ask for the drawings of the products that show a shared one; how many were asked for."""
    goods = list(goods)
    shared = {
        Drawing(Subject.PRODUCT, one.drawing.name, seed).media_id
        for one in goods
        for seed in range(DRAWINGS_OF_A_KIND)
    }
    statement = (
        select(Business.code, Product.external_id)
        .join(Business, Business.id == Product.business_id)
        .where(Product.cover_id.in_(shared))
    )
    waiting = {(row[0], row[1]) for row in await unit.session.execute(statement)}
    missing = [one for one in goods if (one.business["code"], one.code) in waiting]
    for part in _parts(missing):
        await defer(unit.session, draw_own_pictures, goods=part)
    return len(missing)


def _parts(missing: Sequence[Goods]) -> Iterator[list[dict[str, str | int]]]:
    for start in range(0, len(missing), TOGETHER):
        yield [
            {
                "business": one.business["code"],
                "product": one.code,
                "name": own_drawing(one).name,
                "seed": own_drawing(one).seed,
                "alt_vi": one.drawing.alt_vi,
                "alt_en": one.drawing.alt_en,
            }
            for one in missing[start : start + TOGETHER]
        ]


@jobs.task(
    name="draw_own_pictures",
    queue="media",
    priority=LOWEST_PRIORITY,
    lock="demo-pictures",
    pass_context=True,
)
async def draw_own_pictures(context: JobContext, goods: list[dict[str, str | int]]) -> None:
    """Draw the pictures of some products and hang them; doing it again changes nothing."""
    tools = tools_of(context)
    async with drawing_program(LATER_SIZES) as program:
        for one in goods:
            drawing = Drawing(
                Subject.PRODUCT,
                str(one["name"]),
                int(one["seed"]),
                str(one["alt_vi"]),
                str(one["alt_en"]),
            )
            drawn = await drawn_elsewhere(program, drawing)
            await _hang(tools, drawing, drawn, str(one["business"]), str(one["product"]))


async def _hang(tools: Tools, drawing: Drawing, drawn: Drawn, business: str, code: str) -> None:
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        media = await store_prepared_image(
            unit,
            tools.ports[MEDIA_STORE],
            prepared(drawing, drawn),
            media_id=drawing.media_id,
        )
        await unit.session.flush()
        await _show(unit, media.id, business, code, drawing.alt_vi)


async def _show(unit: UnitOfWork, media_id: UUID, business: str, code: str, alt: str) -> None:
    statement = (
        select(Product)
        .join(Business, Business.id == Product.business_id)
        .where(Business.code == business, Product.external_id == code)
        .with_for_update(of=Product)
    )
    product = await unit.session.scalar(statement)
    if product is None or product.cover_id == media_id:
        return
    await unit.session.execute(
        delete(ProductMedia).where(
            ProductMedia.product_id == product.id,
            ProductMedia.media_id == product.cover_id,
        ),
    )
    unit.session.add(
        ProductMedia(product_id=product.id, media_id=media_id, position=0, alt=alt),
    )
    product.cover_id = media_id
    unit.announce(ProductsChanged((product.id,)))
