"""What a file carries beside the paper or picture it shows.

A PDF can hold programs, other files and orders to open them (ISO 32000-2, 12.6 and 7.11.4); a
paper for an office needs none of them. A file can be of two kinds at once, and be taken for the
other one by whoever gets it next.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import is_zipfile

# Object streams hold the document's own objects, so this much is far beyond any honest one.
MOST_OBJECTS: Final = 32 * 1024 * 1024
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|Rendition|RichMedia|SubmitForm|ImportData|GoToE|GoToR"
    rb"|XFA|Encrypt)(?=[\s()<>\[\]{}/%]|$)"
)
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_ONLY_FLATE: Final = re.compile(rb"/Filter\s*(?:\[\s*)?/FlateDecode\s*(?:\]|/(?!\w+Decode)|>|$)")
_MOST_STREAMS: Final = 20_000
_STEP: Final = 64 * 1024
_BEFORE_A_STREAM: Final = 2048
_FOREIGN: Final = re.compile(rb"<\?php|<script|<html|<!doctype", re.IGNORECASE)
_BLANK: Final = b"\0\t\n\f\r "
_PDF_END: Final = b"%%EOF"


def is_active_document(data: bytes) -> bool:
    """Whether a PDF holds programs, files or a lock, openly or in its packed objects."""
    if _ACTIVE.search(_unescaped(data)):
        return True
    try:
        return any(_ACTIVE.search(_unescaped(part)) for part in _packed_objects(data))
    except zlib.error:
        return True


def is_two_things(data: bytes) -> bool:
    """Whether the file is also a page, a program for servers, or an archive."""
    return _FOREIGN.search(data) is not None or is_zipfile(BytesIO(data))


def ends_behind_its_end(data: bytes) -> bool:
    """Whether something else follows the end of a PDF."""
    return bool(data[data.rfind(_PDF_END) + len(_PDF_END) :].strip(_BLANK))


def _unescaped(data: bytes) -> bytes:
    """The names as a reader reads them: `/J#61va` is `/Java`."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """The contents of the object streams.

    Raises:
        zlib.error: one is packed in a way that honest programs do not use, or there is too much.
    """
    left = MOST_OBJECTS
    for count, found in enumerate(_STREAM.finditer(data)):
        if count > _MOST_STREAMS:
            raise zlib.error
        head = data[max(found.start() - _BEFORE_A_STREAM, 0) : found.start()]
        own = _unescaped(head[head.rfind(b" obj") :])
        if (b"/ObjStm" not in own and b"/First" not in own) or b"/Filter" not in own:
            continue
        if _ONLY_FLATE.search(own) is None or b"/Predictor" in own:
            raise zlib.error
        part = _unpacked(data, found.end(), left)
        left -= len(part)
        yield part


def _unpacked(data: bytes, start: int, most: int) -> bytes:
    """What is packed from there on, in steps: what is not used of a step is copied each time."""
    unpacker, part = zlib.decompressobj(), bytearray()
    while not unpacker.eof and start < len(data):
        part += unpacker.decompress(data[start : start + _STEP], most - len(part) + 1)
        if len(part) > most:
            raise zlib.error
        start += _STEP
    return bytes(part)
