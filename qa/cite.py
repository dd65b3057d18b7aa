"""Evidence → citations: the fewest lines that hold it, with a verbatim quote."""

from __future__ import annotations

from corpus import Document, Span
from corpus.folding import tidy
from index import Store
from qa.refs import groups_of_row
from qa.types import Citation, Evidence


def cite(store: Store, evidence: Evidence) -> tuple[Citation, ...]:
    """One citation for each piece of the evidence; a filled cell is cited where it is printed, with its row's name."""
    document = store.documents[evidence.document]
    if evidence.kind == "fact":
        fact = document.facts[evidence.position]
        return (_citation(document, fact.span, fact.subject, None, (fact.attribute,)),)
    if evidence.kind == "passage":
        passages = [document.passages[position] for position in (*evidence.also, evidence.position)]
        return tuple(_citation(document, one.span, one.section, None, ()) for one in passages)
    if evidence.kind == "heading":
        section = document.sections[evidence.position]
        return (_citation(document, section.span, section.path[:-1], None, ()),)
    assert evidence.table is not None
    table = document.tables[evidence.table]
    row = table.rows[evidence.position]
    if evidence.column is None:
        return (_citation(document, row.span, row.section, None, ()),)
    cell = row.cells[evidence.column]
    path = table.columns[evidence.column].path
    spans = list(cell.spans)
    if not any(row.span.start <= span.start < row.span.end for span in spans):
        spans += [span for span in row.cells[table.key].spans if span not in spans] or [row.span]
    name = evidence.name or next(reversed(groups_of_row(table, row)), None)  # a group's own row leaves the key blank
    return tuple(_citation(document, span, row.section, name, path) for span in spans)


def _citation(
    document: Document, span: Span, heading: tuple[str, ...], row: str | None, column: tuple[str, ...]
) -> Citation:
    place = document.place(span)
    return Citation(
        document.id, document.title, place.line_start, place.line_end, place.page, place.sheet,
        tuple(tidy(h) for h in heading), row, column, document.quote(span),
    )  # fmt: skip
