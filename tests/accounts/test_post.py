"""The same letters through every post office, with real servers at the other end."""

import asyncio
import email
import json
from collections.abc import AsyncIterator, Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope

from marketplace.accounts.adapters.choice import mailer_at, text_messages_at
from marketplace.accounts.adapters.folder import FolderMailer, FolderTextMessages
from marketplace.accounts.adapters.gateway import GatewayTextMessages
from marketplace.accounts.adapters.smtp import SmtpMailer
from marketplace.accounts.ports import Letter, Mailer, PostError, UndeliverableError

SENDER = "Chợ Phiên <no-reply@example.com>"
LETTER = Letter(
    to="mai@example.com",
    subject="Xác nhận địa chỉ thư của bạn tại Chợ Phiên",
    text="Chào bạn,\n\nmời bạn bấm vào liên kết.\n",
    html="<p>Chào bạn,</p>",
)


class Inbox:
    """What an SMTP server took, or how it refuses."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.refusal: str | None = None
        self.late_refusal: str | None = None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: object, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refusal is not None:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: object, envelope: Envelope
    ) -> str:
        if self.late_refusal is not None:
            return self.late_refusal
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return "250 OK"


class Office:
    """A mailer, and what came out at its other end."""

    def __init__(self, mailer: Mailer, arrived: Callable[[], list[bytes]]) -> None:
        self.mailer = mailer
        self._arrived = arrived

    def arrived(self) -> list[EmailMessage]:
        """What came out, as mail programs read it."""
        return [email.message_from_bytes(content, policy=default) for content in self._arrived()]


@pytest.fixture
def inbox() -> Inbox:
    """An inbox that takes everything."""
    return Inbox()


@pytest.fixture
async def smtp_url(inbox: Inbox) -> AsyncIterator[str]:
    """A real SMTP server before that inbox."""
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(inbox), "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    yield f"smtp://127.0.0.1:{port}"
    listening.close()
    await listening.wait_closed()


@pytest.fixture(params=["smtp", "folder"])
def office(request: pytest.FixtureRequest, tmp_path: Path, inbox: Inbox, smtp_url: str) -> Office:
    """Each post office in turn."""
    if request.param == "smtp":
        return Office(mailer_at(smtp_url, SENDER), lambda: inbox.taken)
    folder = tmp_path / "outbox"
    return Office(
        mailer_at(f"file:{folder}", SENDER),
        lambda: [path.read_bytes() for path in sorted(folder.glob("*.eml"))],
    )


async def test_a_letter_arrives_as_it_was_written(office: Office) -> None:
    await office.mailer.send(LETTER)
    (message,) = office.arrived()
    assert message["To"] == LETTER.to
    assert message["From"] == SENDER
    assert message["Subject"] == LETTER.subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.com>")
    plain = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert "<p>Chào bạn,</p>" in html.get_content()


async def test_a_letter_may_be_plain(office: Office) -> None:
    await office.mailer.send(Letter("hoa@example.com", "Chào", "Chào bạn.\n"))
    (message,) = office.arrived()
    assert message.get_content_type() == "text/plain"


async def test_letters_keep_apart(office: Office) -> None:
    await asyncio.gather(*(office.mailer.send(LETTER) for _letter in range(5)))
    messages = office.arrived()
    assert len({message["Message-ID"] for message in messages}) == 5


async def test_nobody_adds_a_header_through_a_subject(office: Office) -> None:
    with pytest.raises(ValueError, match=r"newline|linefeed"):
        await office.mailer.send(Letter("a@example.com", "Hi\nBcc: all@example.com", "x"))
    assert office.arrived() == []


@pytest.mark.parametrize(
    ("refusal", "error"),
    [("550 No such user", UndeliverableError), ("450 Busy", PostError)],
)
async def test_refusals_tell_whether_trying_again_helps(
    inbox: Inbox, smtp_url: str, refusal: str, error: type[Exception]
) -> None:
    mailer = mailer_at(smtp_url, SENDER)
    inbox.refusal = refusal
    with pytest.raises(error):
        await mailer.send(LETTER)
    inbox.refusal, inbox.late_refusal = None, refusal
    with pytest.raises(error):
        await mailer.send(LETTER)


async def test_a_post_office_that_is_away_may_come_back() -> None:
    with pytest.raises(PostError):
        await mailer_at("smtp://127.0.0.1:1", SENDER).send(LETTER)


def test_the_settings_choose_the_post_office(tmp_path: Path) -> None:
    assert isinstance(mailer_at(f"file:{tmp_path}", SENDER), FolderMailer)
    assert isinstance(mailer_at("smtps://u:p@mail.example.com", SENDER), SmtpMailer)
    assert isinstance(text_messages_at(f"file:{tmp_path}"), FolderTextMessages)
    assert isinstance(text_messages_at("https://:key@sms.example.com/send"), GatewayTextMessages)
    for wrong in ("mail.example.com", "http://mail.example.com", "smtp://"):
        with pytest.raises(ValueError, match="SMTP_URL"):
            mailer_at(wrong, SENDER)
    with pytest.raises(ValueError, match="SMS_URL"):
        text_messages_at("smpp://example.com")


async def test_a_text_message_lies_in_the_folder(tmp_path: Path) -> None:
    await text_messages_at(f"file:{tmp_path}").send("+84912345678", "Mã của bạn: 123456")
    (path,) = sorted(tmp_path.glob("*.txt"))  # noqa: ASYNC240 - a test may wait
    assert path.read_text() == "To: +84912345678\n\nMã của bạn: 123456\n"


class Gateway:
    """A real HTTP server that takes text messages."""

    def __init__(self) -> None:
        self.status = 200
        self.requests: list[tuple[dict[str, str], dict[str, Any]]] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = dict(
            line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line
        )
        body = await reader.readexactly(int(headers["content-length"]))
        self.requests.append((headers, json.loads(body)))
        writer.write(
            f"HTTP/1.1 {self.status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode(),
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()


async def test_a_text_message_goes_through_the_gateway() -> None:
    gateway = Gateway()
    server = await asyncio.start_server(gateway.answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    messages = text_messages_at(f"http://:a-key@127.0.0.1:{port}/send")
    await messages.send("+84912345678", "Mã: 123456")
    ((headers, body),) = gateway.requests
    assert headers["authorization"] == "bearer a-key"
    assert body == {"to": "+84912345678", "text": "Mã: 123456"}
    for status, error in ((503, PostError), (429, PostError), (400, UndeliverableError)):
        gateway.status = status
        with pytest.raises(error):
            await messages.send("+84912345678", "Mã: 123456")
    server.close()
    await server.wait_closed()
    with pytest.raises(PostError):
        await messages.send("+84912345678", "Mã: 123456")
