"""Paragraphs of web pages and word processors that a mark makes headings: ●市債残高, above the paragraph that tells it.

Plain text shows such headings by its blank lines (`blocks`); here paragraphs are known, and what matters is what stands
around: a mark that several paragraphs in a row begin with makes them items of a list.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.blocks import MARKED, Block, Heading, Paragraph, TableLine, heads_by_mark
from corpus.folding import fold, tidy


def with_marked(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, such paragraphs as headings."""
    return tuple(
        Heading(MARKED, 0, block.span) if isinstance(block, Paragraph) and _heads(text, blocks, i) else block
        for i, block in enumerate(blocks)
    )


def _heads(text: str, blocks: Sequence[Block], i: int) -> bool:
    shown = _shown(text, blocks[i])
    below = blocks[i + 1] if i + 1 < len(blocks) else None
    if not heads_by_mark(shown) or not isinstance(below, Paragraph | TableLine):
        return False
    around = (blocks[j] for j in (i - 1, i + 1) if 0 <= j < len(blocks))
    return not any(_shown(text, one)[:1] == shown[0] for one in around if isinstance(one, Paragraph))


def _shown(text: str, block: Block) -> str:
    return fold(tidy(text[block.span.start : block.span.end]))
