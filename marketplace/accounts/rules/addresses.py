"""What an address consists of; in the hills there are hamlets instead of house numbers."""

from dataclasses import asdict, dataclass, fields
from typing import Final

from marketplace.accounts.rules.contacts import read_phone
from marketplace.accounts.rules.countries import COUNTRY_CODES, HOME
from marketplace.kernel.errors import InvalidInputError, Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc

_LONGEST: Final = {"city_area": 128, "country_area": 128, "postal_code": 20, "hamlet": 128}
_LONGEST_ELSE: Final = 256
_SHOWN: Final = {
    "street_address_1": "streetAddress1",
    "street_address_2": "streetAddress2",
    "commune_code": "communeCode",
}


@dataclass(frozen=True, slots=True)
class AddressWords:
    """An address as it was typed; None is what was not given."""

    first_name: str | None = None
    last_name: str | None = None
    company_name: str | None = None
    street_address_1: str | None = None
    street_address_2: str | None = None
    city: str | None = None
    city_area: str | None = None
    postal_code: str | None = None
    country: str | None = None
    country_area: str | None = None
    phone: str | None = None
    commune_code: str | None = None
    hamlet: str | None = None

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of the parts, which are the columns of an address."""
        return tuple(field.name for field in fields(cls))

    def over(self, older: "AddressWords") -> "AddressWords":
        """These words, with the older ones where nothing was given."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return AddressWords(**(asdict(older) | given))

    def kept(self) -> dict[str, str | None]:
        """The columns of an address: absent words are empty, an absent number is None."""
        kept: dict[str, str | None] = {
            name: value or "" for name, value in asdict(self).items() if isinstance(value, str)
        }
        blank = dict.fromkeys(self.names(), "")
        absent = {"phone": self.phone or None, "commune_code": self.commune_code or None}
        return blank | kept | absent


def read_address(words: AddressWords) -> AddressWords:
    """The address in its kept form.

    Raises:
        InvalidInputError: something is missing, too long, or no phone number.
    """
    clean = {
        name: nfc(value)
        for name, value in asdict(words).items()
        if isinstance(value, str) and value
    }
    country = clean.get("country", HOME).upper()
    problems = [*_missing(clean), *_too_long(clean)]
    if country not in COUNTRY_CODES:
        problems.append(Problem("country", _("There is no such country."), "INVALID"))
    phone = clean.pop("phone", None)
    number = read_phone(phone, country) if phone else None
    if phone and number is None:
        problems.append(Problem("phone", _("This is no phone number."), "INVALID"))
    if problems:
        raise InvalidInputError(problems)
    return AddressWords(**(clean | {"country": country, "phone": number}))


def _missing(clean: dict[str, str]) -> list[Problem]:
    problems = []
    if not clean.get("street_address_1") and not clean.get("hamlet"):
        message = _("Please give a street or a hamlet.")
        problems.append(Problem("streetAddress1", message, "REQUIRED"))
    if not clean.get("city") and not clean.get("commune_code"):
        message = _("Please give the commune, ward or town.")
        problems.append(Problem("city", message, "REQUIRED"))
    return problems


def _too_long(clean: dict[str, str]) -> list[Problem]:
    return [
        Problem(shown_name(name), _("This is too long."), "INVALID")
        for name, value in clean.items()
        if len(value) > _LONGEST.get(name, _LONGEST_ELSE)
    ]


def shown_name(column: str) -> str:
    """The name of a part as the API's inputs call it."""
    if column in _SHOWN:
        return _SHOWN[column]
    first, *rest = column.split("_")
    return first + "".join(word.capitalize() for word in rest)
