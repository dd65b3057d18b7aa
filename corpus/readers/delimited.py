"""Comma- and semicolon-separated text (RFC 4180 and its everyday relatives) → table lines with the place of every cell.

The standard csv module gives no places, so records are walked here; what counts as a record is the same.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from corpus.blocks import Block, TableLine, beside_table, lone_line
from corpus.errors import UnreadableDocument
from corpus.readers.base import Content
from corpus.readers.plain import decode, split_lines
from corpus.types import Span

DELIMITERS = (",", "\t", ";", "|")
_SAMPLE, _SAMPLE_LETTERS = 200, 50_000
_HEAD = re.compile(r"^-?[0-9]{1,3}$")
_TAIL = re.compile(r"^[0-9]{3}(?:\.[0-9]+)?$")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its place without quotes and blanks (None when empty), and whether it was quoted."""

    span: Span | None
    quoted: bool


class DelimitedReader:
    """Reads .csv whatever its encoding and delimiter."""

    def read(self, data: bytes, name: str) -> Content:
        """See `Reader.read`."""
        text = decode(data, name)
        delimiter = detect_delimiter(text)
        records = list(split_records(text, delimiter))
        if not records:
            raise UnreadableDocument(name, "行がありません。中身を確かめてください")
        width = Counter(len(r) for r in records if len(r) > 1).most_common(1)
        blocks: list[Block] = []
        first = True
        for record in records:
            spans = [field.span for field in record if field.span]
            if not spans:
                first = True
                continue
            whole = Span(spans[0].start, spans[-1].end)
            # Alone at the right end above a table stands its date, unit or author; elsewhere a label over columns.
            aside = record[0].span or (first and record[-1].span)
            if len(spans) == 1 and (not width or len(record) < width[0][0] or aside):
                # A note, a heading and a title may stand below each other in one field.
                blocks.extend(lone_line(text[s.start : s.end], s) for s in _lines_of(text, whole))
                first = True
                continue
            if beside_table([text[s.start : s.end] for s in spans], len(record)):
                blocks.extend(lone_line(text[s.start : s.end], s) for s in spans)
                first = True
                continue
            cells = (
                rejoin_thousands(text, record, width[0][0] if width else len(record)) if delimiter == "," else record
            )
            blocks.append(TableLine(tuple(field.span for field in cells), whole, first))
            first = False
        return Content(text, split_lines(text), tuple(blocks))


def _lines_of(text: str, whole: Span) -> list[Span]:
    """The lines of a field, without blanks at their ends."""
    return [
        Span(whole.start + m.start(), whole.start + m.end())
        for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text[whole.start : whole.end])
    ]


def detect_delimiter(text: str) -> str:
    """The delimiter that splits the first lines most evenly into more than one field; a comma when none does."""
    best, score = ",", 0.0
    for delimiter in DELIMITERS:
        counts = [len(r) for r in split_records(text[:_SAMPLE_LETTERS], delimiter)[:_SAMPLE]]
        several = [n for n in counts if n > 1]
        if several:
            common, times = Counter(several).most_common(1)[0]
            even = times / len(counts) * min(common, 20)
            if even > score:
                best, score = delimiter, even
    return best


def split_records(text: str, delimiter: str) -> list[list[Field]]:
    """All records, quoted fields with delimiters and line breaks inside included; a blank line is an empty record."""
    records: list[list[Field]] = []
    record: list[Field] = []
    for match in _field_pattern(delimiter).finditer(text):
        quoted = match.start("quoted") >= 0
        start, end = match.span("quoted") if quoted else match.span("plain")
        piece = text[start:end]
        bare = piece.strip()
        lead = start + (len(piece) - len(piece.lstrip()) if bare else 0)
        record.append(Field(Span(lead, lead + len(bare)) if bare else None, quoted))
        if match["end"] != delimiter:
            records.append(record if len(record) > 1 or record[0].span else [])
            record = []
            if match.end() >= len(text):
                break
    return records


@lru_cache(maxsize=len(DELIMITERS))
def _field_pattern(delimiter: str) -> re.Pattern[str]:
    """One field and what ends it: the delimiter, a line break, or the end. A quote never closed runs to the end."""
    d = re.escape(delimiter)
    return re.compile(rf'(?:[ ]*"(?P<quoted>(?:[^"]|"")*)(?:"[^{d}\n]*|\Z)|(?P<plain>[^{d}\n]*))(?P<end>{d}|\n|\Z)')


def rejoin_thousands(text: str, record: list[Field], width: int) -> list[Field]:
    """Put an unquoted `1,234` together again, but only in a record with too many fields, and no more than needed."""
    fields = list(record)
    i = 0
    while len(fields) > width and i + 1 < len(fields):
        left, right = fields[i], fields[i + 1]
        joins = (
            left.span is not None
            and right.span is not None
            and not left.quoted
            and not right.quoted
            and right.span.start == left.span.end + 1
            and _HEAD.match(text[left.span.start : left.span.end].rsplit(",", 1)[0][-4:])
            and _TAIL.match(text[right.span.start : right.span.end])
        )
        if joins and left.span and right.span:
            fields[i : i + 2] = [Field(Span(left.span.start, right.span.end), False)]
        else:
            i += 1
    return fields
