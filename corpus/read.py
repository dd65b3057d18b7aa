"""A path → a `Document`. The one place that knows file formats.

Comes in: a file. Goes out: its text as read, and everything found in it, each with its place. This edition reads
plain text and tab-separated text; other formats are refused by name until their readers are written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from charset_normalizer import from_bytes

from corpus.blocks import Heading, Paragraph, TableLine, split_blocks
from corpus.errors import UnreadableDocument
from corpus.folding import tidy
from corpus.outline import Outline, build_outline
from corpus.sentences import split_sentences
from corpus.tables import PlacedLine, build_tables
from corpus.types import Document, Line, Passage, Span
from corpus.values import find_periods

SUFFIXES = (".txt", ".tsv")
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
    if not path.is_file():
        raise UnreadableDocument(str(path), "ファイルがありません。パスを確かめてください")
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableDocument(name, f"この形式はまだ読めません。{'、'.join(SUFFIXES)} に変換してください")
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableDocument(name, f"{MAX_BYTES // 1024 // 1024} MiB を超えています。分割してください")
    data = path.read_bytes()
    text = decode(data, name)
    lines = split_lines(text)
    blocks = split_blocks(text, lines)
    if not blocks:
        raise UnreadableDocument(name, "文字がありません。中身を確かめてください")
    outline = build_outline(text, blocks)
    tables = build_tables(text, _placed_lines(text, blocks, outline))
    passages = _passages(text, blocks, outline)
    shown = title or _first_title(text, blocks)
    return Document(
        id=path.stem,
        title=shown,
        years=tuple(sorted(years)) if years is not None else _years(shown, outline),
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        lines=lines,
        sections=outline.sections,
        tables=tables,
        facts=outline.facts,
        passages=passages,
    )


def decode(data: bytes, name: str) -> str:
    """Bytes → text: UTF-8 (with or without a mark), UTF-16 with a mark, else what the letters say (CP932 …).

    Raises:
        UnreadableDocument: empty, binary, or no encoding fits.

    """
    if not data.strip():
        raise UnreadableDocument(name, "空のファイルです。中身を確かめてください")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableDocument(name, "UTF-16 として壊れています。保存し直してください") from error
    if b"\x00" in data:
        raise UnreadableDocument(name, "文字のファイルではありません。テキストとして保存し直してください")
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data).best()
    if best is None:
        raise UnreadableDocument(name, "文字コードが分かりません。UTF-8 で保存し直してください")
    return str(best)


def split_lines(text: str) -> tuple[Line, ...]:
    """Physical lines, numbered from 1; the carriage return of a CRLF is left out of the line."""
    lines = []
    start = 0
    for number, piece in enumerate(text.split("\n"), 1):
        lines.append(Line(start, start + len(piece.rstrip("\r")), number))
        start += len(piece) + 1
    return tuple(lines)


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
        for start, end in split_sentences(text[block.span.start : block.span.end]):
            span = Span(block.span.start + start, block.span.start + end)
            if not found and not path and len(text[span.start : span.end]) <= _CAPTION_LIMIT:
                continue  # the document's title above its first heading says nothing by itself
            found.append(Passage("item" if block.item else "sentence", path, span))
    return tuple(found)


def _first_title(text: str, blocks: Sequence[object]) -> str:
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            return tidy(text[block.span.start : block.span.end])[:120]
    return ""


def _years(title: str, outline: Outline) -> tuple[int, ...]:
    named = [title, *(section.path[-1] for section in outline.sections[:3])]
    return tuple(sorted({p.year for text in named for p in find_periods(text) if p.fiscal is not False}))
