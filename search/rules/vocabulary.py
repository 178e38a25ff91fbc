"""Words that mean the same to buyers of the province, and words that mean nothing to a search."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from marketplace.kernel.text import fold, nfc
from search.rules.words import folded_words, has_marks, mark, marked_words, words

_LONGEST: Final = 5

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase of a query: as it was typed, or other words that mean the same."""

    words: Phrase
    is_other: bool = False


Reading = list[Said]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Synonyms and stop words.

    `synonyms` leads from a folded phrase to the phrases, as they are written, that are found along
    with it; `exact_synonyms` does so from a phrase whose marks are digits. Stop words are left out
    of queries typed with marks only: without them "cho" may well be "chợ".
    """

    synonyms: Mapping[Phrase, frozenset[Phrase]] = field(default_factory=dict)
    exact_synonyms: Mapping[Phrase, frozenset[Phrase]] = field(default_factory=dict)
    stop_words: frozenset[str] = frozenset()

    def significant(self, text: str) -> list[str]:
        """The words of a query that count; all of them when none would be left."""
        written = words(text)
        if not has_marks(text):
            return written
        return [word for word in written if word.casefold() not in self.stop_words] or written

    def alternatives(
        self,
        written: Sequence[str],
        form: Callable[[str], str] = fold,
    ) -> list[list[Phrase]]:
        """The words cut into phrases, the longest known first, each with what means the same.

        All take the form asked for; of a query with marks, only what means the very word with
        its marks is there.
        """
        return [
            list(dict.fromkeys(tuple(map(form, phrase)) for phrase in (typed, *others)))
            for typed, others in self._cut(written)
        ]

    def readings(self, written: Sequence[str], most: int) -> list[Reading]:
        """The query as it was typed, then with one phrase of it said in other words."""
        cut = self._cut(written)
        typed = [Said(phrase) for phrase, _others in cut]
        found = [typed]
        for number, (_phrase, others) in enumerate(cut):
            found += [
                [*typed[:number], Said(other, is_other=True), *typed[number + 1 :]]
                for other in others
            ]
        return found[:most]

    def _cut(self, written: Sequence[str]) -> list[tuple[Phrase, list[Phrase]]]:
        """Phrases as they were typed, each with the others that mean the same, as written."""
        is_exact = has_marks(" ".join(written))
        known = self.exact_synonyms if is_exact else self.synonyms
        keys = [mark(word) if is_exact else fold(word) for word in written]
        found: list[tuple[Phrase, list[Phrase]]] = []
        index = 0
        while index < len(keys):
            length = _longest_known(known, keys, index)
            others = known.get(tuple(keys[index : index + length]), frozenset())
            found.append((tuple(written[index : index + length]), sorted(others)))
            index += length
        return found


def _longest_known(
    known: Mapping[Phrase, frozenset[Phrase]],
    keys: Sequence[str],
    index: int,
) -> int:
    for length in range(min(_LONGEST, len(keys) - index), 1, -1):
        if tuple(keys[index : index + length]) in known:
            return length
    return 1


def read_vocabulary(
    groups: Sequence[Sequence[str]],
    one_way: Sequence[Mapping[str, Any]] = (),
    stop_words: Sequence[str] = (),
) -> Vocabulary:
    """The vocabulary of a province's `search/synonyms.json` and `search/stopwords.json`.

    Args:
        groups: words of one group all mean the same.
        one_way: `{"word": …, "means": […]}`; the word finds its meanings, not the other way.
        stop_words: words that are left out.
    """
    meanings: list[tuple[str, Sequence[str]]] = [
        (word, [other for other in group if other != word]) for group in groups for word in group
    ]
    meanings += [(entry["word"], entry["means"]) for entry in one_way]
    return Vocabulary(
        _by_key(meanings, folded_words),
        _by_key(meanings, marked_words),
        frozenset(nfc(word).casefold() for word in stop_words),
    )


def _by_key(
    meanings: Sequence[tuple[str, Sequence[str]]],
    cut: Callable[[str], list[str]],
) -> dict[Phrase, frozenset[Phrase]]:
    found: dict[Phrase, frozenset[Phrase]] = {}
    for word, others in meanings:
        phrase = tuple(cut(word))
        written = {tuple(words(other.casefold())) for other in others} - {()}
        if phrase and written:
            found[phrase] = found.get(phrase, frozenset()) | written
    return found
