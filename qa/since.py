"""Since when is it so? Of the years in which a bound is met the first of those that end with the last year there is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.frames import Frame
from qa.types import Question

_SINCE = re.compile(r"(?:いつ|何年度?|どの年度?)から")


def since(frame: Frame, question: Question, rows: Sequence[int], among: Sequence[int]) -> Sequence[int]:
    """The one row since which all later ones of `among` are met; `rows` as they are where each is no year, or none is that."""
    if not question.comparisons or not _SINCE.search(question.folded):
        return rows
    dated = {r: frame.year(r) for r in among}
    if None in dated.values() or len(set(dated.values())) < len(dated):
        return rows
    met, first = set(rows), None
    for row in sorted(dated, key=lambda r: dated[r] or 0, reverse=True):
        if row not in met:
            break
        first = row
    return rows if first is None else (first,)
