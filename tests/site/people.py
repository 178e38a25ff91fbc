"""People with an account, as the site's own forms sign them in."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.site.pages import Markup

PASSWORD = "cho-phien-ba-be"


def token_in(html: str) -> str:
    """The proof of the first form on a page."""
    return Markup(html).all("input", name="form_token")[0]["value"]


@contextmanager
def sign_in(site_url: str, login: str) -> Iterator[httpx.Client]:
    """A browser without JavaScript in which somebody has signed in."""
    with httpx.Client(base_url=site_url, follow_redirects=False, timeout=30) as client:
        token = token_in(client.get("/dang-nhap").text)
        sent = {"form_token": token, "login": login, "password": PASSWORD}
        answer = client.post("/dang-nhap", data=sent)
        assert answer.headers.get("location") == "/tai-khoan", answer.status_code
        yield client
