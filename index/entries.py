"""A document → the entries that are searched: a row, a fact or a passage each, with the words around it.

What is searched is richer than what is quoted: a row is found by its headings, its groups, its headers and its cells,
a sentence by its heading path. Plain text in reading order, no markup (NTCIR-18 U4: cell text beats HTML and Markdown).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from corpus import Document, Row, Span, Table
from corpus.folding import tidy


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found.

    `kind` is row, fact or passage; `table` (rows only) and `position` are places in the document's tuples. `id` comes
    from the document's id and the words, so it survives a move inside the document. `text` is what is searched.
    """

    id: str
    document: str
    kind: str
    table: int | None
    position: int
    text: str


def document_entries(document: Document) -> tuple[Entry, ...]:
    """All entries of a document: table rows, facts, passages."""
    found: list[tuple[str, int | None, int, str]] = []
    for t, table in enumerate(document.tables):
        found += [("row", t, r, row_text(document, table, row)) for r, row in enumerate(table.rows)]
    for f, fact in enumerate(document.facts):
        found.append(("fact", None, f, join(*fact.subject, fact.attribute, tidy(fact.text))))
    for p, passage in enumerate(document.passages):
        found.append(("passage", None, p, join(*passage.section, tidy(document.quote(passage.span)))))
    seen: dict[str, int] = {}
    entries = []
    for kind, t_index, position, text in found:
        again = seen[text] = seen.get(text, -1) + 1
        digest = hashlib.sha256(f"{document.id}\n{kind}\n{text}\n{again}".encode()).hexdigest()[:16]
        entries.append(Entry(digest, document.id, kind, t_index, position, text))
    return tuple(entries)


def entry_span(document: Document, entry: Entry) -> Span:
    """Where an entry stands in its document."""
    if entry.table is not None:
        return document.tables[entry.table].rows[entry.position].span
    if entry.kind == "fact":
        return document.facts[entry.position].span
    return document.passages[entry.position].span


def row_text(document: Document, table: Table, row: Row) -> str:
    """What a row is searched by: heading path, caption, and each filled cell after its header."""
    parts = [*row.section, tidy(table.caption or "")]
    if not row.understood:
        return join(*parts, tidy(document.quote(row.span)))
    for column, cell in zip(table.columns, row.cells, strict=True):
        if cell.text:
            parts.append(join(column.label, tidy(cell.text) + (cell.unit or "")))
    return join(*parts)


def join(*parts: str) -> str:
    """The parts that are not empty, one after another, without repeating a part."""
    return " ".join(dict.fromkeys(part for part in parts if part))
