"""The months that rows of a table are of: by a cell (9月, 2020-04-30), or by a column of months beside one of years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.folding import searchable
from corpus.units import MONTH
from qa.labels import month_of, year_of
from qa.lookup import letters

if TYPE_CHECKING:
    from qa.frames import Frame

Moments = tuple[tuple[int, int] | None, ...]
MONTH_ALONE = re.compile(r"(?P<month>1[0-2]|[1-9])月分?")
_MONTHS = 3  # so many columns of months are a year's
_OF_MONTH = re.compile(r"(?<![0-9])(?P<month>1[0-2]|[1-9])月(?:中|1か月間?)?[のにで](?!末)")
_STOCK = re.compile(r"残高|現在|人口|世帯数|在籍|時点")  # what there is at a time
_MONTH_CELL = re.compile(r"(1[0-2]|0?[1-9])(?:月分?)?")


def month_cells(frame: Frame) -> dict[int, tuple[int, ...]]:
    """Month → rows whose cell is just that month, in columns that tell rows apart."""
    found: dict[int, list[int]] = {}
    for column in (c.index for c in frame.columns if frame.tells_apart(c.index)):
        for row in range(len(frame)):
            if (month := month_in(frame, row, column)) is not None:
                found.setdefault(month, []).append(row)
    return {month: tuple(rows) for month, rows in found.items()}


def month_heads(frame: Frame) -> dict[int, int]:
    """Month → its column, in the order of the columns, where each month has one of its own; {} where they do not."""
    heads = {c.index: found for c in frame.columns if c.path and (found := MONTH_ALONE.fullmatch(letters(c.path[-1])))}
    months = {int(head["month"]): column for column, head in reversed(heads.items())}
    return dict(reversed(months.items())) if _MONTHS <= len(months) == len(heads) else {}


def only_by_its_end(asked: str, told: str) -> bool:
    """Whether a folded question asks what there was in a month (10月の件数), and a text gives what there was by its end (10月末現在)."""
    named = [m for m in _OF_MONTH.finditer(asked) if _STOCK.search(asked, m.end()) is None]
    return any(
        re.search(rf"(?<![0-9]){m['month']}月末", told) is not None
        and re.search(rf"(?<![0-9]){m['month']}月(?!末)", told) is None
        for m in named
    )


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
