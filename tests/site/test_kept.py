"""What is kept for everybody: nobody waits for half a minute's news, nobody gets older ones."""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from frontend.operations import Operations
from frontend.visit import KEPT_SECONDS, LONGEST_KEPT_SECONDS, Site, SiteSettings
from marketplace.kernel.i18n import Language
from marketplace.kernel.viewer import VISITOR, Viewer


class Teller:
    """Answers with the number of times it was asked, when it may."""

    def __init__(self) -> None:
        self.asked = 0
        self.may_answer = asyncio.Event()
        self.is_broken = False

    async def __call__(
        self,
        document: str,  # noqa: ARG002 - this and what follows is what an executor takes
        variables: Mapping[str, Any],  # noqa: ARG002 - part of the interface
        viewer: Viewer,  # noqa: ARG002 - part of the interface
        language: Language,  # noqa: ARG002 - part of the interface
    ) -> Mapping[str, Any]:
        """Wait for leave, then answer."""
        self.asked += 1
        number = self.asked
        await self.may_answer.wait()
        if self.is_broken:
            raise ConnectionError
        return {"number": number}


def site_of(teller: Teller) -> Site:
    async def viewer_of(_token: str) -> Viewer:
        return VISITOR

    settings = SiteSettings(Path(), "https://site.example", "secret")
    return Site(Operations(teller), settings, viewer_of)


def keep(site: Site, seconds: float) -> None:
    site.kept["home", "vi"] = (time.monotonic() - seconds, {"number": 0})


async def test_what_is_half_a_minute_old_is_read_anew_beside_the_request() -> None:
    teller = Teller()
    site = site_of(teller)
    keep(site, KEPT_SECONDS + 1)

    first = await site.for_everybody("home", "vi")
    second = await site.for_everybody("home", "vi")
    reading = site.reading["home", "vi"]
    teller.may_answer.set()
    await reading

    assert first == second == {"number": 0}
    assert await site.for_everybody("home", "vi") == {"number": 1}
    assert teller.asked == 1


async def test_what_is_too_old_is_waited_for_by_all_and_read_once() -> None:
    teller = Teller()
    teller.may_answer.set()
    site = site_of(teller)
    keep(site, LONGEST_KEPT_SECONDS + 1)

    first, second = await asyncio.gather(
        site.for_everybody("home", "vi"),
        site.for_everybody("home", "vi"),
    )

    assert first == second == {"number": 1}
    assert teller.asked == 1


async def test_a_reading_that_failed_is_tried_again() -> None:
    teller = Teller()
    teller.may_answer.set()
    teller.is_broken = True
    site = site_of(teller)

    with pytest.raises(ConnectionError):
        await site.for_everybody("home", "vi")
    teller.is_broken = False

    assert await site.for_everybody("home", "vi") == {"number": 2}
