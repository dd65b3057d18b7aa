"""Which group is the largest: of 部局 and its 事業 the subtotals are compared, not the members.

A table with a row for each member and a subtotal for each group is asked for its groups by the header of the column that
holds them. What a single member comes to says nothing of the group.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.folding import tidy
from qa.frames import Frame
from qa.labels import says_total
from qa.lookup import letters
from qa.plan import Plan

_FEWEST = 2
_NUMBER = re.compile(r"^[0-9]{1,3}(?=[^0-9])")  # 6 農林水産業費


def rows_of_groups(plan: Plan, rows: Sequence[int]) -> Sequence[int] | None:
    """One row for each group that some rows are of: its subtotal, or its only member. The rows as they are where the things
    listed are no groups; None where they are, and some group has several members and no subtotal.
    """
    frame, column = plan.frame, plan.listed
    if column == frame.key or frame.columns[column].role != "group" or frame.numbers_rows(column):
        return rows
    members: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        members[letters(frame.cells[row][column] or "")].append(row)
    if max(map(len, members.values()), default=0) < _FEWEST:
        return rows
    totals = {name: _subtotals(frame, column, name) for name in members}
    found = [totals[name] if len(totals[name]) == 1 else own for name, own in members.items()]
    return [one[0] for one in found] if all(len(one) == 1 for one in found) else None


def subtotal_of(plan: Plan, rows: Sequence[int]) -> int | None:
    """The one row that is printed as the total of the group whose members some rows are (農林水産業費 計 of its 事業); else None."""
    frame = plan.frame
    column = max(plan.at, default=frame.key)
    if column >= frame.key or frame.columns[column].role != "group":
        return None
    names = {_NUMBER.sub("", letters(frame.cells[row][column] or "")) for row in rows}
    own = {letters(frame.cells[row][column] or "") for row in rows}
    members = [r for r in range(len(frame)) if not frame.totals[r] and letters(frame.cells[r][column] or "") in own]
    found = _subtotals(frame, column, names.pop()) if len(names) == 1 and members == list(rows) else []
    return found[0] if len(found) == 1 else None


def _subtotals(frame: Frame, column: int, name: str) -> list[int]:
    """The rows that are totals and bear a group's name: in its column, alone or before 計, or as the group of the row."""
    return [row for row in range(len(frame)) if frame.totals[row] and name and _names(frame, row, column, name)]


def _names(frame: Frame, row: int, column: int, name: str) -> bool:
    text = tidy(frame.cells[row][column] or "")
    return letters(text) == name or (letters(text).startswith(name) and says_total(text))
