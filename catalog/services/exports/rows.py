"""One packing as a row that an import reads back as what stands."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from catalog.ports import Cell
from catalog.rules import RETAIL, WHOLESALE, ProductState
from catalog.services.exports.headers import Key, SheetLayout, key_of
from catalog.services.imports.cells import harmless
from catalog.services.imports.columns import Field
from catalog.services.imports.descriptions import words_of
from catalog.services.imports.drafts import Paper, PriceTable
from catalog.services.imports.quantities import NetContent
from catalog.services.imports.reference import Reference
from catalog.services.imports.rows import RowReader
from catalog.services.imports.standing import Row, Standing

_FOOD: Final = {
    "self_declaration": "Tự công bố",
    "food_safety_certificate": "Giấy chứng nhận ATTP",
    "commitment": "Bản cam kết",
    "quarantine": "Kiểm dịch",
}
_LICENCES: Final = {
    "alcohol_production": "Sản xuất rượu",
    "functional_food": "Thực phẩm bảo vệ sức khỏe",
    "lodging": "Lưu trú",
    "travel": "Lữ hành",
    "plant_nursery": "Vườn ươm",
    "licence": "Giấy phép",
}
_STATES: Final = {ProductState.PUBLISHED: "Đang bán", ProductState.WITHDRAWN: "Ngừng bán"}
_PAPERS: Final = (
    *(Field.FOOD_PAPER, Field.FOOD_PAPER_NUMBER, Field.FOOD_PAPER_ISSUED_ON),
    *(Field.FOOD_PAPER_EXPIRES_ON, Field.LICENCE, Field.LICENCE_NUMBER),
)
_PACKED: Final = (Field.PACKING, Field.CONTENT)
_RETAIL: Final = (Field.PRICE, Field.FULL_PRICE, Field.MINIMUM)
_WHOLESALE: Final = (Field.WHOLESALE_PRICE, Field.WHOLESALE_MINIMUM)
# Cells that are left empty together when one of them would be read as something else.
_TOGETHER: Final[tuple[tuple[Field, ...], ...]] = (_PAPERS, _PACKED, _RETAIL, _WHOLESALE)
_COLUMNS_OF: Final[Mapping[str, tuple[Field, ...]]] = {
    "name": (Field.NAME,),
    "category": (Field.CATEGORY,),
    "product_type": (Field.PRODUCT_TYPE,),
    "description": (Field.DESCRIPTION,),
    "name_en": (Field.NAME_EN,),
    "description_en": (Field.DESCRIPTION_EN,),
    "origin_place_id": (Field.PLACE,),
    "pictures": (Field.PICTURES,),
    "harvest_months": (Field.HARVEST_MONTHS,),
    "geographical_indication_id": (Field.GEOGRAPHICAL_INDICATION,),
    "papers": _PAPERS,
    "is_published": (Field.PUBLISHED,),
    "variant.name": _PACKED,
    "variant.name_en": (Field.PACKING_EN,),
    "variant.unit": (*_PACKED, Field.UNIT),
    "variant.content": _PACKED,
    "variant.weight_grams": (Field.WEIGHT,),
    "variant.quantity_limit": (Field.MAXIMUM,),
    "variant.retail": _RETAIL,
    "variant.wholesale": _WHOLESALE,
    "variant.on_hand": (Field.STOCK,),
}
_ROUNDS: Final = 8

Cells = dict[Key, Cell]
Meant = dict[str, Any]


class RowWriter:
    """Writes the rows of one sheet; each is read back, and what differs is left empty.

    An empty cell leaves alone what stands, so a sheet that is taken in unchanged changes nothing.
    """

    def __init__(
        self, sheet: SheetLayout, reference: Reference, names: Mapping[str, Mapping[UUID, str]]
    ) -> None:
        self._sheet = sheet
        self._reference = reference
        self._names = names
        self._reader = RowReader(sheet.layout, reference)

    def write(self, standing: Standing, product: Row, variant: Row) -> list[Cell]:
        """The cells of one packing, with what they say of its product."""
        meant = self._meant(standing, product, variant)
        cells = self._cells(meant, product, variant)
        for row, name in ((product, Field.CODE), (variant, Field.SKU)):
            cells[name] = harmless(row["external_id"] or str(row["id"]))
        for _round in range(_ROUNDS):
            wrong = self._wrong(cells, meant)
            if not wrong:
                break
            self._mend(cells, wrong, product, variant)
        return self._line(cells)

    def _line(self, cells: Cells) -> list[Cell]:
        found = (cells.get(key) for key in self._sheet.keys)
        return [harmless(cell) if isinstance(cell, str) else cell for cell in found]

    def _mend(self, cells: Cells, wrong: set[Key], product: Row, variant: Row) -> None:
        """Empty the cells; a code that cannot be read gives way to the key."""
        for key in wrong:
            cells[key] = None
        for row, name in ((product, Field.CODE), (variant, Field.SKU)):
            if name in wrong:
                cells[name] = str(row["id"])

    def _wrong(self, cells: Cells, meant: Meant) -> set[Key]:
        """The columns of a row that an import would not read as what stands."""
        row, problems = self._reader.read(2, self._line(cells))
        columns = {column.index: key_of(column) for column in self._sheet.layout.columns}
        wrong = {columns[one.column] for one in problems if one.column in columns}
        if row is not None:
            read = {**row.product, **{f"variant.{name}": v for name, v in row.variant.items()}}
            read["code"], read["variant.code"] = row.code, row.variant_code
            wrong |= _differing(read, meant, cells)
        for group in _TOGETHER:
            if wrong & set(group):
                wrong |= set(group)
        wrong |= {
            key
            for key in self._sheet.keys
            if (key in cells and _is_tier(key, RETAIL) and Field.PRICE in wrong)
            or (key in cells and _is_tier(key, WHOLESALE) and Field.WHOLESALE_PRICE in wrong)
        }
        return {key for key in wrong if cells.get(key) is not None}

    def _meant(self, standing: Standing, product: Row, variant: Row) -> Meant:
        """What stands, in the words of an import."""
        key, reference = product["id"], self._reference
        english = standing.english.get(key, {})
        pictures = standing.media.get(key, [])
        quantity, unit = variant["net_quantity"], variant["net_unit"]
        tables = {
            slug: dict(sorted(standing.prices.get((variant["id"], channel), {}).items()))
            for slug, channel in reference.channels.items()
        }
        stock = standing.stocks.get(variant["id"])
        return {
            **{name: product[name] for name in ("name", "origin_place_id", "harvest_months")},
            "category": reference.categories_by_id[product["category_id"]],
            "product_type": reference.types_by_id[product["product_type_id"]],
            "description": words_of(product["description"]),
            "name_en": english.get("name"),
            "description_en": words_of(english.get("description")),
            "pictures": tuple(map(str, pictures)) if pictures[:1] == [product["cover_id"]] else (),
            "geographical_indication_id": product["geographical_indication_id"],
            "papers": _papers(standing, key),
            "is_published": product["state"] is ProductState.PUBLISHED,
            "attributes": product["attributes"],
            "variant.name": variant["name"],
            "variant.name_en": standing.variant_english.get(variant["id"]),
            "variant.unit": variant["unit"],
            "variant.content": NetContent(quantity, unit) if quantity and unit else None,
            "variant.weight_grams": variant["weight_grams"],
            "variant.quantity_limit": variant["quantity_limit"],
            "variant.retail": tables.get(RETAIL, {}),
            "variant.wholesale": tables.get(WHOLESALE, {}),
            "variant.on_hand": None if stock is None else stock["on_hand"],
            "variant.attributes": variant["attributes"],
        }

    def _cells(self, meant: Meant, product: Row, variant: Row) -> Cells:
        names, months = self._names, meant["harvest_months"]
        category = meant["category"]
        is_plain = self._reference.categories.get(names["folded"].get(category.id, "")) is category
        cells: Cells = {
            Field.CATEGORY: names["category" if is_plain else "slug"].get(category.id),
            Field.PRODUCT_TYPE: names["type"].get(product["product_type_id"]),
            Field.PLACE: names["place"].get(product["origin_place_id"]),
            Field.GEOGRAPHICAL_INDICATION: names["indication"].get(
                product["geographical_indication_id"]
            ),
            Field.NAME: meant["name"],
            Field.NAME_EN: meant["name_en"],
            Field.DESCRIPTION: meant["description"] or None,
            Field.DESCRIPTION_EN: meant["description_en"] or None,
            Field.PICTURES: "; ".join(meant["pictures"]) or None,
            Field.HARVEST_MONTHS: ", ".join(map(str, months)) or None,
            Field.PUBLISHED: _STATES.get(product["state"], "Nháp"),
            Field.PACKING: meant["variant.name"] or None,
            Field.PACKING_EN: meant["variant.name_en"],
            Field.UNIT: meant["variant.unit"],
            Field.CONTENT: _content(meant["variant.content"]),
            Field.WEIGHT: meant["variant.weight_grams"],
            Field.MAXIMUM: meant["variant.quantity_limit"],
            Field.STOCK: meant["variant.on_hand"],
        }
        _add_papers(cells, meant["papers"])
        _add_prices(cells, meant["variant.retail"], (RETAIL, *_RETAIL))
        first, least = _WHOLESALE
        _add_prices(cells, meant["variant.wholesale"], (WHOLESALE, first, None, least))
        for slug, value in {**product["attributes"], **variant["attributes"]}.items():
            cells["attribute", slug] = self._value(slug, value)
        return cells

    def _value(self, slug: str, value: Any) -> Cell:  # noqa: ANN401 - typed by the attribute
        """The value of an attribute as people write it."""
        known = self._reference.attributes.get(slug)
        if known is None or value is None:
            return None
        if isinstance(value, bool):
            return "có" if value else "không"
        if isinstance(value, list):
            words = (self._sheet.choices.get((known.id, str(one)), str(one)) for one in value)
            return "; ".join(words) or None
        if isinstance(value, int | float):
            return f"{value:g}".replace(".", ",")
        return str(value)


def _differing(read: Meant, meant: Meant, cells: Cells) -> set[Key]:
    wrong: set[Key] = set()
    for code, at in (("code", Field.CODE), ("variant.code", Field.SKU)):
        if read.pop(code) != cells[at]:
            wrong.add(at)
    for level in ("attributes", "variant.attributes"):
        for slug, value in read.pop(level, {}).items():
            if meant[level].get(slug) != value:
                wrong.add(("attribute", slug))
    for name, value in read.items():
        said = words_of(value) if name in {"description", "description_en"} else value
        if said != meant.get(name):
            wrong |= set(_COLUMNS_OF[name])
            table = name.removeprefix("variant.")
            wrong |= {key for key in cells if _is_tier(key, table)}
    return wrong


def _is_tier(key: Key, table: str) -> bool:
    return isinstance(key, tuple) and key[0] == table


def _papers(standing: Standing, product_id: UUID) -> dict[str, Paper]:
    """The first food paper and the first licence: a row has room for one of each."""
    found: dict[str, Paper] = {}
    for kinds in (_FOOD, _LICENCES):
        for kind in kinds:
            row = standing.papers.get((product_id, kind))
            if row is not None:
                found[kind] = Paper(kind, row["number"], row["issued_on"], row["expires_on"])
                break
    return found


def _add_papers(cells: Cells, papers: Mapping[str, Paper]) -> None:
    for kind, paper in papers.items():
        if kind in _FOOD:
            cells[Field.FOOD_PAPER], cells[Field.FOOD_PAPER_NUMBER] = _FOOD[kind], paper.number
            for at, day in zip(_PAPERS[2:4], (paper.issued_on, paper.expires_on), strict=True):
                cells[at] = None if day is None else f"{day:%d/%m/%Y}"
        else:
            cells[Field.LICENCE], cells[Field.LICENCE_NUMBER] = _LICENCES[kind], paper.number


def _add_prices(
    cells: Cells, table: PriceTable, names: tuple[str, Field, Field | None, Field]
) -> None:
    """The first price with its quantity, and the later ones in columns of their own."""
    slug, first, full, least = names
    for number, (minimum, (amount, undiscounted)) in enumerate(table.items()):
        if number:
            cells[slug, minimum] = amount
            continue
        cells[first] = amount
        cells[least] = minimum if minimum > 1 else None
        if full is not None:
            cells[full] = undiscounted


def _content(content: NetContent | None) -> str | None:
    if content is None:
        return None
    return f"{content.quantity.normalize():f} {content.unit}".replace(".", ",")
