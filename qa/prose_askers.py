"""Who asked about something: the heading with a member's name above the question that a record of a council prints.

◎関根 勝（創政会） / 問 有害鳥獣による農作物の被害は。: no sentence says who asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import Document
from corpus.folding import tidy
from corpus.lines import MARKS
from index import Hit, Store
from qa.masthead import masthead
from qa.prose_candidates import Candidate
from qa.prose_rank import ProseAnswer, rank
from qa.told_years import years_under
from qa.types import Evidence, Question, Value

_WHO = r"(?:誰|だれ|どなた|(?:どの|どちらの|何という)(?:市議|町議|村議|県議|議員|委員|会派))"
_ASKED = r"(?:質問|質疑|取り上げ|たず|尋ね|ただ)"
_WHO_ASKED = re.compile(rf"{_ASKED}[^。、?]{{0,10}}?(?:の|議員|人)は[、,]?{_WHO}|{_WHO}が[^。?]{{0,40}}?{_ASKED}")
_ABOUT_ASKING = re.compile(r"質問|質疑|取り上|尋ね|議員|委員|会派|誰|方")
_MARK = re.compile(rf"^[{MARKS}]\s*")
_HITS = 30


def asks_who_asked(question: Question) -> bool:
    """Whether it is asked who put a question about something."""
    return _WHO_ASKED.search(question.folded) is not None


def answers_from_askers(store: Store, question: Question, hits: Sequence[Hit]) -> tuple[ProseAnswer, ...]:
    """The headings above the questions near what is asked about, the likeliest first."""
    from corpus.turns import ASKS  # with all that cuts text into blocks, which few questions need

    terms = tuple(t for t in question.terms if not _ABOUT_ASKING.search(t.surface))
    found: dict[tuple[str, tuple[str, ...]], Candidate] = {}
    for hit in hits[:_HITS]:
        document = store.documents[hit.entry.document]
        if hit.entry.kind != "passage":
            continue
        path = document.passages[hit.entry.position].section
        if len(path) > 1 and ASKS.match(path[-1]):
            found.setdefault((document.id, path), _candidate(document, path, hit))
    ranking = rank(store, replace(question, terms=terms, wants=None), tuple(found.values())) if terms else None
    if ranking is None:
        return ()
    answers = []
    for one, probability in zip(ranking.compared, ranking.probabilities, strict=True):
        document = store.documents[one.candidate.document]
        path = one.candidate.heading
        asker = next((p for p in range(len(path) - 1, 0, -1) if _MARK.match(path[p - 1])), len(path) - 1)
        evidence = (_evidence(document, path[:asker]), _evidence(document, path))
        name = _MARK.sub("", tidy(path[asker - 1]))
        answers.append(
            ProseAnswer(
                evidence, one.accounts, probability, one.features, None, (Value(None, None, name),), f"{name}です。"
            )
        )
    return tuple(answers)


def _candidate(document: Document, path: tuple[str, ...], hit: Hit) -> Candidate:
    """The question as what is compared, with the reply found for it behind it."""
    reply = document.quote(document.passages[hit.entry.position].span)
    return Candidate(
        document.id, -1, path[-1], "item", path, "", reply, "", masthead(document), years_under(document, path), hit.rank, hit.score, hit.parts
    )  # fmt: skip


def _evidence(document: Document, path: tuple[str, ...]) -> Evidence:
    position = next(i for i, section in enumerate(document.sections) if section.path == path)
    return Evidence(document.id, "heading", None, position, None, path[:-1], None, (), path[-1], None, "", 1)
