"""Where somebody lives in the mountains: a hamlet, a commune and a telephone; no house number.

The form follows docs/GLOSSARY.md and the two-level addresses in force since 1 July 2025. What was
written before the reform is kept beside it as `legacy_text`, because old papers stay valid.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import phonenumbers

from marketplace.kernel.errors import Problem
from marketplace.kernel.i18n import Language, _, translate
from marketplace.kernel.text import nfc
from marketplace.places.rules.distance import Point

LONGEST_HAMLET: Final = 120
LONGEST_LANDMARK: Final = 250


@dataclass(frozen=True, slots=True)
class PlaceAddress:
    """An address that a driver of the province finds."""

    hamlet: str
    commune_id: UUID | None
    phone: str
    landmark: str = ""
    legacy_text: str = ""
    point: Point | None = None


def clean_address(address: PlaceAddress) -> PlaceAddress:
    """The address with its texts in one form and the telephone number as +84…, where it is one."""
    return PlaceAddress(
        hamlet=nfc(address.hamlet),
        commune_id=address.commune_id,
        phone=_international(address.phone) or nfc(address.phone),
        landmark=nfc(address.landmark),
        legacy_text=nfc(address.legacy_text),
        point=address.point,
    )


def problems_of(address: PlaceAddress) -> tuple[Problem, ...]:
    """What is missing or wrong, field by field."""
    found = []
    if not nfc(address.hamlet):
        found.append(Problem("hamlet", _("Please give the hamlet or street."), "REQUIRED"))
    if len(address.hamlet) > LONGEST_HAMLET:
        found.append(_too_long("hamlet", LONGEST_HAMLET))
    if address.commune_id is None:
        found.append(Problem("commune", _("Please choose the commune."), "REQUIRED"))
    if not address.phone.strip():
        found.append(Problem("phone", _("Please give a phone number."), "REQUIRED"))
    elif _international(address.phone) is None:
        found.append(Problem("phone", _("This is not a valid phone number."), "INVALID"))
    if len(address.landmark) > LONGEST_LANDMARK:
        found.append(_too_long("landmark", LONGEST_LANDMARK))
    if address.point is not None and not _is_on_earth(address.point):
        found.append(Problem("point", _("This point is not on the map."), "INVALID"))
    return tuple(found)


def former_address(place: str, commune: str, district: str, province: str) -> str:
    """What an old unit was called in full: "TT Bằng Lũng, huyện Chợ Đồn, Bắc Kạn".

    Args:
        place: today's full name; a unit that only changed its district is not named twice.
        commune: the old commune's full name.
        district: the old district's full name, or nothing where it is not known.
        province: the old province's bare name.
    """
    old = commune.replace("Thị trấn ", "TT ", 1)
    old = old if old.startswith("TT ") else _lower_first(old)
    parts = [old, _lower_first(district), province]
    if commune == place:
        parts = parts[1:]
    return ", ".join(part for part in parts if part)


def place_with_former(place: str, former: str, language: Language) -> str:
    """Today's name with the old one: "Xã Chợ Đồn (trước 7/2025: TT Bằng Lũng, …)"."""
    return translate(
        _("{place} (before 7/2025: {former})"),
        language,
        place=place,
        former=former,
    )


def _international(phone: str) -> str | None:
    try:
        number = phonenumbers.parse(phone, "VN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _too_long(field: str, longest: int) -> Problem:
    return Problem(
        field,
        _("At most {count} characters."),
        "INVALID",
        {"count": longest},
    )


def _is_on_earth(point: Point) -> bool:
    return abs(point.latitude) <= 90 and abs(point.longitude) <= 180  # noqa: PLR2004 - degrees


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
