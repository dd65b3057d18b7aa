"""The weights that choose a sentence and say how probable it is (`model/prose.json`, made by `training/prose.py`)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

# A figure or date asked for that the sentence does not hold can only be there in words; that is rarer than a sentence
# on the topic that says something else.
_NO_FIGURE = 0.2
_FILE = Path(__file__).parent / "model" / "prose.json"


@dataclass(frozen=True, slots=True)
class ProseModel:
    """Two linear models over the features of `prose_features`.

    `choose` orders the sentences of one question. `sure` and `bias` give the log odds that the first of them is right;
    its features are those of the sentence and `lead_*`, by how much it is ahead of the next.
    """

    choose: dict[str, float]
    sure: dict[str, float]
    bias: float

    def score(self, features: Mapping[str, float]) -> float:
        """How well a sentence fits: compares within one question only."""
        return sum(weight * features.get(name, 0.0) for name, weight in self.choose.items())

    def probabilities(self, ranked: Sequence[Mapping[str, float]]) -> list[float]:
        """How probably each sentence, best first, is the right one; never more together than the best could have."""
        if not ranked:
            return []
        scores = [self.score(features) for features in ranked]
        shares = softmax(scores)
        first = self.first(ranked[0], scores, shares)
        if ranked[0]["kind"] < 0 and ranked[0]["asks_figure"] + ranked[0]["asks_date"]:
            first *= _NO_FIGURE
        return [first if i == 0 else min(first, (1 - first)) * share for i, share in enumerate(shares)]

    def first(self, features: Mapping[str, float], scores: Sequence[float], shares: Sequence[float]) -> float:
        """The probability that the best sentence is the right one."""
        everything = {**features, **ahead(scores, shares)}
        logit = self.bias + sum(weight * everything.get(name, 0.0) for name, weight in self.sure.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores → shares that sum to 1."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def ahead(scores: Sequence[float], shares: Sequence[float]) -> dict[str, float]:
    """By how much the best sentence is ahead of the next, and how well it fits by itself."""
    second = scores[1] if len(scores) > 1 else scores[0] - 5.0
    return {"lead_score": scores[0], "lead_next": min(5.0, scores[0] - second), "lead_share": shares[0]}


@lru_cache(maxsize=1)
def prose_model() -> ProseModel:
    """The shipped weights, read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=ProseModel)
