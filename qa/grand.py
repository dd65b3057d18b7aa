"""The rows of all that a table counts (全市, 市総数, 総数): what is meant where a question names none of its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from qa.frames import Frame
from qa.labels import ALL_OF
from qa.roles import Mask

IN_ALL = re.compile(rf"{ALL_OF.pattern}|総数")  # 合計 is that of one table, not of all there is
_FEWEST_PARTS = 2
_KEPT = "rows of all"


def of_all(frame: Frame, at: Sequence[int], mask: Mask) -> Mask:
    """Of some rows those of all, by each column that tells rows apart and in which nothing is asked for (not in `at`); of a
    named group and its parts, which the table gives below it, the group's own row.
    """
    kept = _own_row(frame, at, mask)
    for column, wholes in _wholes(frame).items():
        if column in at:
            continue
        rows = [int(r) for r in np.flatnonzero(kept)]
        whole = [r for r in rows if r in wholes]
        parts = {frame.cells[r][column] for r in rows if r not in wholes}
        if whole and len(parts) >= _FEWEST_PARTS:
            kept = np.zeros_like(mask)
            kept[whole] = True
    return kept


def _own_row(frame: Frame, at: Sequence[int], mask: Mask) -> Mask:
    """Of a row that prints what is named as its own name, and rows below that have names of their own under it, the first."""
    rows = [int(r) for r in np.flatnonzero(mask)]
    if len(rows) < _FEWEST_PARTS or not at or max(at) >= frame.key:
        return mask
    own = [r for r in rows if not frame.is_filled(r, max(at)) and not _deeper(frame, r, max(at))]
    under = [r for r in rows if r not in own]
    if len(own) != 1 or not all(frame.is_filled(r, max(at)) and _deeper(frame, r, max(at)) for r in under):
        return mask
    kept = np.zeros_like(mask)
    kept[own] = not frame.totals[own[0]] and len({frame.cells[r][max(at)] for r in rows}) == 1
    return kept if kept.any() else mask


def _deeper(frame: Frame, row: int, column: int) -> bool:
    """Whether a row has a name in a column behind one, up to that of the names."""
    return any((frame.cells[row][c] or "").strip() for c in range(column + 1, frame.key + 1))


def _wholes(frame: Frame) -> dict[int, frozenset[int]]:
    """For each column that tells rows apart and names all of them somewhere the rows in which it does; found once."""
    found: dict[int, frozenset[int]] | None = frame.kept.get(_KEPT)
    if found is None:
        places: dict[int, set[int]] = {}
        for text, stands in zip(frame.texts.texts, frame.places, strict=True):
            if IN_ALL.fullmatch(text):
                for row, column in stands:
                    places.setdefault(column, set()).add(row)
        found = frame.kept[_KEPT] = {
            c: frozenset(rows) for c, rows in sorted(places.items())
            if frame.columns[c].kind not in ("date", "number") and frame.tells_apart(c)
        }  # fmt: skip
    return found
