"""Candidates → the likeliest sentences, best first, and how probably the first one answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index import Store, search
from qa.asked_kinds import REASON_ASKED, kinds, lacks_reason
from qa.prose_candidates import Candidate, candidates
from qa.prose_features import Asked, Compared, compare, prepare, with_meaning
from qa.prose_model import prose_model
from qa.types import Evidence, Explained, Question, Value

_DEPTH = 40  # hits looked at for a part of a question
_FULL = 12  # how many of the best sentences are also compared by meaning


@dataclass(frozen=True, slots=True)
class ProseAnswer:
    """One way to answer from prose.

    `evidence` are the fewest sentences to be quoted, in reading order, of one document and near each other; `accounts`
    say how each term of the question is explained; `probability` in [0, 1] is the share of such answers that are right;
    `text` is a sentence to say instead of the bare quote, `calculation` what was calculated from cited figures, `kind` that of
    the answer in the contract.
    """

    evidence: tuple[Evidence, ...]
    accounts: tuple[Explained, ...]
    probability: float
    features: dict[str, float] = field(hash=False)
    calculation: str | None = None
    values: tuple[Value, ...] = ()
    text: str | None = None
    kind: str = "passage"


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
    rough = sorted((compare(asked, one) for one in found), key=lambda one: -model.score(one.features))
    rough = _with_reasons(question, rough)
    best = [with_meaning(asked, one, store.encoder) for one in rough[:_FULL]]
    best.sort(key=lambda one: -model.score(one.features))
    return Ranking(asked, tuple(best), tuple(model.probabilities([one.features for one in best])))


def _with_reasons(question: Question, found: list[Compared]) -> list[Compared]:
    """Where nothing but a reason is asked for, only the sentences that could give one, if any does: others are never said."""
    if kinds(question.folded) != (REASON_ASKED,):
        return found
    return [one for one in found if not lacks_reason(question, (one.candidate.text,))] or found


def rank_again(store: Store, question: Question) -> Ranking | None:
    """Order what a search for the question's own terms and years finds: for a part of what was asked.

    The search for the whole question says how near a sentence is to all of its parts, not to this one.
    """
    words = [*(term.surface for term in question.terms), *(period.text for period in question.periods)]
    return rank(store, question, candidates(store, search(store, " ".join(words), _DEPTH)))
