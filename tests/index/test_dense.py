"""The nearest vectors: exactly for few, nearly all of them for many, and nothing for a vector that says nothing."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest

from corpus import DOCUMENTS
from index import Store, build, open_store, search
from index.dense import DenseIndex, found_of_ten, read_approximate, sample_queries, tenth_cosines, train_approximate
from index.store import check_store

Vectors = np.ndarray


def unit(count: int, seed: int, dimensions: int = 16) -> Vectors:
    """Vectors of length 1 around a few centres, as texts lie."""
    dice = np.random.default_rng(seed)
    centres = np.random.default_rng(0).normal(size=(20, dimensions))
    made = centres[dice.integers(0, 20, count)] + 0.4 * dice.normal(size=(count, dimensions))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def test_exact_search_is_faiss_flat() -> None:
    vectors, queries = unit(500, 1), unit(20, 2)
    flat = faiss.IndexFlatIP(16)
    flat.add(vectors)
    scores, positions = flat.search(queries, 10)
    for query, score, position in zip(queries, scores, positions, strict=True):
        found = DenseIndex(vectors).nearest(query, 10)
        assert [i for i, _ in found] == position.tolist()
        assert [s for _, s in found] == pytest.approx(score.tolist(), abs=1e-6)


def test_cosines_are_those_of_the_positions_asked_for() -> None:
    vectors, (query, *_) = unit(50, 1), unit(1, 2)
    np.testing.assert_allclose(DenseIndex(vectors).cosines(query, [7, 0, 7]), vectors[[7, 0, 7]] @ query, atol=1e-6)
    assert DenseIndex(vectors).cosines(query, []).shape == (0,)


def test_a_zero_vector_is_near_nothing() -> None:
    vectors = unit(50, 1)
    vectors[3] = 0
    index = DenseIndex(vectors)
    assert index.nearest(np.zeros(16, dtype=np.float32), 5) == []
    assert 3 not in [i for i, _ in index.nearest(vectors[0], 50)]


def test_the_approximate_index_finds_enough_and_gives_exact_cosines() -> None:
    vectors, queries = unit(4000, 1), unit(100, 2)
    data, said = train_approximate(vectors, queries)
    assert said.factory == "PQ8x4fs"
    assert 0.98 <= said.recall <= 1
    assert said.candidates <= 500
    index = DenseIndex(vectors, read_approximate(data), said.candidates)
    fresh = unit(100, 3)
    assert found_of_ten(index, fresh, tenth_cosines(vectors, fresh)) >= 0.95
    for query in queries[:10]:
        found = index.nearest(query, 10)
        assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
        np.testing.assert_allclose([s for _, s in found], vectors[[i for i, _ in found]] @ query, atol=1e-6)


def test_training_twice_gives_the_same_bytes() -> None:
    vectors, queries = unit(1000, 1), unit(20, 2)
    assert train_approximate(vectors, queries) == train_approximate(vectors, queries)


def test_the_tenth_cosine_is_that_of_the_tenth_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.dense._BLOCK", 7)
    vectors, queries = unit(50, 1), unit(5, 2)
    expected = np.sort(queries @ vectors.T, axis=1)[:, -10]
    np.testing.assert_allclose(tenth_cosines(vectors, queries), expected, atol=1e-6)


def test_sample_queries_are_a_third_of_the_words_in_their_order() -> None:
    text = "港湾課 桟橋修繕 R3 当初予算額 1,250千円 継続 新規"
    (query,) = sample_queries([text])
    assert len(query.split()) == 3
    assert [word for word in text.split() if word in query.split()] == query.split()
    assert sample_queries([text]) == [query]
    assert sample_queries([""]) == [""]


def test_a_large_index_is_built_opened_and_checked(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.generations.EXACT_UP_TO", 100)
    build(DOCUMENTS, tmp_path / "index")
    large = open_store(tmp_path / "index")
    assert store.manifest.approximation is None
    assert large.manifest.approximation is not None
    assert large.manifest.approximation.recall >= 0.98
    assert "vectors.faiss" in large.manifest.files
    for query in ("上海事務所の運営", "日本語を学ぶ", "多文化共生"):
        assert search(large, query, 3, "dense") == search(store, query, 3, "dense")
    build(DOCUMENTS, tmp_path / "again")
    assert open_store(tmp_path / "again").manifest == large.manifest
    check_store(tmp_path / "again")
