import pytest
from starlette.datastructures import QueryParams

from frontend.listing import LAST_PAGE, ListView, read_money, read_wish

FOUND = {
    "totalCount": 40,
    "pageCount": 3,
    "isReduced": False,
    "hits": [],
    "kinds": [],
    "facets": [
        {
            "name": "stars",
            "label": "Sao OCOP",
            "values": [
                {"value": "4", "label": "4 sao", "count": 9, "isChosen": True},
                {"value": "5", "label": "5 sao", "count": 1, "isChosen": False},
            ],
        },
        {"name": "communes", "label": "Xã", "values": []},
    ],
}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("150000", 150_000),
        ("1.200.000 ₫", 1_200_000),
        ("150k", 150_000),
        ("1,2 triệu", 1_200_000),
        ("2tr", 2_000_000),
        ("99.999.999.999", 10_000_000_000),
        ("99999 triệu", 10_000_000_000),
        ("1.2.3 triệu", None),
        ("9" * 5000, None),
        ("nhiều", None),
        ("", None),
    ],
)
def test_reads_money_as_people_type_it(typed: str, amount: int | None) -> None:
    assert read_money(typed) == amount


def test_reads_a_wish_and_leaves_out_what_it_does_not_know() -> None:
    wish = read_wish(
        QueryParams("q=+mien+&stars=4&stars=x&sort=magic&page=-3&from=50k&stock=1&kind=boat")
    )

    assert wish.variables == {
        "query": "mien",
        "kind": None,
        "filter": {"stars": [4], "price": {"gte": 50_000}, "inStock": True},
        "sortBy": "RELEVANCE",
        "page": 1,
        "perPage": 18,
    }


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), ("0", 1), ("-3", 1), ("²", 1), ("9999", LAST_PAGE), ("9" * 5000, 1)],
)
def test_reads_the_number_of_a_page(typed: str, number: int) -> None:
    assert read_wish(QueryParams({"page": typed})).page == number


def test_asks_for_known_kinds_of_sellers_only() -> None:
    wish = read_wish(QueryParams("seller=HOUSEHOLD&seller=x&seller="))

    assert wish.variables["filter"] == {"sellerKinds": ["HOUSEHOLD"]}


def test_a_category_stays_whatever_the_address_says() -> None:
    wish = read_wish(QueryParams("category=ruou"), kind="PRODUCT").within_category("mien-dong")

    assert wish.variables["filter"] == {"categories": ["mien-dong"]}


def test_a_chip_leads_to_the_list_without_it() -> None:
    wish = read_wish(QueryParams("q=mien&stars=4&to=90000&page=2"))

    view = ListView("/tim-kiem", wish, FOUND, "vi", has_kinds=True)

    assert [(chip.label, chip.address) for chip in view.chips] == [
        ("4 sao", "/tim-kiem?q=mien&to=90000"),
        ("đến 90.000\u00a0₫", "/tim-kiem?q=mien&stars=4"),
    ]


def test_empty_facets_are_not_shown() -> None:
    view = ListView("/tim-kiem", read_wish(QueryParams("")), FOUND, "vi", has_kinds=True)

    assert [facet["name"] for facet in view.facets] == ["stars"]


def test_pages_keep_the_filters() -> None:
    wish = read_wish(QueryParams("stars=4&sort=price_asc"), kind="PRODUCT").within_category("a")

    view = ListView("/danh-muc/a", wish, FOUND, "en", fixed=("categories",))

    assert view.page_address(3) == "/danh-muc/a?stars=4&sort=price_asc&page=3"
