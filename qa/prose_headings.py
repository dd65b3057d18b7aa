"""Headings as a list: what stands right under a heading, one heading an item, where a question asks what there is.

A report names its programmes, fields and measures as headings; no sentence and no row lists them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus import Document
from corpus.folding import tidy
from index import Hit, Store
from qa.prose_askers import answers_from_askers, asks_who_asked
from qa.prose_candidates import Candidate
from qa.prose_kinds import asked_noun
from qa.prose_lists import ALIKE, asks_for_list, asks_how_many, in_words, share_of
from qa.prose_rank import ProseAnswer, Ranking, rank
from qa.told_years import years_under
from qa.types import Evidence, Operation, Question, Value

_HITS = 20  # how many of the found entries bring the headings they stand under
_MOST_ITEMS = 30
_FEWEST = 2
_SO_MANY = re.compile(r"(?<![0-9第])(?P<many>[2-9]|1[0-9])(?:つ|個|項目|本)の")  # 5つの分野に分かれて
_LONGEST = 50  # letters
_NO_NAME = re.compile(r"[、。]$|^[(（<【]?[表図]\s*[0-9]")
_INTRODUCING = 3  # sentences
_INTRODUCED = 0.7  # the least share of the question that a heading and what stands with it must explain
_ITSELF = 0.45  # of the question, by so much more than another
_NAMES = 0.8  # nouns and heavier words
# What headings are, and what they do.
_STRUCTURE = frozenset(
    [
        "項目",
        "取組",
        "取り組み",
        "分野",
        "柱",
        "区分",
        "見出し",
        "大別",
        "分ける",
        "分かれる",
        "分れる",
        "並ぶ",
        "並べる",
        "挙がる",
        "挙げる",
        "掲げる",
        "構成",
        "構成する",
    ]
)
_COUNTED_BY = (None, "つ", "件", "個", "点", "項目")  # headings are no people, places or sums

Path = tuple[str, ...]


def answers_from_headings(store: Store, question: Question, hits: Sequence[Hit]) -> tuple[ProseAnswer, ...]:
    """The headings right under each heading that the hits stand under, best first; () where no list is asked for."""
    if asks_who_asked(question):
        return answers_from_askers(store, question, hits)
    asked = question
    question = without_structure(asked)
    counting = asks_how_many(question) and question.unit in _COUNTED_BY
    if not counting and not (asks_for_list(question) and question.wants in (None, "thing", "name")):
        return ()
    said = _announced(question)
    so_many = (int(said["many"]),) if said is not None else ()
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
            if len(items) in (so_many or range(_FEWEST, _MOST_ITEMS + 1)) and not any(
                _is_no_name(document.sections[i].path[-1]) for i in items
            ):
                one = _candidate(document, path[:depth], items, hit)
                under[id(one)] = items
                found.append(one)
    ranking = rank(store, question, tuple(found)) if found else None
    about = [c.candidate for c in ranking.compared if _is_about(store, ranking, c.candidate, under)] if ranking else []
    if counting or question is not asked:  # headings as such are asked for: no other than these can be meant
        ranking = rank(store, question, about) if about else None
    if ranking is None:
        return ()
    answers = []
    described = [one.features for one in ranking.compared]
    for i, best in enumerate(ranking.compared):
        document = store.documents[best.candidate.document]
        items = under[id(best.candidate)]
        if not any(best.candidate is one for one in about):
            continue
        names = [tidy(document.sections[s].path[-1]) for s in items]
        probability = in_words(described) if i == 0 else ranking.probabilities[i]
        evidence = tuple(evidence_of(document, s) for s in items)
        row = "、".join(names)
        text, calculation = row, None
        values = tuple(Value(None, None, name) for name in names)
        if counting:
            unit = question.unit or "つ"
            text, calculation = f"{len(names)}{unit}です({row})。", f"{row} → {len(names)} ({unit})"
            values = (Value(len(names), question.unit, str(len(names))),)
        own = {**best.features, "kind": max(0.0, best.features["kind"])}  # counted, no figure need stand there
        answers.append(ProseAnswer(evidence, best.accounts, probability, own, calculation, values, text))
    return tuple(answers)


def _is_no_name(heading: str) -> bool:
    """Whether a heading is a sentence, the beginning of one, or the caption of a table: none that is listed."""
    return len(heading) > _LONGEST or _NO_NAME.search(tidy(heading)) is not None


def _announced(question: Question) -> re.Match[str] | None:
    """How many things a question for a list says that there are (5つの分野に分かれて)."""
    return _SO_MANY.search(question.folded) if question.operation is Operation.LIST else None


def without_structure(question: Question) -> Question:
    """The question without the words for headings as such (いくつの項目に分かれて): headings need not say that they are any."""
    said = _announced(question)
    kept = tuple(
        t for t in question.terms
        if t.normal not in _STRUCTURE and t.surface not in _STRUCTURE
        and not (said is not None and said.start() <= t.start < said.end())
    )  # fmt: skip
    return replace(question, terms=kept) if any(t.weight >= _NAMES for t in kept) else question


def _is_about(store: Store, ranking: Ranking, one: Candidate, under: Mapping[int, tuple[int, ...]]) -> bool:
    """Whether the heading above is what was asked about, and none of those under it more than the others."""
    sections = store.documents[one.document].sections
    own = [share_of(ranking, (sections[i].path[-1], *one.heading, one.title)) for i in under[id(one)]]
    alone = [share_of(ranking, (sections[i].path[-1],)) for i in under[id(one)]]
    if max(alone) - min(alone) > _ITSELF:
        return False  # one of those under it is itself what is asked about
    named = share_of(ranking, one.heading[-1:]) > 0.0
    around = (*one.heading, one.text, one.title, one.lead)
    return named and max(own) - min(own) <= ALIKE and share_of(ranking, around) >= _INTRODUCED


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


def evidence_of(document: Document, section: int) -> Evidence:
    """A heading as what may answer."""
    path = document.sections[section].path
    return Evidence(document.id, "heading", None, section, None, path[:-1], None, (), path[-1], None, "", 1)
