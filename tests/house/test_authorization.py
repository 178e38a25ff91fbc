"""Every root field has a decision for everybody, and a refusal changes nothing."""

from datetime import UTC, datetime
from typing import Any, Final

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from marketplace.accounts.models import Address
from marketplace.app.schema import schema
from marketplace.kernel.database import Model, new_id
from marketplace.kernel.graph.ids import to_global
from tests.asking import Answer, ask
from tests.factories.world import World
from tests.house.matrix import MUTATIONS, QUERIES, VIEWERS, Row

GRAPHQL = schema._schema  # noqa: SLF001 - graphql-core's schema has no public name
REFUSED: Final = {"NotSignedIn", "PermissionDenied"}
# Counted before anybody is told anything: how often a door was tried.
COUNTERS: Final = {"attempts"}


def cases(rows: tuple[Row, ...]) -> list[Any]:
    return [
        pytest.param(row, viewer, sign, id=f"{row} for {viewer}")
        for row in rows
        for viewer, sign in zip(VIEWERS, row.signs, strict=True)
    ]


def reached(value: Any, path: tuple[str | int, ...]) -> object:
    for step in path:
        if isinstance(step, int):
            value = value[step] if len(value) > step else None
        else:
            value = value[step] if value is not None else None
        if value is None:
            return None
    return value


async def fingerprint(connection: AsyncConnection) -> dict[str, str]:
    """What every table holds, jobs included."""
    found = {}
    for table in [*Model.metadata.tables, "procrastinate_jobs"]:
        if table in COUNTERS:
            continue
        statement = f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"  # noqa: S608 - our own names
        found[table] = str((await connection.execute(text(statement))).scalar_one())
    return found


def told(answer: Answer, field: str) -> list[str]:
    """The codes of the payload's own errors."""
    payload = (answer.body.get("data") or {}).get(field)
    assert payload is not None, answer.body
    return [error["code"] for error in payload["errors"]]


@pytest.fixture
async def peopled(world: World) -> World:
    """The world with an address of somebody who is none of the six."""
    address = Address(
        id=new_id(),
        user_id=world.users["buyer"].id,
        first_name="Mai",
        last_name="",
        company_name="",
        street_address_1="Thôn Chợ",
        street_address_2="",
        city="",
        city_area="",
        postal_code="",
        country="VN",
        country_area="",
        phone="",
        created_at=datetime.now(UTC),
    )
    async with world.composition.sessions() as session, session.begin():
        session.add(address)
    world.things["address"] = address
    return world


def test_every_root_field_has_a_row() -> None:
    assert GRAPHQL.query_type is not None
    assert GRAPHQL.mutation_type is not None
    assert set(GRAPHQL.query_type.fields) == {row.field for row in QUERIES}
    assert set(GRAPHQL.mutation_type.fields) == {row.field for row in MUTATIONS}


@pytest.mark.parametrize(("row", "viewer", "sign"), cases(QUERIES))
async def test_reading(world: World, row: Row, viewer: str, sign: str) -> None:
    answer = await ask(
        world.composition,
        row.document,
        world.viewers[viewer],
        **row.variables(world),
    )

    found = reached(answer[row.field], row.path)
    assert (found is not None) is (sign == "+"), answer.body


@pytest.mark.parametrize(("row", "viewer", "sign"), cases(MUTATIONS))
async def test_changing(
    peopled: World,
    world_connection: AsyncConnection,
    row: Row,
    viewer: str,
    sign: str,
) -> None:
    before = await fingerprint(world_connection)

    answer = await ask(
        peopled.composition,
        row.document,
        peopled.viewers[viewer],
        **row.variables(peopled),
    )

    if sign == "!":
        assert set(answer.codes) <= REFUSED, answer.body
        assert len(answer.codes) == 1, answer.body
        assert (viewer == "visitor") is (answer.codes == ["NotSignedIn"])
    elif sign == "+":
        assert told(answer, row.field) == []
    elif sign == "-":
        assert told(answer, row.field) != []
    else:
        assert not answer.errors, answer.body
    if sign in "!-":
        assert await fingerprint(world_connection) == before


async def test_a_hidden_thing_is_refused_like_a_missing_one(world: World) -> None:
    document = "mutation($id: ID!) { productPublish(id: $id) { errors { field message code } } }"
    stranger = world.viewers["stranger"]

    missing = await ask(world.composition, document, stranger, id=to_global("Product", new_id()))
    hidden = await ask(
        world.composition,
        document,
        stranger,
        id=to_global("Product", world["draft"].id),
    )

    assert missing.body["data"] == hidden.body["data"]
