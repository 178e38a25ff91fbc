"""Marks in every column of text: whoever shows one to a stranger has shown what is private.

The marks are put where `PUBLIC` does not say that everybody may read. A new table is therefore
private until it is named there.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ARRAY, JSON, Column, Enum, LargeBinary, String, Table, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from marketplace.kernel.database import Model
from marketplace.kernel.sealing import SealBrokenError, Sealer

STEM: Final = "qzx"
FOUND: Final = re.compile(rf"{STEM}(\d{{3}})", re.IGNORECASE)
# A mark that is a telephone number, however it is shown: 0977 mmm xxx, m being the mark.
FOUND_NUMBER: Final = re.compile(r"(?:\+84|\b0)[ .]?977[ .]?(\d{3})[ .]?\d{3}\b")
# ruff: noqa: S608 - only our own names of tables and columns stand in these statements
_OPEN: Final = "state = 'active'"
_OF_OPEN: Final = "business_id IN (SELECT id FROM businesses WHERE state = 'active')"
_SHOWN: Final = f"""state = 'published' AND {_OF_OPEN} AND category_id NOT IN
    (SELECT id FROM categories WHERE policy = 'forbidden')"""
_OF_SHOWN: Final = f"product_id IN (SELECT id FROM products WHERE {_SHOWN})"
_ALL: Final = "true"
_ANY: Final = frozenset[str]()

# What everybody may read: the rows, and their columns where not every one is meant.
PUBLIC: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    # Of the province itself.
    "places": (_ALL, _ANY),
    "place_translations": (_ALL, _ANY),
    "place_aliases": (_ALL, _ANY),
    "attributes": (_ALL, _ANY),
    "attribute_choices": (_ALL, _ANY),
    "product_types": (_ALL, _ANY),
    "category_attributes": (_ALL, _ANY),
    "channels": (_ALL, _ANY),
    "menus": (_ALL, _ANY),
    "menu_items": (_ALL, _ANY),
    "menu_item_translations": (_ALL, _ANY),
    "legal_bases": (_ALL, _ANY),
    "holidays": (_ALL, _ANY),
    "retention_rules": (_ALL, _ANY),
    "industries": (_ALL, _ANY),
    "geographical_indications": (_ALL, _ANY),
    "categories": ("policy <> 'forbidden'", _ANY),
    "category_translations": (_ALL, _ANY),
    "collections": ("is_published", _ANY),
    "collection_translations": (_ALL, _ANY),
    "pages": ("is_published", _ANY),
    "page_translations": (_ALL, _ANY),
    # Of sellers: the shop window.
    "businesses": (_OPEN, _ANY),
    "business_translations": (_OF_OPEN, _ANY),
    "stores": (_OF_OPEN, _ANY),
    "store_policies": (_OF_OPEN, _ANY),
    "store_closures": (_OF_OPEN, _ANY),
    "business_slugs": (_OF_OPEN, _ANY),
    "products": (_SHOWN, _ANY),
    "product_translations": (_OF_SHOWN, _ANY),
    "product_variants": (_OF_SHOWN, _ANY),
    "product_variant_translations": (
        f"variant_id IN (SELECT id FROM product_variants WHERE {_OF_SHOWN})",
        _ANY,
    ),
    "product_listings": (_ALL, _ANY),
    "product_media": (_OF_SHOWN, _ANY),
    "ocop_certificates": (_OF_SHOWN, _ANY),
    "media_files": ("NOT is_private", frozenset({"alt_vi", "alt_en"})),
}
# Made from the rows above; what is in them is judged, not marked.
DERIVED: Final = frozenset({"search_documents", "search_rebuilds", "attempts", "signing_keys"})
# What the program works with; no person reads or writes it.
WORKING: Final = frozenset(
    {
        *("language", "content_type", "storage_key", "sha256", "on_due", "currency", "countries"),
        *("types", "scopes", "harvest_months", "attributes", "renditions", "hours", "accent"),
        *("token_key", "password_hash", "object_type", "kind", "type", "version", "colour"),
        *("public_jwk", "country", "mapping", "typed", "nonce", "from_state", "to_state"),
    }
)
_HASHES: Final = ("_hash", "_key", "hash")
_IN_THE_OPEN: Final = frozenset({"body", "content", "excerpt"})
_LABELS: Final = frozenset({"type", "code", "version", "slug", "id", "kind", "field", "state"})


@dataclass
class Marks:
    """Where each mark stands, and what could not be marked."""

    places: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)

    def new(self, place: str) -> str:
        """A mark for that column."""
        self.places.append(place)
        return f"{STEM}{len(self.places) - 1:03}"

    def found_in(self, shown: str) -> set[str]:
        """The columns whose marks are to be read there."""
        numbers = [*FOUND.findall(shown), *FOUND_NUMBER.findall(shown)]
        return {self.places[int(number)] for number in numbers if int(number) < len(self.places)}


async def mark_everything(connection: AsyncConnection, sealer: Sealer) -> Marks:
    """Put a mark into every column that is not for everybody."""
    marks = Marks()
    for table in Model.metadata.sorted_tables:
        if table.name not in DERIVED:
            for column in _texts(table):
                await _mark(connection, sealer, marks, column)
    return marks


def _texts(table: Table) -> Iterator[Column[Any]]:
    for column in table.columns:
        kinds = (String, JSON, JSONB, LargeBinary)
        is_text = isinstance(column.type, kinds) and not isinstance(column.type, Enum | ARRAY)
        is_working = column.name in WORKING or column.name.endswith(_HASHES)
        if is_text and not is_working and not column.primary_key and not column.foreign_keys:
            yield column


async def _mark(
    connection: AsyncConnection, sealer: Sealer, marks: Marks, column: Column[Any]
) -> None:
    rows = _private_rows(column)
    place = f"{column.table.name}.{column.name}"
    found = await connection.scalar(text(f"SELECT count(*) FROM {column.table.name} WHERE {rows}"))
    if not found:
        return
    mark = marks.new(place)
    if isinstance(column.type, String):
        is_done = await _mark_text(connection, column, rows, mark)
    else:
        is_done = await _mark_values(connection, column, rows, _Writer(sealer, mark))
    if not is_done:
        marks.unmarked.append(place)


def _private_rows(column: Column[Any]) -> str:
    rows, columns = PUBLIC.get(column.table.name, ("false", _ANY))
    return f"NOT ({rows})" if not columns or column.name in columns else _ALL


async def _mark_text(
    connection: AsyncConnection, column: Column[Any], rows: str, mark: str
) -> bool:
    table, name = column.table.name, column.name
    length = column.type.length or 10_000  # type: ignore[attr-defined]  # a String
    row = "substr(md5(random()::text), 1, 5)"
    quoted = f'"{name}"'
    old = f"left(coalesce({quoted}, ''), {max(length - len(mark) - 1, 0)})"
    forms: tuple[str, ...] = (
        f"{old} || ' {mark}'",
        f"{old} || '-{mark}'",
        f"'{mark}-' || {row}",
        f"'{mark}'",
    )
    if "slug" in name:
        forms = forms[1:]
    elif "email" in name or name == "sent_to":
        forms = (f"'{mark}-' || {row} || '@example.com'",)
    elif name in {"phone", "zalo"}:
        forms = (f"'+84977{mark[len(STEM) :]}' || lpad(floor(random() * 1000)::text, 3, '0')",)
        rows = f"{rows} AND {name} IS NOT NULL"
    elif "url" in name:
        forms = (f"'https://{mark}.example.com/' || {row}",)
    for form in forms:
        try:
            async with connection.begin_nested():
                await connection.execute(text(f"UPDATE {table} SET {quoted} = {form} WHERE {rows}"))
        except DBAPIError:
            continue
        return True
    return False


@dataclass(frozen=True)
class _Writer:
    """Writes a mark into what is no plain text."""

    sealer: Sealer
    mark: str

    def into(self, value: Any, name: str) -> Any:
        """The value with the mark in it; bytes as they lie in the table."""
        if not isinstance(value, bytes | memoryview):
            return json.dumps(self.leaves(value), ensure_ascii=False)
        found = bytes(value)
        if name in _IN_THE_OPEN:
            return self.opened(found)
        try:
            return self.sealer.seal(self.opened(self.sealer.open(found)))
        except SealBrokenError:
            return self.sealer.seal(self.mark.encode())

    def opened(self, data: bytes) -> bytes:
        """Open bytes: a document keeps its form."""
        try:
            found = json.loads(data)
        except ValueError:
            return self.mark.encode()
        return json.dumps(self.leaves(found) or {"note": self.mark}).encode()

    def leaves(self, value: Any, key: str = "") -> Any:
        """The document with a mark behind each of its texts, but for labels of the program."""
        if isinstance(value, dict):
            return {name: self.leaves(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [self.leaves(each, key) for each in value]
        if isinstance(value, str) and key not in _LABELS:
            return f"{value} {self.mark}"
        return value


async def _mark_values(
    connection: AsyncConnection, column: Column[Any], rows: str, writer: _Writer
) -> bool:
    table, name = column.table.name, column.name
    keys = [each.name for each in column.table.primary_key]
    chosen = await connection.execute(
        text(f"SELECT {name}, {', '.join(keys)} FROM {table} WHERE ({rows}) AND {name} IS NOT NULL")
    )
    kind = "" if isinstance(column.type, LargeBinary) else "::jsonb"
    where = " AND ".join(f"{key} = :{key}" for key in keys)
    try:
        async with connection.begin_nested():
            for value, *found in chosen.all():
                await connection.execute(
                    text(f"UPDATE {table} SET {name} = CAST(:new AS text){kind} WHERE {where}")
                    if kind
                    else text(f"UPDATE {table} SET {name} = :new WHERE {where}"),
                    {"new": writer.into(value, name), **dict(zip(keys, found, strict=True))},
                )
    except DBAPIError:
        return False
    return True
