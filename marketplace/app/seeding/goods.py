"""The demo's products, put together from kinds and makers; the same data gives the same goods."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from typing import Final

from marketplace.app.seeding.data import ProvinceData, Record
from marketplace.app.seeding.drawing import Drawing, Subject

DRAWINGS_OF_A_KIND: Final = 2
THOUSAND: Final = 1000


@dataclass(frozen=True, slots=True)
class Packing:
    """One packing of a product, with its price and stock."""

    label: Record
    unit: str
    net_quantity: float
    net_unit: str
    weight_grams: int
    price: int
    full_price: int | None
    price_from_ten: int | None
    wholesale_price: int | None
    wholesale_minimum: int
    stock: int


@dataclass(frozen=True, slots=True)
class Goods:
    """One product of the demo."""

    code: str
    business: Record
    kind: Record
    number: int
    name_vi: str
    name_en: str
    description_vi: str
    description_en: str
    packings: tuple[Packing, ...]
    drawing: Drawing


def goods_of(data: ProvinceData) -> dict[str, list[Goods]]:
    """The goods of every business, by its code."""
    communes = {unit["code"]: unit for unit in data.units["units"]}
    counts: dict[str, int] = {}
    found: dict[str, list[Goods]] = {}
    for business in data.businesses:
        place = communes[business["commune"]]["name"]["vi"]
        found[business["code"]] = list(_made_by(business, data, place, counts))
    return found


def dice(*words: object) -> int:
    """A number that always comes out the same for the same words."""
    return int.from_bytes(blake2b("/".join(map(str, words)).encode(), digest_size=6).digest())


def _made_by(
    business: Record,
    data: ProvinceData,
    place: str,
    counts: dict[str, int],
) -> Iterator[Goods]:
    for make in business["makes"]:
        kind = data.kinds[make["kind"]]
        for index in make["names"]:
            number = counts.get(kind["slug"], 0)
            counts[kind["slug"]] = number + 1
            code = f"{business['code']}-{kind['slug']}-{index}"
            words = {"place": place, "brand": business["brand"]}
            name = kind["names"][index]
            picture = kind.get("picture") or kind["slug"]
            yield Goods(
                code,
                business,
                kind,
                number,
                name["vi"].format(**words),
                name["en"].format(**words),
                described(kind, number, "vi", words),
                described(kind, number, "en", words),
                tuple(_packing(code, kind, kind["packings"][each]) for each in make["packings"]),
                Drawing(
                    Subject.PRODUCT,
                    picture,
                    number % DRAWINGS_OF_A_KIND,
                    kind["name"]["vi"],
                    kind["name"]["en"],
                ),
            )


def made_of(code: str, kind: Record, packing: Packing) -> Packing:
    """The same packing of another product: its own price and stock."""
    record = next(each for each in kind["packings"] if each["label"] == packing.label)
    return _packing(code, kind, record)


def described(kind: Record, number: int, language: str, words: Record) -> str:
    """Three paragraphs from the kind's bank; another number, other sentences."""
    parts = []
    for name, count, step in (("about", 3, 1), ("made", 2, 2), ("use", 2, 1)):
        sentences = kind["bank"][name][language]
        choices = list(combinations(sentences, min(count, len(sentences))))
        parts.append(" ".join(choices[number // step % len(choices)]))
    text = "\n".join(parts)
    for word, value in words.items():
        text = text.replace(f"{{{word}}}", value)
    return text


def _packing(code: str, kind: Record, record: Record) -> Packing:
    label = record["label"]
    luck = dice(code, label["vi"])
    span = kind["price_high"] - kind["price_low"]
    base = kind["price_low"] + span * (dice(code, "price") % 101) / 100
    price = max(THOUSAND, round(base * record["price_factor"] / THOUSAND) * THOUSAND)
    is_small = price < 300 * THOUSAND
    is_service = kind["delivery"] == "none"
    wholesale = _rounded(price * (0.82 + luck % 7 / 100))
    return Packing(
        label,
        record["unit"],
        record["net_quantity"],
        record["net_unit"],
        record["weight_g"],
        price,
        _rounded(price * 1.15) if luck % 13 == 0 else None,
        _rounded(price * 0.94) if luck % 4 == 0 and is_small else None,
        None if is_service or wholesale >= price else wholesale,
        20 if is_small else 5,
        _stock(luck, is_small=is_small),
    )


def _stock(luck: int, *, is_small: bool) -> int:
    """Some have sold out, some nearly; most have plenty."""
    share = luck // 7 % 100
    if share < 5:  # noqa: PLR2004 - in a hundred
        return 0
    if share < 14:  # noqa: PLR2004 - in a hundred
        return 1 + luck // 700 % 5
    return 12 + luck // 700 % (220 if is_small else 60)


def _rounded(amount: float) -> int:
    return round(amount / 500) * 500
