"""One's own dossiers: the interview, one thought per screen, and what comes after it."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from frontend import dossiers as words
from frontend.forms import Wrong, problems_of, typed
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError, NotSignedInError
from marketplace.kernel.i18n import _

router = APIRouter()
MOST_FOUND: Final = 12


@page(router, "dossiers")
async def own_dossiers(visit: Visiting) -> Response:
    """Every dossier of the person, and the kinds to begin one of.

    Raises:
        NotSignedInError: nobody is signed in.
    """
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    found = await visit.run("dossier_index")
    context = {"dossiers": found["myDossiers"], "guides": found["registrationGuides"]}
    return await visit.show("pages/registration/dossiers.html", context, page="dossiers")


@form(router, "dossiers")
async def begin(visit: Visiting) -> Response:
    """Begin a dossier and ask the first question.

    Raises:
        NotFoundError: nobody can register a business of that kind.
    """
    values = typed(await visit.form(), "kind")
    guides = (await visit.run("dossier_index"))["registrationGuides"]
    if values["kind"] not in {guide["kind"] for guide in guides}:
        raise NotFoundError(_("There is no such dossier."))
    made = (await visit.run("create_dossier", **values))["dossierCreate"]["dossier"]
    dossier = await find(visit, made["code"])
    first = dossier["guide"]["screens"][0]["name"]
    return visit.redirect("dossier_step", made["code"].lower(), first)


async def find(visit: Visit, code: str) -> Mapping[str, Any]:
    """The dossier of that code, if the viewer may see it.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: there is none for the viewer.
    """
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    found: Mapping[str, Any] | None = (await visit.run("dossier_page", code=code))["dossier"]
    if found is None:
        raise NotFoundError(_("There is no such dossier."))
    return found


async def find_own(visit: Visit, code: str) -> Mapping[str, Any]:
    """One's own dossier.

    Raises:
        NotFoundError: it is somebody else's.
    """
    found = await find(visit, code)
    if not found["isOwn"]:
        raise NotFoundError(_("There is no such dossier."))
    return found


@page(router, "dossier")
async def dossier(visit: Visiting, slug: str) -> Response:
    """What was answered, what is missing, and what to do next."""
    return await show_dossier(visit, await find_own(visit, slug), {}, [])


async def show_dossier(
    visit: Visit, found: Mapping[str, Any], values: Mapping[str, str], problems: list[Wrong]
) -> Response:
    """The overview of a dossier."""
    answers = words.answers_of(found)
    screens = [
        {**screen, "answers": words.values_of(screen, answers.get(screen["name"], {}))}
        for screen in found["guide"]["screens"]
    ]
    context = {
        "dossier": found,
        "screens": screens,
        "answers": answers,
        "words": words,
        "values": values,
        "problems": problems,
        "is_complete": not found["missingScreens"]
        and all(each["isThere"] for each in found["papers"]),
        "kept": "kept" in visit.request.query_params,
    }
    status = 422 if problems else 200
    return await visit.show(
        "pages/registration/dossier.html",
        context,
        page="dossier",
        slug=found["code"].lower(),
        status=status,
    )


@form(router, "dossier")
async def change_dossier(visit: Visiting, slug: str) -> Response:
    """Tick a paper, complete, file, withdraw or give up the dossier."""
    values = typed(await visit.form(), "action", "paper", "receipt", "note")
    found = await find_own(visit, slug)
    action, key = values["action"], {"id": found["id"]}
    if action in {"have", "lack"}:
        is_there = action == "have"
        answer = await visit.run(
            "tick_dossier_paper", **key, paper=values["paper"], isThere=is_there
        )
    elif action == "complete":
        answer = await visit.run("complete_dossier", **key)
    elif action in {"file", "desk"}:
        receipt = values["receipt"] if action == "file" else None
        answer = await visit.run("file_dossier", **key, receipt=receipt)
    elif action == "withdraw":
        answer = await visit.run("withdraw_dossier", **key, note=values["note"])
    elif action == "discard":
        answer = await visit.run("discard_dossier", **key)
    else:
        return visit.redirect("dossier", slug)
    if problems := problems_of(next(iter(answer.values()))):
        return await show_dossier(visit, found, values, problems)
    if action == "discard":
        return visit.redirect("dossiers")
    return visit.redirect("dossier", slug, kept="1")


def screen_of(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The screen of that name.

    Raises:
        NotFoundError: the interview has none.
    """
    for screen in found["guide"]["screens"]:
        if screen["name"] == name:
            wanted: Mapping[str, Any] = screen
            return wanted
    raise NotFoundError(_("There is no such screen."))


@page(router, "dossier_step")
async def step(visit: Visiting, slug: str, item: str) -> Response:
    """One screen of the interview."""
    found = await find_own(visit, slug)
    screen = screen_of(found, item)
    if not found["isOpen"]:
        return visit.redirect("dossier", slug)
    answers = words.answers_of(found).get(item, {})
    values = words.values_of(screen, answers)
    if item == "work":
        chosen = [each["code"] for each in answers.get("industries", [])]
        return await show_work(visit, found, chosen, "", [])
    if item == "place" and answers.get("commune"):
        values["commune"] = answers["commune"]
    return await show_step(visit, found, screen, values, [])


async def show_step(
    visit: Visit,
    found: Mapping[str, Any],
    screen: Mapping[str, Any],
    values: Mapping[str, str],
    problems: list[Wrong],
    **more: object,
) -> Response:
    """A screen with what was typed and what is wrong with it."""
    names = [each["name"] for each in found["guide"]["screens"]]
    at = names.index(screen["name"])
    slug = found["code"].lower()
    places = (await visit.site.for_everybody("dossier_places", visit.language))["places"]
    context = {
        "dossier": found,
        "screen": screen,
        "values": values,
        "problems": problems,
        "words": words,
        "number": at + 1,
        "count": len(names),
        "before": names[at - 1] if at else None,
        "rows": words.row_count(screen, values),
        "places": [each["fullName"] for each in places],
        **more,
    }
    return await visit.show(
        "pages/registration/step.html",
        context,
        page="dossier_step",
        slug=slug,
        item=screen["name"],
        status=422 if problems else 200,
    )


@form(router, "dossier_step")
async def answer(visit: Visiting, slug: str, item: str) -> Response:
    """Keep the answers of a screen and go on to the next."""
    sent = await visit.form()
    found = await find_own(visit, slug)
    screen = screen_of(found, item)
    if item == "work":
        return await answer_work(visit, found, sent)
    values = typed(sent, *words.names_of(screen))
    if problems := await keep(visit, found, item, values):
        return await show_step(visit, found, screen, values, problems)
    if sent.get("action") == "more":
        return visit.redirect("dossier_step", slug, item)
    return go_on(visit, found, item)


async def keep(
    visit: Visit, found: Mapping[str, Any], name: str, values: Mapping[str, str]
) -> list[Wrong]:
    """Send the answers in; what is wrong with them."""
    answers = [{"name": key, "value": value} for key, value in values.items()]
    answer = await visit.run("answer_dossier", id=found["id"], screen=name, answers=answers)
    return problems_of(answer["dossierAnswer"])


def go_on(visit: Visit, found: Mapping[str, Any], name: str) -> Response:
    """The next screen; after the last, or when all were answered before, the overview."""
    slug = found["code"].lower()
    following = words.next_screen(found["guide"]["screens"], name)
    was_complete = set(found["missingScreens"]) <= {name}
    if following is None or was_complete:
        return visit.redirect("dossier", slug, kept="1")
    return visit.redirect("dossier_step", slug, following)


async def answer_work(visit: Visit, found: Mapping[str, Any], sent: FormData) -> Response:
    """The lines of business: look for them, tick them, keep them."""
    chosen = list(dict.fromkeys(str(code) for code in sent.getlist("industry")))
    main = typed(sent, "main")["main"]
    if main in chosen:
        chosen = [main, *(code for code in chosen if code != main)]
    query = typed(sent, "q")["q"]
    if sent.get("action") == "search":
        return await show_work(visit, found, chosen, query, [])
    if problems := await keep(visit, found, "work", {"industries": " ".join(chosen)}):
        return await show_work(visit, found, chosen, query, problems)
    return go_on(visit, found, "work")


async def show_work(
    visit: Visit, found: Mapping[str, Any], chosen: list[str], query: str, problems: list[Wrong]
) -> Response:
    """What was ticked, and what the search found besides."""
    known: dict[str, Any] = {}
    for code in chosen:
        rows = (await visit.run("find_industries", search=code, first=1))["industries"]
        known |= {each["code"]: each for each in rows}
    rows = []
    if query:
        rows = (await visit.run("find_industries", search=query, first=MOST_FOUND))["industries"]
    return await show_step(
        visit,
        found,
        screen_of(found, "work"),
        {"q": query},
        problems,
        chosen=[known[code] for code in chosen if code in known],
        results=[each for each in rows if each["code"] not in chosen],
    )
