"""Words that mean the same to buyers of the province, and words that mean nothing to a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from marketplace.kernel.text import nfc
from search.rules.words import folded_words, has_marks, words

_LONGEST: Final = 5

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Synonyms, folded, and stop words as they are written.

    `synonyms` leads from a phrase to the phrases that are found along with it. Stop words are
    left out of queries typed with marks only: without them "cho" may well be "chợ".
    """

    synonyms: Mapping[Phrase, frozenset[Phrase]] = field(default_factory=dict)
    stop_words: frozenset[str] = frozenset()

    def significant(self, text: str) -> list[str]:
        """The words of a query that count; all of them when none would be left."""
        written = words(text)
        if not has_marks(text):
            return written
        return [word for word in written if word.casefold() not in self.stop_words] or written

    def alternatives(self, folded: Sequence[str]) -> list[list[Phrase]]:
        """Folded words cut into phrases, the longest known first, each with what means the same."""
        found: list[list[Phrase]] = []
        index = 0
        while index < len(folded):
            length = self._longest_known(folded, index)
            phrase = tuple(folded[index : index + length])
            found.append([phrase, *sorted(self.synonyms.get(phrase, ()))])
            index += length
        return found

    def _longest_known(self, folded: Sequence[str], index: int) -> int:
        for length in range(min(_LONGEST, len(folded) - index), 1, -1):
            if tuple(folded[index : index + length]) in self.synonyms:
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
    synonyms: dict[Phrase, set[Phrase]] = {}
    for group in groups:
        phrases = {phrase for word in group if (phrase := tuple(folded_words(word)))}
        for phrase in phrases:
            synonyms.setdefault(phrase, set()).update(phrases - {phrase})
    for entry in one_way:
        phrase = tuple(folded_words(entry["word"]))
        meanings = {tuple(folded_words(word)) for word in entry["means"]}
        synonyms.setdefault(phrase, set()).update(meanings - {phrase, ()})
    return Vocabulary(
        {phrase: frozenset(others) for phrase, others in synonyms.items() if phrase and others},
        frozenset(nfc(word).casefold() for word in stop_words),
    )
