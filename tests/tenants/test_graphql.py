"""No root field shows a stranger what a seller keeps for herself."""

import json
from collections import defaultdict
from itertools import groupby
from typing import Any, Final

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from marketplace.app.answers import answer_of
from marketplace.app.composition import Composition
from marketplace.app.running import PLANS
from marketplace.kernel.context import Asking
from marketplace.kernel.database import Model
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.viewer import Viewer
from tests.tenants.calls import GRAPHQL, Call, all_calls, gids_in, with_other
from tests.tenants.conftest import Tenants

CALLS: Final = [
    list(calls) for _field, calls in groupby(sorted(all_calls(), key=str), lambda call: call.field)
]
# Of one table so many more things are asked for: the first, the last, and those between.
MOST_OF_A_TABLE: Final = 6
OUTSIDERS: Final = ("visitor", "all at once", "helper")


async def shown_to(composition: Composition, tenants: Tenants, call: Call, viewer: Viewer) -> str:
    """The whole answer as text; limits would only hide what is deeper."""
    asking = Asking(viewer=viewer, is_trusted=True)
    async with composition.context(asking) as context:
        result = await PLANS.execute(call.document, call.values(tenants.world), context)
    body, _status = answer_of(result, "vi")
    assert body.get("data") is not None or all("path" in each for each in body["errors"]), body
    return json.dumps(body, ensure_ascii=False, default=str)


async def keys_by_table(connection: AsyncConnection) -> dict[str, list[Any]]:
    """The keys of every table of things."""
    found = {}
    for table in Model.metadata.sorted_tables:
        if "id" in table.columns:
            chosen = text(f"SELECT id FROM {table.name} ORDER BY id LIMIT 2000")  # noqa: S608 - our own names
            found[table.name] = list((await connection.execute(chosen)).scalars())
    return found


def others_of(call: Call, tenants: Tenants, keys: dict[str, list[Any]]) -> list[Call]:
    """The same call about other things of the same tables."""
    found = []
    for old, kind, key in gids_in(dict(call.variables(tenants.world))):
        like = next((each for each in keys.values() if key in each), [])
        step = max(len(like) // MOST_OF_A_TABLE, 1)
        found += [with_other(call, old, to_global(kind, each)) for each in like[::step]]
    return found


def test_every_root_field_is_asked_for() -> None:
    assert GRAPHQL.query_type is not None
    assert GRAPHQL.mutation_type is not None
    fields = {*GRAPHQL.query_type.fields, *GRAPHQL.mutation_type.fields}

    assert {calls[0].field for calls in CALLS} == fields


def test_every_table_holds_something_marked(tenants: Tenants) -> None:
    assert tenants.left_empty == []
    assert tenants.marks.unmarked == []
    assert len(tenants.marks.places) > 150


@pytest.mark.parametrize("calls", CALLS, ids=lambda calls: calls[0].field)
async def test_nothing_of_the_other_seller_is_shown(
    tenants: Tenants, tried: Composition, tried_connection: AsyncConnection, calls: list[Call]
) -> None:
    keys = await keys_by_table(tried_connection)
    shown = defaultdict(set)

    for call in calls:
        asked = [(call, name) for name in OUTSIDERS]
        asked += [(other, "all at once") for other in others_of(call, tenants, keys)]
        for each, name in asked:
            async with tried_connection.begin_nested() as savepoint:
                answer = await shown_to(tried, tenants, each, tenants.outsiders.viewers[name])
                await savepoint.rollback()
            assert "INTERNAL_SERVER_ERROR" not in answer, (name, each, answer[:2000])
            for place in tenants.marks.found_in(answer):
                shown[place].add(f"{name}: {call.document[:80]}")

    assert shown == {}


async def test_the_marks_are_shown_to_those_whom_they_concern(tenants: Tenants) -> None:
    names = ("workspace", "dossier", "business", "webhookEndpoints", "product", "verification")
    owner, seen = tenants.world.viewers["owner"], set()

    for calls in CALLS:
        if calls[0].field in names:
            for call in calls:
                answer = await shown_to(tenants.world.composition, tenants, call, owner)
                seen |= tenants.marks.found_in(answer)

    wanted = {
        "products.name",
        "business_bank_accounts.holder_name",
        "business_licences.number",
        "webhook_endpoints.url",
        "dossiers.sealed",
    }
    assert wanted <= seen
