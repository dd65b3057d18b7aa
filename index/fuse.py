"""How well a text fits by words, by letters and by meaning → one score.

A weighted sum of scores, each brought to a scale that means the same for every query (Bruch, Gai and Ingber, "An
Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023, find this better than ranks): BM25 as the share of what
the query's terms could reach at most, meaning as a cosine. Where the words find the text, they decide. Where even the
best text holds little of what was asked, the asker used other words than the document, and meaning decides.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What a cosine counts beside the words.

    `least`: where the words explain the query well; `most`: where they do not at all; `halfway`: the share of the query
    explained by the best text at which the weight stands in the middle; `step`: how fast it turns there.
    """

    least: float
    most: float
    halfway: float
    step: float


# Set on held-out articles of JaQuAD train and the odd half of the paraphrase set (`python -m eval fusion` prints the
# table).
WEIGHTS = Weights(0.1, 4.0, 0.15, 0.015)


def fuse(parts: Mapping[str, Scores], weights: Weights = WEIGHTS) -> Scores:
    """One score a candidate, shape (n,), from its parts `words`, `bigrams` (0 to 1) and `dense` (cosines), all (n,).

    A part that is not there does not vote.
    """
    lexical = [parts[name] for name in ("words", "bigrams") if name in parts]
    if not lexical:
        return np.asarray(parts["dense"], dtype=np.float32)
    shared = np.sum(lexical, axis=0, dtype=np.float32)
    if "dense" not in parts:
        return np.asarray(shared, dtype=np.float32)
    explained = float(np.max(shared, initial=0.0)) / len(lexical)
    return np.asarray(shared + meaning_weight(explained, weights) * parts["dense"], dtype=np.float32)


def meaning_weight(explained: float, weights: Weights = WEIGHTS) -> float:
    """What a cosine counts when the best text explains this share (0 to 1) of the query by its words."""
    turned = 1 / (1 + math.exp((explained - weights.halfway) / weights.step))
    return weights.least + (weights.most - weights.least) * turned
