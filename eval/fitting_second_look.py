"""The trees of the second look: what the first trees and the reader say of the likeliest texts, weighed with the features
of both (stacked generalisation, Wolpert 1992).

Both sides' log odds come from models that never saw the question's document, or the surer of the two on what it has
seen would be trusted too much.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from eval.fitting import fit, model
from eval.fitting_examples import Example
from qa.second_look import MOST, seen_again
from qa.training.reader_net import Asked
from qa.trees import Trees

FOLDS = 5
# What a question of each source weighs where the reader learns; exchanged words teach it more than they teach the trees.
READ = {"gold": 1.0, "documents": 1.0, "swapped": 0.5, "generated": 0.15, "article": 0.2, "article swapped": 0.15}
THRESHOLDS = (0.4, 0.5, 0.6)
Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Own:
    """A question with its offers; `place` says where it is from (gold, documents, speeches, generated, articles), `fold`
    with which others it is left out.
    """

    example: Example
    place: str
    fold: int

    @property
    def exchanged(self) -> bool:
        """Whether it was made of another question by exchanging a word."""
        return "swapped" in self.example.source

    @cached_property
    def asked(self) -> Asked:
        """The question with the different texts of its offers; a text is right where one of its offers is."""
        one = self.example
        right: dict[str, bool] = {}
        for said, good in zip(one.said, one.right, strict=True):
            right[said] = right.get(said, False) or good
        return Asked(one.question, tuple(right), tuple(right.values()), READ[one.source])


def own(found: Iterable[Example], place: str, document: str | None = None) -> Iterator[Own]:
    """The questions that have offers. A document's questions share a fold, others those that begin alike; what was made of a
    question stays with it.
    """
    fold = 0
    for one in found:
        if "swapped" not in one.source:
            key = document or one.question[:4]
            fold = int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS
        if one.features:
            yield Own(one, place, fold)


def flat(asked: Sequence[Own], odds: Rows) -> Rows:
    """Log odds of the different texts of all questions → of all their offers."""
    out, start = [], 0
    for one in asked:
        number = {text: start + i for i, text in enumerate(one.asked.texts)}
        out += [odds[number[said]] for said in one.example.said]
        start += len(number)
    return np.array(out)


def looked_again(asked: Sequence[Own], trees: Rows, read: Rows) -> list[Example]:
    """Every question with those of its offers that would be read, and their features at the second look; `trees` and `read`
    are the log odds of all offers, (offers,).
    """
    made, start = [], 0
    for own_ in asked:
        one, end = own_.example, start + len(own_.example.right)
        kept = _likeliest(one.said, trees[start:end])
        found = [seen_again(one.features[i], _probability(trees[start + i]), read[start + i]) for i in kept]
        right, said = tuple(one.right[i] for i in kept), tuple(one.said[i] for i in kept)
        made.append(replace(one, features=tuple(found), right=right, said=said))
        start = end
    return made


def _likeliest(said: Sequence[str], odds: Rows) -> list[int]:
    """The offers whose text is among the likeliest that are read."""
    texts = list(dict.fromkeys(said[i] for i in np.argsort(-odds, kind="stable")))[:MOST]
    return [i for i, text in enumerate(said) if text in texts]


def _probability(odds: float) -> float:
    return float(expit(odds))


def fit_again(asked: Sequence[Own], trees: Rows, read: Rows) -> Trees:
    """The trees that ship, of all questions."""
    return model(*fit(looked_again(asked, trees, read)))


def report(asked: Sequence[Own], trees: Rows, read: Rows) -> str:
    """Right and wrong at several thresholds by the first trees alone and by both, of questions left out in turn as to all
    three.
    """
    again = looked_again(asked, trees, read)
    folds = np.array([one.fold for one in asked])
    both: list[tuple[float, bool]] = [(0.0, False)] * len(asked)
    for fold in sorted(set(folds.tolist())):
        found = model(*fit([one for one, own_ in zip(again, asked, strict=True) if own_.fold != fold]))
        for i in np.flatnonzero(folds == fold):
            both[i] = _best(found.logits(again[i].features), again[i].right)
    size = np.array([len(one.example.right) for one in asked])
    end = np.cumsum(size)
    first = [_best(trees[to - n : to], one.example.right) for to, n, one in zip(end, size, asked, strict=True)]
    lines = []
    for place in dict.fromkeys(one.place for one in asked):
        of = [i for i, one in enumerate(asked) if one.place == place and not one.exchanged]
        for name, best in (("trees", first), ("both", both)):
            told = "  ".join(_shares([(*best[i], asked[i].example.answerable) for i in of]))
            lines.append(f"{place}, {len(of)} questions, {name}: {told}")
    return "\n".join(lines)


def _best(odds: Sequence[float] | Rows, right: Sequence[bool]) -> tuple[float, bool]:
    """The probability of the likeliest, and whether it is right."""
    top = int(np.argmax(odds))
    return _probability(odds[top]), right[top]


def _shares(best: Sequence[tuple[float, bool, bool]]) -> Iterator[str]:
    """Shares of the questions answered rightly or rightly not, and answered wrongly, at each threshold; each question's
    probability, whether its likeliest is right, and whether it has an answer.
    """
    for enough in THRESHOLDS:
        right = np.mean([good if p >= enough else not answerable for p, good, answerable in best])
        wrong = np.mean([p >= enough and not good for p, good, _ in best])
        yield f"{enough}: {right:.3f}/{wrong:.3f}"
