"""A plan → what comes of it: the figures read, the operation carried out on them, and how it is written down.

Figures come from the frame's recovered cells, exactly (polars decimals); a total never enters a sum, units must agree,
"-" and blank are not zero. Whatever could not be read is named, never passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from corpus.folding import searchable
from corpus.values import Quantity, find_periods
from qa.english import named_by
from qa.frames import Frame, FrameColumn
from qa.lookup import letters
from qa.money import SCALES
from qa.plan import Plan
from qa.synonyms import synonyms_of
from qa.types import Comparison, Operation, Question

_CHANGE = ("比較", "前年度比")  # a member of each group of synonyms: the change, and its rate
_WHOLE = Decimal(1)
_ENGLISH = 0.9


@dataclass(frozen=True, slots=True)
class Operand:
    """A cell that entered an answer: its place in the frame and its figure, None where the cell is words."""

    row: int
    column: int
    quantity: Quantity | None


@dataclass(frozen=True, slots=True)
class Result:
    """What a plan comes to.

    `kind` is the contract's; `things` are the rows found (for lists, counts and extremes), `operands` the cells to be
    cited, in the order they are spoken of; `value` in `unit` is what was calculated, `written` how. `left_out` are
    rows whose figure cannot be read. `note` is a word for the composer: which way a change went, what was assumed.
    """

    kind: str
    plan: Plan = field(hash=False, compare=False)
    things: tuple[int, ...] = ()
    operands: tuple[Operand, ...] = ()
    value: Decimal | None = None
    unit: str | None = None
    written: str | None = None
    left_out: tuple[int, ...] = ()
    note: str = ""


def calculate(plan: Plan, question: Question) -> Result | None:
    """Carry out what the question asks on a plan's rows and columns; None when the plan does not hold it."""
    rows = _kept(plan, question)
    if rows is None or not rows:
        return None
    act = {
        Operation.LIST: _list, Operation.COUNT: _count, Operation.SUM: _sum, Operation.AVERAGE: _average,
        Operation.MAXIMUM: _extreme, Operation.MINIMUM: _extreme, Operation.DIFFERENCE: _difference,
        Operation.RATIO: _ratio,
    }.get(question.operation, _values)  # fmt: skip
    return act(plan, question, rows)


def _kept(plan: Plan, question: Question) -> tuple[int, ...] | None:
    """The plan's rows that satisfy the question's bounds; None when no column can be compared with them."""
    rows = plan.rows
    for bound in question.comparisons:
        column = _bounded_column(plan, bound)
        if column is None:
            return None
        rows = tuple(r for r in rows if _satisfies(plan.frame, r, column, bound))
    if question.change and question.operation in (Operation.COUNT, Operation.LIST):
        changed = [(r, _change(plan, r)) for r in rows]
        if all(one is None for _, one in changed):
            return None
        rows = tuple(r for r, one in changed if one is not None and (one > 0) == (question.change > 0) and one != 0)
    return rows


def _bounded_column(plan: Plan, bound: Comparison) -> int | None:
    frame = plan.frame
    kinds = ("date",) if bound.year is not None else ("number",)
    for c in (*plan.columns, *(c.index for c in frame.columns if c.role == "data")):
        if frame.columns[c].kind in kinds and (bound.year is not None or _comparable(frame, c, bound.unit)):
            return c
    return None


def _comparable(frame: Frame, column: int, unit: str | None) -> bool:
    units = {q.unit for q in frame.quantities(column) if q}
    return unit is None or unit in units or (unit in SCALES and bool(units & SCALES.keys())) or units == {None}


def _satisfies(frame: Frame, row: int, column: int, bound: Comparison) -> bool:
    if bound.year is not None:
        periods = find_periods(searchable(frame.cells[row][column] or ""))
        if not periods:
            return False
        have, limit = Decimal(periods[0].year), Decimal(bound.year)
    else:
        quantity = frame.quantity(row, column)
        if quantity is None or bound.value is None:
            return False
        scale = Decimal(SCALES.get(quantity.unit or "", 1)) if bound.unit in SCALES else _WHOLE
        have = quantity.value * scale
        limit = bound.value * (SCALES.get(bound.unit or "", 1) if quantity.unit in SCALES else 1)
        if quantity.unit not in SCALES and bound.unit in SCALES:
            have, limit = quantity.value, bound.value
    return {
        ">=": have >= limit, ">": have > limit, "<=": have <= limit, "<": have < limit, "==": have == limit,
    }[bound.sign]  # fmt: skip


def _operand(frame: Frame, row: int, column: int) -> Operand:
    return Operand(row, column, frame.quantity(row, column))


def _list(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """The things themselves: the cells of the listed column, each different one once."""
    seen: dict[str, int] = {}
    for row in rows:
        text = plan.frame.cells[row][plan.listed]
        if text and text.strip():
            seen.setdefault(letters(text) if plan.listed != plan.frame.key else f"{row}", row)
    if not seen:
        return None
    if plan.listed == plan.frame.key:
        firsts = {plan.frame.things[row]: row for row in reversed(rows)}
        things = tuple(sorted(firsts.values()))
    else:
        things = tuple(seen.values())
    return Result("list", plan, things, tuple(_operand(plan.frame, r, plan.listed) for r in rows))


def _count(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    figures = any(plan.frame.columns[c].kind == "number" for c in plan.columns)
    if figures and not question.comparisons and not question.change:
        return None  # 件数は何件: the table gives the count itself
    listed = _list(plan, question, rows)
    if listed is None or (len(rows) == 1 and plan.at == (plan.frame.key,)):
        return None
    count = Decimal(len(listed.things))
    return Result("count", plan, listed.things, listed.operands, count, question.unit)


def _figures(plan: Plan, rows: Sequence[int]) -> tuple[list[Operand], tuple[int, ...], str | None] | None:
    """All figures of the asked columns, the rows without one, and their common unit; None when units differ."""
    found: list[Operand] = []
    left_out: list[int] = []
    for row in rows:
        for column in plan.columns:
            one = _operand(plan.frame, row, column)
            if one.quantity is not None:
                found.append(one)
            elif not plan.frame.says_nothing(row, column):
                left_out.append(row)
    units = {one.quantity.unit for one in found if one.quantity}
    if len(units) > 1 or not found:
        return None
    return found, tuple(dict.fromkeys(left_out)), units.pop()


def _total(figures: Sequence[Operand]) -> Decimal:
    """The exact sum, by polars over the column of figures."""
    import polars as pl

    from qa.frames import DIGITS

    series = pl.Series([one.quantity.value for one in figures if one.quantity], dtype=pl.Decimal(38, DIGITS))
    total = series.sum()
    return Decimal(str(total)).normalize() if total else Decimal(0)


def _sum(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    read = _figures(plan, rows)
    if read is None or len(read[0]) < 2:
        return None
    figures, left_out, unit = read
    total = _total(figures)
    written = f"{' + '.join(_plain(one) for one in figures)} = {number(total)}{_in(unit)}"
    return Result("sum", plan, tuple(rows), tuple(figures), total, unit, written, left_out)


def _average(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    read = _figures(plan, rows)
    if read is None or len(read[0]) < 2:
        return None
    figures, left_out, unit = read
    total = _total(figures)
    mean, sign = rounded(total / len(figures))
    written = f"({' + '.join(_plain(one) for one in figures)}) ÷ {len(figures)} {sign} {number(mean)}{_in(unit)}"
    return Result(
        "average", plan, tuple(rows), tuple(figures), mean, unit, written, left_out, "" if sign == "=" else "約"
    )


def _extreme(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """The rows with the largest or smallest figure; of changes, when the question speaks of what grew or shrank."""
    most = question.operation is Operation.MAXIMUM
    kind = "maximum" if most else "minimum"
    rates = change_columns(plan.frame, True) if question.change and question.rate else ()
    if rates:
        return _plain_extreme(replace(plan, columns=rates[:1]), question, rows, kind)
    changes = _changes(plan, question, rows) if question.change else None
    if question.change and changes is None:
        return None
    if changes is not None:
        signed = [(value * question.change, operands) for value, operands in changes]
        signed = [one for one in signed if one[0] > 0]
        if not signed:
            return None
        best = (max if most else min)(value for value, _ in signed)
        winners = [operands for value, operands in signed if value == best]
        chosen = tuple(one for operands in winners for one in operands)
        unit = chosen[0].quantity.unit if chosen[0].quantity else None
        written = _difference_written(winners[0], best * question.change) if len(winners[0]) == 2 else None
        things = tuple(operands[0].row for operands in winners)
        return Result(kind, plan, things, chosen, best * question.change, unit, written, (), "change")
    return _plain_extreme(plan, question, rows, kind)


def _plain_extreme(plan: Plan, question: Question, rows: Sequence[int], kind: str) -> Result | None:
    most = kind == "maximum"
    read = _figures(plan, rows)
    if read is None or len(read[0]) < 2:
        return None
    figures, left_out, unit = read
    ranked = sorted(figures, key=lambda one: _value(one), reverse=most)
    limit = _value(ranked[min(question.top, len(ranked)) - 1])
    chosen = tuple(one for one in ranked if (_value(one) >= limit if most else _value(one) <= limit))
    if len(chosen) > max(question.top, _MOST_TIED):
        return None
    return Result(kind, plan, tuple(one.row for one in chosen), chosen, _value(chosen[0]), unit, None, left_out)


_MOST_TIED = 5
_MOST_LISTED = 60


def _value(one: Operand) -> Decimal:
    assert one.quantity is not None
    return one.quantity.value


def change_columns(frame: Frame, rate: bool) -> tuple[int, ...]:
    """The columns in which a table itself prints the change from the year before, or its rate."""
    named = synonyms_of(_CHANGE[rate])
    return tuple(c.index for c in frame.columns if c.kind == "number" and _is_called(c, named))


def _is_called(column: FrameColumn, names: frozenset[str]) -> bool:
    own = {letters(column.core), letters(column.path[-1]) if column.path else "", letters(column.label)}
    return bool(own & names) or any(named_by(column.label, name) >= _ENGLISH for name in names)


def _pair(plan: Plan, row: int) -> tuple[Operand, Operand] | None:
    """The same figure of a row in two years, earlier first, in one unit."""
    dated = sorted((c for c in plan.columns if plan.frame.columns[c].years), key=lambda c: plan.frame.columns[c].years)
    if len(dated) < 2:
        return None
    old, new = _operand(plan.frame, row, dated[0]), _operand(plan.frame, row, dated[-1])
    if old.quantity is None or new.quantity is None or old.quantity.unit != new.quantity.unit:
        return None
    return old, new


def _change(plan: Plan, row: int) -> Decimal | None:
    """How much a row's figure changed: between its two years, or as the table prints it."""
    pair = _pair(plan, row)
    if pair:
        return _value(pair[1]) - _value(pair[0])
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
    return None


def is_change_row(frame: Frame, row: int, column: int) -> bool:
    """Whether a cell says that its row is the change from the year before (増減額)."""
    text = frame.cells[row][column]
    return bool(text) and letters(text or "") in synonyms_of(_CHANGE[0])


def _changes(plan: Plan, question: Question, rows: Sequence[int]) -> list[tuple[Decimal, tuple[Operand, ...]]] | None:
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
        pair = _pair(plan, row)
        if pair:
            found.append((_value(pair[1]) - _value(pair[0]), pair))
            continue
        columns = printed or (
            plan.columns if any(is_change_row(plan.frame, row, c.index) for c in plan.frame.columns) else ()
        )
        for column in columns:
            one = _operand(plan.frame, row, column)
            if one.quantity is not None:
                found.append((one.quantity.value, (one,)))
                break
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
    old = [one for r in rows if (one := _operand(plan.frame, r, dated[0])).quantity]
    new = [one for r in rows if (one := _operand(plan.frame, r, dated[-1])).quantity]
    if not old or not new or len({one.quantity.unit for one in (*old, *new) if one.quantity}) > 1:
        return None
    return _total(new) - _total(old), (*old, *new)


def _difference(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """Between two years of one row, two rows side by side, or as the table itself prints it."""
    if len(rows) == 1:
        pair = _pair(plan, rows[0])
        if question.rate:
            printed = _printed_change(plan, rows[0], True)
            if printed:
                return printed
            return _rate(plan, pair) if pair else None
        if pair:
            old, new = pair
            value = _value(new) - _value(old)
            unit = new.quantity.unit if new.quantity else None
            return Result(
                "difference", plan, (rows[0],), pair, value, unit, _difference_written(pair, value), (), "years"
            )
        if any(is_change_row(plan.frame, rows[0], c.index) for c in plan.frame.columns):
            one = next((o for c in plan.columns if (o := _operand(plan.frame, rows[0], c)).quantity), None)
            if one is not None and one.quantity is not None:
                return Result(
                    "difference", plan, (rows[0],), (one,), one.quantity.value, one.quantity.unit, None, (), "printed"
                )
        return _printed_change(plan, rows[0], False)
    two = plan.parts if len(plan.parts) == 2 else tuple((r,) for r in rows) if len(rows) == 2 else ()
    if len(two) == 2 and all(len(part) == 1 for part in two) and len(plan.columns) >= 1:
        a, b = (_operand(plan.frame, part[0], plan.columns[-1]) for part in two)
        return _between(plan, question, a, b)
    return None


def _between(plan: Plan, question: Question, a: Operand, b: Operand) -> Result | None:
    if a.quantity is None or b.quantity is None or a.quantity.unit != b.quantity.unit:
        return None
    years = [plan.frame.year(one.row) for one in (a, b)]
    if years[0] is not None and years[1] is not None and years[0] != years[1]:
        old, new = (a, b) if years[0] < years[1] else (b, a)
        change = _value(new) - _value(old)
        if question.rate:
            return _rate(plan, (old, new))
        return Result(
            "difference",
            plan,
            (old.row, new.row),
            (old, new),
            change,
            a.quantity.unit,
            _difference_written((old, new), change),
            (),
            "years",
        )
    first, second = (a, b) if _value(a) >= _value(b) else (b, a)
    value = _value(first) - _value(second)
    pair = (second, first)
    return Result(
        "difference",
        plan,
        (a.row, b.row),
        (first, second),
        value,
        first.quantity.unit if first.quantity else None,
        _difference_written(pair, value),
        (),
        "rows",
    )


def _difference_written(pair: Sequence[Operand], value: Decimal) -> str:
    old, new = pair
    unit = new.quantity.unit if new.quantity else None
    return f"{_plain(new)} − {_plain(old)} = {number(value)}{_in(unit)}"


def _printed_change(plan: Plan, row: int, rate: bool) -> Result | None:
    for column in change_columns(plan.frame, rate):
        one = _operand(plan.frame, row, column)
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
    if not _value(old):
        return None
    exactly = (_value(new) - _value(old)) / _value(old) * 100
    value, sign = rounded(exactly)
    written = f"({_plain(new)} − {_plain(old)}) ÷ {_plain(old)} × 100 {sign} {number(value)} (%)"
    return Result("ratio", plan, (old.row,), pair, value, "%", written, (), "rate")


def _ratio(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """Two figures, one over the other: years of a row, rows side by side, or a part of all rows."""
    pair: tuple[Operand, Operand] | None = None
    if len(rows) == 1:
        years = _pair(plan, rows[0])
        if years is None and len(plan.columns) == 2:
            a, b = (_operand(plan.frame, rows[0], c) for c in plan.columns)
            pair = (a, b)
        elif years:
            pair = (years[1], years[0])
    elif len(rows) == 2 and plan.columns:
        a, b = (_operand(plan.frame, r, plan.columns[-1]) for r in rows)
        pair = (a, b)
    if pair is None or pair[0].quantity is None or pair[1].quantity is None or not _value(pair[1]):
        return None
    if pair[0].quantity.unit != pair[1].quantity.unit and question.rate:
        return None
    exactly = _value(pair[0]) / _value(pair[1])
    if question.rate:
        value, sign = rounded(exactly * 100)
        written = f"{_plain(pair[0])} ÷ {_plain(pair[1])} × 100 {sign} {number(value)} (%)"
        return Result("ratio", plan, tuple(rows), pair, value, "%", written, (), "share")
    value, sign = rounded(exactly)
    written = f"{_plain(pair[0])} ÷ {_plain(pair[1])} {sign} {number(value)} (倍)"
    return Result("ratio", plan, tuple(rows), pair, value, "倍", written, (), "times")


def _values(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """The asked cells of one row, or of each row that the question names."""
    named = len(plan.parts) > 1 and all(len(part) == 1 for part in plan.parts)
    if not plan.columns:
        return None
    apart = [c for c in plan.columns if plan.frame.tells_apart(c) and plan.frame.columns[c].kind == "text"]
    if len(rows) > 1 and plan.at and apart and len(apart) == len(plan.columns) and len(rows) <= _MOST_LISTED:
        return _list(replace(plan, listed=apart[-1]), question, rows)
    if len(rows) > 1 and not named:
        return None
    operands = tuple(_operand(plan.frame, r, c) for r in rows for c in plan.columns)
    if not any((plan.frame.cells[one.row][one.column] or "").strip() for one in operands):
        return None
    return Result("value", plan, tuple(rows), operands)


def number(value: Decimal) -> str:
    """A figure with thousands separators and a true minus sign."""
    shown = f"{abs(value):,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return f"−{shown}" if value < 0 else shown


def rounded(value: Decimal) -> tuple[Decimal, str]:
    """To one decimal (two below 10 % of one), and the sign that says whether that is exact."""
    step = Decimal("0.1") if abs(value) >= _WHOLE else Decimal("0.001")
    near = value.quantize(step, ROUND_HALF_UP)
    return near, "=" if near == value else "≒"


def _plain(one: Operand) -> str:
    return number(_value(one))


def _in(unit: str | None) -> str:
    return f" ({unit})" if unit else ""
