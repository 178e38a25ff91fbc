"""The address where connected shops hand their messages in."""

from typing import Final
from uuid import UUID

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from marketplace.connector import queries
from marketplace.connector.errors import UnprovenNoticeError
from marketplace.connector.models import ShopConnection
from marketplace.connector.ports import SHOP_PROOF
from marketplace.connector.rules.messages import MOST_BYTES, UnreadableNoticeError
from marketplace.connector.services.notices import NoticeHeaders, check_signature, take_notice
from marketplace.kernel.context import Asking, ContextFactory, RequestContext
from marketplace.kernel.viewer import SYSTEM

log = structlog.get_logger(__name__)
_LONGEST_KEY: Final = 36


class _BodyTooLongError(Exception):
    """More than a message may have was sent."""


def connector_router(contexts: ContextFactory) -> APIRouter:
    """The route of shops' messages; who sends them proves it by the signature alone."""
    router = APIRouter()

    @router.post("/hooks/saleor/{connection}", name="shop_notice")
    async def shop_notice(request: Request, connection: str) -> Response:
        """Take a message in: 202 when it is new, 200 when there is nothing to do."""
        try:
            body = await _raw_body(request)
        except _BodyTooLongError:
            return _told(413, "The message is too long.")
        except ClientDisconnect:
            return _told(400, "The message was not sent completely.")
        try:
            is_new = await _take(contexts, connection, _headers_of(request), body)
        except UnprovenNoticeError as refusal:
            log.warning("connector.refused", connection=connection[:_LONGEST_KEY])
            return _told(401, refusal.text())
        except UnreadableNoticeError:
            return _told(400, "The message cannot be read.")
        return _told(202, "Taken.") if is_new else _told(200, "Nothing to do.")

    return router


async def _take(
    contexts: ContextFactory,
    key: str,
    headers: NoticeHeaders,
    body: bytes,
) -> bool:
    """Prove the message and take it in; nothing of the database is held while keys are fetched."""
    async with contexts(Asking(viewer=SYSTEM)) as context:
        proof = context.ports[SHOP_PROOF]
        found = await _shop(context, key)
    shop = await check_signature(proof, found, headers, body)
    async with contexts(Asking(viewer=SYSTEM)) as context, context.change() as unit:
        return await take_notice(unit, shop, headers.events[0], body)


async def _shop(context: RequestContext, key: str) -> ShopConnection | None:
    try:
        found = UUID(key)
    except ValueError:
        return None
    return await context.reader.first(queries.active_connection(found))


async def _raw_body(request: Request) -> bytes:
    """The bytes as they came: only they are signed."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise _BodyTooLongError
    return bytes(body)


def _headers_of(request: Request) -> NoticeHeaders:
    names = ("saleor-event", "saleor-domain", "saleor-api-url", "saleor-signature")
    return NoticeHeaders(*(request.headers.getlist(name) for name in names))


def _told(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status_code=status)
