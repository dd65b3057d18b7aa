"""Which of the offers is likely right, and how likely: trained trees over readable features (`eval/fitting.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec

from index import Hit, Store
from qa.offer_features import Features, features
from qa.offers import Offer
from qa.trees import Trees
from qa.types import Question

_ANOTHER_KIND = -1.0  # when a place is asked for, a text that names none is no answer
_FILE = Path(__file__).parent / "model" / "choice.json"


@dataclass(frozen=True, slots=True)
class Weighed:
    """An offer with the probability, in [0, 1], that it answers the question rightly."""

    offer: Offer
    probability: float
    features: Features


def before_others(one: Weighed, best: list[Weighed]) -> list[Weighed]:
    """The offers with one of them first."""
    return [one, *(other for other in best if other is not one)]


class ChoiceModel(msgspec.Struct, frozen=True):
    """Trees that give the probability of an offer, and the least probability at which it is said."""

    trees: Trees
    enough: float


def weighed(store: Store, question: Question, hits: Sequence[Hit], found: Sequence[Offer]) -> list[Weighed]:
    """The offers, the likeliest first; of about equally likely ones those that explain more, else as they came.

    Verdicts, of which there are too few to learn from, are as sure as they say (75 of 76 were right).
    """
    described = features(store, question, hits, found)
    likely = choice_model().trees.probabilities(described)
    all_ = [
        Weighed(one, one.own if one.way == "verdict" else probability, own)
        for one, probability, own in zip(found, likely, described, strict=True)
        if own["kind"] > _ANOTHER_KIND
    ]
    return sorted(all_, key=lambda one: (-round(one.probability, 2), one.features["lost"]))


@lru_cache(maxsize=1)
def choice_model() -> ChoiceModel:
    """The shipped weights, read once."""
    return msgspec.json.decode(_FILE.read_bytes(), type=ChoiceModel)
