"""What a question takes for given in a frame before its words are understood: which rows are meant at all.

A bound on when things began, where a column gives such years; the thing next to which another is asked for. What is
settled here is explained and no longer a word to be found.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from qa.frames import Frame
from qa.lookup import letters
from qa.roles import IN_NAME, Mask
from qa.started import column_of, meets
from qa.types import Question, Term

_SHORTEST_NAME = 2
_STOPS = "、。「」()でにはがうち中 "


@dataclass(frozen=True, slots=True)
class Given:
    """The rows left by what is given, the columns it stands in, what it explains, and the question without it.

    `after` are the rows of the thing next to which is asked.
    """

    question: Question
    mask: Mask
    at: tuple[int, ...] = ()
    accounts: tuple[tuple[Term, float, str], ...] = ()
    after: frozenset[int] = field(default_factory=frozenset)


def settle(frame: Frame, question: Question) -> Given:
    """Settle in a frame what can be; everything else stays in the question."""
    given = Given(question, np.ones(len(frame), dtype=np.bool_))
    for bound in question.began:
        column = column_of(frame, bound)
        if column is not None:
            rows = np.array([meets(row[column], bound) for row in frame.cells], dtype=np.bool_)
            taken = _taken(given, bound.start, bound.end, "bound")
            given = replace(taken, mask=given.mask & rows, at=(*given.at, column))
    if question.after is not None:
        start, rows_after = _named_before(frame, question, question.after)
        if rows_after:
            given = replace(_taken(given, start, question.after, "next to"), after=rows_after)
    return given


def _taken(given: Given, start: int, end: int, how: str) -> Given:
    """The question without a stretch, whose words are explained."""
    inside = tuple(t for t in given.question.terms if start <= t.start < end)
    kept = tuple(t for t in given.question.terms if t not in inside)
    periods = tuple(p for p in given.question.periods if not start <= p.start < end)
    question = replace(given.question, terms=kept, periods=periods, taken=(*given.question.taken, (start, end)))
    return replace(given, question=question, accounts=(*given.accounts, *((t, IN_NAME, how) for t in inside)))


def _named_before(frame: Frame, question: Question, end: int) -> tuple[int, frozenset[int]]:
    """Where the longest stretch that ends at a place and stands in rows' names begins, and those rows."""
    for start in range(end):
        if start and question.folded[start - 1] not in _STOPS:
            continue
        wanted = letters(question.folded[start:end])
        rows = {row for i in frame.texts.holding(wanted) for row, column in frame.places[i] if column == frame.key}
        if rows and len(wanted) >= _SHORTEST_NAME:
            return start, frozenset(rows)
    return end, frozenset()
