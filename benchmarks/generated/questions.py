"""Questions on single cells, pairs of cells and lists, with what is known to be right; `reckoning.py` has the rest."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from benchmarks.generated import reckoning, wording
from benchmarks.generated.known import Figure, Known, Reading, Ref
from benchmarks.generated.tables import WORDS, Table

_ATTEMPTS = 12
Asker = Callable[[Table, random.Random], Known | None]


def questions(table: Table, seed: int, count: int) -> tuple[Known, ...]:
    """At most `count` different questions, every kind in turn as far as the table has it."""
    dice = random.Random(seed)  # noqa: S311 - test data
    order = dice.sample(list(KINDS), len(KINDS))
    found: dict[str, Known] = {}
    for turn in range(count * _ATTEMPTS):
        if len(found) == count:
            break
        asked = KINDS[order[turn % len(order)]](table, dice)
        if asked is not None:
            found.setdefault(asked.text, asked)
    return tuple(found.values())


def look_up(table: Table, dice: random.Random) -> Known | None:
    """One cell; one that holds no figure may be reported as such or refused."""
    row, column = dice.choice(table.data()), dice.choice(wording.measures(table))
    name, said = wording.row_words(table, row, dice), wording.column_words(table, column, dice)
    what = wording.question_word(table.columns[column])
    text = dice.choice(
        [
            f"{name}の{said}は{what}ですか。",
            f"{name}の{said}を教えてください。",
            f"{name} {said}",
            f"{said}、{name}は{what}?",
            f"{name}の{said}って{what}だっけ？",
            f"{name}　{said}　{what}",
        ]
    )
    value = table.value(row, column)
    cell = frozenset({(row, column)})
    may = wording.identity(table, row) | wording.headers(table, [column])
    if value is None:
        return Known("look-up of nothing", text, (Reading((), None, (), may | cell),), refusable=True)
    figure = Figure(Fraction(value), table.columns[column].unit)
    return Known("look-up", text, (Reading((figure,), None, (cell,), may),))


def two_years(table: Table, dice: random.Random) -> Known | None:
    """One row in two years."""
    pair = reckoning.year_pair(table, dice)
    if pair is None:
        return None
    row, before, after = pair
    held = [table.value(row, c) for c in (before, after)]
    years = [wording.year_words(table.columns[c].year or 0, dice) for c in (before, after)]
    name, noun = wording.row_words(table, row, dice), wording.noun_words(table, before, dice)
    what = wording.question_word(table.columns[before])
    text = dice.choice(
        [
            f"{name}の{noun}は{years[0]}と{years[1]}でそれぞれ{what}ですか。",
            f"{name}の{years[0]}と{years[1]}の{noun}を教えてください。",
            f"{name} {noun} {years[0]} {years[1]}",
        ]
    )
    figures = tuple(Figure(Fraction(v), table.columns[before].unit) for v in held if v is not None)
    must = tuple(frozenset({(row, c)}) for c in (before, after))
    may = wording.identity(table, row) | wording.headers(table, [before, after])
    return Known("two years", text, (Reading(figures, None, must, may),))


def listing(table: Table, dice: random.Random) -> Known | None:
    """The rows that fulfil a condition."""
    condition = wording.some_condition(table, dice)
    if condition is None or not wording.short_enough(condition):
        return None
    thing = table.theme["thing"]
    text = dice.choice(
        [
            f"{condition.words}{thing}をすべて挙げてください。",
            f"{condition.words}{thing}はどれですか。",
            f"{condition.words}{thing}を全部教えて",
            f"{condition.words}{thing}の一覧をください",
            f"{condition.words}{thing}には何がありますか？",
        ]
    )
    names = frozenset(table.name(r) for r in condition.rows)
    reading = Reading((), names, tuple(condition.evidence.values()), reckoning.surroundings(table, condition))
    return Known("list", text, (reading,), thresholds=condition.thresholds)


def counting(table: Table, dice: random.Random) -> Known | None:
    """How many rows fulfil a condition."""
    condition = wording.some_condition(table, dice) if dice.random() < 0.9 else wording.any_row(table)
    if condition is None:
        return None
    thing, counter = table.theme["thing"], dice.choice(table.theme["counters"])
    text = dice.choice(
        [
            f"{condition.words}{thing}は{counter}ありますか。",
            f"{condition.words}{thing}は全部で{counter}ですか",
            f"{condition.words}{thing}の数は？",
            f"{condition.words}{thing}って{counter}ある？",
        ]
    )
    figure = Figure(Fraction(len(condition.rows)), None)
    must = tuple(condition.evidence.values())
    reading = Reading((figure,), None, must, reckoning.surroundings(table, condition))
    return Known("count", text, (reading,), thresholds=condition.thresholds)


def yes_no_figure(table: Table, dice: random.Random) -> Known | None:
    """Whether a cell holds a figure: its own, another year's, or none of the row's."""
    row, column = dice.choice(table.data()), dice.choice(wording.measures(table))
    value = table.value(row, column)
    if value is None:
        return None
    others = [table.value(row, c) for c in wording.siblings(table, column)]
    claims = [v for v in others if v is not None and v != value] or [value + max(Decimal(1), abs(value) // 10)]
    claimed = value if dice.random() < 0.5 else dice.choice(claims)
    name, said, unit = (
        wording.row_words(table, row, dice),
        wording.column_words(table, column, dice),
        table.columns[column].unit,
    )
    text = dice.choice(
        [
            f"{name}の{said}は{claimed:,}{unit}ですか。",
            f"{name}の{said}は{claimed:,}{unit}ですよね？",
            f"{name}の{said}って{claimed}{unit}で合ってる？",
        ]
    )
    right = claimed == value
    figures = () if right else (Figure(Fraction(value), unit),)
    beside = wording.siblings(table, column)  # where a false figure stands is worth showing
    may = wording.identity(table, row) | wording.headers(table, beside) | {(row, c) for c in beside}
    reading = Reading(
        figures, None, (frozenset({(row, column)}),), may, polarity="yes" if right else "no", printed=f"{value:,}{unit}"
    )
    return Known("yes or no, figure", text, (reading,), thresholds=(Fraction(claimed),))


def yes_no_status(table: Table, dice: random.Random) -> Known | None:
    """Whether a row has a status."""
    if not table.of_role("status"):
        return None
    row, column = dice.choice(table.data()), table.of_role("status")[0]
    words = WORDS["status"][table.layout.status or 0]["words"]
    claimed, status = dice.choice(words), table.rows[row].cells[column].means
    name, label = wording.row_words(table, row, dice), table.columns[column].noun
    text = dice.choice([f"{name}の{label}は{claimed}ですか。", f"{name}は{label}が{claimed}ですか？"])
    may = wording.identity(table, row) | wording.headers(table, [column])
    reading = Reading(
        (), None, (frozenset({(row, column)}),), may, polarity="yes" if claimed == status else "no", printed=status
    )
    return Known("yes or no, word", text, (reading,))


def yes_no_more(table: Table, dice: random.Random) -> Known | None:
    """Whether one row's figure is above another's."""
    pair = reckoning.row_pair(table, dice)
    if pair is None:
        return None
    rows, column = pair
    first, second = (table.value(r, column) for r in rows)
    if first is None or second is None or first == second:
        return None
    said = wording.column_words(table, column, dice)
    names = [table.name(r) for r in rows]
    text = dice.choice(
        [f"{names[0]}の{said}は{names[1]}より多いですか。", f"{said}は{names[0]}のほうが{names[1]}より大きいですか？"]
    )
    must = tuple(frozenset({(r, column)}) for r in rows)
    may = frozenset[Ref]().union(*(wording.identity(table, r) for r in rows)) | wording.headers(table, [column])
    reading = Reading((), None, must, may, frozenset((r, column) for r in rows), "yes" if first > second else "no")
    return Known("yes or no, more", text, (reading,))


def yes_no_same(table: Table, dice: random.Random) -> Known | None:
    """Whether a row's figure is the same in two years."""
    pair = reckoning.year_pair(table, dice)
    if pair is None:
        return None
    row, before, after = pair
    years = [wording.year_words(table.columns[c].year or 0, dice) for c in (before, after)]
    name, noun = wording.row_words(table, row, dice), wording.noun_words(table, before, dice)
    text = dice.choice(
        [
            f"{name}の{noun}は{years[0]}と{years[1]}で同じですか。",
            f"{name}の{noun}って{years[0]}と{years[1]}で変わらない？",
        ]
    )
    must = tuple(frozenset({(row, c)}) for c in (before, after))
    may = wording.identity(table, row) | wording.headers(table, [before, after])
    same = table.value(row, before) == table.value(row, after)
    reading = Reading((), None, must, may, frozenset({(row, before), (row, after)}), "yes" if same else "no")
    both = tuple(Figure(Fraction(table.value(row, c) or 0), table.columns[c].unit) for c in (before, after))
    return Known("yes or no, same", text, (reading, Reading(both, None, must, may)))


def _absent(kind: str, choices: Sequence[str], dice: random.Random) -> Known:
    return Known(f"unanswerable {kind}", dice.choice(choices), ())


def absent_name(table: Table, dice: random.Random) -> Known | None:
    """A name that no row has, made like the others but for one word."""
    word = dice.choice(WORDS["absent"]["names"])
    name = f"{word}{dice.choice(table.theme['third'])}"
    said = wording.column_words(table, dice.choice(wording.measures(table)), dice)
    other = table.name(dice.choice(table.data()))
    return _absent(
        "name",
        [
            f"{name}の{said}はいくらですか。",
            f"{name} {said}",
            f"{name}と{other}の{said}の差は？",
            f"{name}の{said}を教えて",
        ],
        dice,
    )


def absent_year(table: Table, dice: random.Random) -> Known | None:
    """A year that no column speaks of."""
    column = dice.choice(wording.measures(table))
    held = {c.year for c in table.columns if c.year} | {table.year}
    if held == {None}:
        return None
    year = dice.choice([y for y in range(2014, 2027) if y not in held])
    said, noun = wording.year_words(year, dice), wording.noun_words(table, column, dice)
    name, thing = table.name(dice.choice(table.data())), table.theme["thing"]
    return _absent(
        "year",
        [
            f"{name}の{said}の{noun}はいくらですか。",
            f"{name} {said} {noun}",
            f"{said}の{noun}が最も多い{thing}はどれですか。",
            f"{said}の{noun}の合計は？",
        ],
        dice,
    )


def absent_measure(table: Table, dice: random.Random) -> Known | None:
    """A measure that no column has: of another table of this kind, or of none."""
    nouns = {c.noun for c in table.columns}
    others = [m for m in table.theme["measures"] if m not in nouns] + WORDS["absent"]["measures"]
    noun = dice.choice(others)
    years = [c.year or table.year for c in table.columns if c.year or table.year]
    said = f"{wording.year_words(dice.choice(years) or 0, dice)}の" if years and dice.random() < 0.6 else ""
    name, thing = table.name(dice.choice(table.data())), table.theme["thing"]
    return _absent(
        "measure",
        [
            f"{name}の{said}{noun}はいくらですか。",
            f"{name} {said}{noun}",
            f"{said}{noun}の合計はいくらですか。",
            f"{said}{noun}が一番多い{thing}は？",
        ],
        dice,
    )


def absent_group(table: Table, dice: random.Random) -> Known | None:
    """A group that no row belongs to."""
    group = dice.choice(WORDS["absent"]["groups"])
    said, thing = wording.column_words(table, dice.choice(wording.measures(table)), dice), table.theme["thing"]
    counter = dice.choice(table.theme["counters"])
    return _absent(
        "group",
        [
            f"{group}の{thing}をすべて挙げてください。",
            f"{group}の{thing}は{counter}ありますか。",
            f"{group}の{said}の合計はいくらですか。",
        ],
        dice,
    )


KINDS: dict[str, Asker] = {
    "look-up": look_up,
    "look-up again": look_up,
    "two years": two_years,
    "list": listing,
    "list again": listing,
    "count": counting,
    "count again": counting,
    "yes or no, figure": yes_no_figure,
    "yes or no, word": yes_no_status,
    "yes or no, more": yes_no_more,
    "yes or no, same": yes_no_same,
    "absent name": absent_name,
    "absent year": absent_year,
    "absent measure": absent_measure,
    "absent group": absent_group,
    **reckoning.KINDS,
}
