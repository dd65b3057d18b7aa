"""A sentence read once for all questions: its folded letters, its words with their places, its figures and dates."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.folding import searchable
from corpus.values import Period, Quantity, find_periods, find_quantities, fold_kanji_numbers
from index import Encoder
from index.words import Word, words

Spot = tuple[int, int]
"""A stretch of folded text, half open."""

_MOST_VECTORS = 20_000
_MOST_TERMS, _MOST_TEXTS = 512, 2_000  # words of questions, and for each of them texts, whose nearness is kept


class Reading:
    """What a text says, in the spelling everything is compared in. All places are offsets into `folded`.

    Each of the rest is found out when it is first asked for: of most texts only the years or the figures are.
    """

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.lower = folded.lower()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The content words."""
        return tuple(word for word in words(self.folded) if word.is_content)

    @cached_property
    def forms(self) -> dict[str, tuple[Spot, ...]]:
        """The places of each content word by the form it is compared by."""
        forms: dict[str, list[Spot]] = {}
        for word in self.words:
            forms.setdefault(word.normal, []).append((word.start, word.end))
        return {form: tuple(spots) for form, spots in forms.items()}

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The years, months and days."""
        return find_periods(self.folded)

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """The numbers that are no part of a date."""
        dates = self.periods
        return tuple(
            q for q in find_quantities(self.folded) if not any(p.start < q.end and q.start < p.end for p in dates)
        )


@lru_cache(maxsize=50_000)
def read(text: str) -> Reading:
    """Read a sentence, a heading or a title; kept, because the same ones are compared again and again."""
    return Reading(fold_kanji_numbers(searchable(text)))


_matrices: dict[tuple[str, str], NDArray[np.float32]] = {}


def word_vectors(text: str, encoder: Encoder) -> NDArray[np.float32]:
    """The vectors of a text's content words, figures aside, shape (n, d); n may be 0."""
    key = (encoder.fingerprint, text)
    if key not in _matrices:
        if len(_matrices) >= _MOST_VECTORS:
            _matrices.clear()
        surfaces = dict.fromkeys(word.surface for word in read(text).words if not word.is_number)
        known = _word_vectors(encoder.fingerprint)
        if len(known) >= _MOST_VECTORS:
            known.clear()
        new = [surface for surface in surfaces if surface not in known]
        known.update(zip(new, encoder.encode_queries(new) if new else (), strict=True))
        rows = [known[surface] for surface in surfaces]
        _matrices[key] = np.stack(rows) if rows else np.zeros((0, encoder.dimensions), dtype=np.float32)
    return _matrices[key]


@lru_cache(maxsize=4)
def _word_vectors(encoder: str) -> dict[str, NDArray[np.float32]]:
    """The vectors of words by themselves: most words of a text stand in others as well."""
    return {}


def nearness(text: str, said: str, encoder: Encoder, whole: bool) -> float:
    """The nearest meaning, among the words of a text, of what is said (of any word of it if `whole`, else of its first), as
    a cosine; 0 where either has no words. Kept, because the same words are looked for in the same texts again and again.
    """
    known = _nearnesses(encoder.fingerprint, said, whole)
    found = known.get(text)
    if found is None:
        if len(known) >= _MOST_TEXTS:
            known.clear()
        there, mine = word_vectors(text, encoder), word_vectors(said, encoder)
        mine = mine if whole else mine[:1]
        found = known[text] = max((there @ mine.T).ravel().tolist()) if len(there) and len(mine) else 0.0
    return found


@lru_cache(maxsize=_MOST_TERMS)
def _nearnesses(encoder: str, said: str, whole: bool) -> dict[str, float]:
    """What was found out about some words in texts."""
    return {}
