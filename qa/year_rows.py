"""A frame whose columns are years turned so that its rows are: in which year was it most, in which years above a bound.

Whatever is asked of a table with a row for each year can be asked of one with a column for each.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from corpus.folding import searchable
from qa.frames import Frame, FrameColumn
from qa.labels import year_of
from qa.lookup import letters
from qa.turning import turned_on
from qa.types import Operation, Question
from qa.understand import NUMERIC

_FEWEST = 3
_MOST_ROWS = 400
# Years as what is reckoned over: 一番多い年, 5年間の合計; and as the things listed or counted: 超えた年度は, いつ, 何回.
_OF_YEARS = re.compile(r"年(?:度)?(?![齢金代末生少長報鑑次])|いつ")
_THE_YEARS = re.compile(r"[何各]年(?!間|以[上下])|どの年|年度?(?:は|が|を|って|も|の(?:うち|中)|[?。\s]*$)|いつ|何回")
_OVER_YEARS = {Operation.LIST, Operation.COUNT} | (NUMERIC - {Operation.DIFFERENCE, Operation.RATIO})


def year_rows(frame: Frame, question: Question) -> Frame | None:
    """The same figures with a row for each year; None where the columns are no years, or no years are asked for.

    Of several measures given for years (予算額 and 決算額) it is that of which the question says most; None where it says none.
    """
    if question.operation not in _OVER_YEARS or not _asks_for_years(question):
        return None
    found = _all(frame)
    if len(found) < 2:
        return next(iter(found.values()), None)
    said = [measure for measure in found if measure and measure in letters(question.folded)]
    return found[max(said, key=len)] if said else None


def _asks_for_years(question: Question) -> bool:
    """Whether years are what is asked for, or chosen among: several are named, or those since one."""
    named = [(p.start, p.end) for p in question.periods]
    things = question.operation in (Operation.LIST, Operation.COUNT)
    asked = (m.start() for m in (_THE_YEARS if things else _OF_YEARS).finditer(question.folded))
    chosen = len(named) > 1 or any(bound.year is not None for bound in question.comparisons)
    return (chosen and not things) or any(not any(a <= at < b for a, b in named) for at in asked)


def _all(frame: Frame) -> dict[str, Frame]:
    """Measure → the frame turned on its years."""
    if "years" not in frame.derived:
        frame.derived["years"] = _by_measure(frame)
    made: dict[str, Frame] = frame.derived["years"]
    return made


def _by_measure(frame: Frame) -> dict[str, Frame]:
    if frame.table is None or frame.turned or len(frame) > _MOST_ROWS:
        return {}
    groups: dict[str, list[FrameColumn]] = defaultdict(list)
    for column in frame.columns:
        if column.kind == "number" and column.role == "data" and len(column.years) == 1:
            groups[letters(column.core)].append(column)
    found = {}
    for measure, group in groups.items():
        if len({c.years for c in group}) == len(group) >= _FEWEST:
            names = [(_year_in(column),) for column in group]
            made = turned_on(frame, group, names, (group[0].core,) if measure else ())
            noun = "年度" if all("年度" in name for (name,) in names) else "年"
            made.columns = tuple(replace(c, label=noun, core=noun) if c.role == "key" else c for c in made.columns)
            found[measure] = made
    return found


def _year_in(column: FrameColumn) -> str:
    """How a header prints its year: the part of it that is nothing else, else the whole header."""
    return next((part for part in column.path if year_of(searchable(part)) in column.years), column.label)
