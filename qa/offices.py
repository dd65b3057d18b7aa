"""Offices that no document knows: where a 国際課 stands in the documents, nothing answers for a 国際局.

A part of an organisation is named by what it does and the word for its rank. With another rank, or another word before
it, it is another office, however much of the name is alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from index import Store
from qa.in_kana import holds
from qa.types import Question, Term

_RANKS = frozenset("部課局室係班署")
_WHOLES = _RANKS | frozenset("庁会所場")
_CALLED_SO = frozenset(
    {("テレビ", "局"), ("ラジオ", "局"), ("放送", "局"), ("郵便", "局")}
)  # no part of an administration
_NOUN = 0.8  # 担当課 and 所管部 name none


def unknown_offices(store: Store, question: Question) -> tuple[str, ...]:
    """The offices a question names that no document holds, as far as the question spells them (知事戦略課).

    A name counts as held when its last word, with the rank and the word before it, may stand together in some document:
    every two neighbouring letters of them do.
    """
    return tuple(text for text, known_by in _offices(question) if not holds(store, known_by))


def _offices(question: Question) -> Iterator[tuple[str, str]]:
    """Each office as the question spells it, and the end of its name by which it is known."""
    terms = sorted(question.terms, key=lambda t: t.start)
    for i, rank in enumerate(terms):
        run = _run(terms[: i + 1])
        if (
            rank.surface in _RANKS
            and len(run) > 1
            and _names(run[-2])
            and (run[-2].surface, rank.surface) not in _CALLED_SO
        ):
            telling = run[-3] if len(run) > 2 and _names(run[-3]) and not _higher(run[-3]) else run[-2]
            yield question.folded[run[0].start : rank.end], question.folded[telling.start : rank.end]


def _run(terms: list[Term]) -> list[Term]:
    """The last terms that follow one another without a gap."""
    start = len(terms) - 1
    while start > 0 and terms[start - 1].end == terms[start].start:
        start -= 1
    return terms[start:]


def _names(term: Term) -> bool:
    return term.weight >= _NOUN and term.pos == "名詞"


def _higher(term: Term) -> bool:
    """Whether a word ends the name of what the office belongs to (県庁国際課, 警察本部刑事課)."""
    return term.surface[-1] in _WHOLES
