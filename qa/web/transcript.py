"""A conversation as Markdown and as CSV, with the citations of every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.folding import tidy
from qa.prompt import where
from qa.types import Answer
from qa.web.escape import csv_text

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#+!|~$-])")


def plain(text: str) -> str:
    """Text that Markdown shows letter by letter, with no sign of its own."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def transcript(answers: Sequence[Answer]) -> str:
    """All turns: question, how it was understood, answer, calculation, citations; at the end the index they came from."""
    parts = ["# 質問と答え\n"]
    for number, given in enumerate(answers, 1):
        parts.append(f"## {number}. {plain(given.question)}\n")
        if given.standalone and given.standalone != given.question:
            parts.append(f"受け取り方: {plain(given.standalone)}\n")
        parts.append(f"{plain(given.answer)}\n")
        if given.calculation:
            parts.append(f"計算: {plain(given.calculation)}\n")
        parts += [f"{n}. {plain(where(c))}: 「{plain(tidy(c.quote))}」" for n, c in enumerate(given.citations, 1)]
        parts.append("")
    parts += [f"索引: {index}" for index in dict.fromkeys(given.index for given in answers)]
    return "\n".join(parts) + "\n"


_COLUMNS = (
    "番号", "質問", "受け取り方", "答え", "計算", "出典の番号", "資料", "見出し", "行", "列", "ページ", "シート", "行番号",
    "引用", "索引",
)  # fmt: skip


def sheet(answers: Sequence[Answer]) -> str:
    """The same as CSV, a line for each citation; an answer that cites nothing has one line."""
    return csv_text(_COLUMNS, (line for number, given in enumerate(answers, 1) for line in _lines(number, given)))


def _lines(number: int, given: Answer) -> Iterator[tuple[str, ...]]:
    told = (str(number), given.question, given.standalone, given.answer, given.calculation or "")
    if not given.citations:
        yield (*told, *[""] * 9, given.index)
    for n, c in enumerate(given.citations, 1):
        lines = str(c.line_start) if c.line_start == c.line_end else f"{c.line_start}-{c.line_end}"
        place = (str(c.page or ""), c.sheet or "", lines, tidy(c.quote))
        headings = " › ".join(map(tidy, c.heading)), c.row or "", " › ".join(map(tidy, c.column))
        yield (*told, str(n), tidy(c.title), *headings, *place, given.index)
