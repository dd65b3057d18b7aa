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
    figures = [q for q in reading.figures if spots is None or any(a <= q.start < b for a, b in spots)]
    if not figures:
        return None
    ends = [end for term in question.terms for _, end in reading.forms.get(term.normal, ())]

    def fit(one: Quantity) -> tuple[int, int, int]:
        end = max((end for end in ends if end <= one.start), default=-_FAR)
        whole = 0  # of 小学校 and 中学校, both found by 学校, the one that the question says as a whole
        while whole < end and reading.folded[end - whole - 1 : end] in question.folded:
            whole += 1
        return (one.start - end, -whole, one.start)

    return min(figures, key=fit)
