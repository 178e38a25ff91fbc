"""Names of files, which decide nothing here, but say what their sender had in mind."""

import re
import unicodedata
from typing import Final

LONGEST_NAME: Final = 255
# Cc: control characters, NUL among them; Cf: what turns the reading direction, so that a name
# that ends in "gpj.exe" is read as "exe.jpg"; Cs: halves of characters.
_REFUSED: Final = frozenset({"Cc", "Cf", "Cs"})
# What a program somewhere may take for the slash of a folder.
_SLASHES: Final = frozenset("/\\\u2044\u2215\u29f5\u29f8\ufe68\uff0f\uff3c")
# Joins letters in several scripts, and telephones put it between emoji.
_JOINERS: Final = frozenset("\u200c\u200d")
# Programs that send forms write such signs so; what is a name here would be a folder elsewhere.
_ENCODED: Final = re.compile(r"%(?:[01][0-9a-f]|2f|5c|7f)", re.IGNORECASE)
_DEVICES: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL"}
    | {f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10)}
)


def is_plain_name(name: str) -> bool:
    """Whether the name names a file and nothing else: no folder, no device, no trick of signs."""
    stem = name.partition(".")[0].strip().upper()
    return (
        len(name) <= LONGEST_NAME
        and len(name.encode("utf-8", "replace")) <= 4 * LONGEST_NAME
        and stem not in _DEVICES
        and _ENCODED.search(name) is None
        and not any(
            letter in _SLASHES
            or (unicodedata.category(letter) in _REFUSED and letter not in _JOINERS)
            for letter in name
        )
    )
