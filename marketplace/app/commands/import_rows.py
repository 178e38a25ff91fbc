"""`marketplace import`: catalogues and registers from spreadsheets."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from catalog.services.imports.reports import reason
from catalog.services.imports.runs import ImportOptions, ImportPolicy
from marketplace.app.composition import Composition
from marketplace.app.embedded.parts import running_parts
from marketplace.app.importing import SHOWN_PROBLEMS, Report, import_file
from marketplace.app.problems import OperatorError
from marketplace.app.progress import Advance, shown_progress
from marketplace.app.registering import take_register
from marketplace.app.settings import Settings, read_settings

group = typer.Typer(no_args_is_help=True, help="Take goods or a register in from spreadsheets.")


@group.callback()
def _describe() -> None:
    """Take goods in from spreadsheets."""


@group.command()
def products(
    file: Annotated[Path, typer.Argument(help="XLSX or CSV.", exists=True, dir_okay=False)],
    business: Annotated[str, typer.Option(help="The code of the business.")],
    dry_run: Annotated[bool, typer.Option(help="Only look; write nothing.")] = False,
    policy: Annotated[
        ImportPolicy,
        typer.Option(help="What becomes of the good rows when some are bad."),
    ] = ImportPolicy.REJECT_ALL,
    column: Annotated[
        list[str] | None,
        typer.Option("--map", help='What a column holds: --map "Tên cột=name".'),
    ] = None,
    pictures: Annotated[
        Path | None,
        typer.Option(help="A folder or ZIP archive of the pictures.", exists=True),
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(help="Where to write the refused rows; beside the file by default."),
    ] = None,
) -> None:
    """Create and change the products of a business; the same file again changes nothing."""
    options = ImportOptions(policy, is_dry_run=dry_run, mapping=_mapping(column or []))
    with running_parts(read_settings(), with_search=False) as parts:
        report = asyncio.run(_run(parts.settings, file, business, options, pictures))
    _tell(report, errors or file.with_name(f"{file.stem}-loi.xlsx"))
    if report.run.refused:
        raise typer.Exit(1)


@group.command()
def register(
    file: Annotated[Path, typer.Argument(help="XLSX or CSV.", exists=True, dir_okay=False)],
    column: Annotated[
        list[str] | None,
        typer.Option("--map", help='What a column holds: --map "Mã=identifier".'),
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(help="Where to write what must be mended; beside the file by default."),
    ] = None,
) -> None:
    """Take the department's own register in; the same file again changes nothing."""
    with running_parts(read_settings(), with_search=False) as parts:
        refused = asyncio.run(
            take_register(
                parts.settings,
                file,
                _mapping(column or []),
                errors or file.with_name(f"{file.stem}-loi.xlsx"),
            )
        )
    if refused:
        raise typer.Exit(1)


def _mapping(told: list[str]) -> dict[str, str]:
    pairs = [each.rpartition("=") for each in told]
    if any(not name or not target for name, _equals, target in pairs):
        raise OperatorError('--map cần dạng "Tên cột=trường". / --map takes "Column=field".')
    return {name.strip(): target.strip() for name, _equals, target in pairs}


async def _run(
    settings: Settings,
    file: Path,
    business: str,
    options: ImportOptions,
    pictures: Path | None,
) -> Report:
    composition = Composition(settings)
    try:
        with shown_progress("Nhập hàng / Import") as advance:
            return await import_file(
                composition,
                file,
                business,
                options,
                pictures=pictures,
                progress=_Steps(advance),
            )
    finally:
        await composition.close()


class _Steps:
    """Turns how many rows there are so far into how many more."""

    def __init__(self, advance: Advance) -> None:
        self._advance = advance
        self._told = 0
        self._checked = 0

    def __call__(self, rows: int, *, is_check: bool) -> None:
        """Tell the rows since the last time; a check comes before the true pass."""
        if is_check:
            self._checked = rows
        done = rows if is_check else self._checked + rows
        self._advance(done - self._told)
        self._told = done


def _tell(report: Report, errors: Path) -> None:
    run = report.run
    if run.is_dry_run:
        typer.echo("Chạy thử, không ghi gì. / Dry run, nothing was written.")
    typer.echo(
        f"Dòng/rows {run.rows}: mới/created {run.created}, sửa/updated {run.updated}, "
        f"giữ nguyên/unchanged {run.unchanged}, từ chối/refused {run.refused}",
    )
    if run.unknown_columns:
        typer.echo("Cột bỏ qua / columns passed over: " + ", ".join(run.unknown_columns))
    for problem in report.problems[:SHOWN_PROBLEMS]:
        said = f"{reason(problem, 'vi')} / {reason(problem, 'en')}"
        typer.echo(f"  {problem.cell} {problem.column} “{problem.value}”: {said}")
    if report.sheet is not None:
        errors.write_bytes(report.sheet)
        typer.echo(f"Các dòng cần sửa / rows to mend: {errors}")
