"""Guides: who registers what, with which papers, in which steps, at what cost and how soon.

All of it is data of the province, with the certainty of each fact; nothing of it stands in code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.rules.names import NamingRules

Words: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the dossier, and when it is needed."""

    code: str
    name: Words
    note: Words
    when: str


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One thing to do."""

    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Fee:
    """What has to be paid, in đồng."""

    what: Words
    amount: int
    note: Words
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Form:
    """An official form: its number and where the law prints it."""

    name: Words
    number: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything a person has to know to register one kind of business."""

    kind: DossierKind
    slugs: Words
    name: Words
    summary: Words
    suits: tuple[Words, ...]
    not_for: tuple[Words, ...]
    papers: tuple[Paper, ...]
    steps: tuple[GuideStep, ...]
    fees: tuple[Fee, ...]
    forms: tuple[Form, ...]
    working_days: int
    authority: Words
    is_of_commune: bool
    bases: tuple[str, ...]
    checked_on: str


@dataclass(frozen=True, slots=True)
class RegistrationBook:
    """What the province's data says about registering."""

    guides: Mapping[DossierKind, Guide]
    naming: NamingRules
    portal_url: str
    portal_name: Words
    industry_version: str
    supplement_days: int


def papers_needed(guide: Guide, *, has_partners: bool) -> tuple[Paper, ...]:
    """The papers of the dossier, once the answers are known."""
    return tuple(paper for paper in guide.papers if paper.when == "always" or has_partners)
