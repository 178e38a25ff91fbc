import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.catalog.importing import HEADER, ImportHouse, changed
from tests.conftest import ROOT

# Imports one file in a process of its own and says how much memory that took at most.
PROGRAM = """
import asyncio, resource, sys
from pathlib import Path
from catalog.services.imports.runs import ImportOptions
from marketplace.app.composition import Composition
from marketplace.app.importing import import_file
from marketplace.app.settings import Settings

async def main():
    url, media, var, province, path, business = sys.argv[1:]
    composition = Composition(Settings(
        database_url=url, media_url=media, var_folder=var, province=province))
    report = await import_file(composition, Path(path), business, ImportOptions(),
        pictures=None, progress=lambda rows, *, is_check: None)
    run = report.run
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(run.created, run.updated, run.unchanged, run.refused, peak)
    await composition.close()

asyncio.run(main())
"""


def workbook(folder: Path, count: int) -> Path:
    """A workbook of so many rows, three packings to a product, each with its own words."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADER)
    for number in range(count):
        words = f"Mẻ số {number}. " + "Miến phơi nắng hanh, sợi dai, nấu lâu không nát. " * 8
        sheet.append(
            changed(
                ma_hang=f"L{number // 3}",
                ten_san_pham=f"Miến dong mẻ {number // 3}",
                quy_cach=f"gói {1 + number % 3} kg",
                gia_ban=f"{45 + number % 40}.000 ₫",
                mo_ta=words if number % 3 == 0 else "",
            ),
        )
    path = folder / f"lon-{count}.xlsx"
    book.save(path)
    return path


@pytest.mark.slow
async def test_ten_thousand_rows_fit_in_the_memory_of_two_thousand(
    import_house: ImportHouse,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = import_house.composition.settings
    peaks: dict[int, int] = {}
    for count in (2_000, 10_000):
        business = await import_house.business()
        path = workbook(import_house.folder, count)
        for wanted in ((count, 0, 0, 0), (0, 0, count, 0)):
            began = time.monotonic()
            told = subprocess.run(  # noqa: ASYNC221 - our own program; nothing else runs
                [
                    *(sys.executable, "-c", PROGRAM, str(settings.database_url)),
                    *(settings.media_url, str(settings.var_folder), str(settings.province)),
                    *(str(path), business.code),
                ],
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
            ).stdout
            seconds = time.monotonic() - began
            *figures, peak = map(int, told.splitlines()[-1].split())
            assert tuple(figures) == wanted
            peaks[count] = max(peaks.get(count, 0), peak)
            with capsys.disabled():
                sys.stdout.write(f"\n{count} rows {wanted}: {seconds:.1f} s, {peak} MB at most")

    assert peaks[10_000] < peaks[2_000] + 24
