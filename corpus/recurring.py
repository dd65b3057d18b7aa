"""Headings without a number that come again under each numbered one: 〔概要〕, 〔成果〕, 〔課題〕 of every project.

By their sign alone they would stand above the numbering, and the next project below the 〔課題〕 of the last. Where the
numbering goes on across them they are its lowest level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from corpus.blocks import BRACKET, MARKED, PART, PLAIN, Block, Heading
from corpus.folding import fold, tidy

_FEWEST = 3
_MOSTLY = 0.6
_BELOW = 0.5  # a rank between those of the numbering


def recurring(text: str, blocks: Sequence[Block]) -> dict[int, float]:
    """For each such heading, by its place among the blocks, its rank: just below the innermost numbering that goes on across it.

    A heading with the same sign that comes more seldom is one of them where the numbering goes on across it too.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for i, block in enumerate(blocks):
        if isinstance(block, Heading) and block.rank in (BRACKET, MARKED, PLAIN) and not block.ordinal:
            places[fold(tidy(text[block.span.start : block.span.end])).replace(" ", "")].append(i)
    found: dict[int, float] = {}
    signs: dict[str, int] = {}
    for title, own in places.items():
        outer = _outer([_numbered(blocks[a + 1 : b]) for a, b in pairwise(own)]) if len(own) >= _FEWEST else 0
        if outer:
            found.update((i, outer + _BELOW) for i in own)
            signs[title[0]] = max(outer, signs.get(title[0], 0))
    found.update(_inside(blocks))
    for title, own in places.items():
        rank = 0 if title[0].isalnum() else signs.get(title[0], 0)
        found.update((i, rank + _BELOW) for i in own if rank and i not in found and _goes_on(blocks, i, rank))
    return found


def _inside(blocks: Sequence[Block]) -> dict[int, float]:
    """The titles of parts that stand all inside one numbered heading: the numbering goes on by one behind the last of them."""
    parts = [i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.rank == PART]
    if not parts:
        return {}
    before = next((b for b in reversed(blocks[: parts[0]]) if isinstance(b, Heading) and b.ordinal), None)
    if before is None or any(isinstance(b, Heading) and b.rank == before.rank for b in blocks[parts[0] : parts[-1]]):
        return {}
    after = (b.ordinal for b in blocks[parts[-1] :] if isinstance(b, Heading) and b.rank == before.rank)
    return {i: before.rank + _BELOW for i in parts} if next(after, 0) == before.ordinal + 1 else {}


def _goes_on(blocks: Sequence[Block], i: int, rank: int) -> bool:
    """Whether the numbering of a rank goes on by one across a place."""
    before = next((b.ordinal for b in reversed(blocks[:i]) if isinstance(b, Heading) and b.rank == rank), 0)
    after = next((b.ordinal for b in blocks[i:] if isinstance(b, Heading) and b.rank == rank), before + 1)
    return bool(before) and after in (before + 1, 1)


def _numbered(blocks: Sequence[Block]) -> dict[int, int]:
    """Rank → ordinal of the first heading of it, of those with a number; 0 where one of an outer rank stands before it, for
    then any numbering begins anew.
    """
    found: dict[int, int] = {}
    for block in blocks:
        if isinstance(block, Heading) and block.ordinal and block.rank not in found:
            found[block.rank] = 0 if any(rank < block.rank for rank in found) else block.ordinal
    return found


def _outer(gaps: Sequence[dict[int, int]]) -> int:
    """The innermost rank that goes on between most of the places, rather than beginning anew from 1; 0 where none does."""
    enough = _MOSTLY * len(gaps)

    def goes_on(rank: int) -> bool:
        told = [gap[rank] for gap in gaps if rank in gap]
        return len(told) >= enough and sum(one > 1 for one in told) >= _MOSTLY * sum(one > 0 for one in told) > 0

    return max((rank for rank in {r for gap in gaps for r in gap} if goes_on(rank)), default=0)
