"""Web pages → blocks. The text is the page's own source, so that lines are lines of the file.

What stands between block-level tags is one paragraph, heading or cell; inline tags stay inside its span and are left
out when it is shown or searched. Scripts, styles and forms' inner workings are not text. Parsed by the standard
html.parser, which never loses the place and never fails on broken markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from corpus.blocks import Block, Heading, Paragraph, TableLine, classify_heading, is_item
from corpus.errors import UnreadableDocument
from corpus.folding import searchable, tidy
from corpus.readers.base import Content
from corpus.readers.plain import decode, split_lines
from corpus.types import Span

_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "nobr",
}  # fmt: skip
_SILENT = {"script", "style", "template", "noscript", "svg", "select", "textarea", "title", "head"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.I)
_LONGEST_LABEL = 14  # letters of a term that is a label
_ASKS = re.compile(r"[?。]$|か$|^Q[0-9.:\s]")
_LONGEST_SPAN = 200


class WebReader:
    """Reads .html and .htm; a charset that the page declares wrongly does not matter."""

    def read(self, data: bytes, name: str) -> Content:
        """See `Reader.read`."""
        text = decode(data, name, _declared(data))
        walker = _Walker(text)
        walker.feed(text)
        walker.close()
        walker.finish()
        if not walker.blocks:
            raise UnreadableDocument(name, "本文の文字がありません。中身を確かめてください")
        heads = (b.span for b in walker.blocks if isinstance(b, Heading) and b.rank == 1)
        named = walker.title or next(heads, None)
        title = tidy(unescape(text[named.start : named.end])) if named else None
        furniture = (walker.title,) if walker.title else ()
        return Content(text, split_lines(text), tuple(walker.blocks), title=title, furniture=furniture)


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:4096])
    return match.group(1).decode("ascii") if match else None


@dataclass(frozen=True, slots=True)
class GridCell:
    """One place of a table's grid. `span` is None for an empty cell, `name` the cell's own id in the page, if any.

    A cell that spans rows or columns stands in every place it covers; `begins` is True in the first of them.
    """

    span: Span | None
    name: str | None
    begins: bool
    header: bool


Grid = tuple[tuple[GridCell | None, ...], ...]


def read_grids(text: str) -> tuple[Grid, ...]:
    """The tables of a page as grids, spans resolved, cell ids (`cell-id` or `id`) kept; rows may differ in length."""
    walker = _Walker(text)
    walker.feed(text)
    walker.close()
    walker.finish()
    return tuple(walker.grids)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A cell as its tag announces it."""

    across: int
    down: int
    header: bool
    name: str | None


class _Table:
    """A table while its cells are read; a list of terms (dl) is one of two columns, a row for each description."""

    def __init__(self, terms: bool = False) -> None:
        self.rows: list[list[tuple[Span | None, _Opened]]] = []
        self.cell: _Opened | None = None
        self.terms = terms

    def describe(self) -> None:
        """Begin the row of a description: that of its term, a further one where the term has one already."""
        if not self.rows or len(self.rows[-1]) != 1:
            self.rows.append([(None, _Opened(1, 1, False, None))])


class _Walker(HTMLParser):
    """Walks the tags and cuts the source into blocks."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._text = text
        self._starts = [0]
        for match in re.finditer("\n", text):
            self._starts.append(match.end())
        self.blocks: list[Block] = []
        self.grids: list[Grid] = []
        self._run: tuple[int, int] | None = None
        self._heading = 0
        self._item = False
        self._silent = 0
        self._in_title = False
        self.title: Span | None = None
        self._tables: list[_Table] = []

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a table, a cell, or silence."""
        if tag in _SILENT:
            self._silent += 1
            self._in_title = tag == "title"
        if tag in _INLINE:
            return
        self.flush()
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = int(tag[1])
        elif tag == "li":
            self._item = True
        elif tag in ("table", "dl"):
            self._tables.append(_Table(terms=tag == "dl"))
        elif tag in ("dt", "dd") and self._tables and self._tables[-1].terms:
            self._close_cell()
            if tag == "dt":
                self._tables[-1].rows.append([])
            else:
                self._tables[-1].describe()
            self._tables[-1].cell = _Opened(1, 1, False, None)
            self._run = None
        elif tag == "tr" and self._tables:
            self._close_cell()
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and self._tables:
            self._close_cell()
            given = dict(attrs)
            if not self._tables[-1].rows:
                self._tables[-1].rows.append([])
            across, down = _span_of(given.get("colspan")), _span_of(given.get("rowspan"))
            name = given.get("cell-id") or given.get("id")
            self._tables[-1].cell = _Opened(across, down, tag == "th", name)
            self._run = None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<br/>` and its like end a block but open none."""
        if tag not in _INLINE:
            self.flush()

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag in _SILENT and self._silent:
            self._silent -= 1
            self._in_title = False
        if tag in _INLINE:
            return
        if tag in ("td", "th", "dt", "dd"):
            self._close_cell()
            return
        self.flush()
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = 0
        elif tag == "li":
            self._item = False
        elif tag in ("table", "dl") and self._tables and self._tables[-1].terms == (tag == "dl"):
            self._close_cell()
            self._emit_table(self._tables.pop())

    def handle_data(self, data: str) -> None:
        """Text extends the open run."""
        if not data.strip():
            return
        start = self._offset() + len(data) - len(data.lstrip())
        end = self._offset() + len(data.rstrip())
        if self._in_title:
            self.title = Span(self.title.start if self.title else start, end)
        if not self._silent:
            self._extend(start, end)

    def handle_entityref(self, name: str) -> None:
        """`&amp;` is text."""
        if not self._silent and name != "nbsp":
            self._extend(self._offset(), self._offset() + len(name) + 2)

    def handle_charref(self, name: str) -> None:
        """`&#12354;` is text."""
        if not self._silent:
            self._extend(self._offset(), self._offset() + len(name) + 3)

    def _extend(self, start: int, end: int) -> None:
        self._run = (self._run[0] if self._run else start, min(end, len(self._text)))

    def flush(self) -> None:
        """End the open run of text as a heading or paragraph; inside a cell it goes on."""
        if self._run is None or (self._tables and self._tables[-1].cell):
            return
        span = Span(*self._run)
        self._run = None
        if self._heading:
            numbered = classify_heading(self._text, span)
            self.blocks.append(Heading(self._heading, numbered.ordinal if numbered else 0, span))
        else:
            self.blocks.append(
                classify_heading(self._text, span) or Paragraph(span, self._item or is_item(self._text, span))
            )

    def finish(self) -> None:
        """End what the page left open."""
        while self._tables:
            self._close_cell()
            self._emit_table(self._tables.pop())
        self.flush()

    def _close_cell(self) -> None:
        if not self._tables or self._tables[-1].cell is None:
            return
        span = Span(*self._run) if self._run else None
        self._tables[-1].rows[-1].append((span, self._tables[-1].cell))
        self._tables[-1].cell = None
        self._run = None

    def _emit_table(self, table: _Table) -> None:
        """Lay the cells on their grid, and give each row as a table line; terms that are no labels (questions, words with
        their explanation) are text with what follows them.
        """
        if table.terms and not all(self._is_label(row[0][0]) for row in table.rows if row):
            spans = [span for row in table.rows for span, _ in row if span]
            self.blocks += [classify_heading(self._text, span) or Paragraph(span, self._item) for span in spans]
            return
        grid = _lay_out(table)
        self.grids.append(grid)
        headless = table.terms or _labels_rows(grid)
        first = True
        for row in grid:
            cells = tuple(
                cell.span if cell and (cell.begins or _from_above(row, i)) else None for i, cell in enumerate(row)
            )
            inherited = frozenset(
                i for i, cell in enumerate(row) if cell and cell.span and not cell.begins and cells[i]
            )
            own = [c for i, c in enumerate(cells) if c and i not in inherited]
            if own:
                whole = Span(min(c.start for c in own), max(c.end for c in own))
                heads = all(cell.header for cell in row if cell)
                self.blocks.append(TableLine(cells, whole, first, inherited, heads and not headless, headless))
                first = False

    def _is_label(self, span: Span | None) -> bool:
        """Whether a term labels what follows (補助率, 申請期限): a few letters, and no question."""
        text = searchable(self._text[span.start : span.end]) if span else ""
        return len(text) <= _LONGEST_LABEL and not _ASKS.search(text)


def _labels_rows(grid: Grid) -> bool:
    """Whether the header cells of a table stand in front of its rows (th, td), and none over its columns."""
    rows = [[cell for cell in row if cell] for row in grid]
    return all(len(row) > 1 and row[0].header and not any(cell.header for cell in row[1:]) for row in rows)


def _from_above(row: tuple[GridCell | None, ...], i: int) -> bool:
    """Whether a place is covered from the row above rather than from its left neighbour; its first column counts."""
    left, here = (row[i - 1] if i else None), row[i]
    return left is None or here is None or left.span != here.span


def _lay_out(table: _Table) -> Grid:
    """HTML's table model: cells fill the next free place, spans reserve the places they cover."""
    taken: dict[tuple[int, int], GridCell] = {}
    for r, row in enumerate(table.rows):
        column = 0
        for span, opened in row:
            while (r, column) in taken:
                column += 1
            for down in range(opened.down):
                for across in range(opened.across):
                    begins = down == 0 and across == 0
                    taken[r + down, column + across] = GridCell(span, opened.name, begins, opened.header)
            column += opened.across
    widths = [0] * len(table.rows)
    for r, c in taken:
        if r < len(widths):
            widths[r] = max(widths[r], c + 1)
    return tuple(tuple(taken.get((r, c)) for c in range(width)) for r, width in enumerate(widths))


def _span_of(value: str | None) -> int:
    return min(int(value), _LONGEST_SPAN) if value and value.strip().isdecimal() and int(value) > 0 else 1
