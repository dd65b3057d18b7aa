"""How people ask and how administrations write: everyday words with the words that stand in documents for the same thing,
and written words that documents use one for another (改定 and 改正, 予算規模 and 財政規模).

The pairs (`thesaurus.tsv`) are general Japanese: an answer about the written word answers the question asked with the
everyday one. They point one way: who asks for 借金 means what is written as 市債, but not the other way round.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from corpus.folding import searchable

_PLAIN = re.compile("[ぁ-んァ-ヶ一-龥ー]+")  # nothing to fold, as in nearly all of the pairs
LONGEST = 8  # letters of the longest everyday word


@lru_cache(maxsize=1)
def _pairs() -> dict[str, tuple[str, ...]]:
    with (Path(__file__).parent / "thesaurus.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {_folded(asked): tuple(_folded(word) for word in written.split(",")) for asked, written in rows}


def _folded(word: str) -> str:
    return word if _PLAIN.fullmatch(word) else searchable(word).lower()


@lru_cache(maxsize=20_000)
def written_for(*asked: str) -> tuple[str, ...]:
    """What documents write for a word, given in one or several spellings; folded, in lower case, likeliest first."""
    return tuple(dict.fromkeys(word for one in asked for word in _pairs().get(_folded(one), ())))


@lru_cache(maxsize=1)
def everyday() -> dict[str, tuple[str, ...]]:
    """For each written word what people say for it, for making questions; folded, in lower case."""
    found: dict[str, list[str]] = {}
    for asked, written in _pairs().items():
        for word in written:
            found.setdefault(word, []).append(asked)
    return {word: tuple(asked) for word, asked in found.items()}
