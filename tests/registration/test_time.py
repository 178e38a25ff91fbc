"""What time does to dossiers, what people are told, and the filled form."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import String, cast, func, select, text

from marketplace.accounts.ports import ACCOUNT_SETTINGS
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import SYSTEM
from marketplace.registration.adapters.pdf import PDFPrinter
from marketplace.registration.models import Dossier, DossierEvent, DossierView
from marketplace.registration.rules.states import DossierState
from marketplace.registration.services.dossiers import Desk
from marketplace.registration.services.news import news_of
from marketplace.registration.services.papers import open_form
from marketplace.registration.services.sealed import open_steps
from marketplace.registration.services.sweeping import (
    end_what_is_due,
    erase_person,
    erase_what_is_over,
    take_reminders,
)
from tests.factories.world import World
from tests.registration.conftest import Change

S = DossierState


async def change_row(unit: UnitOfWork, world: World, thing: str, **values: Any) -> Dossier:
    dossier = await unit.session.get_one(Dossier, world[thing].id)
    for name, value in values.items():
        setattr(dossier, name, value)
    await unit.session.flush()
    return dossier


async def test_a_draft_lapses_and_is_erased(world: World, change: Change) -> None:
    past = datetime.now(UTC) - timedelta(minutes=1)
    async with change(SYSTEM) as unit:
        await change_row(unit, world, "dossier", due_at=past)
        ended = await end_what_is_due(unit)
    async with change(SYSTEM) as unit:
        erased = await erase_what_is_over(unit)
        dossier = await unit.session.get_one(Dossier, world["dossier"].id)

    assert (ended, erased) == (1, 1)
    assert (dossier.state, dossier.sealed) == (S.VOID, None)


async def test_an_unmended_dossier_expires(world: World, change: Change) -> None:
    past = datetime.now(UTC) - timedelta(minutes=1)
    async with change(SYSTEM) as unit:
        values = {"state": S.SUPPLEMENT_REQUIRED, "due_at": past, "on_due": "expire"}
        await change_row(unit, world, "filed_dossier", **values)
        ended = await end_what_is_due(unit)
        dossier = await unit.session.get_one(Dossier, world["filed_dossier"].id)
        event = await unit.session.scalar(
            select(DossierEvent).where(DossierEvent.dossier_id == dossier.id)
        )

    assert ended == 1
    assert dossier.state is S.VOID
    assert event is not None
    assert (event.source, event.from_state, event.to_state) == (
        "system",
        S.SUPPLEMENT_REQUIRED,
        S.VOID,
    )


async def test_people_are_reminded_once(world: World, change: Change) -> None:
    soon = datetime.now(UTC) + timedelta(days=13)
    async with change(SYSTEM) as unit:
        await change_row(unit, world, "dossier", due_at=soon)
        first = await take_reminders(unit)
        again = await take_reminders(unit)

    assert list(first) == [world["dossier"].id]
    assert list(again) == []


async def test_what_is_over_keeps_personal_answers_for_a_while(
    world: World, change: Change
) -> None:
    now = datetime.now(UTC)
    async with change(SYSTEM) as unit:
        ended = {"state": S.RETURNED, "ended_at": now - timedelta(days=89)}
        await change_row(unit, world, "filed_dossier", **ended)
        too_soon = await erase_what_is_over(unit)
        await change_row(unit, world, "filed_dossier", ended_at=now - timedelta(days=91))
        in_time = await erase_what_is_over(unit)

    assert (too_soon, in_time) == (0, 1)


async def test_a_forgotten_person_s_drafts_are_erased(world: World, change: Change) -> None:
    async with change(SYSTEM) as unit:
        await erase_person(unit, world.users["owner"].id)
        draft = await unit.session.get_one(Dossier, world["dossier"].id)
        filed = await unit.session.get_one(Dossier, world["filed_dossier"].id)

    assert draft.sealed is None
    assert filed.sealed is not None


async def test_news_hold_nothing_personal(world: World) -> None:
    settings = world.composition.ports[ACCOUNT_SETTINGS]
    async with world.composition.sessions() as session:
        news = await news_of(session, settings, world["filed_dossier"].id, is_reminder=False)
        reminder = await news_of(session, settings, world["dossier"].id, is_reminder=True)

    assert news.letter is not None
    assert reminder.letter is not None
    code = world["filed_dossier"].our_code
    assert news.letter.subject == f"Hồ sơ {code}: Đã nộp, chờ tiếp nhận"
    assert f"/dang-ky-kinh-doanh/ho-so/{code.lower()}" in news.letter.text
    for letter in (news.letter, reminder.letter):
        assert "Nông Thị Mặn" not in letter.text
        assert "0061" not in letter.text


async def test_a_step_sends_a_message_after_the_commit(world: World, change: Change) -> None:
    count = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%send_news'")
    async with change(SYSTEM) as unit:
        past = datetime.now(UTC) - timedelta(minutes=1)
        before = await unit.session.scalar(count)
        await change_row(unit, world, "dossier", due_at=past)
        await end_what_is_due(unit)
    async with world.composition.sessions() as session:
        assert await session.scalar(count) == (before or 0) + 1


async def test_the_form_is_filled_printed_and_every_look_written_down(
    world: World, change: Change, desk: Desk
) -> None:
    viewer = world.users["owner"].id
    async with change(SYSTEM) as unit:
        opened = await open_form(unit, desk, world["dossier"].id, viewer, "192.0.2.7")
    async with world.composition.sessions() as session:
        views = (await session.scalars(select(DossierView))).all()

    said = {line.label: line.value for section in opened.form.sections for line in section.lines}
    assert said["Họ và tên"] == "NÔNG THỊ MẶN"
    assert said["Số định danh cá nhân"] == "006190000812"
    assert said["Dân tộc"] == "Tày"
    assert said["Tên hộ kinh doanh"] == "HỘ KINH DOANH MIẾN BÀ MẶN"
    assert opened.form.sections[1].tables[0].rows == (
        ("1", "1074", "Sản xuất mì ống, mỳ sợi và sản phẩm tương tự"),
    )
    assert opened.form.is_draft
    assert [(view.viewer_id, view.address) for view in views] == [(viewer, "192.0.2.7")]
    assert opened.data["answers"]["person"]["fullName"] == "Nông Thị Mặn"


async def test_the_printed_form_is_marked_as_a_draft_until_it_is_filed(
    world: World, change: Change, desk: Desk
) -> None:
    async with change(SYSTEM) as unit:
        draft = await open_form(unit, desk, world["dossier"].id, None, None)
        filed = await open_form(unit, desk, world["filed_dossier"].id, None, None)
    printed = PDFPrinter().print_form(draft.form)

    assert printed.startswith(b"%PDF-1.")
    assert b"BeVietnamPro" in printed
    assert (draft.form.is_draft, filed.form.is_draft) == (True, False)


async def test_the_ethnicity_is_sealed_and_nowhere_else(world: World) -> None:
    sealer = world.composition.ports[SEALER]
    async with world.composition.sessions() as session:
        dossier = await session.get_one(Dossier, world["dossier"].id)
        told = await session.scalar(
            select(func.count())
            .select_from(Dossier)
            .where(cast(Dossier.answers, String).contains("Tày"))
        )

    assert open_steps(sealer, dossier)["home"]["ethnicity"] == "Tày"
    assert told == 0
