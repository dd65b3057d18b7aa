"""Intervals and paired tests: what their definitions say, on cases whose outcome is known otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from eval.noise import LEVEL, mean_interval, paired_p, share_interval


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 20))
def test_with_single_questions_the_paired_test_is_mcnemars(won: int, lost: int, same: int) -> None:
    changes = [1] * won + [-1] * lost + [0] * same
    expected = binomtest(won, won + lost).pvalue if won + lost else 1.0
    assert paired_p(changes, range(len(changes))) == pytest.approx(expected)


def test_turns_of_one_dialogue_are_one_piece_of_evidence() -> None:
    assert paired_p([-1] * 6, range(6)) == pytest.approx(2 / 64)
    assert paired_p([-1] * 6, ["a"] * 6) == 1.0
    assert paired_p([-1] * 6, ["a", "a", "b", "b", "c", "c"]) == pytest.approx(2 / 8)


def test_a_share_has_an_interval_near_the_binomial_one() -> None:
    hits = [1.0] * 80 + [0.0] * 20
    found = share_interval(hits, range(100))
    assert found.value == 0.8
    assert found.low == pytest.approx(0.72, abs=0.02)
    assert found.high == pytest.approx(0.88, abs=0.02)


@pytest.mark.parametrize("hit", [1.0, 0.0])
def test_all_alike_is_still_uncertain(hit: float) -> None:
    found = share_interval([hit] * 12, range(12))
    limits = binomtest(12 if hit else 0, 12).proportion_ci(LEVEL, method="wilson")
    assert (found.value, found.low, found.high) == (hit, limits.low, limits.high)


def test_long_dialogues_widen_the_interval() -> None:
    hits = [float(one) for one in np.repeat([1, 0, 1, 1], 25)]
    alone = share_interval(hits, range(100))
    together = share_interval(hits, [n // 25 for n in range(100)])
    assert together.high - together.low > 2 * (alone.high - alone.low)


@given(st.lists(st.tuples(st.floats(-1, 1), st.integers(0, 5)), min_size=1, max_size=30))
def test_the_mean_lies_within_its_interval_and_the_interval_within_the_values(values: list[tuple[float, int]]) -> None:
    numbers, groups = [v for v, _ in values], [g for _, g in values]
    found = mean_interval(numbers, groups)
    assert min(numbers) - 1e-9 <= found.low <= found.high <= max(numbers) + 1e-9
    assert found == mean_interval(numbers, groups)


def test_nothing_has_no_mean() -> None:
    with pytest.raises(ValueError, match="nothing"):
        mean_interval([], [])
    with pytest.raises(ValueError, match="nothing"):
        share_interval([], [])
