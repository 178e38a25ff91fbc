"""Secrets at rest: sealed, opened, found again, and safe while keys change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.sealing import SealBrokenError, Sealer

OLD, NEW = "an old key that is long enough", "a new key that is long enough"
SEALER = Sealer([OLD])


@given(st.binary(max_size=200))
def test_what_was_sealed_is_opened_again(data: bytes) -> None:
    assert SEALER.open(SEALER.seal(data)) == data


def test_the_same_thing_never_looks_the_same_twice() -> None:
    assert SEALER.seal(b"006090123456") != SEALER.seal(b"006090123456")


@given(st.integers(min_value=0))
def test_a_changed_bit_is_noticed(place: int) -> None:
    sealed = bytearray(SEALER.seal(b"006090123456"))
    sealed[place % len(sealed)] ^= 1

    with pytest.raises(SealBrokenError):
        SEALER.open(bytes(sealed))


@given(st.binary(max_size=40))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(SealBrokenError):
        SEALER.open(data)


def test_an_old_key_opens_and_hashes_while_the_new_one_seals() -> None:
    both = Sealer([NEW, OLD])

    assert both.open(SEALER.seal(b"x")) == b"x"
    assert both.keyed_hash("tax code", "0100109106") == SEALER.keyed_hash("tax code", "0100109106")
    with pytest.raises(SealBrokenError):
        SEALER.open(both.seal(b"x"))


def test_a_hash_tells_nothing_across_purposes_or_keys() -> None:
    found = SEALER.keyed_hash("tax code", "0100109106")

    assert found != SEALER.keyed_hash("personal number", "0100109106")
    assert found != Sealer([NEW]).keyed_hash("tax code", "0100109106")


@pytest.mark.parametrize("keys", [[], [" "], [OLD, OLD]])
def test_refuses_to_work_without_keys_or_with_one_twice(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="DATA_KEY"):
        Sealer(keys)
