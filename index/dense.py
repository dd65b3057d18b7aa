"""Which texts are nearest in meaning: exactly up to a measured size, by FAISS above it.

The float32 vectors stay in a memory-mapped .npy file. Up to `EXACT_UP_TO` of them one matrix product is as fast as any
index and finds everything (`benchmarks/scale.py`); it is what FAISS's IndexFlatIP calculates, without the import. Above,
FAISS scans four-bit codes of all of them for candidates, and their exact cosines put them in order. Inverted files
(IVF) were measured too: rows of tables share their headers' words, so all lie in one direction, a query's neighbours are
spread over most lists, and 98 % of them took half of the lists and four times as long as scanning every code.

A query is answered on one thread: it is too short to be worth waking others, and on a busy machine waiting for them
costs some ten milliseconds.
"""

from __future__ import annotations

import math
import os
import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.lexical import best
from index.manifest import Approximation

Vectors = NDArray[np.float32]

EXACT_UP_TO = 50_000
ENOUGH = 0.98  # of the ten exactly nearest must be found
SAMPLE = 200
_SEED = 1
_BLOCK = 50_000
_FEWEST = 125  # candidates
_MORE = 3  # candidates for each of the k asked for
_ONE_THREAD = 1 << 17  # numbers in a product
_TRAINED_ON = 65_536


class DenseIndex:
    """Vectors of length 1 (or 0: near nothing), shape (size, dimensions), and perhaps a FAISS index over them."""

    def __init__(self, vectors: Vectors, approximate: Any = None, candidates: int = 0) -> None:
        self._vectors = vectors
        self._approximate = approximate
        self._candidates = candidates

    @property
    def size(self) -> int:
        """How many vectors there are."""
        return int(self._vectors.shape[0])

    @property
    def dimensions(self) -> int:
        """How long each is."""
        return int(self._vectors.shape[1])

    def nearest(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """The k nearest by cosine above 0, best first, ties by position. `vector` is (dimensions,), of length 1."""
        if not np.any(vector):
            return []
        if self._approximate is None:
            positions, cosines = best(self._all_cosines(vector), k)
        else:
            wanted = min(max(self._candidates, _MORE * k), self.size)
            _, found = self._approximate.search(vector[np.newaxis], wanted)
            candidates = np.sort(found[0][found[0] >= 0])
            order, cosines = best(self.cosines(vector, candidates), k)
            positions = candidates[order]
        return list(zip(positions.tolist(), cosines.tolist(), strict=True))

    def cosines(self, vector: Vectors, positions: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The exact cosines of the vectors at some positions, shape (n_positions,)."""
        return np.asarray(self._vectors[np.asarray(positions, dtype=np.int64)] @ vector, dtype=np.float32)

    def _all_cosines(self, vector: Vectors) -> Vectors:
        """Every cosine, shape (size,), by products so small that the library does not start threads for them."""
        cosines = np.empty(self.size, dtype=np.float32)
        step = max(1, _ONE_THREAD // self.dimensions)
        for start in range(0, self.size, step):
            np.dot(self._vectors[start : start + step], vector, out=cosines[start : start + step])
        return cosines


def read_approximate(data: bytes) -> Any:
    """A FAISS index from its bytes.

    Raises:
        RuntimeError: they are none.

    """
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))


def train_approximate(vectors: Vectors, queries: Vectors) -> tuple[bytes, Approximation]:
    """A FAISS index over vectors (n, d), as bytes, set so that it finds enough of what is nearest to queries (m, d).

    Each two numbers of a vector become four bits. How many candidates are looked at exactly is the smallest of a
    doubling row that finds `ENOUGH`.
    """
    import faiss

    size, dimensions = vectors.shape
    factory = f"PQ{dimensions // 2 if dimensions % 2 == 0 else dimensions}x4fs"
    index = faiss.index_factory(dimensions, factory, faiss.METRIC_INNER_PRODUCT)
    chosen = np.random.default_rng(_SEED).choice(size, min(size, _TRAINED_ON), replace=False)
    faiss.omp_set_num_threads(len(os.sched_getaffinity(0)))
    index.train(vectors[np.sort(chosen)])
    for block in _blocks(vectors):
        index.add(block)
    faiss.omp_set_num_threads(1)
    exact = tenth_cosines(vectors, queries)
    candidates = _FEWEST
    recall = found_of_ten(DenseIndex(vectors, index, candidates), queries, exact)
    while recall < ENOUGH and candidates < size:
        candidates *= 2
        recall = found_of_ten(DenseIndex(vectors, index, candidates), queries, exact)
    return faiss.serialize_index(index).tobytes(), Approximation(factory, candidates, round(recall, 4), len(queries))


def tenth_cosines(vectors: Vectors, queries: Vectors, k: int = 10) -> Vectors:
    """The cosine of the exactly k-th nearest vector to each query, shape (m,); k or more vectors reach it."""
    kept = np.full((len(queries), k), -np.inf, dtype=np.float32)
    for block in _blocks(vectors):
        scores = np.concatenate([kept, queries @ block.T], axis=1)
        kept = np.partition(scores, scores.shape[1] - k, axis=1)[:, -k:]
    return np.asarray(kept.min(axis=1), dtype=np.float32)


def found_of_ten(index: DenseIndex, queries: Vectors, tenth: Vectors, k: int = 10) -> float:
    """recall@k against exact search, the mean over queries. What is as near as the k-th counts as one of the k."""
    shares = [
        sum(cosine >= least - 1e-5 for _, cosine in index.nearest(query, k)) / k
        for query, least in zip(queries, tenth, strict=True)
        if least > 0
    ]
    return float(np.mean(shares)) if shares else 1.0


def sample_queries(texts: Sequence[str]) -> list[str]:
    """Texts as a searcher might put them: about a third of the words of each, in their order, always the same ones."""
    dice = random.Random(_SEED)  # noqa: S311 - no secret
    made = []
    for text in texts:
        words = text.split()
        kept = sorted(dice.sample(range(len(words)), math.ceil(len(words) / 3)))
        made.append(" ".join(words[i] for i in kept))
    return made


def _blocks(vectors: Vectors) -> Iterator[Vectors]:
    for start in range(0, len(vectors), _BLOCK):
        yield np.ascontiguousarray(vectors[start : start + _BLOCK])
