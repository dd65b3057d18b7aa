"""Forms: tables that mix labels with their values (担当課 | 健康課) and small tables of their own (コスト | R4 | R5).

Comes in: the table lines of a document. Goes out: the same, in which each small table is one of its own with its header
line, and what stood around it as facts; forms of the same labels under several headings are facts altogether. Another form is
known by such a small table: a label merged down beside a line of labels and lines of figures. Tables without one are left as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.blocks import TableLine
from corpus.folding import searchable, tidy
from corpus.tables import PlacedLine, all_labels, fragments
from corpus.types import Fact, Span
from corpus.units import header_unit
from corpus.values import lone_quantity

_FEWEST_COLUMNS = 3
_SHARE = 0.5
_FEWEST_LINES, _FEWEST_ALIKE = 2, 3
_LONGEST_LABEL = 14  # letters
_Pairs = list[tuple[Span, Span]]
"""Of a line: labels, each with its value."""


def take_forms(text: str, placed: Sequence[PlacedLine]) -> tuple[list[PlacedLine], list[Fact]]:
    """Table lines with forms taken apart, and the facts that the forms print."""
    lines: list[PlacedLine] = []
    facts: list[Fact] = []
    pieces = list(fragments(placed))
    filled_in = _filled_in(text, pieces)
    for number, fragment in enumerate(pieces):
        if number in filled_in:
            facts += _facts(text, fragment, filled_in[number])
            continue
        inner = _tables_inside(text, [p.line for p in fragment])
        around = [fragment[i] for i in range(len(fragment)) if not any(a <= i < b for a, b in inner)]
        pairs = [_pairs(p.line) for p in around]
        if not inner or not around or not all(pairs) or any(_is_row(text, p.line) for p in around):
            lines.extend(fragment)
            continue
        for begin, end in inner:
            lines.extend(_own_table(text, fragment[begin:end]))
        facts += _facts(text, fragment, pairs)
    return lines, facts


def _facts(text: str, fragment: Sequence[PlacedLine], pairs: Sequence[_Pairs]) -> list[Fact]:
    subject = fragment[0].section or (_shown(text, pairs[0][0][1]),)
    return [
        Fact(subject, _shown(text, label), text[value.start : value.end], Span(label.start, value.end))
        for row in pairs
        for label, value in row
    ]


def _filled_in(text: str, pieces: Sequence[Sequence[PlacedLine]]) -> dict[int, list[_Pairs]]:
    """The pieces that are nothing but labels with values (改革改善の方向性 | 1 現状維持), by their number, with these pairs line by line.

    The same labels stand in several pieces, each below another heading, and most of them with different values.
    """
    alike: dict[tuple[str, ...], dict[int, list[_Pairs]]] = {}
    for number, fragment in enumerate(pieces):
        if len(fragment) < _FEWEST_LINES or not fragment[0].section:
            continue
        pairs = [_pairs(p.line) if len(_cells(p.line)) in (2, 4) else [] for p in fragment]
        labels = tuple(_shown(text, label) for line in pairs for label, _ in line)
        if all(pairs) and len(set(labels)) == len(labels) and all(len(label) <= _LONGEST_LABEL for label in labels):
            alike.setdefault(labels, {})[number] = pairs
    found: dict[int, list[_Pairs]] = {}
    for labels, forms in alike.items():
        headings = {pieces[number][0].section for number in forms}
        told = zip(
            *([_shown(text, value) for line in pairs for _, value in line] for pairs in forms.values()), strict=True
        )
        differ = sum(len(set(values)) > 1 for values in told)
        if len(forms) >= _FEWEST_ALIKE and len(headings) == len(forms) and differ * 2 > len(labels):
            found |= forms
    return found


def _tables_inside(text: str, lines: Sequence[TableLine]) -> list[tuple[int, int]]:
    """Where lines (from, to) under one merged label are a header and rows of figures."""
    found: list[tuple[int, int]] = []
    at = 0
    merged = [0 in line.inherited for line in lines]
    while at < len(lines):
        end = at + 1
        while end < len(lines) and merged[end]:
            end += 1
        if end > at + 1 and _is_table(text, lines[at], lines[at + 1 : end]):
            found.append((at, end))
        at = end
    return [] if found == [(0, len(lines))] else found


def _is_table(text: str, header: TableLine, body: Sequence[TableLine]) -> bool:
    cells = _cells(header)
    if len(cells) < _FEWEST_COLUMNS or not all_labels(text, header):
        return False
    filled = [cell for line in body for i, cell in enumerate(line.cells) if cell and i not in line.inherited]
    figures = sum(lone_quantity(searchable(text[c.start : c.end])) is not None for c in filled)
    return figures >= _SHARE * len(filled) > 0


def _is_row(text: str, line: TableLine) -> bool:
    """Whether a line is a name with several figures: the row of a table whose header is two lines deep, not labels with values."""
    cells = [text[cell.start : cell.end] for cell in _cells(line)]
    figures = [lone_quantity(searchable(cell)) is not None for cell in cells]
    return len(cells) >= _FEWEST_COLUMNS and not figures[0] and sum(figures) >= _FEWEST_COLUMNS


def _own_table(text: str, lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines of a small table, its merged label as caption and the unit in the label's brackets as its unit."""
    label = lines[0].line.cells[0]
    caption = _shown(text, label) if label else None
    unit = header_unit(searchable(caption)) if caption else None
    units = f"(単位:{unit})" if unit else lines[0].units
    return [
        PlacedLine(replace(p.line, first=i == 0, header=i == 0), p.section, caption, units) for i, p in enumerate(lines)
    ]


def _pairs(line: TableLine) -> _Pairs:
    """Label and value after label and value; nothing where a line is not made of them."""
    cells = _cells(line)
    if len(cells) < 2 or cells != sorted(cells):
        return []
    if len(cells) % 2:
        return [(cells[0], Span(cells[1].start, cells[-1].end))]
    return list(zip(cells[::2], cells[1::2], strict=True))


def _cells(line: TableLine) -> list[Span]:
    """The filled cells of a line, a cell merged across columns once."""
    return [span for span, _ in groupby(cell for cell in line.cells if cell)]


def _shown(text: str, span: Span) -> str:
    return tidy(text[span.start : span.end])
