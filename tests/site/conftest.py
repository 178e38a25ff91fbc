"""The running site with the demo of the province, and a real browser in front of it.

`SITE_URL` names a site that runs already, for working on the pages.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.app.processes import free_port, wait_until
from tests.site.pages import Pages, find_pages

ROOT = Path(__file__).parents[2]
START_SECONDS = 240.0


@pytest.fixture(scope="session")
def site_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole house, started as an operator starts it."""
    if running := os.environ.get("SITE_URL"):
        yield running
        return
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "VAR_FOLDER": str(folder),
        "PORT": str(port),
        "PUBLIC_URL": url,
        # As in development, but no worker draws a picture for each product meanwhile.
        "ENVIRONMENT": "test",
    }
    command = [str(Path(sys.executable).with_name("marketplace")), "up"]
    with (
        (folder / "up.log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            wait_until(lambda: is_open(url), START_SECONDS)
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def is_open(url: str) -> bool:
    """Whether the site answers, with the whole demo: a slow machine opens before it is loaded."""
    last = ("/", "/bo-suu-tap/ocop-4-5-sao", "/trang/quy-che-hoat-dong")
    try:
        return all(httpx.get(url + path, timeout=5).status_code == httpx.codes.OK for path in last)
    except httpx.HTTPError:
        return False


@pytest.fixture(scope="session")
def pages(site_url: str) -> Pages:
    """The paths of one page of every sort."""
    return find_pages(site_url)


@pytest.fixture
def visitor(site_url: str) -> Iterator[httpx.Client]:
    """Somebody without JavaScript."""
    with httpx.Client(base_url=site_url, follow_redirects=False, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as `make test` finds or installs it."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"],
        )
        yield made
        made.close()
