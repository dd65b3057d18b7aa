"""Which cell of a table answers a question: cells ranked by what their row, their column and they themselves say.

`rank(question, grid)` reads a question and a grid (`Grid.from_table`, `Grid.from_html`, `Grid.of_texts`) and gives its
cells with the probability that each is the one asked for, best first. The probability takes for granted that the table
holds the answer at all; whether it does is for the caller to judge. Useful for: picking the cell once the table is known.
Not useful for: finding the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qa.intersect_features import features
from qa.intersect_grid import Grid
from qa.intersect_model import Model, load_model
from qa.intersect_question import asked

__all__ = ["Grid", "Ranked", "rank"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A cell at (`row`, `column`) of a grid and the probability in [0, 1] that it is the one asked for."""

    row: int
    column: int
    probability: float


def rank(question: str, grid: Grid, model: Model | None = None, most: int = 10) -> tuple[Ranked, ...]:
    """The `most` most probable cells, best first; empty for a grid without filled cells.

    Raises:
        BadModel: the shipped weights are missing or do not fit.

    """
    chosen = model or load_model()
    if not grid.layout.candidates.any():
        return ()
    sought = asked(question)
    found, rows, columns = features(sought, grid, chosen.similarities(sought, grid))
    scores = chosen.scores(found)
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    best = np.argsort(-shares, kind="stable")[:most]
    return tuple(Ranked(int(rows[i]), int(columns[i]), float(shares[i])) for i in best)
