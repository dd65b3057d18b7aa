"""A path → a `Document`. The one place that knows file formats.

Comes in: a file. Goes out: its text as read, and everything found in it, each with its place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from corpus.blocks import Heading, Paragraph, TableLine
from corpus.coverage import claimed, leftovers
from corpus.errors import UnreadableDocument
from corpus.folding import tidy
from corpus.outline import Outline, build_outline
from corpus.readers.base import Content, Reader
from corpus.sentences import split_sentences
from corpus.tables import PlacedLine, build_tables
from corpus.types import Document, Leftover, Passage, Span, Table
from corpus.values import find_periods

# Suffix → module and class; imported only when a file of that kind is read.
READERS = {
    ".txt": ("plain", "PlainReader"),
    ".tsv": ("plain", "PlainReader"),
    ".csv": ("delimited", "DelimitedReader"),
    ".md": ("markdown", "MarkdownReader"),
    ".html": ("web", "WebReader"),
    ".htm": ("web", "WebReader"),
    ".xlsx": ("workbook", "WorkbookReader"),
    ".xlsm": ("workbook", "WorkbookReader"),
    ".docx": ("word", "WordReader"),
    ".pdf": ("pdf", "PdfReader"),
}
SUFFIXES = tuple(READERS)
MAX_BYTES = 50 * 1024 * 1024
_CAPTION_LIMIT = 60


def read_document(path: Path, title: str | None = None, years: Sequence[int] | None = None) -> Document:
    """Read one source file.

    `title` and `years` (fiscal, western) come from `sources.toml` where it knows them; otherwise the first line and
    the years named in the title and first headings are taken.

    Raises:
        UnreadableDocument: missing, too large, empty, binary or of a format that is not read.

    """
    name = path.name
    try:
        if not path.is_file():
            raise UnreadableDocument(str(path), "ファイルがありません。パスを確かめてください")
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise UnreadableDocument(
            name, f"開けません({error.strerror})。名前と読み取りの許可を確かめてください"
        ) from error
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableDocument(name, f"この形式はまだ読めません。{'、'.join(SUFFIXES)} に変換してください")
    if size > MAX_BYTES:
        raise UnreadableDocument(name, f"{MAX_BYTES // 1024 // 1024} MiB を超えています。分割してください")
    if not data.strip():
        raise UnreadableDocument(name, "空のファイルです。中身を確かめてください")
    try:
        content = _reader(path.suffix.lower()).read(data, name)
    except (RecursionError, MemoryError, OverflowError) as error:
        raise UnreadableDocument(
            name, f"入れ子や大きさが度を超えています({type(error).__name__})。作り直してください"
        ) from error
    text, blocks = content.text, content.blocks
    outline = build_outline(text, blocks)
    tables = build_tables(text, _placed_lines(text, blocks, outline))
    passages = _passages(text, blocks, outline)
    shown = title or content.title or _first_title(text, blocks) or path.stem
    return Document(
        id=path.stem,
        title=shown,
        years=tuple(sorted(years)) if years is not None else _years(shown, outline),
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        lines=content.lines,
        sections=outline.sections,
        tables=tables,
        facts=outline.facts,
        passages=passages,
        leftovers=_leftovers(content, outline, tables, passages),
        remarks=content.remarks,
        format=path.suffix.lower().removeprefix("."),
    )


def _reader(suffix: str) -> Reader:
    module, name = READERS[suffix]
    return cast(Reader, getattr(import_module(f"corpus.readers.{module}"), name)())


def _leftovers(
    content: Content, outline: Outline, tables: tuple[Table, ...], passages: tuple[Passage, ...]
) -> tuple[Leftover, ...]:
    spans = claimed(outline.sections, tables, outline.facts, passages)
    # Blocks that became nothing of their own: a heading that repeats the one still open, the title above the first.
    dropped = [b.span for b in content.blocks if isinstance(b, Heading | Paragraph)]
    return leftovers(content.text, spans, (*content.furniture, *dropped))


def _placed_lines(text: str, blocks: Sequence[object], outline: Outline) -> list[PlacedLine]:
    placed: list[PlacedLine] = []
    caption: str | None = None
    for block, path in zip(blocks, outline.paths, strict=True):
        if isinstance(block, TableLine):
            placed.append(PlacedLine(block, path, caption))
            caption = None
        elif isinstance(block, Paragraph):
            shown = tidy(text[block.span.start : block.span.end])
            caption = shown if len(shown) <= _CAPTION_LIMIT and "。" not in shown else None
        elif isinstance(block, Heading):
            caption = None
    return placed


def _passages(text: str, blocks: Sequence[object], outline: Outline) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for i, (block, path) in enumerate(zip(blocks, outline.paths, strict=True)):
        if not isinstance(block, Paragraph) or i in outline.consumed:
            continue
        inside = _without_mark(text, block.span) if block.item else block.span
        for start, end in split_sentences(text[inside.start : inside.end]):
            span = Span(inside.start + start, inside.start + end)
            if i == 0 and not path and len(blocks) > 1 and _is_title(text[block.span.start : block.span.end]):
                continue  # the document's title above its first heading says nothing by itself
            found.append(Passage("item" if block.item else "sentence", path, span))
    return tuple(found)


def _is_title(raw: str) -> bool:
    return len(raw) <= _CAPTION_LIMIT and not raw.rstrip().endswith(("。", "．", ".", "！", "？"))


def _without_mark(text: str, span: Span) -> Span:
    """A list item without the sign in front of it; the sign alone stays as it is. ※ is part of what a note says."""
    mark = re.match(r"(?:[-*]\s+)?[・●○◎■□◆◇▼]?\s*", text[span.start : span.end])
    start = span.start + (mark.end() if mark else 0)
    return Span(start, span.end) if start < span.end else span


def _first_title(text: str, blocks: Sequence[object]) -> str:
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            return tidy(text[block.span.start : block.span.end])[:120]
    return ""


def _years(title: str, outline: Outline) -> tuple[int, ...]:
    named = [title, *(section.path[-1] for section in outline.sections[:3])]
    return tuple(sorted({p.year for text in named for p in find_periods(text) if p.fiscal is not False}))
