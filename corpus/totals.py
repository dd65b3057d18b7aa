"""Totals as proof: which rows and columns are sums of others, and whether the figures agree.

A row or column is a total because it is called one (計, 小計, 合計 …) or because every figure of it is the sum of its
parts. Agreement proves that the table was read right; a difference is kept with both figures. Adjacent aggregations are
looked for as in AggreCol (Jiang et al. 2022), over exact decimals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.folding import searchable
from corpus.types import Column, Row, TotalCheck
from corpus.values import lone_quantity

# 会計, 統計 and 設計 end like a total and are none; 現計 is a running figure.
_TOTAL = re.compile(r"(?:(?:小計|合計|総計|総額|総数)|^(?:歳入|歳出|収入|支出)?計)$")
_SET_APART = re.compile(r"\S{2,}\s+計$")  # 東部地区 計; not the spaced letters of 会 計
_ALL = re.compile(r"^全[一-龥]{1,4}$|[^会統設現推家時]計$")  # 東部地区計: when the figures bear it out
_PART = re.compile(r"^(?:うち|内訳|再掲|\(うち)")
_DIFFERENCE = re.compile(r"(?:比較|増減|差引|差額|増減額|対前年度?増減)$")
_BALANCE = re.compile(r"収支|差引|差額|残額|純損益")  # what is left over is no part of a whole
_LABEL_LIMIT = 14
# A named total whose figures come this near to the sum of its parts was meant to be it; farther off, it is of something else.
_NEAR = Decimal("0.05")
_NO_ACCIDENT = 100  # small figures are sums of others by chance
_MOST_ROWS = 5000

_EXACT = 1e-6
_ENOUGH_COLUMNS, _MOST_DIFFER = 2, 0.1  # that agree at least; the share of many that may hold a slip

Numbers = list[list[Decimal | None]]
Figures = NDArray[Any]


def check_totals(
    columns: Sequence[Column], rows: Sequence[Row], key: int
) -> tuple[tuple[Row, ...], tuple[TotalCheck, ...]]:
    """The rows with their totals marked, and every check that could be made."""
    if len(rows) > _MOST_ROWS:
        return tuple(rows), ()
    numbers = _numbers(columns, rows)
    if not any(value is not None for line in numbers for value in line):
        return tuple(rows), ()
    roles = [_role(row, key) for row in rows]
    levels = [_level(row, key) for row in rows]
    found: list[TotalCheck] = []
    totals: set[int] = set()
    for r, role in enumerate(roles):
        readings = [*_readings(r, roles, levels, totals), *_alike(r, role, roles, rows, totals)]
        checks = _proof(r, role, readings, numbers)
        if checks or role == "total":
            totals.add(r)
            found.extend(checks)
    totals |= _groups_of_one(roles, levels, totals, numbers)
    kinds = ["balance" if _says_balance(row, key) else role for row, role in zip(rows, roles, strict=True)]
    for r, parts in _heads(kinds, levels, totals, numbers):
        totals.add(r)
        found.extend(check for check in _row_checks(r, parts, numbers) if _is_near(check))
    for r, parts in _named_on(rows, key, kinds, totals, numbers):
        totals.add(r)
        found.extend(check for check in _row_checks(r, parts, numbers) if _is_near(check))
    found.extend(_column_checks(columns, numbers))
    marked = tuple(replace(row, total=True) if r in totals else row for r, row in enumerate(rows))
    return marked, tuple(found)


def _numbers(columns: Sequence[Column], rows: Sequence[Row]) -> Numbers:
    """The figure of each cell that holds nothing but one, by row and column."""
    lines: Numbers = []
    for row in rows:
        lone = [lone_quantity(searchable(cell.text)) if cell.text else None for cell in row.cells]
        lines.append([one.value if one else None for one in lone] if row.understood else [None] * len(columns))
    return lines


def _role(row: Row, key: int) -> str:
    """What a row is by its name: total, all (全…, perhaps a total), part (うち …: inside another row) or data."""
    printed = [searchable(cell.text or "").strip() for cell in row.cells[: key + 2]]
    labels = [label.replace(" ", "") for label in printed]
    short = [label for label in labels if label and len(label) <= _LABEL_LIMIT]
    apart = any(_SET_APART.search(label) for label in printed if len(label) <= _LABEL_LIMIT)
    if apart or any(_TOTAL.search(label) for label in short):
        return "total"
    if any(_ALL.search(label) for label in short):
        return "all"
    return "part" if any(_PART.match(label) for label in short) else "data"


def _readings(r: int, roles: Sequence[str], levels: Sequence[int], totals: set[int]) -> Iterable[tuple[int, ...]]:
    """What a row may be the sum of, most usual first."""
    if roles[r] in ("total", "all") or r == len(roles) - 1:
        data = [i for i in range(r) if roles[i] == "data" and i not in totals]
        last = max((i for i in totals if i < r), default=-1)
        above = sorted(totals)
        yield tuple(i for i in data if i > last)
        yield tuple(data)
        yield tuple(i for i in above if i < r)
        yield tuple(i for i in sorted({*above, *data}) if i < r and levels[i] == 0)
    if roles[r] == "data":
        # A group's own row stands above its members, whose label stands one column further right.
        end = next((i for i in range(r + 1, len(roles)) if levels[i] <= levels[r]), len(roles))
        yield tuple(range(r + 1, end))
        # Of members with members of their own only the nearest are its parts.
        nearest = min(levels[r + 1 : end], default=0)
        yield tuple(i for i in range(r + 1, end) if levels[i] == nearest)


def _alike(r: int, role: str, roles: Sequence[str], rows: Sequence[Row], totals: set[int]) -> Iterable[tuple[int, ...]]:
    """For a total over one class (全税目・現年分): the rows above that bear the same word in another column."""
    if role not in ("total", "all"):
        return
    for cell in rows[r].cells:
        same = [
            i
            for i in range(r)
            if roles[i] == "data"
            and i not in totals
            and cell.text
            and rows[i].understood
            and rows[i].cells[cell.column].text == cell.text
        ]
        if 2 <= len(same) < r:
            yield tuple(same)


def _proof(r: int, role: str, readings: Iterable[tuple[int, ...]], numbers: Numbers) -> tuple[TotalCheck, ...]:
    """The checks that show a row to be the sum of the rows of one reading; none when no reading fits.

    A figure that is far from the sum of its parts (a rate, a rank) is not one of them. A row that is not called a
    total needs agreement that can be no accident.
    """
    best: tuple[TotalCheck, ...] = ()
    for reading in readings:
        every = _row_checks(r, reading, numbers)
        checks = tuple(check for check in every if _is_near(check))
        told = sum(abs(check.stated) >= _NO_ACCIDENT for check in every)
        agreeing = [check for check in checks if check.agrees and abs(check.stated) >= _NO_ACCIDENT]
        if role == "total" and checks and all(check.agrees for check in checks):
            return checks
        if role == "all" and len(checks) == len(every) >= _ENOUGH_COLUMNS and all(check.agrees for check in checks):
            return checks  # small as the figures are, several of them with a name that ends like a total
        if role != "total" and agreeing and len(agreeing) == len(checks) and 2 * len(agreeing) >= told:
            return checks
        if role == "total" and sum(c.agrees for c in checks) >= sum(c.agrees for c in best):
            best = checks or best
    return best


def _groups_of_one(roles: Sequence[str], levels: Sequence[int], totals: set[int], numbers: Numbers) -> set[int]:
    """Rows above a single member with the very same figures, in a table whose other groups are sums of their members."""
    proven = {levels[r] for r in totals if roles[r] == "data"}
    found = set()
    for r in range(len(roles) - 1):
        end = next((i for i in range(r + 1, len(roles)) if levels[i] <= levels[r]), len(roles))
        alone = end - r == 2 and roles[r] == "data" and levels[r] in proven and r not in totals
        pairs = [(a, b) for a, b in zip(numbers[r], numbers[r + 1], strict=True) if a is not None or b is not None]
        if alone and pairs and all(a == b for a, b in pairs):
            found.add(r)
    return found


def _says_balance(row: Row, key: int) -> bool:
    return any(_BALANCE.search(searchable(cell.text)) for cell in row.cells[: key + 2] if cell.text)


def _heads(
    roles: Sequence[str], levels: Sequence[int], totals: set[int], numbers: Numbers
) -> Iterable[tuple[int, tuple[int, ...]]]:
    """Rows that no word calls a total and that are the sum of the rows right below them, in every column: with those rows.

    As 全園, 町立全園, みどり, さくら, 私立全園, …: each is known by its figures alone, the innermost first. Several columns have
    to agree, so that it can be no accident.
    """
    table = np.array([[np.nan if v is None else float(v) for v in line] for line in numbers])
    figures = np.nan_to_num(table)
    never_less = (
        np.flip(np.minimum.accumulate(np.flip(figures, axis=0)), axis=0) >= 0
    )  # no figure from here down is below 0
    known = set(totals)
    for r in range(len(roles) - 3, -1, -1):
        told = np.flatnonzero(figures[r])
        if roles[r] not in ("data", "all") or r in known or len(told) < _ENOUGH_COLUMNS:
            continue
        if np.abs(figures[r, told]).max() < _NO_ACCIDENT:
            continue
        below = _alike_below(r, roles, levels, known)
        parts = _adding_up(figures[r, told], figures[:, told], never_less[r + 1, told], below)
        if parts:
            known.add(r)
            yield r, parts


def bearing_on(names: Sequence[str], r: int) -> range:
    """The rows right below a row whose names are its own with more behind it: 一般会計 議会費, 一般会計 総務費 below 一般会計."""
    end = r + 1
    while end < len(names) and names[end].startswith(names[r]) and names[end] != names[r]:
        end += 1
    return range(r + 1, end)


def _named_on(
    rows: Sequence[Row], key: int, roles: Sequence[str], totals: set[int], numbers: Numbers
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Rows whose name those right below bear with more behind it (一般会計, 一般会計 議会費, 一般会計 総務費) and that are their sum."""
    names = [searchable(row.cells[key].text or "").strip() if row.understood else "" for row in rows]
    for r, name in enumerate(names):
        if not name or r in totals or roles[r] not in ("data", "all"):
            continue
        parts = tuple(i for i in bearing_on(names, r) if roles[i] == "data" and i not in totals)
        checks = _row_checks(r, parts, numbers)
        told = [check for check in checks if abs(check.stated) >= _NO_ACCIDENT]
        if len(parts) > 1 and told and all(check.agrees for check in checks):
            yield r, parts


def _alike_below(r: int, roles: Sequence[str], levels: Sequence[int], but: set[int]) -> Iterator[int]:
    """The rows right below a row that may be its parts."""
    for i in range(r + 1, len(roles)):
        if i in but:
            continue
        if levels[i] < levels[r] or roles[i] not in ("data", "all"):
            return
        yield i


def _adding_up(own: Figures, figures: Figures, never_less: Figures, below: Iterator[int]) -> tuple[int, ...]:
    """As many of the rows `below` as it takes for their sums to be a row's `own` figures; none where they never are.

    Columns in which no figure is below 0 only grow: once enough of them are past their own figure, no further row helps.
    """
    bearable = _MOST_DIFFER * len(own)
    sums = np.zeros(len(own))
    parts: list[int] = []
    for i in below:
        parts.append(i)
        sums += figures[i]
        if len(parts) > 1 and np.count_nonzero(np.abs(sums - own) > _EXACT) <= bearable:
            return tuple(parts)
        if np.count_nonzero((sums > own + _EXACT) & never_less) > bearable:
            return ()
    return ()


def _level(row: Row, key: int) -> int:
    """How far right a row's own label stands."""
    printed = (c.column for c in row.cells[: key + 2] if c.text and c.origin.value == "explicit")
    return next(printed, 0) if row.understood else 0


def _is_near(check: TotalCheck) -> bool:
    return check.agrees or abs(check.stated - check.computed) <= _NEAR * abs(check.stated)


def _row_checks(r: int, parts: tuple[int, ...], numbers: Numbers) -> tuple[TotalCheck, ...]:
    found = []
    for column, stated in enumerate(numbers[r]):
        held = [value for i in parts if (value := numbers[i][column]) is not None]
        if stated is not None and len(held) >= 2:
            found.append(TotalCheck("rows", r, column, parts, stated, sum(held, Decimal(0))))
    return tuple(found)


def _column_checks(columns: Sequence[Column], numbers: Numbers) -> Iterable[TotalCheck]:
    """Columns called a total are the sum, columns called a difference the difference, of columns on their left."""
    for column in columns:
        label = searchable(column.path[-1]).replace(" ", "") if column.path else ""
        bare = re.sub(r"\([^()]*\)$", "", label)
        if not _TOTAL.search(bare) and not _DIFFERENCE.search(bare):
            continue
        figures = [c.index for c in columns[: column.index] if _is_numeric(c.index, numbers)]
        if _TOTAL.search(bare):
            for start in range(len(figures) - 1):
                yield from _fitting(
                    column.index, tuple(figures[start:]), numbers, "columns", lambda v: sum(v, Decimal(0))
                )
        elif len(figures) >= 2:
            pair = (figures[-2], figures[-1])
            yield from _fitting(column.index, pair, numbers, "difference", lambda v: v[0] - v[1])


def _is_numeric(column: int, numbers: Numbers) -> bool:
    return sum(line[column] is not None for line in numbers) * 2 > len(numbers)


def _fitting(
    column: int, parts: tuple[int, ...], numbers: Numbers, kind: str, compute: Callable[[list[Decimal]], Decimal]
) -> list[TotalCheck]:
    """The checks of a derived column, if most of its rows bear them out; else it is derived in some other way."""
    found = []
    for r, line in enumerate(numbers):
        values = [line[part] for part in parts]
        stated = line[column]
        known = [value for value in values if value is not None]
        if stated is not None and len(known) == len(parts):
            found.append(TotalCheck(kind, r, column, parts, stated, compute(known)))
    return found if found and sum(check.agrees for check in found) * 2 > len(found) else []
