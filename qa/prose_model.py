"""The weights that choose a sentence and say how probable it is (`model/prose.json`, made by `training/prose.py`)."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from qa.trees import Trees

# A figure or date asked for that the sentence does not hold can only be there in words; that is rarer than a sentence
# on the topic that says something else.
_NO_FIGURE = 0.2
# Each noun that nothing explains may be what tells the figure asked for from the one found.
_LOST_NOUN = 0.6
_FAR_AHEAD = 5.0
_FILE = Path(__file__).parent / "model" / "prose.json"


@dataclass(frozen=True)
class ProseModel:
    """`choose` orders the sentences of one question by a weighted sum of the features of `prose_features`.

    `sure` says how probably the first of them is right, by its features and by how much it is `ahead` of the next.
    """

    choose: dict[str, float]
    sure: Trees

    def score(self, features: Mapping[str, float]) -> float:
        """How well a sentence fits: compares within one question only."""
        return float(sum(map(operator.mul, self._weights, self._chosen(features))))

    @cached_property
    def _weights(self) -> tuple[float, ...]:
        return tuple(self.choose.values())

    @cached_property
    def _chosen(self) -> Callable[[Mapping[str, float]], tuple[float, ...]]:
        return operator.itemgetter(*self.choose)

    def probabilities(self, ranked: Sequence[Mapping[str, float]]) -> list[float]:
        """How probably each sentence, best first, is the right one; never more together than 1."""
        if not ranked:
            return []
        scores = [self.score(features) for features in ranked]
        shares = softmax(scores)
        first = self.sure.probability({**ranked[0], **ahead(scores, shares)})
        first *= caution(ranked[0])
        return [first if i == 0 else min(first, 1 - first) * share for i, share in enumerate(shares)]


def caution(features: Mapping[str, float]) -> float:
    """What is left of a probability where a figure or date is asked for and something says it is another one.

    The questions learned from are seldom asked to mislead; those of a near miss (another group of payers, another year)
    differ from a good one in a single word.
    """
    if not features["asks_figure"] + features["asks_date"]:
        return 1.0
    absent = _NO_FIGURE if features["kind"] < 0 else 1.0
    return float(absent * _LOST_NOUN ** features["lost_count"])


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores → shares that sum to 1."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def ahead(scores: Sequence[float], shares: Sequence[float]) -> dict[str, float]:
    """By how much the best sentence is ahead of the next, and how well it fits by itself."""
    second = scores[1] if len(scores) > 1 else scores[0] - _FAR_AHEAD
    return {"lead_score": scores[0], "lead_next": min(_FAR_AHEAD, scores[0] - second), "lead_share": shares[0]}


@lru_cache(maxsize=1)
def prose_model() -> ProseModel:
    """The shipped weights, read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=ProseModel)
