"""Members of a group that only the row of its total names: 市税 by 市税 合計, below the taxes it is made of."""

from __future__ import annotations

import re

from qa.frames import Frame
from qa.lookup import letters

_TOTAL = r"(?:の)?(?:合計|総計|小計|計)"
_ENDS = re.compile(r".(?:合計|総計)$")
_SHORTEST = 2


def made_of(frame: Frame, word: str) -> tuple[int, list[int]] | None:
    """The column in which a word is named as a total, and the rows from its first member to that total; None where none is.

    The members begin below the total before it, or at the top.
    """
    if len(word) < _SHORTEST:
        return None
    called = re.compile(re.escape(word) + _TOTAL)
    if not any(called.fullmatch(frame.texts.texts[i]) for i in frame.texts.holding(word)):
        return None
    for column in (c.index for c in frame.columns if c.index <= frame.key and c.role != "heading"):
        texts = [letters(row[column] or "") for row in frame.cells]
        totals = [r for r, text in enumerate(texts) if called.fullmatch(text)]
        if not totals or any(text == word for text in texts):
            continue
        above = [r for r, text in enumerate(texts[: totals[0]]) if _ENDS.search(text)]
        start = above[-1] + 1 if above else 0
        if totals[0] - start > 1:
            return column, list(range(start, totals[-1] + 1))
    return None
