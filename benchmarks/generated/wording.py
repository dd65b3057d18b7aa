"""How people ask: years, columns, rows and conditions in words, and what evidence stands behind them."""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from benchmarks.generated.known import ABOVE, HEADER, Ref
from benchmarks.generated.tables import WORDS, Column, Table, era_year

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_LONGEST_LIST = 12
_COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "以上": operator.ge,
    "以下": operator.le,
    "未満": operator.lt,
    "を超える": operator.gt,
    "より多い": operator.gt,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on rows: `words` before the thing asked for (福祉部の), the rows that fulfil it and, of each, its evidence.

    `column` is the column it is about, `thresholds` the figures it names, `whole` whether it lets every row pass.
    """

    words: str
    rows: tuple[int, ...]
    evidence: dict[int, frozenset[Ref]]
    columns: tuple[int, ...]
    thresholds: tuple[Fraction, ...] = ()


def year_words(year: int, dice: random.Random) -> str:
    """A fiscal year in one of its spellings."""
    return dice.choice(
        [
            era_year(year, "long"),
            era_year(year, "short"),
            era_year(year, "west"),
            era_year(year, "long").translate(_WIDE),
            f"{era_year(year, 'short')}年度",
        ]
    )


def siblings(table: Table, column: int) -> tuple[int, ...]:
    """The columns of the same measure, a column itself included, by year."""
    noun = table.columns[column].noun
    same = [i for i, c in enumerate(table.columns) if c.noun == noun]
    return tuple(sorted(same, key=lambda i: table.columns[i].year or 0))


def measures(table: Table) -> tuple[int, ...]:
    """The columns of figures that are not themselves differences of others."""
    return tuple(i for i in table.of_role("figure") if not table.columns[i].derived)


def noun_words(table: Table, column: int, dice: random.Random) -> str:
    """A measure as people say it; a short form only where it can mean one measure of the table."""
    noun = table.columns[column].noun
    short = WORDS["measure"][noun].get("short")
    others = {c.noun for c in table.columns if c.noun != noun}
    if short and dice.random() < 0.25 and not any(short in other for other in others):
        return str(short)
    return noun


def column_words(table: Table, column: int, dice: random.Random) -> str:
    """A column with its year, which is left out now and then where only one year is there."""
    noun = noun_words(table, column, dice)
    year = table.columns[column].year or table.year
    if year is None or (len(siblings(table, column)) == 1 and dice.random() < 0.4):
        return noun
    said = year_words(year, dice)
    return dice.choice([f"{said}の{noun}", f"{said}{noun}", f"{said} {noun}"])


def row_words(table: Table, row: int, dice: random.Random) -> str:
    """A row's name; at times with its group, with wide digits, or without a last word that others do not need."""
    name = table.name(row)
    chance = dice.random()
    if chance < 0.12 and name.endswith(table.theme["thing"]):
        short = name.removesuffix(table.theme["thing"])
        if sum(short in table.name(other) for other in table.data()) == 1:
            return short
    if chance < 0.2:
        return name.translate(_WIDE)
    groups = table.of_role("group")
    if chance < 0.3 and groups:
        return f"{table.rows[row].cells[dice.choice(groups)].means}の{name}"
    return name


def question_word(column: Column) -> str:
    """いくら for money, else the counter asked for."""
    if column.unit in ("千円", "円"):
        return "いくら"
    return f"何{column.unit}" if column.unit else "いくつ"


def identity(table: Table, row: int) -> frozenset[Ref]:
    """Where it is printed what a row is: its name, its groups."""
    columns = (*table.of_role("group"), table.key)
    return frozenset((table.rows[row].cells[i].home, i) for i in columns)


def headers(table: Table, columns: Sequence[int]) -> frozenset[Ref]:
    """The headers of columns, and what stands above the table."""
    wider = {
        first
        for i in columns
        for first in range(len(table.columns))
        if table.columns[first].over and table.columns[first].over == table.columns[i].over
    }
    return frozenset(
        {(HEADER, i) for i in {*columns, *wider, table.key, *table.of_role("group")}} | {(ABOVE, 0), (ABOVE, 1)}
    )


def any_row(table: Table) -> Condition:
    """No condition."""
    return Condition("", table.data(), {r: frozenset({(r, table.key)}) for r in table.data()}, ())


def group_condition(table: Table, dice: random.Random) -> Condition | None:
    """Rows of one group."""
    columns = table.of_role("group")
    if not columns:
        return None
    column = dice.choice(columns)
    group = dice.choice([table.rows[r].cells[column].means for r in table.data()])
    label = table.columns[column].noun
    words = [f"{group}の", f"{group}の", f"{label}が{group}の"]
    if table.office:
        words += [f"{group}が担当する", f"{group}が所管する"]
    return _of(table, dice.choice(words), column, lambda r: table.rows[r].cells[column].means == group)


def status_condition(table: Table, dice: random.Random) -> Condition | None:
    """Rows of one status."""
    if not table.of_role("status"):
        return None
    column = table.of_role("status")[0]
    word = dice.choice([table.rows[r].cells[column].means for r in table.data()])
    label = table.columns[column].noun
    # A single letter (評価 A) says nothing without the column's name.
    words = [f"{label}が{word}の"] if len(word) == 1 else [f"{word}の", f"{label}が{word}の"]
    return _of(table, dice.choice(words), column, lambda r: table.rows[r].cells[column].means == word)


def figure_condition(table: Table, dice: random.Random) -> Condition | None:
    """Rows whose figure is above or below a threshold, which is now and then one of the figures."""
    column = dice.choice(measures(table))
    held = sorted(v for r in table.data() if (v := table.value(r, column)) is not None)
    if len(held) < 3:
        return None
    at = dice.choice(held)
    limit = at if dice.random() < 0.4 else _round(at, table.columns[column].decimals)
    words, holds = dice.choice(list(_COMPARISONS.items()))
    figure = f"{limit:,}" if dice.random() < 0.7 else f"{limit}"
    said = f"{column_words(table, column, dice)}が{figure}{table.columns[column].unit}{words}"
    said += "の" if words in ("以上", "以下", "未満") else ""

    def fulfils(row: int) -> bool:
        value = table.value(row, column)
        return value is not None and holds(value, limit)

    return _of(table, said, column, fulfils, (Fraction(limit),))


def _round(value: Decimal, decimals: int) -> Decimal:
    """A rounder figure near a value: one or two leading digits kept."""
    if decimals or value < 10:
        return Decimal(int(value))
    return Decimal(int(value) // 10 ** (len(str(int(value))) - 1) * 10 ** (len(str(int(value))) - 1))


def _of(
    table: Table, words: str, column: int, fulfils: Callable[[int], bool], thresholds: tuple[Fraction, ...] = ()
) -> Condition | None:
    rows = tuple(r for r in table.data() if fulfils(r))
    if not rows:
        return None
    place = {r: (table.rows[r].cells[column].home, column) for r in rows}
    figure = table.columns[column].role == "figure"
    evidence = {r: frozenset({place[r]} if figure else {place[r], (r, table.key)}) for r in rows}
    if table.columns[column].role == "group":
        # A merged group is printed elsewhere; the row itself must be cited.
        evidence = {r: frozenset({(r, table.key)}) for r in rows}
    return Condition(words, rows, evidence, (column,), thresholds)


def some_condition(table: Table, dice: random.Random, *, figures: bool = True) -> Condition | None:
    """A condition, at times of two parts."""
    kinds = [group_condition, status_condition, *([figure_condition] if figures else [])]
    first = dice.choice(kinds)(table, dice)
    if first is None or dice.random() < 0.75:
        return first
    second = dice.choice(kinds)(table, dice)
    if second is None or set(first.columns) & set(second.columns) or first.thresholds:
        return first
    rows = tuple(r for r in first.rows if r in second.rows)
    if not rows or (
        table.columns[first.columns[0]].role == "group" and table.columns[second.columns[0]].role == "group"
    ):
        return first
    evidence = {r: second.evidence[r] | (first.evidence[r] if not second.thresholds else frozenset()) for r in rows}
    return Condition(
        f"{first.words}{table.theme['thing']}のうち{second.words}" if second.thresholds or dice.random() < 0.3 else f"{first.words}{second.words}",
        rows, evidence, (*first.columns, *second.columns), second.thresholds,
    )  # fmt: skip


def short_enough(condition: Condition) -> bool:
    """Whether what fulfils a condition can be listed in a sentence."""
    return len(condition.rows) <= _LONGEST_LIST
