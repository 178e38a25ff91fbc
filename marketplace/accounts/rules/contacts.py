"""The two ways to reach and know a person: an e-mail address or a Vietnamese phone number."""

import unicodedata
from dataclasses import dataclass
from typing import Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email

HOME_REGION: Final = "VN"
LONGEST_EMAIL: Final = 254


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail address or a phone number, in the one form we keep; exactly one of the two."""

    email: str | None = None
    phone: str | None = None

    @property
    def value(self) -> str:
        """What was given, in its kept form."""
        return self.email or self.phone or ""


def read_email(text: str) -> str | None:
    """The address without regard to case, or None when it is none.

    Mailbox names are in theory case-sensitive, in practice nobody's are; two accounts that
    differ by a capital letter would only be mistaken for each other.
    """
    try:
        found = validate_email(
            unicodedata.normalize("NFC", text).strip(),
            check_deliverability=False,
            allow_display_name=False,
        )
    except EmailNotValidError:
        return None
    address = found.normalized.casefold()
    return address if len(address) <= LONGEST_EMAIL else None


def read_phone(text: str, region: str = HOME_REGION) -> str | None:
    """The number in E.164 ("0912 345 678" → "+84912345678"), or None when it is none."""
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", text).strip(), region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_vietnamese_phone(text: str) -> str | None:
    """A Vietnamese number in E.164: the only ones that accounts are known by."""
    phone = read_phone(text)
    return phone if phone is not None and phone.startswith("+84") else None


def read_contact(text: str) -> Contact | None:
    """What somebody typed to sign in or up with, or None when it is neither."""
    if "@" in text:
        email = read_email(text)
        return None if email is None else Contact(email=email)
    phone = read_vietnamese_phone(text)
    return None if phone is None else Contact(phone=phone)


def show_phone(phone: str) -> str:
    """The number as people at home write it: "0912 345 678"; strangers' with their country."""
    number = phonenumbers.parse(phone)
    is_ours = phone.startswith("+84")
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if is_ours else form.INTERNATIONAL)
