"""How tables and labelled figures become frames, and how a frame is turned so that its headers are the names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus import Document, Row, Table
from corpus.align import shape
from corpus.folding import searchable, tidy
from corpus.values import is_nothing, lone_quantity
from qa.lookup import letters

if TYPE_CHECKING:
    pass
from qa.frames import TOTAL, Frame, FrameColumn, core, header_years

_FEWEST_TO_TURN = 3
_MOST_TURNED = 400
_MOST_FRAMES = 2_000
_NUMERIC_SHARE = 0.5
_frames: dict[tuple[str, str, int | None], Frame | None] = {}
_turned: dict[int, tuple[Frame, Frame | None]] = {}


def table_frame(document: Document, number: int) -> Frame:
    """The frame of one of a document's tables, made once."""
    key = (document.id, document.sha256, number)
    if key not in _frames:
        _make_room()
        _frames[key] = _of_table(document, number)
    frame = _frames[key]
    assert frame is not None
    return frame


def fact_frame(document: Document) -> Frame | None:
    """The frame of a document's facts: a row for each heading, a column for each label; None when it has none."""
    key = (document.id, document.sha256, None)
    if key not in _frames:
        _make_room()
        _frames[key] = _of_facts(document) if document.facts else None
    return _frames[key]


def _make_room() -> None:
    if len(_frames) >= _MOST_FRAMES:
        _frames.clear()


def _of_table(document: Document, number: int) -> Frame:
    table = document.tables[number]
    rows = [row for row in table.rows if row.understood]
    common = _common([row.section for row in rows] or [table.section])
    depth = max((len(row.section) for row in rows), default=0)
    levels = range(len(common), depth)
    cells = tuple(
        (
            *(row.section[i] if i < len(row.section) else None for i in levels),
            *(cell.text for cell in row.cells),
        )
        for row in rows
    )
    key = len(levels) + table.key
    columns = tuple(
        _column(i, None if i < len(levels) else i - len(levels), document, table, key, [row[i] for row in cells])
        for i in range(len(levels) + len(table.columns))
    )
    refs = tuple(tuple((row.index, column.place) for column in columns) for row in rows)
    context = (*common, *((tidy(table.caption),) if table.caption else ()))
    return Frame(document, number, columns, cells, refs, _totals(rows, table.key), key, context)


def _totals(rows: Sequence[Row], key: int) -> tuple[bool, ...]:
    """Which rows are totals: those the reader found to be sums, and those that are called 計."""
    names = (next((c.text for c in reversed(row.cells[: key + 1]) if c.text), "") for row in rows)
    return tuple(row.total or bool(TOTAL.fullmatch(letters(name or ""))) for row, name in zip(rows, names, strict=True))


def _column(
    i: int, place: int | None, document: Document, table: Table, key: int, texts: list[str | None]
) -> FrameColumn:
    role = "heading" if place is None else "group" if i < key else "key" if i == key else "data"
    if place is None:
        return FrameColumn(i, None, (), "", "", None, (), "text", role)
    own = table.columns[place]
    years = header_years(own.label, document)
    return FrameColumn(i, place, own.path, own.label, core(own.label), own.unit, years, _kind(texts), role)


def _kind(texts: list[str | None]) -> str:
    shown = [searchable(text) for text in texts if text and text.strip() and not is_nothing(searchable(text))]
    if not shown:
        return "empty"
    if sum(lone_quantity(text) is not None for text in shown) > _NUMERIC_SHARE * len(shown):
        years = sum(bool(re.fullmatch(r"(?:1[89]|20)[0-9]{2}", text)) for text in shown)
        return "date" if years > _NUMERIC_SHARE * len(shown) else "number"
    dated = sum(shape(text) in ("year", "period") for text in shown)
    return "date" if dated > _NUMERIC_SHARE * len(shown) else "text"


def turned(frame: Frame) -> Frame | None:
    """The same figures with headers as names and rows as columns, so that columns too can be counted and compared.

    None where fewer than three columns hold figures of one unit: then they are different facts, not members of a group.
    """
    kept = _turned.get(id(frame))
    if kept is None or kept[0] is not frame:
        if len(_turned) >= _MOST_FRAMES:
            _turned.clear()
        kept = _turned[id(frame)] = (frame, _turn(frame))
    return kept[1]


def _turn(frame: Frame) -> Frame | None:
    if frame.table is None or len(frame) > _MOST_TURNED:
        return None
    figures = [c for c in frame.columns if c.kind == "number" and c.role == "data" and not c.years]
    by_unit: dict[frozenset[str | None], list[FrameColumn]] = {}
    for column in figures:
        by_unit.setdefault(frozenset(q.unit for q in frame.quantities(column.index) if q), []).append(column)
    group = max(by_unit.values(), key=len, default=[])
    if len(group) < _FEWEST_TO_TURN:
        return None
    levels = max(len(c.path) for c in group)
    rows = [r for r in range(len(frame)) if frame.name(r)]
    cells = tuple(
        (*((None,) * (levels - len(c.path))), *c.path, *(frame.cells[r][c.index] for r in rows)) for c in group
    )
    refs = tuple((*((-1, None) for _ in range(levels)), *(frame.refs[r][c.index] for r in rows)) for c in group)
    columns = [
        FrameColumn(i, None, (), "", "", None, (), "text", "key" if i == levels - 1 else "group") for i in range(levels)
    ]
    for i, r in enumerate(rows):
        label = frame.label(r)
        year = frame.year(r)
        years = (year,) if year else header_years(label, frame.document)
        columns.append(
            FrameColumn(levels + i, i, (label,), label, "" if year else core(label), None, years, "number", "data")
        )
    totals = tuple(bool(TOTAL.fullmatch(letters(c.path[-1]))) if c.path else False for c in group)
    other = Frame(frame.document, frame.table, tuple(columns), cells, refs, totals, levels - 1, frame.context)
    other.turned = True
    return other


def _of_facts(document: Document) -> Frame:
    subjects = list(dict.fromkeys(fact.subject for fact in document.facts))
    labels = list(dict.fromkeys(fact.attribute for fact in document.facts))
    common = _common([s[:-1] for s in subjects])
    depth = max(len(s) for s in subjects) - len(common)
    grid: dict[tuple[int, int], tuple[str, int]] = {}
    for position, fact in enumerate(document.facts):
        grid.setdefault((subjects.index(fact.subject), labels.index(fact.attribute)), (fact.text, position))
    # The last heading names the row; those above it are its groups, right-aligned so that names share a column.
    groups = [[None] * (depth - len(s) + len(common)) + list(s[len(common) :]) for s in subjects]
    cells = tuple(
        (*groups[r], *(grid[r, c][0] if (r, c) in grid else None for c in range(len(labels))))
        for r in range(len(subjects))
    )
    refs: tuple[tuple[tuple[int, int | None], ...], ...] = tuple(
        (
            *((-1, None) for _ in range(depth)),
            *((grid[r, c][1] if (r, c) in grid else -1, None) for c in range(len(labels))),
        )
        for r in range(len(subjects))
    )
    columns = [
        FrameColumn(i, None, (), "", "", None, (), "text", "key" if i == depth - 1 else "group") for i in range(depth)
    ]
    for c, label in enumerate(labels):
        texts = [row[depth + c] for row in cells]
        years = header_years(label, document)
        columns.append(FrameColumn(depth + c, c, (label,), label, core(label), None, years, _kind(texts), "data"))
    return Frame(document, None, tuple(columns), cells, refs, (False,) * len(cells), depth - 1, common)


def _common(paths: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The headings that all paths begin with."""
    first = min(paths, key=len)
    for i, part in enumerate(first):
        if any(path[i] != part for path in paths):
            return first[:i]
    return first
