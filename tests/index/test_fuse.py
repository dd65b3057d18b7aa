"""Reciprocal rank fusion: the formula, and an order that never depends on chance."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fuse import WEIGHTS, K, reciprocal_rank_fusion

RANKINGS = st.dictionaries(
    st.sampled_from(["words", "bigrams", "dense", "other"]), st.lists(st.integers(0, 20), unique=True, max_size=12)
)


@given(RANKINGS)
def test_scores_are_the_sum_of_weighted_reciprocal_ranks(rankings: dict[str, list[int]]) -> None:
    fused = reciprocal_rank_fusion(rankings)
    assert {position for position, _, _ in fused} == {p for ranking in rankings.values() for p in ranking}
    for position, score, ranks in fused:
        assert ranks == {name: ranking.index(position) + 1 for name, ranking in rankings.items() if position in ranking}
        assert score == pytest.approx(sum(WEIGHTS.get(name, 1.0) / (K + rank) for name, rank in ranks.items()))


@given(RANKINGS)
def test_best_come_first_and_ties_in_index_order(rankings: dict[str, list[int]]) -> None:
    fused = reciprocal_rank_fusion(rankings)
    assert fused == sorted(fused, key=lambda item: (-item[1], item[0]))


@given(RANKINGS, st.randoms())
def test_the_order_of_the_lists_changes_no_rank(rankings: dict[str, list[int]], chance: random.Random) -> None:
    names = list(rankings)
    chance.shuffle(names)
    one = {p: score for p, score, _ in reciprocal_rank_fusion(rankings)}
    other = {p: score for p, score, _ in reciprocal_rank_fusion({name: rankings[name] for name in names})}
    assert one == pytest.approx(other)


def test_one_list_keeps_its_order() -> None:
    assert [position for position, _, _ in reciprocal_rank_fusion({"words": [7, 3, 5]})] == [7, 3, 5]


def test_agreement_of_two_lists_wins_over_one_first_place() -> None:
    fused = reciprocal_rank_fusion({"words": [1, 2], "bigrams": [3, 2]})
    assert fused[0][0] == 2


def test_nothing_to_fuse() -> None:
    assert reciprocal_rank_fusion({}) == []
    assert reciprocal_rank_fusion({"words": [], "dense": []}) == []
