"""The months that rows of a table are of: by a cell (9月, 2020-04-30), or by a column of months beside one of years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.folding import searchable
from corpus.units import MONTH
from qa.labels import month_of, year_of

if TYPE_CHECKING:
    from qa.frames import Frame

Moments = tuple[tuple[int, int] | None, ...]
_MONTH_CELL = re.compile(r"(1[0-2]|0?[1-9])(?:月分?)?")


def month_cells(frame: Frame) -> dict[int, tuple[int, ...]]:
    """Month → rows whose cell is just that month, in columns that tell rows apart."""
    found: dict[int, list[int]] = {}
    for column in (c.index for c in frame.columns if frame.tells_apart(c.index)):
        for row in range(len(frame)):
            if (month := month_in(frame, row, column)) is not None:
                found.setdefault(month, []).append(row)
    return {month: tuple(rows) for month, rows in found.items()}


def month_in(frame: Frame, row: int, column: int) -> int | None:
    """The month that a cell consists of, 9月 or under the header 月 9; None for any other."""
    match = _MONTH_CELL.fullmatch(searchable(frame.cells[row][column] or "").strip())
    counted = frame.columns[column].unit == MONTH
    return int(match[1]) if match is not None and (counted or MONTH in match.group()) else None


def dated(frame: Frame) -> dict[int, Moments]:
    """The columns of dates that tell rows apart, each with the year and month of every row."""
    dates = [c for c in frame.columns if c.kind == "date" and frame.tells_apart(c.index)]
    found: dict[int, Moments] = {c.index: tuple(month_of(row[c.index]) for row in frame.cells) for c in dates}
    for months in (c.index for c in dates if c.unit == MONTH):
        for years in (c.index for c in dates if c.unit != MONTH):
            found[months] = tuple(
                (year, month)
                if (year := year_of(frame.cells[row][years])) and (month := month_in(frame, row, months))
                else None
                for row in range(len(frame))
            )
    return {c: own for c, own in found.items() if 2 * sum(one is not None for one in own) > len(own)}
