"""What the trees and the reader say of the same offers, put together by a logistic stack (Wolpert 1992).

Both sides' log odds come from models that never saw the question's document, or the surer of the two on what it has
seen would be trusted too much.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from eval.fitting_examples import WEIGHTS, Example
from qa.second_look import Stack
from qa.training.reader_net import Asked

FOLDS = 5
REGULAR = 10.0  # scikit-learn's C
LARGEST = 9.21  # of log odds, those of 0.9999
# What a question of each source weighs where the reader learns; exchanged words teach it more than they teach the trees.
READ = {"gold": 1.0, "documents": 1.0, "swapped": 0.5, "generated": 0.15, "article": 0.2, "article swapped": 0.15}
# What the stack is fitted on: what people ask, and the same with a word exchanged.
STACKED = ("gold", "documents", "swapped")
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


def stacked(asked: Sequence[Own], trees: Rows, read: Rows) -> Stack:
    """Fit the stack on all offers to what people ask and to what was made of it; `trees` and `read` are (offers,)."""
    sources = [one.example.source for one in asked for _ in one.example.right]
    used = np.isin(sources, STACKED)
    right = np.array([good for one in asked for good in one.example.right])
    weights = np.array([WEIGHTS[source] for source in sources])
    return logistic(trees[used], read[used], right[used], weights[used])


def logistic(trees: Rows, read: Rows, right: NDArray[np.bool_], weights: Rows) -> Stack:
    """The stack that makes what is right likeliest; all arrays are (offers,)."""
    from sklearn.linear_model import LogisticRegression

    rows = np.column_stack([np.clip(trees, -LARGEST, LARGEST), read])
    found = LogisticRegression(C=REGULAR).fit(rows, right, sample_weight=weights)
    own_weight, read_weight = found.coef_[0]
    return Stack(round(float(own_weight), 4), round(float(read_weight), 4), round(float(found.intercept_[0]), 4))


def report(asked: Sequence[Own], trees: Rows, read: Rows) -> str:
    """Right and wrong at several thresholds by the trees alone and by both, of questions left out in turn as to all three."""
    size = np.array([len(one.example.right) for one in asked])
    end = np.cumsum(size)
    folds = np.repeat([one.fold for one in asked], size)
    both = np.zeros(len(trees))
    for fold in range(FOLDS):
        others = [one for one in asked if one.fold != fold]
        if others and (folds == fold).any():
            stack = stacked(others, trees[folds != fold], read[folds != fold])
            held = np.clip(trees[folds == fold], -LARGEST, LARGEST)
            both[folds == fold] = stack.own * held + stack.read * read[folds == fold] + stack.bias
    lines = []
    for place in dict.fromkeys(one.place for one in asked):
        of = [i for i, one in enumerate(asked) if one.place == place and not one.exchanged]
        for name, odds in (("trees", trees), ("both", both)):
            told = "  ".join(_shares(asked, of, end, size, odds))
            lines.append(f"{place}, {len(of)} questions, {name}: {told}")
    return "\n".join(lines)


def _shares(
    asked: Sequence[Own], of: Sequence[int], end: NDArray[np.int64], size: NDArray[np.int64], odds: Rows
) -> Iterator[str]:
    """Shares of the questions answered rightly or rightly not, and answered wrongly, at each threshold."""
    best = []
    for i in of:
        mine = expit(odds[end[i] - size[i] : end[i]])
        top = int(mine.argmax())
        best.append((float(mine[top]), asked[i].example.right[top], asked[i].example.answerable))
    for enough in THRESHOLDS:
        right = np.mean([good if p >= enough else not answerable for p, good, answerable in best])
        wrong = np.mean([p >= enough and not good for p, good, _ in best])
        yield f"{enough}: {right:.3f}/{wrong:.3f}"
