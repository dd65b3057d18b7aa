"""The fusion: words decide where they explain the question, meaning where they do not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fuse import WEIGHTS, fuse, meaning_weight

SHARES = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=8)


def scores(*values: float) -> np.ndarray:
    return np.asarray(values, dtype=np.float32)


@given(SHARES)
def test_one_part_alone_keeps_its_order(values: list[float]) -> None:
    for name in ("words", "bigrams", "dense"):
        fused = fuse({name: scores(*values)})
        np.testing.assert_array_equal(np.argsort(-fused, kind="stable"), np.argsort(-scores(*values), kind="stable"))


@given(st.data(), SHARES)
def test_a_candidate_better_in_every_part_comes_first(data: st.DataObject, values: list[float]) -> None:
    rest = {
        name: data.draw(st.lists(st.floats(0, 1, width=32), min_size=len(values), max_size=len(values)))
        for name in ("bigrams", "dense")
    }
    parts = {"words": values, **rest}
    fused = fuse({name: scores(*part, max(part) + 0.1) for name, part in parts.items()})
    assert int(np.argmax(fused)) == len(values)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_less_words_explain_the_more_meaning_counts(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert WEIGHTS.least <= meaning_weight(high) <= meaning_weight(low) <= WEIGHTS.most


def test_words_decide_where_they_find_the_text() -> None:
    fused = fuse({"words": scores(0.8, 0.3), "bigrams": scores(0.7, 0.3), "dense": scores(0.2, 0.9)})
    assert fused[0] > fused[1]


def test_meaning_decides_where_words_find_next_to_nothing() -> None:
    fused = fuse({"words": scores(0.06, 0.0), "bigrams": scores(0.05, 0.02), "dense": scores(0.2, 0.6)})
    assert fused[1] > fused[0]


def test_the_score_is_the_weighted_sum() -> None:
    words, bigrams, cosines = scores(0.5, 0.1), scores(0.4, 0.2), scores(0.3, 0.6)
    weight = meaning_weight((0.5 + 0.4) / 2)
    np.testing.assert_allclose(
        fuse({"words": words, "bigrams": bigrams, "dense": cosines}), words + bigrams + weight * cosines, rtol=1e-6
    )


def test_halfway_is_halfway() -> None:
    assert meaning_weight(WEIGHTS.halfway) == pytest.approx((WEIGHTS.least + WEIGHTS.most) / 2)
