"""Account for every word: may the best link be said, or what in the question does nothing explain?

This is what keeps a fluent wrong answer from being given. A word nothing explains (another prefecture, another year,
a project that does not exist, a false premise) means: say what was not found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.folding import searchable
from corpus.values import Period
from qa.types import Link, Question, Term

ENOUGH_COVERAGE = 0.72
# Nouns, names and figures weigh this or more: leaving one out changes the question.
MUST_EXPLAIN = 0.8


# Two places that fit equally well, and nothing in the question to choose by.
TIE = 0.05


@dataclass(frozen=True, slots=True)
class Account:
    """The verdict on the best link. `ok` False: `unexplained` and `periods` say what nothing in it explains.

    `tied` are the names of other places that fit as well and say something else.
    """

    ok: bool
    coverage: float
    unexplained: tuple[Term, ...]
    periods: tuple[Period, ...]
    wrong_kind: bool
    tied: tuple[str, ...] = ()


def account(question: Question, links: Sequence[Link]) -> Account:
    """Weigh what the best link explains against what it does not, and against the others."""
    if not links:
        return Account(False, 0.0, question.terms, question.periods, False)
    best = links[0]
    unexplained = tuple(a.term for a in best.accounts if a.strength == 0.0)
    wrong_period = best.features["period"] < 0
    wrong_kind = best.features["kind"] <= -1.0
    lost = any(term.weight >= MUST_EXPLAIN for term in unexplained)
    ok = best.coverage >= ENOUGH_COVERAGE and not lost and not wrong_period and not wrong_kind
    tied = _tied(links) if ok else ()
    periods = question.periods if wrong_period else ()
    return Account(ok and not tied, best.coverage, unexplained, periods, wrong_kind, tied)


def _tied(links: Sequence[Link]) -> tuple[str, ...]:
    """Names of the best and of other rows or headings that fit as well as it does but hold another value."""
    best = links[0].evidence
    rivals = [
        one.evidence
        for one in links[1:]
        if links[0].score - one.score < TIE
        and one.features["rank"] != links[0].features["rank"]
        and (one.evidence.name, one.evidence.subject) != (best.name, best.subject)
        and searchable(one.evidence.value) != searchable(best.value)
        and one.evidence.kind == best.kind
        and best.kind != "passage"
    ]
    names = [label for one in (best, *rivals) if (label := one.name or (one.subject[-1] if one.subject else None))]
    return tuple(dict.fromkeys(names)) if rivals else ()
