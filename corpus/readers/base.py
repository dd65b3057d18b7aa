"""What every reader gives: the text, its lines, and its blocks, in the same values whatever the format."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Protocol

from corpus.blocks import Block
from corpus.errors import UnreadableDocument
from corpus.types import Line, Span

MAX_UNPACKED = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    """A source as read. Blocks are spans of `text`; `lines` cover it and carry page or sheet.

    `title` is what the file itself gives as its title, if it does; `remarks` are things a user should be told, such
    as hidden columns; `furniture` are running heads and page numbers, which are no blocks.
    """

    text: str
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    title: str | None = None
    remarks: tuple[str, ...] = ()
    furniture: tuple[Span, ...] = ()


class Reader(Protocol):
    """One a format, in a module of its own; parsers are imported there, and only when a file needs them."""

    def read(self, data: bytes, name: str) -> Content:
        """Read a whole file.

        Raises:
            UnreadableDocument: the bytes are not of this format, or hold no text.

        """


def check_archive(data: bytes, name: str, format_name: str, program: str) -> None:
    """Refuse what is no zip, and a zip that unpacks to far more than a document holds.

    Raises:
        UnreadableDocument: either of the two.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:  # also of a version never made
        raise UnreadableDocument(
            name, f"{format_name}の形式ではありません。{program} で保存し直してください"
        ) from error
    if unpacked > MAX_UNPACKED:
        raise UnreadableDocument(name, f"展開すると {MAX_UNPACKED // 1024 // 1024} MiB を超えます。分割してください")


class TextBuilder:
    """Builds the text of a format that is not plain text, line by line, keeping each line's place."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at = 0
        self.lines: list[Line] = []

    @property
    def at(self) -> int:
        """The offset at which the next line begins."""
        return self._at

    def line(self, text: str, number: int, page: int | None = None, sheet: str | None = None) -> int:
        """Add a line; returns the offset of its first character."""
        start = self._at
        self.lines.append(Line(start, start + len(text), number, page, sheet))
        self._parts.append(text + "\n")
        self._at += len(text) + 1
        return start

    def text(self) -> str:
        """Everything added so far."""
        return "".join(self._parts)
