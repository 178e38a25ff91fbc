"""Officers of the wrong place or task are strangers; the right ones, and helpers, get so much.

The matrix says what six viewers may do; here stand those who differ from one of them only by
where they hold an office, for what, or for how much help a seller agreed to.
"""

from collections.abc import Mapping
from typing import Final

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from marketplace.kernel.database import new_id
from marketplace.kernel.viewer import (
    Assisting,
    HelpScope,
    OfficerFunction,
    OfficerGrant,
    Viewer,
)
from tests.asking import ask
from tests.factories.accounts import a_user
from tests.factories.world import World
from tests.house.matrix import MUTATIONS, QUERIES, VIEWERS, Row
from tests.house.test_authorization import fingerprint, peopled, reached

__all__ = ["peopled"]

# Like whom each is treated, but for what is named.
LIKE: Final[Mapping[str, str]] = {
    "officer elsewhere": "stranger",
    "officer of another task": "stranger",
    "trade officer of the commune": "officer",
    "registrar of the commune": "stranger",
    "helper with goods": "stranger",
    "helper with everything": "stranger",
}
# The seller's goods, unpublished ones too; neither her papers nor her people nor her settings.
_GOODS: Final = frozenset(
    {
        "assistanceEnd: of the officer for the owner",
        "assistances: one's own",
        "importReceive: for the business",
        "product: a draft",
        "product: a withdrawn one",
        "productCreate: for the business",
        "productPicturesSet: of a draft",
        "productPublish: draft",
        "productSave: with a price",
        "productUpdate: draft",
        "productUpdate: shown",
        "productVariant: one of a draft",
        "productVariantCreate: for a draft",
        "productVariantPricesSet: shown_variant",
        "productWithdraw: shown",
        "products: a draft",
        "productsChange: dearer",
        "productsChange: taken off the shelf",
        "productsImport: for the business",
        "workspace: its drafts",
        "workspace: of the business",
        "workspaces: one's own",
    }
)
_STOCK: Final = frozenset(
    {
        "productSave: a new one",
        "productVariantStockBook: shown_variant",
        "productVariantStockSet: shown_variant",
        "productVariantThresholdSet: shown_variant",
    }
)
MORE: Final[Mapping[str, frozenset[str]]] = {
    "registrar of the commune": frozenset(
        {"dossier: a filed one", "deskDossiers: a filed one", "dossierHandle: a filed one"}
    ),
    "helper with goods": _GOODS,
    "helper with everything": _GOODS | _STOCK,
}
# The register is the whole province's; the help that is given is that of the one officer.
LESS: Final[Mapping[str, frozenset[str]]] = {
    "trade officer of the commune": frozenset(
        {
            "registerImport: a register",
            "assistances: one's own",
            "assistanceEnd: of the officer for the owner",
        }
    ),
}


async def viewer_named(world: World, name: str) -> Viewer:
    """A new person with that office or consent."""
    place, elsewhere = world["place"].id, new_id()
    offices = {
        "officer elsewhere": [
            OfficerGrant(function, elsewhere)
            for function in (OfficerFunction.TRADE, OfficerFunction.REGISTRATION)
        ],
        "officer of another task": [
            OfficerGrant(OfficerFunction.TOURISM),
            OfficerGrant(OfficerFunction.LABOUR, place),
        ],
        "trade officer of the commune": [OfficerGrant(OfficerFunction.TRADE, place)],
        "registrar of the commune": [OfficerGrant(OfficerFunction.REGISTRATION, place)],
    }
    if name not in offices:
        scopes = {HelpScope.PRODUCTS} if name == "helper with goods" else set(HelpScope)
        help_given = world["assistance"]
        return Viewer(
            user_id=help_given.helper_id,
            on_behalf_of=help_given.seller_id,
            assisting=Assisting(help_given.id, help_given.business_id, frozenset(scopes)),
        )
    async with world.composition.sessions() as session, session.begin():
        user = await a_user(session)
    return Viewer(user_id=user.id, grants=frozenset(offices[name]))


async def is_given(world: World, row: Row, viewer: Viewer, *, is_change: bool) -> bool:
    """Whether the row's thing is answered, or done."""
    answer = await ask(world.composition, row.document, viewer, **row.variables(world))
    data = answer.body.get("data") or {}
    if not is_change:
        return reached(data.get(row.field), row.path) is not None
    payload = data.get(row.field)
    return payload is not None and not answer.errors and not payload["errors"]


@pytest.mark.parametrize("name", LIKE)
async def test_gets_what_the_office_or_the_consent_gives(
    peopled: World, world_connection: AsyncConnection, name: str
) -> None:
    viewer, like = await viewer_named(peopled, name), VIEWERS.index(LIKE[name])
    more: set[str] = set()
    less: set[str] = set()
    before = await fingerprint(world_connection)

    for rows, is_change in ((QUERIES, False), (MUTATIONS, True)):
        for row in rows:
            async with world_connection.begin_nested() as savepoint:
                given = await is_given(peopled, row, viewer, is_change=is_change)
                if given or row.signs[like] in "+·":
                    await savepoint.rollback()
            if row.signs[like] != "·" and given != (row.signs[like] == "+"):
                (more if given else less).add(str(row))

    assert (more, less) == (set(MORE.get(name, ())), set(LESS.get(name, ())))
    assert await fingerprint(world_connection) == before
