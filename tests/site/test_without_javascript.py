"""The site is usable with links and forms alone."""

import re

import httpx

from tests.site.pages import Markup, Pages
from tests.site.people import token_in


def test_finds_filters_and_opens_a_product_and_its_maker(visitor: httpx.Client) -> None:
    plain = visitor.get("/tim-kiem", params={"q": "mien dong", "kind": "product"}).text
    marked = visitor.get("/tim-kiem", params={"q": "miến dong", "kind": "product"}).text
    first = re.findall(r'class="good-name"><a href="([^"]+)"', plain)[0]
    assert first == re.findall(r'class="good-name"><a href="([^"]+)"', marked)[0]

    ticks = [
        (found["name"], found["value"])
        for found in Markup(plain).all("input", type="checkbox")
        if found["name"] in {"stars", "commune"}
    ]
    chosen = dict(reversed(ticks))
    some = visitor.get("/tim-kiem", params={"q": "mien dong", "kind": "product", **chosen})
    assert some.status_code == 200
    assert some.text.count('class="chip"') == len(chosen)

    product = visitor.get(first)
    maker = re.findall(r'href="(/b/[^"]+)"', product.text)[0]
    assert 'href="tel:' in product.text
    assert visitor.get(maker).status_code == 200


def test_pages_of_a_list_are_links(visitor: httpx.Client) -> None:
    first = visitor.get("/danh-muc/rau-cu-qua-tuoi").text

    onward = Markup(first).all("a", rel="next")[0]["href"]

    second = visitor.get(onward)
    names = re.compile(r'class="good-name"><a href="([^"]+)"')
    assert second.status_code == 200
    assert not set(names.findall(first)) & set(names.findall(second.text))


def test_a_packing_is_a_link(visitor: httpx.Client, pages: Pages) -> None:
    packs = Markup(visitor.get(pages["product"]).text).all("a", **{"class": "pack"})

    for pack in packs:
        markup = Markup(visitor.get(pack["href"]).text)
        current = [one for one in markup.all("a", **{"class": "pack"}) if "aria-current" in one]
        assert [one["href"] for one in current] == [pack["href"]]


def test_signs_in_and_out_again(visitor: httpx.Client) -> None:
    shown = visitor.get("/dang-nhap?next=/tai-khoan/dia-chi")
    sent = {
        "form_token": token_in(shown.text),
        "login": "buyer@example.com",
        "password": "cho-phien-ba-be",
    }

    come = visitor.post("/dang-nhap?next=/tai-khoan/dia-chi", data=sent)
    inside = visitor.get("/tai-khoan")
    gone = visitor.post("/dang-xuat", data={"form_token": token_in(inside.text)})
    outside = visitor.get("/tai-khoan")

    assert (come.status_code, come.headers["location"]) == (303, "/tai-khoan/dia-chi")
    assert inside.status_code == 200
    assert inside.headers["cache-control"] == "private, no-store"
    assert gone.headers["location"] == "/"
    assert outside.headers["location"] == "/dang-nhap?next=%2Ftai-khoan"


def test_keeps_what_was_typed_and_says_what_is_wrong(visitor: httpx.Client) -> None:
    shown = visitor.get("/dang-nhap")
    sent = {"form_token": token_in(shown.text), "login": "nobody@example.com", "password": "wrong"}

    answer = visitor.post("/dang-nhap", data=sent)

    markup = Markup(answer.text)
    assert answer.status_code == 422
    assert markup.all("input", id="login")[0]["value"] == "nobody@example.com"
    assert markup.all("input", id="login")[0]["aria-invalid"] == "true"
    assert markup.all("div", id="problems")
    assert "value" not in markup.all("input", id="password")[0]


def test_takes_no_form_of_another_site(visitor: httpx.Client) -> None:
    for sent in ({}, {"form_token": "made-up"}):
        answer = visitor.post(
            "/dang-nhap", data={"login": "buyer@example.com", "password": "cho-phien-ba-be", **sent}
        )
        assert answer.status_code == 403
        assert "session" not in answer.headers.get("set-cookie", "")


def test_keeps_changes_and_deletes_addresses(visitor: httpx.Client) -> None:
    shown = visitor.get("/dang-nhap")
    visitor.post(
        "/dang-nhap",
        data={
            "form_token": token_in(shown.text),
            "login": "seeker@example.com",
            "password": "cho-phien-ba-be",
        },
    )
    blank = visitor.get("/tai-khoan/dia-chi/new")
    entry = {
        "form_token": token_in(blank.text),
        "name": "Triệu Thị Mai",
        "phone": "0912 345 678",
        "countryArea": "Thái Nguyên",
        "city": "xã Côn Minh",
        "streetAddress1": "thôn Nà Diếu, cạnh nhà văn hoá",
    }

    kept = visitor.post("/tai-khoan/dia-chi/new", data=entry)
    listed = visitor.get("/tai-khoan/dia-chi").text
    key = Markup(listed).all("input", name="id")[-1]["value"]
    gone = visitor.post(
        "/tai-khoan/dia-chi",
        data={"form_token": token_in(listed), "id": key, "action": "delete"},
    )

    assert kept.headers["location"] == "/tai-khoan/dia-chi?kept=1"
    assert "thôn Nà Diếu" in listed
    assert gone.status_code == 303
    assert key not in visitor.get("/tai-khoan/dia-chi").text
