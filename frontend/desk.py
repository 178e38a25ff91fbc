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
from marketplace.kernel.viewer import OfficerFunction, Viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the desk's menu; `also` are pages that belong to it.

    Some are only for officers of the whole province.
    """

    page: str
    icon: str
    words: str
    function: OfficerFunction
    also: tuple[str, ...] = ()
    is_for_province: bool = False


ENTRIES: Final[tuple[Entry, ...]] = (
    Entry("desk", "badge-check", _("Verifications"), OfficerFunction.TRADE, ("desk_case",)),
    Entry(
        "desk_dossiers",
        "scroll-text",
        _("One-stop desk"),
        OfficerFunction.REGISTRATION,
        ("desk_dossier",),
    ),
    *(
        Entry("desk_register", "upload", _("Register file"), function, is_for_province=True)
        for function in (OfficerFunction.TRADE, OfficerFunction.REGISTRATION)
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
    found = {each.page: each for each in ENTRIES if _is_for(each, viewer)}
    if not found:
        raise NotPermittedError
    return tuple(found.values())


def _is_for(entry: Entry, viewer: Viewer) -> bool:
    if viewer.is_administrator:
        return True
    if entry.is_for_province:
        return viewer.is_officer(entry.function)
    return any(grant.function is entry.function for grant in viewer.grants)


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
