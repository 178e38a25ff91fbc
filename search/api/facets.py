"""The counts of an answer as facets, in the reader's words."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final
from uuid import UUID

from catalog import models as catalog_models
from marketplace.kernel.i18n import Language, _, translate
from marketplace.kernel.money import format_money
from marketplace.kernel.text import sort_key
from search.api.loaders import Labels
from search.api.types import Facet, FacetValue
from search.rules.bands import BANDS, band_edges
from search.rules.questions import Answer, Filters, Question, SearchKind
from search.rules.questions import Facet as FacetName

_FACET_LABELS: Final = {
    FacetName.CATEGORIES: _("Category"),
    FacetName.PRICE: _("Price"),
    FacetName.COMMUNES: _("Commune"),
    FacetName.OLD_DISTRICTS: _("Former district"),
    FacetName.STARS: _("OCOP stars"),
    FacetName.SELLER_KINDS: _("Seller"),
    FacetName.IN_STOCK: _("Availability"),
}
_KIND_LABELS: Final = {
    SearchKind.PRODUCT: _("Products"),
    SearchKind.BUSINESS: _("Makers"),
    SearchKind.PLACE: _("Places"),
    SearchKind.PAGE: _("Pages"),
}
_SELLER_LABELS: Final = {
    "individual": _("Individual"),
    "household": _("Household business"),
    "cooperative_group": _("Co-operative group"),
    "cooperative": _("Co-operative"),
    "enterprise": _("Enterprise"),
    "public_body": _("Public body"),
}
_STOCK_LABELS: Final = {"true": _("In stock"), "false": _("Out of stock")}


def kinds_of(question: Question, answer: Answer, language: Language) -> list[FacetValue]:
    """How many of each kind fit; kinds of which there is nothing are left out."""
    counts = answer.counts.get(FacetName.KIND, {})
    return [
        FacetValue(
            value=kind.name,
            label=translate(label, language),
            count=counts.get(kind.value, 0),
            is_chosen=question.kind is kind,
        )
        for kind, label in _KIND_LABELS.items()
        if counts.get(kind.value) or question.kind is kind
    ]


def facets_of(
    question: Question,
    answer: Answer,
    labels: Labels,
    language: Language,
) -> list[Facet]:
    """Every facet that tells hits apart, its values in an order people expect."""
    found = []
    for name, label in _FACET_LABELS.items():
        counts = answer.counts.get(name, {})
        values = _values(name, counts, question.filters, labels, language)
        if values:
            found.append(
                Facet(name=name.value, label=translate(label, language), values=values),
            )
    return found


def _values(
    name: FacetName,
    counts: Mapping[str, int],
    filters: Filters,
    labels: Labels,
    language: Language,
) -> list[FacetValue]:
    if name is FacetName.CATEGORIES:
        return _categories(counts, filters.categories, labels)
    if name is FacetName.PRICE:
        return _bands(counts, filters, language)
    if name in {FacetName.COMMUNES, FacetName.OLD_DISTRICTS}:
        chosen = filters.communes if name is FacetName.COMMUNES else filters.old_districts
        values = _listed(counts, chosen, {code: labels.place(code) for code in counts})
        return sorted(values, key=lambda each: (-each.count, _alphabetical(each.label)))
    if name is FacetName.STARS:
        stars = {
            value: translate(_("{stars} OCOP stars"), language, stars=value) for value in counts
        }
        values = _listed(counts, [str(each) for each in filters.stars], stars)
        return sorted(values, key=lambda each: each.value, reverse=True)
    if name is FacetName.SELLER_KINDS:
        sellers = {value: translate(_SELLER_LABELS[value], language) for value in counts}
        values = _listed(counts, filters.seller_kinds, sellers)
        for value in values:
            value.value = value.value.upper()  # the name of the enum's value
        return sorted(values, key=lambda each: -each.count)
    chosen_stock = [] if filters.in_stock is None else [str(filters.in_stock).lower()]
    stock = {value: translate(label, language) for value, label in _STOCK_LABELS.items()}
    return sorted(_listed(counts, chosen_stock, stock), key=lambda each: each.value, reverse=True)


@lru_cache(maxsize=512)
def _alphabetical(label: str) -> str:
    """The place of a label in the alphabet; there are few labels, and they are asked for often."""
    return sort_key(label)


def _listed(
    counts: Mapping[str, int],
    chosen: Iterable[str],
    labels: Mapping[str, str],
) -> list[FacetValue]:
    """The counted values; a chosen one stays, even when nothing has it any more."""
    wanted = set(chosen)
    return [
        FacetValue(
            value=value,
            label=labels.get(value, value),
            count=counts.get(value, 0),
            is_chosen=value in wanted,
        )
        for value in dict.fromkeys([*counts, *wanted])
    ]


def _bands(counts: Mapping[str, int], filters: Filters, language: Language) -> list[FacetValue]:
    chosen = (filters.lowest_price or 0, filters.highest_price)
    values = []
    for band in BANDS:
        lowest, highest = band_edges(band)
        is_chosen = FacetName.PRICE in filters.chosen and chosen == (lowest, highest)
        if counts.get(band) or is_chosen:
            label = _band_label(lowest, highest, language)
            count = counts.get(band, 0)
            values.append(
                FacetValue(value=band, label=label, count=count, is_chosen=is_chosen),
            )
    return values


def _band_label(lowest: int, highest: int | None, language: Language) -> str:
    if highest is None:
        return translate(_("{price} and more"), language, price=format_money(lowest))
    if lowest == 0:
        return translate(_("Below {price}"), language, price=format_money(highest + 1))
    return translate(
        _("{lowest} to below {highest}"),
        language,
        lowest=format_money(lowest),
        highest=format_money(highest + 1),
    )


def _categories(
    counts: Mapping[str, int],
    chosen: tuple[str, ...],
    labels: Labels,
) -> list[FacetValue]:
    """The topmost branches, and those beside and below what is chosen, in the tree's order."""
    by_slug = {row.slug: row for row in labels.categories.values()}
    opened: set[UUID | None] = {None}
    for slug in chosen:
        row: catalog_models.Category | None = by_slug.get(slug)
        while row is not None:
            opened.add(row.id)
            row = labels.categories.get(row.parent_id) if row.parent_id else None
    return [
        FacetValue(
            value=row.slug,
            label=labels.category(row),
            count=counts.get(row.slug, 0),
            is_chosen=row.slug in chosen,
        )
        for row in labels.tree()
        if row.parent_id in opened and (counts.get(row.slug) or row.slug in chosen)
    ]
