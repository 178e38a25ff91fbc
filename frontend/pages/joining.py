"""Joining as a seller: choosing the kind, and one page for each thought."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from frontend.forms import Wrong, join_name, problems_of, text_of, typed
from frontend.joining import KINDS, LICENCES, after, case_of, next_page, read_day, show_step
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
DAY = _("Please write the day like 08/03/1985.")


@page(router, "joining")
async def home(visit: Visiting) -> Response:
    """Why and how to join, the six kinds, and what was begun before."""
    found = (await visit.run("join_home"))["workspaces"]
    begun = [
        {**one["business"], "next": next_page(one["business"])}
        for one in found
        if one["business"]["joining"]
    ]
    return await visit.show(
        "pages/joining/home.html", {"kinds": KINDS, "begun": begun}, page="joining"
    )


def known_kind(kind: str) -> str:
    """The kind as an address names it.

    Raises:
        NotFoundError: there is none of that name.
    """
    if kind not in {one[0].lower() for one in KINDS}:
        raise NotFoundError(_("There is no such page."))
    return kind


async def show_beginning(
    visit: Visit, kind: str, values: Mapping[str, Any], problems: list[Wrong]
) -> Response:
    """The first step, before there is anything to keep it with."""
    context = {
        "kind": known_kind(kind),
        "places": (await visit.run("join_begin_page"))["places"],
        "values": values,
        "problems": problems,
    }
    status = 422 if problems else 200
    return await visit.show(
        "pages/joining/begin.html", context, page="join_begin", slug=kind, status=status
    )


@page(router, "join_begin")
async def begin(visit: Visiting, slug: str) -> Response:
    """Name and commune; who is no member yet opens an account first and comes back."""
    if not visit.viewer.is_signed_in:
        return visit.redirect("sign_up", next=visit.to("join_begin", slug))
    return await show_beginning(visit, slug, {}, [])


@form(router, "join_begin")
async def keep_beginning(visit: Visiting, slug: str) -> Response:
    """Begin the business."""
    values = typed(await visit.form(), "name", "place", "hamlet")
    found = await visit.run(
        "begin_business", kind=known_kind(slug).upper(), input=with_place(values)
    )
    payload = found["businessBegin"]
    if problems := problems_of(payload):
        return await show_beginning(visit, slug, values, problems)
    return visit.redirect("join_identity", payload["business"]["slug"])


def with_place(values: Mapping[str, str]) -> dict[str, str | None]:
    """The first step as the mutation takes it."""
    return {**values, "place": values["place"] or None}


@page(router, "join_profile")
async def profile(visit: Visiting, slug: str) -> Response:
    """Name and commune of what was begun."""
    found = await case_of(visit, slug)
    business = found["business"]
    values = {**business, "place": (business["place"] or {}).get("id", "")}
    return await show_step(visit, "PROFILE", found, values, [])


@form(router, "join_profile")
async def keep_profile(visit: Visiting, slug: str) -> Response:
    """Keep name and commune."""
    values = typed(await visit.form(), "name", "place", "hamlet")
    found = await case_of(visit, slug)
    key = found["business"]["id"]
    done = await visit.run("set_business_profile", id=key, input=with_place(values))
    if problems := problems_of(done["businessProfileSet"]):
        return await show_step(visit, "PROFILE", found, values, problems)
    return visit.redirect(after("PROFILE").page, slug)


@page(router, "join_identity")
async def identity(visit: Visiting, slug: str) -> Response:
    """The number, and who answers."""
    found = await case_of(visit, slug)
    held = found["business"]["joining"]["representative"]
    if held is None:
        values = {"fullName": join_name(found["me"] or {"lastName": "", "firstName": ""})}
    else:
        born = held["bornOn"] or ""
        values = {
            "fullName": held["fullName"],
            "bornOn": "/".join(reversed(born.split("-"))) if born else "",
        }
    return await show_step(visit, "IDENTITY", found, values, [])


@form(router, "join_identity")
async def keep_identity(visit: Visiting, slug: str) -> Response:
    """Keep the number and who answers; or tell the officers that a number is one's own."""
    sent = await visit.form()
    values = typed(sent, "identifier", "fullName", "bornOn", "message")
    found = await case_of(visit, slug)
    key = found["business"]["id"]
    if "dispute" in sent:
        return await dispute(visit, found, values)
    born_on = read_day(values["bornOn"])
    if values["bornOn"] and born_on is None:
        wrong = Wrong(field="bornOn", message=translate(DAY, visit.language))
        return await show_step(visit, "IDENTITY", found, values, [wrong])
    entry = {
        "identifier": values["identifier"],
        "fullName": values["fullName"],
        "bornOn": born_on,
    }
    payload = (await visit.run("set_business_identity", id=key, input=entry))["businessIdentitySet"]
    if problems := problems_of(payload):
        is_taken = any(one["code"] == "UNIQUE" for one in payload["errors"])
        return await show_step(visit, "IDENTITY", found, values, problems, is_taken=is_taken)
    return visit.redirect(after("IDENTITY").page, slug)


async def dispute(visit: Visit, found: Mapping[str, Any], values: dict[str, str]) -> Response:
    """Tell the officers that a number another business holds is one's own."""
    done = await visit.run(
        "dispute_identifier",
        id=found["business"]["id"],
        identifier=values["identifier"],
        message=values["message"],
    )
    problems = problems_of(done["businessIdentifierDispute"])
    if problems:
        return await show_step(visit, "IDENTITY", found, values, problems, is_taken=True)
    return await show_step(visit, "IDENTITY", found, values, [], is_told=True)


@page(router, "join_bank")
async def bank(visit: Visiting, slug: str) -> Response:
    """Where buyers pay to."""
    found = await case_of(visit, slug)
    held = found["business"]["joining"]["bankAccount"]
    values = {"bank": held["bank"]["bin"], "holderName": held["holderName"]} if held else {}
    return await show_step(visit, "BANK", found, values, [])


@form(router, "join_bank")
async def keep_bank(visit: Visiting, slug: str) -> Response:
    """Keep the account, if its name is the right one."""
    values = typed(await visit.form(), "bank", "number", "holderName")
    found = await case_of(visit, slug)
    done = await visit.run("set_bank_account", id=found["business"]["id"], input=values)
    if problems := problems_of(done["businessBankAccountSet"]):
        return await show_step(visit, "BANK", found, values, problems)
    return visit.redirect(after("BANK").page, slug)


@page(router, "join_papers")
async def papers(visit: Visiting, slug: str) -> Response:
    """Papers and licences."""
    return await show_step(visit, "PAPERS", await case_of(visit, slug), {}, [])


@form(router, "join_papers")
async def change_papers(visit: Visiting, slug: str) -> Response:
    """Hand a paper in, take one away, write a licence down."""
    sent = await visit.form()
    found = await case_of(visit, slug)
    key = found["business"]["id"]
    values = typed(sent, "kind", "number", "issuer", "issuedOn", "expiresOn")
    action, thing = text_of(sent, "action"), text_of(sent, "id")
    if action == "remove":
        payload = (await visit.run("remove_evidence", id=thing))["businessEvidenceRemove"]
    elif action == "remove_licence":
        payload = (await visit.run("remove_licence", id=thing))["businessLicenceRemove"]
    elif action == "licence":
        return await add_licence(visit, found, values)
    else:
        requirement = text_of(sent, "requirement")
        asked = {one["requirement"] for one in found["business"]["joining"]["checklist"]}
        if requirement not in asked:
            raise NotFoundError(_("There is no such page."))
        done = await visit.run(
            "add_evidence",
            id=key,
            requirement=requirement,
            file=sent.get("file"),
            licence=text_of(sent, "licence") or None,
        )
        payload = done["businessEvidenceAdd"]
        named = {"file": f"file-{text_of(sent, 'licence') or requirement}"}
        if problems := problems_of(payload, named):
            return await show_step(visit, "PAPERS", found, {}, problems)
        return visit.redirect("join_papers", slug)
    if problems := problems_of(payload):
        return await show_step(visit, "PAPERS", found, values, problems)
    return visit.redirect("join_papers", slug)


async def add_licence(visit: Visit, found: Mapping[str, Any], values: dict[str, str]) -> Response:
    """Write a licence down."""
    days = {name: read_day(values[name]) for name in ("issuedOn", "expiresOn")}
    wrong = [
        Wrong(field=name, message=translate(DAY, visit.language))
        for name, day in days.items()
        if values[name] and day is None
    ]
    if values["kind"] not in LICENCES:
        words = translate(_("Please choose what the licence permits."), visit.language)
        wrong.append(Wrong(field="kind", message=words))
    if wrong:
        return await show_step(visit, "PAPERS", found, values, wrong, has_form=True)
    done = await visit.run("add_licence", id=found["business"]["id"], input={**values, **days})
    if problems := problems_of(done["businessLicenceAdd"]):
        return await show_step(visit, "PAPERS", found, values, problems, has_form=True)
    return visit.redirect("join_papers", found["business"]["slug"])


@page(router, "join_check")
async def check(visit: Visiting, slug: str) -> Response:
    """Everything once more, and where the check stands."""
    return await show_step(visit, "CHECK", await case_of(visit, slug), {}, [])


@form(router, "join_check")
async def submit(visit: Visiting, slug: str) -> Response:
    """Hand it in."""
    await visit.form()
    found = await case_of(visit, slug)
    done = await visit.run("submit_business", id=found["business"]["id"])
    if problems := problems_of(done["businessSubmit"]):
        return await show_step(visit, "CHECK", found, {}, problems)
    return visit.redirect("join_check", slug)
