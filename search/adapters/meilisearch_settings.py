"""How Meilisearch searches: written down here, sent whenever an index is made."""

from typing import Any, Final

PLAIN_FIELDS: Final = ["title", "title_en", "names", "maker", "category", "place", "text"]
MARKED_FIELDS: Final = ["title_marked", "rest_marked"]
_CHANNELS: Final = ("retail", "wholesale")
# Syllables are short: "mơ" must not find "bơ", "chè" not "chẻ". From five letters on one slip is
# forgiven, and two only in words that no Vietnamese syllable is as long as.
_ONE_TYPO: Final = 5
_TWO_TYPOS: Final = 9
_MOST_HITS: Final = 5_000
_MOST_VALUES: Final = 300


def settings_for() -> dict[str, Any]:
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
        # Meilisearch takes several words for one as a typo, so queries bring their synonyms along.
        "synonyms": {},
        "pagination": {"maxTotalHits": _MOST_HITS},
        "faceting": {"maxValuesPerFacet": _MOST_VALUES},
    }
