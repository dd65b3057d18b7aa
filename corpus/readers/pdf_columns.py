"""Printed lines that stand in columns without rules between them → table rows, with the labels above them as header.

Pages made from spreadsheets or web pages often rule nothing: a row is a label and figures set apart by wide gaps. Three
such lines are a table; labels stand under each other by their left edge, figures by their right one. What stands above
the figures without being one is their header, one or several lines of it: a label in the middle of two lines belongs to
its own column, one over several to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.columns import Column, column_under, columns_of
from corpus.folding import searchable
from corpus.readers.pdf_lines import ROWS_APART, PrintedLine, PrintedRow, Stretch, follows
from corpus.readers.pdf_spread_rows import spread_rows
from corpus.units import OF_ACCOUNTS, is_unit_line
from corpus.values import UNIT_ONLY

Cells = tuple[tuple[str, ...] | None, ...]
_FEWEST, _MOST_PIECES, _MOST_HEADERS = 3, 16, 4
_NEAR = 1.0  # heights by which edges may differ and still be one column's
_NUMBER = re.compile(r"[0-9]{1,2}|[(][0-9]{1,2}[)]")
_LARGER = 1.2  # times as high as the rows: a heading
_CLOSE = 1.6  # heights between two lines of one cell
_FAR = 2.0  # times as far as the lines of one name: the next row
_APART = 3.0  # heights between two lines of a header that still belong together


@dataclass(frozen=True, slots=True)
class _Label:
    """A label over a column: the line it stands on, counted from the top of the header, and its text."""

    line: int
    text: str


def in_columns(lines: Sequence[PrintedLine]) -> list[PrintedLine | PrintedRow]:
    """The lines, those of unruled tables with a header as rows in their places; all in order."""
    found: list[PrintedLine | PrintedRow] = []
    start = 0
    while start < len(lines):
        groups = _groups(lines[start:])
        if len(spread := spread_rows(lines[start:])) > len(groups):
            groups = spread
        end = start + sum(map(len, groups))
        if len(groups) >= _FEWEST:
            above = _header(found, groups[0][0].height)
            rows = _table(above, groups)
            if rows:
                del found[len(found) - len(above) :]
                found += rows
                start = end
                continue
        found += lines[start : max(end, start + 1)]
        start = max(end, start + 1)
    return found


def _groups(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """The rows that lines begin with, each with the lines on which its cells go on; none where the first is no row."""
    found: list[list[PrintedLine]] = []
    for i, line in enumerate(lines):
        if found and not follows(lines[i - 1], line, ROWS_APART):
            break
        if _is_row(line):
            found.append([line])
        elif found and (_goes_on(found[-1], line) or _ends_name(found[-1], line, lines[i + 1 : i + 2])):
            found[-1].append(line)
        elif found and _is_worded(found, line):
            found.append([line])
        else:
            break
    return found


def _goes_on(row: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """Whether cells of a row go on in a line close below it: 令和7年度から / 令和11年度まで, a name / (in brackets)."""
    first_stays = abs(line.pieces[0].left - row[0].pieces[0].left) > _NEAR * line.height
    return _words_under(row, line) and (first_stays or searchable(line.text).startswith("("))


def _ends_name(row: Sequence[PrintedLine], line: PrintedLine, below: Sequence[PrintedLine]) -> bool:
    """Whether a name goes on in a line close below its row, the next row standing far below: …後期基本計 / 画策定業務."""
    gap = line.top - row[-1].top
    return _words_under(row, line) and gap > 0 and (not below or below[0].top - line.top > _FAR * gap)


def _words_under(row: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """Whether a line close below a row has words alone, no sentence, each under where a cell of the row begins."""
    near = _NEAR * line.height
    lefts = [piece.left for piece in row[0].pieces]
    if line.top - row[-1].top > _CLOSE * line.height or "。" in line.text:
        return False
    return all(not p.figure and any(abs(left - p.left) <= near for left in lefts) for p in line.pieces)


def _is_worded(rows: Sequence[Sequence[PrintedLine]], line: PrintedLine) -> bool:
    """Whether a line is a row like those above it that says in words what they say in figures."""
    near = _NEAR * line.height
    lefts = [piece.left for piece in line.pieces[:2]]
    if len(line.pieces) < len(rows[0][0].pieces) or any(p.figure for p in line.pieces) or "。" in line.text:
        return False
    return len(lefts) > 1 and any(
        len(own := row[0].pieces) > 1 and all(abs(a - piece.left) <= near for a, piece in zip(lefts, own, strict=False))
        for row in rows
    )


def _is_row(line: PrintedLine) -> bool:
    pieces = _whole(line.pieces)
    return 2 <= len(pieces) <= _MOST_PIECES and pieces[-1].figure and not pieces[0].figure


def _whole(pieces: Sequence[Stretch]) -> list[Stretch]:
    """The pieces, a label with the number before it (1 市税), or spelled letter by letter (歳 入 合 計), in one."""
    found: list[Stretch] = []
    if len(pieces) > 2 and _NUMBER.fullmatch(searchable(pieces[0].text)) and not pieces[1].figure:
        first, second, *rest = pieces
        pieces = (Stretch(f"{first.text} {second.text}", first.left, second.right), *rest)
    for piece in pieces:
        if found and len(piece.text) == 1 and not piece.figure and len(found[-1].text.split(" ")[-1]) == 1:
            before = found[-1]
            if not before.figure:
                found[-1] = Stretch(f"{before.text} {piece.text}", before.left, piece.right)
                continue
        found.append(piece)
    return found


def _header(before: Sequence[PrintedLine | PrintedRow], height: float) -> list[PrintedLine]:
    """The lines right above a table that may be its header: no figure in them, no sentence, no caption, not in larger letters
    than its rows (`height`); from the top.
    """
    found: list[PrintedLine] = []
    for line in reversed(before):
        if not isinstance(line, PrintedLine) or len(found) == _MOST_HEADERS:
            break
        folded = searchable(line.text)
        if line.height > _LARGER * height:
            break
        if (
            (found and not follows(line, found[-1], _APART))
            or any(piece.figure for piece in line.pieces)
            or "。" in folded
        ):
            break
        if any(searchable(piece.text).startswith(("(単位", "単位")) for piece in line.pieces):
            break
        if folded.startswith(("(", "<", "【", "■", "●", "○", "・", "※")) or (
            is_unit_line(folded) and not UNIT_ONLY.match(folded)
        ):
            break
        found.append(line)
    return found[::-1]


def _table(header: Sequence[PrintedLine], groups: Sequence[Sequence[PrintedLine]]) -> list[PrintedRow]:
    """The rows of a table with its header; none where not every column of figures has a label of its own."""
    lines = [group[0] for group in groups]
    rows = [_whole(line.pieces) for line in lines]
    near = _NEAR * min(line.height for line in lines)
    laid_out = columns_of([*rows, *(line.pieces for group in groups for line in group[1:])], near)
    cells = [_laid(group, row, laid_out) for row, group in zip(rows, groups, strict=True)]
    worded = _worded(laid_out, cells)
    columns = _without(laid_out, worded)
    units = [line for line in header if all(_is_unit(searchable(p.text)) for p in line.pieces)]
    labelled = [line for line in header if line not in units]
    labels = _labels([line.pieces for line in labelled], columns)
    if not labelled or not all(own for own, column in zip(labels, columns, strict=True) if column.figure):
        return []
    top = labelled[0].top
    depth = max(map(len, labels))
    laid = [
        PrintedRow(
            tuple(_text(own, depth, level) for own in labels),
            labelled[0].top + 0.01 * level,
            top,
            level == 0,
            header=True,
        )
        for level in range(depth)
    ]
    laid += [PrintedRow(_under(line.pieces, columns), line.top, top, False, units=True) for line in units]
    laid += [
        PrintedRow(_joined(own, worded), group[0].top, top, False, height=group[0].height)
        for own, group in zip(cells, groups, strict=True)
    ]
    return [replace(row, height=row.height or lines[0].height) for row in laid]


def _worded(columns: Sequence[Column], rows: Sequence[Cells]) -> list[int]:
    """The columns of labels that are only what the column of figures on their right says in words, where it has no figure."""
    return [
        i
        for i in range(len(columns) - 1)
        if not columns[i].figure
        and columns[i + 1].figure
        and columns[i].right > columns[i + 1].left
        and not any(row[i] and row[i + 1] for row in rows)
    ]


def _without(columns: Sequence[Column], worded: Sequence[int]) -> list[Column]:
    """The columns, those that are one as one."""
    found = list(columns)
    for i in reversed(worded):
        right = found.pop(i + 1)
        found[i] = Column(min(found[i].left, right.left), max(found[i].right, right.right), True)
    return found


def _joined(row: Cells, worded: Sequence[int]) -> Cells:
    """The cells of a row, those of columns that are one in one."""
    return tuple(own or (row[i - 1] if i - 1 in worded else None) for i, own in enumerate(row) if i not in worded)


def _is_unit(text: str) -> bool:
    return UNIT_ONLY.match(text) is not None and text not in OF_ACCOUNTS


def _text(labels: Sequence[_Label], depth: int, level: int) -> tuple[str, ...] | None:
    """The label of a column at a level of the header, 0 on top; a column of fewer levels has its labels at the bottom."""
    at = level - (depth - len(labels))
    return (labels[at].text,) if at >= 0 else None


def _lay(row: Sequence[Stretch], columns: Sequence[Column]) -> tuple[tuple[str, ...] | None, ...]:
    """The pieces of a line under the columns; pieces that come to stand under the same one are one cell."""
    cells: list[str | None] = [None] * len(columns)
    for piece in row:
        at = column_under(piece, columns)
        cells[at] = f"{cells[at]}  {piece.text}" if cells[at] else piece.text
    return tuple((cell,) if cell else None for cell in cells)


def _laid(
    group: Sequence[PrintedLine], row: Sequence[Stretch], columns: Sequence[Column]
) -> tuple[tuple[str, ...] | None, ...]:
    """The cells of a row, those that go on in lines below it with these."""
    cells = list(_lay(row, columns))
    for line in group[1:]:
        for i, more in enumerate(_lay(line.pieces, columns)):
            cells[i] = (*(cells[i] or ()), *(more or ())) or None
    return tuple(cells)


def _under(units: Sequence[Stretch], columns: Sequence[Column]) -> tuple[tuple[str, ...] | None, ...]:
    """The units of a line, each in the column it stands over."""
    cells: list[tuple[str, ...] | None] = [None] * len(columns)
    for piece in units:
        cells[min(range(len(columns)), key=lambda i: _away(piece, columns[i]))] = (piece.text,)
    return tuple(cells)


def _labels(header: Sequence[Sequence[Stretch]], columns: Sequence[Column]) -> list[list[_Label]]:
    """For each column its labels from the top; a label over several columns is given to each of them."""
    own: list[list[_Label]] = [[] for _ in columns]
    placed: list[tuple[int, int, Stretch]] = []
    for number, pieces in enumerate(header):
        for piece in pieces:
            at = min(range(len(columns)), key=lambda i: _away(piece, columns[i]))
            if own[at] and own[at][-1].line == number:
                own[at][-1] = _Label(number, f"{own[at][-1].text} {piece.text}")
            else:
                own[at].append(_Label(number, piece.text))
                placed.append((number, at, piece))
    lowest = [labels[-1].line if labels else -1 for labels in own]
    for number, at, piece in placed:
        if lowest[at] > number:
            label = next(one for one in own[at] if one.line == number)
            for i in _spanned(
                piece,
                at,
                columns,
                [
                    low == lowest[at] and all(one.line != number for one in labels)
                    for low, labels in zip(lowest, own, strict=True)
                ],
            ):
                own[i].insert(0, label)
    return own


def _spanned(piece: Stretch, at: int, columns: Sequence[Column], free: Sequence[bool]) -> list[int]:
    """The columns beside the nearest one that a label stands over as well: it is in the middle of all of them."""
    first = last = at
    while first and free[first - 1]:
        first -= 1
    while last + 1 < len(columns) and free[last + 1]:
        last += 1
    ranges = [(a, b) for a in range(first, at + 1) for b in range(at, last + 1)]
    middle = (piece.left + piece.right) / 2
    a, b = min(ranges, key=lambda r: (round(abs((columns[r[0]].left + columns[r[1]].right) / 2 - middle)), r[1] - r[0]))
    return [i for i in range(a, b + 1) if i != at]


def _away(piece: Stretch, column: Column) -> tuple[float, float]:
    """How far a label is from a column: the gap between them, then between their middles."""
    gap = max(piece.left - column.right, column.left - piece.right, 0.0)
    return gap, abs(piece.left + piece.right - column.left - column.right)
