"""Markdown → blocks: `#` headings, pipe tables, list items, paragraphs. Lines are lines of the file."""

from __future__ import annotations

import itertools
import re

from corpus.blocks import Block, Heading, Paragraph, TableLine, classify_heading
from corpus.errors import UnreadableDocument
from corpus.readers.base import Content
from corpus.readers.plain import decode, split_lines
from corpus.types import Span

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_QUOTED = re.compile(r"[^\S\n]{0,3}(?:>[^\S\n]?)+")
_ITEM = re.compile(r"^\s*(?:[-*+]|[0-9]+[.)])\s+(.*)$")
_PIPE = re.compile(r"(?<!\\)\|")


class MarkdownReader:
    """Reads .md (CommonMark headings and lists, GitHub's pipe tables)."""

    def read(self, data: bytes, name: str) -> Content:
        """See `Reader.read`."""
        text = decode(data, name)
        lines = split_lines(text)
        blocks: list[Block] = []
        after_blank, fenced, inside = True, False, False
        for line, below in itertools.zip_longest(lines, lines[1:]):
            quoted = _QUOTED.match(text, line.start, line.end)
            start = quoted.end() if quoted is not None and not fenced else line.start
            raw = text[start : line.end]
            if raw.lstrip().startswith("```"):
                fenced = not fenced
                continue
            if not raw.strip() or (_RULE.match(raw) and "-" in raw):
                after_blank = after_blank or not raw.strip()
                inside = inside and bool(raw.strip())
                continue
            opens = not fenced and below is not None and _opens_table(raw, text[below.start : below.end])
            inside = (inside or opens) and _PIPE.search(raw) is not None
            block = _block(text, start, raw, after_blank or opens, fenced, inside)
            last = blocks[-1] if blocks else None
            if isinstance(block, Paragraph) and not block.item and isinstance(last, Paragraph) and not after_blank:
                blocks[-1] = Paragraph(Span(last.span.start, block.span.end), last.item)
            else:
                blocks.append(block)
            after_blank = False
        if not blocks:
            raise UnreadableDocument(name, "文字がありません。中身を確かめてください")
        return Content(text, lines, tuple(blocks))


def _opens_table(raw: str, below: str) -> bool:
    """Whether a line is the header of a table whose rows may do without bars at their ends."""
    return bool(_PIPE.search(raw) and _PIPE.search(below) and _RULE.match(below))


def _block(text: str, start: int, raw: str, after_blank: bool, fenced: bool, inside: bool) -> Block:
    whole = Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))
    heading = None if fenced else _HEADING.match(raw)
    if heading:
        span = Span(start + heading.start(2), start + heading.end(2))
        numbered = classify_heading(text, span)
        return Heading(len(heading.group(1)), numbered.ordinal if numbered else 0, span)
    if inside or (not fenced and raw.strip().startswith("|") and len(_PIPE.findall(raw)) >= 2):
        return TableLine(_cells(start, raw), whole, after_blank)
    item = None if fenced else _ITEM.match(raw)
    if item and item.group(1):
        return Paragraph(Span(start + item.start(1), whole.end), True)
    return Paragraph(whole, False)


def _cells(start: int, raw: str) -> tuple[Span | None, ...]:
    bars = [m.start() for m in _PIPE.finditer(raw)]
    if not raw.lstrip().startswith("|"):
        bars.insert(0, -1)
    ends = bars if raw.rstrip().endswith("|") else [*bars, len(raw.rstrip())]
    cells: list[Span | None] = []
    for left, right in itertools.pairwise(ends):
        piece = raw[left + 1 : right]
        lead = len(piece) - len(piece.lstrip())
        body = piece.strip()
        cells.append(Span(start + left + 1 + lead, start + left + 1 + lead + len(body)) if body else None)
    return tuple(cells)
