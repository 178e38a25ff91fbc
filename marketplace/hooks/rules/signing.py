"""Signatures of messages by Standard Webhooks 1.0.0: HMAC-SHA256 over id, time and raw body.

Whatever is wrong with a message is one and the same error, so that nobody learns from the answer
how far a forgery got.
"""

import base64
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

PREFIX: Final = "whsec_"
TOLERANCE: Final = timedelta(minutes=5)
ID_HEADER: Final = "webhook-id"
TIME_HEADER: Final = "webhook-timestamp"
SIGNATURE_HEADER: Final = "webhook-signature"
_SHORTEST_KEY: Final = 24
_LONGEST_KEY: Final = 64
_NEW_KEY: Final = 32
_LONGEST_LIST: Final = 4096
_MOST_SIGNATURES: Final = 8
_VERSION: Final = "v1,"
# The full stop divides what is signed, so that neither id nor time may hold one.
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
_TIME: Final = re.compile(r"[0-9]{1,12}")


class BadSignatureError(Exception):
    """The message was not proven to come from whoever holds the secret, now."""


@dataclass(frozen=True, slots=True)
class SignedHeaders:
    """What a message says about itself beside its body; every value as it came."""

    ids: Sequence[str]
    times: Sequence[str]
    signatures: Sequence[str]


def new_secret() -> str:
    """A secret for one pair of sender and receiver."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_NEW_KEY)).decode()


def key_of(secret: str) -> bytes:
    """The bytes of a secret: `whsec_` and 24 to 64 bytes in base64, nothing else.

    Raises:
        ValueError: it is not written so.
    """
    if not secret.startswith(PREFIX):
        raise ValueError("A secret begins with whsec_.")
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        raise ValueError("A secret is written in base64.") from None
    if not _SHORTEST_KEY <= len(key) <= _LONGEST_KEY:
        raise ValueError("A secret has 24 to 64 bytes.")
    return key


def sign(secret: str, message_id: str, seconds: int, body: bytes) -> str:
    """The signature of one attempt; a retry keeps the id and has a time of its own."""
    signed = b"%s.%d.%s" % (message_id.encode(), seconds, body)
    return _VERSION + base64.b64encode(hmac.digest(key_of(secret), signed, "sha256")).decode()


def headers_for(
    secrets_: Sequence[str],
    message_id: str,
    seconds: int,
    body: bytes,
) -> dict[str, str]:
    """The three headers; with two secrets both sign, so that a receiver may change over."""
    signatures = [sign(secret, message_id, seconds, body) for secret in secrets_]
    return {
        ID_HEADER: message_id,
        TIME_HEADER: str(seconds),
        SIGNATURE_HEADER: " ".join(signatures),
    }


def verify(secrets_: Sequence[str], headers: SignedHeaders, body: bytes, now: datetime) -> str:
    """The id of a message whose signature by one of the secrets is good and fresh.

    Raises:
        BadSignatureError: for whatever reason.
    """
    message_id = _single(headers.ids)
    time = _single(headers.times)
    listed = _single(headers.signatures)
    if not _ID.fullmatch(message_id) or not _TIME.fullmatch(time) or len(listed) > _LONGEST_LIST:
        raise BadSignatureError
    if abs(now.timestamp() - int(time)) > TOLERANCE.total_seconds():
        raise BadSignatureError
    given = [each.encode() for each in listed.split() if each.startswith(_VERSION)]
    is_good = False
    for secret in secrets_:
        expected = sign(secret, message_id, int(time), body).encode()
        for signature in given[:_MOST_SIGNATURES]:
            # No early end: how long this takes tells nothing.
            is_good |= hmac.compare_digest(expected, signature)
    if not is_good:
        raise BadSignatureError
    return message_id


def _single(values: Sequence[str]) -> str:
    """The one value of a header: a doubled header lets two readers see two messages."""
    if len(values) != 1:
        raise BadSignatureError
    return values[0]
