"""Questions whose answer is reckoned over several cells, and the exact result."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from benchmarks.generated import wording
from benchmarks.generated.known import Figure, Known, Polarity, Reading, Ref
from benchmarks.generated.tables import Table
from benchmarks.generated.wording import Condition

_PLACES = 3
_MOST_SHARED = 5


def surroundings(table: Table, condition: Condition, *columns: int) -> frozenset[Ref]:
    """What else may be cited for rows under a condition: names, groups, the cells it is about, headers."""
    about = {(table.rows[r].cells[c].home, c) for r in condition.rows for c in condition.columns}
    names = frozenset[Ref]().union(*(wording.identity(table, r) for r in condition.rows))
    return names | about | wording.headers(table, [*condition.columns, *columns])


def _held(table: Table, rows: tuple[int, ...], column: int) -> dict[int, Decimal]:
    return {r: v for r in rows if (v := table.value(r, column)) is not None}


def _scope(table: Table, dice: random.Random) -> tuple[Condition, int]:
    """Rows under a condition (or all rows) and a column; the condition is not about the column."""
    column = dice.choice(wording.measures(table))
    condition = wording.some_condition(table, dice, figures=False) if dice.random() < 0.7 else None
    return condition or wording.any_row(table), column


def year_pair(table: Table, dice: random.Random) -> tuple[int, int, int] | None:
    """A row and two columns of the same measure, earlier year first, that both hold figures."""
    columns = [c for c in wording.measures(table) if len(wording.siblings(table, c)) > 1]
    if not columns:
        return None
    same = wording.siblings(table, dice.choice(columns))
    row = dice.choice(table.data())
    first, second = sorted(dice.sample(range(len(same)), 2))
    before, after = same[first], same[second]
    if table.value(row, before) is None or table.value(row, after) is None:
        return None
    return row, before, after


def row_pair(table: Table, dice: random.Random) -> tuple[tuple[int, int], int] | None:
    """Two rows that hold figures in the same column."""
    column = dice.choice(wording.measures(table))
    held = list(_held(table, table.data(), column))
    if len(held) < 2:
        return None
    first, second = dice.sample(held, 2)
    return (first, second), column


def _cells(rows: tuple[int, ...] | list[int], column: int) -> tuple[frozenset[Ref], ...]:
    return tuple(frozenset({(r, column)}) for r in rows)


def _printed_totals(table: Table, rows: tuple[int, ...], column: int) -> list[int]:
    """The total rows that print the sum of just these rows."""
    found = []
    for r, row in enumerate(table.rows):
        if not row.total or row.cells[column].value is None:
            continue
        parts = table.data()
        if row.cells[0].means == "小計":
            above = max((i for i in range(r) if table.rows[i].total), default=-1)
            group = table.rows[r - 1].cells[0].means
            parts = tuple(i for i in range(above + 1, r) if table.rows[i].cells[0].means == group)
        if set(parts) == set(rows):
            found.append(r)
    return found


def summing(table: Table, dice: random.Random) -> Known | None:
    """The sum of a column under a condition; a total that the table prints answers as well."""
    condition, column = _scope(table, dice)
    held = _held(table, condition.rows, column)
    if len(held) < 2 or table.columns[column].decimals:
        return None
    said = wording.column_words(table, column, dice)
    thing, what = table.theme["thing"], wording.question_word(table.columns[column])
    whole = condition.words == ""
    over = dice.choice(["", f"全{thing}の"]) if whole else f"{condition.words}{thing}の"
    text = dice.choice(
        [
            f"{over}{said}の合計は{what}ですか。",
            f"{over}{said}を合計すると{what}になりますか？",
            f"{over}{said}の合計",
            f"{over}{said}、合わせて{what}？",
        ]
    )
    figure = Figure(Fraction(sum(held.values())), table.columns[column].unit)
    may = surroundings(table, condition, column) | {(r, column) for r in condition.rows}
    readings = [Reading((figure,), None, _cells(list(held), column), may, frozenset((r, column) for r in held))]
    for total in _printed_totals(table, condition.rows, column):
        beside = may | {(total, 0)}
        readings.append(Reading((figure,), None, _cells([total], column), beside, frozenset()))
    return Known("sum", text, tuple(readings))


def adding(table: Table, dice: random.Random) -> Known | None:
    """The sum of two named rows."""
    pair = row_pair(table, dice)
    if pair is None or table.columns[pair[1]].decimals:
        return None
    rows, column = pair
    names, said = [table.name(r) for r in rows], wording.column_words(table, column, dice)
    what = wording.question_word(table.columns[column])
    text = dice.choice(
        [
            f"{names[0]}と{names[1]}の{said}を合わせると{what}ですか。",
            f"{names[0]}と{names[1]}の{said}の合計は？",
            f"{said}で、{names[0]}と{names[1]}を足すと{what}になりますか",
        ]
    )
    figure = Figure(Fraction(sum(_held(table, rows, column).values())), table.columns[column].unit)
    return Known("sum of named", text, (_over_pair(table, rows, column, figure),))


def _over_pair(
    table: Table, rows: tuple[int, int], column: int, figure: Figure, polarity: Polarity | None = None
) -> Reading:
    may = wording.identity(table, rows[0]) | wording.identity(table, rows[1]) | wording.headers(table, [column])
    return Reading((figure,), None, _cells(rows, column), may, frozenset((r, column) for r in rows), polarity)


def averaging(table: Table, dice: random.Random) -> Known | None:
    """The mean of a column; rows without a figure make it ambiguous, and such are not asked."""
    condition, column = _scope(table, dice)
    held = _held(table, condition.rows, column)
    if len(held) < 2 or len(held) < len(condition.rows):
        return None
    said, thing = wording.column_words(table, column, dice), table.theme["thing"]
    what = wording.question_word(table.columns[column])
    over = f"{condition.words}{thing}の" if condition.words else dice.choice(["", f"全{thing}の"])
    text = dice.choice([f"{over}{said}の平均は{what}ですか。", f"{over}{said}の平均を教えて", f"{over}{said} 平均"])
    figure = Figure(Fraction(sum(held.values())) / len(held), table.columns[column].unit, rounded=True)
    may = surroundings(table, condition, column)
    reading = Reading((figure,), None, _cells(list(held), column), may, frozenset((r, column) for r in held))
    return Known("average", text, (reading,))


def _ranking(table: Table, dice: random.Random, least: bool, count: int) -> tuple[Condition, int, list[int]] | None:
    """A condition, a column and its first rows by size.

    The rows that share the first place are all given; None where rows share the last of several places.
    """
    condition, column = _scope(table, dice)
    held = _held(table, condition.rows, column)
    if len(held) <= count:
        return None
    order = sorted(held, key=lambda r: held[r], reverse=not least)
    if count == 1:
        shared = [r for r in order if held[r] == held[order[0]]]
        return (condition, column, shared) if len(shared) <= _MOST_SHARED and len(shared) < len(order) else None
    values = [held[r] for r in order[: count + 1]]
    return (condition, column, order[:count]) if len(set(values)) == len(values) else None


def _ranked(table: Table, condition: Condition, column: int, rows: list[int], kind: str, text: str) -> Known:
    """What is known of a ranking; the figure must be said where the question asks for it."""
    if kind != "top three" and len(rows) > 1:
        kind = f"{kind}, shared"
    figures = (
        (Figure(Fraction(table.value(rows[0], column) or 0), table.columns[column].unit),) if "どれで、" in text else ()
    )
    may = surroundings(table, condition, column) | {(r, column) for r in condition.rows}
    names = frozenset(table.name(r) for r in rows)
    return Known(kind, text, (Reading(figures, names, _cells(rows, column), may),))


def largest(table: Table, dice: random.Random) -> Known | None:
    """The row with the largest figure."""
    found = _ranking(table, dice, least=False, count=1)
    if found is None:
        return None
    condition, column, rows = found
    said, thing = wording.column_words(table, column, dice), table.theme["thing"]
    what = wording.question_word(table.columns[column])
    size = "高い" if table.columns[column].decimals else "多い"
    text = dice.choice(
        [
            f"{condition.words}{thing}で{said}が最も{size}のはどれですか。",
            f"{said}が一番{size}{condition.words}{thing}は？",
            f"{condition.words}{thing}のうち、{said}が最大のものはどれで、{what}ですか。",
        ]
    )
    return _ranked(table, condition, column, rows, "maximum", text)


def smallest(table: Table, dice: random.Random) -> Known | None:
    """The row with the smallest figure."""
    found = _ranking(table, dice, least=True, count=1)
    if found is None:
        return None
    condition, column, rows = found
    said, thing = wording.column_words(table, column, dice), table.theme["thing"]
    size = "低い" if table.columns[column].decimals else "少ない"
    text = dice.choice(
        [
            f"{condition.words}{thing}で{said}が最も{size}のはどれですか。",
            f"{said}が一番{size}{condition.words}{thing}は？",
            f"{condition.words}{thing}のうち、{said}が最小のものはどれですか。",
        ]
    )
    return _ranked(table, condition, column, rows, "minimum", text)


def top(table: Table, dice: random.Random) -> Known | None:
    """The first three rows by size."""
    found = _ranking(table, dice, least=False, count=_PLACES)
    if found is None:
        return None
    condition, column, rows = found
    said, thing = wording.column_words(table, column, dice), table.theme["thing"]
    size = "高い" if table.columns[column].decimals else "多い"
    text = dice.choice(
        [
            f"{condition.words}{thing}を{said}が{size}順に{_PLACES}つ挙げてください。",
            f"{condition.words}{thing}で{said}の上位{_PLACES}つは？",
            f"{said}が{size}{condition.words}{thing}トップ{_PLACES}",
        ]
    )
    return _ranked(table, condition, column, rows, "top three", text)


def _direction(change: Fraction) -> Polarity:
    return "up" if change > 0 else "down" if change < 0 else "same"


def year_difference(table: Table, dice: random.Random) -> Known | None:
    """How a row's figure changed; a column that prints the change answers as well."""
    pair = year_pair(table, dice)
    if pair is None:
        return None
    row, before, after = pair
    change = Fraction(table.value(row, after) or 0) - Fraction(table.value(row, before) or 0)
    years = [wording.year_words(table.columns[c].year or 0, dice) for c in (before, after)]
    name, noun = wording.row_words(table, row, dice), wording.noun_words(table, before, dice)
    # 何%増えたか of a percentage could mean points or a rate.
    what = "何ポイント" if table.columns[before].decimals else wording.question_word(table.columns[before])
    verb = dice.choice(["増えました", "減りました"]) if change == 0 else "増えました" if change > 0 else "減りました"
    text = dice.choice(
        [
            f"{name}の{noun}は{years[0]}から{years[1]}で{what}{verb}か。",
            f"{name}の{noun}は{years[0]}と{years[1]}でどれだけ変わりましたか。",
            f"{name}の{noun}、{years[0]}から{years[1]}への増減は？",
            f"{years[1]}の{name}の{noun}は{years[0]}と比べてどれだけ増減した？",
        ]
    )
    figure = Figure(abs(change), table.columns[before].unit)
    may = wording.identity(table, row) | wording.headers(table, [before, after])
    operands = frozenset({(row, before), (row, after)})
    figures = (figure,) if change else ()
    readings = [Reading(figures, None, _cells([row], before) + _cells([row], after), may, operands, _direction(change))]
    derived = next((i for i, c in enumerate(table.columns) if c.derived), None)
    if derived is not None and (before, after) == wording.siblings(table, before)[-2:] and before == _base(table):
        beside = may | operands | wording.headers(table, [derived])
        readings.append(Reading(figures, None, _cells([row], derived), beside, operands, _direction(change)))
    return Known("difference of years", text, tuple(readings))


def _base(table: Table) -> int:
    """The earlier of the two columns that a column of changes is reckoned from."""
    return wording.siblings(table, wording.measures(table)[0])[-2]


def row_difference(table: Table, dice: random.Random) -> Known | None:
    """The difference of two rows, whichever is larger."""
    pair = row_pair(table, dice)
    if pair is None:
        return None
    rows, column = pair
    held = _held(table, rows, column)
    names, said = [table.name(r) for r in rows], wording.column_words(table, column, dice)
    what = wording.question_word(table.columns[column])
    text = dice.choice(
        [
            f"{names[0]}と{names[1]}の{said}の差は{what}ですか。",
            f"{names[0]}と{names[1]}では{said}にどれだけ差がありますか",
            f"{said}について、{names[0]}と{names[1]}の差額は？"
            if what == "いくら"
            else f"{said}について、{names[0]}と{names[1]}の差は？",
        ]
    )
    figure = Figure(abs(Fraction(held[rows[0]]) - Fraction(held[rows[1]])), table.columns[column].unit)
    return Known("difference of rows", text, (_over_pair(table, rows, column, figure),))


def rate(table: Table, dice: random.Random) -> Known | None:
    """By how many per cent a row's figure changed."""
    pair = year_pair(table, dice)
    if pair is None:
        return None
    row, before, after = pair
    first, second = (Fraction(table.value(row, c) or 0) for c in (before, after))
    if first <= 0 or first == second or table.columns[before].decimals:
        return None
    years = [wording.year_words(table.columns[c].year or 0, dice) for c in (before, after)]
    name, noun = wording.row_words(table, row, dice), wording.noun_words(table, before, dice)
    verb = "増えました" if second > first else "減りました"
    text = dice.choice(
        [
            f"{name}の{noun}は{years[0]}から{years[1]}で何%{verb}か。",
            f"{name}の{noun}の{years[0]}から{years[1]}への増減率は何%ですか。",
            f"{years[1]}の{name}の{noun}は{years[0]}に比べて何パーセント{verb}か？",
        ]
    )
    change = (second - first) / first * 100
    may = wording.identity(table, row) | wording.headers(table, [before, after])
    must = _cells([row], before) + _cells([row], after)
    operands = frozenset({(row, before), (row, after)})
    reading = Reading((Figure(abs(change), "%", rounded=True),), None, must, may, operands, _direction(change))
    return Known("rate of change", text, (reading,))


def share(table: Table, dice: random.Random) -> Known | None:
    """What part of the sum under a condition one of its rows is; a printed total may stand for the sum."""
    condition, column = _scope(table, dice)
    held = _held(table, condition.rows, column)
    whole = Fraction(sum(held.values()))
    if len(held) < 2 or table.columns[column].decimals or whole <= 0:
        return None
    row = dice.choice(list(held))
    said, thing = wording.column_words(table, column, dice), table.theme["thing"]
    over = f"{condition.words}{thing}" if condition.words else f"全{thing}"
    name = table.name(row)
    text = dice.choice(
        [
            f"{over}の{said}の合計に占める{name}の割合は何%ですか。",
            f"{name}の{said}は、{over}の{said}の合計の何%を占めますか。",
            f"{name}は{over}の{said}の何パーセント？",
        ]
    )
    figure = Figure(Fraction(held[row]) / whole * 100, "%", rounded=True)
    may = surroundings(table, condition, column)
    cells = frozenset((r, column) for r in held)
    readings = [
        Reading((figure,), None, _cells(list(held), column), may | {(r, column) for r in condition.rows}, cells)
    ]
    for total in _printed_totals(table, condition.rows, column):
        must = _cells([row, total], column)
        readings.append(
            Reading((figure,), None, must, may | cells | {(total, 0)}, frozenset({(row, column), (total, column)}))
        )
    return Known("share", text, tuple(readings))


def ratio(table: Table, dice: random.Random) -> Known | None:
    """How many times one figure is another."""
    pair = row_pair(table, dice)
    if pair is None:
        return None
    rows, column = pair
    first, second = (Fraction(_held(table, rows, column)[r]) for r in rows)
    if second <= 0 or first <= 0 or table.columns[column].decimals:
        return None
    names, said = [table.name(r) for r in rows], wording.column_words(table, column, dice)
    text = dice.choice(
        [f"{names[0]}の{said}は{names[1]}の何倍ですか。", f"{said}は、{names[0]}が{names[1]}の何倍になりますか？"]
    )
    return Known("ratio", text, (_over_pair(table, rows, column, Figure(first / second, "倍", rounded=True)),))


KINDS: dict[str, Callable[[Table, random.Random], Known | None]] = {
    "sum": summing,
    "sum again": summing,
    "sum of named": adding,
    "average": averaging,
    "maximum": largest,
    "minimum": smallest,
    "top three": top,
    "difference of years": year_difference,
    "difference of rows": row_difference,
    "rate of change": rate,
    "share": share,
    "ratio": ratio,
}
