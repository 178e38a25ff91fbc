"""The law as data: in force today, loaded twice without a change, asked by day."""

import itertools
import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from marketplace.app.seeding.data import ProvinceData
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.law.models import Holiday, LegalBasis, RetentionRule
from marketplace.law.services.asking import basis, calendar_from, day_of, retention_days
from marketplace.law.services.loading import load_law
from tests.asking import ask
from tests.factories.world import World
from tests.house.sources import ROOT, python_files

DATA = ProvinceData(ROOT / "provinces" / "bac-kan")
# A rule's code stands in code and data as a plain text: "registration.one_household".
FAMILIES = "selling|tax|registration|privacy|goods|labour|accounting"
NAMED = re.compile(rf'"((?:{FAMILIES})\.[a-z_]+)"')
BASES = """query($codes: [String!], $day: Date) {
    legalBases(codes: $codes, day: $day) { code document article effectiveTo isChecked } }"""


def codes_in_use() -> set[str]:
    """Every source that code or data names, tests apart."""
    files = [path for path in python_files() if "tests" not in path.relative_to(ROOT).parts]
    # Locks of jobs are written alike, and are no sources.
    files = [path for path in files if "tasks" not in {path.stem, path.parent.name}]
    files += [p for p in DATA.folder.rglob("*.json") if p.name != "legal_bases.json"]
    return {code for path in files for code in NAMED.findall(path.read_text(encoding="utf-8"))}


def is_in_force(record: dict[str, Any], day: date) -> bool:
    end = record["effective_to"]
    return record["effective_from"] <= day.isoformat() and (end is None or end >= day.isoformat())


def test_what_is_used_today_is_in_force_today() -> None:
    today = day_of(datetime.now(UTC))
    in_force = {each["code"] for each in DATA.legal_bases if is_in_force(each, today)}

    assert codes_in_use()
    assert codes_in_use() - in_force == set()


def test_sources_of_one_rule_follow_each_other() -> None:
    rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in DATA.legal_bases:
        rows[each["code"]].append(each)

    for versions in rows.values():
        ordered = sorted(versions, key=lambda one: one["effective_from"])
        for before, after in itertools.pairwise(ordered):
            end = date.fromisoformat(before["effective_to"])
            assert end + timedelta(days=1) == date.fromisoformat(after["effective_from"])


def test_the_calendar_covers_the_days_ahead() -> None:
    last = max(each["day"] for each in DATA.holidays)

    assert date.fromisoformat(last) > day_of(datetime.now(UTC)) + timedelta(days=120)
    for each in DATA.holidays:
        saturday = date.fromisoformat(each["day"]).weekday() == 5
        assert saturday or each["is_off"], each


async def test_loading_again_changes_nothing(world: World) -> None:
    composition = world.composition
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        changed = await load_law(unit, DATA.legal_bases, DATA.holidays, DATA.retention_rules)
        rows = await unit.session.scalar(select(func.count()).select_from(LegalBasis))

    assert changed == 0
    assert rows == len(DATA.legal_bases)


async def test_loading_mends_what_reads_otherwise(world: World) -> None:
    composition = world.composition
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        day = date(2027, 9, 2)
        await unit.session.merge(
            Holiday(day=day, is_off=False, name_vi="?", name_en="?", certainty="read")
        )
        await unit.session.flush()
        changed = await load_law(unit, [], DATA.holidays, [])
        calendar = await calendar_from(unit.session, date(2027, 1, 1))

    assert changed == 1
    assert calendar[day] is True


async def test_a_rule_has_the_source_of_its_day(world: World) -> None:
    async with world.composition.sessions() as session:
        old = await basis(session, "tax.withholding", date(2026, 6, 30))
        new = await basis(session, "tax.withholding", date(2026, 7, 1))
        none = await basis(session, "tax.withholding", date(2020, 1, 1))

    assert old is not None
    assert new is not None
    assert (old.document, new.document) == ("Nghị định 117/2025/NĐ-CP", "Nghị định 252/2026/NĐ-CP")
    assert none is None


async def test_how_long_a_thing_is_kept(world: World) -> None:
    async with world.composition.sessions() as session:
        assert await retention_days(session, "dossier_draft", date(2026, 11, 22), 7) == 180
        assert await retention_days(session, "unheard_of", date(2026, 11, 22), 7) == 7
        assert await session.scalar(select(func.count()).select_from(RetentionRule)) == 8


async def test_the_api_tells_where_a_rule_comes_from(world: World) -> None:
    codes = ["registration.one_household", "registration.industry_codes"]
    today = await ask(world.composition, BASES, codes=codes, day="2026-11-22")
    before = await ask(world.composition, BASES, codes=codes, day="2025-10-01")

    assert today["legalBases"] == [
        {
            "code": "registration.industry_codes",
            "document": "Quyết định 36/2025/QĐ-TTg",
            "article": "",
            "effectiveTo": None,
            "isChecked": True,
        },
        {
            "code": "registration.one_household",
            "document": "Nghị định 168/2025/NĐ-CP",
            "article": "Điều 83",
            "effectiveTo": None,
            "isChecked": True,
        },
    ]
    assert before["legalBases"][0]["document"] == "Quyết định 27/2018/QĐ-TTg"
