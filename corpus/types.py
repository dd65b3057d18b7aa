"""The values a source file becomes. All frozen; all places are offsets into `Document.text`.

Offsets are Python code points, half open. The text is kept exactly as read; folding of widths, eras and
units happens only where words are compared. `None` is "no such cell", `""` is "an empty cell".
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

import msgspec


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Document.text`: from `start` up to but not including `end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text and what a reader calls it: `number` counts from 1 in the file, page or sheet."""

    start: int
    end: int
    number: int
    page: int | None = None
    sheet: str | None = None


class Place(msgspec.Struct, frozen=True):
    """Where something stands, as a citation prints it. Both line numbers are 1-based and inclusive."""

    line_start: int
    line_end: int
    page: int | None = None
    sheet: str | None = None


class Origin(Enum):
    """How a cell came by its text."""

    EXPLICIT = "explicit"
    FILLED = "filled"
    INFERRED = "inferred"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a data row.

    `text` is as printed (the pieces of a cell that runs over several lines joined by a newline), `spans` are the
    pieces' places; a filled cell's spans are those of the cell it was filled from. `unit` is the unit that governs
    the cell's number when the cell itself does not print one.
    """

    column: int
    text: str | None
    spans: tuple[Span, ...] = ()
    origin: Origin = Origin.EXPLICIT
    unit: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's header path, outermost first, and the unit printed in it (`千円`, never converted)."""

    index: int
    path: tuple[str, ...]
    unit: str | None = None

    @property
    def label(self) -> str:
        """The header path in one line."""
        return " ".join(self.path)


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: one cell for each column, in order.

    `section` is the heading path the row stands under. `confidence` in [0, 1] says how sure the alignment of its
    cells to the columns is; `understood` is False when no alignment fits, and then `cells` is empty and the row can
    only be quoted as a whole (`span`). `total` is True for a row that is the sum of others: it never enters a sum.
    """

    index: int
    cells: tuple[Cell, ...]
    section: tuple[str, ...]
    span: Span
    understood: bool = True
    confidence: float = 1.0
    note: str | None = None
    total: bool = False


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A figure that is said to be made of others, and what they make.

    `kind` rows: the figure at (`row`, `column`) against the sum of the rows `parts` in that column; columns and
    difference: against the sum or difference of the columns `parts` in that row. Figures as printed, units not applied.
    """

    kind: str
    row: int
    column: int
    parts: tuple[int, ...]
    stated: Decimal
    computed: Decimal

    @property
    def agrees(self) -> bool:
        """Whether the figure is what its parts make."""
        return self.stated == self.computed


@dataclass(frozen=True, slots=True)
class Table:
    """A logical table: fragments cut by page breaks are already joined.

    `key` is the column whose cell names a row; the columns before it are the groups it belongs to.
    """

    id: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: int
    section: tuple[str, ...]
    caption: str | None
    header: tuple[Span, ...]
    checks: tuple[TotalCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading. `path` is the chain of headings down to and including itself; `level` counts from 1."""

    path: tuple[str, ...]
    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure printed with its label on or under a heading: `決算額 7,897 千円`.

    `subject` is the heading path, `attribute` the label, `text` the value as printed, `span` the whole of it; `unit` is that
    which the document states for it elsewhere.
    """

    subject: tuple[str, ...]
    attribute: str
    text: str
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest quotable stretch of prose: a sentence or a list item, with its heading path."""

    kind: str
    section: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Leftover:
    """What belongs to no heading, cell, fact or passage, and why.

    `kind`: unit (a unit that governs other cells), mark (a sign that says nothing), furniture (running heads, page
    numbers, repeated headings, the document's title), markup (tags, scripts), unread (anything else).
    """

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One source file. `years` are the fiscal years it speaks of as a whole, western (2021 = 令和3年度).

    `format` is the file's suffix without the dot, `remarks` what its reader had to say (hidden columns …).
    Every non-blank character of `text` belongs to exactly one heading, header, cell, fact, passage or leftover.
    """

    id: str
    title: str
    years: tuple[int, ...]
    sha256: str
    text: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]
    leftovers: tuple[Leftover, ...] = ()
    remarks: tuple[str, ...] = ()
    format: str = "txt"

    def quote(self, span: Span) -> str:
        """The verbatim text of a span."""
        return self.text[span.start : span.end]

    def place(self, span: Span) -> Place:
        """The lines a span stands on. A span that runs over two pages is placed on its first page."""
        first = self.lines[bisect_right(self.lines, span.start, key=_start) - 1]
        last = self.lines[bisect_right(self.lines, span.end - 1, key=_start) - 1]
        if (last.page, last.sheet) != (first.page, first.sheet):
            last = first
        return Place(first.number, last.number, first.page, first.sheet)


def _start(line: Line) -> int:
    return line.start
