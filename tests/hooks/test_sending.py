import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from marketplace.hooks.adapters.sending import MOST_ANSWER_BYTES, Resolve, SafeWebhookSender
from marketplace.hooks.ports import Answer
from tests.hooks.receiver import receiving

NAME = "hooks.example.vn"


def leading_to(*addresses: str) -> tuple[Resolve, list[str]]:
    """A directory of names that leads everything to the addresses, and what it was asked."""
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return addresses

    return resolve, asked


async def post(sender: SafeWebhookSender, url: str) -> Answer:
    return await sender.post(url, {"webhook-id": "msg_1"}, b'{"a": 1}')


async def test_carries_the_very_bytes() -> None:
    async with receiving() as receiver:
        receiver.answers("200 OK", b"thanks")

        answer = await post(SafeWebhookSender(allows_loopback=True), receiver.url)

    assert (answer.code, answer.excerpt, answer.problem) == (200, "thanks", None)
    assert receiver.taken[0].head == "POST /hook?key=1 HTTP/1.1"
    assert receiver.taken[0].headers["webhook-id"] == "msg_1"
    assert receiver.taken[0].body == b'{"a": 1}'


async def test_does_not_follow_a_redirect() -> None:
    async with receiving() as inside, receiving() as receiver:
        receiver.answers("302 Found", location=inside.url)

        answer = await post(SafeWebhookSender(allows_loopback=True), receiver.url)

    assert answer.code == 302
    assert inside.taken == []


async def test_reads_no_more_of_an_answer_than_it_needs() -> None:
    async with receiving() as receiver:
        receiver.answers("200 OK", b"\x00a\xff\x1b" * MOST_ANSWER_BYTES)

        answer = await post(SafeWebhookSender(allows_loopback=True), receiver.url)

    assert answer.code == 200
    assert answer.excerpt.startswith("·a\N{REPLACEMENT CHARACTER}·")
    assert len(answer.excerpt) == 500


async def test_waits_so_long_and_no_longer() -> None:
    async with receiving() as receiver:
        receiver.delay = 5

        answer = await post(SafeWebhookSender(allows_loopback=True, timeout=0.2), receiver.url)

    assert (answer.code, answer.problem) == (None, "timeout")
    assert answer.took_ms < 2000


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"nonsense\r\n\r\n", "no_http"),
        (b"", "no_http"),
        (b"HTTP/1.1 200 OK\r\na: " + b"b" * 200_000, "no_http"),
    ],
)
async def test_whatever_is_no_answer_is_told_as_one(raw: bytes, problem: str) -> None:
    async with receiving() as receiver:
        receiver.answer = raw

        answer = await post(SafeWebhookSender(allows_loopback=True), receiver.url)

    assert (answer.code, answer.problem) == (None, problem)


async def test_nobody_there_is_told() -> None:
    async with receiving() as receiver:
        url = receiver.url

    answer = await post(SafeWebhookSender(allows_loopback=True), url)

    assert (answer.code, answer.problem) == (None, "no_connection")


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("10.0.0.1",),
        ("8.8.8.8", "10.0.0.1"),
        ("169.254.169.254",),
        ("::ffff:127.0.0.1",),
        (),
    ],
)
async def test_a_name_that_leads_inside_is_never_connected_to(addresses: tuple[str, ...]) -> None:
    resolve, asked = leading_to(*addresses)

    answer = await post(SafeWebhookSender(resolve=resolve), f"https://{NAME}/")

    assert (answer.code, answer.problem) == (None, "forbidden_address")
    assert asked == [NAME]


async def test_this_machine_is_out_of_reach_outside_of_tests() -> None:
    async with receiving() as receiver:
        answer = await post(SafeWebhookSender(), receiver.url)

    assert answer.problem == "forbidden_address"
    assert receiver.taken == []


def certificate_for(name: str, folder: Path) -> Path:
    """A certificate of a name that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM),
    )
    return path


@pytest.mark.parametrize(
    ("certified", "code", "problem"),
    [("localhost", 204, None), ("else.example.vn", None, "no_connection")],
)
async def test_connects_to_the_checked_address_and_still_asks_for_the_name(
    tmp_path: Path,
    certified: str,
    code: int | None,
    problem: str | None,
) -> None:
    path = certificate_for(certified, tmp_path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    client = ssl.create_default_context(cafile=path)
    resolve, asked = leading_to("127.0.0.1")
    sender = SafeWebhookSender(allows_loopback=True, resolve=resolve, tls=client)
    async with receiving(server) as receiver:
        host = f"localhost:{receiver.port}"
        answer = await post(sender, f"https://{host}/")

    assert (answer.code, answer.problem) == (code, problem)
    assert asked == ["localhost"]
    assert [each.headers["host"] for each in receiver.taken] == ([host] if code else [])
