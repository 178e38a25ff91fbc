"""The frame of an officer's desk: which queues there are, and for whom.

Whoever adds a queue adds its entry to `ENTRIES`; it is shown to officers of its function.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from frontend.visit import Visit
from marketplace.kernel.errors import NotPermittedError, NotSignedInError
from marketplace.kernel.i18n import _
from marketplace.kernel.viewer import OfficerFunction


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the desk's menu; `also` are pages that belong to it."""

    page: str
    icon: str
    words: str
    function: OfficerFunction
    also: tuple[str, ...] = ()


ENTRIES: Final[tuple[Entry, ...]] = (
    Entry("desk", "badge-check", _("Verifications"), OfficerFunction.TRADE, ("desk_case",)),
    Entry(
        "desk_dossiers",
        "scroll-text",
        _("One-stop desk"),
        OfficerFunction.REGISTRATION,
        ("desk_dossier",),
    ),
)


def entries_of(visit: Visit) -> tuple[Entry, ...]:
    """The queues of this viewer.

    Raises:
        NotSignedInError: nobody is signed in.
        NotPermittedError: the viewer holds no public function.
    """
    viewer = visit.viewer
    if not viewer.is_signed_in:
        raise NotSignedInError
    held = {grant.function for grant in viewer.grants}
    found = tuple(each for each in ENTRIES if viewer.is_administrator or each.function in held)
    if not found:
        raise NotPermittedError
    return found


async def show_desk(
    visit: Visit,
    template: str,
    context: Mapping[str, Any],
    *,
    page: str,
    slug: str = "",
    status: int = 200,
) -> Response:
    """A page inside the desk's frame; `pages/desk/<template>.html`."""
    shown = {"entries": entries_of(visit), **context}
    return await visit.show(
        f"pages/desk/{template}.html", shown, page=page, slug=slug, status=status
    )
