"""From the cells of one row to what it says about a product and one of its packings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from catalog.ports import Cell
from catalog.services.imports.attributes import read_attribute
from catalog.services.imports.cells import is_blank, shortened, tidy, unspoiled
from catalog.services.imports.columns import Column, Field, Layout
from catalog.services.imports.descriptions import LONGEST_DESCRIPTION, document_of
from catalog.services.imports.drafts import Paper, PriceTable, ProductValues, VariantValues
from catalog.services.imports.numbers import read_count, read_positive_count, read_price
from catalog.services.imports.problems import CellError, CellProblem
from catalog.services.imports.quantities import (
    NetContent,
    read_answer,
    read_content,
    read_date,
    read_grams,
    read_months,
    split_packing,
    unit_named,
)
from catalog.services.imports.reference import FOOD_PAPERS, LICENCES, Reference, name_key
from marketplace.kernel.i18n import _

LONGEST: Final = {
    Field.CODE: 80,
    Field.SKU: 40,
    Field.NAME: 250,
    Field.NAME_EN: 250,
    Field.PACKING: 200,
    Field.PACKING_EN: 200,
    Field.UNIT: 30,
    Field.FOOD_PAPER_NUMBER: 80,
    Field.LICENCE_NUMBER: 80,
}
MOST_PICTURES: Final = 12
DEFAULT_UNIT: Final = "cái"
_NAMING: Final = frozenset(
    {Field.CATEGORY, Field.PLACE, Field.PRODUCT_TYPE, Field.GEOGRAPHICAL_INDICATION},
)
_ON: Final = frozenset({"dang ban", "hien thi", "dang kinh doanh", "published", "active"})
_OFF: Final = frozenset(
    {"ngung ban", "an", "nhap", "ngung kinh doanh", "tam an", "draft", "hidden"}
)

Values = dict[Field, Any]


@dataclass(slots=True)
class Row:
    """One understood row: its product's code, and what it says on both levels."""

    number: int
    code: str
    variant_code: str
    product: ProductValues
    variant: VariantValues
    typed: tuple[str, ...]


class RowReader:
    """Reads the rows of one file."""

    def __init__(self, layout: Layout, reference: Reference) -> None:
        self._layout = layout
        self._reference = reference
        of_product = {slug for each in reference.types.values() for slug in each.of_product}
        of_variant = {slug for each in reference.types.values() for slug in each.of_variant}
        self._of_variant_only = of_variant - of_product

    def read(self, number: int, cells: Sequence[Cell]) -> tuple[Row | None, list[CellProblem]]:
        """What the row says; None and the problems when a cell cannot be understood."""
        problems: list[CellProblem] = []
        values: Values = {}
        attributes: dict[str, Any] = {}
        tiers: dict[str, PriceTable] = {"retail": {}, "wholesale": {}}
        for column in self._layout.columns:
            cell = cells[column.index] if column.index < len(cells) else None
            if is_blank(cell):
                continue
            try:
                self._take(column, cell, values, attributes, tiers)
            except CellError as error:
                problems.append(problem_at(number, column, cell, error))
        try:
            row = self._assemble(number, cells, values, attributes, tiers)
        except _FieldError as error:
            at = self._layout.column_of(error.field)
            cell = cells[at.index] if at is not None and at.index < len(cells) else None
            problems.append(problem_at(number, at, cell, error.problem))
            return None, problems
        return (None if problems else row), problems

    def _take(
        self,
        column: Column,
        cell: Cell,
        values: Values,
        attributes: dict[str, Any],
        tiers: Mapping[str, PriceTable],
    ) -> None:
        if isinstance(cell, str):
            cell = unspoiled(cell)
        if column.attribute is not None:
            known = self._reference.attributes[column.attribute]
            attributes[known.slug] = read_attribute(known, cell)
        elif column.retail_from is not None:
            tiers["retail"][column.retail_from] = (read_price(cell), None)
        elif column.wholesale_from is not None:
            tiers["wholesale"][column.wholesale_from] = (read_price(cell), None)
        elif column.field is not None:
            values[column.field] = self._value(column.field, cell, column.unit)

    def _value(self, field: Field, cell: Cell, unit: str | None) -> object:
        if field in READERS:
            return READERS[field](cell)
        if field is Field.CONTENT:
            return cell if unit is None else read_content(cell, unit)
        if field is Field.WEIGHT:
            return read_grams(cell, unit)
        if field in _NAMING:
            return self._named(field, tidy(cell))
        text = tidy(cell)
        if len(text) > LONGEST.get(field, len(text)):
            raise CellError(
                _("At most {count} letters fit here."), "TOO_LONG", count=LONGEST[field]
            )
        return text

    def _named(self, field: Field, text: str) -> object:
        """What a name stands for."""
        if field is Field.CATEGORY:
            return self._reference.category(text)
        if field is Field.PLACE:
            return self._reference.place(text)
        if field is Field.PRODUCT_TYPE:
            return _named(self._reference.types, text, _("There is no product type {name}."))
        message = _("There is no geographical indication {name}.")
        return _named(self._reference.indications, text, message)

    def _assemble(
        self,
        number: int,
        cells: Sequence[Cell],
        values: Values,
        attributes: Mapping[str, Any],
        tiers: Mapping[str, PriceTable],
    ) -> Row:
        if Field.CODE not in values:
            raise _FieldError(
                Field.CODE, CellError(_("The code of the product is missing."), "REQUIRED")
            )
        variant = self._variant(values, tiers)
        product = _product(values)
        own = {slug: value for slug, value in attributes.items() if slug in self._of_variant_only}
        shared = {slug: value for slug, value in attributes.items() if slug not in own}
        if own:
            variant["attributes"] = own
        if shared:
            product["attributes"] = shared
        code = values.get(Field.SKU) or _default_code(variant)
        typed = tuple(shortened(cell) for cell in cells)
        return Row(number, values[Field.CODE], code, product, variant, typed)

    def _variant(self, values: Values, tiers: Mapping[str, PriceTable]) -> VariantValues:
        variant: VariantValues = {}
        packing = values.get(Field.PACKING)
        word, packed = split_packing(packing) if packing else (None, None)
        content = _content(values) or packed
        unit = values.get(Field.UNIT) or word
        if packing or content:
            variant["name"] = packing or f"{unit or ''} {_content_text(content)}".strip()
        if unit:
            variant["unit"] = unit
        if content:
            variant["content"] = content
        if Field.PACKING_EN in values:
            variant["name_en"] = values[Field.PACKING_EN]
        if Field.WEIGHT in values:
            variant["weight_grams"] = values[Field.WEIGHT]
        if Field.MAXIMUM in values:
            variant["quantity_limit"] = values[Field.MAXIMUM]
        if Field.STOCK in values:
            variant["on_hand"] = values[Field.STOCK]
        if retail := _retail(values, tiers["retail"]):
            variant["retail"] = retail
        if wholesale := _wholesale(values, tiers["wholesale"]):
            variant["wholesale"] = wholesale
        return variant


class _FieldError(Exception):
    """A problem that shows only when several cells are seen together."""

    def __init__(self, field: Field, problem: CellError) -> None:
        super().__init__(problem.message)
        self.field = field
        self.problem = problem


def problem_at(number: int, column: Column | None, cell: Cell, error: CellError) -> CellProblem:
    """A cell's problem with its place in the file."""
    return CellProblem(
        number,
        -1 if column is None else column.index,
        "" if column is None else column.header,
        shortened(cell),
        error.message,
        error.code,
        error.parameters,
    )


def _product(values: Values) -> ProductValues:
    plain = {
        "name": Field.NAME,
        "category": Field.CATEGORY,
        "product_type": Field.PRODUCT_TYPE,
        "description": Field.DESCRIPTION,
        "name_en": Field.NAME_EN,
        "description_en": Field.DESCRIPTION_EN,
        "origin_place_id": Field.PLACE,
        "pictures": Field.PICTURES,
        "harvest_months": Field.HARVEST_MONTHS,
        "geographical_indication_id": Field.GEOGRAPHICAL_INDICATION,
        "is_published": Field.PUBLISHED,
    }
    product: dict[str, Any] = {
        name: values[field] for name, field in plain.items() if field in values
    }
    if papers := _papers(values):
        product["papers"] = papers
    return cast("ProductValues", product)


def _papers(values: Values) -> dict[str, Paper]:
    papers: dict[str, Paper] = {}
    if number := values.get(Field.FOOD_PAPER_NUMBER):
        kind = values.get(Field.FOOD_PAPER, "self_declaration")
        issued: date | None = values.get(Field.FOOD_PAPER_ISSUED_ON)
        expires: date | None = values.get(Field.FOOD_PAPER_EXPIRES_ON)
        if issued and expires and expires < issued:
            message = _("It ends before it begins.")
            raise _FieldError(Field.FOOD_PAPER_EXPIRES_ON, CellError(message, "DATES"))
        papers[kind] = Paper(kind, number, issued, expires)
    elif Field.FOOD_PAPER in values:
        message = _("The number of the paper is missing.")
        raise _FieldError(Field.FOOD_PAPER_NUMBER, CellError(message, "REQUIRED"))
    if number := values.get(Field.LICENCE_NUMBER):
        kind = values.get(Field.LICENCE, "licence")
        papers[kind] = Paper(kind, number)
    elif Field.LICENCE in values:
        message = _("The number of the paper is missing.")
        raise _FieldError(Field.LICENCE_NUMBER, CellError(message, "REQUIRED"))
    return papers


def _content(values: Values) -> NetContent | None:
    content = values.get(Field.CONTENT)
    if content is None or isinstance(content, NetContent):
        return content
    default = values.get(Field.CONTENT_UNIT)
    try:
        return read_content(content, unit_named(default) if default else None)
    except CellError as error:
        raise _FieldError(Field.CONTENT, error) from error


def _content_text(content: NetContent | None) -> str:
    return "" if content is None else f"{content.quantity.normalize():f} {content.unit}"


def _default_code(variant: VariantValues) -> str:
    return name_key(variant.get("name", "")).replace(" ", "-")[:60] or "1"


def _retail(values: Values, tiers: PriceTable) -> PriceTable:
    price, full = values.get(Field.PRICE), values.get(Field.FULL_PRICE)
    if price is None:
        if tiers or full is not None or Field.MINIMUM in values:
            message = _("The price for a single one is missing.")
            raise _FieldError(Field.PRICE, CellError(message, "REQUIRED"))
        return {}
    if full is not None and full < price:
        message = _("The price before the discount is below the price.")
        raise _FieldError(Field.FULL_PRICE, CellError(message, "PRICES"))
    return _checked({values.get(Field.MINIMUM, 1): (price, full)}, tiers, Field.PRICE)


def _wholesale(values: Values, tiers: PriceTable) -> PriceTable:
    price, retail = values.get(Field.WHOLESALE_PRICE), values.get(Field.PRICE)
    if price is not None and retail is not None and price > retail:
        message = _("The wholesale price is above the retail price.")
        raise _FieldError(Field.WHOLESALE_PRICE, CellError(message, "PRICES"))
    if price is None:
        return _checked({}, tiers, Field.WHOLESALE_PRICE)
    minimum = values.get(Field.WHOLESALE_MINIMUM, 1)
    return _checked({minimum: (price, None)}, tiers, Field.WHOLESALE_PRICE)


def _checked(first: PriceTable, tiers: PriceTable, field: Field) -> PriceTable:
    """The whole table; whoever takes more never pays more for one."""
    table = dict(sorted({**tiers, **first}.items()))
    amounts = [amount for amount, _full in table.values()]
    if amounts != sorted(amounts, reverse=True):
        message = _("A larger quantity would cost more for each.")
        raise _FieldError(field, CellError(message, "PRICES"))
    return table


def _named(known: Mapping[str, Any], cell: Cell, message: str) -> object:
    text = tidy(cell)
    try:
        return known[name_key(text)]
    except KeyError:
        raise CellError(message, "UNKNOWN_NAME", name=text) from None


def _read_paper(kinds: Mapping[str, str]) -> Callable[[Cell], str]:
    def read(cell: Cell) -> str:
        text = tidy(cell)
        if text in kinds.values():
            return text
        return str(_named(kinds, cell, _("There is no kind of paper called {name}.")))

    return read


def _read_pictures(cell: Cell) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part for part in _split(str(cell)) if part))
    if len(names) > MOST_PICTURES:
        raise CellError(_("At most {count} pictures."), "TOO_MANY", count=MOST_PICTURES)
    return names


def _split(text: str) -> list[str]:
    for sign in ("\n", "|", ","):
        text = text.replace(sign, ";")
    return [tidy(part) for part in text.split(";")]


def _read_description(cell: Cell) -> dict[str, Any]:
    text = str(cell)
    if len(text) > LONGEST_DESCRIPTION:
        raise CellError(
            _("At most {count} letters fit here."),
            "TOO_LONG",
            count=LONGEST_DESCRIPTION,
        )
    return document_of(text)


def _read_published(cell: Cell) -> bool:
    text = name_key(tidy(cell))
    if text in _ON or text in _OFF:
        return text in _ON
    return read_answer(cell)


READERS: Final[dict[Field, Callable[[Cell], object]]] = {
    Field.PRICE: read_price,
    Field.FULL_PRICE: read_price,
    Field.WHOLESALE_PRICE: read_price,
    Field.STOCK: read_count,
    Field.MINIMUM: read_positive_count,
    Field.MAXIMUM: read_positive_count,
    Field.WHOLESALE_MINIMUM: read_positive_count,
    Field.FOOD_PAPER_ISSUED_ON: read_date,
    Field.FOOD_PAPER_EXPIRES_ON: read_date,
    Field.HARVEST_MONTHS: read_months,
    Field.PUBLISHED: _read_published,
    Field.DESCRIPTION: _read_description,
    Field.DESCRIPTION_EN: _read_description,
    Field.PICTURES: _read_pictures,
    Field.FOOD_PAPER: _read_paper(FOOD_PAPERS),
    Field.LICENCE: _read_paper(LICENCES),
}
