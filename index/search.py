"""A query → hits, best first, by words, characters and meaning."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from index.entries import Entry
from index.fuse import reciprocal_rank_fusion
from index.store import Store

MODES = ("hybrid", "lexical", "dense")
DEPTH = 100  # how far down each list the fusion looks
# Below this cosine a vector says nothing: random pairs of budget items stay under it (see MODEL_CARD in index/model).
FLOOR = 0.25


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry. `rank` counts from 1; scores compare within one search only; `ranks` by the list it came from."""

    entry: Entry
    score: float
    rank: int
    ranks: dict[str, int] = field(hash=False)


def search(store: Store, query: str, k: int = 10, mode: str = "hybrid") -> tuple[Hit, ...]:
    """The k best entries for a query; fewer, or none, when little or nothing fits.

    Raises:
        ValueError: an unknown mode, or k below 1.

    """
    if mode not in MODES:
        raise ValueError(f"mode must be one of {', '.join(MODES)}, got {mode!r}")
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    rankings: dict[str, list[int]] = {}
    if mode != "dense":
        rankings["words"] = [i for i, _ in store.words.top(query, DEPTH)]
        rankings["bigrams"] = [i for i, _ in store.bigrams.top(query, DEPTH)]
    if mode != "lexical":
        rankings["dense"] = [i for i, _ in dense(store, query, DEPTH)]
    fused = reciprocal_rank_fusion(rankings)[:k]
    return tuple(Hit(store.entries[i], score, rank, ranks) for rank, (i, score, ranks) in enumerate(fused, 1))


def dense(store: Store, query: str, k: int) -> list[tuple[int, float]]:
    """The k entries nearest in meaning, with their cosine, best first; nothing below the floor."""
    vector = store.encoder.encode_queries([query])
    if not np.any(vector):
        return []
    scores, positions = store.vectors.search(vector, min(k, store.vectors.ntotal))
    return [(int(i), float(s)) for i, s in zip(positions[0], scores[0], strict=True) if i >= 0 and s >= FLOOR]
