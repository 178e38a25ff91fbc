"""The interview's words and how its answers look on a page: labels, hints, values as people write.

What may be asked, and in which order, the API tells; here stands only how it is put into words.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from frontend.wording import phone
from marketplace.kernel.i18n import _
from marketplace.kernel.money import format_money

# Title and introduction of each screen.
SCREENS: Final = {
    "person": (
        _("Who registers?"),
        _("As on your identity card. Your number is kept locked and shown to nobody."),
    ),
    "home": (
        _("Where do you live?"),
        _("This stands on the form only. It is erased with the dossier."),
    ),
    "name": (
        _("What is it called?"),
        _("Your own name for it; we put the kind in front."),
    ),
    "place": (
        _("Where is it?"),
        _("The commune of today. Type the old name if you like; we find the new one."),
    ),
    "work": (
        _("What will you do?"),
        _("Look for your work in plain words, then tick it. The first one is your main line."),
    ),
    "means": (_("Money and people"), ""),
    "family": (
        _("Who puts in money with you?"),
        _("Family members who share the business. Nobody? Just go on."),
    ),
    "head": (_("Who leads it?"), ""),
    "members": (_("Who are the members?"), ""),
    "shareholders": (_("Who are the founders?"), ""),
}
# Label and hint of each question.
QUESTIONS: Final = {
    "personalNumber": (_("Personal number"), _("12 digits")),
    "fullName": (_("Full name"), ""),
    "birthDate": (_("Born on"), _("day/month/year, for example 5/9/1990")),
    "sex": (_("Sex"), ""),
    "phone": (_("Telephone"), _("for example 0912 345 678")),
    "email": (_("E-mail"), ""),
    "residence": (
        _("Registered residence"),
        _("hamlet, commune, province: “thôn Nà Diếu, xã Na Rì, tỉnh Thái Nguyên”"),
    ),
    "currentResidence": (_("Where you live now, if elsewhere"), ""),
    "ethnicity": (
        _("Ethnicity"),
        _("The official form asks. It is sensitive: leave it out and write it in by hand."),
    ),
    "name": (_("Name"), _("for example Miến Bà Mặn")),
    "hasConsent": (
        _("I have the consent to use the protected name (only if the name holds one)"),
        "",
    ),
    "commune": (_("Commune or ward"), _("for example xã Na Rì; old names will do")),
    "hamlet": (_("Hamlet, street, house"), _("A house number is not needed.")),
    "industries": (_("Lines of business"), ""),
    "capital": (_("Capital"), _("in đồng, for example 20.000.000")),
    "startsOn": (_("First day of business"), _("day/month/year, for example 1/12/2026")),
    "workers": (_("How many people work there, you included"), ""),
    "taxMethod": (_("How will tax be declared?"), ""),
    "vatMethod": (_("How is value added tax reckoned?"), ""),
    "accountant": (_("Chief accountant"), ""),
    "relation": (_("Who is it to you?"), ""),
    "share": (_("Money put in"), _("in đồng")),
    "headName": (_("Full name"), ""),
    "headRole": (_("Office"), ""),
}
CHOICES: Final = {
    "female": _("Woman"),
    "male": _("Man"),
    "spouse": _("Wife or husband"),
    "child": _("Child"),
    "parent": _("Father or mother"),
    "sibling": _("Sister or brother"),
    "other": _("Other"),
    "declared": _("By month or quarter"),
    "each_time": _("Each time there is income"),
    "credit": _("Credit method"),
    "direct": _("Direct method"),
    "owner": _("Owner"),
    "director": _("Director"),
    "chair": _("Chair"),
    "representative": _("Legal representative"),
}
STEPS: Final = {
    "RECEIVE": _("Receive it"),
    "REFUSE_RECEIPT": _("Do not accept it"),
    "PROCESS": _("Begin to examine it"),
    "ASK_SUPPLEMENT": _("Ask for something to be mended"),
    "ASK_PAYMENT": _("Ask for the fee"),
    "DECIDE": _("Approve it"),
    "HAND_OVER": _("The result was handed over"),
    "STOP": _("Refuse it"),
}
HOLDERS: Final = {
    "APPLICANT": _("It is your turn"),
    "COMMUNE": _("The commune has it"),
    "PROVINCE": _("The province’s office has it"),
    "NOBODY": _("It is over"),
}
SOURCES: Final = {
    "applicant": _("Applicant"),
    "portal": _("National portal"),
    "desk": _("One-stop desk"),
    "system": _("Time limit"),
    "registry": _("The business registry"),
    "activation": _("Opening the business"),
}
# Why something that was told did not count, and why a business does not open by itself.
WHY_NOT: Final = {
    "repeated": _("repeated"),
    "older": _("older than what is known"),
    "same": _("known already"),
    "illegal": _("not a possible step"),
    "final": _("the dossier is over"),
    "not_filed": _("the dossier is not filed"),
    "unknown_status": _("an unknown status"),
    "not_confirmed": _("not confirmed when asked"),
    "not_decided": _("it is not decided yet"),
    "no_code": _("there is no code of the business yet"),
    "no_company": _("the register does not have it yet"),
    "company_not_active": _("the register does not call it active"),
    "other_name": _("the register has another name"),
    "other_representative": _("the register has another representative"),
    "other_address": _("the register has another commune"),
    "code_taken": _("another business here has the code"),
    "other_person": _("the account is in another person's name"),
    "business_not_open": _("the shop here is suspended or closed"),
}
_DATES: Final = {"BIRTH_DATE", "DATE"}


def answers_of(dossier: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered so far, by screen."""
    found: dict[str, Any] = json.loads(dossier["answers"] or "{}")
    return found


def shown(question: Mapping[str, Any], value: object) -> str:
    """An answer as people write it: 5/9/1990, 20.000.000, 0912 345 678."""
    if value in (None, ""):
        return ""
    if question["kind"] in _DATES and isinstance(value, str):
        day = date.fromisoformat(value)
        return f"{day.day}/{day.month}/{day.year}"
    if question["kind"] == "MONEY" and isinstance(value, int):
        return format_money(value).removesuffix("₫").strip()
    if question["kind"] == "PHONE":
        return phone(str(value))
    if question["kind"] == "TICK":
        return "1" if value else ""
    return str(value)


def values_of(screen: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a screen, filled with what was answered."""
    found = {each["name"]: shown(each, answers.get(each["name"])) for each in screen["questions"]}
    for at, row in enumerate(answers.get("rows", [])):
        for each in screen["rowQuestions"]:
            found[f"{at}.{each['name']}"] = shown(each, row.get(each["name"]))
    return found


def names_of(screen: Mapping[str, Any]) -> list[str]:
    """Every field a screen may send."""
    rows = [
        f"{at}.{each['name']}"
        for at in range(screen["mostRows"])
        for each in screen["rowQuestions"]
    ]
    return [each["name"] for each in screen["questions"]] + rows


def row_count(screen: Mapping[str, Any], values: Mapping[str, str]) -> int:
    """How many people to ask about: those there are, and one more."""
    names = [each["name"] for each in screen["rowQuestions"]]
    filled = [
        at for at in range(screen["mostRows"]) if any(values.get(f"{at}.{name}") for name in names)
    ]
    wanted = max(filled, default=-1) + 2
    fewest, most = int(screen["fewestRows"]), int(screen["mostRows"])
    return min(max(wanted, fewest), most)


def next_screen(screens: Sequence[Mapping[str, Any]], name: str) -> str | None:
    """The screen after one of that name; None after the last."""
    names = [each["name"] for each in screens]
    at = names.index(name) + 1
    return names[at] if at < len(names) else None


def first_missing(dossier: Mapping[str, Any]) -> str | None:
    """The first screen without an answer."""
    missing: Iterable[str] = dossier["missingScreens"]
    return next(iter(missing), None)
