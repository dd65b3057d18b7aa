"""What speaks for each cell of a grid as the answer to a question: one row of numbers a cell, each with a name.

A similarity is worked out once for each different text and then looked up at the places that explain a cell: the labels
left of it, the header above it, the nearest label above it, the headings its row stands under, the next total below its
row, and the cell itself. So the work grows with the table's different labels, not with its cells.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from qa.intersect_grid import ASIDE, FIGURE, LABEL, NOTHING, Grid, Layout
from qa.intersect_periods import ends, newest_year, period_of
from qa.intersect_question import Asked
from qa.intersect_texts import bare, core, grams, heard, plain, sound_of, spoken

Array = NDArray[np.float32]

PLACES = ("left", "lead", "right", "top", "near", "parent", "above", "total", "self")
_KINDS = (
    "item_ratio",
    "item_bare",
    "item_recall",
    "item_precision",
    "context_ratio",
    "context_bare",
    "context_recall",
    "latin",
)
_PERIODS = ("year", "relative")
_PERIOD_PLACES = ("left", "up", "parent", "self", "down")
_CHOSEN = ("period",)
_CELL = (
    "figure", "nothing", "label", "aside", "row", "column", "last_column", "last_row", "repeated", "in_header", "has_lead",
    "first_figure", "last_figure", "instant", "no_year", "words", "before_year", "before_relative", "indent", "year_first",
    "lead_total", "top_total", "lead_total_words", "top_total_words", "lead_rest", "top_rest", "top_repeated",
)  # fmt: skip
_COVER = ("cover_left", "cover_top", "cover_parent", "cover_all", "cover_self", "cover_all_top", "cover_rest")
_BEST = ("left.item_ratio", "left.item_bare", "top.item_ratio", "top.item_bare", "top.item_recall", "left.item_recall", "cover_all", "left.latin", "top.latin")  # fmt: skip
NAMES: tuple[str, ...] = (
    *(f"{place}.{kind}" for place in PLACES for kind in _KINDS),
    *(f"{place}.{kind}" for place in _PERIOD_PLACES for kind in _PERIODS),
    *_CHOSEN,
    *_CELL,
    *_COVER,
    *(f"{name}-best" for name in _BEST),
)


def features(
    question: Asked, grid: Grid, learned: Array | None = None
) -> tuple[Array, NDArray[np.int32], NDArray[np.int32]]:
    """One row of `NAMES` for each cell that can be the answer, and the rows and columns of those cells.

    `learned` (kinds × texts) are similarities of a trained model; they follow `NAMES`, looked up at each of `PLACES`.
    """
    layout = grid.layout
    rows, columns = np.nonzero(layout.candidates)
    similar = _similarities(question, grid)
    parts = [_at_places(similar, layout, rows, columns)]
    periods = _periods(question, grid)
    parts.append(_periods_at_places(periods, layout, rows, columns))
    parts.append(_cells(question, grid, layout, rows, columns))
    parts.append(_coverage(question, grid, layout, rows, columns))
    whole = np.concatenate(parts, 0)
    best = np.array([NAMES.index(name) for name in _BEST])
    against = whole[best] - whole[best].max(1, initial=0.0, keepdims=True)
    more = [_at_places(learned, layout, rows, columns)] if learned is not None else []
    return (
        np.concatenate([whole, against, *more], 0).T.astype(np.float32, copy=False),
        rows.astype(np.int32),
        columns.astype(np.int32),
    )


def _similarities(question: Asked, grid: Grid) -> Array:
    """_KINDS × texts, in [0, 1]."""
    out = np.zeros((len(_KINDS), len(grid.texts)), np.float32)
    labels = grid.layout.labels
    if not len(labels):
        return out
    texts = [grid.texts[number] for number in labels]
    pairs = [grams(text) for text in texts]
    out[0, labels], out[1, labels] = _ratios(question.items, texts)
    items = [g for g in map(grams, question.items) if g]
    out[2, labels] = [max((len(g & p) / len(g) for g in items), default=0.0) for p in pairs]
    whole = grams(question.items[-1])
    out[3, labels] = [len(whole & p) / max(1, len(p)) for p in pairs]
    if question.contexts:
        out[4, labels], out[5, labels] = _ratios(question.contexts, texts)
        contexts = [g for g in map(grams, question.contexts) if g]
        out[6, labels] = [max((len(g & p) / len(g) for g in contexts), default=0.0) for p in pairs]
    if question.words:
        said = [sound_of(w) for w in question.words if len(w) > 1]
        for number in labels:
            text = grid.texts[number]
            sound = spoken(text)
            if said and sound:
                out[7, number] = sum(len(w) * heard(w, sound) for w in said) / sum(map(len, said))
    return out


def _ratios(phrases: tuple[str, ...], texts: list[str]) -> tuple[Array, Array]:
    """For each text the best likeness of any phrase, as they are and bare; a text without letters is like nothing."""
    out = []
    for form in (plain, bare):
        likeness = cdist([form(p) for p in phrases], [form(t) for t in texts], scorer=fuzz.ratio, dtype=np.float32)
        out.append(likeness.max(0) / 100 * np.array([bool(form(t)) for t in texts], np.float32))
    return out[0], out[1]


def _at_places(similar: Array, layout: Layout, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Array:
    """(PLACES × _KINDS) × candidates."""
    grid = similar[:, layout.places]  # kinds × rows × columns
    there = (layout.kinds == LABEL)[None]
    grid = grid * there
    lead = _lead(grid, layout)
    found = {
        "left": _before(np.maximum.accumulate(grid, 2), 2)[:, rows, columns],
        "lead": lead[:, rows],
        "right": _before(np.maximum.accumulate(grid[:, :, ::-1], 2), 2)[:, :, ::-1][:, rows, columns],
        "top": _before(np.maximum.accumulate(grid * layout.header[None, :, None], 1), 1)[:, rows, columns],
        "near": _nearest_above(grid, layout)[:, rows, columns],
        "parent": _under(lead, layout.ancestors[:, 0])[:, rows],
        "above": np.max([_under(lead, layout.ancestors[:, k]) for k in range(layout.ancestors.shape[1])], axis=0)[
            :, rows
        ],
        "total": _under(lead, layout.total)[:, rows],
        "self": grid[:, rows, columns],
    }
    return np.concatenate([found[place] for place in PLACES], 0)


def explaining(layout: Layout, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> list[list[list[int]]]:
    """For each candidate and each of PLACES the numbers of the texts that stand there: what `_at_places` takes the best of."""
    places = np.where(layout.kinds == LABEL, layout.places, -1)
    lead = np.where(layout.lead >= 0, places[np.arange(len(places)), np.maximum(layout.lead, 0)], -1)
    out = []
    for r, c in zip(rows, columns, strict=True):
        above = [int(t) for t in places[:r, c] if t >= 0]
        ancestors = [int(lead[a]) for a in layout.ancestors[r] if a >= 0]
        lists = (
            [int(t) for t in places[r, :c]],
            [int(lead[r])],
            [int(t) for t in places[r, :c:-1]],
            [int(t) for t in places[:r, c][layout.header[:r]]],
            above[-1:],
            ancestors[:1] if layout.ancestors[r, 0] >= 0 else [],
            ancestors,
            [int(lead[layout.total[r]])] if layout.total[r] >= 0 else [],
            [int(places[r, c])],
        )
        out.append([list(dict.fromkeys(t for t in one if t >= 0)) for one in lists])
    return out


def _lead(grid: Array, layout: Layout) -> Array:
    """The value of each row's first label."""
    picked: Array = grid[:, np.arange(grid.shape[1]), np.maximum(layout.lead, 0)]
    return picked * (layout.lead >= 0)


def _under(lead: Array, rows: NDArray[np.int32]) -> Array:
    return lead[:, np.maximum(rows, 0)] * (rows >= 0)


def _before(grid: Array, axis: int) -> Array:
    """Shift by one along an axis: what stands before each place, not at it."""
    out = np.zeros_like(grid)
    if axis == 2:
        out[:, :, 1:] = grid[:, :, :-1]
    else:
        out[:, 1:] = grid[:, :-1]
    return out


def _nearest_above(grid: Array, layout: Layout) -> Array:
    at = np.where(layout.kinds == LABEL, np.arange(len(layout.kinds))[:, None], -1)
    last = np.maximum.accumulate(at, 0)
    last = np.concatenate([np.full((1, last.shape[1]), -1), last[:-1]], 0)
    picked: Array = np.take_along_axis(grid, np.maximum(last, 0)[None], 1)
    return picked * (last >= 0)


def _periods(question: Asked, grid: Grid) -> Array:
    newest = newest_year(grid)
    out = np.zeros((2, len(grid.texts)), np.float32)
    if question.years:
        for number in grid.layout.labels:
            out[:, number] = period_of(grid.texts[number], question.years, newest)
    return out


def _periods_at_places(periods: Array, layout: Layout, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Array:
    grid = periods[:, layout.places] * (layout.kinds == LABEL)[None]
    lead = _lead(grid, layout)
    parent = np.zeros_like(lead)
    for k in range(layout.ancestors.shape[1] - 1, -1, -1):
        value = _under(lead, layout.ancestors[:, k])
        parent = np.where(value != 0, value, parent)
    found = {
        "left": _before(_carry(grid, 2), 2)[:, rows, columns],
        "up": _before(_carry(grid, 1), 1)[:, rows, columns],
        "parent": parent[:, rows],
        "self": grid[:, rows, columns],
        # A balance below closes the period of the movements above it.
        "down": _carry(lead[:, ::-1, None], 1)[:, ::-1, 0][:, rows],
    }
    chosen = np.zeros(len(rows), np.float32)
    for place in _PERIOD_PLACES[:3]:  # the first that speaks of a period decides, a year before 当期 and 前期
        for kind in found[place]:
            chosen = np.where(chosen == 0, kind, chosen)
    return np.concatenate([*(found[place] for place in _PERIOD_PLACES), chosen[None]], 0)


def _carry(grid: Array, axis: int) -> Array:
    """Each place's last value that is not 0, at or before it."""
    shape = [1, 1, 1]
    shape[axis] = grid.shape[axis]
    at = np.where(grid != 0, np.arange(grid.shape[axis]).reshape(shape), 0)
    picked: Array = np.take_along_axis(grid, np.maximum.accumulate(at, axis), axis)
    return picked


def _cells(question: Asked, grid: Grid, layout: Layout, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Array:
    kinds = layout.kinds[rows, columns]
    height, width = layout.kinds.shape
    figures = np.isin(layout.kinds, (FIGURE, NOTHING))
    first = np.where(figures.any(1), figures.argmax(1), -1)[rows]
    last = np.where(figures.any(1), width - 1 - figures[:, ::-1].argmax(1), -1)[rows]
    before = period_of(grid.before[-60:], question.years, newest_year(grid))
    whole = np.ones(len(rows), np.float32)
    years = [y for t in dict.fromkeys(layout.places[layout.header].ravel()) for y in ends(grid.texts[t])]
    lead_total, top_total = _lead_and_top(_named(grid, _TOTAL), layout, rows, columns)
    lead_rest, top_rest = _lead_and_top(_named(grid, _REST), layout, rows, columns)
    values = (
        kinds == FIGURE, kinds == NOTHING, kinds == LABEL, kinds == ASIDE,
        rows / max(1, height - 1), columns / max(1, width - 1), columns == width - 1, rows == height - 1,
        np.minimum(layout.repeated[rows], 3) / 3, layout.header[rows], layout.lead[rows] >= 0,
        columns == first, columns == last, whole * question.instant, whole * (not question.years),
        whole * bool(question.words), whole * before[0], whole * before[1], np.maximum(layout.lead[rows], 0) / 10,
        whole * (max(years, default=0) in _last_years(question)),
        lead_total, top_total, lead_total * bool(question.words), top_total * bool(question.words), lead_rest, top_rest,
        _repeats(layout)[columns],
    )  # fmt: skip
    return np.array(values, np.float32)


def _last_years(question: Asked) -> tuple[int, ...]:
    return (*question.years.ends, *(year + 1 for year in question.years.fiscal))


_TOTAL = re.compile(r"(?:計|総額|総数)$")
_REST = re.compile(r"^その他|調整額|消去|以外$")


def _named(grid: Grid, pattern: re.Pattern[str]) -> Array:
    """1 × texts: 1 for labels that a pattern finds something in."""
    out = np.zeros((1, len(grid.texts)), np.float32)
    out[0, grid.layout.labels] = [bool(pattern.search(core(grid.texts[n]))) for n in grid.layout.labels]
    return out


def _lead_and_top(
    flags: Array, layout: Layout, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    grid = flags[:, layout.places] * (layout.kinds == LABEL)[None]
    return _lead(grid, layout)[0, rows], _nearest_header(grid, layout)[0, rows, columns]


def _nearest_header(grid: Array, layout: Layout) -> Array:
    """The value of the last label of a header row above each place."""
    labels = (layout.kinds == LABEL) & layout.header[:, None]
    at = np.maximum.accumulate(np.where(labels, np.arange(len(labels))[:, None], -1), 0)
    at = np.concatenate([np.full((1, at.shape[1]), -1), at[:-1]], 0)
    picked: Array = np.take_along_axis(grid, np.maximum(at, 0)[None], 1)
    return picked * (at >= 0)


def _repeats(layout: Layout) -> NDArray[np.float32]:
    """Columns: how many columns to the left carry the same header, in thirds up to one."""
    seen: dict[bytes, int] = {}
    out = np.zeros(layout.places.shape[1], np.float32)
    for column, header in enumerate(layout.places[layout.header].T):
        key = header.tobytes()
        out[column] = min(seen.get(key, 0), 3) / 3
        seen[key] = seen.get(key, 0) + 1
    return out


def _coverage(question: Asked, grid: Grid, layout: Layout, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Array:
    """How much of the question's letter pairs the places explain, alone and together; rare pairs of the table count more."""
    asked_for = sorted(set().union(*(grams(p) for p in (*question.items, *question.contexts))))
    if not asked_for:
        return np.zeros((len(_COVER), len(rows)), np.float32)
    numbers = {gram: i for i, gram in enumerate(asked_for)}
    found = np.zeros((len(asked_for), len(grid.texts)), np.float32)
    labels = layout.labels
    for number in labels:
        for gram in grams(grid.texts[number]):
            if gram in numbers:
                found[numbers[gram], number] = 1.0
    weights = np.log1p(len(labels) / (1.0 + found.sum(1)))
    weights = (weights / max(weights.sum(), 1e-6)).astype(np.float32)
    there = found[:, layout.places] * (layout.kinds == LABEL)[None]
    lead = _lead(there, layout)
    left = _before(np.maximum.accumulate(there, 2), 2)[:, rows, columns]
    top = _before(np.maximum.accumulate(there * layout.header[None, :, None], 1), 1)[:, rows, columns]
    parents = np.max([_under(lead, layout.ancestors[:, k]) for k in range(layout.ancestors.shape[1])], axis=0)[:, rows]
    axes = np.maximum(left, top)
    everything = np.maximum(axes, parents)
    prose = grams(grid.before[-150:])
    rest = np.array([gram in prose for gram in asked_for], np.float32)[:, None]
    explained = (left, top, parents, everything, there[:, rows, columns], axes, np.maximum(everything, rest))
    return np.stack([np.einsum("g,gn->n", weights, one) for one in explained]).astype(np.float32)
