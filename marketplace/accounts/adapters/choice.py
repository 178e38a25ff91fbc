"""Which post office an address in the settings stands for."""

from pathlib import Path

from marketplace.accounts.adapters.folder import FolderMailer, FolderTextMessages
from marketplace.accounts.adapters.gateway import GatewayTextMessages
from marketplace.accounts.adapters.smtp import SmtpMailer
from marketplace.accounts.ports import Mailer, TextMessages

_FOLDER = "file:"


def mailer_at(url: str, sender: str) -> Mailer:
    """The mailer of SMTP_URL: `smtp://`, `smtps://`, or `file:` and a folder.

    Raises:
        ValueError: the address is none of these.
    """
    if url.startswith(_FOLDER):
        return FolderMailer(Path(url.removeprefix(_FOLDER)), sender)
    return SmtpMailer(url, sender)


def text_messages_at(url: str) -> TextMessages:
    """The gateway of SMS_URL: `https://`, or `file:` and a folder.

    Raises:
        ValueError: the address is neither.
    """
    if url.startswith(_FOLDER):
        return FolderTextMessages(Path(url.removeprefix(_FOLDER)))
    if not url.startswith(("https://", "http://")):
        raise ValueError("SMS_URL must begin with file: or https://.")
    return GatewayTextMessages(url)
