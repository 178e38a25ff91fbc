"""Addresses for bytes: handing pictures in, fetching public ones, opening private ones."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse

from marketplace.kernel.context import Asking, ContextFactory, RequestContext
from marketplace.kernel.errors import DomainError, NotFoundError, NotSignedInError
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.i18n import _, language_of
from marketplace.kernel.viewer import VISITOR, Viewer
from marketplace.media.api.mutations import bytes_of
from marketplace.media.api.types.thumbnails import thumbnail
from marketplace.media.errors import FileTooLargeError, UnreadableFileError
from marketplace.media.models import MediaFile
from marketplace.media.ports import FILE_LINKS, MEDIA_STORE, UPLOAD_QUOTA, MissingFileError
from marketplace.media.rules.kinds import EXTENSIONS
from marketplace.media.rules.links import read_link
from marketplace.media.services.private_files import open_private_file
from marketplace.media.services.uploads import MOST_BYTES, Alt, upload_document, upload_image

IMMUTABLE: Final = "public, max-age=31536000, immutable"
SIGNED_SECONDS: Final = 60
# A multipart form is a little longer than the file in it.
_LONGEST_BODY: Final = MOST_BYTES + 64 * 1024
_TYPES: Final = {extension: name for name, extension in EXTENSIONS.items()}
_LOCKED_UP: Final = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def media_router(contexts: ContextFactory) -> APIRouter:
    """The routes of the media.

    The viewer is what the roof left in `request.state.viewer` after checking the session or the
    bearer token; the check against forged forms is the roof's, too.
    """
    router = APIRouter()

    @router.post("/media", name="upload_media")
    async def upload_media(request: Request) -> Response:
        """Take a picture, or with `is_private` a document, in; the parts: file, alt, is_private."""
        async with contexts(_asking(request)) as context:
            return await _take_in(context, request)

    @router.get("/media/{path:path}", name="public_media")
    async def public_media(request: Request, path: str) -> Response:
        """A public picture, where the store is a folder of this machine."""
        async with contexts(_asking(request)) as context:
            found = context.ports[MEDIA_STORE].local_path(path)
        content_type = _TYPES.get(path.rpartition(".")[2])
        if found is None or content_type is None:
            return Response(status_code=404)
        headers = {"Cache-Control": IMMUTABLE, "X-Content-Type-Options": "nosniff"}
        return FileResponse(found, media_type=content_type, headers=headers)

    @router.get("/files/{token}", name="private_file")
    async def private_file(request: Request, token: str) -> Response:
        """A private file, for whoever holds a link that is still good."""
        async with contexts(_asking(request)) as context:
            return await _open_private(context, token)

    return router


async def _take_in(context: RequestContext, request: Request) -> Response:
    store, quota = context.ports[MEDIA_STORE], context.ports[UPLOAD_QUOTA]
    try:
        context.signed_in()
        _refuse_long_body(request)
        data, alt, is_private = await _sent(request)
        async with context.change() as unit:
            if is_private:
                media = await upload_document(unit, store, data, quota=quota)
            else:
                media = await upload_image(unit, store, data, quota=quota, alt=Alt(alt))
    except DomainError as error:
        return _refusal(context, error)
    shown = thumbnail(media, None, None, store.base_url, context.language)
    return JSONResponse(_told(media, None if shown is None else shown.url), status_code=201)


async def _sent(request: Request) -> tuple[bytes, str, bool]:
    """The parts of the form: the file, what it shows, and whether it is for few eyes only."""
    try:
        async with request.form(max_files=1, max_fields=4) as form:
            data = await bytes_of(form.get("file"))
            return data, str(form.get("alt", "")), form.get("is_private") == "true"
    except ValueError:
        # The sender names the alphabet of a form, and some of Python's read no free text.
        message = _("Please send the file as a part of a multipart form.")
        raise UnreadableFileError(message) from None


def _refuse_long_body(request: Request) -> None:
    """Before anything of it is read: an endless body must not fill the disk."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > _LONGEST_BODY:
        raise FileTooLargeError(MOST_BYTES // (1024 * 1024))


def _told(media: MediaFile, url: str | None) -> dict[str, object]:
    return {
        "id": to_global("MediaFile", media.id),
        "url": url,
        "contentType": media.content_type,
        "byteSize": media.byte_size,
        "width": media.width,
        "height": media.height,
        "state": media.state.name,
        "isPrivate": media.is_private,
    }


def _refusal(context: RequestContext, error: DomainError) -> Response:
    errors = [
        {"field": each.field, "message": each.text(context.language), "code": each.code}
        for each in error.problems
    ]
    status = 401 if isinstance(error, NotSignedInError) else 422
    return JSONResponse({"errors": errors}, status_code=status)


async def _open_private(context: RequestContext, token: str) -> Response:
    links, store = context.ports[FILE_LINKS], context.ports[MEDIA_STORE]
    link = read_link(token, links.secret, datetime.now(UTC))
    if link is None:
        return Response(status_code=404, headers=_LOCKED_UP)
    try:
        media = await _viewed(context, link.media_id, link.viewer_id)
        address = await store.signed_url(media.storage_key, SIGNED_SECONDS)
        if address is not None:
            return RedirectResponse(address, status_code=303, headers=_LOCKED_UP)
        data = await store.get(media.storage_key)
    except (NotFoundError, MissingFileError):
        return Response(status_code=404, headers=_LOCKED_UP)
    name = f"{media.id}.{EXTENSIONS[media.content_type]}"
    headers = {**_LOCKED_UP, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media.content_type, headers=headers)


async def _viewed(context: RequestContext, media_id: UUID, viewer_id: UUID | None) -> MediaFile:
    async with context.change() as unit:
        return await open_private_file(unit, media_id, viewer_id, context.asking.address)


def _asking(request: Request) -> Asking:
    viewer: Viewer = getattr(request.state, "viewer", VISITOR)
    return Asking(
        viewer=viewer,
        language=language_of(request.headers.get("accept-language")),
        request_id=getattr(request.state, "request_id", None),
        address=None if request.client is None else request.client.host,
        user_agent=request.headers.get("user-agent"),
    )
