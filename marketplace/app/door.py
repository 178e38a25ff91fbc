"""What may come in at all: bodies of a known greatest length, and no NUL characters.

PostgreSQL keeps no NUL in its texts, so that none may get as far as a statement.
"""

from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontend.pages.errors import refusal_page
from marketplace.media.services.uploads import MOST_BYTES

POLITE_BYTES: Final = 16 * 1024 * 1024
LARGEST_BODY: Final = 1_000_000
LARGEST_UPLOAD: Final = 40_000_000
# A multipart form is a little longer than the file in it.
LARGEST_PICTURE: Final = MOST_BYTES + 64 * 1024
LARGEST_FORM: Final = 256 * 1024
# Pages whose forms carry files: photos of goods, spreadsheets, papers.
WITH_FILES: Final = (
    *("/gian-hang/", "/en/shop/", "/ban-hang/", "/en/sell/"),
    *("/can-bo/so-dang-ky", "/en/desk/register"),
)
NUL_MESSAGE: Final = "The text holds a character that cannot be kept."


class TooLongError(HTTPException):
    """More was sent than may be; a refusal to the handlers on its way, not a bug."""

    def __init__(self) -> None:
        super().__init__(413)


class Door:
    """Counts what comes in, whatever the request says of its length."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turn away what is too long or holds a NUL, pass on everything else."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _holds_nul(scope):
            await _refuse(NUL_MESSAGE, 400, scope, receive, send)
            return
        largest = largest_of(scope)
        length = Headers(scope=scope).get("content-length", "0")
        if (
            not length.isdecimal()
            or len(length) > len(str(LARGEST_UPLOAD))
            or (int(length) > largest)
        ):
            await _drain(receive)
            await _refuse("The body is too long.", 413, scope, receive, send)
            return
        await self._counted(largest, scope, receive, send)

    async def _counted(self, largest: int, scope: Scope, receive: Receive, send: Send) -> None:
        taken, has_started, is_too_long = 0, False, False

        async def count() -> Message:
            nonlocal taken, is_too_long
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > largest:
                is_too_long = True
                raise TooLongError
            return message

        async def note(message: Message) -> None:
            nonlocal has_started
            if is_too_long and not has_started:
                return  # what became of the error on its way is no answer
            has_started = True
            await send(message)

        try:
            await self._app(scope, count, note)
        except Exception:
            if not is_too_long or has_started:
                raise
        if is_too_long and not has_started:
            await _drain(receive)
            await _refuse("The body is too long.", 413, scope, receive, send)


def largest_of(scope: Scope) -> int:
    """How many bytes may be sent to this path."""
    path = scope["path"]
    if path.rstrip("/") == "/graphql":
        return LARGEST_UPLOAD if _is_multipart(scope) else LARGEST_BODY
    if path.startswith(WITH_FILES) and _is_multipart(scope):
        return LARGEST_UPLOAD
    return LARGEST_PICTURE if path.rstrip("/") == "/media" else LARGEST_FORM


def _is_multipart(scope: Scope) -> bool:
    kind = Headers(scope=scope).get("content-type", "").lower()
    return kind.startswith("multipart/form-data")


def _holds_nul(scope: Scope) -> bool:
    query: bytes = scope.get("query_string", b"")
    return "\x00" in scope["path"] or b"%00" in query or b"\x00" in query


async def _drain(receive: Receive) -> None:
    """Read on for a while: who is answered in the middle of sending sees a broken line instead."""
    taken = 0
    while taken < POLITE_BYTES:
        message = await receive()
        taken += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return


async def _refuse(message: str, status: int, scope: Scope, receive: Receive, send: Send) -> None:
    """A page for people, an error in JSON for programs."""
    page = refusal_page(scope["path"], status)
    answer = page or JSONResponse({"errors": [{"message": message}]}, status)
    await answer(scope, receive, send)
