"""Taking the department's own register in from the command line."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import typer

from businesses.ports import REGISTER_TABLES
from businesses.services.register import RegisterImport, import_register
from marketplace.app.composition import Composition
from marketplace.app.settings import Settings
from marketplace.kernel.i18n import translate
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM

_SHOWN: int = 20


async def take_register(
    settings: Settings, file: Path, mapping: Mapping[str, str], errors: Path
) -> int:
    """Take the file in and tell how it went; how many things must be mended."""
    composition = Composition(settings)
    try:
        ports = composition.ports
        table = ports[REGISTER_TABLES].open(file, file.name)
        async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
            report = await import_register(unit, ports[SEALER], table, mapping)
        if report.problems:
            await asyncio.to_thread(errors.write_bytes, error_sheet(composition, report))
    finally:
        await composition.close()
    _tell(report, errors)
    return len(report.problems)


def error_sheet(composition: Composition, report: RegisterImport) -> bytes:
    """A workbook that names each row to mend; it repeats no numbers of people."""
    rows = [[str(each.row), each.column, translate(each.message, "vi")] for each in report.problems]
    header = ["Dòng", "Cột", "Cần sửa"]
    return composition.ports[REGISTER_TABLES].write("Cần sửa", header, rows, {})


def _tell(report: RegisterImport, errors: Path) -> None:
    typer.echo(
        f"Dòng/rows {report.rows}: mới/created {report.created}, sửa/changed {report.changed}, "
        f"giữ nguyên/unchanged {report.unchanged}, khớp/matched {report.matched}",
    )
    for each in report.problems[:_SHOWN]:
        said = f"{translate(each.message, 'vi')} / {translate(each.message, 'en')}"
        typer.echo(f"  {each.row} {each.column}: {said}")
    if report.problems:
        typer.echo(f"Cần sửa / to mend: {errors}")
