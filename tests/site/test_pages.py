"""What every page promises: valid markup, its languages, data for machines, safe headers."""

import json
import re
from html import unescape

import httpx
import pytest

from tests.site.pages import LINKED, STANDING, Markup, Pages

EVERY = [*STANDING, *LINKED, "product_en"]
UNLISTED = {"not_found"}


def page_of(visitor: httpx.Client, path: str) -> tuple[httpx.Response, Markup]:
    answer = visitor.get(path)
    return answer, Markup(answer.text)


@pytest.mark.parametrize("name", EVERY)
def test_the_markup_is_sound(visitor: httpx.Client, pages: Pages, name: str) -> None:
    answer, markup = page_of(visitor, pages[name])

    ids = [found["id"] for _tag, found in markup.elements if "id" in found]
    assert answer.status_code == (404 if name == "not_found" else 200)
    assert markup.unbalanced == []
    assert len(ids) == len(set(ids))
    assert len(markup.all("h1")) == 1
    assert len(markup.all("main")) == 1
    assert all("alt" in found for found in markup.all("img"))
    assert not any("style" in found for _tag, found in markup.elements)
    assert not any(key.startswith("on") for _tag, found in markup.elements for key in found)


@pytest.mark.parametrize("name", EVERY)
def test_each_page_knows_its_languages(visitor: httpx.Client, pages: Pages, name: str) -> None:
    answer, markup = page_of(visitor, pages[name])

    language = "en" if pages[name].startswith("/en") else "vi"
    alternates = {found["hreflang"]: found["href"] for found in markup.all("link", rel="alternate")}
    assert markup.all("html")[0]["lang"] == language
    assert answer.headers["content-language"] == language
    if name in UNLISTED:
        assert markup.all("meta", name="robots")[0]["content"] == "noindex"
        return
    assert set(alternates) == {"vi", "en", "x-default"}
    assert markup.all("link", rel="canonical")[0]["href"] == alternates[language]
    assert visitor.get(alternates["en"]).status_code == 200


def types_on(visitor: httpx.Client, path: str) -> dict[str, dict[str, object]]:
    text = visitor.get(path).text
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return {entry["@type"]: entry for entry in map(json.loads, found)}


@pytest.mark.parametrize("name", EVERY)
def test_structured_data_can_be_read(visitor: httpx.Client, pages: Pages, name: str) -> None:
    for kind, entry in types_on(visitor, pages[name]).items():
        assert entry["@context"] == "https://schema.org", kind


def test_search_engines_read_products_makers_and_the_site(
    visitor: httpx.Client, pages: Pages
) -> None:
    product = types_on(visitor, pages["product"])
    home = types_on(visitor, "/")
    maker = types_on(visitor, pages["business"])

    offers = product["Product"]["offers"]
    assert isinstance(offers, list)
    assert {offer["priceCurrency"] for offer in offers} == {"VND"}
    assert all(isinstance(offer["price"], int) for offer in offers)
    assert "BreadcrumbList" in product
    assert home["WebSite"]["potentialAction"]
    assert maker["LocalBusiness"]["telephone"]


@pytest.mark.parametrize("name", ["home", "product", "search", "sign_in"])
def test_nothing_inline_may_run(visitor: httpx.Client, pages: Pages, name: str) -> None:
    answer = visitor.get(pages[name])

    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert not re.findall(r"<script(?![^>]*(?:src=|ld\+json))", answer.text)
    assert "<style" not in answer.text


def test_a_page_for_everybody_is_not_sent_twice(visitor: httpx.Client, pages: Pages) -> None:
    first = visitor.get(pages["product"])
    again = visitor.get(pages["product"], headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["vary"].startswith("Cookie")
    assert "public" in first.headers["cache-control"]
    assert (again.status_code, again.content) == (304, b"")
    assert "set-cookie" not in first.headers


def test_a_page_with_a_form_is_private(visitor: httpx.Client) -> None:
    answer = visitor.get("/dang-nhap")

    assert answer.headers["cache-control"] == "private, no-store"
    assert "HttpOnly" in answer.headers["set-cookie"]


def test_sitemaps_lead_to_pages(visitor: httpx.Client) -> None:
    index = visitor.get("/sitemap.xml").text

    for address in re.findall(r"<loc>(.*?)</loc>", index):
        listed = re.findall(r"<loc>(.*?)</loc>", visitor.get(address).text)
        assert listed, address
        assert visitor.get(unescape(listed[0])).status_code == 200
    assert "Sitemap: " in visitor.get("/robots.txt").text
    assert visitor.get("/sitemaps/nothing.xml").status_code == 404


def test_small_files_for_machines(visitor: httpx.Client) -> None:
    assert visitor.get("/manifest.webmanifest").json()["lang"] == "vi"
    assert visitor.get("/.well-known/security.txt").text.startswith("Contact: mailto:")


def test_an_old_name_of_a_place_leads_to_its_page(visitor: httpx.Client, pages: Pages) -> None:
    code = pages["place"].split("/")[-1].split("-")[0]

    answer = visitor.get(f"/xa/{code}-ten-cu")

    assert (answer.status_code, answer.headers["location"]) == (301, pages["place"])
