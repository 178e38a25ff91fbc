"""What stands in a cell, and texts that an old font or a wrong encoding has spoiled."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from catalog.ports import Cell
from catalog.services.imports.problems import LONGEST_VALUE, CellError
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc

SHORT: Final = 80
_DASHES: Final = frozenset({"-", "–", "—", "−", "/"})
_SHEET_ERROR: Final = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
# TCVN3 (ABC) fonts put Vietnamese letters where Latin-1 has signs and capitals: "MiÕn dong".
_OLD_FONT: Final = re.compile(
    "[a-z][µ¶·¸¹¨»¼½¾©®ª«¬\u00adÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞß]|(?<![\\w)])[®§][a-zµ¶¸¹¨»¼½¾©ª«¬Æ-ß]"
)
# UTF-8 that was once read as Latin-1 or Windows-1252: "Miáº¿n".
_WRONG_ENCODING: Final = re.compile("\ufffd|á[º»][\u0080-¿‚-™]|Ã[\u0080-¿‚-™]|Ä[\u0090‘]|Æ[°¡]")


def is_blank(cell: Cell) -> bool:
    """Whether nothing was said: an empty cell, blanks, or a dash."""
    if not isinstance(cell, str):
        return cell is None
    text = cell.strip()
    # Only a cell that begins with a letter nobody sees can consist of nothing else.
    return not text or text in _DASHES or (not text[0].isprintable() and not nfc(text))


def tidy(cell: Cell) -> str:
    """The cell as one line of text in Unicode's composed form."""
    text = as_typed(cell)
    return _short_tidy(text) if len(text) <= SHORT else _tidied(text)


def _tidied(text: str) -> str:
    return nfc(text.replace("\r", "\n").replace("\n", " "))


# Units, categories and packings come again in every row.
_short_tidy = lru_cache(maxsize=4096)(_tidied)


def as_typed(cell: Cell) -> str:
    """The cell as its owner would recognise it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 - exact
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y" if cell.time() == time() else "%d/%m/%Y %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return str(cell)


def shortened(cell: Cell) -> str:
    """The cell as typed, cut where nobody reads on."""
    text = as_typed(cell)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def unspoiled(text: str) -> str:
    """The text as it is, unless it cannot be read: formula errors, TCVN3, wrongly read UTF-8.

    Raises:
        CellError: the text is spoiled; the sentence says how to mend it.
    """
    if _SHEET_ERROR.fullmatch(text.strip()):
        raise CellError(_("The formula in this cell shows an error."), "FORMULA_ERROR")
    if _WRONG_ENCODING.search(text):
        raise CellError(
            _("The letters are broken: the file was saved with a wrong encoding. Choose UTF-8."),
            "WRONG_ENCODING",
        )
    if _OLD_FONT.search(text):
        raise CellError(
            _("This text is typed in an old TCVN3 (ABC) font. Convert it to Unicode first."),
            "OLD_FONT",
        )
    return text


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula or refuses to store."""
    clean = "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)  # noqa: PLR2004 - controls
    return f"'{clean}" if clean.startswith(("=", "+", "@")) else clean
