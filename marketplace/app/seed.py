"""`marketplace seed`: loads the province and its demo, goods through the import itself."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import func, select

from businesses.models import Business
from catalog.adapters.spreadsheets import FileSpreadsheets
from catalog.models import ImportRow, ImportRun, Product
from catalog.ports import Sheet
from catalog.services.imports.pictures import StoredPictures
from catalog.services.imports.runs import (
    Helpers,
    ImportOptions,
    ImportPolicy,
    import_products,
)
from marketplace.app.composition import Composition
from marketplace.app.problems import OperatorError
from marketplace.app.progress import Advance, shown_progress
from marketplace.app.seeding.bulk import GeneratedSheet, bulk_sheets
from marketplace.app.seeding.catalogue import load_catalogue
from marketplace.app.seeding.certificates import load_certificates
from marketplace.app.seeding.colleagues import load_colleagues
from marketplace.app.seeding.content import (
    collection_scene,
    load_collections,
    load_menus,
    load_pages,
)
from marketplace.app.seeding.data import ProvinceData
from marketplace.app.seeding.dossiers import load_dossiers
from marketplace.app.seeding.drawing import Drawing
from marketplace.app.seeding.goods import Goods, goods_of
from marketplace.app.seeding.joining import load_joining
from marketplace.app.seeding.messages import load_messages
from marketplace.app.seeding.own import order_own_pictures
from marketplace.app.seeding.people import appoint_officers, load_people, seat_members
from marketplace.app.seeding.pictures import keep_drawings
from marketplace.app.seeding.reference import load_reference
from marketplace.app.seeding.sheets import Line, SheetWriter, fingerprint, write_workbook
from marketplace.app.seeding.shops import (
    banner_of,
    hang_pictures,
    load_shops,
    logo_of,
    place_scene,
    seat_buyer,
)
from marketplace.app.seeding.stores import load_stores
from marketplace.kernel.review import DISPLAY_REVIEW
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import Viewer
from marketplace.media.ports import MEDIA_STORE
from marketplace.places.services.units import load_units
from marketplace.registration.ports import REGISTRATION_BOOK
from marketplace.registration.services.dossiers import Desk

STEPS: Final = 4
# While one waits for the database, another reads its rows.
AT_ONCE: Final = 3

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Seed:
    """One loading of the demo into the house of a composition."""

    composition: Composition
    data: ProvinceData

    def change(self, administrator: UUID | None = None) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction of the marketplace itself, entered in somebody's name where one must be."""
        viewer = Viewer(user_id=administrator, is_administrator=True, is_system=True)
        return unit_of_work(self.composition.sessions, viewer, self.composition.events)

    def change_as(self, viewer: Viewer) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction in somebody's name."""
        return unit_of_work(self.composition.sessions, viewer, self.composition.events)

    async def run(self) -> None:
        """Load everything; what is there already stays as it is."""
        began = time.monotonic()
        goods = goods_of(self.data)
        with shown_progress("Dữ liệu nền / Ground", STEPS) as advance:
            people, shops = await self._ground(advance)
        await load_joining(self.composition, people)
        store = self.composition.ports[MEDIA_STORE]
        drawings = list(dict.fromkeys(one.drawing for each in goods.values() for one in each))
        with shown_progress("Vẽ hàng / Pictures of goods", len(drawings)) as advance:
            await keep_drawings(self.change, store, drawings, advance)
        async with asyncio.TaskGroup() as group:
            # Scenes and marks are drawn by programs of their own while goods are taken in.
            group.create_task(keep_drawings(self.change, store, self._scenery()))
            with shown_progress("Hàng hóa / Goods", sum(map(len, goods.values()))) as advance:
                await self._goods(goods, shops, advance)
        async with self.change() as unit:
            await hang_pictures(unit, self.data)
        with shown_progress("Sao OCOP, trang / Stars and pages", STEPS) as advance:
            await self._finish(people, shops, advance)
        if not self.composition.settings.is_test:
            async with self.change() as unit:
                await order_own_pictures(unit, (one for each in goods.values() for one in each))
        log.info("The demo is loaded.", seconds=round(time.monotonic() - began, 1))

    async def fill_up(self, count: int) -> None:
        """Add made-up products until there are so many, through the import, too."""
        async with self.composition.sessions() as session:
            there = await session.scalar(select(func.count()).select_from(Product)) or 0
            rows = await session.execute(select(Business.code, Business.id))
            shops = {row.code: row.id for row in rows}
        missing = count - there
        if missing <= 0:
            return
        with shown_progress("Thêm hàng thử / More goods", missing) as advance:
            turns = asyncio.Semaphore(AT_ONCE)

            async def add(code: str, sheet: GeneratedSheet) -> None:
                async with turns:
                    await self._take_sheet(shops[code], sheet)
                    advance(sheet.count)

            sheets = bulk_sheets(self.data, there, missing)
            await asyncio.gather(*(add(code, sheet) for code, sheet in sheets.items()))

    async def _ground(self, advance: Advance) -> tuple[dict[str, UUID], dict[str, UUID]]:
        async with self.change() as unit:
            await load_units(unit, self.data.units)  # type: ignore[arg-type] # checked by its reader
            await load_reference(unit, self.data)
        advance()
        async with self.change() as unit:
            await load_catalogue(unit, self.data)
        advance()
        async with self.change() as unit:
            people = await load_people(unit)
            await appoint_officers(unit, self.data, people)
            house = self.composition
            await load_messages(unit, house.ports[SEALER], house.settings)
        advance()
        async with self.change() as unit:
            shops = await load_shops(unit, self.data)
            await seat_members(unit, people)
            await seat_buyer(unit, people["company"])
            await load_stores(unit, self.data, shops)
            secret = self.composition.settings.secret_key.get_secret_value()
            await load_colleagues(unit, secret, people)
        advance()
        return people, shops

    def _scenery(self) -> Iterator[Drawing]:
        """Landscapes of places and collections, marks and banners of shops."""
        for record in self.data.collections:
            yield collection_scene(record)
        for record in self.data.businesses:
            yield logo_of(record)
            yield banner_of(record, self.data)
        for unit in self.data.units["units"]:
            if (scene := place_scene(unit)) is not None:
                yield scene

    async def _goods(
        self,
        goods: dict[str, list[Goods]],
        shops: dict[str, UUID],
        advance: Advance,
    ) -> None:
        """Every maker's workbook, written and taken in like anybody's."""
        writer = SheetWriter(self.data)
        with TemporaryDirectory(prefix="seed-") as folder:
            for code, made in goods.items():
                lines = writer.lines(made)
                path = Path(folder) / f"{code}-{fingerprint(lines)}.xlsx"
                if not await self._is_taken_in(shops[code], path.name):
                    await self._take_in(shops[code], path, lines)
                advance(len(made))

    async def _is_taken_in(self, business_id: UUID, file_name: str) -> bool:
        """Whether these very lines were taken in before; what sellers changed since then stays."""
        async with self.composition.sessions() as session:
            run = select(ImportRun.id).where(
                ImportRun.business_id == business_id,
                ImportRun.file_name == file_name,
                ImportRun.finished_at.is_not(None),
            )
            return await session.scalar(run.limit(1)) is not None

    async def _take_in(self, business_id: UUID, path: Path, lines: Sequence[Line]) -> None:
        write_workbook(path, lines)
        await self._take_sheet(business_id, FileSpreadsheets().open(path, path.name))

    async def _take_sheet(self, business_id: UUID, sheet: Sheet) -> None:
        run_id = await import_products(
            self.change,
            business_id,
            sheet,
            ImportOptions(ImportPolicy.SKIP_BAD_ROWS),
            Helpers(StoredPictures(), self.composition.ports[DISPLAY_REVIEW]),
        )
        async with self.composition.sessions() as session:
            problem = await session.scalar(select(ImportRow).where(ImportRow.run_id == run_id))
        if problem is not None:
            raise OperatorError(
                f"{sheet.name}, {problem.cell}: {problem.message} {problem.parameters}"
                f" ({problem.value})",
            )

    async def _finish(
        self,
        people: dict[str, UUID],
        shops: dict[str, UUID],
        advance: Advance,
    ) -> None:
        async with self.change(people["admin"]) as unit:
            await load_certificates(unit, self.data, shops)
        advance()
        async with self.change() as unit:
            await load_pages(unit, self.data)
        advance()
        async with self.change() as unit:
            await load_collections(unit, self.data, shops)
        advance()
        async with self.change() as unit:
            await load_menus(unit, self.data)
        advance()
        ports = self.composition.ports
        desk = Desk(ports[REGISTRATION_BOOK], ports[SEALER])
        await load_dossiers(self.change_as, desk, people)
