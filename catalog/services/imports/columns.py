"""Which column holds what: Vietnamese headers in their many spellings, and the owner's mapping."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from catalog.ports import Cell
from catalog.services.imports.cells import as_typed, is_blank
from catalog.services.imports.problems import ImportFileError
from catalog.services.imports.quantities import unit_named
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold


class Field(StrEnum):
    """What a column may hold; the value is its name in a mapping."""

    CODE = "code"
    NAME = "name"
    CATEGORY = "category"
    PRODUCT_TYPE = "product_type"
    DESCRIPTION = "description"
    NAME_EN = "name_en"
    DESCRIPTION_EN = "description_en"
    PLACE = "place"
    PICTURES = "pictures"
    HARVEST_MONTHS = "harvest_months"
    GEOGRAPHICAL_INDICATION = "geographical_indication"
    FOOD_PAPER = "food_paper"
    FOOD_PAPER_NUMBER = "food_paper_number"
    FOOD_PAPER_ISSUED_ON = "food_paper_issued_on"
    FOOD_PAPER_EXPIRES_ON = "food_paper_expires_on"
    LICENCE = "licence"
    LICENCE_NUMBER = "licence_number"
    PUBLISHED = "published"
    SKU = "sku"
    PACKING = "packing"
    PACKING_EN = "packing_en"
    UNIT = "unit"
    CONTENT = "net_content"
    CONTENT_UNIT = "net_unit"
    WEIGHT = "weight"
    PRICE = "price"
    FULL_PRICE = "undiscounted_price"
    MINIMUM = "minimum_quantity"
    MAXIMUM = "maximum_quantity"
    WHOLESALE_PRICE = "wholesale_price"
    WHOLESALE_MINIMUM = "wholesale_minimum"
    STOCK = "stock"


# Folded, without signs; the first is the one the error messages and the sample sheet show.
ALIASES: Final[dict[Field, tuple[str, ...]]] = {
    Field.CODE: (
        *("ma hang", "ma san pham", "ma sp", "ma hh", "ma hang hoa", "ma", "ma so", "code"),
        *("product code", "external id", "item code", "ma vat tu", "ma mat hang"),
    ),
    Field.NAME: (
        *("ten san pham", "ten hang", "ten sp", "ten hang hoa", "ten mat hang", "ten", "name"),
        *("san pham", "hang hoa", "mat hang", "product name", "product", "ten goi"),
    ),
    Field.CATEGORY: (
        *("danh muc", "nhom hang", "nganh hang", "nhom san pham", "nhom", "phan loai", "category"),
        *("danh muc san pham", "nhom hang 3 cap", "chuyen muc"),
    ),
    Field.PRODUCT_TYPE: ("loai hang", "loai san pham", "loai", "kieu san pham", "product type"),
    Field.DESCRIPTION: (
        *("mo ta", "mo ta san pham", "gioi thieu", "noi dung", "chi tiet", "description"),
        *("mo ta chi tiet", "dien giai", "thong tin san pham"),
    ),
    Field.NAME_EN: ("ten tieng anh", "ten en", "english name", "name en"),
    Field.DESCRIPTION_EN: (
        *("mo ta tieng anh", "mo ta en", "english description", "description en"),
        "gioi thieu tieng anh",
    ),
    Field.PLACE: (
        *("xa", "xa phuong", "noi san xuat", "dia phuong", "xuat xu", "noi lam ra", "place"),
        *(
            "phuong",
            "vung trong",
            "dia chi san xuat",
            "que quan",
            "origin",
            "xa thi tran",
            "noi lam",
        ),
    ),
    Field.PICTURES: (
        *("anh", "hinh anh", "hinh", "anh san pham", "pictures", "images", "image", "photo"),
        *("ten anh", "file anh", "tep anh", "hinh anh url1 url2"),
    ),
    Field.HARVEST_MONTHS: (
        *("thang thu hoach", "mua thu hoach", "mua vu", "thang mua vu", "harvest months"),
        *("thoi vu", "vu thu hoach", "thang co"),
    ),
    Field.GEOGRAPHICAL_INDICATION: ("chi dan dia ly", "cddl", "geographical indication", "gi"),
    Field.FOOD_PAPER: (
        *("giay to an toan thuc pham", "giay attp", "loai giay attp", "loai giay to", "food paper"),
        "ho so attp",
    ),
    Field.FOOD_PAPER_NUMBER: (
        *(
            "so giay attp",
            "so cong bo",
            "so giay an toan thuc pham",
            "so ho so attp",
            "so tu cong bo",
        ),
        *("so giay chung nhan attp", "food paper number"),
    ),
    Field.FOOD_PAPER_ISSUED_ON: ("ngay cap giay attp", "ngay cong bo", "ngay cap", "issued on"),
    Field.FOOD_PAPER_EXPIRES_ON: (
        *(
            "giay attp het han",
            "ngay het han giay",
            "het han giay attp",
            "ngay het han",
            "expires on",
        ),
        "hieu luc den",
    ),
    Field.LICENCE: ("loai giay phep", "ten giay phep", "licence", "license"),
    Field.LICENCE_NUMBER: ("so giay phep", "giay phep so", "giay phep", "licence number"),
    Field.PUBLISHED: (
        *("hien thi", "dang ban", "trang thai", "hien", "dang len", "published", "cho hien thi"),
        *("duoc ban truc tiep", "kinh doanh"),
    ),
    Field.SKU: (
        *("ma quy cach", "ma sku", "sku", "ma vach", "ma phan loai", "ma bien the", "barcode"),
        *("ma goi", "variant code"),
    ),
    Field.PACKING: (
        *("quy cach", "quy cach dong goi", "dong goi", "phan loai hang", "packing", "bao bi"),
        *("bien the", "variant", "ten quy cach"),
    ),
    Field.PACKING_EN: ("quy cach tieng anh", "packing en", "dong goi tieng anh"),
    Field.UNIT: ("dvt", "don vi tinh", "don vi", "d v t", "unit", "donvi"),
    Field.CONTENT: (
        *("khoi luong tinh", "klt", "kl tinh", "trong luong tinh", "dung tich", "the tich"),
        *("the tich thuc", "net weight", "net content", "khoi luong", "ham luong", "luong tinh"),
    ),
    Field.CONTENT_UNIT: (
        "don vi khoi luong",
        "dv khoi luong",
        "don vi tinh khoi luong",
        "net unit",
    ),
    Field.WEIGHT: (
        *("can nang", "khoi luong van chuyen", "trong luong", "khoi luong ca bi", "weight"),
        *("can nang gui hang", "trong luong van chuyen"),
    ),
    Field.PRICE: (
        *("gia ban", "gia", "don gia", "gia le", "gia ban le", "price", "gia tien", "gia niem yet"),
        *("gia ban thuc te", "retail price"),
    ),
    Field.FULL_PRICE: ("gia goc", "gia cu", "gia truoc giam", "gia chua giam", "full price"),
    Field.MINIMUM: ("dat toi thieu", "mua toi thieu", "mua it nhat", "minimum quantity"),
    Field.MAXIMUM: ("mua toi da", "dat toi da", "sl toi da", "maximum quantity"),
    Field.WHOLESALE_PRICE: ("gia si", "gia buon", "gia ban si", "gia dai ly", "wholesale price"),
    Field.WHOLESALE_MINIMUM: (
        *("sl toi thieu", "so luong toi thieu", "sl si toi thieu", "sl toi thieu si"),
        *("sl toi thieu gia si", "so luong si toi thieu", "wholesale minimum", "moq"),
    ),
    Field.STOCK: (
        *("ton kho", "so luong", "sl", "ton", "sl ton", "so luong ton", "stock", "kho"),
        *("so luong ton kho", "con lai", "quantity"),
    ),
}
_BY_ALIAS: Final = {alias: field for field, names in ALIASES.items() for alias in names}
_IN_BRACKETS: Final = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_WORD: Final = re.compile(r"[a-z0-9]+")
_RETAIL_FROM: Final = re.compile(r"gia (?:ban |le |ban le )?tu (\d{1,6})\b.*")
_WHOLESALE_FROM: Final = re.compile(r"gia (?:si|buon) tu (\d{1,6})\b.*")
_ATTRIBUTE_PREFIX: Final = "attribute:"
DEEPEST_HEADER: Final = 10


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file and what it holds.

    Exactly one of `field`, `attribute`, `retail_from` and `wholesale_from` is set.
    """

    index: int
    header: str
    field: Field | None = None
    attribute: str | None = None
    retail_from: int | None = None
    wholesale_from: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header stands, what its columns hold, and which of them nobody knows."""

    header_row: int
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]

    def has(self, field: Field) -> bool:
        """Whether some column holds the field."""
        return self.column_of(field) is not None

    def column_of(self, field: Field) -> Column | None:
        """The column that holds the field."""
        return next((column for column in self.columns if column.field is field), None)


def header_key(header: str) -> str:
    """A header without marks, signs and what stands in brackets: "Giá bán (₫)*" → "gia ban"."""
    return " ".join(_WORD.findall(fold(_IN_BRACKETS.sub(" ", header))))


def find_layout(
    rows: Sequence[Sequence[Cell]],
    attributes: Mapping[str, str],
    mapping: Mapping[str, str],
) -> Layout:
    """Find the header among the first rows and read it.

    Args:
        rows: the first rows of the file.
        attributes: the slug of each attribute by its slug, folded name and English name.
        mapping: what the owner says a column holds, by header; it wins.

    Raises:
        ImportFileError: no header is found, the mapping is wrong, or a needed column is missing.
    """
    best: Layout | None = None
    for number, row in enumerate(rows[:DEEPEST_HEADER], start=1):
        layout = _read_header(number, row, attributes, mapping)
        if best is None or len(layout.columns) > len(best.columns):
            best = layout
    if best is None or not best.columns:
        raise ImportFileError(_("No row of column names was found in the first ten rows."))
    _check_mapping(best, attributes, mapping)
    return _with_needed(best)


def read_columns(header: Sequence[str], attributes: Mapping[str, str]) -> list[Column]:
    """The columns of a header whose names are known, each by itself."""
    read = [_read_column(index, text, attributes, None) for index, text in enumerate(header)]
    return [column for column in read if column is not None]


def _read_header(
    number: int,
    row: Sequence[Cell],
    attributes: Mapping[str, str],
    mapping: Mapping[str, str],
) -> Layout:
    wanted = {header_key(header): target for header, target in mapping.items()}
    columns: list[Column] = []
    unknown: list[str] = []
    header = tuple(" ".join(as_typed(cell).split()) for cell in row)
    for index, text in enumerate(header):
        if is_blank(text):
            continue
        column = _read_column(index, text, attributes, wanted.get(header_key(text)))
        if column is None or any(_same(column, other) for other in columns):
            unknown.append(text)
        else:
            columns.append(column)
    return Layout(number, header, tuple(columns), tuple(unknown))


def _read_column(
    index: int,
    header: str,
    attributes: Mapping[str, str],
    target: str | None,
) -> Column | None:
    key = target.strip() if target is not None else header_key(header)
    brackets = _IN_BRACKETS.search(header)
    unit = unit_named(brackets[1]) if brackets else None
    if target is not None and key in {field.value for field in Field}:
        return Column(index, header, Field(key), unit=unit)
    if key.removeprefix(_ATTRIBUTE_PREFIX) in attributes and target is not None:
        return Column(index, header, attribute=attributes[key.removeprefix(_ATTRIBUTE_PREFIX)])
    if key in _BY_ALIAS:
        return Column(index, header, _BY_ALIAS[key], unit=unit)
    if key in attributes:
        return Column(index, header, attribute=attributes[key], unit=unit)
    return _read_tier(index, header, key)


def _read_tier(index: int, header: str, key: str) -> Column | None:
    """A column such as "Giá từ 10" or "Giá sỉ từ 50"."""
    if match := _WHOLESALE_FROM.fullmatch(key):
        return Column(index, header, wholesale_from=max(1, int(match[1])))
    if match := _RETAIL_FROM.fullmatch(key):
        return Column(index, header, retail_from=max(1, int(match[1])))
    return None


def _same(one: Column, other: Column) -> bool:
    return (one.field, one.attribute, one.retail_from, one.wholesale_from) == (
        other.field,
        other.attribute,
        other.retail_from,
        other.wholesale_from,
    )


def _check_mapping(
    layout: Layout, attributes: Mapping[str, str], mapping: Mapping[str, str]
) -> None:
    there = {header_key(header) for header in layout.header}
    for header, target in mapping.items():
        if header_key(header) not in there:
            raise ImportFileError(_("The file has no column {header}."), header=header)
        name = target.strip().removeprefix(_ATTRIBUTE_PREFIX)
        if name not in attributes and name not in {field.value for field in Field}:
            raise ImportFileError(_("There is no field {target} to map to."), target=target)


def _with_needed(layout: Layout) -> Layout:
    """The layout with the packing's code as the product's, where a file knows but one code."""
    if not layout.has(Field.CODE) and layout.has(Field.SKU):
        columns = tuple(
            Column(column.index, column.header, Field.CODE) if column.field is Field.SKU else column
            for column in layout.columns
        )
        layout = Layout(layout.header_row, layout.header, columns, layout.unknown)
    if not layout.has(Field.CODE):
        raise ImportFileError(_("A column with the code of each product is missing: Mã hàng."))
    if len(layout.columns) == 1:
        raise ImportFileError(_("Besides the code the file holds nothing that is known here."))
    return layout
