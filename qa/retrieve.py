"""Hits → evidence: every cell, fact and sentence that might be the answer, with what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from corpus import Document, Row, Table
from corpus.align import shape
from corpus.folding import tidy
from index import Hit, Store, search
from qa.types import Evidence, Question

DEPTH = 40
BESIDE = 10  # how many hits bring along what stands under the same heading
SMALL_SECTION = 40  # a heading with more under it than this is a whole table, not a neighbourhood


def retrieve(store: Store, question: Question) -> tuple[Hit, ...]:
    """The rows, facts and sentences nearest to the question."""
    return search(store, question.folded, DEPTH)


def evidence(store: Store, hits: Iterable[Hit]) -> tuple[Evidence, ...]:
    """All that the hits hold, in order of rank, and what stands beside them under the same heading.

    What a heading's paragraph introduces, its list items and small tables hold: the figure often stands one line
    below the sentence with the words that were asked for.
    """
    found: list[Evidence] = []
    seen: set[tuple[str, str, int | None, int]] = set()
    beside: dict[tuple[str, tuple[str, ...], int], None] = {}  # in order, each once
    for hit in hits:
        document = store.documents[hit.entry.document]
        found.extend(_evidence(document, hit.entry.kind, hit.entry.table, hit.entry.position, hit.rank, seen))
        if hit.rank <= BESIDE:
            path = section(document, hit.entry.kind, hit.entry.table, hit.entry.position)
            beside[(document.id, path, hit.rank)] = None
    for name, path, rank in beside:
        for kind, table, position in members(store.documents[name]).get(path, ()):
            found.extend(_evidence(store.documents[name], kind, table, position, rank + 1, seen))
    return tuple(found)


_members: dict[str, dict[tuple[str, ...], list[tuple[str, int | None, int]]]] = {}


def members(document: Document) -> dict[tuple[str, ...], list[tuple[str, int | None, int]]]:
    """By heading path: the passages, facts and table rows right under it, for headings with few enough of them."""
    key = f"{document.id} {document.sha256}"
    if key not in _members:
        by_path: dict[tuple[str, ...], list[tuple[str, int | None, int]]] = {}
        for i, passage in enumerate(document.passages):
            by_path.setdefault(passage.section, []).append(("passage", None, i))
        for i, fact in enumerate(document.facts):
            by_path.setdefault(fact.subject, []).append(("fact", None, i))
        for t, table in enumerate(document.tables):
            for row in table.rows:
                by_path.setdefault(row.section, []).append(("row", t, row.index))
        _members[key] = {path: found for path, found in by_path.items() if path and len(found) <= SMALL_SECTION}
    return _members[key]


def section(document: Document, kind: str, table: int | None, position: int) -> tuple[str, ...]:
    """The heading path that a row, fact or passage stands under."""
    if table is not None:
        return document.tables[table].rows[position].section
    if kind == "fact":
        return document.facts[position].subject
    return document.passages[position].section


def _evidence(
    document: Document,
    kind: str,
    table: int | None,
    position: int,
    rank: int,
    seen: set[tuple[str, str, int | None, int]],
) -> Iterable[Evidence]:
    if (document.id, kind, table, position) in seen:
        return
    seen.add((document.id, kind, table, position))
    if table is not None:
        yield from _row_evidence(document, table, position, rank)
    elif kind == "fact":
        fact = document.facts[position]
        yield Evidence(
            document.id, "fact", None, position, None, fact.subject, fact.subject[-1], (fact.attribute,), fact.text,
            None, "", rank,
        )  # fmt: skip
    else:
        passage = document.passages[position]
        yield Evidence(
            document.id, "passage", None, position, None, passage.section, None, (), document.quote(passage.span),
            None, "", rank,
        )  # fmt: skip


def row_name(table: Table, row: Row) -> str | None:
    """What a row is called: the cell of the key column when it is a label, not a figure."""
    if not row.understood:
        return None
    text = row.cells[table.key].text
    return tidy(text) if text and shape(text) in ("word", "phrase", "text", "year", "period") else None


def _row_evidence(document: Document, number: int, position: int, rank: int) -> Iterable[Evidence]:
    table = document.tables[number]
    row = table.rows[position]
    name = row_name(table, row)
    if not row.understood:
        whole = tidy(document.quote(row.span))
        yield Evidence(document.id, "row", number, row.index, None, row.section, None, (), whole, None, "", rank)
        return
    caption = (tidy(table.caption),) if table.caption else ()
    groups = tuple(tidy(cell.text) for cell in row.cells[: table.key] if cell.text)
    for column, cell in zip(table.columns, row.cells, strict=True):
        if cell.text is None or not cell.text.strip():
            continue
        rest = [c for c in row.cells if c.text and c.column != cell.column]
        around = " ".join(tidy(c.text or "") for c in rest if c.column != table.key)
        others = tuple(table.columns[c.column].path[-1] for c in rest if table.columns[c.column].path)
        yield Evidence(
            document.id, "cell", number, row.index, cell.column, (*row.section, *caption, *groups), name,
            column.path, cell.text, cell.unit, around, rank, others,
        )  # fmt: skip
