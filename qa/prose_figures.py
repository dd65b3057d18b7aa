"""Figures in a sentence and the words they belong to.

In `国内商標(14区分)及び中国商標(16区分)` each figure belongs to the words right before it, in `令和3年:4,627件、令和2年:13,062件`
to the year before it. How strongly a word pulls falls with the letters, commas and other figures that stand between. What a
sentence is about, `市税につきましては、`, is near to every figure up to the next such word, however much is told between.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
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
_TOPIC = 6.0  # how far, in letters, the figures told of a sentence's topic are from it
# 市税につきましては、 / 一般会計では562億円: behind the noun that the figures after it are of. Not 令和3年度は、.
_TOPICAL = re.compile(
    r"(?P<noun>[一-龥ァ-ヶーA-Za-z0-9々()・「」]{2,24}(?<!年度)(?<!年)(?<!月)(?<!日))(?:(?:に(?:つきまして|ついて|関しまして|関して)|として)?は[、,]|では[、,]?(?=[0-9])|では[、,])"
)
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
        told_of = topic_of(reading.folded, start)
        for word in words:
            a, b = word.spot
            low, high = (b, start) if b <= start else (end, a) if a >= end else (0, 0)
            gap = max(0, high - low) + (_BEHIND if a >= end else 0.0)
            gap += _COMMA * sum(low <= i < high for i in marks) + _STOP * sum(low <= i < high for i in stops)
            gap += _FIGURE * sum(low <= x and y <= high for x, y in figures)
            if told_of is not None and told_of[0] <= a and b <= told_of[1]:
                gap = min(gap, _TOPIC)
            best[word.term] = max(best.get(word.term, 0.0), word.share * math.exp(-gap / _REACH))
        found.append(sum(best.values()))
    return found


@lru_cache(maxsize=20_000)
def _marks(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where a text has commas and where sentences end in it."""
    commas = tuple(i for i, c in enumerate(text) if c in _COMMAS and not _inside_number(text, i))
    return commas, tuple(i for i, c in enumerate(text) if c == "。")


def topic_of(text: str, start: int) -> Spot | None:
    """Where the noun stands of which a text tells the figure at `start`: the last topic before it in its sentence."""
    topics = _topics(text)
    last = bisect_right(topics, start, key=lambda spot: spot[1]) - 1
    if last < 0 or any(topics[last][1] <= stop < start for stop in _marks(text)[1]):
        return None
    return topics[last]


@lru_cache(maxsize=20_000)
def _topics(text: str) -> tuple[Spot, ...]:
    """Where the nouns stand that a text says something of, in order."""
    return tuple(m.span("noun") for m in _TOPICAL.finditer(text))


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
