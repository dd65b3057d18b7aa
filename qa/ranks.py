"""Which place a named thing has among the others of its table: 港町の人口は何番目に多いか."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.frames import Frame
from qa.grand import IN_ALL
from qa.lookup import letters
from qa.plan import Plan
from qa.results import Result, number, operand, value_of
from qa.types import Operation, Question

_PLACE = re.compile(r"順位|順番|[^単]位$")
_FEWEST = 3
_MOST_TOLD = 10
RANKED = "ranked "


def place_of(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """The place of the one row found, as the table prints it or counted among the rows alike; None where it is no one row's.

    The largest figure has the first place, or the smallest where the question says so (何番目に少ない).
    """
    frame = plan.frame
    if len(rows) != 1 or not any(frame.columns[c].role != "data" for c in plan.at) or question.change:
        return None
    row = rows[0]
    printed = [c.index for c in frame.columns if c.role != "heading" and _PLACE.search(letters(c.core))]
    if len(printed) == 1 and (frame.cells[row][printed[0]] or "").strip() and question.operation is Operation.MAXIMUM:
        return Result("value", replace(plan, columns=(printed[0],)), (row,), (operand(frame, row, printed[0]),))
    if len(plan.columns) != 1:
        return None
    own = operand(frame, row, plan.columns[0])
    others = [operand(frame, r, own.column) for r in _alike(plan, row)]
    read = [one for one in others if one.quantity is not None]
    units = {one.quantity.unit for one in read if one.quantity}
    if own.quantity is None or len(read) < _FEWEST or units != {own.quantity.unit}:
        return None
    most = question.operation is Operation.MAXIMUM
    limit = value_of(own)
    ahead = [one for one in read if (value_of(one) > limit if most else value_of(one) < limit)]
    ahead.sort(key=value_of, reverse=most)
    told = ahead if len(ahead) <= _MOST_TOLD else []
    steps = f"{(' > ' if most else ' < ').join(number(value_of(one)) for one in (*told, own))}: " if told else ""
    kind, unit = "maximum" if most else "minimum", own.quantity.unit
    place = len(ahead) + 1
    return Result(kind, plan, (row,), (own, *told), limit, unit, f"{steps}{place} (番)", (), f"{RANKED}{place}")


def _alike(plan: Plan, row: int) -> list[int]:
    """The rows of things like that of a row: no totals and parts of others, and of the same year and kind where rows differ in that."""
    frame = plan.frame
    same = [*frame.splits, *(c for c in plan.at if frame.columns[c].role == "data")]
    return [
        r for r in range(len(frame))
        if (r == row or not _of_others(frame, r, bool(frame.splits))) and frame.year(r) == frame.year(row)
        and all(frame.cells[r][c] == frame.cells[row][c] for c in same)
    ]  # fmt: skip


def _of_others(frame: Frame, row: int, split: bool) -> bool:
    """Whether a row is no member of its table: a total, or part of a row above, where not every thing has such a part."""
    total = frame.totals[row] and not frame.collapsible_totals[row]
    whole = split and any(IN_ALL.fullmatch(letters(frame.cells[row][c] or "")) for c in _apart(frame))
    return bool((total and not split) or whole or (frame.within[row] and not split) or frame.covered[row])


def _apart(frame: Frame) -> list[int]:
    return [c.index for c in frame.columns if frame.tells_apart(c.index) and c.index not in frame.splits]
