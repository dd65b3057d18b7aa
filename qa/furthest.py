"""How far the largest of some things is from the smallest: 一番多い年と一番少ない年の差."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.changes import difference_written
from qa.plan import Plan
from qa.results import Result, read_figures, value_of

_MOST = r"(?:最も|もっとも|一番|いちばん)[^、。]{0,12}?(?:多|大き|高|長)|最(?:多|大|高)"
_LEAST = r"(?:最も|もっとも|一番|いちばん)[^、。]{0,12}?(?:少な|小さ|低|短)|最(?:少|小|低)"
FURTHEST = re.compile(
    rf"(?:(?:{_MOST})[^。]{{0,16}}?と[^。]{{0,6}}?(?:{_LEAST})|(?:{_LEAST})[^。]{{0,16}}?と[^。]{{0,6}}?(?:{_MOST}))[^。]{{0,12}}(?:差|違い|違う|開き)"
)


def furthest(plan: Plan, rows: Sequence[int]) -> Result | None:
    """The largest figure less the smallest; None where several things share a place."""
    read = read_figures(plan, rows)
    if read is None or len(read[0]) < 2 or len(plan.columns) != 1:
        return None
    figures, left_out, unit = read
    ranked = sorted(figures, key=value_of)
    low, high = ranked[0], ranked[-1]
    if len({value_of(one) for one in (*ranked[:2], *ranked[-2:])}) < min(len(ranked), 4):
        return None
    value = value_of(high) - value_of(low)
    written = difference_written((low, high), value)
    return Result("difference", plan, (high.row, low.row), (high, low), value, unit, written, left_out, "rows")
