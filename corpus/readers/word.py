"""Word documents → blocks, by python-docx. A line is a paragraph or a table row, in the order of the document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from corpus.blocks import Block, Heading, Paragraph, TableLine, classify_heading
from corpus.cell_lists import in_lines
from corpus.errors import UnreadableDocument
from corpus.readers.base import Content, TextBuilder, check_archive
from corpus.types import Span

_HEADING_STYLE = re.compile(r"^(?:heading|見出し)\s*([1-9])", re.I)
_LIST_STYLE = re.compile(r"list|箇条書き|段落番号", re.I)


class WordReader:
    """Reads .docx."""

    def read(self, data: bytes, name: str) -> Content:
        """See `Reader.read`."""
        check_archive(data, name, "Word(.docx)", "Word")
        import docx

        try:
            document = docx.Document(io.BytesIO(data))
            builder = TextBuilder()
            blocks = list(_blocks(document, builder))
        except Exception as error:
            raise UnreadableDocument(
                name, f"Word のファイルとして壊れています({type(error).__name__})。保存し直してください"
            ) from error
        if not blocks:
            raise UnreadableDocument(name, "文字がありません。中身を確かめてください")
        return Content(builder.text(), tuple(builder.lines), tuple(blocks), document.core_properties.title or None)


def _blocks(document: Any, builder: TextBuilder) -> Iterator[Block]:
    number = 0
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            first = True
            placed: dict[Any, Span] = {}
            for row in part.rows:
                number += 1
                line = _table_line(row, builder, number, first, placed)
                if line:
                    yield line
                    first = False
            continue
        number += 1
        text = " ".join(part.text.split())
        start = builder.line(text, number)
        if not text:
            continue
        span = Span(start, start + len(text))
        style = part.style.name if part.style is not None else ""
        heading = _HEADING_STYLE.match(style)
        numbered = classify_heading(text, Span(0, len(text)))
        if heading or style in ("Title", "表題"):
            yield Heading(int(heading.group(1)) if heading else 1, numbered.ordinal if numbered else 0, span)
        elif numbered and not _LIST_STYLE.search(style):
            yield Heading(numbered.rank, numbered.ordinal, span)
        else:
            yield Paragraph(span, bool(_LIST_STYLE.search(style)))


def _table_line(row: Any, builder: TextBuilder, number: int, first: bool, placed: dict[Any, Span]) -> TableLine | None:
    """One table row. python-docx gives a merged cell again in each grid cell it covers; its text stands once.

    `placed` keeps the cells of the rows above, so that a cell merged downwards is known again.
    """
    begun = dict(placed)
    texts: list[str] = []
    cells: list[Span | None] = []
    inherited: set[int] = set()
    at = builder.at
    here: set[Any] = set()
    for column, cell in enumerate(row.cells):
        element = cell._tc
        if element in begun:
            cells.append(begun[element])
            inherited.add(column)
            texts.append("")
        elif element in here:
            cells.append(None)
            texts.append("")
        else:
            here.add(element)
            texts.append(in_lines(cell.text))
            cells.append(Span(at, at + len(texts[-1])) if texts[-1] else None)
            if cells[-1]:
                placed[element] = cells[-1]
        at += len(texts[-1]) + 1
    builder.line("\t".join(texts), number)
    own = [c for i, c in enumerate(cells) if c and i not in inherited]
    return TableLine(tuple(cells), Span(own[0].start, own[-1].end), first, frozenset(inherited)) if own else None
