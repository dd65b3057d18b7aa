"""Which of some things is the largest or smallest, grew most, is the oldest, or has a given place in the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.change_columns import change_columns
from qa.changes import changes, difference_written
from qa.group_rows import rows_of_groups
from qa.plan import Plan
from qa.results import Result, operand, read_figures, value_of
from qa.started import when
from qa.types import Operation, Question
from qa.understand import EXTREMES
from qa.years import over_years

_MOST_TIED = 5


def extreme(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """The rows with the largest or smallest figure; of changes, when the question speaks of what grew or shrank."""
    grouped = rows_of_groups(plan, rows)
    if grouped is None:
        return None
    rows = grouped
    years = [plan.frame.year(row) for row in rows]
    if over_years(question) and None not in years and len(set(years)) < len(years):
        return None  # several rows of one year: which of them is meant is not said
    most = question.operation is Operation.MAXIMUM
    kind = "maximum" if most else "minimum"
    rates = change_columns(plan.frame, True) if question.change and question.rate else ()
    if rates:
        rated = [(r, q.value) for r in rows if (q := plan.frame.quantity(r, rates[0])) is not None]
        if any(value < 0 for _, value in rated):  # of what shrank: 減少率が最も大きい is the lowest of the rates
            of_it = [r for r, value in rated if value * question.change > 0]
            if not of_it:
                return None
            rows = of_it if len(of_it) > 1 else rows  # alone it is the furthest of all rows as well
            kind = kind if question.change > 0 else "minimum" if most else "maximum"
        return _plain_extreme(replace(plan, columns=rates[:1]), question, rows, kind, fewest=1)
    changed = changes(plan, question, rows) if question.change else None
    if question.change and changed is None:
        return None
    if changed is not None:
        signed = [(value * question.change, operands) for value, operands in changed]
        signed = [one for one in signed if one[0] > 0]
        if not signed:
            return None
        best = (max if most else min)(value for value, _ in signed)
        winners = [operands for value, operands in signed if value == best]
        chosen = tuple(one for operands in winners for one in operands)
        unit = chosen[0].quantity.unit if chosen[0].quantity else None
        written = difference_written(winners[0], best * question.change) if len(winners[0]) == 2 else None
        things = tuple(operands[-1].row for operands in winners)
        return Result(kind, plan, things, chosen, best * question.change, unit, written, (), "change")
    return _plain_extreme(plan, question, rows, kind)


def _plain_extreme(plan: Plan, question: Question, rows: Sequence[int], kind: str, fewest: int = 2) -> Result | None:
    most = kind == "maximum"
    read = read_figures(plan, rows)
    if read is None or len(read[0]) < fewest:
        return None
    figures, left_out, unit = read
    in_order = sorted(figures, key=lambda one: value_of(one), reverse=most)
    limit = value_of(in_order[min(question.top, len(in_order)) - 1])
    chosen = tuple(one for one in in_order if (value_of(one) >= limit if most else value_of(one) <= limit))
    if len(chosen) > max(question.top, _MOST_TIED):
        return None
    return Result(kind, plan, tuple(one.row for one in chosen), chosen, value_of(chosen[0]), unit, None, left_out)


def ranked(plan: Plan, question: Question, rows: Sequence[int], after: frozenset[int]) -> Result | None:
    """The thing in a given place of the order (2番目に), or the first one behind another thing (Xの次に)."""
    most = question.operation is Operation.MAXIMUM
    read = read_figures(plan, rows)
    if read is None or question.change or question.operation not in EXTREMES:
        return None
    figures, left_out, unit = read
    levels = sorted({value_of(one) for one in figures}, reverse=most)
    if question.after is not None:
        own = {value_of(one) for one in figures if one.row in after}
        if len(own) != 1:
            return None  # the thing is not among them, or there are several of it
        place = levels.index(own.pop()) + 1
    else:
        above = levels[: question.rank - 1]
        place = question.rank - 1
        if sum(value_of(one) in above for one in figures) != place:
            return None  # a tie above: the place is not one thing's
    if place >= len(levels):
        return None
    chosen = tuple(one for one in figures if value_of(one) == levels[place])
    if len(chosen) > _MOST_TIED:
        return None
    kind = "maximum" if most else "minimum"
    things = tuple(one.row for one in chosen)
    return Result(kind, plan, things, chosen, value_of(chosen[0]), unit, None, left_out, "place")


def extreme_year(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """The oldest or newest of things, by the years of a column; a cell that gives no year takes no part."""
    if question.operation not in EXTREMES or len(plan.columns) != 1:
        return None
    column = plan.columns[0]
    dated = [(at, r) for r in rows if (at := when(plan.frame.cells[r][column])) is not None]
    if len(dated) < 2 or any(
        when(plan.frame.cells[r][column]) is None and not plan.frame.says_nothing(r, column) for r in rows
    ):
        return None
    most = question.operation is Operation.MAXIMUM
    best = (max if most else min)(at for at, _ in dated)
    things = tuple(dict.fromkeys(plan.frame.things[r] for at, r in dated if at == best))
    if len(things) > _MOST_TIED:
        return None
    operands = tuple(operand(plan.frame, r, column) for r in things)
    return Result("maximum" if most else "minimum", plan, things, operands, None, None, None, (), "year")
