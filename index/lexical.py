"""Word-level and character-level BM25, by bm25s, with its traps closed.

Unknown words find nothing rather than everything; a hit always shares a term with the query; the vocabulary is in
sorted order, so that the same texts give the same files whatever the hash seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.words import bigram_terms, content_terms

Analyzer = Callable[[str], list[str]]

# bm25s's defaults for Lucene's variant (Kamphuis et al. 2020); Lucene itself takes k1 = 1.2.
K1, B = 1.5, 0.75


class LexicalIndex:
    """BM25 over one kind of term."""

    def __init__(self, analyzer: Analyzer, scorer: bm25s.BM25 | None, size: int) -> None:
        self._analyzer = analyzer
        self._scorer = scorer
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[str], analyzer: Analyzer) -> LexicalIndex:
        """Index texts in the order given."""
        tokens = [analyzer(text) for text in texts]
        vocabulary = {term: i for i, term in enumerate(sorted({t for line in tokens for t in line}))}
        if not vocabulary:
            return cls(analyzer, None, len(texts))
        ids = [[vocabulary[t] for t in line] for line in tokens]
        scorer = bm25s.BM25(method="lucene", k1=K1, b=B)
        scorer.index((ids, vocabulary), show_progress=False, create_empty_token=False)
        return cls(analyzer, scorer, len(texts))

    @classmethod
    def load(cls, folder: Path, analyzer: Analyzer, size: int) -> LexicalIndex:
        """Open what `save` wrote."""
        scorer = bm25s.BM25.load(folder) if folder.is_dir() else None
        return cls(analyzer, scorer, size)

    def save(self, folder: Path) -> None:
        """Write arrays and vocabulary as .npy and JSON; nothing is written for an index without terms."""
        if self._scorer is not None:
            self._scorer.save(folder, show_progress=False)

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every text, shape (size,); all 0 when no term of the query is known."""
        if self._scorer is None:
            return np.zeros(self.size, dtype=np.float32)
        known = [t for t in self._analyzer(query) if t in self._scorer.vocab_dict]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._scorer.get_scores(known), dtype=np.float32)

    def top(self, query: str, k: int) -> list[tuple[int, float]]:
        """The k best texts with a score above 0, best first, ties in index order."""
        return best(self.scores(query), k)


def best(scores: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
    """Positions and scores of the k largest positive scores, best first, ties by position."""
    order = np.argsort(-scores, kind="stable")[:k]
    return [(int(i), float(scores[i])) for i in order if scores[i] > 0]


def word_index(texts: Sequence[str]) -> LexicalIndex:
    """BM25 over content lemmas."""
    return LexicalIndex.build(texts, content_terms)


def bigram_index(texts: Sequence[str]) -> LexicalIndex:
    """BM25 over character bigrams: finds names the tokenizer splits in another way."""
    return LexicalIndex.build(texts, bigram_terms)
