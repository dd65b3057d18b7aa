"""A citation → what a reader needs to check it: the row in its table, or the passage in its place, and the raw lines."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Document, Row, Table
from index import Store
from qa.types import Citation
from qa.wording import with_unit

AROUND = 1  # rows before and after the cited one
LINES_AROUND = 2


@dataclass(frozen=True, slots=True)
class TableView:
    """A cut of a table: header labels, rows of (line, cell texts), and which row and column are cited."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    cited_line: int
    cited_column: int | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """Everything that is shown of one citation. `lines` are (number, text, cited) from the source as it is."""

    citation: Citation
    table: TableView | None
    lines: tuple[tuple[int, str, bool], ...]


def source_view(store: Store, citation: Citation) -> SourceView:
    """Look a citation up again in its document."""
    document = store.documents[citation.document]
    return SourceView(citation, _table_view(document, citation), _raw_lines(document, citation))


def _raw_lines(document: Document, citation: Citation) -> tuple[tuple[int, str, bool], ...]:
    wanted = range(citation.line_start - LINES_AROUND, citation.line_end + LINES_AROUND + 1)
    return tuple(
        (line.number, document.text[line.start : line.end], citation.line_start <= line.number <= citation.line_end)
        for line in document.lines
        if line.number in wanted and (line.page, line.sheet) == (citation.page, citation.sheet)
    )


def _table_view(document: Document, citation: Citation) -> TableView | None:
    for table in document.tables:
        for row in table.rows:
            place = document.place(row.span)
            if (place.page, place.sheet) != (citation.page, citation.sheet) or not row.understood:
                continue
            if place.line_start <= citation.line_start and citation.line_end <= place.line_end:
                return _cut(document, table, row, citation)
    return None


def _cut(document: Document, table: Table, row: Row, citation: Citation) -> TableView:
    position = table.rows.index(row)
    near = [r for r in table.rows[max(0, position - AROUND) : position + AROUND + 1] if r.understood]
    column = next((c.index for c in table.columns if c.path == citation.column), None)
    rows = tuple(
        (document.place(r.span).line_start, tuple(with_unit(cell.text or "", cell.unit) for cell in r.cells))
        for r in near
    )
    return TableView(tuple(c.label for c in table.columns), rows, document.place(row.span).line_start, column)
