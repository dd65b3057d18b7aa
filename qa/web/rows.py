"""The look-up: all rows of a table, filtered, sorted and added up. A view is a value that a link can carry."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qsl, urlencode

from corpus import Document, Row, Table
from corpus.cells import cell_quantities
from corpus.folding import searchable, tidy
from index import Store
from qa.web.escape import csv_text
from qa.web.words import Words
from qa.wording import with_unit

LONGEST_QUERY = 2000  # letters of a link's query that are read
PAGE = 200  # rows shown at once
MOST_CHOICES = 40  # a column with no more different texts than this is chosen from, not typed into
BLANK, NOT_BLANK = "=", "!"
_LONGEST = 200  # letters of a condition that are looked at
# Units that make a figure a name or a date, not an amount; shares are amounts that do not add up.
NO_AMOUNT = frozenset(
    ["年度", "年", "月", "日", "時", "分", "秒", "番", "号", "位", "条", "款", "項", "目", "歳", "才", "回目"]
)
_NO_SUM = NO_AMOUNT | {"%", "割", "倍"}
_MOST_KEPT = 64  # tables kept laid out


@dataclass(frozen=True, slots=True)
class View:
    """What of a table is looked at.

    `columns` are conditions (column, text): text that a cell holds; `=text` that it is, `=` blank, `!` not blank.
    `amount` is the column that `low` and `high` (as printed, units not applied) bound. `start` is the first row shown.
    `group` is the column by whose texts the rows are added up.
    """

    document: str
    table: str
    words: str = ""
    columns: tuple[tuple[int, str], ...] = ()
    amount: int | None = None
    low: str = ""
    high: str = ""
    sort: int | None = None
    descending: bool = False
    start: int = 0
    group: int | None = None

    @property
    def query(self) -> str:
        """The view as the query of a link."""
        said: list[tuple[str, str]] = [("table", f"{self.document}/{self.table}")]
        said += [("words", self.words)] if self.words else []
        said += [(f"c{column}", text) for column, text in self.columns]
        said += [("amount", str(self.amount))] if self.amount is not None else []
        said += [(key, text) for key, text in (("low", self.low), ("high", self.high)) if text]
        said += [("sort", str(self.sort))] if self.sort is not None else []
        said += [("desc", "1")] if self.descending else []
        said += [("start", str(self.start))] if self.start else []
        said += [("group", str(self.group))] if self.group is not None else []
        return urlencode(said)


@dataclass(frozen=True, slots=True)
class Laid:
    """A table laid out for looking up: what is shown, what is compared, and each cell's one figure with its unit."""

    document: Document
    table: Table
    shown: tuple[tuple[str, ...], ...]
    folded: tuple[tuple[str, ...], ...]
    whole: tuple[str, ...]
    figures: tuple[tuple[tuple[Decimal, str | None] | None, ...], ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The column headers in one line each."""
        return tuple(tidy(column.label) for column in self.table.columns)

    def is_figures(self, column: int) -> bool:
        """Whether most of a column's filled cells are one figure that can be added up or compared."""
        filled = [i for i, row in enumerate(self.folded) if row and row[column]]
        held = [f for i in filled if (f := self.figures[i][column]) is not None and f[1] not in _NO_SUM]
        return bool(filled) and len(held) * 2 > len(filled)

    def choices(self, column: int) -> tuple[str, ...]:
        """The different texts of a column, where they are few enough to choose from; by reading order."""
        different = dict.fromkeys(row[column] for row in self.shown if row and row[column])
        return tuple(different) if 1 < len(different) <= MOST_CHOICES and max(map(len, different)) <= 40 else ()


@dataclass(frozen=True, slots=True)
class Total:
    """What a column of the rows found comes to. `total` is None where their units differ; `left_out` cells hold no one figure."""

    column: int
    label: str
    total: Decimal | None
    unit: str | None
    counted: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Found:
    """A view looked up: the rows that fit (indexes into the table, in order), what they come to, what was not applied."""

    laid: Laid
    view: View
    rows: tuple[int, ...]
    totals: tuple[Total, ...]
    ignored: tuple[str, ...] = field(default=())

    @property
    def page(self) -> tuple[int, ...]:
        """The rows of the page shown."""
        return self.rows[self.view.start : self.view.start + PAGE]


def tables(store: Store) -> tuple[tuple[str, str], ...]:
    """All tables as (name for people, `document/table`), the longest of each document first."""
    found = []
    for document in store.documents.values():
        for table in sorted(document.tables, key=lambda t: -len(t.rows)):
            heading = tidy(table.caption or (table.section[-1] if table.section else ""))
            own = " › ".join(dict.fromkeys(part for part in (tidy(document.title), heading) if part))
            found.append((f"{own} ({len(table.rows)})", f"{document.id}/{table.id}"))
    return tuple(found)


def view_of(query: str | Mapping[str, str], store: Store) -> View | None:
    """The view that a link's query means; the longest table where it names none, None where there is no table.

    Whatever is no condition of that table is left out: links come from anywhere.
    """
    said = dict(parse_qsl(query, keep_blank_values=False)) if isinstance(query, str) else dict(query)
    known = [value for _, value in tables(store)]
    if not known:
        return None
    wanted = said.get("table", "")
    chosen = wanted if wanted in known else known[_longest(store, known)]
    document, _, table = chosen.rpartition("/")
    width = len(laid_out(store, document, table).table.columns)
    conditions = tuple(
        (int(key[1:]), text[:_LONGEST])
        for key, text in said.items()
        if key[:1] == "c" and key[1:].isascii() and key[1:].isdigit() and int(key[1:]) < width and text.strip()
    )
    return View(
        document, table, said.get("words", "").strip()[:_LONGEST], conditions if chosen == wanted else (),
        _number(said.get("amount"), width), said.get("low", "").strip()[:40], said.get("high", "").strip()[:40],
        _number(said.get("sort"), width), said.get("desc") == "1", _number(said.get("start"), 10**7) or 0,
        _number(said.get("group"), width),
    )  # fmt: skip


def look_up(store: Store, view: View) -> Found:
    """The rows of a view and what they come to."""
    laid = laid_out(store, view.document, view.table)
    low, high = decimal(view.low), decimal(view.high)
    ignored = tuple(text for text, value in ((view.low, low), (view.high, high)) if text and value is None)
    rows = [i for i in range(len(laid.shown)) if _fits(laid, i, view, low, high)]
    if view.sort is not None:
        rows = _sorted(laid, rows, view.sort, view.descending)
    return Found(laid, view, tuple(rows), tuple(totals_of(laid, rows)), ignored)


def rows_csv(found: Found, words: Words) -> str:
    """All rows found, not only the page shown, with headings and lines."""
    header = (words("heading"), words("place"), *found.laid.labels)
    document, table = found.laid.document, found.laid.table
    return csv_text(
        header,
        (
            (" › ".join(map(tidy, table.rows[i].section)), str(document.place(table.rows[i].span).line_start), *_cells(found.laid, i))
            for i in found.rows
        ),
    )  # fmt: skip


def decimal(text: str) -> Decimal | None:
    """A number as people type it, full-width or with commas; None where it is none."""
    bare = (
        unicodedata.normalize("NFKC", text)
        .replace(",", "")
        .replace("−", "-")
        .replace("▲", "-")
        .replace("△", "-")
        .strip()
    )
    try:
        value = Decimal(bare)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


_kept: dict[tuple[str, str, str], Laid] = {}


def laid_out(store: Store, document: str, table: str) -> Laid:
    """A table laid out; kept, because a look-up is asked again at every letter typed."""
    key = (store.manifest.fingerprint, document, table)
    if key not in _kept:
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        held = store.documents[document]
        _kept[key] = _lay_out(held, next(one for one in held.tables if one.id == table))
    return _kept[key]


def _lay_out(document: Document, table: Table) -> Laid:
    shown, folded, whole, figures = [], [], [], []
    for row in table.rows:
        texts = tuple(with_unit(cell.text or "", cell.unit) for cell in row.cells)
        shown.append(texts)
        folded.append(tuple(searchable(text).lower() for text in texts))
        whole.append(" ".join((*map(_folded, row.section), *(folded[-1] or (_folded(document.quote(row.span)),)))))
        figures.append(tuple(_figures(row)))
    return Laid(document, table, tuple(shown), tuple(folded), tuple(whole), tuple(figures))


def _folded(text: str) -> str:
    return searchable(text).lower()


def _figures(row: Row) -> Iterator[tuple[Decimal, str | None] | None]:
    for cell in row.cells:
        held = cell_quantities(cell)
        yield (held[0].value, held[0].unit) if len(held) == 1 else None


def _cells(laid: Laid, row: int) -> tuple[str, ...]:
    one = laid.table.rows[row]
    return laid.shown[row] if one.understood else (tidy(laid.document.quote(one.span)),)


def _longest(store: Store, known: list[str]) -> int:
    lengths = {
        f"{document.id}/{table.id}": len(table.rows)
        for document in store.documents.values()
        for table in document.tables
    }
    return max(range(len(known)), key=lambda i: lengths[known[i]])


def _number(text: str | None, below: int) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 and int(text) < below else None


def _fits(laid: Laid, row: int, view: View, low: Decimal | None, high: Decimal | None) -> bool:
    if not all(word in laid.whole[row] for word in _folded(view.words).split()):
        return False
    cells = laid.folded[row]
    if not cells:
        return not view.columns and low is None and high is None
    if not all(_holds(cells[column], text) for column, text in view.columns):
        return False
    if view.amount is None or (low is None and high is None):
        return True
    figure = laid.figures[row][view.amount]
    return figure is not None and (low is None or figure[0] >= low) and (high is None or figure[0] <= high)


def _holds(cell: str, condition: str) -> bool:
    if condition == NOT_BLANK:
        return bool(cell)
    if condition.startswith(BLANK):
        return cell == _folded(condition[1:])
    return _folded(condition) in cell


def _sorted(laid: Laid, rows: list[int], column: int, descending: bool) -> list[int]:
    """Rows by a column: by its figures where it holds figures, else by its text; what holds nothing comes last."""
    by_figure = laid.is_figures(column)

    def key(row: int) -> Decimal | str | None:
        if not laid.folded[row]:
            return None
        figure = laid.figures[row][column]
        return (figure[0] if figure else None) if by_figure else laid.folded[row][column] or None

    held = [(k, row) for row in rows if (k := key(row)) is not None]
    held.sort(key=lambda pair: pair[0], reverse=descending)
    return [*(row for _, row in held), *(row for row in rows if key(row) is None)]


def totals_of(laid: Laid, rows: Sequence[int]) -> Iterator[Total]:
    """What each column of figures comes to over some rows; rows that are totals themselves are not counted."""
    parts = [i for i in rows if laid.folded[i] and not laid.table.rows[i].total]
    for column, label in enumerate(laid.labels):
        if column == laid.table.key or not laid.is_figures(column):
            continue
        figures = [f for i in parts if (f := laid.figures[i][column]) is not None]
        units = {unit for _, unit in figures}
        total = sum((value for value, _ in figures), Decimal()) if len(units) == 1 else None
        unit = next(iter(units)) if len(units) == 1 else None
        yield Total(column, label, total, unit, len(figures), len(rows) - len(figures))
