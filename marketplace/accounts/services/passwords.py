"""Hashing passwords with argon2id, away from the event loop."""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# 46 MiB and two passes: above OWASP's floor. Two threads bound the memory a flood can take.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
_THREADS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


async def hash_password(password: str) -> str:
    """What is kept of a password."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def verify_password(kept: str | None, password: str) -> bool:
    """Whether the password belongs to what is kept.

    Without anything kept the same work is done for nothing, so that the time of an answer does
    not tell who has an account.
    """
    loop = asyncio.get_running_loop()
    is_right = await loop.run_in_executor(_THREADS, _verify, kept or _nobody(), password)
    return is_right and kept is not None


def needs_rehash(kept: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def _verify(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_hex())
