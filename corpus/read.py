"""A path → a `Document`. The one place that knows file formats.

Comes in: a file. Goes out: its text as read, and everything found in it, each with its place.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import cast

from corpus.blocks import BRACKET, Heading, Paragraph, Rule, TableLine
from corpus.cell_lists import listed_in_cells
from corpus.coverage import claimed, leftovers
from corpus.errors import UnreadableDocument
from corpus.folding import fold, searchable, tidy
from corpus.forms import take_forms
from corpus.lines import is_note
from corpus.marked import with_marked
from corpus.outline import Outline, build_outline
from corpus.readers.base import Content, Reader
from corpus.records import with_records
from corpus.sentences import split_sentences
from corpus.tables import PlacedLine, build_tables
from corpus.told_in_heads import as_items
from corpus.turns import with_questions
from corpus.types import Document, Fact, Leftover, Passage, Span, Table
from corpus.units import caption_units, is_unit_line
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
_OF_PARAGRAPHS = (".html", ".htm", ".docx")
MAX_BYTES = 50 * 1024 * 1024
_TITLES = 2  # lines that look like a table's but only say what the sheet is: 決算状況 | 山形県
_CAPTION_LIMIT = 60
_INTRODUCES = re.compile(r"とおり[^。]{0,6}。$")  # 名称及び位置は、次のとおりとする。
_WEST_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_OFTEN, _LETTERS_COUNTED = 4, 200_000
_TITLE_LIMIT, _TITLE_LETTERS, _COVER_LINES = 120, 2, 8
_PERIOD_ONLY = re.compile(r"(?:令和|平成|昭和)?\s*(?:[0-9]+|元)\s*年度?")


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
    if path.suffix.lower() in _OF_PARAGRAPHS:
        blocks = with_marked(text, blocks)
    blocks = as_items(text, with_questions(text, with_records(text, blocks)))
    content = replace(content, blocks=blocks)
    sheets = _sheets(content)
    outline = build_outline(text, blocks, sheets)
    placed = _placed_lines(text, blocks, outline, sheets)
    workbook = bool(content.lines and content.lines[0].sheet)
    placed = _with_corner_unit(text, blocks, placed, sheets, None if workbook else outline.paths)
    lines, told = take_forms(text, placed)
    shown = title or content.title or _first_title(content) or path.stem
    dated = tuple(sorted(years)) if years is not None else _years(shown, path.stem, outline, content.text)
    tables = build_tables(text, lines, max(dated, default=None))
    tables += listed_in_cells(text, tables)
    facts = (*outline.facts, *told)
    passages = _passages(text, blocks, outline)
    return Document(
        id=path.stem,
        title=shown,
        years=dated,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        lines=content.lines,
        sections=outline.sections,
        tables=tables,
        facts=facts,
        passages=passages,
        leftovers=_leftovers(content, outline, tables, facts, passages),
        remarks=content.remarks,
        format=path.suffix.lower().removeprefix("."),
    )


def _reader(suffix: str) -> Reader:
    module, name = READERS[suffix]
    return cast(Reader, getattr(import_module(f"corpus.readers.{module}"), name)())


def _leftovers(
    content: Content,
    outline: Outline,
    tables: tuple[Table, ...],
    facts: tuple[Fact, ...],
    passages: tuple[Passage, ...],
) -> tuple[Leftover, ...]:
    spans = claimed(outline.sections, tables, facts, passages)
    # Blocks that became nothing of their own: a heading that repeats the one still open, the title above the first.
    dropped = [b.span for b in content.blocks if isinstance(b, Heading | Paragraph | Rule)]
    return leftovers(content.text, spans, (*content.furniture, *dropped))


def _sheets(content: Content) -> frozenset[int]:
    """The blocks that begin a sheet of a workbook: neither headings nor captions reach into another sheet."""
    begins = [line.start for line in content.lines if line.sheet]
    names = [line.sheet for line in content.lines if line.sheet]
    own = [names[bisect_right(begins, block.span.start) - 1] if begins else None for block in content.blocks]
    return frozenset(i for i in range(1, len(own)) if own[i] != own[i - 1])


def _placed_lines(
    text: str, blocks: Sequence[object], outline: Outline, sheets: Collection[int] = ()
) -> list[PlacedLine]:
    placed: list[PlacedLine] = []
    caption: str | None = None
    remarks: dict[tuple[str, ...], str] = {}  # where prose says a unit, by the headings it stands under
    for i, (block, path) in enumerate(zip(blocks, outline.paths, strict=True)):
        if i in sheets:
            caption = None
            remarks.clear()
        if isinstance(block, TableLine):
            # A unit holds for all that stands under the headings below; beside a table of its own only for that table.
            if block.first or not placed:
                units = next((remarks[path[:i]] for i in range(len(path), -1, -1) if path[:i] in remarks), "")
                remarks.pop(path, None)
            placed.append(PlacedLine(block, path, caption, units))
            caption = None
        elif isinstance(block, Paragraph):
            shown = tidy(text[block.span.start : block.span.end])
            caption = _caption(shown, caption)
            if caption_units(searchable(shown)):
                remarks[path] = shown
                behind = blocks[i + 1] if i + 1 < len(blocks) else None
                if isinstance(blocks[i - 1] if i else None, TableLine) and not isinstance(behind, TableLine):
                    _unit_below(placed, shown)
        elif isinstance(block, Heading):
            caption = None
            shown = tidy(text[block.span.start : block.span.end])
            if caption_units(searchable(shown)):
                remarks[path] = shown  # 第2表 歳入決算額の状況   (単位:千円): the heading's title leaves it out
    return placed


def _with_corner_unit(
    text: str,
    blocks: Sequence[object],
    placed: list[PlacedLine],
    sheets: Collection[int],
    paths: Sequence[tuple[str, ...]] | None,
) -> list[PlacedLine]:
    """The lines; the one unit that a sheet of a workbook, or another document, says above all of its tables is that of each of
    them. Outside of workbooks, where `paths` are the headings above each block, only where it stands under the title and no
    table does: beside a table it is that table's, above those of a heading theirs.
    """
    found: list[PlacedLine] = []
    starts = sorted({0, *sheets, len(blocks)})
    for first, behind in itertools.pairwise(starts):
        own = blocks[first:behind]
        tables = [i for i, block in enumerate(own) if isinstance(block, TableLine)]
        lines = placed[len(found) : len(found) + len(tables)]
        shown = [(i, tidy(text[b.span.start : b.span.end])) for i, b in enumerate(own) if isinstance(b, Paragraph)]
        said = [(i, one) for i, one in shown if caption_units(searchable(one))]
        above = sum(i < said[0][0] for i in tables) if len(said) == 1 else len(tables)
        corner = said[0][1] if above <= _TITLES and above < len(tables) else ""
        if corner and paths is not None:
            over = paths[said[0][0]]
            under = any(paths[i][: len(over)] == over for i in tables)
            corner = "" if above or under else corner
        for line in lines:
            bare = not line.units and not caption_units(searchable(line.caption or ""))
            found.append(replace(line, units=corner) if corner and bare else line)
    return found


def _unit_below(placed: list[PlacedLine], shown: str) -> None:
    """Give the table that ends here the unit that stands right below it, where none stands above it."""
    first = next((j for j in range(len(placed) - 1, -1, -1) if placed[j].line.first), 0)
    if not any(caption_units(searchable(f"{line.caption or ''} {line.units}")) for line in placed[first:]):
        placed[first:] = [replace(line, units=shown) for line in placed[first:]]


def _caption(shown: str, before: str | None) -> str | None:
    """What the short lines above a table say together: its title, and below it the unit or a remark in brackets."""
    if is_note(shown):
        return before
    if len(shown) > _CAPTION_LIMIT or ("。" in shown and not _INTRODUCES.search(shown)):
        return None
    remark = is_unit_line(searchable(shown)) or searchable(shown).startswith("(")
    return f"{before} {shown}" if before and remark and before not in shown else shown


def _passages(text: str, blocks: Sequence[object], outline: Outline) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for i, (block, path) in enumerate(zip(blocks, outline.paths, strict=True)):
        if not isinstance(block, Paragraph) or i in outline.consumed:
            continue
        shown = searchable(text[block.span.start : block.span.end])
        if is_unit_line(shown) or not any(c.isalnum() for c in shown):
            continue  # a unit governs the figures of the table below, a rule of signs says nothing
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


def _first_title(content: Content) -> str:
    """The lines of a cover, else the first line that says something; with the next one when it only names a year."""
    end = max((line.end for line in content.lines if line.page == 1), default=0)
    first = list(itertools.takewhile(lambda block: block.span.start < end, content.blocks))
    parts = [b for b in content.blocks if isinstance(b, Heading) and b.rank == BRACKET]
    several = parts if len(parts) > 1 else []  # <A> and <B> each name a part, none the whole
    texts = (b for b in content.blocks if not isinstance(b, TableLine) and b not in several)
    shown = ((b, _shown(content.text, b.span)) for b in texts)
    told = ((b, line) for b, line in shown if not (is_note(line) or is_unit_line(searchable(line))))
    lines = list(
        itertools.islice(((b, t) for b, t in told if sum(c.isalpha() for c in t) >= _TITLE_LETTERS), _COVER_LINES)
    )
    cover = [line for b, line in lines if b in first]
    if len(first) < len(content.blocks) and len(first) <= _COVER_LINES and len(cover) == len(first) > 0:
        whole = " ".join(cover)
        if len(whole) <= _TITLE_LIMIT and "。" not in whole:
            return whole
    said = [line for _, line in lines[:2]]
    bare = said[:1] and not _PERIOD_ONLY.sub("", fold(said[0])).strip()
    return " ".join(said if bare else said[:1])[:_TITLE_LIMIT]


def _shown(text: str, span: Span) -> str:
    return " ".join(tidy(line) for line in text[span.start : span.end].split("\n"))


def _years(title: str, stem: str, outline: Outline, text: str) -> tuple[int, ...]:
    """The fiscal years named in the title and the first headings, else in the file's name, else the one that the text
    speaks of far more than of any other.
    """
    named = [] if title == stem else [title]
    named += [section.path[-1] for section in outline.sections[:3]]
    found = {p.year for text in named for p in find_periods(fold(text)) if p.fiscal is not False}
    if not found:
        periods = find_periods(fold(stem).replace("_", " "))
        # At the very start of a file's name a letter with a number may number the file: h05_…_r3.
        found = {p.year for p in periods if p.start > 0 or len(periods) == 1}
    return tuple(sorted(found or {int(year) for year in _WEST_YEAR.findall(stem)} or _spoken_of(text)))


def _spoken_of(text: str) -> set[int]:
    """The fiscal year that a text names at least so often, and no other half as often; none without one."""
    counted = Counter(p.year for p in find_periods(fold(text[:_LETTERS_COUNTED])) if p.fiscal).most_common(2)
    most = counted[0][1] if counted else 0
    second = counted[1][1] if len(counted) > 1 else 0
    return {counted[0][0]} if most >= _OFTEN and most >= 2 * second else set()
