"""Figures told one beside another where it is asked what they come to: no answer, the total is."""

from __future__ import annotations

import re

from corpus.folding import searchable
from qa.figures_told import figures_told
from qa.types import Draft, Operation, Question

_TOTAL = re.compile(r"計|総|合わせ|あわせ|全体|平均|延べ|のべ|トータル|累[計積]")
_SAYS_TOTAL = re.compile(r"合計|(?<![統会設])計\s*[0-9約]|総[計額数]|合わせ|あわせ|全体で|延べ|のべ|トータル|累計")
ALTOGETHER = r"(?:全部|ぜんぶ|すべて|全て|トータル)で"
_HOW_MUCH_ALTOGETHER = re.compile(rf"{ALTOGETHER}[、,]?(?:いくら|何|どれ|どの)")
_ADDS = re.compile(r"合計|合わせ|あわせ|合算|足[しす]|加え|平均")  # 歳入総額 is what one figure is called


def of_no_total(question: Question, draft: Draft) -> bool:
    """Whether what some figures come to is asked for, and only the figures are told."""
    added = question.operation in (Operation.SUM, Operation.AVERAGE) and _ADDS.search(question.folded) is not None
    if draft.kind == "passage" and added and question.unit and not draft.calculation:
        counted = [q for q in figures_told(draft.text) if q.unit == question.unit]
        return len(counted) > 1 and _SAYS_TOTAL.search(searchable(draft.text)) is None
    if draft.kind != "value" or draft.calculation:
        return False
    if question.operation is Operation.VALUE and _HOW_MUCH_ALTOGETHER.search(question.folded):
        return len({c.row for c in draft.citations if c.row}) > 1
    if not added:
        return False
    told = " ".join((draft.text, *(word for c in draft.citations for word in (c.quote, c.row or "", *c.column))))
    return sum(value.is_number for value in draft.values) > 1 or _TOTAL.search(searchable(told)) is None
