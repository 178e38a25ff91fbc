"""What a workbook unpacks to, measured before anything of it is held in memory.

A workbook is an archive of XML. Its reader keeps whole what stands beside the rows (shared
strings, styles), and of a sheet what stands between the ends of two rows; so these are bounded,
by bytes and by tags. A part never unpacks to more than the archive's directory says: zipfile
stops there.
"""

import re
import zipfile
from pathlib import Path
from typing import Final

from openpyxl.xml.constants import ARC_CONTENT_TYPES, SHARED_STRINGS
from openpyxl.xml.functions import fromstring

from catalog.services.imports.problems import ImportFileError
from marketplace.kernel.i18n import _

MOST_UNPACKED: Final = 600 * 1024 * 1024
MOST_AT_ONCE: Final = 48 * 1024 * 1024
MOST_TAGS_AT_ONCE: Final = 2_000_000
_CHUNK: Final = 256 * 1024
_OVERLAP: Final = 64
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW_END: Final = re.compile(rb"</(?:\w{1,40}:)?row\s*>")
# Within these, what looks like the end of a row may be none.
_DISGUISE: Final = re.compile(rb"<!|<\?(?!xml[\s])")
_DEFINITION: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")


def refuse_bomb(path: Path) -> None:
    """Refuse a workbook that would fill the memory of whoever reads it.

    Raises:
        ImportFileError: it would, or it is a damaged archive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_large(archive)
            strings = _shared_strings(archive)
            for part in archive.infolist():
                is_sheet = _SHEET.fullmatch(part.filename) is not None
                _measure(archive, part, has_rows=is_sheet and part.filename not in strings)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ImportFileError(_("The file is damaged.")) from error


def _refuse_large(archive: zipfile.ZipFile) -> None:
    """By the sizes that the directory tells, before anything is unpacked."""
    sizes = {part.filename: part.file_size for part in archive.infolist()}
    if sum(sizes.values()) > MOST_UNPACKED:
        raise ImportFileError(_("The file is larger than {count} MB."), count=MOST_UNPACKED >> 20)
    if sizes.get(ARC_CONTENT_TYPES, 0) > MOST_AT_ONCE:
        raise _too_much()


def _shared_strings(archive: zipfile.ZipFile) -> set[str]:
    """The names of what is said to hold shared strings."""
    types = archive.getinfo(ARC_CONTENT_TYPES) if ARC_CONTENT_TYPES in archive.namelist() else None
    if types is None:
        raise ImportFileError(_("The file is damaged."))
    _measure(archive, types, has_rows=False)
    try:
        tree = fromstring(archive.read(types))
    except SyntaxError as error:
        raise ImportFileError(_("The file is damaged.")) from error
    return {
        each.get("PartName", "").removeprefix("/")
        for each in tree
        if each.get("ContentType") == SHARED_STRINGS
    }


def _measure(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, has_rows: bool) -> None:
    """Walk through a part; its rows, where it has any, are held one after the other."""
    size = tags = 0
    tail = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            window = tail + chunk
            if not tail and not window.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<"):
                # A picture, say; XML of two bytes a letter, which nobody writes, is refused.
                if window.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
                    raise ImportFileError(_("The file is damaged."))
                return
            if _DEFINITION.search(window):
                raise ImportFileError(_("The file is damaged."))
            has_rows = has_rows and not _DISGUISE.search(window)
            ends = list(_ROW_END.finditer(window)) if has_rows else []
            if ends:
                rest = window[ends[-1].end() :]
                size, tags = len(rest), rest.count(b"<")
            else:
                size, tags = size + len(chunk), tags + chunk.count(b"<")
            if size > MOST_AT_ONCE or tags > MOST_TAGS_AT_ONCE:
                raise _too_much()
            tail = window[-_OVERLAP:]


def _too_much() -> ImportFileError:
    message = _("The workbook holds too much beside its rows. Save only the sheet, as CSV.")
    return ImportFileError(message)
