"""What arguments mean that many fields share: written once, shown beside each of them."""

from typing import Final

ARGUMENTS: Final = {
    "id": "The id of the thing.",
    "slug": "Its name in addresses.",
    "slugLanguageCode": "The language the slug is in; no other language's slug is tried.",
    "languageCode": "The language the words are wanted in.",
    "channel": "The price list: `retail` (as without one), or `wholesale` for those it is open to.",
    "first": "How many from the beginning, 100 at most; goes with `after`.",
    "after": "Begin behind this cursor of the same list in the same order.",
    "last": "How many from the end, 100 at most; goes with `before`.",
    "before": "End in front of this cursor of the same list in the same order.",
    "filter": "Only what fits every given condition.",
    "where": "Only what fits these conditions, which may be nested; not together with `filter`.",
    "sortBy": "By what the list is sorted, and which way.",
    "size": "The side in pixels that is wanted; the nearest of the sizes kept is given.",
    "format": "The format that is wanted.",
    "input": "The values.",
    "limit": "How many at most.",
    "level": "Only those of this level.",
    "query": "What was typed.",
    "kind": "Only things of this kind.",
    "page": "Which page, from 1.",
    "perPage": "How many on a page.",
}
