"""Boosted decision trees as plain arrays: read from JSON, asked with named features, no library at inference."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
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

    def logit(self, given: Mapping[str, float]) -> float:
        """The log odds for features by name; a feature that is not given counts as 0."""
        features, thresholds, lefts, rights = self.features, self.thresholds, self.lefts, self.rights
        logit = self.bias
        for node in self.roots:
            while features[node]:
                node = lefts[node] if given.get(features[node], 0.0) <= thresholds[node] else rights[node]
            logit += self.values[node]
        return logit

    def probability(self, given: Mapping[str, float]) -> float:
        """The probability for features by name, in (0, 1)."""
        return 1 / (1 + math.exp(-self.logit(given)))
