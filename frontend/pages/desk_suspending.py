"""An officer suspends a business: with notice, at once by an authority's order; and lifts it."""

from datetime import date, datetime
from typing import Any, Final

from starlette.datastructures import FormData

from frontend.forms import Wrong, problems_of, text_of, typed
from frontend.visit import Visit
from frontend.wording import HANOI

ACTIONS: Final = ("suspend", "order", "lift")
# What the contract calls the fields of the order, and their names in the form.
ORDER_FIELDS: Final = {
    "authority": "order_authority",
    "documentNumber": "order_number",
    "documentDate": "order_date",
    "legalBasis": "order_law",
    "receivedAt": "order_received",
    "reason": "order_reason",
}


async def change_suspension(
    visit: Visit, action: str, business: str, sent: FormData
) -> list[Wrong]:
    """Do one of `ACTIONS`; what is wrong with it, beside the fields of its form."""
    if action == "suspend":
        done = await visit.run("announce_suspension", id=business, reason=text_of(sent, "why"))
        return problems_of(done["businessSuspensionAnnounce"], {"reason": "why"})
    if action == "order":
        done = await visit.run("suspend_by_order", id=business, input=order_in(sent))
        return problems_of(done["businessSuspendByOrder"], ORDER_FIELDS)
    done = await visit.run("lift_suspension", id=business)
    return problems_of(done["businessSuspensionLift"])


def order_in(sent: FormData) -> dict[str, Any]:
    """What was typed of the order; moments are those of the officer's clock on the wall."""
    words = typed(sent, *ORDER_FIELDS.values())
    order: dict[str, Any] = {name: words[field] for name, field in ORDER_FIELDS.items()}
    order["documentDate"] = _day(order["documentDate"])
    order["receivedAt"] = _moment(order["receivedAt"])
    return order


def _day(words: str) -> str | None:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return None


def _moment(words: str) -> str | None:
    try:
        return datetime.fromisoformat(words).replace(tzinfo=HANOI).isoformat()
    except ValueError:
        return None
