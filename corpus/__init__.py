"""corpus: documents in, exact cells and passages out.

Hand it a file and get a `Document`: its text exactly as read, its headings, tables, facts and passages, each with the
place it stands at. Everything above (search, answers, evaluation) speaks in these values; nothing above opens a file.
"""

from corpus.errors import BadSources, TashikaError, UnknownDocument, UnreadableDocument
from corpus.read import read_document
from corpus.sources import DOCUMENTS, Corpus, find_document, load_corpus
from corpus.types import (
    Cell,
    Column,
    Document,
    Fact,
    Line,
    Origin,
    Passage,
    Place,
    Row,
    Section,
    Span,
    Table,
    TotalCheck,
)

__all__ = [
    "DOCUMENTS",
    "BadSources",
    "Cell",
    "Column",
    "Corpus",
    "Document",
    "Fact",
    "Line",
    "Origin",
    "Passage",
    "Place",
    "Row",
    "Section",
    "Span",
    "Table",
    "TashikaError",
    "TotalCheck",
    "UnknownDocument",
    "UnreadableDocument",
    "find_document",
    "load_corpus",
    "read_document",
]
