"""Labels of plain text that are set in the middle over several columns: 令和6年度 over 決算額 and 構成比.

Which columns a label stands over is told by its middle alone: the columns are cut into as many runs as there are labels so
that the middle of each run is nearest to that of its label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from corpus.columns import Column
from corpus.folding import fold
from corpus.types import Span

_FEWEST, _MOST = 2, 5  # labels
_LONGEST = 12  # letters
_MOST_OFF = 5.0  # half-widths between the middle of a label and that of its columns
_NO_LABEL = re.compile(r"単位|[。、:：]|^[(（]")


def heads_over(text: str, labels: Sequence[tuple[Span, int, int]], columns: Sequence[Column]) -> dict[int, Span]:
    """By the first column that each label stands over its place; nothing where the line holds no such labels.

    A label is its place with its left and right edge, in half-widths as those of the columns.
    """
    said = [fold(text[span.start : span.end]) for span, _, _ in labels]
    figures = [i for i, column in enumerate(columns) if column.figure]
    if not _FEWEST <= len(labels) <= min(_MOST, len(figures) - 1):
        return {}
    if any(len(one) > _LONGEST or _NO_LABEL.search(one) for one in said):
        return {}
    first = figures[0]
    if figures != list(range(first, len(columns))) or labels[0][1] < columns[first].left - _MOST_OFF:
        return {}
    best: tuple[float, tuple[int, ...]] | None = None
    for cuts in combinations(range(first + 1, len(columns)), len(labels) - 1):
        runs = list(zip((first, *cuts), (*cuts, len(columns)), strict=True))
        off = [
            abs((columns[a].left + columns[b - 1].right) / 2 - (left + right) / 2)
            for (a, b), (_, left, right) in zip(runs, labels, strict=True)
        ]
        if max(off) <= _MOST_OFF and (best is None or sum(off) < best[0]):
            best = (sum(off), tuple(a for a, _ in runs))
    return {} if best is None else dict(zip(best[1], (span for span, _, _ in labels), strict=True))
