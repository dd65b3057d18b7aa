"""What chance alone could do: intervals around measures, and paired tests between two runs.

Turns of one dialogue stand or fall together, so whole dialogues are drawn and exchanged, never single turns.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest, bootstrap

LEVEL = 0.95
DRAWS = 2000
SEED = 20260401


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the limits between which it lies with a confidence of LEVEL."""

    value: float
    low: float
    high: float


def mean_interval(values: Sequence[float], groups: Sequence[Hashable]) -> Interval:
    """A mean with its percentile bootstrap interval (Efron 1979); `groups` names the dialogue of each value.

    Raises:
        ValueError: no values.

    """
    if not values:
        raise ValueError("the mean of nothing")
    mean = sum(values) / len(values)
    sums, counts = _by_group(values, groups)
    if len(sums) < 2 or len(set(values)) == 1:  # nothing to draw from
        return Interval(mean, mean, mean)
    drawn = bootstrap(
        (sums, counts),
        lambda s, c, axis: s.sum(axis=axis) / c.sum(axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=DRAWS,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Interval(mean, float(drawn.low), float(drawn.high))


def share_interval(values: Sequence[float], groups: Sequence[Hashable]) -> Interval:
    """The mean of shares in [0, 1] with its interval: Wilson's (1927) where all are 0 or all are 1, of which a
    bootstrap would know no spread.

    Raises:
        ValueError: no values.

    """
    if set(values) in ({0.0}, {1.0}):
        dialogues = len(set(groups))
        limits = binomtest(dialogues if values[0] else 0, dialogues).proportion_ci(LEVEL, method="wilson")
        return Interval(float(values[0]), float(limits.low), float(limits.high))
    return mean_interval(values, groups)


def paired_p(changes: Sequence[int], groups: Sequence[Hashable]) -> float:
    """Two-sided p that two runs differ by chance: exact sign flips of each dialogue's change (Fisher 1935).

    `changes` are -1, 0 or 1 a question. Where every dialogue is one question this is McNemar's exact test (1947).
    """
    sums, _ = _by_group(changes, groups)
    sizes = [int(abs(one)) for one in sums if one]
    chances = np.ones(1)  # of every total from -sum(sizes) to sum(sizes), in steps of one
    for size in sizes:
        flipped = np.zeros(2 * size + 1)
        flipped[0] = flipped[-1] = 0.5
        chances = np.convolve(chances, flipped)
    totals = np.abs(np.arange(len(chances)) - sum(sizes))
    return min(1.0, float(chances[totals >= abs(sum(changes))].sum()))


def _by_group(values: Sequence[float], groups: Sequence[Hashable]) -> tuple[np.ndarray, np.ndarray]:
    """The sum and the number of the values of each group."""
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    at = [numbers[group] for group in groups]
    return np.bincount(at, weights=np.asarray(values, dtype=float)), np.bincount(at).astype(float)
