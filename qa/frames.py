"""A table, or a document's labelled figures, laid out for asking: columns, rows, what each holds, and where words stand.

A frame adds to a table's own columns the headings its rows stand under, so that "in chapter 3-3" is a condition like
any other. Numbers are read once, as polars series, and only from cells that are one quantity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus import Cell, Document, Origin
from corpus.cells import counts_up
from corpus.folding import searchable, tidy
from corpus.lines import is_note
from corpus.units import MONTH
from corpus.values import Quantity, is_nothing, lone_quantity
from index.words import content_words
from qa.labels import TOTAL, says_total, year_of, years_counted_on
from qa.lookup import TextIndex, letters, sound_of
from qa.masthead import masthead
from qa.moments import dated, month_cells
from qa.refs import Ref, evidence_at, unit_at
from qa.row_labels import named_on, row_labels
from qa.synonyms import synonyms_of
from qa.told_years import told_year
from qa.types import Evidence, Term
from qa.wording import leaf, told_as

if TYPE_CHECKING:
    import polars as pl

_SHORT_DIMENSION = 20
_BESIDE = 500  # letters between a table and the prose that introduces or explains it
_MOST_NAMED = 5_000
_SHORTEST_NAME = 4
_FEWEST_WHOLES = 3
_MOST_PARTS = 12
DIGITS = 6  # decimals kept of a figure; documents print at most three
_FEW_BELOW = 0.5
_GRAND_TOTAL = re.compile(r"(?:合計|総計|^計)$")
WITHIN = re.compile(r"\(?(?:うち|再掲)|\((?![0-9])[^()]{3,}\)$")


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """One column. `place` is the table's own column index, or None for a heading level; `label` its header in one line.

    `core` is the label without years, units and remarks; `years` those it prints. `kind` is number, date, text or
    empty, by what most of its cells are. `role`: heading, group (left of the key), key, data.
    """

    index: int
    place: int | None
    path: tuple[str, ...]
    label: str
    core: str
    unit: str | None
    years: tuple[int, ...]
    kind: str
    role: str


class Frame:
    """Rows × columns of one table or of one document's facts. Cells are texts as printed; None is no such cell."""

    partial = False  # whether there is more of its kind than it tells: only what is named can be added up
    unsaid: frozenset[int] = frozenset()  # columns that another place says than the rows

    def __init__(
        self,
        document: Document,
        table: int | None,
        columns: tuple[FrameColumn, ...],
        cells: tuple[tuple[str | None, ...], ...],
        refs: tuple[tuple[Ref, ...], ...],
        totals: tuple[bool, ...],
        key: int,
        context: tuple[str, ...],
        told: int | None = None,
    ) -> None:
        self.document = document
        self.table = table
        self.columns = columns
        self.cells = cells
        self.refs = refs
        self.totals = totals
        self.key = key
        self.context = context
        self.told = told  # the year by headings, where they tell tables of several years apart
        self.turned = False  # whether headers stand as names here
        self._quantities: dict[int, list[Quantity | None]] = {}
        self._cited: dict[tuple[int, int], Evidence] = {}
        self.kept: dict[object, Any] = {}  # what others found out about this frame alone, by keys of their own
        self.derived: dict[str, Any] = {}  # frames made of this one, by the way; None where there is none

    def __len__(self) -> int:
        return len(self.cells)

    def name(self, row: int) -> str:
        """What a row is called; the groups on its left when the key cell says nothing of its own."""
        return self._names[row]

    @cached_property
    def _names(self) -> list[str]:
        # A group's own row leaves the key blank: its name is the label furthest right.
        told = ((text for text in reversed(row[: self.key + 1]) if text and text.strip()) for row in self.cells)
        return [tidy(next(texts, "")) for texts in told]

    def name_at(self, row: int) -> int:
        """The column that prints what a row is called; the key's where no label does."""
        filled = (c for c in range(self.key, -1, -1) if (self.cells[row][c] or "").strip())
        return next(filled, self.key)

    def label(self, row: int) -> str:
        """A row's name, preceded by as many of its groups as tell it from rows of the same name."""
        return self._labels[row]

    @cached_property
    def _labels(self) -> list[str]:
        return row_labels(self)

    def numbers_rows(self, column: int) -> bool:
        """Whether a column only numbers the rows, those aside that stand below or between them without a number."""
        return column in self._numbering

    @cached_property
    def _numbering(self) -> frozenset[int]:
        texts = {c.index: [row[c.index] or "" for row in self.cells] for c in self.columns if c.unit != MONTH}
        return frozenset(i for i, own in texts.items() if counts_up(own, not self.columns[i].core))

    @cached_property
    def things(self) -> tuple[int, ...]:
        """For each row the first row of the thing it belongs to: rows under one merged name cell are one thing."""
        found: list[int] = []
        for row in range(len(self)):
            found.append(found[-1] if row and self._continues(row) else row)
        return tuple(found)

    def _continues(self, row: int) -> bool:  # a cell merged across its own row repeats nothing of the row above
        return self.is_filled(row, self.key) and self.cells[row][self.key] == self.cells[row - 1][self.key]

    def is_filled(self, row: int, column: int) -> bool:
        """Whether a cell only repeats a merged one."""
        own = self._cell(row, column)
        return own is not None and own.origin is Origin.FILLED and bool(own.text)

    def _cell(self, row: int, column: int) -> Cell | None:
        """The table cell behind a frame's cell; None for headings and facts."""
        ref = self.refs[row][column]
        if ref.table is None or ref.column is None or ref.position < 0:
            return None
        return self.document.tables[ref.table].rows[ref.position].cells[ref.column]

    @cached_property
    def _placed(self) -> tuple[TextIndex, list[list[tuple[int, int]]]]:
        """The different texts of all cells, and where each stands."""
        ids: dict[str, int] = {}
        places: list[list[tuple[int, int]]] = []
        for r, row in enumerate(self.cells):
            for c, text in enumerate(self._in_words(row)):
                if text and text.strip():
                    i = ids.setdefault(text, len(ids))
                    if i == len(places):
                        places.append([])
                    places[i].append((r, c))
        return TextIndex(list(ids)), places

    def _in_words(self, row: tuple[str | None, ...]) -> tuple[str | None, ...]:
        """The cells of a row, from the left, that can be asked for by their words."""
        return row

    @property
    def texts(self) -> TextIndex:
        """The different texts of the cells."""
        return self._placed[0]

    @property
    def places(self) -> list[list[tuple[int, int]]]:
        """For each text of `texts`: the (row, column) pairs it stands at."""
        return self._placed[1]

    @cached_property
    def headers(self) -> TextIndex:
        """The columns' labels, one text a column."""
        return TextIndex([column.label for column in self.columns])

    @cached_property
    def around(self) -> TextIndex:
        """What the whole frame belongs to: headings above it, caption, title, file name; one text each."""
        return TextIndex([*self.context, masthead(self.document), self.document.id])

    @cached_property
    def _said_names(self) -> list[str]:
        """The names of rows and headings as they may stand in a question, longest first."""
        names = {searchable(self.name(r)).lower() for r in range(len(self))} if len(self) <= _MOST_NAMED else set()
        above = ("heading", "group") if self.columns[self.key].kind == "date" else ("heading",)  # a year is no name
        headings = {text for row in self.cells for c in self.columns if c.role in above and (text := row[c.index])}
        names |= {part.strip("「」『』") for text in headings for part in told_as(searchable(leaf((text,))).lower())}
        kept = {n for one in names for n in (one, one.rstrip("にをは")) if len(n) >= _SHORTEST_NAME}  # 福祉の充実に
        return sorted(kept, key=len, reverse=True)

    def named_in(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where a folded text says a row's name or heading letter by letter, particles and all; longest names, no overlaps."""
        lower = text.lower()
        found: list[tuple[int, int]] = []
        for name in self._said_names:
            at = lower.find(name)
            while at >= 0:
                if all(at >= b or at + len(name) <= a for a, b in found):
                    found.append((at, at + len(name)))
                at = lower.find(name, at + 1)
        return tuple(found)

    @cached_property
    def sounds(self) -> list[str]:
        """How each row's name sounds, in katakana."""
        return ["".join(sound_of(word) for word in content_words(self.name(r))) for r in range(len(self))]

    def knows(self, term: Term) -> bool:
        """Whether a word stands anywhere in the frame, in a header or around it; a quick look before planning."""
        surface = letters(term.surface)
        indexes = (self.texts, self.headers, self.around, self.beside)
        return any(index.holding(surface) or index.has(term) for index in indexes)

    @cached_property
    def beside(self) -> TextIndex:
        """The prose under the same heading, notes aside, and the first under the one above it: what introduces the table."""
        document = self.document
        if self.table is None or not document.tables[self.table].rows:
            return TextIndex([])
        table = document.tables[self.table]
        start, end = table.rows[0].span.start, table.rows[-1].span.end
        near = [
            p for p in document.passages
            if p.section == table.section and (0 <= start - p.span.end <= _BESIDE or 0 <= p.span.start - end <= _BESIDE)
        ]  # fmt: skip
        parent = table.section[:-1]
        above = [p for p in document.passages if p.section and p.section == parent and p.span.end <= start]
        return TextIndex([said for p in (*near, *above[:1]) if not is_note(said := document.quote(p.span))])

    def quantities(self, column: int) -> list[Quantity | None]:
        """The one quantity of each cell of a column, with the unit that governs it; None where a cell is not one figure."""
        if column not in self._quantities:
            self._quantities[column] = [self.quantity(r, column) for r in range(len(self))]
        return self._quantities[column]

    def quantity(self, row: int, column: int) -> Quantity | None:
        """The one quantity a cell consists of, or None."""
        if column in self._quantities:
            return self._quantities[column][row]
        text = self.cells[row][column]
        lone = lone_quantity(searchable(text)) if text else None
        if lone is None:
            return None
        unit = lone.unit or self.unit(row, column)
        return Quantity(lone.value, unit, lone.text, lone.start, lone.end, lone.qualifier)

    def unit(self, row: int, column: int) -> str | None:
        """The unit that governs a cell's bare number."""
        return unit_at(self.document, self.refs[row][column])

    def numbers(self, column: int) -> pl.Series:
        """A column's figures as a series of exact decimals, null where there is none."""
        import polars as pl  # a tenth of a second that only a calculation pays

        values = [q.value if q else None for q in self.quantities(column)]
        return pl.Series(str(column), values, dtype=pl.Decimal(38, DIGITS))

    @cached_property
    def year_cells(self) -> dict[int, dict[int, tuple[int, ...]]]:
        """Year → column → rows whose cell there is just that year, in columns that tell rows apart (not in the data)."""
        found: dict[int, dict[int, list[int]]] = {}
        for own in self._apart.values():
            for r, year in enumerate(self._years_down(own.index)):
                if year is not None:
                    found.setdefault(year, {}).setdefault(own.index, []).append(r)
        for column, moments in self._dated.items() if self.annual else ():
            for r, moment in enumerate(moments):
                if moment:
                    found.setdefault(moment[0], {}).setdefault(column, []).append(r)
        return {year: {c: tuple(rows) for c, rows in columns.items()} for year, columns in found.items()}

    @cached_property
    def month_cells(self) -> dict[int, tuple[int, ...]]:
        """Month → rows whose cell is just that month, in columns that tell rows apart."""
        return month_cells(self)

    @cached_property
    def moments(self) -> tuple[tuple[int, int] | None, ...]:
        """For each row the western year and month of a column of dates (2020-04-30) that tells rows apart; else ()."""
        return next(iter(self._dated.values()), ())

    @cached_property
    def _dated(self) -> dict[int, tuple[tuple[int, int] | None, ...]]:
        """The columns of dates that tell rows apart, each with the year and month of every row."""
        return dated(self)

    @cached_property
    def annual(self) -> bool:
        """Whether the rows' dates come once a year (each 31 March): then a date is as good as its year."""
        moments = {moment for moment in self.moments if moment}
        return 1 < len(moments) == len({year for year, _ in moments})

    @cached_property
    def splits(self) -> dict[int, NDArray[np.bool_]]:
        """Columns that split the same figure into parts with a whole (計, 男, 女), each with the rows of the whole."""
        found = {}
        for column in (c for c in self._apart.values() if c.kind == "text"):
            texts = [letters(row[column.index] or "") for row in self.cells]
            wholes = np.array([bool(TOTAL.fullmatch(text)) for text in texts], dtype=np.bool_)
            others = [c for c in self._apart if c != column.index]
            own = [r for r in np.flatnonzero(wholes).tolist() if not self.is_filled(r, column.index)]
            full = all((self.cells[r][c] or "").strip() for r in np.flatnonzero(wholes) for c in others)
            if full and len(own) >= _FEWEST_WHOLES and wholes.mean() <= _FEW_BELOW and len(set(texts)) <= _MOST_PARTS:
                found[column.index] = wholes
        return found

    @cached_property
    def collapsible_totals(self) -> NDArray[np.bool_]:
        """Rows that are totals only along a split: within it each is the figure itself."""
        rows = np.zeros(len(self), dtype=np.bool_)
        for column, wholes in self.splits.items():
            others = [c.index for c in self.columns[: self.key + 1] if c.index != column]
            rows |= wholes & [not any(says_total(row[c] or "") for c in others) for row in self.cells]
        return rows

    @property
    def totals_first(self) -> bool:
        """Whether totals stand above what they are totals of: the first row is one (総数, 歳入合計), the last is none."""
        return self.totals[:1] == (True,) and not self.totals[-1]

    @cached_property
    def within(self) -> NDArray[np.bool_]:
        """Rows that are no members: parts of a row above (うち…), and the few lines below the grand total (差引)."""
        names = [letters(self.name(r)) for r in range(len(self))]
        last = max((r for r, name in enumerate(names) if _GRAND_TOTAL.search(name)), default=len(names))
        below = last + 1 if not self.totals_first and len(names) - last - 1 <= last * _FEW_BELOW else len(names)
        named = {r for whole in self._named_on.values() for r in whole}
        return np.array([bool(WITHIN.match(n)) or r >= below or r in named for r, n in enumerate(names)], np.bool_)

    @cached_property
    def _named_on(self) -> dict[int, list[int]]:
        names = (self.name(r) for r in range(len(self)))
        return named_on(["" if says_total(n) else letters(n) for n in names], self.totals)

    def of_wholes(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """A mask without the rows that are parts of one in it, by their names; of wholes alone their parts."""
        own, every = {r: parts for r, parts in self._named_on.items() if mask[r]}, np.arange(len(mask))
        parts = np.isin(every, [i for members in own.values() for i in members])
        return mask & ~parts if (mask & ~parts & ~np.isin(every, [*own])).any() or not own else parts

    @cached_property
    def covered(self) -> NDArray[np.bool_]:
        """Rows that break down a row of the same groups whose own key is blank: the figures of that row hold theirs."""
        rows = list(zip(*self._groups_with_blank_keys, strict=True))
        wholes = {groups for none, groups in rows if none and groups}
        return np.array([not none and groups in wholes for none, groups in rows], dtype=np.bool_)

    @cached_property
    def broken_down(self) -> NDArray[np.bool_]:
        """The rows with a blank key that such rows break down, those called a total aside; and those whose name others bear."""
        blank, of = self._groups_with_blank_keys
        broken = {groups for none, groups in zip(blank, of, strict=True) if not none}
        own = [none and g in broken and not says_total(n) for none, g, n in zip(blank, of, self._names, strict=True)]
        return np.array([one or r in self._named_on for r, one in enumerate(own)], dtype=np.bool_)

    @cached_property
    def _groups_with_blank_keys(self) -> tuple[list[bool], list[tuple[str | None, ...]]]:
        """Of each row whether its key is blank, and its groups."""
        groups = [c.index for c in self.columns[: self.key] if c.role == "group" and not self.numbers_rows(c.index)]
        blank = [not (row[self.key] or "").strip() for row in self.cells]
        return blank, [tuple(row[c] for c in groups) for row in self.cells]

    @cached_property
    def change_rows(self) -> NDArray[np.bool_]:
        """Which rows print a change from the year before (増減額), by a cell that tells rows apart."""
        words = synonyms_of("比較")
        return np.array([any(letters(row[c] or "") in words for c in self._apart) for row in self.cells], np.bool_)

    def _years_down(self, column: int) -> list[int | None]:
        """The year each cell consists of; 平成27年, 28, 29, … 令和元年, 2 counts on. Headings that name a year each are of it."""
        if self.columns[column].role == "heading" or (self.table is None and column <= self.key):
            told = [told_year((row[column] or "",)) for row in self.cells]
            return told if len({year for year in told if year}) > 1 else [year_of(row[column]) for row in self.cells]
        return years_counted_on([row[column] for row in self.cells])

    def year(self, row: int) -> int | None:
        """The one year a row is of, by the cells that tell rows apart; None when they name none or several."""
        years = {year for year, columns in self.year_cells.items() for rows in columns.values() if row in rows}
        return years.pop() if len(years) == 1 else None

    def tells_apart(self, column: int) -> bool:
        """Whether a column says which row this is: it stands at or left of the key, or its few short words recur."""
        return column in self._apart

    @cached_property
    def _apart(self) -> dict[int, FrameColumn]:
        return {column.index: column for column in self.columns if self._tells_apart(column.index)}

    def _tells_apart(self, column: int) -> bool:
        at = self.columns[column]
        if at.role != "data":
            return at.role != "group" or not self.numbers_rows(column)
        if at.kind == "number":
            return False
        texts = [row[column] for row in self.cells if row[column]]
        short = all(len(text or "") <= _SHORT_DIMENSION for text in texts)
        recurs = short and 0 < len(set(texts)) <= len(texts) / 2
        return recurs and (self._only_one_figure or self.completes(column))

    def completes(self, column: int) -> bool:
        """Whether a column tells rows of one name apart: the year behind the figures of a table that has each town twice."""
        names = [row[: self.key + 1] for row in self.cells]
        return (
            len(set(names))
            < len(names)
            == len({(*name, row[column]) for name, row in zip(names, self.cells, strict=True)})
        )

    @cached_property
    def _only_one_figure(self) -> bool:
        """Long format: one column of figures, and the others say what each figure is."""
        return sum(column.kind == "number" for column in self.columns) == 1

    def says_nothing(self, row: int, column: int) -> bool:
        """Whether a cell is blank, missing or a mark for nothing."""
        text = self.cells[row][column]
        return not text or not text.strip() or is_nothing(searchable(text))

    @cached_property
    def row_at(self) -> dict[tuple[int | None, int], int]:
        """Table and position of each row's name → row; the first where several rows share them."""
        places = [(row[self.key].table, row[self.key].position) for row in self.refs]
        return {place: r for r, place in reversed(list(enumerate(places)))}

    def evidence(self, row: int, column: int) -> Evidence:
        """A cell as evidence that can be cited."""
        found = self._cited.get((row, column))
        return found or self._cited.setdefault((row, column), evidence_at(self.document, self.refs[row], column))

    def inferred(self, row: int, column: int) -> bool:
        """Whether a cell was worked out rather than read."""
        own = self._cell(row, column)
        return own is not None and own.origin is Origin.INFERRED
