import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.hooks.rules.signing import (
    BadSignatureError,
    SignedHeaders,
    headers_for,
    key_of,
    new_secret,
    sign,
    verify,
)

# The published example of Standard Webhooks.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
SECONDS = 1614265330
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
NOW = datetime.fromtimestamp(SECONDS, UTC)


def headers(
    ids: str = ID,
    times: str = str(SECONDS),
    signatures: str = SIGNATURE,
) -> SignedHeaders:
    return SignedHeaders([ids], [times], [signatures])


def test_signs_the_published_example() -> None:
    assert sign(SECRET, ID, SECONDS, BODY) == SIGNATURE
    assert verify([SECRET], headers(), BODY, NOW) == ID


def test_a_space_is_part_of_what_is_signed() -> None:
    with pytest.raises(BadSignatureError):
        verify([SECRET], headers(), BODY.replace(b" ", b""), NOW)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_five_minutes_either_way_are_fresh(seconds: int) -> None:
    assert verify([SECRET], headers(), BODY, NOW + timedelta(seconds=seconds)) == ID


@pytest.mark.parametrize("seconds", [-301, 301])
def test_more_than_five_minutes_are_not(seconds: int) -> None:
    with pytest.raises(BadSignatureError):
        verify([SECRET], headers(), BODY, NOW + timedelta(seconds=seconds))


def test_a_retry_keeps_its_id_and_has_a_signature_of_its_own() -> None:
    later = headers_for([SECRET], ID, SECONDS + 60, BODY)

    assert later["webhook-signature"] != SIGNATURE
    assert verify([SECRET], headers(ID, str(SECONDS + 60), later["webhook-signature"]), BODY, NOW)


def test_either_of_two_secrets_will_do() -> None:
    other = new_secret()

    both = headers_for([other, SECRET], ID, SECONDS, BODY)["webhook-signature"]

    assert both.endswith(SIGNATURE)
    assert verify([other, SECRET], headers(), BODY, NOW) == ID
    assert verify([SECRET], headers(signatures=both), BODY, NOW) == ID
    assert verify([other], headers(signatures=both), BODY, NOW) == ID


@pytest.mark.parametrize("more", ["v1a,abc", "v2,abc", "abc", "v1,", "  ", ",", "v1,é"])
def test_what_stands_beside_a_good_signature_does_no_harm(more: str) -> None:
    assert verify([SECRET], headers(signatures=f"{more} {SIGNATURE}"), BODY, NOW) == ID


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=80), st.binary(max_size=80))
def test_whatever_is_sent_there_is_one_error(
    ids: str, times: str, signatures: str, body: bytes
) -> None:
    with pytest.raises(BadSignatureError):
        verify([SECRET], headers(ids, times, signatures), body, NOW)


@pytest.mark.parametrize("length", [24, 32, 64])
def test_a_secret_has_24_to_64_bytes(length: int) -> None:
    secret = "whsec_" + base64.b64encode(b"k" * length).decode()

    assert key_of(secret) == b"k" * length


@pytest.mark.parametrize(
    "secret",
    [
        "whsec_" + base64.b64encode(b"k" * 23).decode(),
        "whsec_" + base64.b64encode(b"k" * 65).decode(),
        base64.b64encode(b"k" * 32).decode(),
        "whsec_" + "ký" * 20,
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
        "",
    ],
)
def test_no_other_secret_is_taken(secret: str) -> None:
    with pytest.raises(ValueError, match="A secret"):
        key_of(secret)


def test_a_new_secret_is_good_and_never_the_same() -> None:
    assert len(key_of(new_secret())) == 32
    assert new_secret() != new_secret()
