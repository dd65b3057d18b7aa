"""Comma- and semicolon-separated text (RFC 4180 and its everyday relatives) → table lines with the place of every cell.

The standard csv module gives no places, so records are walked here; what counts as a record is the same.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from corpus.blocks import Block, Paragraph, TableLine
from corpus.errors import UnreadableDocument
from corpus.readers.base import Content
from corpus.readers.plain import decode, split_lines
from corpus.types import Span

DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 200
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
            if len(spans) == 1 and (not width or len(record) < width[0][0] or record[0].span):
                blocks.append(Paragraph(whole, False))
                first = True
                continue
            cells = (
                rejoin_thousands(text, record, width[0][0] if width else len(record)) if delimiter == "," else record
            )
            blocks.append(TableLine(tuple(field.span for field in cells), whole, first))
            first = False
        return Content(text, split_lines(text), tuple(blocks))


def detect_delimiter(text: str) -> str:
    """The delimiter that splits the first lines most evenly into more than one field; a comma when none does."""
    best, score = ",", 0.0
    for delimiter in DELIMITERS:
        counts = [len(r) for _, r in zip(range(_SAMPLE), split_records(text, delimiter), strict=False)]
        several = [n for n in counts if n > 1]
        if several:
            common, times = Counter(several).most_common(1)[0]
            even = times / len(counts) * min(common, 20)
            if even > score:
                best, score = delimiter, even
    return best


def split_records(text: str, delimiter: str) -> list[list[Field]]:
    """All records, quoted fields with delimiters and line breaks inside included."""
    records: list[list[Field]] = []
    record: list[Field] = []
    start, i, n = 0, 0, len(text)
    while i <= n:
        if i < n and text[i] == '"' and not text[start:i].strip():
            close = _closing_quote(text, i + 1)
            record.append(Field(_trimmed(text, i + 1, close), True))
            i = close + 1
            while i < n and text[i] not in (delimiter, "\n"):
                i += 1
        else:
            while i < n and text[i] not in (delimiter, "\n"):
                i += 1
            record.append(Field(_trimmed(text, start, i), False))
        if i >= n or text[i] == "\n":
            if any(field.span for field in record) or len(record) > 1:
                records.append(record)
            else:
                records.append([])
            record = []
            if i >= n:
                break
        i += 1
        start = i
    return records


def _closing_quote(text: str, at: int) -> int:
    """The place of the quote that ends a field opened before `at`; the end of the text when none does."""
    while at < len(text):
        if text[at] == '"':
            if text[at + 1 : at + 2] == '"':
                at += 2
                continue
            return at
        at += 1
    return len(text)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return Span(start, end) if start < end else None


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
