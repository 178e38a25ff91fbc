"""`make bench`: every question at two sizes of the catalogue, beside its two floors.

Arguments: sizes of the catalogue (5000 100000 unless told), `--seconds` per measurement,
`--folder` where databases are kept between runs. The relevance of search comes last.
"""

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from marketplace.app.database import connect
from marketplace.app.embedded.meilisearch import EmbeddedMeilisearch
from marketplace.app.embedded.postgres import EmbeddedPostgres
from tests.bench.load import Load, ask_once, put_load
from tests.bench.measure import cpu_seconds, served
from tests.bench.questions import Question, questions

CONNECTIONS = (1, 16)
console = Console(width=150)


class Stage:
    """One size of the catalogue, loaded, with everything that answers for it."""

    def __init__(self, folder: Path, products: int) -> None:
        self.products = products
        self.folder = folder / str(products)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.postgres = EmbeddedPostgres(self.folder / "postgres", is_throwaway=True)
        self.environment: dict[str, str] = {}

    def load(self) -> None:
        """Seed, analyse and index, unless an earlier run has done so."""
        self.environment |= {
            "DATABASE_URL": self.postgres.start(),
            "VAR_FOLDER": str(self.folder),
            "MEDIA_URL": f"file:{self.folder / 'media'}",
            "LOG_LEVEL": "ERROR",
            "ENVIRONMENT": "test",
        }
        done = self.folder / "loaded"
        if not done.exists():
            self.run("marketplace.app", "seed", *self._how_many())
            with connect(self.environment["DATABASE_URL"]) as connection:
                connection.execute("VACUUM ANALYZE")
            done.touch()
        indexed = self.folder / "indexed"
        if "MEILI_URL" in self.environment and not indexed.exists():
            self.run("marketplace.app", "reindex")
            indexed.touch()

    def postmaster(self) -> int:
        """The pid of the PostgreSQL server."""
        return int((self.postgres.folder / "postmaster.pid").read_text().split()[0])

    def sample(self) -> tuple[str, str]:
        """The slug of a product with several variants, and of a full category."""
        with connect(self.environment["DATABASE_URL"]) as connection:
            product = connection.execute(
                "SELECT p.slug FROM products p JOIN product_variants v ON v.product_id = p.id"
                " WHERE p.is_displayed GROUP BY p.id ORDER BY count(*) DESC, p.id LIMIT 1",
            ).fetchone()
            category = connection.execute(
                "SELECT c.slug FROM categories c JOIN products p ON p.category_id = c.id"
                " WHERE p.is_displayed GROUP BY c.id ORDER BY count(*) DESC, c.id LIMIT 1",
            ).fetchone()
        if product is None or category is None:
            raise RuntimeError("the catalogue is empty")
        return str(product[0]), str(category[0])

    def _how_many(self) -> list[str]:
        return ["--products", str(self.products)] if self.products else []

    def run(self, *arguments: str) -> None:
        """Run one of our own modules beside what is measured."""
        subprocess.run(
            [sys.executable, "-m", *arguments],
            env={**os.environ, **self.environment},
            check=True,
        )


@contextmanager
def running(stage: Stage) -> Iterator[EmbeddedMeilisearch]:
    """The stage, loaded, with its servers."""
    search = EmbeddedMeilisearch(stage.folder)
    stage.environment |= {"MEILI_URL": search.start(), "MEILI_MASTER_KEY": search.key}
    try:
        stage.load()
        yield search
    finally:
        stage.postgres.stop()
        search.stop()


async def _measure(
    port: int,
    pids: list[int],
    question: Question,
    connections: int,
    seconds: float,
) -> tuple[Load, list[float]]:
    """The load, and the milliseconds of processor time a request took of each process."""
    await put_load(port, question, connections, min(1.0, seconds))
    before = [cpu_seconds(pid) for pid in pids]
    load = await put_load(port, question, connections, seconds)
    after = [cpu_seconds(pid) for pid in pids]
    spent = [(b - a) * 1000 / load.requests for a, b in zip(before, after, strict=True)]
    return load, spent


def measure_stage(stage: Stage, meili_pid: int | None, seconds: float) -> dict[str, float]:
    """Measure and print one size; the slowest hundredth at one connection, by question."""
    asked = questions(*stage.sample())
    answers = stage.folder / "answers"
    answers.mkdir(exist_ok=True)
    table = Table(title=f"{stage.products} products", title_justify="left")
    for heading in ("", "conn", "req/s", "p50 ms", "p99 ms", "CPU ms web", "postgres", "search"):
        table.add_column(heading, justify="left" if not heading else "right")
    for heading in ("bytes", "all CPU", "/ bare", "/ SQL"):
        table.add_column(heading, justify="right")
    slowest: dict[str, float] = {}
    extra = [meili_pid] if meili_pid is not None else []
    with served("marketplace.app.asgi:app", stage.environment) as (port, pid):
        for number, question in enumerate(asked):
            body = asyncio.run(ask_once(port, question))
            (answers / f"{number}.bin").write_bytes(body)
            (answers / f"{number}.sql").write_text(question.sql)
        floor = {**stage.environment, "BENCH_ANSWERS": str(answers)}
        with served("tests.bench.floors:app", floor) as (floor_port, floor_pid):
            for number, question in enumerate(asked):
                for connections in CONNECTIONS:
                    rows = _beside(number, question)
                    costs = []
                    for name, here, at, web in (
                        (question.name, question, port, pid),
                        ("  bare bytes", rows[0], floor_port, floor_pid),
                        ("  one SQL", rows[1], floor_port, floor_pid),
                    ):
                        pids = [web, stage.postmaster(), *extra]
                        load, spent = asyncio.run(
                            _measure(at, pids, here, connections, seconds),
                        )
                        costs.append((name, load, spent))
                    if connections == 1:
                        slowest[question.name] = costs[0][1].slowest
                    _add(table, connections, costs)
    console.print(table)
    return slowest


def _beside(number: int, question: Question) -> tuple[Question, Question]:
    return (
        Question(question.name, "GET", f"/bare/{number}"),
        Question(question.name, "GET", f"/sql/{number}"),
    )


def _add(table: Table, connections: int, costs: list[tuple[str, Load, list[float]]]) -> None:
    totals = [sum(spent) for _name, _load, spent in costs]
    for place, (name, load, spent) in enumerate(costs):
        ratios = ["", ""]
        if place == 0:
            ratios = [f"{totals[0] / total:.1f} x" if total else "-" for total in totals[1:]]
        table.add_row(
            name,
            str(connections),
            f"{load.rate:.0f}",
            f"{load.median:.2f}",
            f"{load.slowest:.2f}",
            *(f"{each:.2f}" for each in [*spent, 0.0][:3]),
            str(load.size),
            f"{totals[place]:.2f}",
            *ratios,
        )


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[5_000, 100_000])
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--folder", type=Path, default=Path("var/bench"))
    asked = parser.parse_args()
    slowest: dict[int, dict[str, float]] = {}
    for size in asked.sizes:
        stage = Stage(asked.folder.resolve(), size)
        with running(stage) as search:
            slowest[size] = measure_stage(stage, search.pid(), asked.seconds)
    if len(slowest) > 1:
        small, large = min(slowest), max(slowest)
        for name, time in slowest[large].items():
            ratio = time / slowest[small][name]
            console.print(f"p99 of {name} at {large} / at {small} products: {ratio:.2f} x")
    demo = Stage(asked.folder.resolve(), 0)
    with running(demo):
        demo.run("tests.search")


if __name__ == "__main__":
    main()
