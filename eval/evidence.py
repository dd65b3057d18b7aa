"""Is the right row or sentence among the first few found? By search alone, and with the rows that tables are planned on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus import Document, Span
from eval.gold import GoldDialogue, GoldQuestion
from index import Store
from qa.restate import in_known_words
from qa.retrieve import evidence, retrieve
from qa.types import UnaskableQuestion
from qa.understand import understand

FIRST = 5
Where = tuple[str, str, int | None, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Shares of answerable questions, in [0, 1], with a line of their evidence among the first `FIRST` places."""

    count: int
    shares: dict[str, float] = field(hash=False)


def evidence_of(store: Store, gold: Iterable[GoldDialogue]) -> Evidence:
    """Measure the single questions of a gold set; follow-ups are not searched for as they stand."""
    asked = [d.turns[0] for d in gold if len(d.turns) == 1 and d.turns[0].citations]
    asked = [one for one in asked if one.expected == "answer"]
    held: dict[str, list[bool]] = {"search": [], "with planned rows": []}
    for one in asked:
        try:
            question = understand(in_known_words(store, one.question))
        except UnaskableQuestion:
            continue
        hits = [(h.entry.document, h.entry.kind, h.entry.table, h.entry.position) for h in retrieve(store, question)]
        held["search"].append(_holds(store, one, hits))
        held["with planned rows"].append(_holds(store, one, evidence(store, question)))
    return Evidence(len(asked), {name: sum(found) / len(found) if found else 0.0 for name, found in held.items()})


def _holds(store: Store, gold: GoldQuestion, places: Sequence[Where]) -> bool:
    for document_id, kind, table, position in places[:FIRST]:
        document = store.documents[document_id]
        place = document.place(_span(document, kind, table, position))
        if any(c.document == document_id and place.line_start <= c.line <= place.line_end for c in gold.citations):
            return True
    return False


def _span(document: Document, kind: str, table: int | None, position: int) -> Span:
    if table is not None:
        return document.tables[table].rows[position].span
    return document.facts[position].span if kind == "fact" else document.passages[position].span
