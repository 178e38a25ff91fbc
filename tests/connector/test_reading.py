import json
from typing import Any

import pytest

from marketplace.connector.rules.addresses import api_url, domain_of, keys_url
from marketplace.connector.rules.descriptions import read_description
from marketplace.connector.rules.patience import pause_after
from marketplace.connector.rules.reading import UnreadableAnswerError, read_good, read_page
from marketplace.hooks.rules.addresses import ForbiddenAddressError
from tests.connector.shop import CHANNEL, a_good, a_packing

GARBAGE: list[Any] = [None, 0, "", [], {}, True, 1e999, "\x00", {"id": {}}, [[]], -1]


@pytest.mark.parametrize("value", GARBAGE, ids=repr)
@pytest.mark.parametrize("field", sorted(a_good(1)))
def test_whatever_a_field_of_a_product_holds_is_read_or_left_out(field: str, value: Any) -> None:
    good = read_good(a_good(1, **{field: value}), CHANNEL)

    assert good is None or (good.name and good.external_id)


@pytest.mark.parametrize("value", GARBAGE, ids=repr)
@pytest.mark.parametrize("field", sorted(a_packing(1)))
def test_whatever_a_field_of_a_packing_holds_is_read_or_left_out(field: str, value: Any) -> None:
    good = read_good(a_good(1, variants=[a_packing(1, **{field: value})]), CHANNEL)

    assert good is not None
    assert all(each.amount is None or 0 <= each.amount <= 10**10 for each in good.variants)


@pytest.mark.parametrize(
    ("amount", "currency", "read"),
    [
        (45_000, "VND", 45_000),
        (45_000.0, "VND", 45_000),
        (45_000.5, "VND", None),
        (45, "USD", None),
        (-1, "VND", None),
        (10**11, "VND", None),
        ("NaN", "VND", None),
    ],
)
def test_only_whole_dong_are_a_price(amount: Any, currency: str, read: int | None) -> None:
    price = {"price": {"gross": {"amount": amount, "currency": currency}}}

    good = read_good(a_good(1, variants=[a_packing(1, pricing=price)]), CHANNEL)

    assert good is not None
    assert good.variants[0].amount == read


def test_stock_is_what_can_still_be_sold() -> None:
    stocks = [{"quantity": 25, "quantityAllocated": 5}, {"quantity": 1, "quantityAllocated": 4}]
    packings = [
        a_packing(1, stocks=stocks),
        a_packing(2, stocks=None, quantityAvailable=7),
        a_packing(3, stocks=stocks, trackInventory=False, quantityAvailable=50),
    ]

    good = read_good(a_good(1, variants=packings), CHANNEL)

    assert good is not None
    assert [each.available for each in good.variants] == [20, 7, 50]
    assert [each.weight_grams for each in good.variants] == [500, 500, 500]


@pytest.mark.parametrize("answer", [None, {}, {"products": None}, {"products": {"edges": 7}}])
def test_an_answer_without_a_list_is_none(answer: Any) -> None:
    with pytest.raises(UnreadableAnswerError):
        read_page(answer, CHANNEL)


def test_a_page_counts_what_it_cannot_read() -> None:
    edges = [{"node": a_good(1)}, {"node": None}, {}]
    info = {"hasNextPage": True, "endCursor": ""}

    page = read_page({"products": {"edges": edges, "pageInfo": info}}, CHANNEL)

    assert (len(page.goods), page.unreadable, page.next_cursor) == (1, 2, None)


def test_a_description_keeps_known_blocks_and_no_more() -> None:
    blocks = [
        {"type": "header", "data": {"text": "Cách nấu", "level": 99}},
        {"type": "paragraph", "data": {"text": "Ngâm\x00 nước \ud800ấm"}},
        {"type": "list", "data": {"items": ["một", {"content": "hai"}, 7], "style": "ordered"}},
        {"type": "raw", "data": {"html": "<script>"}},
        {"type": "paragraph", "data": {"text": ""}},
        "x",
    ]

    read = read_description(json.dumps({"blocks": blocks}))

    assert read is not None
    assert [block["type"] for block in read["blocks"]] == ["header", "paragraph", "list"]
    assert read["blocks"][0]["data"]["level"] == 2
    assert read["blocks"][1]["data"]["text"] == "Ngâm nước ấm"
    assert read["blocks"][2]["data"] == {"style": "ordered", "items": ["một", "hai"]}


@pytest.mark.parametrize("raw", [None, "", "x", "[]", "{}", '{"blocks": {}}', "[" * 50_000, 7])
def test_what_is_no_description_is_none(raw: Any) -> None:
    assert read_description(raw) is None


def test_a_long_description_is_cut_between_blocks() -> None:
    block = {"type": "paragraph", "data": {"text": "a" * 3000}}

    read = read_description({"blocks": [block] * 20})

    assert read is not None
    assert len(read["blocks"]) == 6


@pytest.mark.parametrize(
    "typed",
    [
        "shop.example.vn",
        " https://Shop.Example.VN/graphql ",
        "https://shop.example.vn/graphql/",
        "https://shop.example.vn",
    ],
)
def test_an_address_has_one_form(typed: str) -> None:
    url = api_url(typed)

    assert url == "https://shop.example.vn/graphql/"
    assert domain_of(url) == "shop.example.vn"
    assert keys_url(url) == "https://shop.example.vn/.well-known/jwks.json"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://shop.example.vn/graphql/",
        "https://127.0.0.1/graphql/",
        "https://10.0.0.8/graphql/",
        "https://[::1]/graphql/",
        "https://169.254.169.254/graphql/",
        "https://2130706433/graphql/",
        "https://localhost/graphql/",
        "https://shop.example.vn:8080/graphql/",
        "https://user:pass@shop.example.vn/graphql/",
        "https://shop.example.vn/graphql/?x=1",
        "https://shop.example.vn/admin/",
        "file:///etc/passwd",
        "https://shop.internal/graphql/",
    ],
)
def test_an_address_is_public_and_an_api(typed: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        api_url(typed)


def test_pauses_grow_up_to_six_hours() -> None:
    minutes = [pause_after(count).total_seconds() / 60 for count in (0, 1, 2, 3, 8, 1000)]

    assert minutes == [5, 5, 10, 20, 360, 360]
