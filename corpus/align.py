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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.caching import remembered
from corpus.folding import searchable
from corpus.values import find_periods, find_quantities, is_nothing, lone_quantity

Floats = NDArray[np.float64]

_GAP = -1.2  # per column by which two neighbours stand nearer or farther apart than printed
_MARK = -0.7  # of a mark against an empty cell
_LOST = -4.0  # for leaving out a mark that says nothing (`-`), printed once too often
_ROUNDS = 4
_LARGE, _FEW, _SAMPLE = 200, 0.1, 2000
_WIDEST = 60  # columns: the work grows with their cube, and wider tables are not ragged but broken
_MOST_WORK = 300_000  # rows times columns squared: a few seconds; beyond it cells keep their printed column
_SMOOTH = 0.3
_SHAPES = ("empty", "nothing", "year", "period", "amount", "count", "word", "phrase", "text")
_MONEY = {None, "円", "千円", "百万円", "億円", "万円"}
_FIGURE = 3  # a bare number in front of a name (1 市税) only numbers it, unless it is this long
_BARE_YEAR = re.compile(r"^(?:19|20)[0-9]{2}$")
_PERIOD = re.compile(r"^(?:通年|毎年|毎月|年間|[0-9,~]+月|[0-9]+年間|[0-9]{1,2}/[0-9]{1,2}|[0-9~,\s]+月)")


@remembered
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
    if len(folded) <= 40 and any(
        (q.unit or (len(q.text) >= _FIGURE and q.text[0] != "0")) and folded[q.start - 1 : q.start] != "第"
        for q in find_quantities(folded)
    ):  # 第78号 names one
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
    if len(rows) < 3 or not uneven or width > _WIDEST or len(uneven) * width**2 > _MOST_WORK:
        return plain
    if len(rows) >= _LARGE and len(uneven) <= _FEW * len(rows):
        # A large table with a few broken rows: the straight ones say what the columns look like.
        straight = [i for i in range(len(rows)) if len(rows[i]) == width][:_SAMPLE]
        profiles = _learn([rows[i] for i in straight], [plain[i] for i in straight], width)
        known = _remember(profiles)
        mended = list(plain)
        for i in uneven:
            mended[i] = _best(rows[i], known, width)
        return tuple(mended)
    current: tuple[Alignment | None, ...] = plain
    for round_ in range(_ROUNDS):
        profiles = _learn(rows, current, width)
        if round_ == 0:
            # Words that stand only in shifted rows would vouch for the shift: at first only shapes are believed.
            for profile in profiles:
                profile.words.clear()
                profile.tails.clear()
        known = _remember(profiles)
        found = {row: _best(row, known, width) for row in dict.fromkeys(map(tuple, rows))}  # equal rows stand alike
        renewed = tuple(found[tuple(row)] for row in rows)
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


def _best(row: Sequence[str], known: Callable[[str], Floats], width: int) -> Alignment | None:
    """The most probable assignment of the row's filled cells to columns, in order.

    `score[i][j]`: best log-probability with filled cell i in column j; `total` is the log of the sum over all ways,
    so that their difference at the end is the share of the best way: the confidence.
    """
    cells = [i for i, text in enumerate(row) if text]
    if not cells:
        return Alignment((None,) * len(row), 1.0)
    marks = [is_nothing(searchable(row[i])) for i in cells]
    blanks = np.concatenate(([0.0], np.cumsum(known(""))))
    steps = _Steps(cells, marks, blanks, width)
    score: list[Floats] = []
    total: list[Floats] = []
    back: list[list[tuple[int, int]]] = []
    for i, cell in enumerate(cells):
        sources, costs = steps.into(i)
        fits = known(row[cell])
        ways = np.concatenate([np.atleast_2d(_before(score, h) + cost) for h, cost in costs])
        sums = np.concatenate([np.atleast_2d(_before(total, h) + cost) for h, cost in costs])
        back.append([sources[choice] for choice in ways.argmax(axis=0)])
        score.append(ways.max(axis=0) + fits)
        total.append(np.logaddexp.reduce(sums, axis=0) + fits)
    # Columns after the last cell are free: writers leave off trailing tabs. A surplus mark may be the last cell.
    rest = blanks[width] - blanks[1:]
    last = [len(cells) - 1]
    while marks[last[-1]] and last[-1] > 0:
        last.append(last[-1] - 1)
    lost = _LOST * np.arange(len(last))[:, None]
    ends = np.vstack([score[i] + rest for i in last]) + lost
    sums = np.vstack([total[i] + rest for i in last]) + lost
    if not np.isfinite(ends.max()):
        return None
    which, j = np.unravel_index(int(ends.argmax()), ends.shape)
    here = (last[int(which)], int(j))
    columns: list[int | None] = [None] * len(row)
    while here[0] >= 0:
        columns[cells[here[0]]] = here[1]
        here = back[here[0]][here[1]]
    share = min(0.0, float(ends.max() - np.logaddexp.reduce(sums, axis=None)))
    return Alignment(tuple(columns), round(math.exp(share), 4))


def _before(scores: list[Floats], h: int) -> Floats | float:
    return scores[h][:, None] if h >= 0 else 0.0


class _Steps:
    """What it costs a filled cell to come to stand in each column, after each cell that may be the one before it."""

    def __init__(self, cells: list[int], marks: list[bool], blanks: Floats, width: int) -> None:
        columns = np.arange(width)
        self._cells, self._marks, self._blanks, self._width = cells, marks, blanks, width
        self._columns = columns
        self._apart = columns[None, :] - columns[:, None]  # [k, j]: how far column j stands from column k
        self._between = np.where(self._apart > 0, blanks[None, :width] - blanks[1:, None], -np.inf)

    def into(self, i: int) -> tuple[list[tuple[int, int]], list[tuple[int, Floats]]]:
        """For cell i: (cell before, its column) for each row of the costs, and the costs, shape (rows, width).

        Of a run of equal marks the last is the one left out: which one does not matter, so one way is counted.
        """
        sources: list[tuple[int, int]] = []
        costs: list[tuple[int, Floats]] = []
        lost = 0.0
        for h in range(i - 1, -1, -1):
            shift = np.abs(self._apart - (self._cells[i] - self._cells[h]))
            costs.append((h, lost + self._between + _GAP * shift))
            sources += [(h, k) for k in range(self._width)]
            if not self._marks[h] or self._marks[h + 1]:
                return sources, costs
            lost += _LOST
        start = lost + self._blanks[: self._width] + _GAP * np.abs(self._columns - self._cells[i])
        return [*sources, (-1, -1)], [*costs, (-1, start[None, :])]


def _remember(profiles: list[_Profile]) -> Callable[[str], Floats]:
    """`_fits` for one state of the profiles; cells repeat, so each text is weighed once."""
    return lru_cache(maxsize=None)(lambda text: _fits(text, profiles))


def _fits(text: str, profiles: list[_Profile]) -> Floats:
    """How well a text fits each column: log-probability of its shape, plus what its last letter and its words say."""
    seen = shape(text)
    scores = []
    for profile in profiles:
        shapes = profile.rows + _SMOOTH * len(_SHAPES)
        score = math.log((profile.shapes[seen] + _SMOOTH) / shapes)
        if seen == "nothing":
            # A mark that says nothing stands where a cell may be empty, whether or not the column has had one so far.
            score = max(score, math.log((profile.shapes["empty"] + _SMOOTH) / shapes) + _MARK)
        scores.append(score)
    if text:
        folded = searchable(text)
        tails = _lifts(folded[-1:], [profile.tails for profile in profiles])
        words = _lifts(folded, [profile.words for profile in profiles])
        scores = [s + 0.5 * tail + 0.7 * word for s, tail, word in zip(scores, tails, words, strict=True)]
    return np.array(scores)


def _lifts(word: str, counters: list[Counter[str]]) -> list[float]:
    """Log P(column | word) against chance, in [-2, 2], for each column; 0 for a word hardly ever seen."""
    counts = [counter[word] for counter in counters]
    seen = sum(counts)
    if seen < 2:
        return [0.0] * len(counters)
    whole = (seen + _SMOOTH * len(counters)) / len(counters)
    return [max(-2.0, min(2.0, math.log((count + _SMOOTH) / whole))) for count in counts]
