"""The ways in and out over HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from marketplace.kernel.context import Asking, RequestContext
from marketplace.kernel.database import Reader, new_id
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import VISITOR, Viewer
from marketplace.media.api.http import media_router
from marketplace.media.events import PrivateFileViewed
from marketplace.media.models import MediaFile
from marketplace.media.ports import FILE_LINKS
from marketplace.media.services.uploads import MOST_BYTES, upload_document
from tests.factories.media import A_PDF, a_photograph_with_secrets, a_picture
from tests.media.conftest import House, web

Call = Callable[[Request], Awaitable[Response]]


def application(house: House, viewer: Viewer) -> FastAPI:
    @asynccontextmanager
    async def contexts(asking: Asking) -> AsyncIterator[RequestContext]:
        async with house.sessions() as session:
            yield RequestContext(asking, Reader(session), house.sessions, house.events, house.ports)

    app = FastAPI()

    @app.middleware("http")
    async def sign_in(request: Request, call: Call) -> Response:
        request.state.viewer = viewer
        return await call(request)

    app.include_router(media_router(contexts))
    return app


def link(house: House, media: MediaFile, now: datetime | None = None) -> str:
    viewer = house.person.user_id
    return house.ports[FILE_LINKS].address_of(media.id, viewer, now or datetime.now(UTC))


async def a_document(house: House) -> MediaFile:
    async with unit_of_work(house.sessions, house.person, house.events) as unit:
        return await upload_document(unit, house.store, A_PDF)


async def test_a_picture_goes_in_and_comes_out(house: House) -> None:
    async with web(application(house, house.person)) as client:
        sent = {"file": ("virus.exe", a_photograph_with_secrets(), "application/x-msdownload")}
        taken = await client.post("/media", files=sent, data={"alt": "Miến"})
        shown = await client.get(taken.json()["url"])

    assert taken.status_code == 201
    assert (taken.json()["width"], taken.json()["state"]) == (400, "PENDING")
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert b"Secret" not in shown.content


@pytest.mark.parametrize(
    ("name", "kind", "data", "message"),
    [
        (
            "anh.jpg",
            "image/jpeg",
            b"MZ\x90\x00",
            "Loại tệp này không nhận được. Hãy gửi ảnh JPEG, PNG, WebP hoặc tệp PDF.",
        ),
        (
            "anh.png",
            "image/png",
            b"<svg onload='alert(1)'/>",
            "Loại tệp này không nhận được. Hãy gửi ảnh JPEG, PNG, WebP hoặc tệp PDF.",
        ),
        (
            "anh.jpg",
            "image/jpeg",
            a_picture()[:2000],
            "Ảnh bị hỏng hoặc chưa gửi hết. Bà con gửi lại giúp nhé.",
        ),
    ],
)
async def test_a_refusal_says_why(
    house: House, name: str, kind: str, data: bytes, message: str
) -> None:
    async with web(application(house, house.person)) as client:
        answer = await client.post("/media", files={"file": (name, data, kind)})

    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert (error["field"], error["message"]) == ("file", message)


async def test_visitors_are_asked_to_sign_in(house: House) -> None:
    async with web(application(house, VISITOR)) as client:
        answer = await client.post("/media", files={"file": ("a.jpg", a_picture(), "image/jpeg")})

    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "NotSignedIn"


async def test_a_document_goes_in_but_has_no_address(house: House) -> None:
    sent = {"file": ("giay-to.pdf", A_PDF, "application/pdf")}

    async with web(application(house, house.person)) as client:
        answer = await client.post("/media", files=sent, data={"is_private": "true"})

    assert answer.status_code == 201
    assert (answer.json()["url"], answer.json()["isPrivate"]) == (None, True)


async def test_a_body_too_long_is_refused_before_it_is_read(house: House) -> None:
    kind = {"content-type": "multipart/form-data; boundary=x"}
    async with web(application(house, house.person)) as client:
        long = await client.post("/media", headers=kind, content=bytes(MOST_BYTES + 70_000))
        without_length = httpx.Request(
            "POST", "http://cho.example/media", headers=kind, content=b"x"
        )
        del without_length.headers["content-length"]
        unknown = await client.send(without_length)
        nothing = await client.post("/media", data={"alt": "x"})

    assert [each.status_code for each in (long, unknown, nothing)] == [422] * 3
    assert [each.json()["errors"][0]["code"] for each in (long, unknown, nothing)] == [
        "FILE_TOO_LARGE",
        "FILE_TOO_LARGE",
        "INVALID",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/media/..%2f..%2fetc%2fpasswd",
        "/media/public/..%2f..%2fsecret.jpg",
        "/media/private/aa/x/original.pdf",
        "/media/%2Fetc%2Fpasswd.jpg",
        "/media/public",
        "/media/public/none.jpg",
        "/media/public/%00.jpg",
    ],
)
async def test_nothing_but_pictures_is_shown(house: House, path: str) -> None:
    async with web(application(house, VISITOR)) as client:
        answer = await client.get(path)

    assert answer.status_code == 404


async def test_a_private_file_that_was_removed_opens_no_more(house: House) -> None:
    media = await a_document(house)
    await house.store.delete([media.storage_key])

    async with web(application(house, house.person)) as client:
        answer = await client.get(link(house, media))

    assert answer.status_code == 404


async def test_a_private_file_opens_with_its_link_and_the_look_is_told(house: House) -> None:
    looks: list[tuple[UUID, UUID | None]] = []

    async def hear(unit: UnitOfWork, event: PrivateFileViewed) -> None:  # noqa: ARG001 - part of the signature
        looks.append((event.media_id, event.viewer_id))

    house.events.subscribe(PrivateFileViewed, hear)
    media = await a_document(house)

    async with web(application(house, house.person)) as client:
        answer = await client.get(link(house, media))

    assert (answer.status_code, answer.content) == (200, A_PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert looks == [(media.id, house.person.user_id)]


async def test_a_link_that_ended_or_was_changed_opens_nothing(house: House) -> None:
    looks: list[PrivateFileViewed] = []

    async def hear(unit: UnitOfWork, event: PrivateFileViewed) -> None:  # noqa: ARG001 - part of the signature
        looks.append(event)

    house.events.subscribe(PrivateFileViewed, hear)
    media = await a_document(house)
    good = link(house, media)
    last = "B" if good[-10] != "B" else "C"
    unknown = house.ports[FILE_LINKS].address_of(new_id(), None, datetime.now(UTC))
    bad = [
        link(house, media, datetime.now(UTC) - timedelta(hours=1)),
        good[:-10] + last + good[-9:],
        good[:-20],
        good + "AAAA",
        unknown,
        "http://cho.example/files/" + "A" * 95,
    ]

    async with web(application(house, house.person)) as client:
        answers = [(await client.get(each)).status_code for each in bad]

    assert answers == [404] * len(bad)
    assert looks == []


async def test_a_bucket_hands_the_file_out_itself(either_house: House) -> None:
    house = either_house
    media = await a_document(house)

    async with web(application(house, house.person)) as client:
        answer = await client.get(link(house, media))

    if answer.status_code == 303:
        async with httpx.AsyncClient() as client:
            answer = await client.get(answer.headers["location"])
    assert answer.content == A_PDF
