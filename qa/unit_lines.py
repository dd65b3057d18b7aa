"""Tables that give each thing on several lines, a unit a line: 千円 above, % below. Of these the lines in the unit asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.frames import Frame
from qa.plan import Plan
from qa.types import Explained, Question

_SHARE = re.compile(r"構成比|割合|比率|シェア|占有率|%|パーセント|(?<![税利])率")
_PERCENT = "%"
_AS_GOOD = 0.9  # as its name, where the line below an amount can be no other share


def in_one_unit(question: Question, plan: Plan) -> Plan:
    """The plan for the lines in percent where a share is asked for, else for the first line of each thing; as it is where no
    thing has lines in several units.
    """
    lines = _lines(plan)
    firsts = {min(own) for own in lines.values()}
    units = {row: _unit(plan.frame, row, plan.columns) for own in lines.values() for row in own}
    several = any(len({units[row] for row in own} - {None}) > 1 for own in lines.values())
    if not several or not plan.columns:
        return plan
    shares = {row for row, unit in units.items() if unit == _PERCENT}
    share_asked = question.wants == "percent" or question.unit == _PERCENT or bool(_SHARE.search(question.folded))
    first = {units[row] for row in firsts}
    kept = shares if share_asked else {row for row, unit in units.items() if unit in first}
    parts = tuple(tuple(row for row in part if row in kept) for part in plan.parts)
    if not all(parts):
        return plan
    return replace(plan, rows=tuple(row for row in plan.rows if row in kept), parts=parts)


def with_share(accounts: Sequence[Explained], question: Question, plan: Plan) -> tuple[Explained, ...]:
    """The accounts, the words for a share (構成比) explained by nothing but the unit of the line below an amount."""
    frame = plan.frame
    said = [found.span() for found in _SHARE.finditer(question.folded)]
    lines = [
        row for row in plan.rows if _unit(frame, row, plan.columns) == _PERCENT and _is_below(frame, row, plan.columns)
    ]
    if not said or not lines or len(lines) < len(plan.rows):
        return tuple(accounts)
    return tuple(
        Explained(one.term, _AS_GOOD, "unit")
        if not one.strength and any(a <= one.term.start < b for a, b in said)
        else one
        for one in accounts
    )


def _is_below(frame: Frame, row: int, columns: Sequence[int]) -> bool:
    """Whether the line above a row is the same thing in another unit."""
    above = row - 1
    return frame.things[row] < row and _unit(frame, above, columns) not in (None, _PERCENT)


def _lines(plan: Plan) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row in plan.rows:
        found.setdefault(plan.frame.things[row], []).append(row)
    return found


def _unit(frame: Frame, row: int, columns: Sequence[int]) -> str | None:
    """The one unit of a row's figures; None where they have several, or none."""
    units = {figure.unit for c in columns if (figure := frame.quantity(row, c)) is not None}
    return next(iter(units)) if len(units) == 1 else None
