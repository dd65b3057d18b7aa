"""Put the cells of ragged rows under their columns.

A row that lost or gained a tab has its cells in the wrong columns. Each column is described by what its cells look
like (their shape, their last letter, the words that recur in it), learned from the table itself; each row is then
aligned by the best monotonic assignment of its cells to columns (dynamic programming, as in sequence alignment), and
the description is learned again from the result. No column number and no document's wording is known here.

The recurrence is that of Needleman and Wunsch (1970) over the filled cells; a column may stay empty, and of the
filled cells only a mark that says nothing may be left out.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.folding import searchable
from corpus.values import find_periods, find_quantities, is_nothing, lone_quantity

_GAP = -1.2  # per column by which two neighbours stand nearer or farther apart than printed
_LOST = -3.0  # for leaving out a mark that says nothing (`-`), printed once too often
_ROUNDS = 4
_SMOOTH = 0.3
_SHAPES = ("empty", "nothing", "year", "period", "amount", "count", "word", "phrase", "text")
_MONEY = {None, "円", "千円", "百万円", "億円", "万円"}
_BARE_YEAR = re.compile(r"^(?:19|20)[0-9]{2}$")
_PERIOD = re.compile(r"^(?:通年|毎年|毎月|年間|[0-9,~]+月|[0-9]+年間|[0-9]{1,2}/[0-9]{1,2}|[0-9~,\s]+月)")


def shape(text: str) -> str:
    """What a cell looks like: one of empty, nothing, year, period, amount, count, word, phrase, text."""
    folded = searchable(text)
    if not folded:
        return "empty"
    if is_nothing(folded):
        return "nothing"
    periods = find_periods(folded)
    if periods:
        covered = sum(p.end - p.start for p in periods)
        if len(periods) == 1 and covered >= len(folded) - 1 and not periods[0].month:
            return "year"
        if covered * 2 >= len(folded):
            return "period"
    if _PERIOD.match(folded) and len(folded) <= 25:
        return "period"
    if _BARE_YEAR.match(folded):
        return "year"
    lone = lone_quantity(folded)
    if lone:
        return "amount" if lone.unit in _MONEY else "count"
    if find_quantities(folded) and len(folded) <= 40:
        return "count"
    if len(folded) <= 6:
        return "word"
    return "phrase" if len(folded) <= 30 else "text"


@dataclass(frozen=True, slots=True)
class Alignment:
    """`columns[i]` is the column of the row's i-th cell, None for an empty or left-out cell. `confidence` in [0, 1]."""

    columns: tuple[int | None, ...]
    confidence: float


@dataclass(slots=True)
class _Profile:
    """What the cells of one column look like, as counts."""

    shapes: Counter[str]
    tails: Counter[str]
    words: Counter[str]
    rows: int


def align_rows(rows: Sequence[Sequence[str]], width: int) -> tuple[Alignment | None, ...]:
    """Align each row's cell texts to `width` columns. None where a row has more filled cells than fit.

    Rows that are straight in every column stay as they are; with fewer than three rows nothing can be learned and
    cells keep their printed column.
    """
    plain = tuple(_as_printed(row, width) for row in rows)
    if len(rows) < 3:
        return plain
    current: tuple[Alignment | None, ...] = plain
    for _ in range(_ROUNDS):
        profiles = _learn(rows, current, width)
        renewed = tuple(_best(row, profiles, width) for row in rows)
        if renewed == current:
            break
        current = renewed
    return current


def _as_printed(row: Sequence[str], width: int) -> Alignment | None:
    if any(cell for cell in row[width:]):
        return None
    return Alignment(tuple(i if i < width else None for i in range(len(row))), 1.0)


def _learn(rows: Sequence[Sequence[str]], aligned: Sequence[Alignment | None], width: int) -> list[_Profile]:
    profiles = [_Profile(Counter(), Counter(), Counter(), 0) for _ in range(width)]
    for row, alignment in zip(rows, aligned, strict=True):
        if alignment is None:
            continue
        texts = [""] * width
        for text, column in zip(row, alignment.columns, strict=True):
            if column is not None:
                texts[column] = text
        for profile, text in zip(profiles, texts, strict=True):
            profile.rows += 1
            profile.shapes[shape(text)] += 1
            if text:
                profile.tails[searchable(text)[-1:]] += 1
                profile.words[searchable(text)] += 1
    return profiles


def _best(row: Sequence[str], profiles: list[_Profile], width: int) -> Alignment | None:
    """The most probable assignment of the row's filled cells to columns, in order.

    `score[i][j]`: best log-probability with filled cell i in column j; `total` is the sum over all ways, so that
    their quotient at the end is the share of the best way: the confidence.
    """
    cells = [i for i, text in enumerate(row) if text]
    if not cells:
        return Alignment((None,) * len(row), 1.0)
    fits = [[_fit(row[i], profile, profiles) for profile in profiles] for i in cells]
    blanks = [0.0]
    for profile in profiles:
        blanks.append(blanks[-1] + _fit("", profile, profiles))
    n = len(cells)
    score = [[-math.inf] * width for _ in range(n)]
    total = [[-math.inf] * width for _ in range(n)]
    back: list[list[tuple[int, int] | None]] = [[None] * width for _ in range(n)]
    for i in range(n):
        for j in range(width):
            ways: list[tuple[float, float, tuple[int, int] | None]] = []
            lost = 0.0
            for before in range(i - 1, -2, -1):
                if before < 0:
                    start = lost + blanks[j] + _GAP * abs(j - cells[i])
                    ways.append((start, start, None))
                    break
                for k in range(j):
                    step = lost + blanks[j] - blanks[k + 1] + _GAP * abs((j - k) - (cells[i] - cells[before]))
                    ways.append((score[before][k] + step, total[before][k] + step, (before, k)))
                # Of a run of equal marks the last is the one left out: which one does not matter, so count one way.
                if not is_nothing(searchable(row[cells[before]])) or is_nothing(searchable(row[cells[before + 1]])):
                    break
                lost += _LOST
            if not ways:
                continue
            best, _, back[i][j] = max(ways, key=lambda way: way[0])
            score[i][j] = best + fits[i][j]
            total[i][j] = _logsum([t for _, t, _ in ways]) + fits[i][j]
    # Columns after the last cell are free: writers leave off trailing tabs.
    ends = [score[n - 1][j] + blanks[width] - blanks[j + 1] for j in range(width)]
    sums = [total[n - 1][j] + blanks[width] - blanks[j + 1] for j in range(width)]
    at = max(range(width), key=ends.__getitem__)
    if ends[at] == -math.inf:
        return None
    columns: list[int | None] = [None] * len(row)
    position: tuple[int, int] | None = (n - 1, at)
    while position:
        i, j = position
        columns[cells[i]] = j
        position = back[i][j]
    return Alignment(tuple(columns), round(math.exp(min(0.0, ends[at] - _logsum(sums))), 4))


def _fit(text: str, profile: _Profile, profiles: list[_Profile]) -> float:
    """How well a text fits a column: log-probability of its shape, plus what its last letter and its words say."""
    shapes = profile.rows + _SMOOTH * len(_SHAPES)
    score = math.log((profile.shapes[shape(text)] + _SMOOTH) / shapes)
    if text:
        folded = searchable(text)
        score += 0.5 * _lift(folded[-1:], [p.tails for p in profiles], profile.tails)
        score += 0.7 * _lift(folded, [p.words for p in profiles], profile.words)
    return score


def _lift(word: str, everywhere: list[Counter[str]], here: Counter[str]) -> float:
    """Log P(column | word) against chance, in [-2, 2]; 0 for a word never seen."""
    seen = sum(counter[word] for counter in everywhere)
    if seen < 2:
        return 0.0
    share = (here[word] + _SMOOTH) / (seen + _SMOOTH * len(everywhere))
    return max(-2.0, min(2.0, math.log(share * len(everywhere))))


def _logsum(values: list[float]) -> float:
    top = max(values)
    if top == -math.inf:
        return top
    return top + math.log(sum(math.exp(v - top) for v in values))
