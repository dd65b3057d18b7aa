"""A conversation as Markdown, with the citations of every answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import tidy
from qa.cli import where
from qa.types import Answer

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
