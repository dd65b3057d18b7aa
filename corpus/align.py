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
from functools import lru_cache

from corpus.folding import searchable
from corpus.values import find_periods, find_quantities, is_nothing, lone_quantity

_GAP = -1.2  # per column by which two neighbours stand nearer or farther apart than printed
_MARK = -0.7  # of a mark against an empty cell
_LOST = -4.0  # for leaving out a mark that says nothing (`-`), printed once too often
_ROUNDS = 4
_LARGE, _FEW, _SAMPLE = 200, 0.1, 2000
_SMOOTH = 0.3
_SHAPES = ("empty", "nothing", "year", "period", "amount", "count", "word", "phrase", "text")
_MONEY = {None, "円", "千円", "百万円", "億円", "万円"}
_BARE_YEAR = re.compile(r"^(?:19|20)[0-9]{2}$")
_PERIOD = re.compile(r"^(?:通年|毎年|毎月|年間|[0-9,~]+月|[0-9]+年間|[0-9]{1,2}/[0-9]{1,2}|[0-9~,\s]+月)")


@lru_cache(maxsize=1 << 16)
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
    uneven = [i for i, row in enumerate(rows) if len(row) != width]
    if len(rows) < 3 or not uneven:
        return plain
    if len(rows) >= _LARGE and len(uneven) <= _FEW * len(rows):
        # A large table with a few broken rows: the straight ones say what the columns look like.
        straight = [i for i in range(len(rows)) if len(rows[i]) == width][:_SAMPLE]
        profiles = _learn([rows[i] for i in straight], [plain[i] for i in straight], width)
        mended = list(plain)
        for i in uneven:
            mended[i] = _best(rows[i], profiles, width)
        return tuple(mended)
    current: tuple[Alignment | None, ...] = plain
    for round_ in range(_ROUNDS):
        profiles = _learn(rows, current, width)
        if round_ == 0:
            # Words that stand only in shifted rows would vouch for the shift: at first only shapes are believed.
            for profile in profiles:
                profile.words.clear()
                profile.tails.clear()
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
    marks = [is_nothing(searchable(row[i])) for i in cells]
    n = len(cells)
    score = [[-math.inf] * width for _ in range(n)]
    total = [[-math.inf] * width for _ in range(n)]
    back: list[list[tuple[int, int] | None]] = [[None] * width for _ in range(n)]
    for i in range(n):
        for j in range(width):
            before = _ways(i, j, cells, marks, blanks)
            if before:
                best, back[i][j] = max(((score[h][k] if h >= 0 else 0.0) + cost, (h, k)) for h, k, cost in before)
                score[i][j] = best + fits[i][j]
                total[i][j] = _logsum([(total[h][k] if h >= 0 else 0.0) + cost for h, k, cost in before]) + fits[i][j]
    # Columns after the last cell are free: writers leave off trailing tabs. A surplus mark may be the last cell.
    ends: list[tuple[float, float, tuple[int, int]]] = []
    lost = 0.0
    for i in range(n - 1, -1, -1):
        for j in range(width):
            rest = lost + blanks[width] - blanks[j + 1]
            ends.append((score[i][j] + rest, total[i][j] + rest, (i, j)))
        if not marks[i]:
            break
        lost += _LOST
    best, _, position = max(ends, key=lambda end: end[0])
    if best == -math.inf:
        return None
    columns: list[int | None] = [None] * len(row)
    here: tuple[int, int] | None = position
    while here and here[0] >= 0:
        i, j = here
        columns[cells[i]] = j
        here = back[i][j]
    share = best - _logsum([t for _, t, _ in ends])
    return Alignment(tuple(columns), round(math.exp(min(0.0, share)), 4))


def _ways(i: int, j: int, cells: list[int], marks: list[bool], blanks: list[float]) -> list[tuple[int, int, float]]:
    """How filled cell i may come to stand in column j: (cell before, its column, cost); -1 for none before.

    Of a run of equal marks the last is the one left out: which one does not matter, so one way is counted.
    """
    ways: list[tuple[int, int, float]] = []
    lost = 0.0
    for h in range(i - 1, -2, -1):
        if h < 0:
            ways.append((-1, -1, lost + blanks[j] + _GAP * abs(j - cells[i])))
            break
        apart = cells[i] - cells[h]
        ways += [(h, k, lost + blanks[j] - blanks[k + 1] + _GAP * abs((j - k) - apart)) for k in range(j)]
        if not marks[h] or marks[h + 1]:
            break
        lost += _LOST
    return ways


def _fit(text: str, profile: _Profile, profiles: list[_Profile]) -> float:
    """How well a text fits a column: log-probability of its shape, plus what its last letter and its words say."""
    shapes = profile.rows + _SMOOTH * len(_SHAPES)
    seen = shape(text)
    score = math.log((profile.shapes[seen] + _SMOOTH) / shapes)
    if seen == "nothing":
        # A mark that says nothing stands where a cell may be empty, whether or not the column has had one so far.
        score = max(score, math.log((profile.shapes["empty"] + _SMOOTH) / shapes) + _MARK)
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
