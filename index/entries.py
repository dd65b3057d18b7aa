"""A document → the entries that are searched: a row, a fact or a passage each, with the words around it.

What is searched is richer than what is quoted: a row is found by its headings, its groups, its headers and its cells,
a sentence by its heading path. Plain text in reading order, no markup (NTCIR-18 U4: cell text beats HTML and Markdown).
What is embedded is less: one vector has to tell a row from its neighbours, and the headers, caption and outer headings
that all of them share would draw them together.
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
    from the document's id and the words, so it survives a move inside the document. `text` is what is searched by
    words, `gist` what is embedded.
    """

    id: str
    document: str
    kind: str
    table: int | None
    position: int
    text: str
    gist: str


def document_entries(document: Document) -> tuple[Entry, ...]:
    """All entries of a document: table rows, facts, passages."""
    found: list[tuple[str, int | None, int, str, str]] = []
    for t, table in enumerate(document.tables):
        for r, row in enumerate(table.rows):
            found.append(("row", t, r, row_text(document, table, row), row_gist(document, row)))
    for f, fact in enumerate(document.facts):
        gist = join(*fact.subject[-1:], fact.attribute)
        found.append(("fact", None, f, join(*fact.subject, fact.attribute, tidy(fact.text)), gist))
    for p, passage in enumerate(document.passages):
        quote = tidy(document.quote(passage.span))
        found.append(("passage", None, p, join(*passage.section, quote), join(*passage.section[-1:], quote)))
    seen: dict[str, int] = {}
    entries = []
    for kind, t_index, position, text, gist in found:
        again = seen[text] = seen.get(text, -1) + 1
        digest = hashlib.sha256(f"{document.id}\n{kind}\n{text}\n{again}".encode()).hexdigest()[:16]
        entries.append(Entry(digest, document.id, kind, t_index, position, text, gist))
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


def row_gist(document: Document, row: Row) -> str:
    """What a row is embedded as: the heading right above it and its filled cells, without their headers."""
    if not row.understood:
        return join(*row.section[-1:], tidy(document.quote(row.span)))
    return join(*row.section[-1:], *(tidy(cell.text) for cell in row.cells if cell.text))


def join(*parts: str) -> str:
    """The parts that are not empty, one after another, without repeating a part."""
    return " ".join(dict.fromkeys(part for part in parts if part))
