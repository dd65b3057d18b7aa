"""Answers from several figures or names within one text: a cell, a sentence, a list item; found, read, and reckoned with.

Each text near the question is read into its parts (`qa/parts.py`); what the question asks of them is worked out
(`qa/parts_asked.py`, `qa/parts_reckon.py`). A word of the question that stands only in the label of a part that was not used counts as explained
by nothing: it speaks of another figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from msgspec.structs import replace as changed

from corpus import Document
from corpus.folding import searchable
from index import Hit, Store
from qa.explain import literal
from qa.frames import Frame
from qa.framing import table_frame
from qa.money import exact
from qa.parts import DATE, Names, Part, dates, named, parts, spelled
from qa.parts_asked import Chosen, Wish, wish
from qa.parts_reckon import chosen
from qa.prose_candidates import Candidate, candidate_at, candidates
from qa.prose_cells import cell_candidate, row_of
from qa.prose_features import PLACES, Asked, Compared, compare, prepare
from qa.prose_lists import group
from qa.prose_rank import ProseAnswer
from qa.types import Evidence, Explained, Question, Term, Value
from qa.wording import attribute_phrase, leaf

_ROWS = 10
_SENTENCES = 30
_COMPARED = 12  # so many are compared with the question in full
_MOST = 8
_OUTSIDE = ("lead", "matter", "before", "opener", "after", "earlier")
_ASKED = re.compile(r"(?:か|[?？])[。\s]*(?:[（(][^（()）]*[）)])?\s*$")
_NEIGHBOUR = 0.5  # beside a line of figures stands mostly another line of figures: what it says is not said of this one
_OVER_ITEMS = frozenset({"maximum", "minimum", "sum", "average", "difference"})
_FEWEST_ITEMS = 2
_SHORT_HEADER = 20
_MARKED = re.compile(r"([①-⑳])\s*([^①-⑳]+)")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with its parts; `beside` are other cells whose marks (①) say what the parts are."""

    candidate: Candidate
    evidence: Evidence
    parts: tuple[Part, ...]
    names: tuple[Names, ...]
    beside: tuple[Evidence, ...] = ()

    @property
    def folded(self) -> str:
        """The text in which the parts have their places; "" where they are of several."""
        return spelled(self.candidate.text) if self.evidence.value == self.candidate.text else ""

    @property
    def about(self) -> str:
        """What the whole text is about: headings, row and header."""
        return " ".join((*self.candidate.heading, self.candidate.lead, self.candidate.title))


def answers_within(store: Store, question: Question, hits: Sequence[Hit]) -> tuple[ProseAnswer, ...]:
    """What the parts of the texts near a question come to, the likeliest first; none where it asks nothing of parts."""
    asked = wish(question)
    if asked is None:
        return ()
    sentences = candidates(store, hits)[:_SENTENCES]
    texts = [*_cells(store, hits, asked), *_sentences(sentences, asked)]
    if set(asked.acts) & _OVER_ITEMS:
        texts += _lists(store, sentences, asked)
    made = [(text, one) for text in texts for one in chosen(asked, text.parts, text.names, text.about, text.folded)]
    if not made:
        return ()
    made = sorted(made, key=lambda pair: -_at_a_glance(pair[0], pair[1], asked))[:_COMPARED]
    ready = prepare(replace(asked.question, terms=asked.terms), [text.candidate for text, _ in made])
    compared = [compare(ready, text.candidate) for text, _ in made]
    accounts = _told_apart(
        made, [[_account(a, o, t) for a in c.accounts] for (t, o), c in zip(made, compared, strict=True)]
    )
    answers = [_answer(ready, asked, *pair, c, a) for pair, c, a in zip(made, compared, accounts, strict=True)]
    return tuple(sorted(answers, key=lambda a: -a.probability))[:_MOST]


def _at_a_glance(text: _Text, one: Chosen, asked: Wish) -> float:
    """How much of the question a text explains, by its letters alone."""
    about = f"{text.about} {text.candidate.text} {text.candidate.after}"
    return sum(t.weight for t in asked.terms if t not in one.strange and (t in one.named or literal(t, about)))


def _read(asked: Wish, text: str, unit: str | None = None) -> tuple[Part, ...]:
    return dates(text) if "when" in asked.acts else parts(text, unit)


def _cells(store: Store, hits: Sequence[Hit], asked: Wish) -> Iterator[_Text]:
    rows = [hit for hit in hits if hit.entry.kind == "row" and hit.entry.table is not None][:_ROWS]
    for order, hit in enumerate(rows, 1):
        document = store.documents[hit.entry.document]
        assert hit.entry.table is not None
        frame = table_frame(document, hit.entry.table)
        row = row_of(frame, hit)
        if row is not None:
            yield from _of_row(document, frame, row, hit, order, asked)


def _of_row(document: Document, frame: Frame, row: int, hit: Hit, order: int, asked: Wish) -> Iterator[_Text]:
    cells = frame.cells[row]
    for column in frame.columns:
        text = cells[column.index] or ""
        if column.role != "data":
            continue
        evidence = frame.evidence(row, column.index)
        found, beside = _marked(frame, row, column.index, _read(asked, text, evidence.unit))
        rows = named(text)
        if len(found) > 1 or rows:
            yield _Text(cell_candidate(document, frame, row, column.index, hit, order), evidence, found, rows, beside)


def _marked(
    frame: Frame, row: int, column: int, found: tuple[Part, ...]
) -> tuple[tuple[Part, ...], tuple[Evidence, ...]]:
    """Figures under ①, ②, … with the labels that another cell of the row gives for the same marks."""
    marks = [p.mark for p in found]
    if len(found) < 2 or "" in marks or len(set(marks)) < len(marks) or any(p.label for p in found):
        return found, ()
    for other in frame.columns:
        text = frame.cells[row][other.index] or ""
        if other.index == column:
            continue
        told = {m[1]: m[2].strip(" 、。") for m in _MARKED.finditer(searchable(text))}
        if set(marks) <= set(told) and all(re.search(r"[一-龥ァ-ヴ]{2}", told[mark]) for mark in marks):
            labels = tuple(replace(p, label=told[p.mark]) for p in found)
            return labels, (frame.evidence(row, other.index),)
    return found, ()


def _sentences(sentences: Sequence[Candidate], asked: Wish) -> Iterator[_Text]:
    for one in sentences:
        found, rows = _read(asked, one.text), named(one.text)
        if len(found) > 1 or rows:
            yield _Text(one, one.evidence, found, rows)


def _lists(store: Store, sentences: Sequence[Candidate], asked: Wish) -> Iterator[_Text]:
    """The lists near a question whose items each tell one figure of the unit asked for, as one text: ・北館 12人 ・南館 9人."""
    seen: set[tuple[str, int]] = set()
    for one in sentences:
        document = store.documents[one.document]
        places = group(document, one.position)
        if len(places) < _FEWEST_ITEMS or (one.document, places[0]) in seen:
            continue
        seen.add((one.document, places[0]))
        items = [candidate_at(document, place, one.rank, one.score, one.parts) for place in places]
        found = [part for part in (_of_item(item.text, asked) for item in items) if part is not None]
        if len(found) == len(items) and len({part.label for part in found}) == len(found):
            whole = changed(items[0], text="、".join(item.text for item in items), before="", after="")
            yield _Text(whole, items[-1].evidence, tuple(found), (), tuple(item.evidence for item in items[:-1]))


def _of_item(text: str, asked: Wish) -> Part | None:
    """The one figure of the unit asked for that a list item tells, under what stands before it; None without one."""
    told = [p for p in parts(text) if p.inside is None and (asked.units is None or p.unit in asked.units)]
    if len(told) != 1 or not told[0].label:
        return None
    return replace(told[0], label=" ".join(w for w in (told[0].head, told[0].label) if w), head="", mark="")


def _told_apart(
    made: Sequence[tuple[_Text, Chosen]], accounts: Sequence[Sequence[Explained]]
) -> list[tuple[Explained, ...]]:
    """A word that one line under a heading says itself tells it from its neighbours: there it is not said.

    Of 申請件数 and 発行件数 in two lines below one introduction that names both, each line is only about its own.
    """
    own: dict[tuple[str, ...], set[Term]] = {}
    for (text, _), told in zip(made, accounts, strict=True):
        own.setdefault(text.candidate.heading, set()).update(a.term for a in told if a.by == "sentence")
    return [
        tuple(
            Explained(a.term, 0.0, "") if a.by in _OUTSIDE and a.term in own[text.candidate.heading] else a
            for a in told
        )
        for (text, _), told in zip(made, accounts, strict=True)
    ]


def _answer(
    ready: Asked, asked: Wish, text: _Text, one: Chosen, compared: Compared, accounts: tuple[Explained, ...]
) -> ProseAnswer:
    total = sum(ready.shares) or 1.0
    covered = sum(s * a.strength for s, a in zip(ready.shares, accounts, strict=True)) / total
    fit = 1.0 if asked.units is not None or one.kind in ("count", "list") else 0.8
    own = covered * (0.4 + 0.3 * one.clear + 0.3 * one.label) * fit
    evidence = tuple(dict.fromkeys((*text.beside, text.evidence)))
    features = compared.features | {
        "kind": 1.0 if fit == 1.0 else 0.0,
        "kind_clear": one.clear,
        "label": one.label,
        "named": sum(t.weight for t in one.named) / (sum(t.weight for t in asked.terms) or 1.0),
        "strange": sum(t.weight for t in one.strange),
        "carried": float(
            any(p.unit not in (None, DATE) and not searchable(p.text).endswith(p.unit or "") for p in one.parts)
        ),
        "parts": min(1.0, len(text.parts) / 10),
    }
    value = Value(exact(one.value) if one.value is not None else None, one.unit, one.shown)
    return ProseAnswer(
        evidence, accounts, own, features, one.calculation, (value,), f"{_subject(text.evidence, one)}{one.said}",
        one.kind,
    )  # fmt: skip


def _account(account: Explained, one: Chosen, text: _Text) -> Explained:
    """How a term is explained when just these parts are used."""
    term: Term = account.term
    if term in one.named or term in one.counted:
        return Explained(term, 1.0, "sentence")
    if account.by in ("before", "after", "earlier") and text.evidence.kind == "passage":
        return changed(account, strength=account.strength * _NEIGHBOUR)
    if term in one.strange and account.by == "sentence":
        around = literal(term, text.about) * PLACES["heading"]
        return Explained(term, around, "heading" if around else "")
    return account


def _subject(evidence: Evidence, one: Chosen) -> str:
    """What the text is about, as a sentence begins with it: its row and header, or its heading."""
    name = evidence.name or leaf(evidence.subject)
    header = attribute_phrase(evidence) if evidence.attribute else ""
    header = header if len(header) <= _SHORT_HEADER else ""
    about = "の".join(w for w in (name, header) if w)
    # The question of a member above the reply to it, who speaks, and the name of a file say nothing of it.
    other = _ASKED.search(about) is not None or about[:1] in "○◯〇◎◆" or "_" in name
    return f"{about}では、" if about and not other and name not in one.said else ""
