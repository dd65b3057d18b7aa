"""How tables and labelled figures become frames."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus import Column, Document, Fact, Row, Table
from corpus.align import shape
from corpus.cells import codes
from corpus.folding import searchable, tidy
from corpus.units import MONTH
from corpus.values import is_nothing, lone_quantity
from qa.frames import Frame, FrameColumn
from qa.labels import RELATIVE_YEAR, TOTAL, base_year, core, header_years, says_total, year_of
from qa.lookup import letters
from qa.refs import Ref
from qa.spread import spread
from qa.told_years import sheet_heading, years_told

_NAME_LABEL = re.compile(r"(?:名|名称|件名|題名|タイトル)$")
_BEFORE = re.compile(r"(?P<what>[一-龥]{2})前(?P<measure>(?:の?(?:予算)?額)?)")
_YEAR_LABEL = re.compile(r"(?:会計|決算|予算|西暦|対象)?(?:年度|年)")
_FEWEST_ALIKE = 3
_MOST_FRAMES = 2_000
_NUMERIC_SHARE = 0.5
_frames: dict[tuple[str, str, int | None], Frame | None] = {}


def table_frame(document: Document, number: int) -> Frame:
    """The frame of one of a document's tables, together with those of the same columns; made once."""
    numbers = _alike(document)[number]
    key = (document.id, document.sha256, numbers[0])
    if key not in _frames:
        _make_room()
        read = _of_tables(document, numbers)
        _frames[key] = spread(read) or read
    frame = _frames[key]
    assert frame is not None
    return frame


_groups: dict[tuple[str, str], dict[int, tuple[int, ...]]] = {}


def _alike(document: Document) -> dict[int, tuple[int, ...]]:
    """For each table those with the same headers, which a heading or a page cut apart: they are read as one.

    Tables without headers, or with years in them that may differ in meaning from one heading to the next, stay alone.
    """
    key = (document.id, document.sha256)
    if key not in _groups:
        if len(_groups) >= _MOST_FRAMES:
            _groups.clear()
        by_header: dict[object, list[int]] = {}
        for number, table in enumerate(document.tables):
            paths = tuple(column.path for column in table.columns)
            heads = paths[1:] if table.key == 0 else paths  # the names may stand under no header
            named = len(paths) >= _FEWEST_ALIKE and all(heads) and len(set(paths)) == len(paths)
            counted = any(RELATIVE_YEAR.search(searchable(column.label)) for column in table.columns)
            year = years_told(document)[number] if counted else None  # 本年度 is another year there
            by_header.setdefault((paths, table.key, year) if named else number, []).append(number)
        _groups[key] = {number: tuple(group) for group in by_header.values() for number in group}
    return _groups[key]


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


def _of_tables(document: Document, numbers: tuple[int, ...]) -> Frame:
    """Tables of the same columns as one frame; what they differ in, headings and captions, become columns."""
    table = document.tables[numbers[0]]
    several = len({letters(document.tables[n].caption or "") for n in numbers}) > 1
    rows: list[tuple[int, Row, tuple[str, ...]]] = []
    for n in numbers:
        caption = (tidy(document.tables[n].caption or ""),) if several else ()
        rows.extend(
            (n, row, (*sheet_heading(document, row), *row.section, *caption))
            for row in document.tables[n].rows
            if row.understood
        )
    common = _common([path for _, _, path in rows] or [table.section])
    depth = max((len(path) for _, _, path in rows), default=0)
    naming = _naming_level(table, [row for _, row, _ in rows], [path for _, _, path in rows])
    levels = range(len(common), depth if naming is None else naming + 1)
    cells = tuple(
        (*(path[i] if i < len(path) else None for i in levels), *(cell.text for cell in row.cells))
        for _, row, path in rows
    )
    key = len(levels) + table.key if naming is None else len(levels) - 1
    told = {years_told(document)[n] for n in numbers}
    year = told.pop() if len(told) == 1 else None
    base = year or base_year(document)
    coded = codes([column.label for column in table.columns])
    dated = _dated_rows(table, [row for _, row, _ in rows])
    counted = None if dated else base  # in dated rows 前年度 is the year before the row's
    columns = _with_own_year(
        tuple(
            _column(
                i, i - len(levels) if i >= len(levels) else None, counted, table, key, [row[i] for row in cells], coded
            )
            for i in range(len(levels) + len(table.columns))
        ),
        base,
    )
    columns = _with_afterwards(_with_years_beside(columns))
    refs = tuple(tuple(Ref(n, row.index, column.place) for column in columns) for n, row, _ in rows)
    context = (*common, *((tidy(table.caption),) if table.caption and not several else ()))
    context += _named_by_form(table, key, cells)
    totals = _totals([row for _, row, _ in rows], table.key if naming is None else -1)
    return Frame(document, numbers[0], columns, cells, refs, totals, key, context, year)


def _dated_rows(table: Table, rows: Sequence[Row]) -> bool:
    """Whether a column up to the names says of which year each row is."""
    for column in table.columns[: table.key + 1]:
        if _YEAR_LABEL.fullmatch(letters(column.label)):
            return len({year_of(row.cells[column.index].text) for row in rows} - {None}) > 1
    return False


def _naming_level(table: Table, rows: Sequence[Row], paths: Sequence[tuple[str, ...]]) -> int | None:
    """Where rows hold nothing but figures under headers, the outermost level of the headings above them that tells every
    row from the others: that names them. None where a column of the table does, or no level.
    """
    if len(rows) < _FEWEST_ALIKE or not all(c.label for c in table.columns):
        return None
    shown = (searchable(cell.text) for row in rows for cell in row.cells if cell.text)
    if any(lone_quantity(text) is None for text in shown if not is_nothing(text)):
        return None
    shallow = min(map(len, paths))
    return next((i for i in range(shallow) if len({path[i] for path in paths}) == len(paths)), None)


def _named_by_form(table: Table, key: int, cells: Sequence[tuple[str | None, ...]]) -> tuple[str, ...]:
    """What a table of labels and values is about: what it gives as a name (事業名 | 子ども医療費助成), once."""
    if len(table.columns) != 2 or table.key != 0:
        return ()
    names = [row[key + 1] for row in cells if _NAME_LABEL.search(letters(row[key] or ""))]
    return (names[0],) if len(names) == 1 and names[0] else ()


def _with_own_year(columns: tuple[FrameColumn, ...], own: int) -> tuple[FrameColumn, ...]:
    """Beside 前年度収入済額 a plain 収入済額 is that of the document's `own` year, if it is the only one of its name."""
    found = list(columns)
    figures = [c for c in columns if c.role == "data" and c.kind == "number" and c.core]
    for column in figures:
        twins = [c for c in figures if c.core == column.core and c.unit == column.unit and c is not column]
        if not column.years and twins and all(c.years and max(c.years) < own for c in twins):
            found[column.index] = replace(column, years=(own,))
    return tuple(found)


def _with_years_beside(columns: tuple[FrameColumn, ...]) -> tuple[FrameColumn, ...]:
    """構成比 printed once behind 本年度予算額 and once behind 前年度予算額 is each time of the year of the figures before it."""
    found = list(columns)
    figures = [c for c in columns if c.role == "data" and c.kind == "number" and c.core]
    for name in dict.fromkeys((c.core, c.unit) for c in figures):
        alike = [c for c in figures if (c.core, c.unit) == name]
        before = [next((d.years for d in reversed(columns[: c.index]) if d.years), ()) for c in alike]
        if len(alike) > 1 and not any(c.years for c in alike) and () not in before and len(set(before)) == len(alike):
            for column, years in zip(alike, before, strict=True):
                found[column.index] = replace(column, years=years)
    return tuple(found)


def _with_afterwards(columns: tuple[FrameColumn, ...]) -> tuple[FrameColumn, ...]:
    """補正前の額, 補正額, 計: what the first two come to is 補正後の額, which no header says."""
    found = list(columns)
    for before, changed, whole in zip(columns, columns[1:], columns[2:], strict=False):
        what = _BEFORE.fullmatch(searchable(before.label).replace(" ", ""))
        if what and what["what"] in searchable(changed.label) and _is_whole(whole.label):
            after = f"{what['what']}後{what['measure']}"
            found[whole.index] = replace(whole, label=f"{whole.label}({after})", core=after)
    return tuple(found)


def _totals(rows: Sequence[Row], key: int) -> tuple[bool, ...]:
    """Which rows are totals: those the reader found to be sums, and those that are called 計, themselves or their group."""
    called = (any(says_total(c.text) for c in row.cells[: key + 1] if c.text) for row in rows)
    return tuple(row.total or named for row, named in zip(rows, called, strict=True))


def _column(
    i: int, place: int | None, base: int | None, table: Table, key: int, texts: list[str | None], coded: frozenset[int]
) -> FrameColumn:
    role = "key" if i == key else "heading" if place is None else "group" if i < key else "data"
    if place is None:
        return FrameColumn(i, None, (), "", "", None, (), "text", role)
    own = table.columns[place]
    years = header_years(own.label, base)
    kind = "text" if place in coded else _kind(texts, own.unit)  # nothing is reckoned with codes
    return FrameColumn(i, place, own.path, own.label, _core(own), own.unit, years, kind, role)


def _core(column: Column) -> str:
    """A header's core; 人口 総数 beside 人口 男 is the 人口 itself."""
    above = core(" ".join(column.path[:-1])) if len(column.path) > 1 and _is_whole(column.path[-1]) else ""
    return above or core(column.label)


def _is_whole(text: str) -> bool:
    return bool(TOTAL.fullmatch(letters(text)))


def _kind(texts: list[str | None], unit: str | None = None) -> str:
    shown = [searchable(text) for text in texts if text and text.strip() and not is_nothing(searchable(text))]
    if not shown:
        return "empty"
    if unit == MONTH:
        return "date"
    if sum(lone_quantity(text) is not None for text in shown) > _NUMERIC_SHARE * len(shown):
        years = sum(bool(re.fullmatch(r"(?:1[89]|20)[0-9]{2}", text)) for text in shown)
        return "date" if not unit and years > _NUMERIC_SHARE * len(shown) else "number"
    dated = sum(shape(text) in ("year", "period") for text in shown)
    return "date" if dated > _NUMERIC_SHARE * len(shown) else "text"


def _of_facts(document: Document) -> Frame:
    said = [_said_of(fact) for fact in document.facts]
    of = _of_the_thing(document.facts, said)
    subjects, labels = list(dict.fromkeys(of)), list(dict.fromkeys(said))
    row_at, column_at = ({one: i for i, one in enumerate(ones)} for ones in (subjects, labels))
    common = _common([s[:-1] for s in subjects])
    depth = max(len(s) for s in subjects) - len(common)
    grid: dict[tuple[int, int], tuple[str, int]] = {}
    for position, (fact, subject, label) in enumerate(zip(document.facts, of, said, strict=True)):
        grid.setdefault((row_at[subject], column_at[label]), (fact.text, position))
    # The last heading names the row; those above it are its groups, right-aligned so that names share a column.
    groups = [[None] * (depth - len(s) + len(common)) + list(s[len(common) :]) for s in subjects]
    cells = tuple(
        (*groups[r], *(grid[r, c][0] if (r, c) in grid else None for c in range(len(labels))))
        for r in range(len(subjects))
    )
    refs = tuple(
        (
            *(Ref(None, -1, None) for _ in range(depth)),
            *(Ref(None, grid[r, c][1] if (r, c) in grid else -1, None) for c in range(len(labels))),
        )
        for r in range(len(subjects))
    )
    columns = [
        FrameColumn(i, None, (), "", "", None, (), "text", "key" if i == depth - 1 else "group") for i in range(depth)
    ]
    for c, label in enumerate(labels):
        texts = [row[depth + c] for row in cells]
        years = header_years(label, base_year(document))
        path = (label,) if label else ()
        columns.append(FrameColumn(depth + c, c, path, label, core(label), None, years, _kind(texts), "data"))
    return Frame(document, None, tuple(columns), cells, refs, (False,) * len(cells), depth - 1, common)


def _of_the_thing(facts: Sequence[Fact], said: Sequence[str]) -> list[tuple[str, ...]]:
    """What each fact is of: its heading, or that above it where several things have the same heading (5 評価) below their own,
    as long as that says no label (`said`) twice of one thing.
    """
    above: dict[str, set[tuple[str, ...]]] = {}
    for fact in facts:
        if len(fact.subject) > 1:
            above.setdefault(fact.subject[-1], set()).add(fact.subject[:-1])
    shared = {leaf for leaf, paths in above.items() if len(paths) >= _FEWEST_ALIKE}
    of = [fact.subject[:-1] if fact.subject[-1] in shared else fact.subject for fact in facts]
    told = Counter(zip(of, said, strict=True))
    return [f.subject if told[own, label] > 1 else own for f, own, label in zip(facts, of, said, strict=True)]


def _said_of(fact: Fact) -> str:
    """What a fact says of its heading; "" where it is the heading's own figure (1項 商工費 3,384千円)."""
    return "" if letters(fact.subject[-1]).endswith(letters(fact.attribute)) else fact.attribute


def _common(paths: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The headings that all paths begin with."""
    first = min(paths, key=len)
    for i, part in enumerate(first):
        if any(path[i] != part for path in paths):
            return first[:i]
    return first
