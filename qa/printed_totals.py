"""Totals, shares and changes that a table prints itself: what is asked for is then looked up, not worked out."""

from __future__ import annotations

import re

from qa.lookup import letters
from qa.offers import Offer
from qa.prose_kinds import asks_change
from qa.tabular import Proposal
from qa.types import Operation, Question

CHANGES = re.compile(r"増減|比較|差引|伸び|(?<![一-龥])差額?(?![一-龥])")  # headers
_SHARES = re.compile(r"構成比|割合|比率|シェア")
_WELL = 0.8


def prints_what_is_asked(question: Question, offer: Offer) -> bool:
    """Whether the table itself prints what the operation would work out: 構成比 or 増減 as a header, 歳入合計 as a row's name."""
    if offer.way != "table" or offer.reading.operation is question.operation or not question.cue:
        return False
    cue, name, said = letters(question.cue), letters(offer.evidence.name or ""), letters(question.folded)
    if cue in name and len(name) > len(cue) and name in said:
        return True
    headers = _headers(offer)
    if any(cue in letters(text) for text in headers):
        return True
    if question.operation is Operation.RATIO:  # 歳入に占める地方税の構成比
        return any(_SHARES.search(text) and letters(text) in said for text in headers)
    return asks_change(question) and any(CHANGES.search(text) for text in headers)


def _headers(offer: Offer) -> tuple[str, ...]:
    """The headers of all that a row is asked for."""
    if not isinstance(offer.source, Proposal):
        return offer.evidence.attribute
    plan = offer.source.plan
    return (*offer.evidence.attribute, *(text for c in plan.columns for text in plan.frame.columns[c].path))


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
