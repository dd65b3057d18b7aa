"""What was chosen on the page → the source that opens: a citation of an answer, a row of a table, a line of a document."""

from __future__ import annotations

import re

from index import Store
from qa.web.render import no_source, source
from qa.web.session import Session
from qa.web.source import line_citation, row_citation, source_view
from qa.web.words import Words

_CITED = re.compile(r"c([0-9]{1,6})-([0-9]{1,6})")
_ROW = re.compile(r"r([0-9]{1,8}):(.+)/([^/]+)")
_LINE = re.compile(r"l([0-9]{1,8}):([0-9]{0,6}):([^/]+)/(.*)", re.S)


def opened(store: Store, session: Session, act: str, words: Words) -> str:
    """The panel for what was chosen; the empty panel where that is nothing (an answer long gone, a link made up)."""
    if match := _CITED.fullmatch(act):
        turn, number = int(match[1]), int(match[2])
        given, citation = session.answer(turn), session.citation(turn, number)
        if given and citation:
            return source(source_view(store, citation), words, turn, number, len(given.citations))
    elif match := _ROW.fullmatch(act):
        citation = row_citation(store, match[2], match[3], int(match[1]))
        if citation:
            return source(source_view(store, citation), words)
    elif match := _LINE.fullmatch(act):
        page, sheet = int(match[2]) if match[2] else None, match[4] or None
        citation = line_citation(store, match[3], int(match[1]), page, sheet)
        if citation:
            return source(source_view(store, citation), words)
    return no_source(words)
