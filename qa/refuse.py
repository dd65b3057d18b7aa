"""What the documents do not say, and the nearest thing they do speak of. Never a figure."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.folding import searchable, tidy
from corpus.values import find_quantities
from index import Hit, Store
from qa.explain import TYPO, literal
from qa.file_names import place_names, spells
from qa.lookup import TextIndex, letters
from qa.offices import unknown_offices
from qa.tabular import Proposal
from qa.types import Question, Term
from qa.wording import leaf

_NEAREST = 3
_CHOICES = 4
_NAME_LIMIT = 60
_MUST_EXPLAIN = 0.8
_LOOKED_AT = 20


def refusal(store: Store, question: Question, hits: Sequence[Hit], found: Proposal | None) -> str:
    """One sentence on what is missing, and the names nearest to what was asked."""
    if found is not None and found.rivals and not found.missing:
        names = "、".join(leaf((name,)) for name in found.rivals[:_CHOICES])
        return (
            f"お尋ねに合うものが複数あり、一つに決められません: {names}。どれについてか、名前を入れてお尋ねください。"
        )
    missing = _missing(store, question, hits)
    years = [
        p.text for p in question.periods if all(p.year not in store.documents[h.entry.document].years for h in hits)
    ]
    if missing:
        first = f"「{'」「'.join(missing)}」については、この資料には記載がありません。"
    elif years and found is not None and min(found.plan.years, default=0.0) < 0:
        first = f"{'、'.join(dict.fromkeys(years))}のものは、この資料には記載がありません。"
    else:
        first = "お尋ねの条件すべてに合うものは、この資料には記載がありません。"
    near = _nearest(store, question, hits)
    return first + (f"名前が近いもの: {'、'.join(near)}。" if near else "")


def _missing(store: Store, question: Question, hits: Sequence[Hit]) -> list[str]:
    """Stretches of the question that stand nowhere among what was found, and offices that no document knows.

    Figures are left out: one may stand in a document and not among what was found.
    """
    texts = [hit.entry.text for hit in hits]
    firm = [t for t in question.terms if t.weight >= _MUST_EXPLAIN]
    files = {hit.entry.document for hit in hits}  # 沼津市 in numazu_yosan.pdf
    named = {question.terms[i]: name for i, name in place_names(question).items()}
    unknown = [
        t for t in firm
        if t.pos != "数詞" and not any(_holds(text, t) for text in texts)
        and not any(spells(f, said) for f in files for said in (t.surface, named.get(t, t.surface)))
    ]  # fmt: skip
    return list(
        dict.fromkeys((*unknown_offices(store, question), *_stretches(question.folded, question.terms, unknown)))
    )


def _holds(text: str, term: Term) -> bool:
    """Whether a text holds a word, also in another spelling or as administrations write it; a slip may be another word."""
    return letters(term.surface) in letters(text) or literal(term, text) > TYPO


def _stretches(folded: str, terms: Sequence[Term], telling: Sequence[Term]) -> list[str]:
    """Neighbouring words as one stretch of the question (販売, 価格 → 販売価格), where a telling one is among them."""
    stretches: list[tuple[int, int]] = []
    for term in sorted(terms, key=lambda t: t.start):
        if stretches and term.start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], term.end)
        else:
            stretches.append((term.start, term.end))
    return [folded[a:b] for a, b in stretches if any(a <= term.start < b for term in telling)]


def _nearest(store: Store, question: Question, hits: Sequence[Hit]) -> list[str]:
    """Names of rows and headings among the hits that share a word with the question, without figures."""
    found: dict[str, int] = {}
    for hit in hits[:_LOOKED_AT]:
        document = store.documents[hit.entry.document]
        if hit.entry.kind == "row" and hit.entry.table is not None:
            row = document.tables[hit.entry.table].rows[hit.entry.position]
            key = document.tables[hit.entry.table].key
            named = [tidy(row.cells[key].text or "")] if row.understood else []
            path = row.section
        elif hit.entry.kind == "fact":
            named, path = [], document.facts[hit.entry.position].subject
        else:
            named, path = [], document.passages[hit.entry.position].section
        for name in (*named, *(leaf((part,)).rstrip("。") for part in reversed(path))):
            if name and len(name) <= _NAME_LIMIT and not find_quantities(searchable(name)):
                found.setdefault(name, len(found))
    names = list(found)
    index = TextIndex(names or [""])
    shared: dict[int, float] = {}
    for term in question.terms:
        for i, how in index.find(term).items():
            shared[i] = shared.get(i, 0.0) + how * term.weight
    best = sorted((i for i in shared if shared[i] >= _MUST_EXPLAIN and i < len(names)), key=lambda i: (-shared[i], i))
    return [names[i] for i in best[:_NEAREST]]


def lacks_context() -> str:
    """What is said to a question that only means something after another one."""
    return "何についてのお尋ねか分かりません。事業や項目の名前を入れてお尋ねください。"
