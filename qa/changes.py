"""What changed from one year to the next, what differs between two things, and how large one is beside the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.change_columns import change_columns, says_change
from qa.frames import Frame
from qa.lookup import letters
from qa.money import of_change
from qa.plan import Plan
from qa.results import Operand, Result, in_unit, number, operand, plain, rounded, total, value_of
from qa.shares import ASKED, share
from qa.types import Question

# 金額と率で, いくら、何%: how much and at which rate.
_AND_RATE = re.compile(
    r"(?:いくら|金額|額|数)[^、。?]{0,8}?(?:と|、|,|で、|及び|および)[、,]?(?:その|何)?(?:増減|増加|減少|伸び|増|減)?(?:率|%|パーセント|割合)"
)

_OF_A_WHOLE = re.compile(r"占め|のうち|割合|構成比|比率|シェア")
_RATE_TOO = re.compile(r"[?？。][^?？。]{0,4}(?:率|割合|[%％])も")
_THAN_BEFORE = re.compile(r"(?:前|昨)年度?(?:の[^、。]{0,10})?(?:と|に)(?:比べ|比較)")
_GREW = re.compile(r"[増減]|伸び|上が|下が|上昇|低下|縮小|拡大|変わ|変化")
_YEARS_LONG = re.compile(r"(?<![0-9])(?P<years>[0-9]{1,2})年(?:度)?間")


def _pair(plan: Plan, row: int, since_before: bool = False) -> tuple[Operand, Operand] | None:
    """The same figure of a row in two years, earlier first, in one unit; `since_before` of the one year that is asked for
    and the year before.
    """
    dated = sorted((c for c in plan.columns if plan.frame.columns[c].years), key=lambda c: plan.frame.columns[c].years)
    if len(dated) == 1 and since_before:
        dated = [*_year_before(plan.frame, dated[0]), *dated]
    if len(dated) < 2:
        return None
    old, new = operand(plan.frame, row, dated[0]), operand(plan.frame, row, dated[-1])
    if old.quantity is None or new.quantity is None or old.quantity.unit != new.quantity.unit:
        return None
    return old, new


def _year_before(frame: Frame, column: int) -> list[int]:
    """The column of the same figure a year earlier, if there is just one."""
    own = frame.columns[column]
    if len(own.years) != 1:
        return []
    year = own.years[0] - 1
    found = [
        c.index
        for c in frame.columns
        if c.years == (year,) and (c.core, c.kind, c.unit) == (own.core, own.kind, own.unit)
    ]
    return found if len(found) == 1 else []


def _step(plan: Plan, row: int) -> tuple[Operand, Operand] | None:
    """The figure of the year before and that of a row, where each row is a year of the same thing; None where it is not."""
    frame, year = plan.frame, plan.frame.year(row)
    if year is None or len(plan.columns) != 1:
        return None
    of_years = {column for columns in frame.year_cells.values() for column in columns}
    labels = [c.index for c in frame.columns if c.index not in of_years and frame.tells_apart(c.index)]
    own = [frame.cells[row][c] for c in labels]
    before = [
        (earlier, r) for r in range(len(frame))
        if (earlier := frame.year(r)) is not None and earlier < year and [frame.cells[r][c] for c in labels] == own
    ]  # fmt: skip
    if not before:
        return None
    last = max(earlier for earlier, _ in before)
    rows = [r for earlier, r in before if earlier == last]
    if len(rows) != 1:
        return None
    old, new = operand(frame, rows[0], plan.columns[0]), operand(frame, row, plan.columns[0])
    if old.quantity is None or new.quantity is None or old.quantity.unit != new.quantity.unit:
        return None
    return old, new


def change(plan: Plan, row: int) -> Decimal | None:
    """How much a row's figure changed: between its two years, as the table prints it, or from the row of the year before."""
    pair = _pair(plan, row)
    if pair:
        return value_of(pair[1]) - value_of(pair[0])
    for column in (
        *(c for c in plan.columns if c in change_columns(plan.frame, False)),
        *change_columns(plan.frame, False),
    ):
        quantity = plan.frame.quantity(row, column)
        if quantity is not None:
            return quantity.value
    if any(is_change_row(plan.frame, row, c) for c in range(len(plan.frame.columns))):
        columns = [c for c in plan.columns if plan.frame.columns[c].kind == "number"] or [
            c.index for c in plan.frame.columns if c.kind == "number"
        ]
        figures = [plan.frame.quantity(row, c) for c in columns]
        return next((q.value for q in figures if q), None)
    step = _step(plan, row)
    return value_of(step[1]) - value_of(step[0]) if step else None


def is_change_row(frame: Frame, row: int, column: int, rate: bool = False) -> bool:
    """Whether a cell says that its row is the change from the year before (増減額), or its `rate` (増減率)."""
    text = frame.cells[row][column]
    return bool(text) and says_change(letters(text or ""), rate)


def _told_in(plan: Plan, row: int) -> Result | None:
    """The change that a row tells, of the last year among the columns; None where it tells none."""
    told = [(o, o.quantity) for c in plan.columns if (o := operand(plan.frame, row, c)).quantity is not None]
    if not told:
        return None
    one, quantity = told[-1]
    return Result("difference", plan, (row,), (one,), quantity.value, quantity.unit, None, (), "printed")


def changes(plan: Plan, question: Question, rows: Sequence[int]) -> list[tuple[Decimal, tuple[Operand, ...]]] | None:
    """How much each thing changed, with the figures it comes from; None when the plan holds no change."""
    found: list[tuple[Decimal, tuple[Operand, ...]]] = []
    printed = change_columns(plan.frame, False)
    for thing, members in _by_thing(plan.frame, rows).items():
        row = thing
        if len(members) > 1:
            whole = _whole_change(plan, members)
            if whole:
                found.append(whole)
            continue
        row = members[0]
        pair = _pair(plan, row, since_before=not printed)
        if pair:
            found.append((value_of(pair[1]) - value_of(pair[0]), pair))
            continue
        columns = printed or (
            plan.columns if any(is_change_row(plan.frame, row, c.index) for c in plan.frame.columns) else ()
        )
        for column in columns:
            one = operand(plan.frame, row, column)
            if one.quantity is not None:
                found.append((one.quantity.value, (one,)))
                break
        else:
            if (step := _step(plan, row)) is not None:
                found.append((value_of(step[1]) - value_of(step[0]), step))
    return found or None


def _by_thing(frame: Frame, rows: Sequence[int]) -> dict[int, list[int]]:
    """The rows of each thing, whole: also those that a condition on one of its cells passed over."""
    members: dict[int, list[int]] = {}
    for row, thing in enumerate(frame.things):
        members.setdefault(thing, []).append(row)
    return {frame.things[row]: members[frame.things[row]] for row in rows}


def _whole_change(plan: Plan, rows: Sequence[int]) -> tuple[Decimal, tuple[Operand, ...]] | None:
    """The change of a thing that takes several rows: all its figures of the later year less all of the earlier.

    A blank in one of its rows may be the lower half of a merged cell, so its rows cannot be compared one by one.
    """
    dated = sorted((c for c in plan.columns if plan.frame.columns[c].years), key=lambda c: plan.frame.columns[c].years)
    if len(dated) < 2:
        return None
    old = [one for r in rows if (one := operand(plan.frame, r, dated[0])).quantity]
    new = [one for r in rows if (one := operand(plan.frame, r, dated[-1])).quantity]
    if not old or not new or len({one.quantity.unit for one in (*old, *new) if one.quantity}) > 1:
        return None
    return total(new) - total(old), (*old, *new)


def difference(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """Between two years of one row, two rows side by side, or as the table itself prints it."""
    if len(rows) == 1:
        printed = change_columns(plan.frame, False) or change_columns(plan.frame, True)
        grew = bool(question.change) and _GREW.search(question.folded) is not None
        pair = _pair(plan, rows[0], since_before=grew and len(question.periods) == 1 and not printed)
        percent = pair is not None and pair[0].quantity is not None and pair[0].quantity.unit == "%"
        both = (_AND_RATE.search(question.folded) or _RATE_TOO.search(question.text)) is not None
        if question.rate and any(is_change_row(plan.frame, rows[0], c.index, True) for c in plan.frame.columns):
            return _told_in(plan, rows[0])
        if question.rate and not percent and not (both and pair):
            if (told := _printed_change(plan, rows[0], True)) is not None:
                return told
            return _rate(plan, pair) if pair else None
        if pair:
            old, new = pair
            value = value_of(new) - value_of(old)
            unit = _of_change(new)
            written = difference_written(pair, value)
            if both and unit != "ポイント" and (rate := _rate(plan, pair)) is not None:
                return Result(
                    "difference", plan, (rows[0],), pair, value, unit, f"{written}; {rate.written}", (), "years"
                )
            return Result("difference", plan, (rows[0],), pair, value, unit, written, (), "years")
        if any(is_change_row(plan.frame, rows[0], c.index) for c in plan.frame.columns):
            told = _told_in(plan, rows[0])
            if told is not None:
                return told
        return _of_columns(plan, rows[0]) or _printed_change(plan, rows[0], False)
    if _one_thing(plan, rows):
        return _whole_difference(plan, rows)
    if _THAN_BEFORE.search(question.folded) and len(plan.parts) == 2:
        return None  # 前年度と比べて: two rows of one year are not what is compared
    two = _two(plan, rows) or _ends(plan, question, rows)
    if len(two) == 2 and all(len(part) == 1 for part in two) and len(plan.columns) >= 1:
        a, b = (operand(plan.frame, part[0], plan.columns[-1]) for part in two)
        return _printed_rate(plan, question, (a, b)) or _between(plan, question, a, b)
    return None


def _printed_rate(plan: Plan, question: Question, pair: tuple[Operand, Operand]) -> Result | None:
    """The rate of change that the row of the later of two years prints, where the years follow each other."""
    years = [plan.frame.year(one.row) for one in pair]
    if not question.rate or not question.change or None in years or years[0] == years[1]:
        return None
    (old, _), (new, row) = sorted((year or 0, one.row) for year, one in zip(years, pair, strict=True))
    return _printed_change(plan, row, True) if new - old == 1 else None


def _of_columns(plan: Plan, row: int) -> Result | None:
    """How far two figures of one row that the question names are apart: 歳入と歳出の差."""
    if len(plan.columns) != 2 or plan.guessed:
        return None
    a, b = (operand(plan.frame, row, c) for c in plan.columns)
    if a.quantity is None or b.quantity is None or a.quantity.unit != b.quantity.unit:
        return None
    more, less = (a, b) if value_of(a) >= value_of(b) else (b, a)
    value = value_of(more) - value_of(less)
    written = difference_written((less, more), value)
    return Result("difference", plan, (row,), (more, less), value, _of_change(a), written, (), "columns")


def _two(plan: Plan, rows: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The two things that are compared: as named side by side, or one thing's rows of two years; () otherwise.

    Two rows that merely meet the same conditions are no pair: the question did not name them.
    """
    if len(plan.parts) == 2:
        return plan.parts
    years = {plan.frame.year(row) for row in rows}
    return tuple((row,) for row in rows) if len(rows) == 2 and len(years) == 2 and None not in years else ()


def _ends(plan: Plan, question: Question, rows: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The first and the last of all years that the rows are, where as many are asked for (5年間で何人増えた); else ()."""
    dated = sorted((year, row) for row in rows if (year := plan.frame.year(row)) is not None)
    asked = _YEARS_LONG.search(question.folded)
    if asked is None or question.periods or len({year for year, _ in dated}) < len(rows):
        return ()
    (first, oldest), (last, newest) = dated[0], dated[-1]
    return ((oldest,), (newest,)) if int(asked["years"]) in (last - first, last - first + 1) else ()


def _one_thing(plan: Plan, rows: Sequence[int]) -> bool:
    """Whether all rows are those of one thing, by its name alone."""
    frame = plan.frame
    if len(rows) < 2 or len(plan.parts) != 1 or any(frame.columns[c].role == "data" for c in plan.at):
        return False
    same_name = len({frame.name(r) for r in rows}) == 1 and frame.key in plan.at
    return len({frame.things[r] for r in rows}) == 1 or (same_name and len({frame.year(r) for r in rows}) == 1)


def _whole_difference(plan: Plan, rows: Sequence[int]) -> Result | None:
    """The change of a thing that takes several rows: 6,725 − (2,680 + 3,823)."""
    whole = _whole_change(plan, rows)
    if whole is None:
        return None
    value, figures = whole
    last = max(plan.frame.columns[one.column].years for one in figures)
    old, new = ([one for one in figures if (plan.frame.columns[one.column].years == last) == late] for late in (0, 1))
    unit = figures[0].quantity.unit if figures[0].quantity else None
    sums = [
        f"{' + '.join(plain(o) for o in side)} = {number(total(side))}{in_unit(unit)}"
        for side in (old, new)
        if len(side) > 1
    ]
    written = "; ".join((*sums, f"{number(total(new))} − {number(total(old))} = {number(value)}{in_unit(unit)}"))
    return Result("difference", plan, (rows[0],), (*old, *new), value, unit, written, (), "whole")


def _between(plan: Plan, question: Question, a: Operand, b: Operand) -> Result | None:
    if a.quantity is None or b.quantity is None or a.quantity.unit != b.quantity.unit:
        return None
    years = [plan.frame.year(one.row) for one in (a, b)]
    if years[0] is not None and years[1] is not None and years[0] != years[1]:
        old, new = (a, b) if years[0] < years[1] else (b, a)
        change = value_of(new) - value_of(old)
        if question.rate:
            return _rate(plan, (old, new))
        written = difference_written((old, new), change)
        also = _printed_so(plan.frame, new.row, change)
        return Result(
            "difference", plan, (old.row, new.row), (old, new), change, _of_change(a), written, (), "years", also
        )
    first, second = (a, b) if value_of(a) >= value_of(b) else (b, a)
    value = value_of(first) - value_of(second)
    written = difference_written((second, first), value)
    return Result("difference", plan, (a.row, b.row), (first, second), value, _of_change(a), written, (), "rows")


def _printed_so(frame: Frame, row: int, change: Decimal) -> tuple[Operand, ...]:
    """The cells of a row in which the table prints the same change from the year before."""
    printed = (operand(frame, row, column) for column in change_columns(frame, False))
    return tuple(one for one in printed if one.quantity is not None and one.quantity.value == change)


def difference_written(pair: Sequence[Operand], value: Decimal) -> str:
    """`7,585 − 7,362 = 223 (千円)`, the later or larger figure first."""
    old, new = pair
    return f"{plain(new)} − {plain(old)} = {number(value)}{in_unit(_of_change(new))}"


def _of_change(one: Operand) -> str | None:
    """The unit of what two such figures differ by."""
    unit = one.quantity.unit if one.quantity else None
    return of_change(unit) if unit else None


def _printed_change(plan: Plan, row: int, rate: bool) -> Result | None:
    for column in change_columns(plan.frame, rate):
        one = operand(plan.frame, row, column)
        if one.quantity is not None:
            return Result(
                "difference",
                plan,
                (row,),
                (one,),
                one.quantity.value,
                one.quantity.unit,
                None,
                (),
                "printed rate" if rate else "printed",
            )
    return None


def _rate(plan: Plan, pair: tuple[Operand, Operand]) -> Result | None:
    """(new − old) ÷ old × 100, rounded to one decimal."""
    old, new = pair
    if not value_of(old):
        return None
    exactly = (value_of(new) - value_of(old)) / value_of(old) * 100
    value, sign = rounded(exactly)
    written = f"({plain(new)} − {plain(old)}) ÷ {plain(old)} × 100 {sign} {number(value, sign)} (%)"
    return Result("ratio", plan, (old.row,), pair, value, "%", written, (), "rate")


def ratio(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """Two figures, one over the other: a part and its whole, else in the order asked years of a row, or rows side by side."""
    pair: tuple[Operand, Operand] | None = None
    two = _two(plan, rows)
    in_years = len(rows) == 1 and len(question.periods) > 1 and _pair(plan, rows[0]) is not None
    if ASKED.search(question.folded) or (question.rate and not two and not in_years):
        part = share(plan, question, rows)
        if part is not None or len(two) != 2:
            return part
    if len(rows) == 1:
        years = _pair(plan, rows[0])
        if years is None and len(plan.columns) == 2:
            a, b = (operand(plan.frame, rows[0], c) for c in plan.columns)
            pair = (a, b)
        elif years:
            asked = [period.year for period in question.periods]
            pair = years if len(asked) == 2 and asked[0] < asked[1] else (years[1], years[0])
    elif len(two) == 2 and all(len(part) == 1 for part in two) and plan.columns and "のうち" not in question.folded:
        a, b = (operand(plan.frame, part[0], plan.columns[-1]) for part in two)
        pair = (a, b)
    if pair is None or pair[0].quantity is None or pair[1].quantity is None or not value_of(pair[1]):
        return None
    if pair[0].quantity.unit != pair[1].quantity.unit and question.rate:
        return None
    exactly = value_of(pair[0]) / value_of(pair[1])
    if question.rate:
        if exactly > 1 and _OF_A_WHOLE.search(question.folded):
            return None  # no part is larger than its whole
        value, sign = rounded(exactly * 100)
        written = f"{plain(pair[0])} ÷ {plain(pair[1])} × 100 {sign} {number(value, sign)} (%)"
        return Result("ratio", plan, tuple(rows), pair, value, "%", written, (), "share")
    value, sign = rounded(exactly)
    written = f"{plain(pair[0])} ÷ {plain(pair[1])} {sign} {number(value, sign)} (倍)"
    return Result("ratio", plan, tuple(rows), pair, value, "倍", written, (), "times")
