"""Things that only their number tells apart: 一般会計補正予算(第9号) is not that of 第8号."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.folding import searchable

_NUMBERED = re.compile(r"(?P<what>[一-龥]{2})\s?\(?第\s?(?P<number>[0-9]+)\s?(?P<kind>[号回期次])")


def numbered_otherwise(asked: str, told: str) -> bool:
    """Whether a folded question names something by its number, and a text tells of such things of other numbers alone."""
    wanted = _numbers(asked)
    if not wanted:
        return False
    said = _numbers(searchable(told))
    return any(what in said and not numbers & said[what] for what, numbers in wanted.items())


@lru_cache(maxsize=2_000)  # a question is looked at beside every row
def _numbers(text: str) -> dict[tuple[str, str], set[str]]:
    """What is numbered in a text, each with its numbers."""
    found: dict[tuple[str, str], set[str]] = {}
    for match in _NUMBERED.finditer(text):
        found.setdefault((match["what"], match["kind"]), set()).add(match["number"])
    return found
