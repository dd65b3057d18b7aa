"""The years and months a question asks for choose columns, else rows; or they are borne out by what stands around."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from corpus.folding import searchable
from corpus.values import Period, find_periods
from qa.change_columns import change_columns
from qa.frames import Frame
from qa.labels import OFFSETS, RELATIVE_YEAR, base_year
from qa.roles import Mask
from qa.types import Operation, Question
from qa.understand import EXTREMES, NUMERIC

_MONTH = re.compile(r"(?<![0-9])(1[0-2]|[1-9])月(?!間)")
_SPAN = re.compile(r"月(?:から|~)(?:[^0-9。、]{0,3}[0-9]{1,4}年)?[0-9]{1,2}月")
_PRINTED_CHANGE = 0.1
_TIMES = re.compile(r"(?:の[^、。はが]{1,8})?の?何(?:倍|%|パーセント|割)")  # 前年度の何倍
_AHEAD = "翌来"
# 最新のリサイクル率: the last year that the table gives.
LATEST = re.compile(r"(?:最新|直近|現時点)の")
_APRIL = 4
_SINCE = re.compile(r"年(?:度)?末?(?:より|から|と比べ|に比べ|と比較|以降)")
_WHICH_YEAR = re.compile(r"何年|(?:どの|いつの|[いたう])年度?(?:で|は|が|に|か|[?。]|$)")
_UNTIL = re.compile(r"\s*(?:から|~|-)\s*(?P<month>1[0-2]|[1-9])月")
_ENDS = re.compile(r"\s*(?:から|~|-|より)\s*")


def asked_years(question: Question, frame: Frame) -> tuple[int, ...]:
    """The years a question asks for, as they are counted in a frame; 前年度 and 本年度 counted from the year it names."""
    bounds = [(bound.start, bound.end) for bound in question.comparisons if bound.year is not None]
    named = [p.year for p in question.periods if not any(a <= p.start < b for a, b in bounds)]
    if question.spans and len(named) >= 2 and question.operation is not Operation.DIFFERENCE:
        named = list(range(min(named), max(named) + 1))
    base = named[0] if named else base_year(frame.document) or frame.told or 0
    printed = {year for column in frame.columns for year in column.years}
    own = {*frame.year_cells, *printed}
    last = max(own, default=base)
    for match in RELATIVE_YEAR.finditer(question.folded):
        times = question.operation is Operation.RATIO and _TIMES.match(question.folded, match.end()) is not None
        compares = question.operation is Operation.DIFFERENCE or times
        if any(
            "(" in (question.folded[match.end() : p.start], question.folded[p.end : match.start()])
            for p in question.periods
        ):
            continue  # 前年度(令和7年度): which year that is stands beside it
        if match.group()[0] in _AHEAD and any(match.group() in searchable(c.label) for c in frame.columns):
            continue  # 翌年度繰越額
        pair = (base, base + OFFSETS[match.group()[0]])
        listed = question.operation in (Operation.LIST, Operation.COUNT) and not question.spans
        if question.change and listed and set(pair) <= printed:
            named.extend(year for year in pair if year not in named)  # both have a column of their own
        if question.spans or (question.change and not compares):
            continue  # which grew most over the year before: the change is asked for, not that year
        offset = OFFSETS[match.group()[0]]
        if compares and not named and not {base, base + offset} <= own and {last, last + offset} <= own:
            base = last  # the table goes on beyond the year that the document is named after
        both = (base, base + offset) if compares else (base + offset,)  # 前年度と比べて means this year as well
        if compares and base + offset not in own and (change_columns(frame, False) or change_columns(frame, True)):
            both = (base,)  # the table prints nothing of 前年度 but what changed since
        named.extend(year for year in both if year not in named)
    if own and not named and LATEST.search(question.folded):
        named.append(last)
    changed = question.operation is Operation.DIFFERENCE or bool(question.change)
    since = changed and len(set(named)) == 1 and _SINCE.search(question.folded)
    if since and last > named[0] and not question.spans:
        named.append(last)  # 平成27年より減っていますか: than what the table gives last
    return tuple(dict.fromkeys(_without_year_before(question, frame, named, own)))


def _without_year_before(question: Question, frame: Frame, named: list[int], own: set[int]) -> list[int]:
    """令和7年度は令和6年度に比べて, where the table prints nothing of 令和6年度 but what changed since: the later year alone."""
    years = sorted(set(named))
    changed = question.operation is Operation.DIFFERENCE or bool(question.change)
    if not changed or len(years) != 2 or years[1] - years[0] != 1 or years[0] in own or question.spans:
        return named
    printed = change_columns(frame, False) or change_columns(frame, True)
    return [year for year in named if year != years[0]] if printed else named


def over_years(question: Question) -> bool:
    """Whether it is asked in which year something was most or least."""
    return question.operation in EXTREMES and _WHICH_YEAR.search(question.folded) is not None


def place_years(
    frame: Frame, question: Question, columns: tuple[int, ...], mask: Mask, years: tuple[int, ...],
    at: tuple[int, ...], named: dict[int, float],
) -> tuple[tuple[int, ...], Mask, tuple[float, ...]]:  # fmt: skip
    """Let the years asked for choose columns, else rows, else be those of the header of a condition or the document."""
    columns = _without_other_years(frame, question, columns, years)
    dated = [c for c in columns if frame.columns[c].years]
    if not years:
        measured = question.operation in NUMERIC or question.comparisons
        if measured and question.operation is not Operation.DIFFERENCE and not question.change:
            return _latest(frame, columns), mask, ()
        return columns, mask, ()
    held = {y for c in dated for y in frame.columns[c].years}
    own = base_year(frame.document) or frame.told
    if (
        own
        and len(dated) < len(columns)
        and any(RELATIVE_YEAR.search(searchable(frame.columns[c].label)) for c in dated)
    ):
        held.add(own)  # 決算額 beside 前年度決算額 is that of the document's year
    if dated and set(years) <= held:
        kept = tuple(c for c in columns if not frame.columns[c].years or set(frame.columns[c].years) & set(years))
        return kept, mask, (1.0,) * len(years)
    yearly = not frame.moments or (frame.annual and not any(p.month or p.fiscal for p in question.periods))
    rows = _year_rows(frame, years, mask) if yearly else _moment_rows(frame, question, mask)
    if rows is not None:
        return columns, rows, (1.0,) * len(years)
    two = len({period.year for period in question.periods}) > 1 and not set(years) <= held
    if dated and (two or (not question.change and question.operation is not Operation.DIFFERENCE)):
        return columns, mask, (-1.0,) * len(years)
    return columns, mask, tuple(_borne_out(frame, year, mask, at, named) for year in years)


def _without_other_years(
    frame: Frame, question: Question, columns: tuple[int, ...], years: tuple[int, ...]
) -> tuple[int, ...]:
    """Of 収入済額 and 前年度収入済額 the first, as long as the year of the second is not asked for."""
    if question.change or question.operation is Operation.DIFFERENCE:
        return columns
    said = {c: searchable(frame.columns[c].label) for c in columns}
    plain = [c for c in columns if not find_periods(said[c]) and not RELATIVE_YEAR.search(said[c])]
    names = {frame.columns[c].core for c in plain}
    others = [
        c for c in columns if c not in plain and (frame.columns[c].core in names or RELATIVE_YEAR.search(said[c]))
    ]
    if not plain or not others or any(set(frame.columns[c].years) & set(years) for c in others):
        return columns
    return tuple(c for c in columns if c not in others)


def _latest(frame: Frame, columns: tuple[int, ...]) -> tuple[int, ...]:
    dated = [c for c in columns if frame.columns[c].years]
    return (max(dated, key=lambda c: frame.columns[c].years),) if len(dated) > 1 else columns


def _year_rows(frame: Frame, years: tuple[int, ...], mask: Mask) -> Mask | None:
    """Rows that are of each year asked for, by the cells that tell rows apart; None when not every year is found.

    Where several such cells could be years (the year of the report, the year compared), the rows where most are wins.
    """
    chosen = np.zeros(len(frame), dtype=np.bool_)
    for year in years:
        columns = frame.year_cells.get(year)
        if not columns:
            return None
        votes = np.zeros(len(frame), dtype=np.int64)
        for rows in columns.values():
            votes[list(rows)] += 1
        votes[~mask] = 0
        if not votes.max():
            return None
        chosen |= votes == votes.max()
    return chosen


def _moment_rows(frame: Frame, question: Question, mask: Mask) -> Mask | None:
    """Rows whose own date lies in a year or month asked for; None when one of those holds no row.

    A fiscal year runs from April to March, a year from January; two months with から or ~ between are the ends of a span.
    """
    asked = [_bounds(period) for period in question.periods]
    months = [(p, at) for p, at in zip(question.periods, asked, strict=True) if p.month]
    if len(months) == 1 and (until := _UNTIL.match(question.folded, months[0][0].end)):  # 平成12年1月から4月まで
        (year, month), end = months[0][1][0], int(until["month"])
        asked = [((year, month), (year + (end < month), end))]
    for (one, first), (other, last) in pairwise(months):
        if _ENDS.fullmatch(question.folded[one.end : other.start]) and first[0] < last[1]:
            asked = [at for at in asked if at not in (first, last)] + [(first[0], last[1])]
    if question.spans and len(asked) > 1 and not months and question.operation is not Operation.DIFFERENCE:
        asked = [(min(first for first, _ in asked), max(last for _, last in asked))]
    chosen = np.zeros(len(frame), dtype=np.bool_)
    for first_month, last_month in asked:
        rows = [moment is not None and first_month <= moment <= last_month for moment in frame.moments]
        within = np.array(rows, dtype=np.bool_) & mask
        if not within.any():
            return None
        chosen |= within
    return chosen if asked else None


def _bounds(period: Period) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last month of a period, as (western year, month)."""
    if period.month:
        return (period.year, period.month), (period.year, period.month)
    if period.fiscal:
        return (period.year, _APRIL), (period.year + 1, _APRIL - 1)
    return (period.year, 1), (period.year, 12)


def _borne_out(frame: Frame, year: int, mask: Mask, at: tuple[int, ...], named: dict[int, float]) -> float:
    """How well a year that chose nothing is borne out: by a condition's header, the rows' own words, the document."""
    if any(year in frame.columns[c].years for c in (*at, *named)):
        return 1.0
    rows = np.flatnonzero(mask)
    if len(rows) <= 3 and all(_mentions(frame, int(r), year) for r in rows):
        return 0.8
    own = (frame.told,) if frame.told else frame.document.years
    if year in own:
        return 0.9 if len(own) == 1 else 0.3
    if frame.told is None and any(year == p.year for text in frame.context for p in find_periods(searchable(text))):
        return 0.8
    return -1.0


def _mentions(frame: Frame, row: int, year: int) -> bool:
    return any(year == p.year for text in frame.cells[row] if text for p in find_periods(searchable(text)))


def months(frame: Frame, question: Question, mask: Mask) -> Mask:
    """Rows of the months asked for, where a column that tells rows apart gives them (9月)."""
    asked = [int(match.group(1)) for match in _MONTH.finditer(question.folded)]
    if not asked or not frame.month_cells:
        return mask
    wanted = _span(asked) if _SPAN.search(question.folded) else asked
    rows = [r for month in wanted for r in frame.month_cells.get(month, ())]
    chosen = np.zeros(len(frame), dtype=np.bool_)
    chosen[rows] = True
    return mask & chosen


def _span(asked: list[int]) -> list[int]:
    """The months from the first to the last one named; from 12月 to 3月 over the turn of the year."""
    first, last = asked[0], asked[-1]
    return [*range(first, last + 1)] if first <= last else [*range(first, 13), *range(1, last + 1)]


def change_rows(
    frame: Frame, question: Question, columns: tuple[int, ...], narrowed: Mask, mask: Mask, years: tuple[int, ...]
) -> list[tuple[Mask, float]]:
    """The rows as narrowed, beside figures without the changes that are printed of the same things; and where a change is asked
    for and rows print it (増減額), those rows of the last year.
    """
    printed = frame.change_rows
    figures = narrowed & ~printed
    found = [(figures if figures.any() else narrowed, 0.0)]
    if (question.change or question.operation is Operation.DIFFERENCE) and (printed & mask).any():
        asked = (
            years
            if question.spans
            else years[-1:]
            if question.operation is not Operation.DIFFERENCE
            else (max(years),)
            if years
            else ()
        )
        rows = _year_rows(frame, asked, printed & mask) if asked else printed & mask
        if rows is not None and rows.any():
            found.append((rows, _PRINTED_CHANGE))
    return found
