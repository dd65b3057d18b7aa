"""Reports made of one form filled in for each thing (事 業 名  子ども医療費助成事業): the name heads what its form says.

Comes in: blocks. Goes out: the same, in which the value of such a label is a heading. It is known by the label, which ends in
名, standing on several lines with different values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.blocks import PLAIN, Block, Heading, Paragraph, trim
from corpus.folding import fold, fold_with_origins
from corpus.types import Span

_NAMED = re.compile(
    r"\s*(?:[・●○◆◇■□]\s*)?(?P<label>(?:[一-龥ァ-ヶー][ ]{0,2}){1,7}名(?:[ ]{0,2}称)?)"
    r"(?:\s*[::]\s*|\s{1,})(?P<value>[^\s。:、][^。:、]{1,39}?)(?=\s*$|\s{3,})"
)
_FEWEST = 3


def with_records(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the name of each filled-in form as the heading of what follows it."""
    named = {i: found for i, block in enumerate(blocks) if (found := _named(text, block)) is not None}
    values: dict[str, set[str]] = {}
    for label, span in named.values():
        values.setdefault(label, set()).add(fold(text[span.start : span.end]))
    heads = {label for label, own in values.items() if len(own) >= _FEWEST}
    first = next((label for label, _ in named.values() if label in heads), None)  # of several the outermost
    return tuple(
        piece
        for i, block in enumerate(blocks)
        for piece in (_headed(text, block, named[i][1]) if i in named and named[i][0] == first else [block])
    )


def _named(text: str, block: Block) -> tuple[str, Span] | None:
    """The label and the place of the value of a line that only says how something is called."""
    if not isinstance(block, Paragraph):
        return None
    raw = text[block.span.start : block.span.end]
    if "\n" in raw:
        return None
    folded = fold_with_origins(raw)
    match = _NAMED.match(folded.text)
    if match is None:
        return None
    start, end = folded.raw(match.start("value"), match.end("value"))
    return match["label"].replace(" ", ""), Span(block.span.start + start, block.span.start + end)


def _headed(text: str, block: Block, value: Span) -> Iterator[Block]:
    for start, end in ((block.span.start, value.start), (value.end, block.span.end)):
        if start == value.end:
            yield Heading(PLAIN, 0, value)
        span = trim(text, start, end)
        if span:
            yield Paragraph(span, False)
