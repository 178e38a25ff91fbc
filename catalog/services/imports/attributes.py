"""Values of attributes as they stand in cells."""

import re
from typing import Any, Final

from catalog.ports import Cell
from catalog.rules import AttributeInput
from catalog.services.imports.cells import tidy
from catalog.services.imports.numbers import read_number
from catalog.services.imports.problems import CellError
from catalog.services.imports.quantities import read_answer, read_date, read_months
from catalog.services.imports.reference import KnownAttribute, name_key
from marketplace.kernel.i18n import _

LONGEST_TEXT: Final = 1000
SHOWN_CHOICES: Final = 8
_UNIT_BEHIND: Final = re.compile(r"^([\d.,]+)\s*[^\d]*$")


def read_attribute(attribute: KnownAttribute, cell: Cell) -> Any:  # noqa: ANN401 - typed values
    """The value in the form it is stored in.

    Raises:
        CellError: it is no value for this attribute.
    """
    if attribute.input is AttributeInput.MULTISELECT:
        return _several(attribute, cell)
    if attribute.input in {AttributeInput.DROPDOWN, AttributeInput.SWATCH}:
        return [_choice(attribute, tidy(cell))]
    if attribute.input is AttributeInput.NUMERIC:
        match = _UNIT_BEHIND.match(cell.strip()) if isinstance(cell, str) else None
        return float(read_number(match[1] if match else cell))
    if attribute.input is AttributeInput.BOOLEAN:
        return read_answer(cell)
    if attribute.input is AttributeInput.DATE:
        return read_date(cell).isoformat()
    text = tidy(cell)
    if len(text) > LONGEST_TEXT:
        raise CellError(_("At most {count} letters fit here."), "TOO_LONG", count=LONGEST_TEXT)
    return text


def _choice(attribute: KnownAttribute, text: str) -> str:
    if text in attribute.slugs:
        return text
    slug = attribute.choices.get(name_key(text))
    if slug is None:
        known = ", ".join(sorted(attribute.slugs)[:SHOWN_CHOICES])
        raise CellError(
            _("{value} is none of the choices: {choices} …"),
            "UNKNOWN_CHOICE",
            value=text,
            choices=known,
        )
    return slug


def _several(attribute: KnownAttribute, cell: Cell) -> list[str]:
    text = tidy(cell)
    if name_key(text) in attribute.choices:
        return [attribute.choices[name_key(text)]]
    parts = [part.strip() for part in re.split(r"[;|]", str(cell)) if part.strip()]
    if len(parts) == 1:
        parts = [part.strip() for part in re.split(r"[,;|/\n]", str(cell)) if part.strip()]
    try:
        return list(dict.fromkeys(_choice(attribute, tidy(part)) for part in parts))
    except CellError:
        months = _months(attribute, cell)
        if months is None:
            raise
        return months


def _months(attribute: KnownAttribute, cell: Cell) -> list[str] | None:
    """Months as people write them, where the choices are months."""
    try:
        keys = [f"thang {month}" for month in read_months(cell)]
    except CellError:
        return None
    found = [attribute.choices.get(key) for key in keys]
    return [slug for slug in found if slug] if all(found) else None
