"""Nothing is lost and nothing is read twice: every non-blank character has exactly one owner."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import DOCUMENTS, Document, read_document
from corpus.coverage import claimed

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "docs-sample"


def owners(document: Document) -> Counter[int]:
    spans = claimed(document.sections, document.tables, document.facts, document.passages)
    counts: Counter[int] = Counter()
    for span in [*spans, *(left.span for left in document.leftovers)]:
        counts.update(range(span.start, span.end))
    return counts


def check(document: Document) -> None:
    counts = owners(document)
    assert [
        (i, document.text[i]) for i in range(len(document.text)) if not document.text[i].isspace() and counts[i] != 1
    ] == []
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                assert cell.text is None or cell.text == "\n".join(document.quote(s) for s in cell.spans)


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda p: p.stem)
def test_shipped_documents(path: Path) -> None:
    document = read_document(path)
    check(document)
    assert [document.quote(left.span) for left in document.leftovers if left.kind == "unread"] == []


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".html", ".xlsx", ".pdf"])
def test_other_cities_documents(suffix: str) -> None:
    paths = sorted(SAMPLES.glob(f"h*{suffix}"))
    if not paths:
        pytest.skip("../shared/docs-sample is not here")
    for path in paths:
        check(read_document(path))


line = st.text(alphabet='市町あア一1①(（)）、。・-—※ \t,|<>p/"千円%', max_size=40)


@given(st.lists(line, max_size=12), st.sampled_from([".txt", ".csv", ".md", ".html"]))
@settings(max_examples=300, deadline=None)
def test_any_text_in_any_text_format(tmp_path_factory: pytest.TempPathFactory, lines: list[str], suffix: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"any{suffix}"
    path.write_text("\n".join(["頭書き", *lines]), "utf-8")
    try:
        document = read_document(path)
    except Exception as error:
        assert type(error).__name__ == "UnreadableDocument"
        return
    check(document)
