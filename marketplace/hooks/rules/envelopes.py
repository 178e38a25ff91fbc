"""The one envelope of every message: CloudEvents 1.0 and Standard Webhooks at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson

# Intermediaries must pass this much (CloudEvents 1.0, size limits).
MOST_BYTES: Final = 64 * 1024
_TYPE: Final = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+){0,7}")
_LONGEST_TYPE: Final = 128


class UnreadableEnvelopeError(Exception):
    """The body is not a message."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message that was received, as far as it is understood."""

    id: str
    type: str
    data: Mapping[str, Any]


def read_envelope(body: bytes) -> Envelope:
    """The message in a body.

    Raises:
        UnreadableEnvelopeError: there is none in it.
    """
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise UnreadableEnvelopeError from None
    if not isinstance(told, dict):
        raise UnreadableEnvelopeError
    message_id, type_, data = told.get("id"), told.get("type"), told.get("data", {})
    if not isinstance(message_id, str) or not isinstance(type_, str) or not isinstance(data, dict):
        raise UnreadableEnvelopeError
    if len(type_) > _LONGEST_TYPE or not _TYPE.fullmatch(type_):
        raise UnreadableEnvelopeError
    return Envelope(message_id, type_, data)


def write_envelope(
    message_id: str,
    source: str,
    type_: str,
    subject: str,
    data: Mapping[str, Any],
    at: datetime,
) -> bytes:
    """The exact bytes that are signed and sent.

    Raises:
        ValueError: the type is not written as types are, or the message is too long.
    """
    if not _TYPE.fullmatch(type_):
        raise ValueError(f"{type_!r} is no type of a message")
    told = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    body = orjson.dumps(
        {
            "specversion": "1.0",
            "id": message_id,
            "source": source,
            "type": type_,
            "subject": subject,
            "time": told,
            "timestamp": told,
            "datacontenttype": "application/json",
            "data": dict(data),
        },
    )
    if len(body) > MOST_BYTES:
        raise ValueError("the message is too long; send ids, not things")
    return body
