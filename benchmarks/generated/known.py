"""A question and what may rightly be answered to it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Ref = tuple[int, int]  # row and column of a table; rows below 0 stand above the body, see `HEADER` and `ABOVE`
HEADER, ABOVE = -1, -2

Polarity = Literal["yes", "no", "up", "down", "same"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that must be said: exactly, or rounded half up when `rounded`; `unit` None means any counter."""

    value: Fraction
    unit: str | None
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One right answer.

    `figures` must all be said; `names` are exactly the rows that are named (None: whichever). Of each set in `must` at
    least one cell is cited, and nothing is cited that is in none of `must` and `may`. `operands` are the cells that may
    be reckoned with. To a question of yes or no, `printed` said instead (the figure itself) is an answer too.
    """

    figures: tuple[Figure, ...] = ()
    names: frozenset[str] | None = None
    must: tuple[frozenset[Ref], ...] = ()
    may: frozenset[Ref] = frozenset()
    operands: frozenset[Ref] = frozenset()
    polarity: Polarity | None = None
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A question, its kind, and every reading that is right; no readings: no answer is right.

    `refusable` allows to say that the documents do not hold it, where a cell prints that there is nothing.
    `thresholds` are the figures that the question itself brings along and an answer may repeat.
    """

    kind: str
    text: str
    readings: tuple[Reading, ...]
    refusable: bool = False
    thresholds: tuple[Fraction, ...] = ()
