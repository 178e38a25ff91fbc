"""The steps of joining: their pages, their order, and where somebody goes on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from starlette.responses import Response

from frontend.forms import Wrong
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError, NotSignedInError
from marketplace.kernel.i18n import _

# In this order they are offered: most sellers here are households and co-operatives.
KINDS: Final[tuple[tuple[str, str, str], ...]] = (
    ("HOUSEHOLD", "house", _("A family with a household business certificate.")),
    ("COOPERATIVE", "users-round", _("Registered under the law on co-operatives.")),
    ("INDIVIDUAL", "user-round", _("You sell what you grow or make, without a certificate.")),
    ("COOPERATIVE_GROUP", "sprout", _("Some families work together by a contract.")),
    ("ENTERPRISE", "store", _("A company or private enterprise.")),
    ("PUBLIC_BODY", "scroll-text", _("A school, a station, a centre of the state.")),
)
# Who answers in person gives the personal number and the date of birth.
PERSONAL: Final = frozenset({"INDIVIDUAL", "HOUSEHOLD", "COOPERATIVE_GROUP"})


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the wizard."""

    name: str
    page: str
    words: str


STEPS: Final = (
    Step("PROFILE", "join_profile", _("Name and commune")),
    Step("IDENTITY", "join_identity", _("Who answers")),
    Step("BANK", "join_bank", _("Bank account")),
    Step("PAPERS", "join_papers", _("Papers")),
    Step("CHECK", "join_check", _("Check and send")),
)
BY_NAME: Final = {step.name: step for step in STEPS}
LICENCES: Final[Mapping[str, str]] = {
    "FOOD_SAFETY_CERTIFICATE": _("Food-safety certificate"),
    "SELF_DECLARATION": _("Self-declaration of food quality"),
    "ALCOHOL_PRODUCTION": _("Making spirits by hand"),
    "FUNCTIONAL_FOOD": _("Health food"),
    "QUARANTINE": _("Quarantine certificate"),
    "PLANT_NURSERY": _("Growing wild plants in a garden"),
    "LODGING": _("Taking in guests"),
    "TRAVEL": _("Boats and tours"),
}
WAITING: Final = frozenset({"SUBMITTED", "IN_REVIEW"})


def missing(checklist: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What nothing goes on without and is not there."""
    return [entry for entry in checklist if entry["isRequired"] and not entry["isMet"]]


def next_page(business: Mapping[str, Any]) -> str:
    """Where somebody goes on with a business: at the first thing that is missing."""
    joining = business["joining"] or {}
    for entry in missing(joining.get("checklist", [])):
        return BY_NAME[entry["step"]].page
    return "join_check"


def after(step: str) -> Step:
    """The step that follows."""
    names = [each.name for each in STEPS]
    return STEPS[min(names.index(step) + 1, len(STEPS) - 1)]


async def case_of(visit: Visit, slug: str) -> Mapping[str, Any]:
    """The business with what it shows of itself, for who fills it in.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: there is none for this viewer.
    """
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    found = await visit.run("joining_page", slug=slug)
    business = found["business"]
    if business is None or not business["joining"] or not business["joining"]["mayManage"]:
        raise NotFoundError(_("There is no such business."))
    return found


def read_day(text: str) -> str | None:
    """A day as people write it, 8/3/1985 or 08-03-1985, as programs do; None when it is none."""
    parts = text.replace("-", "/").replace(".", "/").replace(" ", "").split("/")
    try:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day).isoformat()
    except ValueError:
        return None


async def show_step(
    visit: Visit,
    step: str,
    found: Mapping[str, Any],
    values: Mapping[str, Any],
    problems: list[Wrong],
    **more: object,
) -> Response:
    """A page of the wizard, with what was typed and what is wrong."""
    business = found["business"]
    context = {
        "found": found,
        "business": business,
        "joining": business["joining"],
        "missing": missing(business["joining"]["checklist"]),
        "notes": [one for one in business["joining"]["checklist"] if one["note"]],
        "licences": LICENCES,
        "steps": STEPS,
        "step": BY_NAME[step],
        "is_person": business["kind"] in PERSONAL,
        "values": values,
        "problems": problems,
        **more,
    }
    return await visit.show(
        f"pages/joining/{step.lower()}.html",
        context,
        page=BY_NAME[step].page,
        slug=business["slug"],
        status=422 if problems else 200,
    )
