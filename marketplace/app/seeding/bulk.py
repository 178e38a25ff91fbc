"""Any number of products for benchmarks: variations of the kinds over the demo's businesses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from catalog.ports import Cell
from marketplace.app.seeding.data import ProvinceData, Record
from marketplace.app.seeding.goods import Goods, dice, goods_of, made_of
from marketplace.app.seeding.sheets import SheetWriter

SEASONS = ("đầu vụ", "giữa vụ", "cuối vụ", "mẻ nhỏ", "loại một", "loại chọn", "nếp cũ", "mẻ mới")


@dataclass(frozen=True)
class GeneratedSheet:
    """A sheet whose rows are made while they are read, so that any number fits in memory."""

    name: str
    digest: str
    data: ProvinceData
    goods: Sequence[Goods]
    first: int
    count: int

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The header and the packings of every variation."""
        writer = SheetWriter(self.data)
        yield from enumerate(writer.parts(self.goods, self._variations()), start=1)

    def _variations(self) -> Iterator[Goods]:
        for number in range(self.first, self.first + self.count):
            goods = self.goods[number % len(self.goods)]
            yield _variation(goods, number)


def bulk_sheets(data: ProvinceData, first: int, count: int) -> dict[str, GeneratedSheet]:
    """One sheet for each business, `count` products in all, numbered from `first`."""
    own = goods_of(data)
    sheets: dict[str, GeneratedSheet] = {}
    for code, share in _shares(list(own), count).items():
        if share:
            name = f"bulk-{code}-{first}-{share}"
            sheets[code] = GeneratedSheet(name, name, data, own[code], first, share)
    return sheets


def _shares(codes: Sequence[str], count: int) -> dict[str, int]:
    each, rest = divmod(count, len(codes))
    return {code: each + (position < rest) for position, code in enumerate(codes)}


def _variation(goods: Goods, number: int) -> Goods:
    """The same goods of another batch: another code, name, text, price and stock."""
    code = f"{goods.code}-lo-{number}"
    luck = dice(code)
    season = SEASONS[luck % len(SEASONS)]
    kind: Record = goods.kind
    return replace(
        goods,
        code=code,
        name_vi=f"{goods.name_vi}, {season}, lô {number + 1}",
        name_en=f"{goods.name_en}, batch {number + 1}",
        packings=tuple(made_of(code, kind, packing) for packing in goods.packings),
    )
