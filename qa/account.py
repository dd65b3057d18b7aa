"""Account for every word: may the best link be said, or what in the question does nothing explain?

This is what keeps a fluent wrong answer from being given. A word nothing explains (another prefecture, another year,
a project that does not exist, a false premise) means: say what was not found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.folding import searchable
from corpus.values import Period, find_periods
from qa.explain import literal
from qa.link import fit
from qa.types import Link, Question, Term

ENOUGH_COVERAGE = 0.72
# Nouns, names and figures weigh this or more: leaving one out changes the question.
MUST_EXPLAIN = 0.8
# Two places that fit equally well, and nothing in the question to choose by.
TIE = 0.05
_SHORTEST_LABEL = 2


@dataclass(frozen=True, slots=True)
class Account:
    """The verdict on the best link. `ok` False: `unexplained` and `periods` say what nothing in it explains.

    `tied` are the names of other places that fit as well and say something else; `half` are headers that were asked
    for besides the one found.
    """

    ok: bool
    coverage: float
    unexplained: tuple[Term, ...]
    periods: tuple[Period, ...]
    wrong_kind: bool
    tied: tuple[str, ...] = ()
    half: tuple[str, ...] = ()


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
    tied = (_parts_of_asked(links) or _tied(links)) if ok else ()
    half = _also_asked(question, best) if ok else ()
    periods = question.periods if wrong_period else ()
    return Account(ok and not tied and not half, best.coverage, unexplained, periods, wrong_kind, tied, half)


def _parts_of_asked(links: Sequence[Link]) -> tuple[str, ...]:
    """The figure of a part is not the figure of the whole: names of the parts when only a heading above was asked for."""
    best = links[0]
    if best.evidence.kind != "fact" or len(best.evidence.subject) < 2:
        return ()
    own, above = best.evidence.subject[-1], " ".join(best.evidence.subject[:-1])
    named = any(literal(a.term, own) for a in best.accounts)
    if named or not any(literal(a.term, above) for a in best.accounts):
        return ()
    return tuple(
        dict.fromkeys(
            one.evidence.subject[-1]
            for one in links
            if one.evidence.kind == "fact" and one.evidence.subject[:-1] == best.evidence.subject[:-1]
        )
    )


def _also_asked(question: Question, best: Link) -> tuple[str, ...]:
    """Headers of other cells of the same row that the question names as well: half a question is not answered."""
    own = {_core(label) for label in best.evidence.attribute}
    asked = question.folded
    return tuple(
        label
        for label in dict.fromkeys(best.evidence.others)
        if (core := _core(label)) not in own
        and len(core) >= _SHORTEST_LABEL
        and core in asked
        and not any(core in other for other in own if other in asked)
        and not _inside_name(core, asked, best)
    )


def _core(label: str) -> str:
    """A header label without years, units and remarks: `R3 当初予算額 (千円)` → `当初予算額`."""
    bare = re.sub(r"\([^()]*\)", "", searchable(label))
    for period in reversed(find_periods(bare)):
        bare = bare[: period.start] + bare[period.end :]
    return bare.strip()


def _inside_name(core: str, asked: str, best: Link) -> bool:
    """Whether the label's word stands in the question only as part of the name asked about."""
    names = " ".join((best.evidence.name or "", *best.evidence.subject))
    left = asked
    for word in {a.term.surface for a in best.accounts if literal(a.term, names)}:
        left = left.replace(word, " ")
    return core not in left and core in searchable(names)


def _tied(links: Sequence[Link]) -> tuple[str, ...]:
    """Names of the best and of other rows or headings that fit as well as it does but hold another value."""
    best = links[0].evidence
    rivals = [
        one.evidence
        for one in links[1:]
        if fit(links[0]) - fit(one) < TIE
        and (one.evidence.name, one.evidence.subject) != (best.name, best.subject)
        and searchable(one.evidence.value) != searchable(best.value)
        and one.evidence.kind == best.kind
        and best.kind != "passage"
    ]
    names = [label for one in (best, *rivals) if (label := one.name or (one.subject[-1] if one.subject else None))]
    return tuple(dict.fromkeys(names)) if rivals else ()
