"""Words for the same thing in any administrative table, read from synonyms.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from qa.ages import written_otherwise
from qa.lookup import letters
from qa.thesaurus import written_for


@lru_cache(maxsize=1)
def groups() -> tuple[frozenset[str], ...]:
    """Words for the same thing in any administrative table (synonyms.toml)."""
    raw = tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text("utf-8"))
    return tuple(frozenset(letters(word) for word in group) for group in raw["groups"])


@lru_cache(maxsize=1)
def spoken_words() -> frozenset[str]:
    """All words of all groups."""
    return frozenset().union(*groups())


@lru_cache(maxsize=256)
def synonyms_of(word: str) -> frozenset[str]:
    """The group of a word in synonyms.toml; itself alone when it has none."""
    own = letters(word)
    return frozenset({own}.union(*(group for group in groups() if own in group)))


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[int, ...]]:
    """The groups a word is in, by their place."""
    found: dict[str, list[int]] = {}
    for i, group in enumerate(groups()):
        for word in group:
            found.setdefault(word, []).append(i)
    return {word: tuple(places) for word, places in found.items()}


def other_words(*forms: str) -> list[frozenset[str]]:
    """Other words for the same thing as a word in its several forms: each group it is in, and what documents write for it."""
    own = {letters(form) for form in forms}
    aged = frozenset().union(*(written_otherwise(form) for form in forms))
    mine = [groups()[i] for i in sorted({i for word in own for i in _places().get(word, ())})]
    written = frozenset(letters(word) for word in written_for(*forms))
    return [other for group in (*mine, written, aged) if (other := group - own)]
