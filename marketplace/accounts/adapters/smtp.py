"""Post by SMTP."""

from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from marketplace.accounts.adapters.envelope import message_of
from marketplace.accounts.ports import Letter, PostError, UndeliverableError

_PORTS: Final = {"smtp": 587, "smtps": 465}
_SECONDS: Final = 30
_PERMANENT: Final = 500


class SmtpMailer:
    """Hands letters to the SMTP server of `smtp://user:password@host:587` or `smtps://…`.

    `smtp` upgrades to TLS where the server offers it, `smtps` speaks TLS from the first byte.
    """

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("SMTP_URL must begin with smtp:// or smtps:// and name a host.")
        self._host = parts.hostname
        self._port = parts.port or _PORTS[parts.scheme]
        self._is_tls = parts.scheme == "smtps"
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._sender = sender

    async def send(self, letter: Letter) -> None:
        """Hand the letter over.

        Raises:
            PostError: the server cannot be reached, or is busy.
            UndeliverableError: the server refuses the letter for good.
        """
        try:
            await aiosmtplib.send(
                message_of(letter, self._sender),
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._is_tls,
                timeout=_SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(refusal.code >= _PERMANENT for refusal in error.recipients):
                raise UndeliverableError(str(error)) from error
            raise PostError(str(error)) from error
        except aiosmtplib.SMTPResponseException as error:
            refused_letter = isinstance(
                error, aiosmtplib.SMTPDataError | aiosmtplib.SMTPSenderRefused
            )
            if refused_letter and error.code >= _PERMANENT:
                raise UndeliverableError(str(error)) from error
            raise PostError(str(error)) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise PostError(str(error)) from error
