"""Plain and tab-separated text → blocks. Also how any text format finds its encoding and its lines."""

from __future__ import annotations

from charset_normalizer import from_bytes

from corpus.blocks import split_blocks
from corpus.errors import UnreadableDocument
from corpus.readers.base import Content
from corpus.statements import is_laid_out, is_statement, read_laid_out, read_statement
from corpus.types import Line


class PlainReader:
    """Reads .txt and .tsv."""

    def read(self, data: bytes, name: str) -> Content:
        """See `Reader.read`."""
        text = decode(data, name)
        lines = split_lines(text)
        if is_statement(text):
            blocks, furniture = read_statement(text, lines)
            return Content(text, lines, blocks, furniture=furniture)
        if is_laid_out(text, lines):
            blocks, furniture = read_laid_out(text, lines)
            return Content(text, lines, blocks, furniture=furniture)
        blocks = split_blocks(text, lines)
        if not blocks:
            raise UnreadableDocument(name, "文字がありません。中身を確かめてください")
        return Content(text, lines, blocks)


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Bytes → text: UTF-8 (with or without a mark), UTF-16 with a mark, else what is `declared`, else CP932, else
    what the letters say.

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
    for encoding in ("utf-8-sig", declared or "cp932", "cp932"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
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
