"""What tests with a real browser ask of a page."""

from pathlib import Path

from playwright.sync_api import Page, Response

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIRST_VIEW = 200 * 1024
SCRIPTS = 30 * 1024
PHONE, DESK = 360, 1280


def violations(page: Page, path: str) -> list[str]:
    """What axe finds wrong with a page."""
    page.goto(path)
    return violations_here(page)


def violations_here(page: Page) -> list[str]:
    """What axe finds wrong with the page that is open."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def weight_of(answer: Response) -> int:
    """What came over the wire: compressed bodies and headers."""
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def weights_of(page: Page, path: str) -> dict[str, int]:
    """What each part of a page weighs, until nothing more is fetched."""
    answers: dict[str, Response] = {}

    def keep(answer: Response) -> None:
        answers[answer.url] = answer

    page.on("response", keep)
    page.goto(path, wait_until="networkidle")
    page.remove_listener("response", keep)
    return {url: weight_of(answer) for url, answer in answers.items()}
