"""The province's book of registration, read from its data."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marketplace.registration.rules.guides import (
    Fee,
    Form,
    Guide,
    GuideStep,
    Paper,
    RegistrationBook,
)
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.rules.names import NamingRules, ProtectedName


def read_book(province: Path) -> RegistrationBook:
    """Guides, rules of naming, the national portal."""
    folder = province / "registration"
    found = json.loads((folder / "guides.json").read_text(encoding="utf-8"))
    naming = json.loads((folder / "naming.json").read_text(encoding="utf-8"))
    industries = json.loads((folder / "industries.json").read_text(encoding="utf-8"))
    guides = [_guide(each) for each in found["guides"]]
    return RegistrationBook(
        guides={guide.kind: guide for guide in guides},
        naming=_naming(naming),
        portal_url=found["portal"]["url"],
        portal_name=found["portal"]["name"],
        industry_version=industries["version"],
        supplement_days=found["supplement_days"],
    )


def _guide(record: Mapping[str, Any]) -> Guide:
    return Guide(
        kind=DossierKind(record["kind"]),
        slugs=record["slug"],
        name=record["name"],
        summary=record["summary"],
        suits=tuple(record["suits"]),
        not_for=tuple(record["not_for"]),
        papers=tuple(Paper(**each) for each in record["papers"]),
        steps=tuple(GuideStep(**each) for each in record["steps"]),
        fees=tuple(Fee(**each) for each in record["fees"]),
        forms=tuple(
            Form(name=each["name"], number=each["number"], is_certain=each["is_certain"])
            for each in record["forms"]
        ),
        working_days=record["working_days"],
        authority=record["authority"],
        is_of_commune=record["is_of_commune"],
        bases=tuple(record["bases"]),
        checked_on=record["checked_on"],
    )


def _naming(record: Mapping[str, Any]) -> NamingRules:
    return NamingRules(
        prefixes={DossierKind(kind): words for kind, words in record["prefixes"].items()},
        forbidden={DossierKind(kind): tuple(words) for kind, words in record["forbidden"].items()},
        protected=tuple(
            ProtectedName(each["name"], each["number"], tuple(each["forms"]))
            for each in record["protected"]
        ),
    )
