"""How well letters fit a cell's text: the whole of it, one of what it lists, a part of a short one, words in a long one."""

from __future__ import annotations

import re
from functools import lru_cache

WHOLE_CELL = 1.0
IN_SHORT_CELL = 0.8
IN_LONG_CELL = 0.7
IN_LONG_CELL_WHOLE = 0.9  # a compound of several words does not stand in a text by chance
_TELLING = 5
LONG = 40
_PARTS = re.compile(r"[、,・/;\n]|\s{2,}")
_BRACKETED = re.compile(r"[(（\[［〔].*?[)）\]］〕]")
_ENCLOSED = re.compile(r"[(（\[［〔][^()（）\[\]［］〔〕]+[)）\]］〕]")
# 実質収支 E=C-D, 歳入総額 A: by what letter a figure is called in the sums of its table.
_FORMULA = re.compile(r"(?<=[一-龥)])(?:[a-z]=?)?[a-z]?(?:[=+\-−×÷*/(]+[a-z0-9()]+)*$")
_FRAMES = "【】〔〕<>〈〉《》「」『』"


def level_of(text: str, wanted: str) -> float:
    """How well letters say a cell: whole, one of the things it lists, or some of it."""
    if text == wanted or wanted in listed(text):
        return WHOLE_CELL
    if len(text) > LONG:
        return IN_LONG_CELL if len(wanted) < _TELLING else IN_LONG_CELL_WHOLE
    size = len(wanted) if wanted in text else min(len(wanted), len(text) - 1)  # 立川市 is not the whole of 西立川
    return IN_SHORT_CELL + (WHOLE_CELL - IN_SHORT_CELL) * size / len(text)


@lru_cache(maxsize=20_000)
def listed(text: str) -> frozenset[str]:
    """The things a short cell lists, and itself without brackets: `ベトナム、台湾` → both; `課税(現年分)` → 課税."""
    if len(text) > 2 * LONG:
        return frozenset()
    bare = _BRACKETED.sub("", text)
    numbered = re.sub(r"^[0-9()]+[.．\s]*(?=[^0-9()\s])", "", bare)
    enclosed = text[1:-1] if _ENCLOSED.fullmatch(text) else bare
    framed = (text.strip(_FRAMES), bare.strip(_FRAMES), enclosed)  # 【歳出(目的別)】, <海岸線>, (歳出)
    lettered = (_FORMULA.sub("", text), _FORMULA.sub("", bare))
    return frozenset(part.strip() for part in (*_PARTS.split(bare), bare, numbered, *framed, *lettered) if part.strip())
