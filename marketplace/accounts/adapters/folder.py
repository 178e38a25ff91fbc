"""Post written into a folder: for the first days, the demo, and whoever wants to read along."""

import asyncio
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from marketplace.accounts.adapters.envelope import message_of
from marketplace.accounts.ports import Letter
from marketplace.kernel.database import new_id


class FolderMailer:
    """Writes each letter into a file that any mail program opens."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, letter: Letter) -> None:
        """Write the letter down."""
        message: EmailMessage = message_of(letter, self._sender)
        await asyncio.to_thread(_write, self._folder, ".eml", message.as_bytes(policy=SMTP))


class FolderTextMessages:
    """Writes each text message into a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, phone: str, text: str) -> None:
        """Write the message down."""
        await asyncio.to_thread(_write, self._folder, ".txt", f"To: {phone}\n\n{text}\n".encode())


def _write(folder: Path, suffix: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{new_id().hex}"
    unfinished = folder / f".{name}"
    unfinished.write_bytes(content)
    unfinished.rename(folder / f"{name}{suffix}")
