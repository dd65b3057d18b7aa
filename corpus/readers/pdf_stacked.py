"""Ruled cells that hold a whole column of lines → a row for each line: budgets rule their columns but not their rows.

Where figures of several columns, or those of one and the names on their left, stand on the same printed lines, each such
line is a row. A line without a figure goes on with what stands above it in its column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.readers.pdf_lines import PrintedLine

Cells = list[tuple[str, ...] | None]
_FEWEST = 3  # rows, unless two columns of figures agree
_NAMED = 0.7  # of the lines with figures, how many have a name on them
_SAME = 0.5  # of a letter's height by which the tops of one line may differ


def unstacked(cells: Sequence[Sequence[PrintedLine]]) -> list[tuple[float, Cells]]:
    """The rows that a ruled row holds, each with its top in points; a single one, or none, where it is not stacked."""
    figures = [i for i, lines in enumerate(cells) if len(lines) > 1 and all(map(_is_figure, lines))]
    if not figures:
        return []
    tops = _levels([line for i in figures for line in cells[i]])
    named = [top for top in tops if _is_named(top, cells, figures)]
    agreeing = sum(len(cells[i]) > 1 for i in figures) > 1
    if len(tops) < (2 if agreeing else _FEWEST) or len(named) < max(2, _NAMED * len(tops)):
        return []
    rows: list[list[list[str]]] = [[[] for _ in cells] for _ in tops]
    for i, lines in enumerate(cells):
        own = _own_figures(i, cells, figures)
        starts = [n for n, top in enumerate(tops) if any(_on(top, line) for c in own for line in cells[c])]
        for line in lines:
            at = next((n for n, top in enumerate(tops) if _on(top, line)), None)
            if at is None or (starts and at not in starts):  # a name goes on with the row that has its figures
                among = starts or range(len(tops))
                at = max((n for n in among if tops[n] < line.top), default=among[0])
            rows[at][i].append(line.text)
    return [(top, [tuple(texts) or None for texts in row]) for top, row in zip(tops, rows, strict=True)]


def _own_figures(column: int, cells: Sequence[Sequence[PrintedLine]], figures: Sequence[int]) -> list[int]:
    """The columns of figures right of a column of names, up to the next names; none where there are none, or it is one itself."""
    found: list[int] = []
    for i in range(column + 1, len(cells)) if column not in figures else ():
        if i in figures:
            found.append(i)
        elif cells[i] and not all(map(_is_figure, cells[i])):
            break
    return found


def _is_named(top: float, cells: Sequence[Sequence[PrintedLine]], figures: Sequence[int]) -> bool:
    """Whether a name stands left of a figure on the same line."""
    last = max(i for i in figures if any(_on(top, line) for line in cells[i]))
    return any(_on(top, line) for i in range(last) if i not in figures for line in cells[i])


def _is_figure(line: PrintedLine) -> bool:
    return len(line.pieces) == 1 and line.pieces[0].figure


def _on(top: float, line: PrintedLine) -> bool:
    return abs(line.top - top) < _SAME * line.height


def _levels(lines: Sequence[PrintedLine]) -> list[float]:
    """The tops on which lines stand, each once, from above."""
    ordered = sorted(lines, key=lambda line: line.top)
    later = [line.top for before, line in pairwise(ordered) if not _on(before.top, line)]
    return [*(line.top for line in ordered[:1]), *later]
