"""What of a text is claimed by headings, headers, cells, facts and passages, and what is left over and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.folding import searchable
from corpus.types import Fact, Leftover, Origin, Passage, Section, Span, Table
from corpus.units import is_unit_line
from corpus.values import COUNTERS, is_nothing

_UNITS = re.compile(rf"^(?:(?:{COUNTERS})\s*)+$")
_MARKUP = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.S | re.I)
_OWN = (Origin.EXPLICIT, Origin.INFERRED)
_DELIMITERS = ',;|\t"'
_WORD = re.compile(r"\S+")


def claimed(
    sections: Iterable[Section], tables: Iterable[Table], facts: Iterable[Fact], passages: Iterable[Passage]
) -> list[Span]:
    """The spans of everything that was read, in order. They do not overlap."""
    spans = [section.span for section in sections]
    spans += [fact.span for fact in facts]
    spans += [passage.span for passage in passages]
    cells: set[Span] = set()
    for table in tables:
        spans += table.header
        for row in table.rows:
            if not row.understood:
                cells.add(row.span)
            cells.update(s for cell in row.cells if cell.origin in _OWN for s in cell.spans)
    return sorted([*spans, *cells], key=_start)


def _start(span: Span) -> int:
    return span.start


def leftovers(text: str, spans: Sequence[Span], furniture: Iterable[Span]) -> tuple[Leftover, ...]:
    """The non-blank stretches of a text that no span claims, each with its kind."""
    known = sorted(furniture, key=_start)
    found: list[Leftover] = []
    at = 0
    for span in [*spans, Span(len(text), len(text) + 1)]:
        if span.start > at:
            found.extend(_between(text, at, span.start, known))
        at = max(at, span.end)
    return tuple(found)


def _between(text: str, start: int, end: int, furniture: Sequence[Span]) -> Iterable[Leftover]:
    gap = text[start:end]
    if not gap.strip():
        return
    if len(gap) == 1:  # the comma between two cells
        yield Leftover("unread" if gap.isalnum() else "mark", Span(start, end))
        return
    at = 0
    pieces: list[tuple[str, int, int]] = []
    for match in _MARKUP.finditer(gap):
        pieces.append(("", at, match.start()))
        pieces.append(("markup", match.start(), match.end()))
        at = match.end()
    pieces.append(("", at, len(gap)))
    for kind, a, b in pieces:
        if kind:
            yield Leftover(kind, Span(start + a, start + b))
            continue
        for line in re.finditer(r"[^\n]+", gap[a:b]):
            words = [m.span() for m in _WORD.finditer(line.group())]
            if words:
                span = Span(start + a + line.start() + words[0][0], start + a + line.start() + words[-1][1])
                yield Leftover(_kind(text, span, furniture), span)


def _kind(text: str, span: Span, furniture: Sequence[Span]) -> str:
    span = _without_delimiters(text, span)
    shown = searchable(text[span.start : span.end])
    if _UNITS.match(shown) or is_unit_line(shown):
        return "unit"
    if any(known.start <= span.start and span.end <= known.end for known in furniture):
        return "furniture"
    if is_nothing(shown) or not any(c.isalnum() for c in shown):
        return "mark"
    return "unread"


def _without_delimiters(text: str, span: Span) -> Span:
    """The stretch without the empty fields that stand around it in a line of a delimited file."""
    raw = text[span.start : span.end]
    bare = raw.strip(_DELIMITERS)
    start = span.start + len(raw) - len(raw.lstrip(_DELIMITERS))
    return Span(start, start + len(bare)) if bare else span
