"""Things that only their number tells apart: 一般会計補正予算(第9号) is not that of 第8号."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from corpus.folding import searchable

_NUMBERED = re.compile(r"(?P<what>[一-龥]{2})\s?\(?第\s?(?P<number>[0-9]+)\s?(?P<kind>[号回期次])")

_BY_MONTH = re.compile(r"(?<![0-9])(?P<number>[0-9]{1,2})月の?(?P<what>定例(?:議?会)|臨時(?:議?会)|補正)")
_KIND = re.compile(r"期|次|弾|種|級|段階")
_ORDINAL = re.compile(r"第\s?([0-9]+)\s?([回号期次弾部章条])")


def numbered_otherwise(asked: str, told: str) -> bool:
    """Whether a folded question names something by its number, and a text tells of such things of other numbers alone."""
    wanted = _numbers(asked)
    if not wanted:
        return False
    said = _numbers(searchable(told))
    return any(what in said and not numbers & said[what] for what, numbers in wanted.items())


def kind_behind(folded: str, at: int) -> int:
    """Where what is counted by a number that ends at a place ends, 期 of 第9期; that place where it is another word."""
    behind = _KIND.match(folded, at)
    return behind.end() if behind else at


def number_left_out(asked: str, names: Iterable[str], rows: Collection[int]) -> bool:
    """Whether a folded question names one of the things by its number (第2回) and the chosen rows hold others of them."""
    wanted = set(_ORDINAL.findall(asked))
    if len(wanted) != 1:
        return False
    of = {row for row, name in enumerate(names) if wanted & set(_ORDINAL.findall(searchable(name)))}
    return bool(of) and not set(rows) <= of


@lru_cache(maxsize=2_000)  # a question is looked at beside every row
def _numbers(text: str) -> dict[tuple[str, str], set[str]]:
    """What is numbered in a text, each with its numbers."""
    found: dict[tuple[str, str], set[str]] = {}
    for match in _NUMBERED.finditer(text):
        found.setdefault((match["what"], match["kind"]), set()).add(match["number"])
    for match in _BY_MONTH.finditer(text):
        found.setdefault((match["what"], "月"), set()).add(match["number"])
    return found
