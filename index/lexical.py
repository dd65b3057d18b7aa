"""Word-level and character-level BM25 over bm25s's columns of weights, with its traps closed.

Unknown words find nothing rather than everything; a hit always shares a term with the query. Queries add up bm25s's
columns as bm25s does, to the same last bit (tests/index/test_lexical.py), without importing it: its import of scipy
would take longer than the whole rest of a prompt's search.
"""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.files import read_array
from index.terms import TermCollector, write_weights
from index.words import bigram_terms, content_terms

Analyzer = Callable[[str], list[str]]
Positions = NDArray[np.int32] | NDArray[np.int64]

# Up to here every text is scored; above, only those that can still come among the first k.
_SMALL = 20_000
# So many texts may be looked up one by one; more are cheaper to score all together.
_FEW = 20_000
# A term that more than this share of the texts holds is left to the last, and then left out if it can be.
_COMMON = 1 / 32
# Sums of float32 in another order differ by less than this share.
_SLACK = 1e-5


class LexicalIndex:
    """BM25 over one kind of term. The arrays are bm25s's columns (`indptr`, `indices`, `data`), a term each."""

    def __init__(self, analyzer: Analyzer, size: int, folder: Path | None) -> None:
        self._analyzer = analyzer
        self.size = size
        self._vocabulary: dict[str, int] = {}
        if folder is None or not folder.is_dir():
            return
        self._vocabulary = msgspec.json.decode((folder / "vocab.index.json").read_bytes(), type=dict[str, int])
        self._starts = read_array(folder / "indptr.csc.index.npy")
        self._holders = read_array(folder / "indices.csc.index.npy")
        self._weights = read_array(folder / "data.csc.index.npy")
        self._limits = read_array(folder / "limits.npy")

    @classmethod
    def load(cls, folder: Path, analyzer: Analyzer, size: int) -> LexicalIndex:
        """Open what `write_weights` wrote; a folder that is not there holds no terms."""
        return cls(analyzer, size, folder)

    @classmethod
    def build(cls, texts: Sequence[str], analyzer: Analyzer) -> LexicalIndex:
        """Index texts in the order given, in a folder that lasts as long as this process needs it."""
        collector = TermCollector()
        for text in texts:
            collector.add(analyzer(text))
        with tempfile.TemporaryDirectory(prefix="tashika-") as name:
            write_weights(Path(name) / "terms", [collector.collected()])
            return cls(analyzer, len(texts), Path(name) / "terms")

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """The terms, each with its number."""
        return self._vocabulary

    def ask(self, query: str) -> Asked:
        """A query's terms, looked up and weighed once for all that is asked of them."""
        terms = self._analyzer(query)
        ids = [self._vocabulary[term] for term in terms if term in self._vocabulary]
        unknown = (len(terms) - len(ids)) * math.log(1 + (self.size + 0.5) / 0.5)
        return Asked(self, ids, float(self.idf(ids).sum()) + unknown)

    def idf(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Lucene's inverse document frequency of terms, shape (n_ids,)."""
        if not len(ids):
            return np.zeros(0, dtype=np.float32)
        chosen = np.asarray(ids, dtype=np.int64)
        held = (self._starts[chosen + 1] - self._starts[chosen]).astype(np.float64)
        return np.asarray(np.log(1 + (self.size - held + 0.5) / (held + 0.5)), dtype=np.float32)

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every text, shape (size,); all 0 when no term of the query is known."""
        return self.ask(query).scores

    def top(self, query: str, k: int) -> list[tuple[int, float]]:
        """The k best texts with a score above 0, best first, ties in index order: exactly `best(scores(query), k)`."""
        positions, scores = self.ask(query).best(k)
        return list(zip(positions.tolist(), scores.tolist(), strict=True))

    def at(self, ids: Sequence[int], texts: Positions) -> NDArray[np.float32]:
        """The score of some texts for terms, shape (n_texts,)."""
        return sum((self._looked_up(i, texts) for i in ids), np.zeros(len(texts), np.float32))

    def _column(self, term: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Which texts hold a term, in order, and its weight in each."""
        a, b = self._starts[term], self._starts[term + 1]
        return self._holders[a:b], self._weights[a:b]

    def sum(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """The score of every text for terms, shape (size,)."""
        scores = np.zeros(self.size, dtype=np.float32)
        for term in ids:
            holders, weights = self._column(term)
            scores[holders] += weights  # a text stands in a column once, so nothing is added twice or lost
        return scores

    def _looked_up(self, term: int, texts: Positions) -> NDArray[np.float32]:
        """The weight of a term in each of the texts, 0 where it is not."""
        holders, weights = self._column(term)
        # Of one type with the column, which would be copied otherwise.
        at = np.minimum(np.searchsorted(holders, np.asarray(texts, dtype=np.int32)), len(holders) - 1)
        return np.where(holders[at] == texts, weights[at], np.float32(0))

    def candidates(self, ids: Sequence[int], k: int) -> Positions | None:
        """The texts that can come among the k best, sorted; None where that rules too few out.

        MaxScore (Turtle and Flood 1995): terms are added from the highest weight down, which is about from the rarest
        to those of nearly every text. Once k texts have more than the highest weights of all terms still to come,
        only texts that come within these of the k-th can win.
        """
        counts = Counter(ids)
        order = sorted(counts, key=lambda term: (-counts[term] * float(self._limits[term]), term))
        rest = sum(counts[term] * float(self._limits[term]) for term in order)
        scores = np.zeros(self.size, dtype=np.float32)
        kth: float | None = None
        for term in order:
            holders, weights = self._column(term)
            if len(holders) > self.size * _COMMON:
                # It only grows, so what it is before the first common term serves those that follow too.
                kth = _kth(scores, k) if kth is None else kth
                if kth * (1 - _SLACK) > rest * (1 + _SLACK):
                    break
            scores[holders] += np.float32(counts[term]) * weights
            rest -= counts[term] * float(self._limits[term])
        else:
            kth, rest = _kth(scores, k), 0.0
        least = kth * (1 - _SLACK) - rest * (1 + _SLACK) if kth else np.finfo(np.float32).tiny
        candidates = np.flatnonzero(scores >= least)
        return candidates if len(candidates) <= _FEW else None


class Asked:
    """A query before one index."""

    def __init__(self, index: LexicalIndex, ids: list[int], most: float) -> None:
        self._index = index
        self.ids = ids
        self._most = most

    @cached_property
    def scores(self) -> NDArray[np.float32]:
        """The BM25 score of every text, shape (size,)."""
        return self._index.sum(self.ids)

    def best(self, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Positions and scores of the k best texts with a score above 0, best first, ties in index order."""
        if self._index.size > _SMALL and self.ids:
            candidates = self._index.candidates(self.ids, k)
            if candidates is not None:
                order, scores = best(self._index.at(self.ids, candidates), k)
                return np.asarray(candidates[order], dtype=np.int64), scores
        return best(self.scores, k)

    def shares(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """How much of the query's terms some texts hold, 0 to 1, shape (n_positions,).

        BM25 over what it could reach at most if a text held every term of the query, unknown ones too, many times.
        """
        if not self.ids:
            return np.zeros(len(positions), dtype=np.float32)
        large = self._index.size > _SMALL
        scores = self._index.at(self.ids, positions) if large else self.scores[positions]
        return np.asarray(scores / np.float32(self._most), dtype=np.float32)


def _kth(scores: NDArray[np.float32], k: int) -> float:
    """The k-th largest positive score, or 0 where there are fewer."""
    found = scores[scores > 0]
    return float(np.partition(found, len(found) - k)[len(found) - k]) if len(found) >= k else 0.0


def best(scores: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Positions and scores of the k largest positive scores, best first, ties by position."""
    kth = _kth(scores, k)
    chosen = np.flatnonzero(scores >= kth if kth else scores > 0)
    order = chosen[np.argsort(-scores[chosen], kind="stable")[:k]]
    return order, scores[order]


def word_index(texts: Sequence[str]) -> LexicalIndex:
    """BM25 over content lemmas."""
    return LexicalIndex.build(texts, content_terms)


def bigram_index(texts: Sequence[str]) -> LexicalIndex:
    """BM25 over character bigrams: finds names the tokenizer splits in another way."""
    return LexicalIndex.build(texts, bigram_terms)
