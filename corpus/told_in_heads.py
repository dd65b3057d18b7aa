"""Numbered lines that look like headings but hold themselves what they name: `イ 対象者 40歳から74歳までの加入者`.

A heading has something under it. A numbered line with nothing under it, which gives a label and its value, is an item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Block, Heading, Paragraph
from corpus.folding import searchable
from corpus.outline import holds_figure

_NUMBERING = r"(?:[(（]?[0-9]{1,2}[)）.]?|[(（]?[ア-ンa-z][)）.]?|[(（]?[①-⑳][)）]?)"
_LABEL_AND_VALUE = re.compile(rf"^{_NUMBERING}\s*(?P<label>[^\s0-9、。:]{{2,12}})(?:\s*:\s*|\s+)(?P<value>\S.*)$")
_SHAPES = {
    "kana": re.compile(r"[ア-ン][)）.\s]"),
    "digits": re.compile(r"[0-9]{1,2}[)）.\s]"),
    "brackets": re.compile(r"[(（][0-9ア-ン]{1,2}[)）]"),
    "rings": re.compile(r"[①-⑳]"),
}
_LONG = 8  # letters; a value without a figure is at least so long


def as_items(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, such lines as list items."""
    return tuple(
        Paragraph(block.span, True) if isinstance(block, Heading) and _is_item(text, blocks, i, block) else block
        for i, block in enumerate(blocks)
    )


def _is_item(text: str, blocks: Sequence[Block], i: int, heading: Heading) -> bool:
    below = blocks[i + 1] if i + 1 < len(blocks) else None
    own = searchable(text[heading.span.start : heading.span.end])
    if isinstance(below, Heading):
        empty = below.rank <= heading.rank
    else:
        empty = below is None or _shape(own) == _shape(searchable(text[below.span.start : below.span.end])) != ""
    if not empty:
        return False
    if heading.figure is not None or holds_figure(text, heading):
        return False
    match = _LABEL_AND_VALUE.match(own)
    return match is not None and (any(c.isdigit() for c in match["value"]) or len(match["value"]) >= _LONG)


def _shape(folded: str) -> str:
    """How a line is numbered; "" where it is not."""
    return next((name for name, pattern in _SHAPES.items() if pattern.match(folded)), "")
