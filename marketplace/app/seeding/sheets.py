"""The demo's goods as the workbooks their makers might have typed."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook

from marketplace.app.seeding.data import ProvinceData, Record
from marketplace.app.seeding.goods import Goods, Packing, dice
from marketplace.kernel.money import format_money

# In the order of a maker's own list; attributes follow, one column each, by their names.
HEADER: Final = (
    *("Mã hàng", "Tên sản phẩm", "Danh mục", "Loại hàng", "Quy cách", "ĐVT"),
    *("Khối lượng tịnh", "Cân nặng gửi hàng", "Giá bán", "Giá gốc", "Giá từ 10", "Giá sỉ"),
    *("SL tối thiểu", "Tồn kho", "Xã", "Tháng thu hoạch", "Chỉ dẫn địa lý"),
    *("Giấy ATTP", "Số giấy ATTP", "Ngày cấp", "Loại giấy phép", "Số giấy phép", "Mô tả"),
    *("Tên tiếng Anh", "Mô tả tiếng Anh", "Quy cách tiếng Anh", "Ảnh"),
)
PAPER_NAMES: Final = {
    "self_declaration": "Bản tự công bố",
    "food_safety_certificate": "Giấy chứng nhận ATTP",
    "commitment": "Bản cam kết",
    "quarantine": "Giấy kiểm dịch",
}
LICENCE_NAMES: Final = {
    "alcohol_production": "Sản xuất rượu",
    "functional_food": "Thực phẩm bảo vệ sức khỏe",
    "lodging": "Lưu trú",
    "travel": "Lữ hành",
    "plant_nursery": "Vườn ươm",
}
ALL_MONTHS: Final = 12

Line = list[str | int | float | None]


class SheetWriter:
    """Writes the workbook of one business."""

    def __init__(self, data: ProvinceData) -> None:
        self._categories = {each["slug"]: each["name"]["vi"] for each in data.categories}
        self._types = {each["slug"]: each for each in data.product_types}
        self._attributes = {each["slug"]: each for each in data.attributes}
        self._communes = {each["code"]: each["full_name"]["vi"] for each in data.units["units"]}

    def lines(self, goods: Sequence[Goods]) -> list[Line]:
        """The header and one line for each packing."""
        return list(self.parts(goods, goods))

    def parts(self, alike: Sequence[Goods], goods: Iterable[Goods]) -> Iterator[Line]:
        """The same one after another; `alike` tells which attributes there will be."""
        used = self._used_attributes(alike)
        names = [self._attributes[slug]["name"]["vi"] for slug in used]
        yield [*HEADER, *names]
        for each in goods:
            for position, packing in enumerate(each.packings):
                line = self._line(each, packing, is_first=position == 0)
                values = each.kind["attributes"] if position == 0 else {}
                yield [*line, *(self._attribute(slug, values.get(slug)) for slug in used)]

    def _used_attributes(self, goods: Iterable[Goods]) -> list[str]:
        """Attributes that the goods' types have, in the order of the data."""
        used = set()
        for each in goods:
            told = self._types[each.kind["product_type"]]["product_attributes"]
            used |= {one["attribute"] for one in told} & set(each.kind["attributes"])
        return [slug for slug in self._attributes if slug in used]

    def _line(self, goods: Goods, packing: Packing, *, is_first: bool) -> Line:
        kind = goods.kind
        of_packing: Line = [
            packing.label["vi"],
            packing.unit,
            _content(packing),
            packing.weight_grams or None,
            _price(packing.price),
            _price(packing.full_price),
            _price(packing.price_from_ten),
            _price(packing.wholesale_price),
            packing.wholesale_minimum if packing.wholesale_price else None,
            packing.stock,
        ]
        if not is_first:
            tail: Line = [None] * 11
            return [goods.code, None, None, None, *of_packing, *tail, packing.label["en"], None]
        indication = kind["geographical_indication"]
        return [
            goods.code,
            goods.name_vi,
            self._categories[kind["category"]],
            self._types[kind["product_type"]]["name"]["vi"],
            *of_packing,
            self._communes[goods.business["commune"]],
            _months(kind["harvest_months"]),
            indication["name"] if indication else None,
            *_papers(goods),
            goods.description_vi,
            goods.name_en,
            goods.description_en,
            packing.label["en"],
            str(goods.drawing.media_id),
        ]

    def _attribute(self, slug: str, value: Any) -> str | int | float | None:  # noqa: ANN401 - data
        if value is None:
            return None
        if isinstance(value, bool):
            return "có" if value else "không"
        if isinstance(value, int | float):
            return value
        if isinstance(value, dict):
            return str(value["vi"])
        names = {one["slug"]: one["name"]["vi"] for one in self._attributes[slug]["choices"]}
        chosen = [value] if isinstance(value, str) else value
        return "; ".join(names.get(each, each) for each in chosen)


def write_workbook(path: Path, lines: Iterable[Line]) -> None:
    """Write the lines as a workbook of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Hàng hóa")
    for line in lines:
        sheet.append(line)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def fingerprint(lines: Iterable[Line]) -> str:
    """What tells these lines from any others; a workbook itself also holds the time."""
    return sha256(repr(list(lines)).encode()).hexdigest()[:16]


def _price(amount: int | None) -> str | None:
    return None if amount is None else format_money(amount)


def _content(packing: Packing) -> str | None:
    unit = "cái" if packing.net_unit == "piece" else packing.net_unit
    if packing.net_unit == "piece" and packing.net_quantity == 1:
        return None
    return f"{packing.net_quantity:g} {unit}".replace(".", ",")


def _months(months: Sequence[int]) -> str | None:
    if len(months) == ALL_MONTHS:
        return "quanh năm"
    return "tháng " + ", ".join(map(str, months)) if months else None


def _papers(goods: Goods) -> Line:
    """Invented numbers: kind, number and day of the paper, then the licence's kind and number."""
    record: Record = goods.kind
    number = 1 + dice(goods.code, "paper") % 97
    year = 2025 + number % 2
    paper, licence = record["food_paper"], record["licence"]
    return [
        PAPER_NAMES[paper] if paper else None,
        f"DEMO-{number:02}/{goods.business['code']}/{year}" if paper else None,
        f"{1 + number % 27:02}/{1 + number % 9:02}/{year}" if paper else None,
        LICENCE_NAMES[licence] if licence else None,
        f"DEMO-GP-{number:02}/{year}" if licence else None,
    ]
