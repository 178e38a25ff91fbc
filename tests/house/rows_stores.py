"""Who may ask for what about stores."""

from typing import Final

from tests.factories.stores import OLD_SLUG
from tests.house.rows import CHANGE, Row, gid

QUERIES: Final = (
    Row(
        "businessMoved",
        "one that is suspended, by its former name",
        "--++++",
        f'{{ businessMoved(slug: "{OLD_SLUG}") {{ id }} }}',
    ),
    Row("storeColour", "a colour", "++++++", '{ storeColour(colour: "1e2a56") { nearest } }'),
    Row("storePalette", "the palette", "++++++", "{ storePalette { name } }", path=(0,)),
)

MUTATIONS: Final = (
    Row(
        "storeUpdate",
        "its hours",
        "!!!+!+",
        f"""mutation($id: ID!) {{ storeUpdate(business: $id,
            input: {{hours: ["7-17", "7-17", "7-17", "7-17", "7-17", "7-11", ""]}}) {CHANGE} }}""",
        gid("Business", "business"),
    ),
    Row(
        "storeUpdate",
        "the colour of a suspended one",
        "!-!+!+",
        f"""mutation($id: ID!) {{
            storeUpdate(business: $id, input: {{accent: "1e2a56"}}) {CHANGE} }}""",
        gid("Business", "suspended"),
    ),
    Row(
        "storeClosureAdd",
        "a holiday",
        "!!!+!+",
        f"""mutation($id: ID!) {{ storeClosureAdd(business: $id,
            input: {{firstDay: "2126-02-01"}}) {CHANGE} }}""",
        gid("Business", "business"),
    ),
    Row(
        "storeClosureRemove",
        "one of its holidays",
        "!!!+!+",
        f"mutation($id: ID!) {{ storeClosureRemove(id: $id) {CHANGE} }}",
        gid("StoreClosure", "closure"),
    ),
    Row(
        "businessSlugChange",
        "its address",
        "!!!+!+",
        f"""mutation($id: ID!) {{
            businessSlugChange(business: $id, slug: "mien-con-minh") {CHANGE} }}""",
        gid("Business", "business"),
    ),
    *(
        Row(
            name,
            thing,
            signs,
            f"mutation($id: ID!) {{ {name}(business: $id{more}) {CHANGE} }}",
            gid("Business", "business"),
        )
        for name, thing, signs, more in (
            ("businessDataRequest", "its data", "!!!+!!", ""),
            ("businessClosingAsk", "with a password", "!!!+!!", ', password: "cho-phien-ba-be"'),
            ("businessClosingUndo", "that nobody asked for", "!!!-!!", ""),
        )
    ),
)
