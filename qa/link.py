"""Evidence → links: how well each piece fits the question, best first.

A row × column intersection is scored by readable features. The weights are set by hand in this edition and stand in
one place; they are to be replaced by a trained model over the same features.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import Document
from corpus.align import shape
from corpus.folding import searchable
from corpus.values import Period, find_periods, find_quantities, is_nothing
from index import Encoder, Store
from qa.explain import by_meaning, in_file_name, literal, names_place
from qa.retrieve import members, section
from qa.types import Evidence, Explained, Link, Question, Term
from qa.understand import grammar, mentions_period

WEIGHTS = {
    "coverage": 2.0,  # share of the question's words that the evidence explains
    "subject": 0.6,  # share explained by what the evidence is about
    "attribute": 0.9,  # share explained by the header or label
    "value": 0.5,  # share explained by the very text that would be said
    "kind": 1.0,  # 1 when it holds the kind of thing asked for, -1 when it cannot
    "period": 1.2,  # 1 same period, 0 not said, -1 another period
    "echo": -1.2,  # share of the value that only repeats the question
    "cue": 0.6,  # 1 when the row or header is called what the question asks to be done: a printed 合計
    "prose": 0.15,  # a sentence, when a reason or a way is asked for
    "rank": 0.4,  # 1 / rank of the hit
}
# What a part of the evidence is worth as an explanation; the surroundings prove less than the cell itself.
_PARTS = {"name": 1.0, "subject": 0.95, "attribute": 1.0, "value": 1.0, "around": 0.85, "document": 0.9, "context": 0.8}
_REASON = re.compile(r"ため|より|理由|から|目的|図る|ことで|よって|もの")
_DATES = {  # what shows that a text gives a date of the fineness asked for
    "date": re.compile(r"[0-9]{1,2}月|[0-9]{1,2}/[0-9]{1,2}|毎[年月週日]|通年|[0-9]+年"),
    "month": re.compile(r"[0-9]{1,2}月|[0-9]{1,2}/[0-9]{1,2}|毎月|\.[0-9]{1,2}"),
    "day": re.compile(r"[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}/[0-9]{1,2}|毎日|\.[0-9]{1,2}\.[0-9]{1,2}"),
}
_LOOSE = (None, "thing", "person", "manner")  # kinds of thing that no shape of a text shows
_HEADER_WORD = 0.8  # a word that names a kind of fact says little by itself, but in a header it is the column asked for
_FULL_MEANING = 12  # how many of the best links are also compared by meaning


def link(store: Store, question: Question, candidates: Sequence[Evidence]) -> tuple[Link, ...]:
    """Score all candidates; words are compared by meaning only where letters already fit well."""
    links = [_score(question, c, store.documents[c.document], None) for c in candidates]
    links.sort(key=lambda one: -one.score)
    best = [
        _score(question, one.evidence, store.documents[one.evidence.document], store.encoder)
        for one in links[:_FULL_MEANING]
    ]
    best.sort(key=lambda one: -one.score)
    return tuple(best)


def fit(one: Link) -> float:
    """A link's score without the help of its rank: what two places are compared by when asking whether they tie."""
    return one.score - WEIGHTS["rank"] * one.features["rank"]


def _score(question: Question, candidate: Evidence, document: Document, encoder: Encoder | None) -> Link:
    parts = _parts(candidate, document)
    accounts = tuple(_account(term, parts, document, encoder) for term in question.terms)
    total = sum(term.weight for term in question.terms) or 1.0
    features = {
        "coverage": sum(a.term.weight * a.strength for a in accounts) / total if accounts else 1.0,
        "subject": sum(a.term.weight * a.strength for a in accounts if a.by in ("name", "subject")) / total,
        "attribute": min(
            1.0, sum(max(t.weight, _HEADER_WORD) * literal(t, parts["attribute"]) for t in question.terms) / total
        ),
        "value": sum(t.weight * literal(t, parts["value"]) for t in question.terms) / total,
        "kind": _kind(question, candidate),
        "period": period_fit(question, candidate, document),
        "echo": _echo(question, candidate),
        "cue": float(
            bool(question.cue)
            and _bare(question.cue or "") in (_bare(candidate.name or ""), *map(_bare, candidate.attribute))
        ),
        "prose": float(question.wants in ("reason", "manner") and candidate.kind == "passage"),
        "rank": 1.0 / candidate.rank,
    }
    score = sum(WEIGHTS[name] * value for name, value in features.items())
    return Link(candidate, score, features, accounts)


def _bare(text: str) -> str:
    return searchable(text).replace(" ", "")


def _parts(candidate: Evidence, document: Document) -> dict[str, str]:
    return {
        "name": candidate.name or "",
        "subject": " ".join(candidate.subject),
        "attribute": " ".join(candidate.attribute),
        "value": candidate.value + (candidate.unit or ""),
        "around": candidate.around,
        "document": document.title,
        "context": context(document, candidate),
    }


_contexts: dict[tuple[str, str, tuple[str, ...]], str] = {}
_MOST_CONTEXTS = 20_000


def context(document: Document, candidate: Evidence) -> str:
    """The prose under the same heading: what introduces a table or a list item."""
    path = section(document, candidate.kind, candidate.table, candidate.position)
    key = (document.id, document.sha256, path)
    if key not in _contexts:
        if len(_contexts) >= _MOST_CONTEXTS:
            _contexts.clear()
        near = members(document).get(path, ())
        _contexts[key] = " ".join(document.quote(document.passages[i].span) for kind, _, i in near if kind == "passage")
    return _contexts[key]


def _account(term: Term, parts: dict[str, str], document: Document, encoder: Encoder | None) -> Explained:
    best = Explained(term, 0.0, "")
    for part, text in parts.items():
        strength = literal(term, text) * _PARTS[part]
        if strength > best.strength:
            best = Explained(term, strength, part)
    if best.strength == 0.0 and in_file_name(term, document.id):
        return Explained(term, _PARTS["document"], "document")
    if best.strength == 0.0 and encoder is not None:
        for part, text in parts.items():
            strength = by_meaning(term, text, encoder) * _PARTS[part]
            if strength > best.strength:
                best = Explained(term, strength, part)
    return best


def _kind(question: Question, candidate: Evidence) -> float:
    """1: holds the kind of thing asked for; 0: nothing can be said; -1: does not."""
    wants = question.wants
    folded = searchable(candidate.value)
    if wants not in (*_LOOSE, "reason", "place", "venue") and candidate.kind == "cell" and is_nothing(folded):
        # "-" is an answer too: under the header asked for, the document gives no value.
        return 0.9 if any(literal(t, " ".join(candidate.attribute)) for t in question.terms) else 0.2
    if wants in ("place", "venue"):
        return 0.0 if names_place(candidate.value, office=wants == "place") else -1.0
    if wants in _LOOSE:
        return -0.3 if wants and shape(candidate.value) in ("amount", "count", "nothing") else 0.0
    if wants == "reason":
        return 0.5 if _REASON.search(folded) else -1.0
    if wants in _DATES:
        dated = wants == "date" and (bool(find_periods(folded)) or shape(candidate.value) in ("year", "period"))
        return 1.0 if dated or _DATES[wants].search(folded) else -1.0
    if wants == "number":
        periods = find_periods(folded)  # a year alone counts nothing
        counted = [q for q in find_quantities(folded) if not any(p.start < q.end and q.start < p.end for p in periods)]
        return 0.5 if counted else -1.0
    units = {question.unit} if wants in ("count", "span") else grammar().kinds[wants].units
    printed = {q.unit for q in find_quantities(folded)} | {candidate.unit}
    if printed & units:
        return 1.0
    # A bare number under a header that names no unit may still be what is asked for.
    bare = shape(candidate.value) in ("amount", "count") and printed == {None}
    return 0.2 if bare else -1.0


def period_fit(question: Question, candidate: Evidence, document: Document) -> float:
    """1: speaks of a period asked for; 0: none asked, or the document as a whole does; -1: of another period."""
    if not question.periods:
        return 0.0
    header = _periods(" ".join(candidate.attribute))
    if header:
        return 1.0 if _any_same(question.periods, header) else -1.0
    own = _periods(f"{candidate.value} {candidate.name or ''}")
    if _any_same(question.periods, own) or _bare_year(question.periods, candidate):
        return 1.0
    wider = _periods(" ".join(candidate.subject) + " " + candidate.around)
    if _any_same(question.periods, wider):
        return 0.8
    if any(p.year in document.years for p in question.periods):
        if own:
            return -0.3
        return 0.9 if len(document.years) == 1 else 0.3
    return -1.0


def _periods(text: str) -> tuple[Period, ...]:
    return find_periods(searchable(text))


def _any_same(asked: tuple[Period, ...], there: tuple[Period, ...]) -> bool:
    return any(mentions_period(p, there) for p in asked)


def _bare_year(asked: tuple[Period, ...], candidate: Evidence) -> bool:
    words = f"{candidate.name or ''} {candidate.around} {' '.join(candidate.subject)} {' '.join(candidate.attribute)}".split()
    return any(str(p.year) in words for p in asked)


def _echo(question: Question, candidate: Evidence) -> float:
    """How much of a short value only repeats words of the question, in [0, 1]."""
    value = searchable(candidate.value).lower()
    if candidate.name is not None and value == searchable(candidate.name).lower() and question.wants != "thing":
        return 1.0  # the name of the row is what was asked about, not what was asked
    if not value or len(value) > 60:
        return 0.0
    if find_quantities(value) or find_periods(value):
        return 0.0  # a figure beside the words of the question is what was asked for, not an echo
    covered = sum(len(t.surface) for t in question.terms if t.surface.lower() in value)
    return min(1.0, covered / len(value))
