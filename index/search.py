"""A query → hits, best first, by words, characters and meaning."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import numpy as np

from index.encoder import Encoder
from index.entries import Entry
from index.fuse import fuse
from index.protocols import Dense, Lexical, Store
from index.words import content_words

MODES = ("hybrid", "lexical", "dense")
DEPTH = 100  # how far down each list the fusion looks
# Below this cosine a vector says next to nothing: of random pairs of a question and an entry of the paraphrase set 77 %
# stay under it, of the right pairs one in nine.
FLOOR = 0.25


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry. `rank` counts from 1; `score` compares within one search only.

    `parts` says how well the entry fits by `words`, `bigrams` (shares of what was asked, 0 to 1) and `dense` (cosine).
    """

    entry: Entry
    score: float
    rank: int
    parts: dict[str, float] = field(hash=False)


class Ranked(msgspec.Struct, frozen=True):
    """A position with its score and the parts it comes from."""

    position: int
    score: float
    parts: dict[str, float]


def search(store: Store, query: str, k: int = 10, mode: str = "hybrid") -> tuple[Hit, ...]:
    """The k best entries for a query; fewer, or none, when little or nothing fits.

    Raises:
        ValueError: an unknown mode, or k below 1.

    """
    ranked = rank(store.words, store.bigrams, store.vectors, store.encoder, query, k, mode)
    return tuple(Hit(store.entries[one.position], one.score, i, one.parts) for i, one in enumerate(ranked, 1))


def rank(
    words: Lexical, bigrams: Lexical, vectors: Dense, encoder: Encoder, query: str, k: int, mode: str
) -> list[Ranked]:
    """The k best positions of indexes that belong together, best first, ties by position.

    Raises:
        ValueError: an unknown mode, or k below 1.

    """
    if mode not in MODES:
        raise ValueError(f"mode must be one of {', '.join(MODES)}, got {mode!r}")
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    if not content_words(query):
        return []  # particles and signs ask for nothing, though their letters stand everywhere
    depth = max(k, DEPTH)
    lexical = {"words": words.ask(query), "bigrams": bigrams.ask(query)} if mode != "dense" else {}
    found = [asked.best(depth)[0] for asked in lexical.values()]
    vector = encoder.encode_queries([query])[0] if mode != "lexical" else None
    if vector is not None:
        near = [position for position, cosine in vectors.nearest(vector, depth) if cosine >= FLOOR]
        found.append(np.asarray(near, dtype=np.int64))
    positions = np.unique(np.concatenate(found))
    if not len(positions):
        return []
    parts = {name: asked.shares(positions) for name, asked in lexical.items()}
    if vector is not None:
        parts["dense"] = vectors.cosines(vector, positions)
    scores = fuse(parts)
    order = np.argsort(-scores, kind="stable")[:k]
    return [
        Ranked(int(positions[i]), float(scores[i]), {name: float(values[i]) for name, values in parts.items()})
        for i in order
    ]
