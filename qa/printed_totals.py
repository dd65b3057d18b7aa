"""Totals and shares that a table prints itself: what is asked for is then looked up, not worked out."""

from __future__ import annotations

from qa.lookup import letters
from qa.offers import Offer
from qa.tabular import Proposal
from qa.types import Operation, Question

_WELL = 0.8


def prints_what_is_asked(question: Question, offer: Offer) -> bool:
    """Whether the table itself prints what the operation would work out: 構成比 as a header, 歳入合計 as a row's name."""
    if offer.way != "table" or offer.reading.operation is question.operation or not question.cue:
        return False
    cue, name = letters(question.cue), letters(offer.evidence.name or "")
    named = cue in name and len(name) > len(cue) and name in letters(question.folded)
    return named or any(cue in letters(text) for text in offer.evidence.attribute)


def adds_up(question: Question, offer: Offer) -> bool:
    """Whether the figures of several rows are added up, as is asked."""
    adds = question.operation is Operation.SUM and offer.reading.operation is Operation.SUM
    return adds and isinstance(offer.source, Proposal) and len(offer.source.result.operands) > 1


def names_the_total(question: Question, offer: Offer) -> bool:
    """Whether a row is called the total that is asked for (総額, 合計), and all that it is to be the total of is explained.

    Where the figures that it is the total of can be added up, it is for them to tell.
    """
    total = next((a for a in offer.accounts if a.term.surface == question.cue), None)
    return (
        question.operation is Operation.SUM and total is not None and total.by == "cell" and total.strength == 1.0
        and all(a.strength >= _WELL for a in offer.accounts)
    )  # fmt: skip
