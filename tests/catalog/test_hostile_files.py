"""Files that are made to fill memory, and letters that a database cannot keep."""

import resource
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalog.adapters.archives import MOST_AT_ONCE
from catalog.adapters.spreadsheets import FileSpreadsheets
from catalog.services.imports.problems import ImportFileError
from tests.catalog.importing import GOOD, HEADER, ImportHouse, changed

MEGABYTE = 1024 * 1024
STRINGS = "xl/sharedStrings.xml"
SHEET = "xl/worksheets/sheet1.xml"
# openpyxl writes no shared strings itself; a reader looks for them where this says.
DECLARED = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.spreadsheetml.sharedStrings+xml" /></Types>'
)
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
# Opens a file as an import does, in no more memory than is said, and walks through it.
PROGRAM = """
import resource, sys
from pathlib import Path
from catalog.adapters.spreadsheets import FileSpreadsheets
from catalog.services.imports.problems import ImportFileError
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    for row in FileSpreadsheets().open(Path(sys.argv[1]), "x.xlsx").rows():
        pass
except ImportFileError as refusal:
    print(refusal.text("en"))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def bomb(folder: Path, part: str, pieces: Iterator[bytes]) -> Path:
    """A good workbook, one of whose parts is replaced."""
    good, path = folder / "tot.xlsx", folder / "bom.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, GOOD):
        sheet.append(row)
    book.save(good)
    with (
        zipfile.ZipFile(good) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            if name != part:
                end = DECLARED if part == STRINGS else b"</Types>"
                target.writestr(name, source.read(name).replace(b"</Types>", end))
        with target.open(part, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)
    return path


def many_strings() -> Iterator[bytes]:
    yield b"<sst " + NAMESPACE + b">"
    for _piece in range(120):
        yield (b"<si><t>" + b"a" * 1000 + b"</t></si>") * 1024
    yield b"</sst>"


def one_string() -> Iterator[bytes]:
    yield b"<sst " + NAMESPACE + b"><si><t>"
    for _piece in range(120):
        yield b"a" * MEGABYTE
    yield b"</t></si></sst>"


def one_row() -> Iterator[bytes]:
    yield b"<worksheet " + NAMESPACE + b"><sheetData><row>"
    for _piece in range(120):
        yield b"<c/>" * (MEGABYTE // 4)
    yield b"</row></sheetData></worksheet>"


def one_cell() -> Iterator[bytes]:
    yield b"<worksheet " + NAMESPACE + b'><sheetData><row><c t="inlineStr"><is><t>'
    for _piece in range(120):
        yield b"a" * MEGABYTE
    yield b"</t></is></c></row></sheetData></worksheet>"


def rows_in_disguise() -> Iterator[bytes]:
    yield b"<worksheet " + NAMESPACE + b"><sheetData><row>"
    for _piece in range(120):
        yield b"<c/><!--</row>-->" * (MEGABYTE // 17)
    yield b"</row></sheetData></worksheet>"


def strings_between_rows() -> Iterator[bytes]:
    yield b"<sst " + NAMESPACE + b">"
    for _piece in range(120):
        yield (b"<si><t>" + b"a" * 1000 + b"</t></si><row></row>") * 1024
    yield b"</sst>"


@pytest.mark.parametrize(
    ("part", "pieces"),
    [
        (STRINGS, many_strings),
        (STRINGS, one_string),
        (STRINGS, strings_between_rows),
        (SHEET, one_row),
        (SHEET, one_cell),
        (SHEET, rows_in_disguise),
    ],
)
def test_a_workbook_that_would_fill_the_memory_is_refused_in_little(
    tmp_path: Path, part: str, pieces: Callable[[], Iterator[bytes]]
) -> None:
    path = bomb(tmp_path, part, pieces())

    words, megabytes = walked(path)

    assert words == ["The workbook holds too much beside its rows. Save only the sheet, as CSV."]
    assert megabytes < 40 < MOST_AT_ONCE // MEGABYTE


def test_what_an_archive_unpacks_to_is_read_from_its_directory(tmp_path: Path) -> None:
    path = bomb(tmp_path, "xl/media/zeros.bin", (bytes(MEGABYTE) for _piece in range(640)))
    assert path.stat().st_size < 5 * MEGABYTE

    with pytest.raises(ImportFileError) as refusal:
        FileSpreadsheets().open(path, path.name)

    assert refusal.value.text("en") == "The file is larger than 600 MB."


def test_definitions_that_multiply_themselves_are_refused(tmp_path: Path) -> None:
    lines = [b'<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst>&b;</sst>']

    with pytest.raises(ImportFileError):
        FileSpreadsheets().open(bomb(tmp_path, STRINGS, iter(lines)), "x.xlsx")


def test_a_row_far_below_the_others_is_refused(tmp_path: Path) -> None:
    sheet = [b"<worksheet " + NAMESPACE + b'><sheetData><row r="99999999999"><c><v>1</v></c>']

    path = bomb(tmp_path, SHEET, iter([*sheet, b"</row></sheetData></worksheet>"]))

    assert walked(path)[0] == ["At most 1048576 rows fit in one file."]


def test_a_good_workbook_of_some_size_is_no_bomb(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(20_000):
        sheet.append([f"Miến dong {number}", "Côn Minh " * 8, number])
    path = tmp_path / "tot.xlsx"
    book.save(path)

    assert sum(1 for _row in FileSpreadsheets().open(path, path.name).rows()) == 20_000


async def test_a_zero_in_a_workbook_is_damage_or_a_word(
    import_house: ImportHouse, tmp_path: Path
) -> None:
    business = await import_house.business()
    start = b"<sst " + NAMESPACE + b"><si><t>"
    broken = bomb(tmp_path, STRINGS, iter([start, b"a\x00b</t></si></sst>"]))
    with pytest.raises(ImportFileError):
        await import_house.take_in(business, broken)

    book = Workbook()
    for row in (HEADER, changed(ten_san_pham="Miến _x0000_ dong")):
        book.worksheets[0].append(row)
    book.save(tmp_path / "khong.xlsx")

    assert (await import_house.take_in(business, tmp_path / "khong.xlsx")).figures == (1, 0, 0, 0)


async def test_reads_what_windows_wrote_in_vietnamese(import_house: ImportHouse) -> None:
    business = await import_house.business()
    path = import_house.folder / "cp1258.csv"
    path.write_bytes(in_cp1258("\r\n".join(";".join(line) for line in (HEADER, GOOD))))

    outcome = await import_house.take_in(business, path)

    assert (outcome.figures, outcome.cells) == ((1, 0, 0, 0), [])
    names = await import_house.rows(
        "SELECT p.name, t.name FROM products p JOIN places t ON t.id = p.origin_place_id"
        " WHERE p.business_id = :id",
        id=business.id,
    )
    assert names == [("Miến dong sợi vàng", "Côn Minh")]


async def test_letters_that_nobody_sees_do_not_break_an_import(import_house: ImportHouse) -> None:
    business = await import_house.business()
    rows = (changed(ten_san_pham="Miến\x00 dong", mo_ta="Phơi\x00 nắng"), changed(ma_hang="\x00"))
    path = import_house.write(*rows)

    outcome = await import_house.take_in(business, path)

    names = await import_house.rows(
        "SELECT name FROM products WHERE business_id = :id", id=business.id
    )
    assert (names, outcome.cells) == ([("Miến dong",)], [("A3", "REQUIRED")])


def in_cp1258(text: str) -> bytes:
    """The text as old Windows programs wrote it: vowels with their hats, tones behind them."""
    signs = []
    for sign in text:
        try:
            signs.append(sign.encode("cp1258"))
        except UnicodeEncodeError:
            bare, *marks = list(unicodedata.normalize("NFD", sign))
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            rest = "".join(mark for mark in marks if mark != tone)
            signs.append((unicodedata.normalize("NFC", bare + rest) + tone).encode("cp1258"))
    return b"".join(signs)


def walked(path: Path) -> tuple[list[str], int]:
    """What a process of its own says of the file, and how many MB it took to say it."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        capture_output=True,
        check=True,
        text=True,
        preexec_fn=_bound,
    )
    *words, megabytes = done.stdout.splitlines()
    return words, int(megabytes)


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
