"""Lists inside cells: `○国際交流事業  8,213 / ・報酬（17人）  4,284` in the last columns of a budget's explanations → tables of their own.

Comes in: the tables of a document. Goes out: for each column whose cells hold such lists a table with a row for each line, named by
the row the cell stands in and by the project the line stands under; amounts are in the unit of that row's other amounts.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.folding import BREAK, fold_with_origins
from corpus.types import Cell, Column, Origin, Row, Span, Table
from corpus.units import MONEY

_LINE = re.compile(
    r"\s*(?P<label>[^\s].*?[^\s0-9,.~(])(?:\s{1,})(?P<value>[-△▲]?[0-9]{1,3}(?:,[0-9]{3})+|[-△▲]?[0-9]{1,6})\s*$"
)
_OUTER = re.compile(r"[○◯◎●◆■]|[0-9]{3}\s")
_MARK = re.compile(r"[○◯◎●◆■□・‧•·*]\s*")
_WORDED = re.compile(r"[一-龥ァ-ヶ]{2}")
_SENTENCE = re.compile(r"[。、]$|です|ます|である")
_FEWEST_IN_CELL, _FEWEST_IN_COLUMN = 2, 4
_SHARE = 0.6
_BREAK = re.compile(rf"[{BREAK}\n]|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of such a list: its label and its amount as printed, with their places, and whether it opens a project."""

    label: str
    named: Span
    value: str
    valued: Span
    outer: bool


def listed_in_cells(text: str, tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables that the cells of other tables hold as lists, those of the same headers under one heading as one."""
    rows: dict[tuple[object, ...], list[Row]] = {}
    heads: dict[tuple[object, ...], tuple[Table, Column]] = {}
    for table in tables:
        for column in table.columns[table.key + 1 :]:
            kind = (table.section, table.columns[table.key].path, column.path)
            for row in table.rows:
                own = rows.setdefault(kind, [])
                if row.understood and (items := _items(text, row.cells[column.index])):
                    own.extend(_rows(row, table.key, items, len(own)))
            heads.setdefault(kind, (table, column))
    return tuple(_table(text, *heads[kind], own) for kind, own in rows.items() if len(own) >= _FEWEST_IN_COLUMN)


def in_lines(value: str) -> str:
    """A cell's value in one line: its own lines are parted by `BREAK` where they are such a list, else by blanks."""
    lines = [" ".join(line.split()) for line in value.splitlines() if line.strip()]
    told = sum(_item(line, 0, len(line)) is not None for line in lines)
    return (BREAK if told >= max(_FEWEST_IN_CELL, _SHARE * len(lines)) else " ").join(lines)


def _table(text: str, table: Table, column: Column, rows: Sequence[Row]) -> Table:
    columns = (Column(0, table.columns[table.key].path), Column(1, ()), Column(2, column.path), Column(3, ()))
    content = "\n".join([column.label, text[rows[0].span.start : rows[0].span.end]])
    name = "l" + hashlib.sha256(content.encode()).hexdigest()[:10]
    return Table(name, columns, tuple(rows), 2, table.section, table.caption, ())


def _rows(row: Row, key: int, items: Sequence[_Item], first: int) -> Iterator[Row]:
    """The rows of one cell's list: the name of its row, the project, the label, the amount."""
    units = Counter(cell.unit for cell in row.cells if cell.unit in MONEY)
    unit = units.most_common(1)[0][0] if units else None
    whose = row.cells[key]
    over: _Item | None = None
    for i, item in enumerate(items):
        over = None if item.outer else over
        inside = item.outer and i + 1 < len(items) and not items[i + 1].outer
        cells = (
            Cell(0, whose.text, whose.spans, Origin.FILLED),
            Cell(1, over.label, (over.named,), Origin.FILLED) if over else Cell(1, ""),
            Cell(2, item.label, (item.named,)),
            Cell(3, item.value, (item.valued,), unit=unit),
        )
        span = Span(item.named.start, item.valued.end)
        yield Row(first + i, cells, row.section, span, total=inside)
        over = item if item.outer else over


def _items(text: str, cell: Cell) -> list[_Item]:
    """The lines of a cell that is such a list; none of another cell."""
    if cell.origin is not Origin.EXPLICIT or len(cell.spans) != 1:
        return []
    (span,) = cell.spans
    if not _BREAK.search(text, span.start, span.end):
        return []
    found: list[_Item] = []
    lines = 0
    begun: int | None = None
    for start, end in _lines(text, span):
        lines += 1
        item = _item(text, start if begun is None else begun, end)
        if item is not None:
            found.append(item)
            begun = None
        else:
            begun = None if _SENTENCE.search(text[start:end]) else start  # a label that goes on in the next line
    return found if len(found) >= max(_FEWEST_IN_CELL, _SHARE * lines) else []


def _lines(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Where the lines of a cell that say anything begin and end."""
    breaks = [m.span() for m in _BREAK.finditer(text, span.start, span.end)]
    starts = [span.start, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), span.end]
    return ((start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip())


def _item(text: str, start: int, end: int) -> _Item | None:
    """A line, or one and the line it goes on in, as a label with an amount at its end."""
    raw = text[start:end]
    folded = fold_with_origins(raw)
    match = _LINE.match(folded.text)
    if match is None or not _WORDED.search(match["label"]) or _SENTENCE.search(match["label"]):
        return None
    a, b = folded.raw(match.start("label"), match.end("label"))
    c, d = folded.raw(match.start("value"), match.end("value"))
    mark = _MARK.match(raw, a)
    named = Span(start + (mark.end() if mark else a), start + b)
    outer = _OUTER.match(folded.text, match.start("label")) is not None
    return _Item(text[named.start : named.end], named, raw[c:d], Span(start + c, start + d), outer)
