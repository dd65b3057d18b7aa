"""A long table that gives of each figure this year's, last year's and the change, laid out as wide ones are.

Open data often print one figure a line and say in a column which it is: 本年度, 前年度, 増減額; or 2021, 2020, 増減額 in the
lines of 2021. Read as it stands, three lines answer every question and a sum counts a year twice. Here each thing has one
row a year, its figure and its change stand side by side, and what is last year's is only kept where that year has no lines
of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from corpus.folding import searchable, tidy
from qa.change_columns import says_change
from qa.frames import Frame, FrameColumn
from qa.labels import OFFSETS, RELATIVE_YEAR, core, year_of
from qa.lookup import letters
from qa.refs import Ref

_NUMBER = re.compile(r"[0-9]+(?!.*[0-9])")
_FEWEST = 2  # things, to be a table of them
_OWN, _LAST = "", "last"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Facet:
    """The column that says which figure a line gives: for each line `_OWN`, `_LAST` or the name of a change; and the
    column of the lines' years.
    """

    column: int
    year: int
    says: tuple[str, ...]


def spread(frame: Frame) -> Frame | None:
    """The frame with one row a thing and year; None where its figures are not told apart by such a column."""
    figures = [c for c in frame.columns if c.kind == "number" and c.role == "data"]
    if len(figures) != 1 or frame.table is None:
        return None
    facet = _facet(frame)
    if facet is None:
        return None
    others = [c for c in frame.columns if c.index not in (facet.column, figures[0].index) and c.kind != "empty"]
    lines = _by_thing(frame, facet, [c.index for c in others])
    if lines is None or len(lines) < _FEWEST:
        return None
    return _laid_out(frame, facet, figures[0], others, lines)


def _facet(frame: Frame) -> _Facet | None:
    for year in frame.columns:
        years = _all(year_of(row[year.index]) for row in frame.cells)
        if not years:
            continue
        for column in frame.columns:
            if column.index == year.index or column.role == "heading":
                continue
            says = _all(_said(row[column.index], own) for row, own in zip(frame.cells, years, strict=True))
            if says is not None and _OWN in says and len(set(says)) > 1:
                return _Facet(column.index, year.index, tuple(says))
    return None


def _all(found: Iterable[T | None]) -> list[T] | None:
    """All of them; None at the first that is none, because most columns of a long table fail at their first line."""
    read = []
    for one in found:
        if one is None:
            return None
        read.append(one)
    return read


def _said(text: str | None, year: int) -> str | None:
    """Which figure of a year a line gives; None where a text says nothing of the kind."""
    shown = tidy(text or "")
    if any(says_change(letters(shown), rate) for rate in (False, True)):
        return shown
    named = year_of(shown)
    relative = RELATIVE_YEAR.fullmatch(searchable(shown))
    offset = named - year if named else OFFSETS[relative.group()[0]] if relative else None
    return {0: _OWN, -1: _LAST}.get(offset) if offset is not None else None


Lines = dict[tuple[object, ...], dict[str, int]]


def _by_thing(frame: Frame, facet: _Facet, others: Sequence[int]) -> Lines | None:
    """For each year and thing the line of each of its figures; None where two lines give the same."""
    found: Lines = {}
    for r, (row, says) in enumerate(zip(frame.cells, facet.says, strict=True)):
        year = (year_of(row[facet.year]) or 0) - (says == _LAST)
        own = found.setdefault((year, *(row[c] for c in others if c != facet.year)), {})
        if says in own:
            return None
        own[says] = r
    return found


def _laid_out(frame: Frame, facet: _Facet, figure: FrameColumn, others: Sequence[FrameColumn], lines: Lines) -> Frame:
    """One row for each year and thing: what tells it apart, its figure, its changes."""
    names = [c for c in others if c.index != facet.year]
    names.sort(key=lambda c: len({row[c.index] for row in frame.cells}))
    apart = [frame.columns[facet.year], *names]
    changes = list(dict.fromkeys(says for says in facet.says if says not in (_OWN, _LAST)))
    columns = [
        *(replace(c, index=i, role="key" if i == len(apart) - 1 else "group") for i, c in enumerate(apart)),
        replace(figure, index=len(apart)),
        *(
            FrameColumn(len(apart) + 1 + i, figure.place, (label,), label, core(label), None, (), "number", "data")
            for i, label in enumerate(changes)
        ),
    ]
    cells, refs, totals = [], [], []
    for own in lines.values():
        line = own.get(_OWN, own.get(_LAST))
        if line is None:
            continue  # a change of a figure that is not given
        last = _OWN not in own
        given = [line, *(own.get(change) for change in changes)]
        cells.append((
            *(frame.cells[line][c.index] if not last or c.index != facet.year else _year_before(frame, facet, line) for c in apart),
            *(frame.cells[r][figure.index] if r is not None else None for r in given),
        ))  # fmt: skip
        refs.append((
            *(frame.refs[line][facet.column if last and c.index == facet.year else c.index] for c in apart),
            *(frame.refs[r][figure.index] if r is not None else Ref(None, -1, None) for r in given),
        ))  # fmt: skip
        totals.append(frame.totals[line])
    return Frame(
        frame.document, frame.table, tuple(columns), tuple(cells), tuple(refs), tuple(totals), len(apart) - 1, frame.context, frame.told
    )  # fmt: skip


def _year_before(frame: Frame, facet: _Facet, line: int) -> str:
    """The year of last year's figure: as the line says it, or counted back from the line's own (令和7年度: 令和6年度)."""
    said = frame.cells[line][facet.column] or ""
    if year_of(said):
        return said
    own = searchable(frame.cells[line][facet.year] or "")
    return _NUMBER.sub(lambda found: str(int(found.group()) - 1), own)
