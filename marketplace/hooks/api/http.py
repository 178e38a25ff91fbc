"""The address where other systems hand their messages in."""

from typing import Final

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from marketplace.hooks.errors import UnprovenMessageError, UnreadableMessageError
from marketplace.hooks.rules.envelopes import MOST_BYTES
from marketplace.hooks.rules.signing import (
    ID_HEADER,
    SIGNATURE_HEADER,
    TIME_HEADER,
    SignedHeaders,
)
from marketplace.hooks.services.receiving import note_refusal, receive_message
from marketplace.kernel.context import Asking, ContextFactory
from marketplace.kernel.errors import DomainError
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.viewer import SYSTEM

log = structlog.get_logger(__name__)
_SOURCE_LENGTH: Final = 40


class _BodyTooLongError(Exception):
    """More than a message may have was sent."""


def hooks_router(contexts: ContextFactory) -> APIRouter:
    """The routes of messages that come in; who sends them proves it by the signature alone."""
    router = APIRouter()

    @router.post("/hooks/{source}", name="inbound_hook")
    async def inbound_hook(request: Request, source: str) -> Response:
        """Take a message in: 202 the first time, 200 when it came before."""
        try:
            body = await _raw_body(request)
        except _BodyTooLongError:
            return _told(413, "The message is too long.")
        except ClientDisconnect:
            return _told(400, "The message was not sent completely.")
        async with contexts(Asking(viewer=SYSTEM)) as context:
            sealer = context.ports[SEALER]
            try:
                async with context.change() as unit:
                    received = await receive_message(
                        unit, sealer, source, _headers_of(request), body
                    )
            except (UnprovenMessageError, UnreadableMessageError) as refusal:
                log.warning("hooks.refused", source=source[:_SOURCE_LENGTH], code=refusal.code)
                async with context.change() as unit:
                    await note_refusal(unit, source)
                return _refused(refusal)
        return _told(202, "Taken.") if received.is_new else _told(200, "Taken before.")

    return router


async def _raw_body(request: Request) -> bytes:
    """The bytes as they came: only they are signed."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise _BodyTooLongError
    return bytes(body)


def _headers_of(request: Request) -> SignedHeaders:
    return SignedHeaders(
        ids=request.headers.getlist(ID_HEADER),
        times=request.headers.getlist(TIME_HEADER),
        signatures=request.headers.getlist(SIGNATURE_HEADER),
    )


def _refused(refusal: DomainError) -> Response:
    status = 401 if isinstance(refusal, UnprovenMessageError) else 400
    return _told(status, refusal.text())


def _told(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status_code=status)
