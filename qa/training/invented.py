"""Questions made from tables themselves, so that the ranking learns more layouts and wordings than U4's.

A cell is drawn, and what stands at its row and its column is put into a question; the table may be turned on its side
first. Only cells that those words tell apart from every other are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from qa.intersect_grid import LABEL, Grid
from qa.intersect_texts import core
from qa.training.data import Example

FORMS = (
    "{row}の{column}は？",
    "{column}について、{row}の値を教えてください。",
    "{row}　{column}",
    "{column} {row}",
    "{row}は{column}でいくらですか。",
    "{row}の{column}はいくつでしたか。",
    "「{row}、{column}」は？",
    "{column}の{row}はどれだけですか。",
)
_LONGEST = 40
_SHORTEST = 2


@dataclass(frozen=True)
class Named:
    """A cell and the words of its row and its column."""

    row: int
    column: int
    words: tuple[str, str]


def invented(grids: Iterable[tuple[str, Grid]], seed: int, each: int = 2) -> list[Example]:
    """Up to `each` questions a table as it stands, and as many on its side for every other table."""
    chance = np.random.default_rng(seed)
    found = []
    for number, (document, grid) in enumerate(grids):
        for shown in (grid, turned(grid)) if number % 2 else (grid,):
            cells = nameable(shown)
            for at in chance.permutation(len(cells))[:each]:
                cell = cells[at]
                row, column = (core(w) if chance.random() < 0.4 and core(w) else w for w in cell.words)
                question = FORMS[chance.integers(len(FORMS))].format(row=row, column=column)
                found.append(Example(question, shown, cell.row, cell.column, document))
    return found


def turned(grid: Grid) -> Grid:
    """The grid with rows and columns exchanged; cells that span several places are repeated."""
    texts = [[grid.printed[number] for number in row] for row in grid.cells]
    return Grid.of_texts([list(column) for column in zip(*texts, strict=True)], grid.before, grid.year)


def nameable(grid: Grid) -> list[Named]:
    """The cells right of their row's first label and below a header, that no other cell shares both with."""
    layout = grid.layout
    named = []
    for r, c in zip(*np.nonzero(layout.candidates), strict=True):
        lead = layout.lead[r]
        header = [h for h in range(r) if layout.header[h] and layout.kinds[h, c] == LABEL]
        if lead < 0 or c <= lead or not header:
            continue
        words = (grid.texts[layout.places[r, lead]], grid.texts[layout.places[header[-1], c]])
        if all(_SHORTEST <= len(word) <= _LONGEST for word in words):
            named.append(Named(int(r), int(c), words))
    counts = Counter(cell.words for cell in named)
    return [cell for cell in named if counts[cell.words] == 1]
