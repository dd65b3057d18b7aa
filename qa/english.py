"""English column names (`adjustedAmount`) as the Japanese a question uses, through a table of common words."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ENOUGH = 0.6  # share of the asked word's letters that the header's words must account for


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    raw = tomllib.loads((Path(__file__).parent / "english.toml").read_text("utf-8"))
    return {word: tuple(stems) for word, stems in raw["words"].items()}


@lru_cache(maxsize=4096)
def stems(label: str) -> tuple[tuple[str, ...], ...]:
    """For each word of a header written in Latin letters the Japanese it may stand for; empty for other headers."""
    if not label.isascii():
        return ()
    known = _table()
    if label.lower() in known:
        return (known[label.lower()],)  # property_tax is not the tax of a property number
    return tuple(known[word.lower()] for word in _WORD.findall(label) if word.lower() in known)


def translated(label: str) -> tuple[str, ...]:
    """All Japanese words that a header in Latin letters may say in part."""
    return tuple(one for group in stems(label) for one in group)


def named_by(label: str, wanted: str) -> float:
    """How well an English header says what a Japanese word asks for, in [0, 1].

    The share of the word's letters that stems of the header's words cover, times the share of the header's words that
    are needed for it, so that 収入額 is `incomeAmount` and not `unpaidIncomeAmount`.
    """
    groups = stems(label)
    if not groups or not wanted:
        return 0.0
    left, used = wanted, 0
    for group in sorted(groups, key=lambda g: -max(len(stem) for stem in g)):
        found = next((stem for stem in sorted(group, key=len, reverse=True) if stem in left), None)
        if found is not None:
            left = left.replace(found, "", 1)
            used += 1
    covered = 1.0 - len(left) / len(wanted)
    return covered * (0.5 + 0.5 * used / len(groups)) if covered >= _ENOUGH else 0.0
