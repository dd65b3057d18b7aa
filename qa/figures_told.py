"""The figures that a text tells of something: not those of its dates, and not those that number laws, their articles and tables."""

from __future__ import annotations

import re

from corpus.folding import searchable
from corpus.values import Quantity, find_periods, find_quantities, fold_kanji_numbers

_NUMBERED = re.compile(r"(?:第|条の|項の|号の)\s*$")  # 第235条の3第2項, 第2表
_OF_LAW = re.compile(r"\s*(?:[条項号款節章表]|年(?:法律|政令|省令|条例))")


def figures_told(text: str) -> list[Quantity]:
    """The quantities of a text, with places in it as folded; without dates and what only numbers something."""
    folded = fold_kanji_numbers(searchable(text))
    dated = [(p.start, p.end) for p in find_periods(folded)]
    return [
        q
        for q in find_quantities(folded)
        if not any(a <= q.start < b for a, b in dated)
        and not _NUMBERED.search(folded, 0, q.start)
        and not _OF_LAW.match(folded, q.end)
    ]
