"""`marketplace seed`: the province and its demo, or any number of products for benchmarks."""

import asyncio
from typing import Annotated

import typer

from marketplace.app.composition import Composition
from marketplace.app.database import DEMO_COMPLETE, mark_demo, wait_for_database
from marketplace.app.embedded.parts import running_parts
from marketplace.app.migrate import upgrade_database
from marketplace.app.problems import OperatorError
from marketplace.app.seed import Seed
from marketplace.app.seeding.data import ProvinceData
from marketplace.app.settings import Settings, read_settings


def run(
    products: Annotated[
        int | None,
        typer.Option(help="So many products in all, for benchmarks.", min=1),
    ] = None,
) -> None:
    """Load the demo of the province; doing it again changes nothing."""
    settings = read_settings()
    if settings.is_production:
        raise OperatorError("The demo has public passwords; it is refused in production.")
    with running_parts(settings) as parts:
        url = str(parts.settings.database_url)
        wait_for_database(url)
        upgrade_database(url, wants_demo=True)
        asyncio.run(_seed(parts.settings, products))
        mark_demo(url, DEMO_COMPLETE)


async def _seed(settings: Settings, products: int | None) -> None:
    composition = Composition(settings)
    try:
        seed = Seed(composition, ProvinceData(settings.province))
        await seed.run()
        if products is not None:
            await seed.fill_up(products)
    finally:
        await composition.close()
