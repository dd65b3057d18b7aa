"""Candidates → the likeliest sentences, best first, and how probably the first one answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index import Store
from qa.prose_candidates import Candidate
from qa.prose_features import Asked, Compared, compare, prepare
from qa.prose_model import prose_model
from qa.types import Evidence, Explained, Question, Value

_FULL = 12  # how many of the best sentences are also compared by meaning


@dataclass(frozen=True, slots=True)
class ProseAnswer:
    """One way to answer from prose.

    `evidence` are the fewest sentences to be quoted, in reading order, of one document and near each other; `accounts`
    say how each term of the question is explained; `probability` in [0, 1] is the share of such answers that are right;
    `text` is a sentence to say instead of the bare quote, `calculation` what was calculated from cited figures.
    """

    evidence: tuple[Evidence, ...]
    accounts: tuple[Explained, ...]
    probability: float
    features: dict[str, float] = field(hash=False)
    calculation: str | None = None
    values: tuple[Value, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The compared candidates of one question, best first, with the probability of each."""

    asked: Asked
    compared: tuple[Compared, ...]
    probabilities: tuple[float, ...]


def rank(store: Store, question: Question, found: Sequence[Candidate]) -> Ranking | None:
    """Order the candidates; only the best are compared by meaning, which takes longest. None without any."""
    if not found or not question.terms:
        return None
    asked, model = prepare(question, found), prose_model()
    rough = [compare(asked, one, None) for one in found]
    order = sorted(range(len(rough)), key=lambda i: -model.score(rough[i].features))
    best = [compare(asked, found[i], store.encoder) for i in order[:_FULL]]
    best.sort(key=lambda one: -model.score(one.features))
    return Ranking(asked, tuple(best), tuple(model.probabilities([one.features for one in best])))
