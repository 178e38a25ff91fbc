import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from businesses.models import Business
from catalog.models import ImportRun
from tests.catalog.importing import ImportHouse, changed, run_of
from tests.conftest import ROOT

ROWS = 4000


def many(house: ImportHouse) -> Path:
    rows = [
        changed(
            ma_hang=f"K{number}",
            ten_san_pham=f"Miến dong mẻ {number}",
            gia_ban=f"{45 + number % 9}k",
        )
        for number in range(ROWS)
    ]
    return house.write(*rows)


@contextmanager
def importing(
    house: ImportHouse, business: Business, path: Path
) -> Iterator[subprocess.Popen[str]]:
    """The command line, importing in a process of its own."""
    settings = house.composition.settings
    environment = os.environ | {
        "DATABASE_URL": str(settings.database_url),
        "MEDIA_URL": settings.media_url,
        "VAR_FOLDER": str(settings.var_folder),
        "PROVINCE": str(settings.province),
    }
    command = (
        *(sys.executable, "-m", "marketplace.app", "import", "products", str(path)),
        *("--business", business.code, "--policy", "skip-bad-rows"),
    )
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


async def written(house: ImportHouse, business: Business) -> int:
    """How many products are committed."""
    counted = await house.rows(
        "SELECT count(*) FROM products WHERE business_id = :id",
        id=business.id,
    )
    return int(counted[0][0])


async def test_killed_half_way_and_run_again_ends_the_same(import_house: ImportHouse) -> None:
    path = many(import_house)
    killed, whole = await import_house.business(), await import_house.business()
    with importing(import_house, killed, path) as process:
        while await written(import_house, killed) < ROWS // 6:
            assert process.poll() is None, process.stdout.read() if process.stdout else ""
            await asyncio.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
    half = await written(import_house, killed)
    assert 0 < half < ROWS
    assert half % 500 == 0

    with importing(import_house, killed, path) as process:
        output, _nothing = await asyncio.to_thread(process.communicate)
    assert process.returncode == 0, output

    assert f"created {ROWS - half}" in output
    assert f"unchanged {half}" in output
    run = await run_of(import_house, killed)
    assert run is not None
    assert run.finished_at is not None
    await import_house.take_in(whole, path)
    assert await contents(import_house, killed) == await contents(import_house, whole)


async def contents(house: ImportHouse, business: Business) -> list[tuple[object, ...]]:
    """Everything of the goods but their keys and times."""
    return await house.rows(
        "SELECT p.external_id, p.name, p.state, p.is_displayed, p.version, p.attributes::text,"
        " p.description::text, v.external_id, v.name, v.position, vp.amount, s.on_hand,"
        " l.lowest_amount, l.available,"
        " (SELECT count(*) FROM transition_log t WHERE t.object_id = p.id)"
        " FROM products p JOIN product_variants v ON v.product_id = p.id"
        " JOIN variant_prices vp ON vp.variant_id = v.id JOIN stocks s ON s.variant_id = v.id"
        " JOIN product_listings l ON l.product_id = p.id"
        " WHERE p.business_id = :id ORDER BY p.external_id, v.position",
        id=business.id,
    )


async def test_two_imports_of_one_file_at_once_make_everything_once(
    import_house: ImportHouse,
) -> None:
    business = await import_house.business()
    rows = [changed(ma_hang=f"Z{number}") for number in range(1200)]
    path = import_house.write(*rows)

    outcomes = await asyncio.gather(
        import_house.take_in(business, path),
        import_house.take_in(business, path),
    )

    assert await written(import_house, business) == 1200
    assert all(isinstance(outcome.run, ImportRun) for outcome in outcomes)
    assert not any(outcome.problems for outcome in outcomes)
