"""Rows that tell several measures of each thing, 決算額 and below it 増減率: which of them a question without such a word means."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from qa.frames import Frame
from qa.lookup import letters
from qa.types import Question

_RATE = re.compile(r"(?:率|比|割合|構成比|指数)(?:\([^()]*\))?$|%")
_AMOUNT = re.compile(r"(?:額|高|数|費|料|人口|決算|予算|実績|歳入|歳出)(?:\([^()]*\))?$")
_CHANGE = re.compile(r"増減|伸び|前年|対比")
_MOST = 6  # measures
_FEWEST = 2  # rows of each, on average


def of_measure(frame: Frame, question: Question, at: tuple[int, ...], mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A mask without the rows of rates where an amount is asked for, and without those of amounts where a rate is.

    As it is where a condition stands in the column of the measures, or nothing would be left.
    """
    column = _column(frame)
    if column is None or column in at:
        return mask
    texts = [letters(row[column] or "") for row in frame.cells]
    rates = np.array([_RATE.search(text) is not None for text in texts], dtype=np.bool_)
    changes = np.array([_CHANGE.search(text) is not None for text in texts], dtype=np.bool_)
    asked = question.rate or question.wants == "percent"
    kept = mask & (rates if asked else ~rates & (~changes if question.change else True))
    if asked and question.change and (kept & changes).any():
        kept &= changes
    return kept if kept.any() else mask


def _column(frame: Frame) -> int | None:
    """The column that says which measure a row tells; None where the rows of a frame tell one."""
    for column in (c.index for c in frame.columns if c.index <= frame.key and frame.tells_apart(c.index)):
        said = {letters(row[column] or "") for row in frame.cells}
        few = 1 < len(said) <= _MOST and len(said) * _FEWEST <= len(frame)
        if few and any(map(_RATE.search, said)) and any(map(_AMOUNT.search, said)):
            return column
    return None
