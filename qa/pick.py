"""The one figure of a text that a question asks for: of its kind, and nearest behind the words that were asked about."""

from __future__ import annotations

from corpus.values import Quantity
from qa.prose_kinds import things
from qa.prose_reading import read
from qa.types import Question

_FAR = 10_000


def picked(question: Question, text: str) -> Quantity | None:
    """The figure asked for in a text of several; None when the text has none of the kind."""
    reading = read(text)
    spots = things(question, reading)
    figures = [q for q in reading.figures if not spots or any(a <= q.start < b for a, b in spots)]
    if not figures:
        return None
    said = [end for term in question.terms for _, end in reading.forms.get(term.normal, ())]

    def distance(one: Quantity) -> tuple[int, int]:
        behind = [one.start - end for end in said if end <= one.start]
        return (min(behind, default=_FAR), one.start)

    return min(figures, key=distance)
