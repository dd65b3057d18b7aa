"""Headings as a list: what stands right under a heading, one heading an item, where a question asks what there is.

A report names its programmes, fields and measures as headings; no sentence and no row lists them.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus import Document
from corpus.folding import tidy
from index import Hit, Store
from qa.prose_askers import answers_from_askers, asks_who_asked
from qa.prose_candidates import Candidate
from qa.prose_kinds import asked_noun
from qa.prose_lists import ALIKE, INTRODUCED, asks_for_list, asks_how_many, in_words, share_of
from qa.prose_rank import ProseAnswer, Ranking, rank
from qa.told_years import years_under
from qa.types import Evidence, Question, Value

_HITS = 20  # how many of the found entries bring the headings they stand under
_MOST_ITEMS = 30
_FEWEST = 2
_INTRODUCING = 3  # sentences
_COUNTED_BY = (None, "つ", "件", "個", "点", "項目")  # headings are no people, places or sums

Path = tuple[str, ...]


def answers_from_headings(store: Store, question: Question, hits: Sequence[Hit]) -> tuple[ProseAnswer, ...]:
    """The headings right under each heading that the hits stand under, best first; () where no list is asked for."""
    if asks_who_asked(question):
        return answers_from_askers(store, question, hits)
    counting = asks_how_many(question) and question.unit in _COUNTED_BY
    if not counting and not (asks_for_list(question) and question.wants in (None, "thing")):
        return ()
    found: list[Candidate] = []
    under: dict[int, tuple[int, ...]] = {}
    seen: set[tuple[str, Path]] = set()
    for hit in hits[:_HITS]:
        document = store.documents[hit.entry.document]
        path = _path(document, hit)
        for depth in range(len(path), 0, -1):
            key = (document.id, path[:depth])
            if key in seen:
                continue
            seen.add(key)
            items = _of_kind(question, document, children(document).get(path[:depth], ()))
            if _FEWEST <= len(items) <= _MOST_ITEMS:
                one = _candidate(document, path[:depth], items, hit)
                under[id(one)] = items
                found.append(one)
    ranking = rank(store, question, tuple(found)) if found else None
    if ranking is None:
        return ()
    answers = []
    described = [one.features for one in ranking.compared]
    for i, best in enumerate(ranking.compared):
        document = store.documents[best.candidate.document]
        items = under[id(best.candidate)]
        if not _is_about(ranking, best.candidate, document, items):
            continue
        names = [tidy(document.sections[s].path[-1]) for s in items]
        probability = in_words(described) if i == 0 else ranking.probabilities[i]
        evidence = tuple(_evidence(document, s) for s in items)
        row = "、".join(names)
        text, calculation = row, None
        values = tuple(Value(None, None, name) for name in names)
        if counting:
            unit = question.unit or "つ"
            text, calculation = f"{len(names)}{unit}です({row})。", f"{row} → {len(names)} ({unit})"
            values = (Value(len(names), question.unit, str(len(names))),)
        answers.append(ProseAnswer(evidence, best.accounts, probability, best.features, calculation, values, text))
    return tuple(answers)


def _is_about(ranking: Ranking, one: Candidate, document: Document, items: Sequence[int]) -> bool:
    """Whether the heading above is what was asked about, and none of those under it more than the others."""
    own = [share_of(ranking, (document.sections[i].path[-1], *one.heading, one.title)) for i in items]
    named = share_of(ranking, one.heading[-1:]) > 0.0
    around = (*one.heading, one.text, one.title, one.lead)
    return named and max(own) - min(own) <= ALIKE and share_of(ranking, around) >= INTRODUCED


def _path(document: Document, hit: Hit) -> Path:
    """The headings a found entry stands under."""
    if hit.entry.table is not None:
        return document.tables[hit.entry.table].rows[hit.entry.position].section
    if hit.entry.kind == "fact":
        return document.facts[hit.entry.position].subject
    return document.passages[hit.entry.position].section


_children: dict[tuple[str, str], dict[Path, tuple[int, ...]]] = {}
_MOST_DOCUMENTS = 64


def children(document: Document) -> dict[Path, tuple[int, ...]]:
    """By heading path: the positions of the headings right under it, in reading order, each path once."""
    key = (document.id, document.sha256)
    if key not in _children:
        if len(_children) >= _MOST_DOCUMENTS:
            _children.clear()
        by_path: dict[Path, dict[Path, int]] = {}
        for i, section in enumerate(document.sections):
            by_path.setdefault(section.path[:-1], {}).setdefault(section.path, i)
        _children[key] = {path: tuple(found.values()) for path, found in by_path.items()}
    return _children[key]


def _of_kind(question: Question, document: Document, items: Sequence[int]) -> tuple[int, ...]:
    """Of some headings those that hold the noun asked for (どんな**PJ**), where several do; otherwise all."""
    noun = asked_noun(question)
    named = tuple(i for i in items if noun and noun in tidy(document.sections[i].path[-1]))
    return named if len(named) >= _FEWEST else tuple(items)


def _candidate(document: Document, path: Path, items: Sequence[int], hit: Hit) -> Candidate:
    text = "、".join(tidy(document.sections[i].path[-1]) for i in items)
    return Candidate(
        document.id,
        -1,
        text,
        "item",
        path,
        "",
        "",
        introduction(document, path),
        document.title,
        years_under(document, path),
        hit.rank,
        hit.score,
        hit.parts,
    )


def introduction(document: Document, path: Path) -> str:
    """What is said under a heading before the first of the headings under it: 5つの重点施策を柱として…."""
    inner = children(document).get(path, ())
    first = min((document.sections[i].span.start for i in inner), default=0)
    said = [p for p in document.passages if p.section == path and p.span.end <= first]
    return " ".join(document.quote(passage.span) for passage in said[:_INTRODUCING])


def _evidence(document: Document, section: int) -> Evidence:
    path = document.sections[section].path
    return Evidence(document.id, "heading", None, section, None, path[:-1], None, (), path[-1], None, "", 1)
