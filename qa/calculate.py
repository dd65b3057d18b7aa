"""A plan → what comes of it: the figures read, the operation carried out on them, and how it is written down.

Figures come from the frame's recovered cells, exactly (polars decimals); a total never enters a sum, units must agree,
"-" and blank are not zero. Whatever could not be read is named, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.folding import searchable
from corpus.values import COUNTERS, Quantity, find_periods, find_quantities
from qa.changes import change, difference, ratio
from qa.compared_columns import compared_columns
from qa.extremes import extreme, extreme_year, ranked
from qa.frames import Frame
from qa.furthest import FURTHEST, furthest
from qa.group_rows import subtotal_of
from qa.labels import year_of
from qa.lookup import letters
from qa.money import SCALES
from qa.plan import Plan
from qa.prose_kinds import same_units
from qa.ranks import place_of
from qa.results import Operand, Result, in_unit, number, operand, plain, read_figures, rounded, total
from qa.since import since
from qa.summed import SummedFrame
from qa.synonyms import synonyms_of
from qa.targets import bounded_column
from qa.types import Comparison, Operation, Question
from qa.understand import BESIDE_ONE_ANOTHER, EXTREMES, NUMERIC

_MEASURED_IN = re.compile(rf"(?P<unit>{COUNTERS})数(?![一-龥])")
_MENTIONS = 20  # letters
_PARTS_OF_ONE = re.compile(r"構成比|割合|シェア|内訳|占有率")
_CLAUSE = re.compile(r"[、。はで]|うち")
_MEASURES_ASKED = re.compile(r"指標|項目|目標|数値")
_IN_UNIT = re.compile(r"(?:数|率|額|量|費|高|度|者|件|人口|面積)(?:\([^()]{1,6}\)){1,2}$")
_MOSTLY = 0.6  # of the rows
_WITH_ITS_TOTAL = 2  # one row, and what it comes to
# 繰越額がある款: those whose figure is not nought.
_HAVING_MEASURE = re.compile(r"(?:額|高|残)が(?:ある|あった|発生した)(?!か)")
_HAVING = re.compile(r"[一-龥]が(?:ある|あった|あり(?=、)|出て|出た|生じ|発生し|計上され)(?!か)")


def calculate(plan: Plan, question: Question, after: frozenset[int] = frozenset()) -> Result | None:
    """Carry out what the question asks on a plan's rows and columns; None when the plan does not hold it.

    `after` are the rows of the thing next to which another is asked for (Xの次に大きい).
    """
    rows = _kept(plan, question)
    if rows is None or not rows:
        return None
    bounded = [c for c in bounded_columns(plan, question) if c is not None]
    plan = replace(
        plan, at=tuple(dict.fromkeys((*plan.at, *bounded)))
    )  # what meets a bound is cited like any condition
    if question.blank is not None:
        at = dict.fromkeys((*plan.at, *_blank_columns(plan, question)))
        plan = replace(plan, listed=plan.frame.key, at=tuple(at))
    plan = replace(plan, features=plan.features | {"narrowed": float(len(rows) < len(plan.frame))})
    rows = tuple(since(plan.frame, question, _counted_alike(plan, question, rows), plan.rows))
    if question.operation in EXTREMES and FURTHEST.search(question.folded):
        return furthest(plan, rows)
    if question.by_year:
        return extreme_year(plan, question, rows)
    if question.rank == 0:
        return place_of(plan, question, rows)
    if question.rank > 1 or question.after is not None:
        return ranked(plan, question, rows, after)
    act = {
        Operation.LIST: _list, Operation.COUNT: _count, Operation.SUM: _sum, Operation.AVERAGE: _average,
        Operation.MAXIMUM: extreme, Operation.MINIMUM: extreme, Operation.DIFFERENCE: difference,
        Operation.RATIO: ratio,
    }.get(question.operation, _values)  # fmt: skip
    return act(plan, question, rows)


def bounded_columns(plan: Plan, question: Question) -> list[int | None]:
    """For each bound that the question sets the column it is put on; None where it is put on none."""
    named = () if plan.guessed else plan.columns
    return [bounded_column(plan.frame, bound, question, named) for bound in question.comparisons]


def _kept(plan: Plan, question: Question) -> tuple[int, ...] | None:
    """The plan's rows that satisfy the question's bounds; None when no column can be compared with them."""
    rows = plan.rows
    for bound, column in zip(question.comparisons, bounded_columns(plan, question), strict=True):
        if column is None:
            return None
        rows = tuple(r for r in rows if satisfies(plan.frame, r, column, bound))
    beside = compared_columns(plan.frame, question)
    if beside is not None:
        one, other, more = beside
        pairs = [(r, plan.frame.quantity(r, one), plan.frame.quantity(r, other)) for r in rows]
        rows = tuple(r for r, a, b in pairs if a and b and (a.value > b.value if more else a.value < b.value))
    elif question.operation in (Operation.LIST, Operation.COUNT) and BESIDE_ONE_ANOTHER.search(question.folded):
        return None
    if question.blank is not None:
        columns = _blank_columns(plan, question)
        if not columns or question.operation not in (Operation.LIST, Operation.COUNT):
            return None  # nothing where? no word says it
        told = {plan.frame.things[r] for r in rows if not all(plan.frame.says_nothing(r, c) for c in columns)}
        rows = tuple(r for r in rows if plan.frame.things[r] not in told)
    if question.change and beside is None and question.operation in (Operation.COUNT, Operation.LIST):
        changed = [(r, change(plan, r)) for r in rows]
        if all(one is None for _, one in changed):
            return None
        rows = tuple(r for r, one in changed if one is not None and (one > 0) == (question.change > 0) and one != 0)
    if question.operation in (Operation.COUNT, Operation.LIST) and _HAVING.search(question.folded):
        at = plan.frame.columns
        figures = [c for c in plan.columns if at[c].kind == "number" and at[c].role == "data"]
        if len(figures) == 1 and not plan.guessed and not question.comparisons:
            rows = tuple(r for r in rows if (q := plan.frame.quantity(r, figures[0])) is not None and q.value)
        elif _HAVING_MEASURE.search(question.folded) and not question.comparisons:
            return None  # 翌年度繰越額があるもの: which figure that is was not found
    return rows


def _counted_alike(plan: Plan, question: Question, rows: tuple[int, ...]) -> tuple[int, ...]:
    """Of rows whose figures count different things, those that count what the question measures by (件数: in 件)."""
    said = _MEASURED_IN.search(question.folded)
    if question.operation not in NUMERIC or said is None:
        return rows
    units = {r: {q.unit for c in plan.columns if (q := plan.frame.quantity(r, c)) is not None} for r in rows}
    asked = same_units(said["unit"]) | {said["unit"]}
    kept = tuple(r for r in rows if units[r] and units[r] <= asked)
    return kept if kept and len(set().union(*units.values())) > 1 else rows


def _blank_columns(plan: Plan, question: Question) -> tuple[int, ...]:
    """The columns in which the things asked for have nothing: those the words right before that name."""
    assert question.blank is not None
    before = question.folded[: question.blank]
    start = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    said = [t for t in question.terms if start <= t.start < question.blank]
    names = {name for t in said for name in synonyms_of(t.surface)}
    columns = [c for c in plan.columns if plan.frame.columns[c].role == "data"]
    return tuple(c for c in columns if any(name in letters(plan.frame.columns[c].label) for name in names))


def satisfies(frame: Frame, row: int, column: int, bound: Comparison) -> bool:
    """Whether a cell's figure or year meets a bound."""
    if bound.year is not None:
        text = frame.cells[row][column]
        periods = find_periods(searchable(text or ""))
        year = year_of(text) or (periods[0].year if periods else None)
        if year is None:
            return False
        have, limit = Decimal(year), Decimal(bound.year)
    else:
        quantity = frame.quantity(row, column)
        if quantity is None or bound.value is None:
            return False
        scale = Decimal(SCALES.get(quantity.unit or "", 1)) if bound.unit in SCALES else Decimal(1)
        have = quantity.value * scale
        limit = bound.value * (SCALES.get(bound.unit or "", 1) if quantity.unit in SCALES else 1)
        if quantity.unit not in SCALES and bound.unit in SCALES:
            have, limit = quantity.value, bound.value
    return {
        ">=": have >= limit, ">": have > limit, "<=": have <= limit, "<": have < limit, "==": have == limit,
    }[bound.sign]  # fmt: skip


_OF_KIND = re.compile(
    r"(?:名|の名前|の名称)?(?:を|は|が|も)?(?:すべて|全て|全部|ぜんぶ|みんな|挙げ|あげ|列挙|一覧|何|どれ|どこ)"
)
_OF_ANY_KIND = frozenset(("物", "もの", "項目", "内訳", "種類", "区分", "分類", "内容"))


def _list(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """The things themselves: the cells of the listed column, each different one once."""
    bounded = question.comparisons or question.change
    if plan.frame.columns[plan.listed].kind == "number" and any(
        q and q.unit for q in plan.frame.quantities(plan.listed)
    ):
        return None  # 5年は何件: figures are no things
    if question.change and len(plan.rows) == 1 and plan.at == (plan.frame.key,):
        return None  # what changed among things is not one of them that is named
    if plan.frame.turned and _asks_for_others(plan, question):
        return None
    if len(rows) == 1 and plan.frame.key in plan.at and plan.listed == plan.frame.key and not bounded:
        return _contents(plan, rows[0])
    if len(rows) == 1 and len(series := _numbered(plan)) > 1:
        told = [c for c in series if not plan.frame.says_nothing(rows[0], c)]
        return Result("value", plan, (rows[0],), tuple(operand(plan.frame, rows[0], c) for c in told)) if told else None
    at = {row: plan.frame.name_at(row) if plan.listed == plan.frame.key else plan.listed for row in rows}
    named = [row for row in rows if not plan.frame.says_nothing(row, at[row])]
    if bounded and 0 < len(named) < len(rows):
        return None  # a column that has a mark for some of them does not name them
    seen: dict[str, int] = {}
    for row in named:
        text = plan.frame.cells[row][at[row]]
        if text:
            seen.setdefault(letters(text) if plan.listed != plan.frame.key else f"{row}", row)
    if not seen:
        return None
    if plan.listed == plan.frame.key:
        rows = [row for row in rows if plan.frame.label(row)]
        rows = rows if question.periods or bounded else _last_of_each(plan.frame, rows)
        firsts = {plan.frame.things[row]: row for row in reversed(rows)}
        things = tuple(sorted(firsts.values()))
        if _are_measures(plan.frame, things) and not _MEASURES_ASKED.search(question.folded):
            return None
    else:
        things = tuple(seen.values())
    return Result("list", plan, things, tuple(operand(plan.frame, r, at[r]) for r in rows))


def _are_measures(frame: Frame, rows: Sequence[int]) -> bool:
    """Whether most of some rows are measures with their units, 利用者数(人), and no things that anybody asks for by their kind."""
    names = [searchable(frame.name(row)) for row in rows]
    return sum(_IN_UNIT.search(name) is not None for name in names) > _MOSTLY * len(names)


def _numbered(plan: Plan) -> list[int]:
    """The columns asked for that print one thing after another under one name and a number: 会場1, 会場2."""
    stems = {c: letters(plan.frame.columns[c].core) for c in plan.columns}
    stem = stems.get(plan.listed, "").rstrip("0123456789")
    return [c for c, own in stems.items() if stem and own[len(stem) :].isdecimal() and own.startswith(stem)]


def _asks_for_others(plan: Plan, question: Question) -> bool:
    """Whether what is to be listed (項をすべて) is a kind of thing that nothing explains: headers are none of its kind."""
    return any(
        one.strength == 0.0 and _OF_KIND.match(question.folded, one.term.end) and one.term.normal not in _OF_ANY_KIND
        for one in plan.accounts
    )


def _last_of_each(frame: Frame, rows: Sequence[int]) -> Sequence[int]:
    """Of rows that tell of the same things year for year the last of each thing; all where they do not."""
    dated = {row: year for row in rows if (year := frame.year(row)) is not None}
    names = {frame.name(row) for row in rows}
    if len(dated) < len(rows) or len(set(dated.values())) < 2 or len(names) == len(rows):
        return rows
    last = {frame.name(row): row for row in sorted(rows, key=lambda row: dated[row])}
    return sorted(last.values())


def _contents(plan: Plan, row: int) -> Result | None:
    """What one row lists: its asked cell, else its only text."""
    frame = plan.frame
    texts = [c.index for c in frame.columns if c.role == "data" and not frame.says_nothing(row, c.index)]
    asked = [c for c in plan.columns if c in texts] or (texts if len(texts) == 1 else [])
    if not asked:
        return None
    return Result("value", plan, (row,), tuple(operand(frame, row, c) for c in asked))


def _count(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    figures = [plan.frame.columns[c].kind == "number" for c in plan.columns]
    beside = BESIDE_ONE_ANOTHER.search(question.folded)
    bounded = question.comparisons or question.change or beside  # of several one may be left
    if figures and all(figures) and not (bounded or _HAVING_MEASURE.search(question.folded)):
        return None  # 件数は何件: the table gives the count itself
    listed = _list(plan, question, rows)
    if listed is None or (len(rows) == 1 and plan.at == (plan.frame.key,) and not bounded):
        return None
    if len(listed.things) == 1 and _only_mentioned(plan, question, listed.things[0]):
        return None
    count = Decimal(len(listed.things))
    return Result("count", plan, listed.things, listed.operands, count, question.unit)


def _only_mentioned(plan: Plan, question: Question, row: int) -> bool:
    """Whether one row was found by words inside a text of it: a text that speaks of things is not the things counted."""
    frame = plan.frame
    said = letters(question.folded)
    met = [frame.cells[row][c] or "" for c in plan.at if frame.columns[c].role == "data"]
    return not question.comparisons and any(_says_more(text) and letters(text) not in said for text in met)


def _says_more(text: str) -> bool:
    """Whether a text says more than a name or a state."""
    return len(text) > _MENTIONS or len(find_quantities(searchable(text))) > 1


def _rows_of(figures: Sequence[Operand]) -> tuple[int, ...]:
    """The rows that gave a figure, each once; a row with "-" took no part."""
    return tuple(dict.fromkeys(one.row for one in figures))


def _sum(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    read = read_figures(plan, rows)
    if read is None or len(read[0]) < 2:
        one_sum = isinstance(plan.frame, SummedFrame) and len(rows) == len(plan.columns) == 1
        return _values(plan, question, rows) if one_sum else None
    figures, left_out, unit = read
    if unit == "%" and not any(_PARTS_OF_ONE.search(plan.frame.columns[c].core) for c in plan.columns):
        return None  # rates of different things come to nothing
    added = total(figures)
    written = f"{' + '.join(plain(one) for one in figures)} = {number(added)}{in_unit(unit)}"
    return Result("sum", plan, _rows_of(figures), tuple(figures), added, unit, written, left_out)


def _average(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    read = read_figures(plan, rows)
    if read is None or len(read[0]) < 2:
        return None
    figures, left_out, unit = read
    mean, sign = rounded(total(figures) / len(figures))
    written = (
        f"({' + '.join(plain(one) for one in figures)}) ÷ {len(figures)} {sign} {number(mean, sign)}{in_unit(unit)}"
    )
    return Result(
        "average", plan, _rows_of(figures), tuple(figures), mean, unit, written, left_out, "" if sign == "=" else "約"
    )


_MOST_YEARS = 10
_MOST_BESIDE = 3  # columns of one thing in several years
_MOST_LISTED = 60


def _said_in_full(frame: Frame, question: Question, rows: Sequence[int]) -> Sequence[int]:
    """Of rows that a question's words fit, those whose whole name it says: 水道事業, not 下水道事業; all where it says none."""
    said = {letters(question.folded[a:b]) for a, b in frame.named_in(question.folded)}
    return [r for r in rows if letters(frame.name(r)) in said] or rows


def _one_in_years(plan: Plan, question: Question, rows: Sequence[int]) -> bool:
    """Whether rows are one thing in several years: then what it comes to in each is told, or in each that is asked for.

    A table may have nothing but years for its rows, and is about one thing as a whole.
    """
    frame = plan.frame
    if question.operation not in (Operation.VALUE, Operation.EACH) or len(rows) > _MOST_YEARS:
        return False
    if len(plan.columns) > _MOST_BESIDE:
        return False
    years = [frame.year(r) for r in rows]
    dated = {column for held in frame.year_cells.values() for column in held}
    naming = [c.index for c in frame.columns if (c.index <= frame.key or c.role == "group") and c.index not in dated]
    one = len({tuple(frame.cells[r][c] for c in naming) for r in rows}) == 1 and bool(plan.at)
    if question.periods:
        asked = {period.year for period in question.periods}
        all_told = set(years) == asked or (question.spans and asked <= set(years))
        one = all_told and not any(period.month for period in question.periods) and (not naming or one)
    elif not naming:
        one = not plan.guessed
    else:
        one = one and bool(naming)
    figures = all(frame.columns[c].kind == "number" for c in plan.columns)
    return one and figures and None not in years and len(set(years)) == len(rows)


def _printed_again(plan: Plan, rows: Sequence[int]) -> bool:
    """Whether rows are one total that several tables end in (総額 by purpose and by nature): of one name, and alike."""
    frame = plan.frame
    told = {(letters(frame.name(r)), *((q.value, q.unit) if q else None for q in _figures(plan, r))) for r in rows}
    return all(frame.totals[r] for r in rows) and len(told) == 1 and None not in next(iter(told))


def _figures(plan: Plan, row: int) -> list[Quantity | None]:
    return [plan.frame.quantity(row, c) for c in plan.columns]


def _values(plan: Plan, question: Question, rows: Sequence[int]) -> Result | None:
    """The asked cells of one row, or of each row that the question names."""
    named = len(plan.parts) > 1 and all(len(part) == 1 for part in plan.parts)
    if not plan.columns:
        return None
    if len(rows) > 1 and not named and _printed_again(plan, rows):
        rows = rows[:1]
    if len(rows) > 1 and not named and (whole := subtotal_of(plan, rows)) is not None:
        rows = [whole] if all(plan.frame.columns[c].kind == "number" for c in plan.columns) else rows
    if len(rows) > 1 and not named:  # what is listed are things, not what they come to
        kept = [r for r in rows if not plan.frame.totals[r]]
        if len(kept) == 1 and len(rows) > _WITH_ITS_TOTAL and not plan.at:
            return None  # the one group whose members a page cut off from it
        rows = kept or rows
    if len({plan.frame.things[r] for r in rows}) == 1:  # the rows under one merged name: those that say something
        rows = [r for r in rows if any(not plan.frame.says_nothing(r, c) for c in plan.columns)] or rows[:1]
    apart = [c for c in plan.columns if plan.frame.tells_apart(c) and plan.frame.columns[c].kind == "text"]
    if (
        len(rows) > 1
        and plan.at
        and set(apart) - set(plan.at)  # 評価がBの講座: that their 評価 is B was known before
        and apart
        and question.wants in (None, "thing", "person", "place")
        and len(apart) == len(plan.columns)
        and len(rows) <= _MOST_LISTED
    ):
        return _list(replace(plan, listed=plan.frame.key if plan.frame.key in apart else apart[-1]), question, rows)
    if len(rows) > 1 and not named and not question.spans:
        rows = _said_in_full(plan.frame, question, rows)
    if len(rows) > 1 and not named and not _one_in_years(plan, question, rows):
        return None
    places = [(r, c) for r in rows for c in plan.columns]
    if not question.periods:  # blanks of other years beside a value say nothing more
        told = [(r, c) for r, c in places if not plan.frame.says_nothing(r, c)]
        places = told or places
    operands = tuple(operand(plan.frame, r, c) for r, c in places)
    if not any((plan.frame.cells[one.row][one.column] or "").strip() for one in operands):
        return None
    return Result("value", plan, tuple(rows), operands)
