"""Whether a piece of evidence itself prints what an operation asks for: then the question is a look-up after all."""

from __future__ import annotations

from corpus.folding import searchable
from corpus.values import find_periods
from index import Store
from qa.compose import header_periods, year_twins
from qa.types import Link, Operation, Question

_SEPARATORS = "、，・/／,\n"
_LIST_ITEMS = 2


def can_answer(question: Question, best: Link) -> bool:
    """Whether the evidence itself holds what the operation asks for."""
    if question.operation in (Operation.VALUE, Operation.CHAT):
        return True
    one = best.evidence
    if question.operation is Operation.LIST:
        # A cell or sentence that is itself an enumeration answers "which ones".
        return sum(one.value.count(mark) for mark in _SEPARATORS) >= _LIST_ITEMS
    printed = searchable(" ".join((*one.attribute, one.name or "", one.value)))
    return question.cue is not None and question.cue in printed


def holds_every_year(store: Store, question: Question, best: Link) -> bool:
    """Whether the evidence, or its twins in the same row, speak of every year that is asked for."""
    asked = {period.year for period in question.periods}
    return len(asked) < 2 or asked <= _years_held(store, best)


def _years_held(store: Store, best: Link) -> set[int]:
    twins = {header_periods(one)[0].year for one in year_twins(store, best.evidence) if header_periods(one)}
    return twins | {period.year for period in find_periods(searchable(best.evidence.value))}
