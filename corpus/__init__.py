"""corpus: documents in, exact cells and passages out.

Hand it a file and get a `Document`: its text exactly as read, its headings, tables, facts and passages, each with the
place it stands at. Everything above (search, answers, evaluation) speaks in these values; nothing above opens a file.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from corpus.errors import BadSources, TashikaError, UnknownDocument, UnreadableDocument
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

if TYPE_CHECKING:
    from corpus.read import read_document

_WHEN_ASKED_FOR = {"read_document": "corpus.read"}

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


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """What a question does not need, imported when it is asked for."""
        if name not in _WHEN_ASKED_FOR:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_WHEN_ASKED_FOR[name]), name)
