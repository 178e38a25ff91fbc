"""How Meilisearch searches: written down here, sent whenever an index is made."""

from typing import Any, Final

from search.rules.vocabulary import Vocabulary
from search.rules.words import folded_words, marked_words

PLAIN_FIELDS: Final = ["title", "title_en", "names", "maker", "category", "place", "text"]
MARKED_FIELDS: Final = ["title_marked", "rest_marked"]
_CHANNELS: Final = ("retail", "wholesale")
# Syllables are short: "mơ" must not find "bơ", "chè" not "chẻ". From five letters on one slip is
# forgiven, and two only in words that no Vietnamese syllable is as long as.
_ONE_TYPO: Final = 5
_TWO_TYPOS: Final = 9
_MOST_HITS: Final = 5_000
_MOST_VALUES: Final = 300


def settings_for(vocabulary: Vocabulary) -> dict[str, Any]:
    """The settings of an index."""
    prices = [f"price_{channel}" for channel in _CHANNELS]
    bands = [f"band_{channel}" for channel in _CHANNELS]
    return {
        "searchableAttributes": [*MARKED_FIELDS[:1], *PLAIN_FIELDS, *MARKED_FIELDS[1:]],
        "displayedAttributes": ["key", "digest"],
        "filterableAttributes": [
            *("key", "kind", "categories", "commune", "old_districts", "stars", "stars_until"),
            *("seller_kind", "in_stock", "_geo", *prices, *bands),
        ],
        "sortableAttributes": ["created_at", "_geo", *prices],
        # A wanted order is kept to the letter; then as good a match as possible; of equal ones
        # what can be bought now and what has more stars comes first.
        "rankingRules": [
            *("sort", "words", "typo", "proximity", "attribute", "exactness"),
            *("weight:desc", "created_at:desc"),
        ],
        "typoTolerance": {
            "minWordSizeForTypos": {"oneTypo": _ONE_TYPO, "twoTypos": _TWO_TYPOS},
            "disableOnAttributes": MARKED_FIELDS,
            "disableOnNumbers": True,
        },
        "synonyms": _synonyms(vocabulary),
        "pagination": {"maxTotalHits": _MOST_HITS},
        "faceting": {"maxValuesPerFacet": _MOST_VALUES},
    }


def _synonyms(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Synonyms of folded words for the plain fields, of words with marks for the others."""
    found: dict[str, set[str]] = {}
    for known, cut in (
        (vocabulary.synonyms, folded_words),
        (vocabulary.exact_synonyms, marked_words),
    ):
        for phrase, others in known.items():
            key = " ".join(phrase)
            alike = {" ".join(cut(" ".join(other))) for other in others}
            found.setdefault(key, set()).update(alike - {key})
    return {key: sorted(alike) for key, alike in found.items() if alike}
