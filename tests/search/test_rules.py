from itertools import pairwise

import pytest

from search.rules.bands import BANDS, band_edges, band_of
from search.rules.entries import plain_text
from search.rules.phrases import Priced, read_prices
from search.rules.questions import HIGHEST_PRICE
from search.rules.telex import decode_keys
from search.rules.vocabulary import read_vocabulary
from search.rules.words import folded_words, has_marks, highlight, mark, marked_words

VOCABULARY = read_vocabulary(
    [["ngô", "bắp"], ["giỏ", "làn"], ["mướp đắng", "khổ qua"]],
    [{"word": "honey", "means": ["mật ong"]}],
    ["của", "cho"],
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mieens dong", "miến dong"),
        ("hoongf khoong hatj", "hồng không hạt"),
        ("mie6n1 dong", "miến dong"),
        ("ho62ng kho6ng ha5t", "hồng không hạt"),
        ("dduwowngf phen", "đường phen"),
        ("ruwowuj men las", "rượu men lá"),
        ("mawng", "măng"),
        ("hoaf", "hòa"),
        ("quaf", "quà"),
        ("nghieeng", "nghiêng"),
    ],
)
def test_reads_keys_that_the_keyboard_left_over(typed: str, meant: str) -> None:
    assert decode_keys(typed) == meant


@pytest.mark.parametrize("typed", ["miến dong", "thit lon", "500g", "2kg", "", "che shan", "!?"])
def test_leaves_other_words_alone(typed: str) -> None:
    assert decode_keys(typed) is None


@pytest.mark.parametrize(
    ("typed", "priced"),
    [
        ("miến dong dưới 100k", Priced("miến dong", None, 100_000)),
        ("dưới 1,2,3tr", Priced("dưới 1,2,3tr")),
        ("dưới 9999999999999 triệu", Priced("", None, HIGHEST_PRICE)),
        ("từ 1tr đến 1tr2 mật ong", Priced("mật ong", 1_000_000, 1_200_000)),
        ("ruou gia duoi 1,5tr", Priced("ruou", None, 1_500_000)),
        ("trên 50 nghìn", Priced("", 50_000, None)),
        ("50-100k mien", Priced("mien", 50_000, 100_000)),
        ("duoi 50.000đ", Priced("", None, 50_000)),
        ("trên 4 sao", Priced("trên 4 sao")),
        ("chè 500g", Priced("chè 500g")),
        ("Từ Sơn", Priced("Từ Sơn")),
    ],
)
def test_takes_prices_out_of_a_query(typed: str, priced: Priced) -> None:
    assert read_prices(typed) == priced


def test_marks_stay_apart_where_folded_words_agree() -> None:
    assert folded_words("Bí bì bi Đậu") == ["bi", "bi", "bi", "dau"]
    assert marked_words("Bí bì bi Đậu") == ["bi1", "bi2", "bi", "d9a65u"]
    assert mark("hoà") == mark("hòa")
    assert mark("thuý") == mark("thúy")
    assert mark("miế") == mark("miến")[:-1]
    assert has_marks("bí")
    assert not has_marks("BI dao")


def test_highlights_words_and_the_beginning_of_the_last_one() -> None:
    shown = highlight("Miến dong <b> Côn Minh", frozenset({"mien"}), "do")

    assert shown == "<mark>Miến do</mark>ng &lt;b&gt; Côn Minh"


def test_words_with_marks_mean_only_what_has_the_same_marks() -> None:
    assert VOCABULARY.alternatives(["ngo"]) == [[("ngo",), ("bap",)]]
    assert VOCABULARY.alternatives(["lan"]) == [[("lan",), ("gio",)]]
    assert VOCABULARY.alternatives(["lán"]) == [[("lan",)]]
    assert VOCABULARY.alternatives(["muop", "dang", "kho"]) == [
        [("muop", "dang"), ("kho", "qua")],
        [("kho",)],
    ]
    assert VOCABULARY.alternatives(["honey"]) == [[("honey",), ("mat", "ong")]]
    assert VOCABULARY.alternatives(["mật", "ong"]) == [[("mat",)], [("ong",)]]


def test_stop_words_are_left_out_of_queries_with_marks_only() -> None:
    assert VOCABULARY.significant("miến của Na Rì") == ["miến", "Na", "Rì"]
    assert VOCABULARY.significant("cho don") == ["cho", "don"]
    assert VOCABULARY.significant("của") == ["của"]


def test_bands_follow_each_other_without_gap_or_overlap() -> None:
    edges = [band_edges(band) for band in BANDS]

    assert edges[0][0] == 0
    assert edges[-1][1] is None
    for (_lower, upper), (lower, _upper) in pairwise(edges):
        assert upper is not None
        assert lower == upper + 1
        assert band_of(upper) != band_of(lower)


def test_the_words_of_a_document_come_without_its_markup() -> None:
    document = {
        "blocks": [
            {"type": "paragraph", "data": {"text": "Sợi <b>dai</b> &amp; trong"}},
            {"type": "list", "data": {"items": ["một", {"content": "hai"}]}},
            {"type": "image", "data": {"caption": "ba"}},
        ],
    }

    assert plain_text(document) == "Sợi dai & trong một hai ba"
    assert plain_text(None) == ""
