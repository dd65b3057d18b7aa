"""Yes or no, with the evidence either way. A figure put into the question is compared, never repeated as true."""

from __future__ import annotations

from corpus.values import Quantity
from index import Store
from qa.money import amount
from qa.tabular import Proposal
from qa.tell import tell
from qa.types import Draft, Question


def decide(store: Store, question: Question, found: Proposal) -> Draft | None:
    """はい or いいえ in front of what the documents say; None when the evidence does not decide it."""
    said = tell(store, question, found.result, found.probability)
    figures = [one.quantity for one in found.result.operands if one.quantity is not None]
    if question.claim is not None and figures:
        agrees = any(same_amount(question.claim, figure) for figure in figures)
        return _with(said, "はい、" if agrees else "いいえ、")
    if len(figures) == 2 and question.claim is None and question.cue and "同" in question.cue:
        return _with(said, "はい、" if figures[0].value == figures[1].value else "いいえ、")
    return None


def same_amount(claimed: Quantity, printed: Quantity) -> bool:
    """Whether two figures are the same amount, in whatever unit each is given."""
    if claimed.unit and printed.unit:
        return amount(claimed.value, claimed.unit) == amount(printed.value, printed.unit)
    return claimed.value == printed.value


def _with(draft: Draft, opening: str) -> Draft:
    return Draft(
        opening + draft.text, draft.plain, "yesno", draft.values, draft.calculation, draft.citations, draft.confidence
    )
