"""Of the rows under a heading that a question names, the one that says in its own cells what the others do not: under
図書館運営 the row 図書館の来館者数 rather than 移動図書 or 連絡車.
"""

from __future__ import annotations

from dataclasses import replace

from qa.lookup import letters
from qa.plan import Plan
from qa.types import Operation, Question

_MOST_ROWS = 8
_SAYS = 5  # letters in a row that a row has in common with the question
_MORE = 2  # by so many more than any other row
_ABOVE = ("heading", "group")


def to_own_row(question: Question, plan: Plan) -> Plan:
    """The plan for just that row, where one thing is looked up and nothing but a heading chose the rows; else as it is."""
    frame, rows = plan.frame, plan.rows
    if question.operation is not Operation.VALUE or plan.guessed or not 1 < len(rows) <= _MOST_ROWS:
        return plan
    if not plan.at or any(frame.columns[c].role not in _ABOVE for c in plan.at) or len(plan.parts) > 1:
        return plan
    asked = letters(question.folded)
    own = [c.index for c in frame.columns if c.role not in _ABOVE and c.index not in plan.columns]
    said = {row: max((_in_common(asked, letters(frame.cells[row][c] or "")) for c in own), default=0) for row in rows}
    first, *others = sorted(rows, key=lambda row: -said[row])
    if said[first] < _SAYS or said[first] - said[others[0]] < _MORE or frame.says_nothing(first, plan.columns[0]):
        return plan
    return replace(plan, rows=(first,), parts=((first,),))


def _in_common(asked: str, text: str) -> int:
    """The length of the longest run of letters that a text shares with the question."""
    best = 0
    for start in range(len(text)):
        while start + best < len(text) and text[start : start + best + 1] in asked:
            best += 1
    return best
