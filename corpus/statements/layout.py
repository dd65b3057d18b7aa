"""Settled pieces → headings and table lines: the 目, their 説明, their 節."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block, Paragraph, TableLine
from corpus.statements.parts import Part, Piece
from corpus.types import Span


@dataclass(frozen=True, slots=True)
class Heads:
    """The places of the column heads, by name, each time they are printed, and of the units; the edges of those whose lines
    kept their columns apart, by where they begin, in half-widths.
    """

    heads: dict[str, list[Span]]
    units: list[Span]
    edges: dict[int, tuple[int, int]] = field(default_factory=dict)


def emit(part: Part, columns: Heads) -> list[Block]:
    """The headings, then three tables: the 目, their 説明, their 節."""
    blocks: list[Block] = list(part.headings)
    roles = [(line, line.roles) for line in part.budgeted if line.roles]
    if roles:
        blocks += header_lines(columns, 0, ("目", "本年度予算額", "前年度予算額", "比較"), (1, 2, 3))
        for line, r in roles:
            blocks.append(_row([line.name, [r.current.span], [r.previous.span], [r.difference.span]], frozenset()))
    items = [piece for piece in part.flow if piece.column == "item"]
    classes = [piece for piece in part.flow if piece.column == "class"]
    if items:
        names = ["目", "説明", "説明", "説明", "本年度予算額"]  # 説明 breaks down what the year has
        blocks += _table(columns, 1, names, [_piece_cells(piece, 3) for piece in items])
    if classes:
        blocks += _table(columns, 2, ["目", "節", "区分", "金額"], [_piece_cells(piece, 2) for piece in classes])
    if part.wholes:
        blocks += header_lines(columns, 0, ("目", "本年度予算額", "前年度予算額", "比較"), (1, 2, 3))
        blocks += [_row([line.name, *([figure.span] for figure in line.figures)], frozenset()) for line in part.wholes]
    for line in part.budgeted:
        if not line.roles:
            spans = [*line.name, *(figure.span for figure in line.figures)]
            blocks.append(Paragraph(Span(min(s.start for s in spans), max(s.end for s in spans)), False))
    return blocks


def header_lines(columns: Heads, table: int, names: Sequence[str], figures: Sequence[int]) -> list[Block]:
    """The heads as two lines of a table, names and units, each table with heads printed at another place."""
    heads = [_nth(columns.heads.get(name, []), table) for name in names]
    unit = _nth(columns.units, table)
    units = [unit if i in figures else None for i in range(len(names))]
    lines: list[Block] = []
    for i, cells in enumerate((heads, units)):
        own = [cell for cell in cells if cell]
        if own:
            lines.append(TableLine(tuple(cells), own[0], i == 0 or not lines, header=True))
    return lines


def _nth(spans: Sequence[Span], n: int) -> Span | None:
    return spans[min(n, len(spans) - 1)] if spans else None


def _table(
    columns: Heads, number: int, names: Sequence[str], rows: Sequence[tuple[list[list[Span]], frozenset[int]]]
) -> list[Block]:
    """A table of those columns that hold something."""
    used = [i for i in range(len(names)) if any(cells[i] for cells, _ in rows)]
    heads = [names[i] if i == 0 or names[i] != names[i - 1] or i - 1 not in used else "" for i in used]
    blocks = header_lines(columns, number, heads, (len(used) - 1,))
    for cells, inherited in rows:
        blocks.append(_row([cells[i] for i in used], frozenset(used.index(i) for i in inherited if i in used)))
    return blocks


def _piece_cells(piece: Piece, levels: int) -> tuple[list[list[Span]], frozenset[int]]:
    """A piece under its 目 and the pieces above it, which are given as merged cells are: cells, and which are merged."""
    cells: list[list[Span]] = [[] for _ in range(levels + 2)]
    for parent in piece.parents:
        cells[1 + min(parent.level, levels - 1)] = parent.names
    if piece.of:
        cells[0] = piece.of.name
    own = 1 + min(piece.level, levels - 1)
    inherited = frozenset(i for i, cell in enumerate(cells) if cell and i != own)
    cells[own] = piece.names
    cells[-1] = [piece.amount] if piece.amount else []
    return cells, inherited


def _row(cells: Sequence[Sequence[Span]], inherited: frozenset[int]) -> TableLine:
    own = [span for i, cell in enumerate(cells) if i not in inherited for span in cell]
    more = tuple((i, span) for i, cell in enumerate(cells) for span in cell[1:])
    whole = Span(min(s.start for s in own), max(s.end for s in own))
    return TableLine(tuple(cell[0] if cell else None for cell in cells), whole, False, inherited, more=more)
