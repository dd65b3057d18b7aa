"""Columns that only the places of their cells make: labels stand under each other by their left edge, figures by their right.

Edges are in whatever unit the pieces come in: half-widths of a line of text, points of a printed page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Piece(Protocol):
    """A stretch of a line that gaps set apart: its edges, and whether it is a figure."""

    @property
    def left(self) -> float:
        """The left edge."""

    @property
    def right(self) -> float:
        """The right edge."""

    @property
    def figure(self) -> bool:
        """Whether it stands under others by its right edge."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's box."""

    left: float
    right: float
    figure: bool


def columns_of(rows: Sequence[Sequence[Piece]], near: float) -> list[Column]:
    """The columns of some rows, from the left; edges at most `near` apart are one column's, one used once makes none."""
    boxes = []
    for figure in (False, True):
        members = [p for row in rows for p in row if p.figure is figure]
        edges = sorted(p.right if figure else p.left for p in members)
        groups: list[list[float]] = []
        for edge in edges:
            if groups and edge - groups[-1][-1] <= near:
                groups[-1].append(edge)
            else:
                groups.append([edge])
        kept = [group for group in groups if len(group) > 1] or groups[:1]
        for group in kept:
            own = [p for p in members if group[0] <= (p.right if figure else p.left) <= group[-1]]
            boxes.append(Column(min(p.left for p in own), max(p.right for p in own), figure))
    return sorted(boxes, key=lambda box: box.right if box.figure else box.left)


def column_under(piece: Piece, columns: Sequence[Column]) -> int:
    """The column of its kind that a cell stands in: the nearest by the edge that counts; of any kind where none is of its."""
    alike = [i for i, c in enumerate(columns) if c.figure is piece.figure] or list(range(len(columns)))
    return min(
        alike,
        key=lambda i: abs(piece.right - columns[i].right) if piece.figure else abs(piece.left - columns[i].left),
    )
