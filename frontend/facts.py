"""The facts table of a product, in words."""

from collections.abc import Mapping
from typing import Any, Final

from frontend.rendering import told
from frontend.wording import month_name, number
from marketplace.kernel.i18n import Language, _, translate

PAPERS: Final[Mapping[str, str]] = {
    "SELF_DECLARATION": _("Self-declaration of food quality"),
    "FOOD_SAFETY_CERTIFICATE": _("Food-safety certificate"),
    "COMMITMENT": _("Commitment to safe food"),
    "QUARANTINE": _("Quarantine certificate"),
}
_WHOLE_YEAR: Final = 12


def product_facts(
    product: Mapping[str, Any], variant: Mapping[str, Any] | None, language: Language
) -> list[tuple[str, str]]:
    """Net content, harvest and every attribute with a value."""
    rows = []
    net = (variant or {}).get("netContent")
    if net:
        words = f"{number(net['quantity'], language)} {net['unit']}"
        rows.append((translate(_("Net content"), language), words))
    if product["harvestMonths"]:
        words = harvest_words(product["harvestMonths"], language)
        rows.append((translate(_("Harvest"), language), words))
    for selected in product["attributes"] or []:
        values = [value_words(value, language) for value in selected["values"]]
        if words := ", ".join(value for value in values if value):
            rows.append((told(selected["attribute"], "name"), words))
    return rows


def value_words(value: Mapping[str, Any], language: Language) -> str:
    """One attribute value as a reader says it."""
    if value.get("boolean") is not None:
        return translate(_("yes") if value["boolean"] else _("no"), language)
    return str(told(value, "name"))


def harvest_words(months: list[int], language: Language) -> str:
    """The months as ranges: "October–January" rather than a row of four."""
    if len(set(months)) >= _WHOLE_YEAR:
        return translate(_("all year round"), language)
    starts = [m for m in sorted(set(months)) if (m - 2) % 12 + 1 not in months]
    parts = []
    for start in starts:
        end = start
        while end % 12 + 1 in months:
            end = end % 12 + 1
        first, last = month_name(start, language), month_name(end, language)
        parts.append(first if start == end else f"{first} – {last}")
    return ", ".join(parts)


def food_papers(product: Mapping[str, Any], language: Language) -> list[dict[str, Any]]:
    """The food papers with their names in words."""
    return [
        {**paper, "label": translate(PAPERS.get(paper["kind"].upper(), paper["kind"]), language)}
        for paper in product["foodPapers"] or []
    ]
