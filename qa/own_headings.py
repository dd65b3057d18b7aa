"""What the headings right above the tables of a document are called: a table under another one is not what one of them names."""

from __future__ import annotations

from corpus import Document
from corpus.folding import searchable
from qa.lookup import letters
from qa.wording import leaf

_FEWEST = 2  # letters
_MOST_DOCUMENTS = 64
_kept: dict[tuple[str, str], frozenset[str]] = {}


def headed_otherwise(document: Document, table: int | None, wanted: str) -> bool:
    """Whether another table's own heading consists of some letters (１ 市税), and neither does one of this table's headings nor
    has the nearest or the caption them.

    Headings further out of other tables tell nothing: how deep they are is not always seen.
    """
    if table is None or len(wanted) < _FEWEST or wanted not in _headings(document):
        return False
    own = document.tables[table]
    near = letters(searchable(" ".join((*own.section[-1:], own.caption or ""))))
    return wanted not in near and all(_called(heading) != wanted for heading in own.section)


def _headings(document: Document) -> frozenset[str]:
    """The letters of the headings right above tables, kept for the documents asked last."""
    key = (document.id, document.sha256)
    if key not in _kept:
        if len(_kept) >= _MOST_DOCUMENTS:
            _kept.clear()
        _kept[key] = frozenset(_called(table.section[-1]) for table in document.tables if table.section)
    return _kept[key]


def _called(heading: str) -> str:
    """The letters of a heading without its number."""
    return letters(searchable(leaf((heading,))))
