"""Figures in a sentence and the words they belong to.

In `国内商標(14区分)及び中国商標(16区分)` each figure belongs to the words right before it, in `令和3年:4,627件、令和2年:13,062件`
to the year before it. How strongly a word pulls falls with the letters, commas and other figures that stand between.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from corpus.values import Period, Quantity
from qa.prose_reading import Reading, Spot

_REACH = 18.0  # letters after which a word pulls a third as much
_COMMA = 8.0  # what a comma between counts, in letters
_FIGURE = 10.0  # what another figure between counts
_STOP = 40.0  # what the end of a sentence between counts
_BEHIND = 6.0  # a word after the figure is farther than one before it
_COMMAS = "、,，・;；/"


class Word(msgspec.Struct, frozen=True):
    """A word of the question where the sentence has it: its share of the question and its place."""

    term: int
    share: float
    spot: Spot


def pulls(reading: Reading, words: Sequence[Word], spots: Sequence[Spot]) -> list[float]:
    """How far each of some stretches belongs to the words of the question, in [0, 1], in their order."""
    if not spots:
        return []
    marks, stops = _marks(reading.folded)
    figures = sorted({(q.start, q.end) for q in reading.figures} | {tuple(s) for s in spots})
    found = []
    for start, end in spots:
        best: dict[int, float] = {}
        for word in words:
            a, b = word.spot
            low, high = (b, start) if b <= start else (end, a) if a >= end else (0, 0)
            gap = max(0, high - low) + (_BEHIND if a >= end else 0.0)
            gap += _COMMA * sum(low <= i < high for i in marks) + _STOP * sum(low <= i < high for i in stops)
            gap += _FIGURE * sum(low <= x and y <= high for x, y in figures)
            best[word.term] = max(best.get(word.term, 0.0), word.share * math.exp(-gap / _REACH))
        found.append(sum(best.values()))
    return found


@lru_cache(maxsize=20_000)
def _marks(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where a text has commas and where sentences end in it."""
    commas = tuple(i for i, c in enumerate(text) if c in _COMMAS and not _inside_number(text, i))
    return commas, tuple(i for i, c in enumerate(text) if c == "。")


def _inside_number(text: str, i: int) -> bool:
    return text[i] == "," and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()


def own_period(reading: Reading, start: int) -> Period | None:
    """The year or date that governs a figure at `start`: the last one before it in its sentence, or None."""
    opened = reading.folded.rfind("。", 0, start) + 1
    before = [p for p in reading.periods if opened <= p.start and p.end <= start]
    return before[-1] if before else None


def quantity_at(reading: Reading, spot: Spot) -> Quantity | None:
    """The figure at a place, or None where there is another thing."""
    return next((q for q in reading.figures if (q.start, q.end) == spot), None)
