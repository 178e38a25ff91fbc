"""Places as the schema shows them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import strawberry
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from marketplace.kernel.context import Asking, RequestContext
from marketplace.kernel.database import Reader, Sessions
from marketplace.kernel.graph.scalars import CONFIG
from marketplace.kernel.ports import Ports
from marketplace.kernel.unit_of_work import EventBus
from marketplace.places.api.queries import PlaceQueries

SCHEMA = strawberry.Schema(query=PlaceQueries, config=CONFIG)


class Statements:
    """Counts what is sent to the database."""

    def __init__(self) -> None:
        self.count = 0

    def note(self, *_arguments: Any) -> None:
        self.count += 1


@pytest.fixture
async def statements(connection: AsyncConnection) -> AsyncIterator[Statements]:
    noted = Statements()
    event.listen(connection.sync_connection, "before_cursor_execute", noted.note)
    yield noted
    event.remove(connection.sync_connection, "before_cursor_execute", noted.note)


async def ask(reader: Reader, sessions: Sessions, document: str) -> dict[str, Any]:
    context = RequestContext(Asking(), reader, sessions, EventBus(), Ports())
    result = await SCHEMA.execute(document, context_value=context)
    assert result.errors is None, result.errors
    assert result.data is not None
    return result.data


async def test_shows_a_commune_with_what_it_was(reader: Reader, sessions: Sessions) -> None:
    answer = await ask(
        reader,
        sessions,
        """{ place(code: "02020") {
            id code name fullName slug kind level validFrom validTo areaKm2 latitude longitude
            formerNames oldDistricts { name level validTo } parent { fullName }
            formerUnits { fullName address label } description
            translation(languageCode: EN) { fullName description } } }""",
    )

    place = answer["place"]
    assert place["fullName"] == "Xã Chợ Đồn"
    assert (place["slug"], place["level"], place["validTo"]) == ("cho-don", "COMMUNE", None)
    assert set(place["formerNames"]) == {
        "Thị trấn Bằng Lũng",
        "Xã Phương Viên",
        "Xã Ngọc Phái",
        "Xã Bằng Lãng",
    }
    assert place["oldDistricts"] == [
        {"name": "Chợ Đồn", "level": "DISTRICT", "validTo": "2025-06-30"},
    ]
    assert place["parent"] == {"fullName": "Tỉnh Thái Nguyên"}
    labels = [unit["label"] for unit in place["formerUnits"]]
    assert "Xã Chợ Đồn (trước 7/2025: TT Bằng Lũng, huyện Chợ Đồn, Bắc Kạn)" in labels
    assert place["translation"]["fullName"] == "Chợ Đồn commune"
    assert '"type":"paragraph"' in place["description"]


async def test_finds_by_id_and_answers_null_for_nothing(reader: Reader, sessions: Sessions) -> None:
    known = (await ask(reader, sessions, '{ place(code: "01906") { id } }'))["place"]["id"]

    answer = await ask(
        reader,
        sessions,
        f"""{{ found: place(id: "{known}") {{ code }} wrong: place(id: "UGxhY2U6MQ==") {{ code }}
            unknown: place(code: "99999") {{ code }} nothing: place {{ code }} }}""",
    )

    assert answer == {
        "found": {"code": "01906"},
        "wrong": None,
        "unknown": None,
        "nothing": None,
    }


async def test_lists_today_by_default_and_history_when_asked(
    reader: Reader, sessions: Sessions
) -> None:
    answer = await ask(
        reader,
        sessions,
        """{ today: places { code } districts: places(level: DISTRICT) { code communes { code } }
            provinces: places(level: PROVINCE) { code }
            search: places(search: "TT Bằng Lũng") { code } few: places(first: 2) { name } }""",
    )

    assert len(answer["today"]) == 37
    assert len(answer["districts"]) == 8
    shares = sum(len(district["communes"]) for district in answer["districts"])
    assert shares == 37 + 3
    assert {place["code"] for place in answer["provinces"]} == {"19", "06"}
    assert answer["search"] == [{"code": "02020"}]
    assert answer["few"] == [{"name": "Ba Bể"}, {"name": "Bạch Thông"}]


async def test_refuses_pages_without_end(reader: Reader, sessions: Sessions) -> None:
    context = RequestContext(Asking(), reader, sessions, EventBus(), Ports())

    result = await SCHEMA.execute("{ places(first: 101) { code } }", context_value=context)

    assert result.errors is not None
    assert result.errors[0].message == "A page holds at most 100 things."


async def test_a_list_takes_as_many_statements_as_one_place(
    reader: Reader, sessions: Sessions, statements: Statements
) -> None:
    fields = """{ name parent { name } formerUnits { label } oldDistricts { name communes { name } }
        translation(languageCode: EN) { name } }"""
    await ask(reader, sessions, f"{{ places(first: 1) {fields} }}")
    one, statements.count = statements.count, 0

    await ask(reader, sessions, f"{{ places(first: 37) {fields} }}")

    assert statements.count <= one <= 9
