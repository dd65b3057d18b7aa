"""A citation → what a reader needs to check it: the row in its table, or the passage in its place, and the raw lines."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Document, Origin, Row, Span, Table
from corpus.folding import tidy
from index import Store
from qa.cite import cite
from qa.types import Citation, Evidence
from qa.wording import with_unit

AROUND = 2  # rows before and after the cited one
LINES_AROUND = 2
_MOST_BETWEEN = 12  # rows shown between the place a cell was filled from and the row it was filled into
_PASSAGES_AROUND = 2


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as shown. `origin` is how it came by its text, `reason` why where it was worked out; `cited` marks it."""

    text: str
    origin: Origin
    reason: str | None
    cited: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as shown. `line` is its first line in the file; `cited` where the citation stands on it or speaks of it.

    `raw` is the row as printed where its columns could not be told, and then there are no cells. `confidence` in [0, 1]
    says how sure its cells' columns are.
    """

    line: int
    cells: tuple[CellView, ...]
    cited: bool
    raw: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class TableView:
    """A cut of a table around the cited row; `before` and `after` are how many of its rows are not shown, `key` is the
    column that names a row.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[RowView, ...]
    before: int
    after: int
    key: int


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the source as it is, in three pieces of which the middle one is quoted; `cited` where it holds evidence."""

    number: int
    pieces: tuple[str, str, str]
    cited: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """Everything that is shown of one citation. `before` and `after` are the sentences around a quoted passage.

    `gone` is True where the document is no longer in the index; then there is only the citation itself.
    """

    citation: Citation
    table: TableView | None
    before: str
    after: str
    lines: tuple[LineView, ...]
    gone: bool = False


def source_view(store: Store, citation: Citation) -> SourceView:
    """Look a citation up again in its document."""
    if citation.document not in store.documents:
        return SourceView(citation, None, "", "", (), gone=True)
    document = store.documents[citation.document]
    stretch = _stretch(document, citation)
    if stretch is None:
        return SourceView(citation, None, "", "", (), gone=True)
    table, row = _row_at(document, stretch, citation)
    span = _quoted(document, citation, stretch, table, row)
    before, after = ("", "") if row else _neighbours(document, span)
    view = _cut(document, table, row, citation) if table and row else None
    return SourceView(citation, view, before, after, _raw_lines(document, citation, span))


def row_citation(store: Store, document: str, table: str, row: int) -> Citation | None:
    """A whole row of a table as a citation; None where there is none such."""
    if document not in store.documents:
        return None
    tables = store.documents[document].tables
    at = next((i for i, one in enumerate(tables) if one.id == table), None)
    if at is None or not 0 <= row < len(tables[at].rows):
        return None
    (citation,) = cite(store, Evidence(document, "cell", at, row, None, (), None, (), "", None, "", 1))
    return citation


def line_citation(store: Store, document: str, line: int, page: int | None, sheet: str | None) -> Citation | None:
    """A line of a document as a citation; None where there is none such or nothing on it."""
    if document not in store.documents:
        return None
    held = store.documents[document]
    for one in held.lines:
        if (one.number, one.page, one.sheet) == (line, page, sheet) and (
            quote := held.text[one.start : one.end].strip()
        ):
            return Citation(document, held.title, line, line, page, sheet, (), None, (), quote)
    return None


def _stretch(document: Document, citation: Citation) -> Span | None:
    """The cited lines as one stretch of the text; None where the document has no such lines any more."""
    lines = [
        line
        for line in document.lines
        if citation.line_start <= line.number <= citation.line_end
        and (line.page, line.sheet) == (citation.page, citation.sheet)
    ]
    return Span(lines[0].start, max(lines[-1].end, lines[0].start + 1)) if lines else None


def _row_at(document: Document, stretch: Span, citation: Citation) -> tuple[Table | None, Row | None]:
    """The row that stands on the cited lines, best one that holds the quote in the cited column."""
    found: list[tuple[Table, Row]] = [
        (table, row)
        for table in document.tables
        for row in table.rows
        if row.span.start < stretch.end and stretch.start < row.span.end
    ]
    for table, row in found:
        if any(document.quote(span) == citation.quote for cell in row.cells for span in cell.spans):
            return table, row
    within = [(t, r) for t, r in found if citation.quote in document.quote(r.span)]
    return within[0] if within else (None, None)


def _quoted(document: Document, citation: Citation, stretch: Span, table: Table | None, row: Row | None) -> Span | None:
    """Where the quote stands: in the cited column where the row has it more than once."""
    for cell in row.cells if table and row else ():
        for span in cell.spans if table and table.columns[cell.column].path == citation.column else ():
            if document.quote(span) == citation.quote and stretch.start <= span.start < stretch.end:
                return span
    at = document.text.find(citation.quote, stretch.start, stretch.end)
    return Span(at, at + len(citation.quote)) if at >= 0 and citation.quote else None


def _neighbours(document: Document, span: Span | None) -> tuple[str, str]:
    """The sentences before and after a quoted one, as far as they stand under the same heading."""
    at = next(
        (i for i, p in enumerate(document.passages) if span and p.span.start <= span.start < p.span.end),
        None,
    )
    if at is None or span is None:
        return "", ""
    own = document.passages[at]
    near = range(max(0, at - _PASSAGES_AROUND), min(len(document.passages), at + _PASSAGES_AROUND + 1))
    texts = {
        i: tidy(document.quote(document.passages[i].span)) for i in near if document.passages[i].section == own.section
    }
    lead, rest = document.text[own.span.start : span.start], document.text[span.end : own.span.end]
    before = " ".join([*(texts[i] for i in texts if i < at), tidy(lead)])
    after = " ".join([tidy(rest), *(texts[i] for i in texts if i > at)])
    return before.strip(), after.strip()


def _raw_lines(document: Document, citation: Citation, span: Span | None) -> tuple[LineView, ...]:
    wanted = range(citation.line_start - LINES_AROUND, citation.line_end + LINES_AROUND + 1)
    views = []
    for line in document.lines:
        if line.number in wanted and (line.page, line.sheet) == (citation.page, citation.sheet):
            start = min(max(span.start, line.start), line.end) if span else line.end
            end = max(min(span.end, line.end), start) if span else line.end
            pieces = (document.text[line.start : start], document.text[start:end], document.text[end : line.end])
            views.append(LineView(line.number, pieces, citation.line_start <= line.number <= citation.line_end))
    return tuple(views)


def _cut(document: Document, table: Table, row: Row, citation: Citation) -> TableView:
    """The cited row with its neighbours; where its cell was filled into another row, that one too."""
    column = _column(document, table, row, citation)
    position = table.rows.index(row)
    last = _spoken_of(document, table, position, citation, column)
    first, end = max(0, position - AROUND), min(len(table.rows), last + AROUND + 1)
    rows = tuple(
        _row_view(document, one, column, i in (position, last)) for i, one in enumerate(table.rows[first:end], first)
    )
    caption = tidy(table.caption) if table.caption else ""
    return TableView(
        caption, tuple(tidy(c.label) for c in table.columns), rows, first, len(table.rows) - end, table.key
    )


def _column(document: Document, table: Table, row: Row, citation: Citation) -> int | None:
    same = [c.index for c in table.columns if citation.column and c.path == citation.column]
    holding = [i for i in same if row.cells and any(document.quote(s) == citation.quote for s in row.cells[i].spans)]
    return next(iter([*holding, *same]), None)


def _spoken_of(document: Document, table: Table, position: int, citation: Citation, column: int | None) -> int:
    """The row that a citation speaks of: a later one, where what it cites was filled into that from here."""
    own = table.rows[position]
    if column is None or not own.cells or tidy(own.cells[table.key].text or "") == citation.row:
        return position
    printed = own.cells[column].spans
    for i, row in enumerate(table.rows[position : position + _MOST_BETWEEN], position):
        if row.cells and tidy(row.cells[table.key].text or "") == citation.row and row.cells[column].spans == printed:
            return i
    return position


def _row_view(document: Document, row: Row, column: int | None, cited: bool) -> RowView:
    line = document.place(row.span).line_start
    if not row.understood:
        return RowView(line, (), cited, document.quote(row.span), row.confidence)
    cells = tuple(
        CellView(with_unit(cell.text or "", cell.unit), cell.origin, cell.reason, cited and cell.column == column)
        for cell in row.cells
    )
    return RowView(line, cells, cited, None, row.confidence)
