"""Whatever is sent, the site answers with a page that says what is the matter, never with a bug."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import quote

import httpx
import pytest

from frontend.addresses import PATHS
from frontend.site import router
from tests.site.pages import Markup
from tests.site.people import sign_in, token_in

BUG = 500
NASTY = {
    "nul": "\0",
    "nul among letters": "bà\0con",
    "a number of a byte": "%00",
    "markup": "<script>alert(1)</script>\"'>",
    "a template": "{{ 7*7 }}{% raw %}",
    "long": "x" * 20_000,
    "many marks": "a" + "\u0301" * 5_000,
    "turned round": "\u202egnort",
    "an emoji": "🧺" * 50,
    "a noncharacter": "\uffff\ufdd0",
    "spaces": " \t\r\n\u00a0\u2003",
    "an id": "VXNlcjowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA=",
    "no id": "VXNlcjrwn5C4",
    "another site": "//example.com/\\..",
    "header lines": "a\r\nSet-Cookie: session=x",
}
# Raw bytes as a form sends them: no UTF-8, halves of surrogate pairs, broken escapes.
BROKEN = (b"%ED%A0%80", b"%ff%fe", b"\xff\xfe", b"%", b"%zz", b"&&&===;;;", b"%00", b"[]")
CHARSETS = ("unicode_escape", "idna", "punycode", "undefined", "utf-16", "utf-7", "rot13", "x")
URLENCODED = {"content-type": "application/x-www-form-urlencoded"}
ENDS_SESSION = re.compile("sign-out|dang-xuat")
FIELDS = (
    *("login", "email", "password", "name", "token", "agreed", "oldPassword", "newPassword"),
    *("id", "action", "phone", "countryArea", "city", "streetAddress1", "streetAddress2"),
)


def path_of(pattern: str) -> str:
    return re.sub(r"\{\w+\}", "new", pattern)


def routes_of(router: object) -> Iterator[tuple[str, Collection[str]]]:
    """The paths and methods of a router and of those it includes."""
    for route in getattr(router, "routes", ()):
        if inner := getattr(route, "original_router", None):
            yield from routes_of(inner)
        else:
            yield route.path, route.methods


def forms() -> list[str]:
    """Every route of the site that takes a form."""
    return sorted({path_of(path) for path, methods in routes_of(router) if "POST" in methods})


def is_bare(answer: httpx.Response) -> bool:
    return len(Markup(answer.text).all("h1")) == 1 and "text/html" in answer.headers["content-type"]


@pytest.fixture(scope="module", autouse=True)
def buyer(site_url: str) -> Iterator[httpx.Client]:
    """Somebody signed in, who has a session to lose."""
    with sign_in(site_url, "company@example.com") as client:
        yield client


def test_knows_every_form() -> None:
    assert {"/dang-nhap", "/tai-khoan/dia-chi/new", "/en/account/delete"} <= set(forms())


@pytest.fixture(scope="module", autouse=True)
def clerk(site_url: str) -> Iterator[httpx.Client]:
    """One session for every form: who signs in for each of them is held up at the door."""
    with sign_in(site_url, "clerk@example.com") as client:
        yield client


@pytest.mark.parametrize("path", [path for path in forms() if not ENDS_SESSION.search(path)])
def test_no_form_breaks_the_site(clerk: httpx.Client, path: str) -> None:
    token = token_in(clerk.get("/tai-khoan/mat-khau").text)
    broken = {}
    for name, value in NASTY.items():
        sent = dict.fromkeys(FIELDS, value) | {"form_token": token}
        answer = clerk.post(path, data=sent)
        if answer.status_code >= BUG:
            broken[name] = answer.status_code
    for raw in BROKEN:
        body = b"&".join(field.encode() + b"=" + raw for field in FIELDS)
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = clerk.post(path, content=body + b"&form_token=" + token.encode(), headers=headers)
        if answer.status_code >= BUG:
            broken[repr(raw)] = answer.status_code

    assert broken == {}
    assert clerk.get("/tai-khoan").status_code == httpx.codes.OK


@pytest.mark.parametrize("charset", CHARSETS)
def test_the_alphabet_of_a_form_breaks_nothing(buyer: httpx.Client, charset: str) -> None:
    token = token_in(buyer.get("/tai-khoan").text)
    parts = {"form_token": token, "name": r"\ud800\x00 xn--\xff"}
    body = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    headers = {"content-type": f"multipart/form-data; boundary=b; charset={charset}"}

    answer = buyer.post("/tai-khoan", content=f"{body}--b--\r\n", headers=headers)

    assert answer.status_code in {303, 400, 403, 422}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--b\r\n"),
        ("multipart/form-data; boundary=b", b"no part at all"),
        (
            "multipart/form-data; boundary=b",
            b"--b\r\nContent-Disposition: x\r\n\r\nx\r\n--b--",
        ),
        ("multipart/form-data; boundary=", b"----"),
        ("application/json", b'{"form_token": 1}'),
        ("text/plain", b"\xff"),
        ("", b"\x00"),
    ],
)
def test_a_body_that_is_no_form_gets_a_page(buyer: httpx.Client, kind: str, body: bytes) -> None:
    answer = buyer.post("/tai-khoan", content=body, headers={"content-type": kind})

    assert answer.status_code in {400, 403}
    assert is_bare(answer)


def test_a_file_is_no_name(buyer: httpx.Client) -> None:
    token = token_in(buyer.get("/tai-khoan").text)

    answer = buyer.post("/tai-khoan", files={"form_token": (None, token), "name": ("a", b"x")})

    assert answer.status_code in {303, 422}
    assert "UploadFile" not in buyer.get("/tai-khoan").text


@pytest.mark.parametrize("is_told", [True, False])
@pytest.mark.parametrize("path", ["/dang-nhap", "/en/sign-in", "/khong-co"])
def test_too_much_at_once_gets_a_page(visitor: httpx.Client, path: str, is_told: bool) -> None:
    body = b"x" * (256 * 1024 + 1)

    answer = visitor.post(path, content=body if is_told else iter([body]), headers=URLENCODED)

    assert is_bare(answer)
    if path != "/khong-co":
        assert answer.status_code == 413
        language = "en" if path.startswith("/en") else "vi"
        assert Markup(answer.text).all("html")[0]["lang"] == language


def test_too_large_a_picture_gets_an_answer_for_programs(buyer: httpx.Client) -> None:
    answer = buyer.post(
        "/media",
        files={"file": ("a.png", b"x" * 11_000_000)},
        headers={"sec-fetch-site": "same-origin"},
    )

    assert answer.status_code == 413
    assert answer.json()["errors"]


ROUTES = sorted({paths[language] for paths in PATHS.values() for language in ("vi", "en")})
SLUGS = (
    "%ED%A0%80",
    "%ff",
    "..%2f..%2fetc",
    "%252e",
    "x" * 3000,
    "%F0%9F%A7%BA",
    "'",
    "%0d%0a",
    "%3F",
)


@pytest.mark.parametrize("pattern", [path for path in ROUTES if "{" in path])
def test_no_address_breaks_the_site(visitor: httpx.Client, pattern: str) -> None:
    statuses = {
        slug: visitor.get(re.sub(r"\{\w+\}", slug, pattern)).status_code
        for slug in (*SLUGS, quote("\u202e"))
    }

    assert {slug: status for slug, status in statuses.items() if status >= BUG} == {}


QUERIES = (
    "q=%ED%A0%80&kind=%ff&sort=%ff&from=%ff&near=%ff&stars=%ff&district=%ff&commune=%ff",
    "page=abc&after=&before=&next=%ED%A0%80&login=%ff&token=%ff&email=%ff&goi=%ff&pack=%ff",
    "page=-1&after=x&stars=99999999999999999999&from=1e999&to=-1",
    "page=999999&before=x&from=9999999999999999999999&district=" + "&district=".join("a" * 60),
    "%=%&&=&?&;;&q=" + "x" * 4000,
)


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_breaks_the_site(visitor: httpx.Client, buyer: httpx.Client, query: str) -> None:
    statuses = {
        path: client.get(f"{path_of(path)}?{query}").status_code
        for client in (visitor, buyer)
        for path in ROUTES
    }

    assert {path: status for path, status in statuses.items() if status >= BUG} == {}


@pytest.mark.parametrize(
    "value", ['"\\000"', '"\\355\\240\\200"', "a b;;=;", "x" * 6000, '"', "%00"]
)
def test_no_cookie_breaks_the_site(site_url: str, value: str) -> None:
    for name in ("session", "form"):
        headers = {"cookie": f"{name}={value}"}
        for path in ("/", "/dang-nhap", "/tai-khoan"):
            answer = httpx.get(site_url + path, headers=headers, timeout=30)
            assert answer.status_code in {200, 303}
        sent = httpx.post(site_url + "/dang-nhap", headers=headers, data={"form_token": "x"})
        assert sent.status_code == 403


@pytest.mark.parametrize("path", ["/tim-kiem?q=a%00b", "/san-pham/a%00b"])
def test_a_nul_in_an_address_gets_a_page(visitor: httpx.Client, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 400
    assert is_bare(answer)
