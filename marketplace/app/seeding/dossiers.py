"""The demo's dossiers: one in each state, made by the very services people use."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, TypeAlias
from uuid import UUID

from sqlalchemy import select

from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import OfficerFunction, OfficerGrant, Viewer
from marketplace.law.services.asking import day_of
from marketplace.registration.models import Dossier
from marketplace.registration.rules.interview import STEPS
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.services.desk import Decision, DeskStep, handle_dossier
from marketplace.registration.services.dossiers import Desk, answer_step, begin_dossier
from marketplace.registration.services.filing import (
    complete_dossier,
    file_dossier,
    papers_for,
    tick_paper,
    withdraw_dossier,
)
from marketplace.registration.services.sealed import open_steps

Change: TypeAlias = Callable[[Viewer], AbstractAsyncContextManager[UnitOfWork]]
D = DeskStep
_SUPPLEMENT: Final = Decision(
    note="Ghi rõ thôn nơi đặt trụ sở; tờ đơn thiếu chữ ký ở trang cuối.",
    wrong_papers=("application",),
)
_REFUSED: Final = Decision(note="Địa chỉ trụ sở nằm trong rừng đặc dụng, không đăng ký được.")
_ELSEWHERE: Final = Decision(note="Trụ sở không thuộc tỉnh; mời nộp ở tỉnh nơi đặt trụ sở.")


@dataclass(frozen=True, slots=True)
class Scene:
    """A dossier of the demo and what happened to it."""

    who: str
    name: str
    number: str
    born: str
    commune: str
    industries: str
    screens: int = 99
    is_complete: bool = True
    is_filed: bool = True
    receipt: str | None = None
    steps: tuple[tuple[DeskStep, Decision], ...] = ()
    is_withdrawn: bool = False
    is_late: bool = False


_OK: Final = Decision()
_RECEIVED: Final = (D.RECEIVE, _OK)
_PROCESSED: Final = (_RECEIVED, (D.PROCESS, _OK))
SCENES: Final = (
    Scene("buyer", "", "006190100101", "4/3/1990", "", "", screens=2, is_complete=False),
    Scene(
        "seeker",
        "Trà Hoa Vàng Nghĩa Tá",
        "006191100102",
        "9/8/1991",
        "Nghĩa Tá",
        "1076 4722",
        is_filed=False,
    ),
    Scene("seeker", "Homestay Pác Ngòi", "006192100103", "1/1/1992", "Nam Mẫu", "5520 5610"),
    Scene(
        "seeker",
        "Măng Khô Bản Thi",
        "006193100104",
        "20/10/1993",
        "Yên Thịnh",
        "1030",
        receipt="H41.12-261120-0003",
        steps=(_RECEIVED,),
    ),
    Scene(
        "company",
        "Thổ Cẩm Dao Tiền",
        "006194100105",
        "2/9/1994",
        "Ba Bể",
        "1392",
        steps=_PROCESSED,
        is_late=True,
    ),
    Scene(
        "company",
        "Gạo Bao Thai Bằng Lũng",
        "006195100106",
        "6/6/1995",
        "TT Bằng Lũng",
        "4721",
        steps=(_RECEIVED, (D.ASK_SUPPLEMENT, _SUPPLEMENT)),
    ),
    Scene(
        "company",
        "Quán Phở Đức Xuân",
        "006196100107",
        "7/7/1996",
        "Đức Xuân",
        "5610",
        steps=(_RECEIVED, (D.ASK_PAYMENT, Decision(note="Mời nộp lệ phí 100.000 đồng."))),
    ),
    Scene(
        "buyer",
        "Mật Ong Văn Lang",
        "006197100108",
        "8/8/1997",
        "Văn Lang",
        "0230",
        steps=(*_PROCESSED, (D.DECIDE, Decision(result_code="006197100108"))),
    ),
    Scene(
        "seller",
        "Bánh Khảo Sông Cầu",
        "006198100109",
        "9/9/1998",
        "Sông Cầu",
        "1071",
        steps=(*_PROCESSED, (D.DECIDE, Decision(result_code="006198100109")), (D.HAND_OVER, _OK)),
    ),
    Scene(
        "seller",
        "Quán Rừng Xanh",
        "006199100110",
        "3/4/1999",
        "Ba Bể",
        "5610",
        steps=(_RECEIVED, (D.STOP, _REFUSED)),
    ),
    Scene(
        "clerk",
        "Xe Tải Miền Núi",
        "006200100111",
        "5/5/2000",
        "Na Rì",
        "4933",
        steps=((D.REFUSE_RECEIPT, _ELSEWHERE),),
    ),
    Scene(
        "clerk", "May Áo Chàm", "006201100112", "11/11/2001", "Chợ Rã", "1410", is_withdrawn=True
    ),
)


async def load_dossiers(change: Change, desk: Desk, people: dict[str, UUID]) -> None:
    """Every scene that is not there yet."""
    officer = Viewer(
        user_id=people["officer.registration"],
        grants=frozenset({OfficerGrant(OfficerFunction.REGISTRATION)}),
    )
    async with change(officer) as unit:
        there = {
            (row.applicant_id, row.name) for row in await unit.session.scalars(select(Dossier))
        }
    for scene in SCENES:
        name = desk.book.naming.full_name(DossierKind.HOUSEHOLD, scene.name)
        if (people[scene.who], name) not in there:
            await _play(change, desk, scene, Viewer(user_id=people[scene.who]), officer)


async def _play(
    change: Change, desk: Desk, scene: Scene, applicant: Viewer, officer: Viewer
) -> None:
    async with change(applicant) as unit:
        dossier = await begin_dossier(unit, DossierKind.HOUSEHOLD)
        key = dossier.id
        answers = _answers(scene)
        for screen in STEPS[dossier.kind][: scene.screens]:
            await answer_step(unit, desk, key, screen.name, answers[screen.name])
        if scene.is_complete:
            await _file(unit, desk, scene, dossier)
    for step, decision in scene.steps:
        async with change(officer) as unit:
            await handle_dossier(unit, desk, key, step, replace(decision))
    async with change(applicant) as unit:
        found = await unit.session.get_one(Dossier, key)
        if scene.is_withdrawn:
            await withdraw_dossier(unit, key, "Tôi chưa làm nữa.")
        if scene.is_late:
            found.expected_on = day_of(unit.now) - timedelta(days=4)


async def _file(unit: UnitOfWork, desk: Desk, scene: Scene, dossier: Dossier) -> None:
    for paper in papers_for(desk.book, dossier, open_steps(desk.sealer, dossier)):
        await tick_paper(unit, desk, dossier.id, paper.code, is_there=True)
    await unit.session.flush()
    await complete_dossier(unit, desk, dossier.id)
    if scene.is_filed:
        await file_dossier(unit, desk, dossier.id, scene.receipt)


def _answers(scene: Scene) -> dict[str, dict[str, Any]]:
    """The same plain answers for everybody, but for who and what."""
    return {
        "person": {
            "personalNumber": scene.number,
            "fullName": "Nông Thị Mẫu",
            "birthDate": scene.born,
            "sex": "female",
            "phone": "0912 000 345",
        },
        "home": {"residence": "Thôn Nà Diếu, tỉnh Thái Nguyên"},
        "name": {"name": scene.name},
        "place": {"commune": scene.commune, "hamlet": "Thôn Nà Diếu"},
        "work": {"industries": scene.industries},
        "means": {
            "capital": "30.000.000",
            "startsOn": "1/12/2026",
            "workers": "2",
            "taxMethod": "declared",
        },
        "family": {},
    }
