"""Rows of an unruled table whose cells take several lines: the figure stands in the middle of them, or beside the first.

    税務総合システム賃借料      8年度から
                                           148,230
                                12年度まで

No single line is such a row. Its figure is: each row has just one in the column that has most, and one name at the left
edge; between two figures the widest gap is where the next row begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.folding import searchable
from corpus.readers.pdf_lines import ROWS_APART, PrintedLine, follows

_FEWEST = 3  # rows
_NEAR = 1.0  # heights by which edges may differ and still be one column's
_WIDER = 1.15  # times as wide as the others is a gap that tells


def spread_rows(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """The rows that lines begin with, each with all its lines; none where they are not as regular as such rows are."""
    run = _run(lines)
    if not run or len(run[0].pieces) < 2:
        return []
    near, left = _NEAR * min(line.height for line in run), min(line.left for line in run)
    if not _begins(run[0], left + near):
        return []  # a header
    figures = _figures(run, near)
    if len(figures) < _FEWEST:
        return []
    edges = [0, *(_edge(run, a, b, left + near) for a, b in pairwise(figures)), len(run)]
    rows = [list(run[a:b]) for a, b in pairwise(edges)]
    named = [sum(_begins(line, left + near) for line in row) for row in rows]
    if any(one != 1 for one in named[:-1]) or named[-1] > 1 or not _names_something(rows[-1]):
        return []
    return rows


def _run(lines: Sequence[PrintedLine]) -> Sequence[PrintedLine]:
    """The lines at the beginning between which there is no wide gap."""
    for i in range(1, len(lines)):
        if not follows(lines[i - 1], lines[i], ROWS_APART):
            return lines[:i]
    return lines


def _figures(run: Sequence[PrintedLine], near: float) -> list[int]:
    """On which lines the figures stand of the column that has most of them, the column on the right where two have as many."""
    best: list[int] = []
    for edge in sorted({round(p.right, 1) for line in run for p in line.pieces if p.figure}):
        own = [i for i, line in enumerate(run) if any(p.figure and abs(p.right - edge) <= near for p in line.pieces)]
        best = own if len(own) >= len(best) else best
    return best


def _edge(run: Sequence[PrintedLine], a: int, b: int, left: float) -> int:
    """Where the row of the figure on line `b` begins, after that of the figure on line `a`: at the widest gap between them, or,
    where they are about as wide, with its name.
    """
    gaps = [run[i].top - run[i - 1].top for i in range(a + 1, b + 1)]
    widest = max(gaps)
    if sum(gap * _WIDER >= widest for gap in gaps) == 1:
        return a + 1 + gaps.index(widest)
    return next((i for i in range(a + 1, b + 1) if _begins(run[i], left)), b)


def _begins(line: PrintedLine, left: float) -> bool:
    """Whether a name begins on a line: at the left edge, and not in brackets, which go on with a name."""
    return line.left <= left and not line.pieces[0].figure and not searchable(line.text).startswith("(")


def _names_something(row: Sequence[PrintedLine]) -> bool:
    """Whether the last row, which may be set in (計), has anything beside its figures."""
    return any(not piece.figure for line in row for piece in line.pieces)
