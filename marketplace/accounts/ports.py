"""What accounts need of the world outside: post, text messages, and the deployment's settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from marketplace.accounts.rules.identity import Asserted
from marketplace.kernel.ports import Port


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail as it leaves the house."""

    to: str
    subject: str
    text: str
    html: str | None = None


class PostError(Exception):
    """The post office cannot be reached or is busy; trying again later may help."""


class UndeliverableError(Exception):
    """The post office will never take this letter; trying again does not help."""


class Mailer(Protocol):
    """Sends letters."""

    async def send(self, letter: Letter) -> None:
        """Hand the letter to the post office.

        Raises:
            PostError: it may be tried again.
            UndeliverableError: it need not be tried again.
        """
        ...


class TextMessages(Protocol):
    """Sends text messages: SMS, or Zalo where the gateway prefers it."""

    async def send(self, phone: str, text: str) -> None:
        """Hand the message to the gateway; the number is in E.164.

        Raises:
            PostError: it may be tried again.
            UndeliverableError: it need not be tried again.
        """
        ...


PAGES: Final = {
    ("confirm", "vi"): "/xac-nhan",
    ("confirm", "en"): "/en/confirm",
    ("reset", "vi"): "/dat-lai-mat-khau",
    ("reset", "en"): "/en/reset-password",
    ("delete", "vi"): "/tai-khoan/xoa",
    ("delete", "en"): "/en/account/delete",
}


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """What a deployment says about itself that matters for accounts; bound by the roof."""

    public_url: str
    secret_key: str
    site_name: str = "Chợ Phiên"
    client_hosts: frozenset[str] = frozenset()
    pages: Mapping[tuple[str, str], str] = field(default_factory=lambda: dict(PAGES))

    @property
    def issuer(self) -> str:
        """The `iss` of our tokens: to the letter the address clients send requests to (c 2)."""
        return f"{self.public_url}/graphql/"

    def page(self, name: str, language: str) -> str:
        """The address of a page of this site that a letter points to."""
        return self.public_url + self.pages[name, language]


@dataclass(frozen=True, slots=True)
class IdentityTrip:
    """What ties the way to an outside identity provider to the way back."""

    redirect_uri: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """What the browser brings back from the provider."""

    state: str = field(repr=False)
    code: str = field(repr=False)
    issuer: str = ""


class IdentityProvider(Protocol):
    """Says who somebody is: a public service such as VNeID."""

    name: str
    issuer: str

    async def address(self, trip: IdentityTrip) -> str:
        """Where the browser goes to.

        Raises:
            ProviderUnavailableError: it does not answer.
        """
        ...

    async def redeem(self, trip: IdentityTrip, answer: ProviderAnswer) -> Asserted:
        """What the provider says about who has come back, proved.

        Raises:
            ProviderUnavailableError: it does not answer.
            IdentityRefusedError: what came back proves nothing.
        """
        ...


IDENTITY_PROVIDER: Port[IdentityProvider | None] = Port("identity provider")
MAILER: Port[Mailer] = Port("mailer")
TEXT_MESSAGES: Port[TextMessages] = Port("text messages")
ACCOUNT_SETTINGS: Port[AccountSettings] = Port("account settings")
