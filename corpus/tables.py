"""Table lines → logical tables of exact cells.

Comes in: the table lines of a document with the heading path each stands under, in order. Goes out: tables with
header paths, aligned rows, merged cells filled down and units carried. The steps of `build_tables` are the order in
which a careful reader would do it: find the header, join fragments, lay rows under columns, fill, name the units.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.abreast import halves, side_by_side, title_of, without_copies
from corpus.align import Alignment, align_rows, shape
from corpus.blocks import TableLine
from corpus.cells import fill_ditto, fill_down, fill_groups, key_column, trust_proven_rows
from corpus.eras import carry_eras, likely_latest, named_in_turn, western_years, with_era
from corpus.exported import begins_as, without_codes
from corpus.folding import searchable, tidy
from corpus.formula_headers import with_formulas
from corpus.spelled_headers import fold_spelled_header, merge_left
from corpus.totals import check_totals
from corpus.types import Cell, Origin, Row, Span, Table
from corpus.units import (
    caption_units,
    carry_units,
    closing_unit,
    is_unit_line,
    take_unit_columns,
    take_unit_rows,
)
from corpus.values import lone_quantity

_FEWEST_OF_FORM, _FEWEST_KINDS = 4, 3
_HEADS_FORM = re.compile(
    r"(?:項目|区分|事項|種別|種類|名称|分類|科目|指標|費目|内容|内訳|説明|値|数値|数量|金額|備考|摘要|記載内容|.+別)名?"
)
_LABEL_LIMIT = 45
_MOST_HEADER_ROWS = 4
_CONTINUES = re.compile(r"^[~〜～]")
_SURE = 0.5
_TWO_DIGITS = 2
_CLOCK = re.compile(
    r"\s*[0-9]{1,2}(?::[0-9]{2}|時(?:[0-9]{1,2}分|半)?)\s*(?:[~から-]+\s*(?:翌日?)?[0-9]{1,2}(?::[0-9]{2}|時(?:[0-9]{1,2}分|半)?)?(?:まで)?)?\s*"
)
_COUNTED_OFF = frozenset(("月", "日", "時", "週", "歳", "才"))  # 4月, 5月, …; 0歳, 1歳, …: columns one after another


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A table line, the heading path it stands under, and the short paragraph just above it, if any.

    `units` is the prose further up that says in which unit the figures of this place are, or "".
    """

    line: TableLine
    section: tuple[str, ...]
    caption: str | None
    units: str = ""


@dataclass(slots=True)
class _Draft:
    """A logical table while its fragments are being collected."""

    header: list[TableLine]
    section: tuple[str, ...]
    caption: str | None
    units: str
    body: list[PlacedLine] = field(default_factory=list)
    repeated: list[TableLine] = field(default_factory=list)


def build_tables(text: str, placed: Sequence[PlacedLine], latest: int | None = None) -> tuple[Table, ...]:
    """All logical tables of a document, in reading order; `latest` is the western year it is of, where that is known."""
    return tuple(_finish(text, draft, latest) for draft in _collect(text, placed) if draft.body)


# --- find the header, join fragments -------------------------------------------------------------------------------


def _collect(text: str, placed: Sequence[PlacedLine]) -> list[_Draft]:
    drafts: list[_Draft] = []
    beside = [one for fragment in fragments(placed) for one in _set_apart(text, fragment)]
    pieces = [_read_on(text, part) for fragment in beside for part in _at_headers(text, fragment)]
    alone: list[PlacedLine] = []
    for number, fragment in enumerate(pieces):
        last = drafts[-1] if drafts else None
        below = pieces[number + 1] if number + 1 < len(pieces) else None
        if below and not alone and _is_lone_header(text, fragment, below, last):
            alone = fragment
            continue
        lines = [p.line for p in fragment]
        header_rows = 0 if alone else _header_rows(text, lines)
        header = [p.line for p in alone] or lines[:header_rows]
        body = fragment[header_rows:]
        fragment, alone = [*alone, *fragment], []
        if last and _continues(text, last, header, fragment):
            last.body.extend(body)
            last.repeated.extend(header)
        else:
            drafts.append(_Draft(header, fragment[0].section, fragment[0].caption, fragment[0].units, list(body)))
    return drafts


def _labels(text: str, header: list[TableLine]) -> list[list[str]]:
    """The labels of a header as they are compared: `金 額` and `金額` are one."""
    return [[searchable(label).replace(" ", "") for label in _texts(text, line)] for line in header]


def _is_lone_header(text: str, fragment: list[PlacedLine], below: list[PlacedLine], last: _Draft | None) -> bool:
    """Whether a single line is the header of the rows below, from which a heading sets it apart."""
    line, first = fragment[0].line, below[0].line
    return (
        len(fragment) == 1
        and not line.headless
        and last is None
        and len([cell for cell in line.cells if cell]) >= 2
        and all_labels(text, line)
        and not all_labels(text, first)
        and len(_strip_tail(first.cells)) <= len(line.cells)
        and below[0].section != fragment[0].section
    )


def fragments(placed: Sequence[PlacedLine]) -> Iterable[list[PlacedLine]]:
    """The lines that stand together, each piece begun by a line that is `first`."""
    fragment: list[PlacedLine] = []
    for item in placed:
        if item.line.first and fragment:
            yield fragment
            fragment = []
        fragment.append(item)
    if fragment:
        yield fragment


def _set_apart(text: str, fragment: list[PlacedLine]) -> list[list[PlacedLine]]:
    """A fragment parted into the tables that stand beside each other in it."""
    sides = side_by_side(text, [placed.line for placed in fragment])
    if len(sides) == 1:
        lines = without_copies([placed.line for placed in fragment])
        return [[replace(placed, line=line) for placed, line in zip(fragment, lines, strict=True)]]
    found = []
    for side in map(without_copies, sides):
        title = title_of(side)
        said = " ".join(filter(None, (tidy(text[title.start : title.end]) if title else "", fragment[0].caption)))
        found.append([replace(fragment[0], line=line, caption=said or None) for line in side[title is not None :]])
    return [one for one in found if one]


def _read_on(text: str, fragment: list[PlacedLine]) -> list[PlacedLine]:
    """A fragment, the rows that it prints abreast one below the other."""
    left, *right = halves(text, [placed.line for placed in fragment])
    return [replace(fragment[0], line=line) for line in (*left, *(line for half in right for line in half[1:]))]


def _at_headers(text: str, fragment: list[PlacedLine]) -> Iterable[list[PlacedLine]]:
    """A fragment parted where a line below rows is a header of the kind of its first line."""
    head, start = _texts(text, fragment[0].line), 0
    if all_labels(text, fragment[0].line):
        for at in range(2, len(fragment)):
            line = fragment[at].line
            anew = not line.header and not line.inherited and begins_as(head, _texts(text, line))
            if anew and all_labels(text, line) and not all_labels(text, fragment[at - 1].line):
                yield fragment[start:at]
                start = at
    yield fragment[start:]


def _continues(text: str, last: _Draft, header: list[TableLine], fragment: list[PlacedLine]) -> bool:
    """A fragment goes on with the table above it when it has no header of its own, or repeats that table's."""
    if fragment[0].line.headless:
        return False
    caption = fragment[0].caption
    again = caption is None or caption == last.caption or _says_same_unit(searchable(caption), last)
    if not header:
        width = max(len(p.line.cells) for p in fragment)
        return again and bool(last.header) and width <= max(len(line.cells) for line in last.header) + 1
    same = _labels(text, header) == _labels(text, last.header)
    return same and fragment[0].section == last.section and again


def _says_same_unit(caption: str, last: _Draft) -> bool:
    """Whether what stands above a fragment only says a unit, and not another one than stands above the table before it."""
    own, before = caption_units(caption), caption_units(searchable(f"{last.caption or ''} {last.units}"))
    return is_unit_line(caption) and (not own or not before or own[0] in before)


def _header_rows(text: str, lines: list[TableLine]) -> int:
    """How many lines at the top are header, as the format says or as the labels look."""
    said = next((i for i, line in enumerate(lines) if not line.header), len(lines))
    if 0 < said < len(lines):
        return said
    if len(lines) < 2 or lines[0].headless or not all_labels(text, lines[0]) or _is_form(text, lines):
        return 0
    rows = 1
    while rows < min(len(lines), _MOST_HEADER_ROWS) and all_labels(text, lines[rows]) and _goes_deeper(lines, rows):
        rows += 1
    under = next((i for i, line in enumerate(lines[1:], 1) if 0 not in line.inherited), len(lines))
    if (
        rows < under <= _MOST_HEADER_ROWS
        and under < len(lines)
        and all(_numbers_heads(text, line) for line in lines[rows:under])
    ):
        return under
    # What is merged down from the first lines into the rows below is the name of these rows and no header.
    while 0 < rows < len(lines) and 0 in lines[rows].inherited:
        rows -= 1
    return rows


def _numbers_heads(text: str, line: TableLine) -> bool:
    """Whether a line under merged labels only numbers them: 要支援 1, 2 and 要介護 1, 2, 3 beside 年度 merged down."""
    own = [searchable(text[c.start : c.end]) for i, c in enumerate(line.cells) if c and i not in line.inherited]
    return bool(own) and all(len(cell) <= _TWO_DIGITS if cell.isdecimal() else _is_label(cell) for cell in own)


def _is_form(text: str, lines: list[TableLine]) -> bool:
    """Whether lines of two cells are each a label with its value (担当課 | 福祉課): the labels are different words, the values
    of several kinds, and the first line says nothing that heads such a table (項目 | 内容).
    """
    pairs = [[searchable(cell) for cell in _texts(text, line)] for line in lines]
    if len(pairs) < _FEWEST_OF_FORM or not all(len(pair) == 2 and all(pair) for pair in pairs):
        return False
    labels, values = zip(*pairs, strict=True)
    kinds = [_kind_of_value(value) for value in values]
    worded_too = "words" in kinds[1:]  # below a header all are figures
    worded = all(_is_label(label) and shape(label) in ("word", "phrase", "text", "period") for label in labels)
    heads = any(_HEADS_FORM.fullmatch(cell.replace(" ", "")) for cell in pairs[0])
    return worded and worded_too and not heads and len(set(labels)) == len(labels) and len(set(kinds)) >= _FEWEST_KINDS


def _kind_of_value(value: str) -> str:
    lone = lone_quantity(value)
    return f"in {lone.unit}" if lone else shape(value) if shape(value) in ("year", "period") else "words"


def all_labels(text: str, line: TableLine) -> bool:
    """Whether every filled cell of a line may head a column; months, days, ages and what counts on from the cell before
    (令和元年, 2, 3) or in a row (2019, 2020) may where several stand side by side.
    """
    labels = _texts(text, line)
    in_turn = named_in_turn(labels)
    others = {raw for raw, said in zip(labels, in_turn, strict=True) if raw and not said and not _is_label(raw)}
    if western_years([folded for raw in labels if raw in others and (folded := searchable(raw))]):
        return True
    units = {_counted_in(searchable(raw)) for raw in others}
    several = len(others) > 1 or any(in_turn)
    return not others or (several and len(units) == 1 and units <= _COUNTED_OFF)


def _counted_in(folded: str) -> str | None:
    if _CLOCK.fullmatch(folded):
        return "時"
    lone = lone_quantity(folded)
    return lone.unit if lone else None


def _is_label(raw: str) -> bool:
    """Whether a text may head a column: short, no sentence, and not a value. A year or an age band may."""
    folded = searchable(raw)
    if _CLOCK.fullmatch(folded):
        return False
    if len(folded) > _LABEL_LIMIT or "。" in folded or folded.startswith(("※", "・")):
        return False
    lone = lone_quantity(folded)
    if lone:
        return (lone.unit or "").startswith("年")
    # A bare western year may be a value; a year of an era (R5) heads a column.
    return not folded.isdecimal() if shape(raw) == "year" else shape(raw) != "nothing"


def _goes_deeper(lines: list[TableLine], row: int) -> bool:
    """Whether a line of labels stands under the labels above it rather than being the first row."""
    return bool(lines[row].inherited) or _fills_gaps(lines[row - 1], lines[row])


def _fills_gaps(first: TableLine, second: TableLine) -> bool:
    """Whether the second line has labels where the first has none, as under a label that spans columns."""
    top = list(first.cells)
    gaps = [i for i, cell in enumerate(second.cells) if cell and (i >= len(top) or top[i] is None)]
    leading = next((i for i, cell in enumerate(top) if cell), 0)
    return any(i > leading for i in gaps)


def _strip_tail(cells: tuple[Span | None, ...]) -> tuple[Span | None, ...]:
    last = max((i for i, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]


def _texts(text: str, line: TableLine) -> list[str]:
    return ["" if cell is None else text[cell.start : cell.end] for cell in line.cells]


# --- lay rows under columns ----------------------------------------------------------------------------------------


def _finish(text: str, draft: _Draft, latest: int | None) -> Table:
    paths = with_formulas(_header_paths(text, draft, latest))
    lines = _join_continued(text, draft.body)
    texts = [[tidy(t) for t in _texts(text, placed.line)] for placed, _ in lines]
    aligned = align_rows([_without_tail(row, len(paths)) for row in texts], len(paths))
    rows = [
        _row(text, index, placed, extra, alignment, len(paths))
        for index, ((placed, extra), alignment) in enumerate(zip(lines, aligned, strict=True))
    ]
    columns, rows = fold_spelled_header(paths, rows)
    columns, rows = take_unit_rows(columns, rows)
    columns, rows, gone = take_unit_columns(columns, rows)
    if gone:
        columns, rows = merge_left(columns, rows, gone)
    rows = carry_eras(columns, rows, min(1, len(columns) - 1), latest)
    key = key_column(rows, len(columns), [searchable(column.label) for column in columns])
    rows = fill_groups(fill_down(fill_ditto(rows)), key)
    caption = searchable(draft.caption or "")
    said = caption_units(caption) or closing_unit(caption) or caption_units(searchable(draft.units))
    said = said or caption_units(searchable(draft.section[-1] if draft.section else ""))
    rows = carry_units(columns, rows, key, said)
    checked, checks = check_totals(columns, rows, key)
    content = "\n".join([*(c.label for c in columns), text[rows[0].span.start : rows[0].span.end]])
    return Table(
        id="t" + hashlib.sha256(content.encode()).hexdigest()[:10],
        columns=tuple(columns),
        rows=trust_proven_rows(checked, checks),
        key=key,
        section=draft.section,
        caption=draft.caption,
        header=tuple(line.span for line in (*draft.header, *draft.repeated)),
        checks=checks,
    )


def _header_paths(text: str, draft: _Draft, latest: int | None) -> list[tuple[str, ...]]:
    if not draft.header:
        return [()] * max(len(p.line.cells) for p in draft.body)
    labels = [without_codes([tidy(t) for t in _texts(text, line)]) for line in draft.header]
    width = max(max((i for i, t in enumerate(row) if t), default=0) for row in labels) + 1
    if len(draft.header) == 1:
        # Unlabelled columns on the right count when the body has something there.
        used = [len(_strip_tail(p.line.cells)) for p in draft.body]
        width = max(width, Counter(used).most_common(1)[0][0])
    printed = {len(line.cells) for line in (*draft.header, *(p.line for p in draft.body))}
    if len(printed) == 1:  # a grid: what stands right of the labels stands in columns of its own
        width = max(width, *(len(_strip_tail(p.line.cells)) for p in draft.body))
    labels = [row + [""] * (width - len(row)) for row in labels]
    year = latest or likely_latest([label for row in labels for label in row])
    labels = [[said or label for label, said in zip(row, named_in_turn(row, year), strict=True)] for row in labels]
    paths: list[tuple[str, ...]] = []
    for i in range(width):
        levels = [
            _spanning(labels[depth], i, labels[:depth])
            if depth < len(labels) - 1 or len(labels) == 1
            else labels[depth][i]
            for depth in range(len(labels))
        ]
        paths.append(tuple(dict.fromkeys(with_era([t for t in levels if t]))))
    return paths


def _spanning(row: list[str], column: int, above: list[list[str]]) -> str:
    """The label over a column: its own, or that of the nearest column on the left under the same label above."""
    for i in range(column, -1, -1):
        if row[i]:
            return row[i]
        if any(upper[i] for upper in above):
            return ""
    return ""


def _join_continued(text: str, body: list[PlacedLine]) -> list[tuple[PlacedLine, list[tuple[int, Span]]]]:
    """Join a line that only goes on with the cells above it (`～3月10日`) to the row above."""
    rows: list[tuple[PlacedLine, list[tuple[int, Span]]]] = []
    for placed in body:
        filled = [(i, cell) for i, cell in enumerate(placed.line.cells) if cell]
        goes_on = rows and all(_CONTINUES.match(text[c.start : c.end]) for _, c in filled) and filled[0][0] > 0
        if goes_on:
            rows[-1][1].extend(filled)
        else:
            rows.append((placed, list(placed.line.more)))
    return rows


def _without_tail(row: list[str], width: int) -> list[str]:
    while len(row) > width and not row[-1]:
        row = row[:-1]
    return row


def _row(
    text: str,
    index: int,
    placed: PlacedLine,
    extra: list[tuple[int, Span]],
    alignment: Alignment | None,
    width: int,
) -> Row:
    end = max([placed.line.span.end, *(span.end for _, span in extra)])
    span = Span(placed.line.span.start, end)
    if alignment is None:
        return Row(index, (), placed.section, span, False, 0.0, "セルの数が列より多く、列を決められません")
    spans: list[list[Span]] = [[] for _ in range(width)]
    filled = [
        (i, cell, column)
        for i, (cell, column) in enumerate(zip(placed.line.cells, alignment.columns, strict=False))
        if cell
    ]
    for _, cell, column in filled:
        if column is not None:
            spans[column].append(cell)
    shift = {i: column for i, _, column in filled}
    for position, piece in extra:
        column = shift.get(position, position)
        if column is not None and column < width:
            spans[column].append(piece)
    moved = [i for i, _, column in filled if column != i]
    inherited = {alignment.columns[i] for i in placed.line.inherited if i < len(alignment.columns)}
    printed = [moved == [] and column < len(alignment.columns) for column in range(width)]
    cells = tuple(
        Cell(
            column,
            "\n".join(text[s.start : s.end] for s in spans[column]) if spans[column] or printed[column] else None,
            tuple(spans[column]),
            _origin(column, spans[column], printed[column], inherited),
        )
        for column in range(width)
    )
    note = "セルがずれていたため列を合わせ直しました" if moved else None
    if moved and alignment.confidence < _SURE:
        note = "セルがずれており、列の対応は確かではありません"
    return Row(index, cells, placed.section, span, True, alignment.confidence if moved else 1.0, note)


def _origin(column: int, spans: list[Span], printed: bool, inherited: set[int | None]) -> Origin:
    if column in inherited and spans:
        return Origin.FILLED
    return Origin.EXPLICIT if spans or printed else Origin.MISSING
