"""Answers from prose: which sentence of the documents, quoted, answers a question, and how probably.

Read top to bottom: `answers_from_prose` is the whole way. What stands around a sentence may explain words of the
question, but only the sentence itself is quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index import Hit, Store
from qa.prose_candidates import Candidate, candidates
from qa.prose_features import Compared, compare, prepare
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


def answers_from_prose(
    store: Store, question: Question, hits: Sequence[Hit], limit: int = 8
) -> tuple[ProseAnswer, ...]:
    """The likeliest answers among the sentences of the hits and beside them, best first; none when there are none."""
    compared = ranked(store, question, candidates(store, hits))
    sure = prose_model().probabilities([one.features for one in compared])
    return tuple(_quote(one, p) for one, p in zip(compared[:limit], sure[:limit], strict=True))


def ranked(store: Store, question: Question, found: Sequence[Candidate]) -> list[Compared]:
    """The candidates with their features, best first. Only the best are compared by meaning, which takes longest."""
    if not found or not question.terms:
        return []
    asked, model = prepare(question, found), prose_model()
    rough = [compare(asked, one, None) for one in found]
    order = sorted(range(len(rough)), key=lambda i: -model.score(rough[i].features))
    best = [compare(asked, found[i], store.encoder) for i in order[:_FULL]]
    return sorted(best, key=lambda one: -model.score(one.features))


def _quote(one: Compared, probability: float) -> ProseAnswer:
    quote = one.candidate.text
    return ProseAnswer(
        (one.candidate.evidence,), one.accounts, probability, one.features, None, (Value(None, None, quote),)
    )
