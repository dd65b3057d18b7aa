"""What every change has to beat: quote the line that word-level BM25 puts first, whatever was asked."""

from __future__ import annotations

from corpus.folding import tidy
from index import Store
from index.entries import entry_span
from qa import Answer, Citation

NAME = "BM25 の先頭行を引用"


def quote_best_line(text: str, store: Store) -> Answer:
    """An answer that is nothing but the best-scoring row or sentence."""
    found = store.words.top(text, 1)
    citations: tuple[Citation, ...] = ()
    said = ""
    if found:
        entry = store.entries[found[0][0]]
        document = store.documents[entry.document]
        span = entry_span(document, entry)
        place = document.place(span)
        said = tidy(document.quote(span))
        citations = (
            Citation(
                document.id, document.title, place.line_start, place.line_end, place.page, place.sheet, (), None, (),
                document.quote(span),
            ),
        )  # fmt: skip
    return Answer(
        "", 0, text, text, bool(found), "passage", said, (), None, citations, 0.0, store.manifest.fingerprint, 0.0
    )
