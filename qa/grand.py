"""The rows of all that a table counts (全市, 市総数, 総数): what is meant where a question names none of its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from qa.frames import Frame
from qa.labels import ALL_OF
from qa.lookup import letters
from qa.roles import Mask

IN_ALL = re.compile(rf"{ALL_OF.pattern}|総数")  # 合計 is that of one table, not of all there is
_FEWEST_PARTS = 2


def of_all(frame: Frame, at: Sequence[int], mask: Mask) -> Mask:
    """Of some rows those of all, by each column that tells rows apart and in which nothing is asked for (not in `at`)."""
    kept = mask
    for column in frame.columns:
        if column.index in at or column.kind in ("date", "number") or not frame.tells_apart(column.index):
            continue
        rows = [int(r) for r in np.flatnonzero(kept)]
        whole = [r for r in rows if IN_ALL.fullmatch(letters(frame.cells[r][column.index] or ""))]
        parts = {frame.cells[r][column.index] for r in rows if r not in whole}
        if whole and len(parts) >= _FEWEST_PARTS:
            kept = np.zeros_like(mask)
            kept[whole] = True
    return kept
