"""How a query as it was typed finds its answer."""

from dataclasses import dataclass, replace

from search.ports import SearchEngine
from search.rules.phrases import read_prices
from search.rules.questions import Answer, Facet, Question
from search.rules.telex import decode_keys
from search.rules.words import words


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, for which question, and the query as it was meant if it was mended."""

    question: Question
    answer: Answer
    corrected: str | None = None


async def find(engine: SearchEngine, question: Question) -> Finding:
    """Answer the question; a price in the words becomes a filter, leftover keys are read.

    Only when nothing holds all of the words, what holds some of them is taken.
    """
    asked = _with_prices(question)
    answer = await engine.search(asked)
    if answer.total or not asked.text:
        return Finding(asked, answer)
    decoded = decode_keys(asked.text)
    if decoded is not None:
        mended = await engine.search(replace(asked, text=decoded))
        if mended.total:
            return Finding(replace(asked, text=decoded), mended, decoded)
    if len(words(asked.text)) > 1 and not question.filters.chosen:
        return Finding(asked, await engine.search(replace(asked, is_loose=True)))
    return Finding(asked, answer)


def _with_prices(question: Question) -> Question:
    if Facet.PRICE in question.filters.chosen:
        return question
    priced = read_prices(question.text)
    filters = replace(
        question.filters,
        lowest_price=priced.lowest,
        highest_price=priced.highest,
    )
    return replace(question, text=priced.text, filters=filters)
