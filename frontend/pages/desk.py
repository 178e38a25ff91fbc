"""The officer's desk: what waits, and one case with its papers and the decision."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from frontend.desk import entries_of, show_desk
from frontend.forms import Wrong, problems_of, text_of
from frontend.joining import KINDS, LICENCES
from frontend.listing import read_window, shown_of
from frontend.pages.desk_suspending import ACTIONS, change_suspension
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _

router = APIRouter()
PER_PAGE: Final = 30
STATES: Final = ("SUBMITTED", "IN_REVIEW", "NEEDS_CHANGES", "VERIFIED", "REFUSED")
AGES: Final = (0, 2, 5, 10)
# What an officer reads in papers.
BY_OFFICER: Final = ("CERTIFICATE", "BANK_HOLDER", "LICENCE")


@page(router, "desk")
async def desk(visit: Visiting) -> Response:
    """Everything that waits, the oldest first; other officers go on to a queue of their own."""
    entries = entries_of(visit)
    if entries[0].page != "desk":
        return visit.redirect(entries[0].page)
    asked = visit.request.query_params
    chosen = {
        "state": asked.get("state", "") if asked.get("state", "") in STATES else "",
        "kind": asked.get("kind", "") if asked.get("kind") in {one[0] for one in KINDS} else "",
        "days": asked.get("days", "") if asked.get("days") in {str(age) for age in AGES} else "",
    }
    window = read_window(asked, PER_PAGE)
    wanted: dict[str, Any] = {}
    if chosen["state"]:
        wanted["states"] = [chosen["state"]]
    if chosen["kind"]:
        wanted["kinds"] = [chosen["kind"]]
    if chosen["days"]:
        wanted["waitingDays"] = int(chosen["days"])
    answer = await visit.run("desk_queue", filter=wanted or None, **window)
    found = answer["verifications"]
    context = {
        "cases": shown_of(found, window),
        "page_info": found["pageInfo"],
        "count": found["totalCount"],
        "chosen": chosen,
        "disputes": answer["identifierDisputes"],
        "kinds": KINDS,
        "states": STATES,
        "ages": AGES,
    }
    return await show_desk(visit, "queue", context, page="desk")


@form(router, "desk")
async def settle(visit: Visiting) -> Response:
    """Decide whose a number is."""
    sent = await visit.form()
    entries_of(visit)
    is_upheld = text_of(sent, "action") == "uphold"
    await visit.run("settle_dispute", id=text_of(sent, "id"), upheld=is_upheld)
    return visit.redirect("desk")


async def case_of(visit: Visit, key: str) -> Mapping[str, Any]:
    """One verification the officer may read.

    Raises:
        NotFoundError: there is none of that id for this viewer.
    """
    entries_of(visit)
    case = (await visit.run("desk_case", id=key))["verification"]
    if case is None or case["business"] is None or case["business"]["joining"] is None:
        raise NotFoundError(_("There is no such verification."))
    found: Mapping[str, Any] = case
    return found


async def show_case(
    visit: Visit, key: str, problems: list[Wrong], values: Mapping[str, str] | None = None
) -> Response:
    """A case with its papers, what sources say, and what may be done."""
    case = await case_of(visit, key)
    passed = {one["channel"] for one in case["checks"] if one["passed"]}
    context = {
        "case": case,
        "business": case["business"],
        "joining": case["business"]["joining"],
        "passed": passed,
        "proving": passed - {"LICENCE"},
        "by_officer": BY_OFFICER,
        "licences": LICENCES,
        "problems": problems,
        "values": values or {},
    }
    status = 422 if problems else 200
    return await show_desk(visit, "case", context, page="desk_case", slug=key, status=status)


@page(router, "desk_case")
async def case(visit: Visiting, slug: str) -> Response:
    """One case."""
    return await show_case(visit, slug, [])


@form(router, "desk_case")
async def decide(visit: Visiting, slug: str) -> Response:
    """Take it up, confirm a source, send it back, decide."""
    sent = await visit.form()
    found = await case_of(visit, slug)
    action = text_of(sent, "action")
    payload = None
    if action == "take":
        payload = (await visit.run("take_verification", id=slug))["verificationTake"]
    elif action in {"confirm", "deny"}:
        channel = text_of(sent, "channel")
        if channel not in BY_OFFICER:
            raise NotFoundError(_("There is no such page."))
        words = {"channel": channel, "passed": action == "confirm", "note": text_of(sent, "note")}
        done = await visit.run("confirm_channel", id=slug, **words)
        payload = done["verificationChannelConfirm"]
    elif action == "changes":
        done = await visit.run("request_changes", id=slug, notes=notes_in(sent, found))
        payload = done["verificationRequestChanges"]
    elif action == "verify":
        payload = (await visit.run("verify_business", id=slug))["verificationVerify"]
    elif action == "refuse":
        done = await visit.run("refuse_business", id=slug, reason=text_of(sent, "reason"))
        payload = done["verificationRefuse"]
    elif action not in ACTIONS:
        raise NotFoundError(_("There is no such page."))
    problems = (
        await change_suspension(visit, action, found["business"]["id"], sent)
        if action in ACTIONS
        else problems_of(payload)
    )
    if problems:
        values = {name: value for name, value in sent.items() if isinstance(value, str)}
        return await show_case(visit, slug, problems, values)
    return visit.redirect("desk_case", slug, done=action)


def notes_in(sent: FormData, case: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was written beside each requirement."""
    asked = [one["requirement"] for one in case["business"]["joining"]["checklist"]]
    return [
        {"requirement": name, "note": words}
        for name in asked
        if (words := text_of(sent, f"note-{name}").strip())
    ]
