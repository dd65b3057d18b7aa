"""Evidence → citations: verbatim, where it stands, on the fewest lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa.cite import cite
from qa.framing import fact_frame, table_frame
from qa.prose_candidates import candidate_at
from qa.types import Citation, Evidence


def everything(store: Store) -> list[Evidence]:
    """Every filled cell, labelled figure and sentence of a store's documents, as evidence."""
    found: list[Evidence] = []
    for document in store.documents.values():
        facts = fact_frame(document)
        for frame in (*(table_frame(document, i) for i in range(len(document.tables))), *((facts,) if facts else ())):
            for row in range(len(frame)):
                for column in frame.columns:
                    if column.place is not None and (frame.cells[row][column.index] or "").strip():
                        found.append(frame.evidence(row, column.index))
        found.extend(candidate_at(document, i, 1).evidence for i in range(len(document.passages)))
    return list(dict.fromkeys(found))  # tables of the same columns share one frame


@pytest.fixture(scope="module")
def cited(store: Store, town: Store) -> list[tuple[Evidence, tuple[Citation, ...]]]:
    return [(one, cite(where, one)) for where in (store, town) for one in everything(where)]


def test_there_is_much_to_cite(cited: list[tuple[Evidence, tuple[Citation, ...]]]) -> None:
    assert len(cited) > 500
    assert {one.kind for one, _ in cited} >= {"cell", "fact", "passage"}


def test_every_citation_stands(
    cited: list[tuple[Evidence, tuple[Citation, ...]]], stands: Callable[[Citation], bool]
) -> None:
    for one, citations in cited:
        assert citations, one
        assert [c for c in citations if not stands(c)] == []


def test_a_citation_spans_the_fewest_lines(cited: list[tuple[Evidence, tuple[Citation, ...]]]) -> None:
    for _, citations in cited:
        for c in citations:
            assert c.line_end - c.line_start == c.quote.count("\n")


def test_citations_together_hold_the_value(cited: list[tuple[Evidence, tuple[Citation, ...]]]) -> None:
    for one, citations in cited:
        quoted = "".join("".join(c.quote.split()) for c in citations)
        assert "".join(one.value.split()) in quoted


def test_a_cell_is_cited_with_its_row_column_and_headings(town: Store) -> None:
    (found,) = (
        e for e in everything(town) if e.name == "伝統織物体験工房" and e.attribute == ("R5 当初予算額 (千円)",)
    )
    (citation,) = cite(town, found)
    assert (citation.document, citation.line_start, citation.line_end) == ("shirane-bunka-r4r5", 17, 17)
    assert (citation.heading, citation.row) == (("2 担い手づくり",), "伝統織物体験工房")
    assert (citation.column, citation.quote) == (("R5 当初予算額 (千円)",), "4,118")
    assert (citation.page, citation.sheet) == (None, None)
    assert citation.title == town.documents[citation.document].title


def test_a_merged_cell_is_cited_where_it_is_printed_and_with_its_row(town: Store) -> None:
    (found,) = (e for e in everything(town) if e.name == "こども能楽教室" and e.attribute == ("担当課",))
    places = {(c.line_start, c.quote) for c in cite(town, found)}
    assert places == {(6, "文化課"), (8, "こども能楽教室")}


def test_a_fact_is_cited_with_label_and_figure(town: Store) -> None:
    (found,) = (e for e in everything(town) if e.kind == "fact" and e.value == "3,219 千円")
    (citation,) = cite(town, found)
    assert (citation.line_start, citation.quote, citation.column) == (18, "決算額 3,219 千円", ("決算額",))
    assert citation.heading[-1] == "(2) 姉妹都市交流"
