"""What registration needs of outside: the province's book, a printer of forms, links to them."""

from dataclasses import dataclass
from typing import Protocol

from marketplace.kernel.ports import Port
from marketplace.registration.rules.form import PrintedForm
from marketplace.registration.rules.guides import RegistrationBook
from marketplace.registration.rules.registry import Claim, Company, Filing


class FormPrinter(Protocol):
    """Turns a filled form into a document to print and sign."""

    def print_form(self, form: PrintedForm) -> bytes:
        """The form as PDF, with a font that has every Vietnamese letter."""
        ...


@dataclass(frozen=True, slots=True)
class FormLinks:
    """What signs the addresses of filled forms, which end after a while."""

    secret: str
    public_url: str


class RegistryAwayError(Exception):
    """The registry does not answer, or not so that one could believe it; ask again later."""


class Registry(Protocol):
    """A business registry that programs may ask (docs/guides/registry.md)."""

    async def file(self, filing: Filing) -> Claim:
        """Hand a dossier in; the same one again is the same dossier.

        Raises:
            RegistryAwayError: ask again later.
        """
        ...

    async def dossier(self, code: str) -> Claim | None:
        """How a dossier stands; None when the registry has none of that code.

        Raises:
            RegistryAwayError: ask again later.
        """
        ...

    async def company(self, code: str) -> Company | None:
        """A business in the register; None when there is none of that code.

        Raises:
            RegistryAwayError: ask again later.
        """
        ...


REGISTRATION_BOOK = Port[RegistrationBook]("registration book")
FORM_PRINTER = Port[FormPrinter]("form printer")
FORM_LINKS = Port[FormLinks]("form links")
# None where no registry can be asked: then people enter receipts, and officers the steps.
REGISTRY: Port[Registry | None] = Port("registry")
