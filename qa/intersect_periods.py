"""Which year a label of a table speaks of: dates, spans from one day to another, and 当期, 前期, 期首 against a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.values import find_periods
from qa.intersect_grid import Grid

_THIS = re.compile(r"当(?:連結)?(?:会計|事業)?(?:年度|期)|当期|当中間|当年度|本年度|今年度|当事業")
_LAST = re.compile(r"前(?:連結)?(?:会計|事業)?(?:年度|期)|前期|前年度|昨年度|前事業")
_APRIL = 4
_SPAN = re.compile(r"至|~|から|まで")
_FIRST_DAY = re.compile(r"[月/.]\s*0?1(?:日|$|\s)")
_START = re.compile(r"期首|年度初|首残高")


_RELATIVE = re.compile(f"{_THIS.pattern}|{_LAST.pattern}")


@dataclass(frozen=True, slots=True)
class Years:
    """What a question asks of: `ends`, years at or to whose end (2020年), and `fiscal` years (令和2年度, R2); falsy for none."""

    ends: tuple[int, ...] = ()
    fiscal: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ends or self.fiscal)


@lru_cache(maxsize=20_000)
def ends(text: str) -> tuple[int, ...]:
    """The years a label speaks of: of a span from one day to another the last, else all it names."""
    found = find_periods(text)
    if not found:
        return ()
    if len(found) > 1 and _SPAN.search(text):
        return (found[-1].year,)
    dated = [p.year for p in found if p.month]
    return tuple(dict.fromkeys(dated or [p.year + (1 if p.fiscal else 0) for p in found]))


@lru_cache(maxsize=20_000)
def fiscal_years(text: str) -> tuple[int, ...]:
    """The fiscal years (from April) a label speaks of; a year said without 年 or a date (R3, 2021) is taken for one."""
    found = find_periods(text)
    if len(found) > 1 and _SPAN.search(text):
        found = found[-1:]
    return tuple(dict.fromkeys(p.year - (1 if p.month and p.month < _APRIL else 0) for p in found))


def newest_year(grid: Grid) -> int | None:
    """The latest year that the table's labels or the text before it end on."""
    years = [y for number in grid.layout.labels for y in ends(grid.texts[number])]
    years = [y for y in years if 1950 < y < 2100]
    return max(years) if years else grid.year or max((p.year for p in find_periods(grid.before[-200:])), default=None)


def period_of(text: str, years: Years, newest: int | None) -> tuple[float, float]:
    """(1 a year asked for, -1 another year, 0 none named; the same for 当期, 前期 and 期首 against the newest year)."""
    named = set(ends(text))
    if not years or not (named or _RELATIVE.search(text)):
        return 0.0, 0.0
    same = bool(named & set(years.ends)) or bool(set(fiscal_years(text)) & set(years.fiscal))
    said = 0.0 if not named else 1.0 if same else -1.0
    if said > 0 and years.ends and _FIRST_DAY.search(text) and not _SPAN.search(text):
        said = 0.5  # the first of a month begins a period: 2019年4月1日 is where the year to 2020 starts
    this, last = bool(_THIS.search(text)), bool(_LAST.search(text))
    relative = 0.0
    if this != last and newest is not None:
        year = newest - (1 if last else 0) - (1 if _START.search(text) else 0)
        relative = 1.0 if year in years.ends or year - 1 in years.fiscal else -1.0
    return said, relative
