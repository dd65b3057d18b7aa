"""What the first lines of a document say of the whole of it: its issue, its date, its meeting, who puts it out.

The words of a question that only stand there (12月定例会, 議会だより) say which document is meant, not which sentence of it.
"""

from __future__ import annotations

import re

from corpus import Document
from corpus.folding import searchable
from corpus.values import find_periods

_LINES = 14
_LETTERS = 300
_NUMBERED = re.compile(r"第\s?[0-9]+\s?[回号期]")
_MOST_KEPT = 256
_kept: dict[tuple[str, str], str] = {}


def masthead(document: Document) -> str:
    """The title, the lines above the first heading that are no sentences, and first headings that name a time or an issue."""
    key = (document.id, document.sha256)
    if key not in _kept:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key] = f"{document.title} {' '.join(_lines(document))}"[:_LETTERS].strip()
    return _kept[key]


def _lines(document: Document) -> list[str]:
    end = document.lines[min(_LINES, len(document.lines)) - 1].end if document.lines else 0
    first = min(
        (one.span.start for one in document.sections), default=end
    )  # below, lines say something of their heading
    told = [
        (one.span.start, document.quote(one.span))
        for one in document.passages
        if one.span.start < min(first, end) and one.kind == "sentence"
    ]
    told = [(start, text) for start, text in told if not text.rstrip().endswith("。")]
    told += [
        (one.span.start, one.path[-1])
        for one in document.sections
        if one.span.start < end and _names_an_issue(searchable(one.path[-1]))
    ]
    return [text for _, text in sorted(told)]


def _names_an_issue(heading: str) -> bool:
    return bool(find_periods(heading) or _NUMBERED.search(heading))
