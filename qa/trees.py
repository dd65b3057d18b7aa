"""Boosted decision trees as plain arrays: read from JSON, asked with named features, no library at inference."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Trees:
    """Boosted decision trees as arrays, one element a node; `roots` are the trees' first nodes.

    A node with a feature goes to `lefts` when the feature is at most its threshold, else to `rights`; one with "" is a
    leaf and adds its value to the log odds, which begin at `bias`.
    """

    roots: tuple[int, ...]
    features: tuple[str, ...]
    thresholds: tuple[float, ...]
    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    values: tuple[float, ...]
    bias: float

    def logits(self, given: Sequence[Mapping[str, float]]) -> list[float]:
        """The log odds of several things by their features' names; a feature that is not given counts as 0."""
        if not given:
            return []
        walked = self._walked
        table = np.array([[one.get(name, 0.0) for name in walked.names] for one in given], dtype=np.float64)
        # Where each node leads to for each thing: asked of all nodes at once, which a walk then only follows.
        onward = np.where(table.take(walked.features, axis=1) > walked.thresholds, walked.rights, walked.lefts)
        terms = np.empty((len(given), len(walked.roots) + 1), dtype=np.float64)
        terms[:, 0] = self.bias
        for own, leads in zip(terms, onward, strict=True):
            nodes = walked.roots
            for _ in range(walked.depth):
                nodes = leads.take(nodes)
            own[1:] = walked.values.take(nodes)
        # Added up from the first tree to the last: in another order the last bits differ.
        totals: list[float] = np.cumsum(terms, axis=1)[:, -1].tolist()
        return totals

    def probabilities(self, given: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability of each of several things for features by name, in (0, 1)."""
        return [1 / (1 + math.exp(-logit)) for logit in self.logits(given)]

    def probability(self, given: Mapping[str, float]) -> float:
        """The probability for features by name, in (0, 1)."""
        return self.probabilities([given])[0]

    @cached_property
    def _walked(self) -> _Walked:
        """The arrays laid out to be walked all trees at once."""
        names = tuple(dict.fromkeys(name for name in self.features if name)) or ("",)
        numbers = {name: i for i, name in enumerate(names)}
        own = range(len(self.features))
        lefts = [left if name else i for i, name, left in zip(own, self.features, self.lefts, strict=True)]
        rights = [right if name else i for i, name, right in zip(own, self.features, self.rights, strict=True)]
        return _Walked(
            names,
            np.array(self.roots, dtype=np.intp),
            np.array([numbers.get(name, 0) for name in self.features], dtype=np.intp),
            np.array(self.thresholds, dtype=np.float64),
            np.array(lefts, dtype=np.intp),
            np.array(rights, dtype=np.intp),
            np.array(self.values, dtype=np.float64),
            max(map(self._depth, self.roots), default=0),
        )

    def _depth(self, node: int) -> int:
        if not self.features[node]:
            return 0
        return 1 + max(self._depth(self.lefts[node]), self._depth(self.rights[node]))


@dataclass(frozen=True, slots=True)
class _Walked:
    """Trees as arrays by node: `features` are numbers of `names`.

    A leaf leads to itself, so that all trees can be walked `depth` steps.
    """

    names: tuple[str, ...]
    roots: NDArray[np.intp]
    features: NDArray[np.intp]
    thresholds: NDArray[np.float64]
    lefts: NDArray[np.intp]
    rights: NDArray[np.intp]
    values: NDArray[np.float64]
    depth: int
