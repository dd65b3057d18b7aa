"""A table as a grid of texts: what the ranking of cells reads, whatever the table came from.

A grid holds each different text once, folded as it is searched, and for every place the number of its text. A cell that
spans rows or columns stands in every place it covers; `begins` marks the first of them, the only one an answer names.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus import Document, Table
from corpus.folding import searchable, tidy
from corpus.readers.web import Grid as PageGrid
from corpus.readers.web import read_grids
from corpus.values import UNIT_ONLY, find_periods
from qa.intersect_values import DITTO, figure, is_figure, normalised, says_nothing, scale_of, stated_scale

BLANK, FIGURE, NOTHING, ASIDE, LABEL = range(5)
_MARKED = re.compile(r"^[(\[〔<]\s*(.*?)\s*[)\]〕>]$")
_NOTE = re.compile(r"^[(\[]?(?:注|※|\*)[\d,、 注※*()\[\]]*$")
_UNIT_STATED = re.compile(r"^[(\[〔]?\s*単位\s*[:;]?[^()]{1,12}[)\]〕]?$")
_NOTE_AND_FIGURE = re.compile(r"\s\d[\d,]*$")
_MOST_ANCESTORS = 4
_TOTAL = re.compile(r"(?:計|総額|合計額)$")


@dataclass(frozen=True)
class Grid:
    """A table laid out in rows and columns.

    `texts[0]` is the empty text; `cells[r][c]` numbers the text at a place, all rows are equally long. `names` are the
    cells' own ids (None where they have none), `origins[r]` the number of the table's row that row `r` shows, -1 for
    header and heading rows, `before` the text before the table, nearest last, `year` the year the document
    speaks of, `scale` what multiplies figures whose unit stands nowhere in the table, `printed` the texts before folding.
    """

    texts: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    names: tuple[tuple[str | None, ...], ...]
    begins: tuple[tuple[bool, ...], ...]
    origins: tuple[int, ...]
    before: str = ""
    year: int | None = None
    scale: Decimal | None = None
    printed: tuple[str, ...] = ()

    @classmethod
    def of_texts(cls, rows: Sequence[Sequence[str | None]], before: str = "", year: int | None = None) -> Grid:
        """A grid of plain rows; None and short rows are empty places."""
        named = [[(text, None, True) for text in row] for row in rows]
        return cls._lay(named, tuple(range(len(rows))), before, year)

    @classmethod
    def from_html(cls, html: str, before: str = "", year: int | None = None, scale: Decimal | None = None) -> Grid:
        """The tables of an HTML text, one below the other; spans resolved, `cell-id` or `id` kept as names."""
        rows: list[list[tuple[str | None, str | None, bool]]] = []
        for table in _in_order(html, read_grids(html)):
            for row in table:
                rows.append(
                    [
                        (entities.unescape(html[p.span.start : p.span.end]) if p.span else None, p.name, p.begins)
                        if p
                        else (None, None, False)
                        for p in row
                    ]
                )
        return cls._lay(rows, tuple(range(len(rows))), before, year, scale)

    @classmethod
    def from_table(cls, document: Document, table: Table) -> Grid:
        """A table of the corpus: header paths on top, heading rows where the heading changes, then its rows."""
        depth = max((len(column.path) for column in table.columns), default=0)
        rows: list[list[tuple[str | None, str | None, bool]]] = []
        origins: list[int] = []
        for level in range(depth):
            rows.append([(c.path[level] if level < len(c.path) else None, None, True) for c in table.columns])
            origins.append(-1)
        if any(c.unit and c.unit not in c.label for c in table.columns):
            rows.append(
                [(f"({c.unit})" if c.unit and c.unit not in c.label else None, None, True) for c in table.columns]
            )
            origins.append(-1)
        heading = table.section
        for row in table.rows:
            if row.section != heading and row.section:
                rows.append([(row.section[-1], None, True)])
                origins.append(-1)
            heading = row.section
            if row.cells:
                rows.append([(cell.text, None, True) for cell in row.cells])
                origins.append(row.index)
        before = " ".join((document.title, *table.section, table.caption or ""))
        return cls._lay(rows, tuple(origins), before, max(document.years, default=None))

    @classmethod
    def _lay(
        cls,
        rows: Sequence[Sequence[tuple[str | None, str | None, bool]]],
        origins: tuple[int, ...],
        before: str,
        year: int | None,
        scale: Decimal | None = None,
    ) -> Grid:
        width = max((len(row) for row in rows), default=0)
        numbers = {"": 0}
        printed: dict[str, str] = {"": ""}
        cells = []
        for row in rows:
            folded = [(searchable(text or ""), tidy(text or "")) for text, _, _ in row]
            line = [numbers.setdefault(text, len(numbers)) for text, _ in folded]
            for text, shown in folded:
                printed.setdefault(text, shown)
            cells.append(tuple(line + [0] * (width - len(line))))
        missing = [(None, None, False)] * width
        full = [[*row, *missing][:width] for row in rows]
        return cls(
            tuple(numbers),
            tuple(cells),
            tuple(tuple(name for _, name, _ in row) for row in full),
            tuple(tuple(begins for _, _, begins in row) for row in full),
            origins,
            searchable(before),
            year,
            scale,
            tuple(printed.values()),
        )

    def value(self, row: int, column: int) -> str:
        """The value of a cell in base units (see `normalised`); its unit is looked for in its row, then above, then before."""
        text = self.texts[self.cells[row][column]]
        value = normalised(text, self._scales(row, column))
        return self.printed[self.cells[row][column]] if value == text and self.printed else value

    def _scales(self, row: int, column: int) -> Iterator[Decimal | None]:
        kinds, texts = self.layout.kinds, self.texts
        for c in range(column - 1, -1, -1):
            r = row
            while texts[self.cells[r][c]] in DITTO and r:
                r -= 1
            if kinds[r, c] in (LABEL, ASIDE):
                yield scale_of(texts[self.cells[r][c]])
        for ancestor in self.layout.ancestors[row]:
            if ancestor >= 0:
                yield scale_of(texts[self.cells[ancestor][self.layout.lead[ancestor]]])
        for r in range(row - 1, -1, -1):
            above = texts[self.cells[r][column]]
            if kinds[r, column] in (LABEL, ASIDE):
                yield scale_of(above)
            elif kinds[r, column] == FIGURE and (printed := figure(above)) and printed[1]:
                yield scale_of(printed[1])  # a unit printed with the first figure of a column only
        for r in range(len(self.cells)):
            if self.layout.header[r]:
                yield from (scale_of(texts[i]) for i in dict.fromkeys(self.cells[r]) if "単位" in texts[i])
        yield stated_scale(self.before)
        for r in range(row - 1, -1, -1):
            yield from (scale_of(texts[i]) for i, k in zip(self.cells[r], kinds[r], strict=True) if k == ASIDE)
        yield self.scale

    @cached_property
    def layout(self) -> Layout:
        """What can be said of the grid before any question is asked."""
        return lay_out(self)


def _in_order(html: str, tables: tuple[PageGrid, ...]) -> list[PageGrid]:
    """Tables as they begin in the page; the reader gives them as they end, those inside a cell before the one around."""
    begins, open_tables = [], []
    for tag in re.finditer(r"<(/?)table\b", html, re.I):
        if not tag[1]:
            open_tables.append(tag.start())
        elif open_tables:
            begins.append(open_tables.pop())
    begins += reversed(open_tables)
    return [table for _, table in sorted(zip(begins, tables, strict=False), key=lambda pair: pair[0])] or list(tables)


@dataclass(frozen=True)
class Layout:
    """Where figures and labels stand. Arrays are rows × columns unless said otherwise; rows count from 0.

    `kinds` one of BLANK … LABEL a place; `header` (rows) rows that name columns; `lead` (rows) the column of a row's first
    label, -1 without; `ancestors` (rows × 4) the rows that a row stands under, nearest first, -1 for none; `total` (rows)
    the next row below that names a total, -1 for none; `repeated` (rows) how many rows above carry the same label;
    `candidates` places that can be an answer; `labels` the numbers of the texts that are labels.
    """

    places: NDArray[np.int32]
    kinds: NDArray[np.int8]
    header: NDArray[np.bool_]
    lead: NDArray[np.int32]
    ancestors: NDArray[np.int32]
    total: NDArray[np.int32]
    repeated: NDArray[np.int32]
    candidates: NDArray[np.bool_]
    labels: NDArray[np.int32]


def kind_of(text: str) -> int:
    """What a folded cell text is: blank, a figure, a mark for nothing, an aside (a unit, a note), or a label."""
    if not text:
        return BLANK
    if says_nothing(text):
        return NOTHING
    inner = _MARKED.match(text)
    if inner and says_nothing(inner[1]):
        return NOTHING
    if _NOTE.match(text) and not _NOTE_AND_FIGURE.search(text):
        return ASIDE
    if is_figure(text) and not find_periods(text):
        return FIGURE
    if (
        text in DITTO
        or _UNIT_STATED.match(text)
        or UNIT_ONLY.match(inner[1] if inner else text)
        or (scale_of(text) is not None and len(text) < 6)
    ):
        return ASIDE
    return LABEL


def lay_out(grid: Grid) -> Layout:
    """Find header rows, headings above rows, totals below them, and the places that can be an answer."""
    places = np.array(grid.cells, np.int32).reshape(len(grid.cells), len(grid.cells[0]) if grid.cells else 0)
    kinds = np.array([kind_of(text) for text in grid.texts], np.int8)[places]
    height, width = places.shape
    figures = np.isin(kinds, (FIGURE, NOTHING)).sum(1)
    labels = kinds == LABEL
    different = np.array([len(set(places[r][labels[r]])) for r in range(height)], np.int32)
    header = (figures == 0) & (different >= 2)
    first = int(np.argmax(figures > 0)) if figures.any() else min(1, height)
    header[:first] = True
    lead = np.where(labels.any(1), labels.argmax(1), -1) if width else np.full(height, -1)
    names = [grid.texts[places[r, lead[r]]] if lead[r] >= 0 else "" for r in range(height)]
    begins = np.array(grid.begins, bool).reshape(places.shape)
    total = np.full(height, -1, np.int32)
    below = -1
    for r in range(height - 1, -1, -1):
        total[r] = below
        if figures[r] and _TOTAL.search(re.sub(r"\s*\([^)]*\)$", "", names[r])):
            below = r
    seen: dict[str, int] = {}
    repeated = np.zeros(height, np.int32)
    for r in range(height):
        repeated[r] = seen.get(names[r], 0)
        seen[names[r]] = repeated[r] + 1
    ancestors = _ancestors(lead, figures, different, names)
    candidates = begins & (kinds != BLANK)
    texts = np.unique(places[labels])
    return Layout(places, kinds, header, lead.astype(np.int32), ancestors, total, repeated, candidates, texts)


def _ancestors(
    lead: NDArray[np.int32], figures: NDArray[np.int32], different: NDArray[np.int32], names: list[str]
) -> NDArray[np.int32]:
    """The rows each row stands under: rows whose label begins further left, and rows of a label alone."""
    found = np.full((len(lead), _MOST_ANCESTORS), -1, np.int32)
    stack: list[int] = []
    for r, column in enumerate(lead):
        if column < 0:
            continue
        # A row further left ends what stands under its neighbours; a heading of the same depth ends the one before it
        # only when figures have come between: 資産の部, 流動資産 on two lines are a heading and its sub-heading.
        while stack and (lead[stack[-1]] > column or (lead[stack[-1]] == column and (figures[stack[-1]] > 0))):
            stack.pop()
        under = [s for s in reversed(stack) if lead[s] < column or figures[s] == 0][:_MOST_ANCESTORS]
        found[r, : len(under)] = under
        if different[r] == 1 or figures[r] > 0:
            stack.append(r)
    return found
