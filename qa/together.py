"""The answers to the parts of a question → one answer: side by side, or one figure worked out of two."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qa.money import SCALES, amount, exact
from qa.results import number, rounded
from qa.several import Parts
from qa.types import Draft, Question, Value


def join(parts: Parts, drafts: Sequence[Draft], question: Question) -> Draft | None:
    """One draft from the drafts of all parts; None when what is asked of them cannot be worked out."""
    if len({draft.text for draft in drafts}) < len(drafts):
        return None  # two parts with one answer: the cut went through a name
    if parts.how == "ratio":
        return _ratio(drafts, question)
    citations = tuple(dict.fromkeys(c for draft in drafts for c in draft.citations))
    written = "; ".join(draft.calculation for draft in drafts if draft.calculation) or None
    text = " ".join(_sentence(draft.text) for draft in drafts)
    plain = " ".join(draft.plain for draft in drafts)
    values = tuple(value for draft in drafts for value in draft.values)
    return Draft(text, plain, drafts[0].kind, values, written, citations, min(draft.confidence for draft in drafts))


def _sentence(text: str) -> str:
    return text if text.endswith(("。", ")", "」")) else f"{text}。"


def _ratio(drafts: Sequence[Draft], question: Question) -> Draft | None:
    """The first figure divided by the second; money in 円, so that a share for one person can be said."""
    figures = [[v for v in draft.values if isinstance(v.value, int | float)] for draft in drafts]
    if len(drafts) != 2 or any(len(found) != 1 for found in figures):
        return None
    over, under = figures[0][0], figures[1][0]
    top, unit = amount(Decimal(str(over.value)), over.unit)
    bottom = Decimal(str(under.value))
    if not bottom:
        return None
    result, sign = rounded(top / bottom)
    scaled = (
        f"{number(Decimal(str(over.value)))} × {SCALES[over.unit]:,} = {number(top)} ({unit}); "
        if over.unit in SCALES and unit != over.unit
        else ""
    )
    written = f"{scaled}{number(top)} ÷ {number(bottom)} {sign} {number(result)} ({unit or '倍'})"
    about = "約" if sign == "≒" else ""
    told = f"{number(top)}{unit or ''} ÷ {number(bottom)}{under.unit or ''} で、一{under.unit or ''}あたり{about}{number(result)}{unit or ''}です。"
    citations = tuple(dict.fromkeys(c for draft in drafts for c in draft.citations))
    text = " ".join((*(_sentence(draft.text) for draft in drafts), told))
    value = Value(exact(result), unit, f"{number(result)}{unit or ''}")
    return Draft(text, text, "ratio", (value,), written, citations, min(draft.confidence for draft in drafts))
