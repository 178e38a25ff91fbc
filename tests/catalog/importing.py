"""What the tests of imports share: a house with reference data, a business, and small sheets."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from businesses.models import Business
from businesses.rules.businesses import BusinessKind, BusinessState
from catalog.adapters.spreadsheets import FileSpreadsheets
from catalog.models import ImportRow, ImportRun
from catalog.queries.imports import problems_of
from catalog.services.imports.pictures import StoredPictures
from catalog.services.imports.runs import Helpers, ImportOptions, ImportPolicy, import_products
from marketplace.app.composition import Composition
from marketplace.kernel.review import UnreviewedDisplay
from marketplace.kernel.text import fold, sort_key
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM, Viewer

HEADER = (
    *("Mã hàng", "Tên sản phẩm", "Danh mục", "Loại hàng", "Quy cách", "Giá bán", "Tồn kho", "Xã"),
    *("Bảo quản", "Thành phần", "Mô tả"),
)
GOOD = (
    *("MD1", "Miến dong sợi vàng", "Miến dong", "Thực phẩm khô", "gói 500 g", "45.000", "120"),
    *("xã Côn Minh", "Nơi khô mát", "Bột dong riềng, nước", "Miến phơi nắng, sợi dai."),
)


def changed(row: Sequence[str] = GOOD, **cells: str) -> tuple[str, ...]:
    """The row with other cells; underscores of the names stand for blanks."""
    values = dict(zip(HEADER, row, strict=True))
    by_fold = {fold(name).replace(" ", "_"): name for name in HEADER}
    for name, value in cells.items():
        values[by_fold[name]] = value
    return tuple(values[name] for name in HEADER)


@dataclass
class Outcome:
    """A run and its problems."""

    run: ImportRun
    problems: list[ImportRow]

    @property
    def figures(self) -> tuple[int, int, int, int]:
        """Created, updated, unchanged and refused rows."""
        run = self.run
        return run.created, run.updated, run.unchanged, run.refused

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Which cell was refused, and why."""
        return [(problem.cell, problem.code) for problem in self.problems]


@dataclass
class ImportHouse:
    """A composition whose database holds what cells may name."""

    composition: Composition
    folder: Path
    made: int = field(default=0)

    async def business(self, state: BusinessState = BusinessState.ACTIVE) -> Business:
        """Another business."""
        self.made += 1
        name = f"Gian thử {self.made}"
        async with unit_of_work(
            self.composition.sessions,
            SYSTEM,
            self.composition.events,
        ) as unit:
            business = Business(
                code=f"THU-{self.made}",
                slug=f"thu-{self.made}",
                name=name,
                name_folded=fold(name),
                name_sort=sort_key(name),
                kind=BusinessKind.COOPERATIVE,
                state=state,
            )
            unit.session.add(business)
        return business

    def write(self, *rows: Sequence[str], header: Sequence[str] = HEADER) -> Path:
        """A CSV file of the rows."""
        self.made += 1
        path = self.folder / f"hang-{self.made}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([header, *rows])
        return path

    async def take_in(
        self,
        business: Business,
        path: Path,
        *,
        policy: ImportPolicy = ImportPolicy.SKIP_BAD_ROWS,
        viewer: Viewer = SYSTEM,
        mapping: Mapping[str, str] | None = None,
        is_dry_run: bool = False,
    ) -> Outcome:
        """Import the file."""
        house = self.composition
        run_id = await import_products(
            partial(unit_of_work, house.sessions, viewer, house.events),
            business.id,
            FileSpreadsheets().open(path, path.name),
            ImportOptions(policy, is_dry_run=is_dry_run, mapping=mapping or {}),
            Helpers(StoredPictures(), UnreviewedDisplay()),
        )
        async with house.sessions() as session:
            run = await session.get_one(ImportRun, run_id)
            problems = list(await session.scalars(problems_of(run_id)))
        return Outcome(run, problems)

    async def rows(self, statement: str, **values: object) -> list[Any]:
        """What a statement answers."""
        async with self.composition.sessions() as session:
            return [tuple(row) for row in await session.execute(text(statement), values)]

    async def state_of(self, business: Business) -> list[list[Any]]:
        """Everything that stands of a business' goods, for comparing."""
        tables = {
            "products": "business_id = :id",
            "product_variants": "product_id IN (SELECT id FROM products WHERE business_id = :id)",
            "product_listings": "business_id = :id",
            "stocks": "warehouse_id IN (SELECT id FROM warehouses WHERE business_id = :id)",
            "transition_log": "object_id IN (SELECT id FROM products WHERE business_id = :id)",
            "variant_prices": "variant_id IN (SELECT v.id FROM product_variants v JOIN products p"
            " ON p.id = v.product_id WHERE p.business_id = :id)",
        }
        return [
            await self.rows(f"SELECT * FROM {table} WHERE {which} ORDER BY 1, 2", id=business.id)  # noqa: S608 - our own words
            for table, which in tables.items()
        ]


async def variants_of(house: ImportHouse, business: Business) -> list[tuple[str, str, int]]:
    """Product code, packing and retail price, in order."""
    return await house.rows(
        "SELECT p.external_id, v.name, vp.amount FROM products p"
        " JOIN product_variants v ON v.product_id = p.id"
        " JOIN variant_prices vp ON vp.variant_id = v.id"
        " JOIN channels c ON c.id = vp.channel_id AND c.slug = 'retail'"
        " WHERE p.business_id = :id ORDER BY 1, v.position, vp.minimum_quantity",
        id=business.id,
    )


async def run_of(house: ImportHouse, business: Business) -> ImportRun | None:
    """The latest run of a business."""
    async with house.composition.sessions() as session:
        found: ImportRun | None = await session.scalar(
            select(ImportRun)
            .where(ImportRun.business_id == business.id)
            .order_by(ImportRun.started_at.desc())
            .limit(1),
        )
    return found
