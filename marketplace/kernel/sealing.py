"""Secrets at rest: values sealed with AES-256-GCM, and keyed hashes to find them by.

A twelve-digit personal number is guessed from a plain hash in minutes, so what has to be found
again is hashed with a key (Law 91/2025/QH15 on personal data; domain notes, 8).
"""

import hmac
import secrets
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from marketplace.kernel.ports import Port

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_SALT: Final = b"marketplace data key"


class SealBrokenError(Exception):
    """What was to be opened was sealed with another key, or changed since."""


class Sealer:
    """Seals with the first key, opens with every key, and hashes with the last one.

    A new key is put in front, and what is written from then on is sealed with it. Hashes stay with
    the oldest key, because rows are found by them: it leaves the list only after a re-hash.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        """Derive a key for each purpose from each secret.

        Raises:
            ValueError: there is no key, or two of them share their mark.
        """
        found = [key.strip().encode() for key in keys if key.strip()]
        self._ciphers = {_derive(key, b"mark", 1): AESGCM(_derive(key, b"seal")) for key in found}
        if not found or len(self._ciphers) != len(found):
            raise ValueError("DATA_KEY: at least one key is needed, and no two with the same mark")
        self._first = next(iter(self._ciphers))
        self._oldest = found[-1]

    def seal(self, data: bytes) -> bytes:
        """The data as it may lie in a table: the key's mark, a nonce, and what is sealed."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return self._first + nonce + self._ciphers[self._first].encrypt(nonce, data, self._first)

    def open(self, sealed: bytes) -> bytes:
        """What was sealed.

        Raises:
            SealBrokenError: none of our keys fits, or a bit has changed.
        """
        mark, nonce = sealed[:1], sealed[1 : 1 + _NONCE_BYTES]
        cipher = self._ciphers.get(mark)
        if cipher is None or len(nonce) != _NONCE_BYTES:
            raise SealBrokenError
        try:
            return cipher.decrypt(nonce, sealed[1 + _NONCE_BYTES :], mark)
        except InvalidTag:
            raise SealBrokenError from None

    def keyed_hash(self, purpose: str, text: str) -> bytes:
        """A hash that tells equal texts of one purpose, and nothing without the key."""
        key = _derive(self._oldest, b"hash " + purpose.encode())
        return hmac.digest(key, text.encode(), "sha256")


def _derive(secret: bytes, purpose: bytes, length: int = _KEY_BYTES) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=_SALT, info=purpose).derive(secret)


SEALER: Port[Sealer] = Port("sealer")
