"""Tables whose rows stand on levels, each with figures of its own: 款, 項, 目 and 節 of a budget, one label to a row.

What is asked of 市税 is answered by the row that prints 市税, not by the rows below it, and what it is made of are the
rows one level down; figures of several levels are never added up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.cells import FEWEST_LEVELS, on_levels
from qa.frames import Frame
from qa.labels import says_total
from qa.roles import Mask
from qa.types import Operation, Question
from qa.understand import LOOK_UPS

_OF_ITSELF = {*LOOK_UPS, Operation.DIFFERENCE, Operation.RATIO}


def levels(frame: Frame) -> tuple[int, ...] | None:
    """The column in which each row prints its label; None where a table's rows stand on no levels."""
    if "levels" not in frame.kept:
        frame.kept["levels"] = _levels(frame)
    found: tuple[int, ...] | None = frame.kept["levels"]
    return found


def _levels(frame: Frame) -> tuple[int, ...] | None:
    labels = [c.index for c in frame.columns if c.place is not None and c.role in ("group", "key")]
    if frame.table is None or frame.turned or len(labels) < FEWEST_LEVELS:
        return None
    printed = [
        [c for c in labels if (row[c] or "").strip() and not frame.is_filled(r, c)] for r, row in enumerate(frame.cells)
    ]
    return tuple(frame.name_at(r) for r in range(len(frame))) if on_levels(printed) else None


def of_its_level(
    frame: Frame, question: Question, at: Sequence[int], named: Sequence[int], mask: Mask, several: bool
) -> Mask | None:
    """The rows of a mask that are meant: those that print what was found in columns `at`, or those of one level below.

    `named` are the columns whose headers the question says (いくつの項); `several` whether things are named side by side,
    which are meant themselves. None where rows stand on no levels.
    """
    own = levels(frame)
    if own is None:
        return None
    levels_of = np.array(own)
    known = [c for c in at if c in set(own)]
    here = max(known, default=-1)
    itself = mask & (levels_of == here)
    if question.operation in _OF_ITSELF or several:
        return itself if itself.any() else mask
    asked = [c for c in named if c in set(own) and c > here]
    below = mask & (levels_of > here)
    if not asked and (not below.any() or not known):
        return itself if itself.any() else None
    level = max(asked) if asked else int(levels_of[below].min())
    found = mask & (levels_of == level) & ~np.array([says_total(name) for name in map(frame.name, range(len(frame)))])
    return found if found.any() else mask
