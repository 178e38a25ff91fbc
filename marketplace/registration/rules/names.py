"""Names that may be registered (Decree 168/2025/NĐ-CP art. 86; Law on Enterprises art. 37–41)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from marketplace.kernel.errors import Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold, nfc
from marketplace.registration.rules.kinds import DossierKind

LONGEST_NAME: Final = 150
SHORTEST_NAME: Final = 2
_ALIKE: Final = 0.86


@dataclass(frozen=True, slots=True)
class ProtectedName:
    """A geographical indication, and how its products are called."""

    name: str
    number: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamingRules:
    """What the province's data says about names."""

    prefixes: dict[DossierKind, str]
    forbidden: dict[DossierKind, tuple[str, ...]]
    protected: tuple[ProtectedName, ...] = ()

    def full_name(self, kind: DossierKind, typed: str) -> str:
        """The name with its kind in front, once: "Miến Na Rì" → "Hộ kinh doanh Miến Na Rì"."""
        own = self.own_name(kind, typed)
        return f"{self.prefixes[kind]} {own}" if own else ""

    def own_name(self, kind: DossierKind, typed: str) -> str:
        """The name without its kind, however the kind was written."""
        name = nfc(typed)
        prefix = fold(self.prefixes[kind])
        if fold(name).startswith(f"{prefix} ") or fold(name) == prefix:
            return name[len(self.prefixes[kind]) :].strip()
        return name

    def protected_in(self, typed: str) -> ProtectedName | None:
        """The geographical indication that stands in the name."""
        words = f" {_words(typed)} "
        for each in self.protected:
            if any(f" {_words(form)} " in words for form in each.forms):
                return each
        return None

    def problems(self, kind: DossierKind, typed: str, *, has_consent: bool) -> list[Problem]:
        """What is wrong with a name, whoever else bears it."""
        own = self.own_name(kind, typed)
        if len(own) < SHORTEST_NAME or not any(sign.isalpha() for sign in own):
            message = _("Please enter a name with at least two letters.")
            return [Problem("name", message, "REQUIRED")]
        if len(own) > LONGEST_NAME:
            return [Problem("name", _("The name is too long."), "INVALID")]
        words = f" {_words(own)} "
        for word in self.forbidden[kind]:
            if f" {_words(word)} " in words:
                return [
                    Problem(
                        "name",
                        _("The name must not hold “{word}”."),
                        "FORBIDDEN_WORD",
                        {"word": word},
                    )
                ]
        protected = self.protected_in(own)
        if protected is not None and not has_consent:
            return [
                Problem(
                    "name",
                    _("“{name}” is a protected geographical indication: it needs consent."),
                    "PROTECTED_NAME",
                    {"name": protected.name},
                )
            ]
        return []


def name_key(full_name: str) -> str:
    """What two equal names share, however their letters and marks are written."""
    return _words(full_name)


def look_alikes(own: str, others: Iterable[str]) -> Sequence[str]:
    """Names of others that a hurried reader takes for this one."""
    key = _words(own)
    return [
        other
        for other in others
        if (theirs := _words(other)) != key
        and SequenceMatcher(None, key, theirs, autojunk=False).ratio() >= _ALIKE
    ]


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(nfc(text))).split())
