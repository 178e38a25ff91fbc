"""Handing files in through GraphQL."""

from io import BytesIO
from typing import Any

import strawberry
from starlette.datastructures import UploadFile

from marketplace.kernel.context import Asking, RequestContext
from marketplace.kernel.database import Reader
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.scalars import CONFIG
from marketplace.kernel.viewer import VISITOR, Viewer
from marketplace.media.api.loaders import MediaLoaders
from marketplace.media.api.mutations import MediaMutations
from marketplace.media.api.types.thumbnails import picture_of
from tests.factories.media import A_PDF, a_picture
from tests.media.conftest import House


@strawberry.type
class Query:
    """A schema must have one."""

    nothing: str = "nothing"


SCHEMA = strawberry.Schema(query=Query, mutation=MediaMutations, config=CONFIG)
PICTURE = """mutation ($file: Upload!) { mediaUpload(file: $file, alt: "Miến") {
    media { id contentType width state isPrivate image(size: 64) { url alt } }
    errors { field message code } } }"""
DOCUMENT = """mutation ($file: Upload!) { documentUpload(file: $file) {
    media { contentType isPrivate image { url } } errors { code } } }"""


async def ask(house: House, document: str, file: object, viewer: Viewer | None = None) -> Any:
    async with house.sessions() as session:
        context = RequestContext(
            Asking(viewer=viewer or house.person),
            Reader(session),
            house.sessions,
            house.events,
            house.ports,
        )
        return await SCHEMA.execute(document, {"file": file}, context_value=context)


def sent(data: bytes) -> UploadFile:
    return UploadFile(BytesIO(data), filename="anh.jpg")


async def test_takes_a_picture(house: House) -> None:
    result = await ask(house, PICTURE, sent(a_picture(100, 80)))

    assert result.errors is None
    payload = result.data["mediaUpload"]
    assert payload["errors"] == []
    assert payload["media"]["width"] == 100
    assert payload["media"]["state"] == "PENDING"
    assert payload["media"]["image"]["alt"] == "Miến"
    assert payload["media"]["image"]["url"].startswith("http://cho.example/media/public/")


async def test_takes_a_document(house: House) -> None:
    result = await ask(house, DOCUMENT, sent(A_PDF))

    assert result.data["documentUpload"] == {
        "media": {"contentType": "application/pdf", "isPrivate": True, "image": None},
        "errors": [],
    }


async def test_refusals_are_entries(house: House) -> None:
    program = await ask(house, PICTURE, sent(b"MZ"))
    text = await ask(house, PICTURE, "no file at all")

    assert program.data["mediaUpload"]["media"] is None
    assert program.data["mediaUpload"]["errors"][0]["code"] == "UNSUPPORTED_MEDIA_TYPE"
    assert text.data["mediaUpload"]["errors"][0]["field"] == "file"


async def test_visitors_are_told_to_sign_in(house: House) -> None:
    result = await ask(house, PICTURE, sent(a_picture()), VISITOR)

    assert result.errors[0].extensions["code"] == "NotSignedIn"


async def test_visitors_see_pictures_and_nothing_private(house: House) -> None:
    taken = await ask(house, PICTURE, sent(a_picture()))
    hidden = await ask(
        house,
        "mutation ($file: Upload!) { documentUpload(file: $file) { media { id } } }",
        sent(A_PDF),
    )
    keys = [
        required_key("MediaFile", each["media"]["id"])
        for each in (taken.data["mediaUpload"], hidden.data["documentUpload"])
    ]

    async with house.sessions() as session:
        context = RequestContext(
            Asking(), Reader(session), house.sessions, house.events, house.ports
        )
        files = await context.once(MediaLoaders).by_id.load_many(keys)
        nothing = await picture_of(context, None, 64, None)

    assert [None if file is None else file.id for file in files] == [keys[0], None]
    assert nothing is None
