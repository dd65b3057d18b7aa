"""Which of the questions that a turn may stand for was meant: by how likely each is answered rightly, and where.

An answer's confidence is the probability that it answers its question; the turn is taken for the question where that,
times how likely it was the one meant, is greatest.
"""

from __future__ import annotations

from corpus.folding import searchable
from corpus.values import find_periods
from index import Store
from qa.followup import FollowUp, strong, topics
from qa.followup_anchor import Anchor
from qa.followup_inside import around
from qa.followup_memory import borne_out, in_its_year, names_found
from qa.followup_rewrite import Candidate
from qa.lookup import TextIndex, letters
from qa.types import Answer

EACH_LATER = 0.95  # how likely a candidate is beside the one before it
_ELSEWHERE = 0.85  # what goes on from an answer stays most often where that stands
_OTHER_SORT = 0.6  # another figure than was asked for before
_UNSAID = 0.5  # a candidate answered by a text that holds none of the turn's own names
_LOOKED_AT = 4


def likelihood(
    candidate: Candidate, given: Answer, rank: int, read: FollowUp, at: Anchor | None, store: Store
) -> float:
    """How likely a candidate is the one that was meant, in [0, 1]; it is answered and fits."""
    sure = given.confidence * EACH_LATER**rank * _said(read, given, store)
    if at is None or candidate.composed:
        return sure
    if "subject" in candidate.kept and not at.holds(given):
        sure *= _ELSEWHERE
    if candidate.same and at.units and not at.of_same_sort(given):
        sure *= _OTHER_SORT
    return sure


def _said(read: FollowUp, given: Answer, store: Store) -> float:
    """How far the names that the turn itself says stand where the answer does: 1 for all of them, _UNSAID for none."""
    question = read.question
    if question is None:
        return 1.0
    terms = [t for p in topics(question) if strong(p) for t in p.terms if t.pos != "数詞"]
    if not terms:
        return 1.0
    index = TextIndex([" ".join(around(store, c) for c in given.citations[:_LOOKED_AT])])
    there = sum(t.weight for t in terms if index.find(t)) / (sum(t.weight for t in terms) or 1.0)
    return _UNSAID + (1 - _UNSAID) * there


def fits(candidate: Candidate, given: Answer, subject: str, at: Anchor | None, store: Store) -> bool:
    """Whether an answer is one to what was meant: within what was found before, and not of another year."""
    if candidate.kinds and given.kind not in candidate.kinds:
        return False
    if candidate.kept and not in_its_year(candidate.text, given):
        return False
    if candidate.condition and not borne_out(candidate.condition, given, store, with_years=True):
        return False
    if candidate.within is not None and not _within(candidate.within, given):
        return False
    if candidate.near:
        if at is None or not at.holds(given):
            return False
    elif "subject" in candidate.kept or candidate.subject:
        wanted = candidate.subject or subject
        there = not candidate.subject and at is not None and at.holds(given)
        if wanted and not there and not borne_out(wanted, given, store):
            return False
    return not candidate.years or _in_years(candidate.years, given)


def _within(names: frozenset[str], given: Answer) -> bool:
    found = [letters(name) for name in names_found(given)]
    return bool(found) and all(any(n in w or w in n for w in names) for n in found)


def _in_years(years: frozenset[int], given: Answer) -> bool:
    """Whether no cell that an answer cites is of another year."""
    for citation in given.citations:
        printed = {p.year for label in (*citation.column, citation.row or "") for p in find_periods(searchable(label))}
        if printed and not printed & years:
            return False
    return True
