"""Reports made of one form filled in for each thing (事 業 名  子ども医療費助成事業): the name heads what its form says.

Comes in: blocks. Goes out: the same, in which the value of such a label is a heading. It is known by the label, which ends in
名, standing on several lines with different values, or in several small tables of labels and values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.blocks import PLAIN, Block, Heading, Paragraph, TableLine, headed_inside
from corpus.folding import fold, fold_with_origins
from corpus.types import Span

_NAMED = re.compile(
    r"\s*(?:[・●○◆◇■□]\s*)?(?P<label>(?:[一-龥ァ-ヶー][ ]{0,2}){1,7}名(?:[ ]{0,2}称)?)"
    r"(?:\s*[::]\s*|\s{1,})(?P<value>[^\s。:、][^。:、]{1,39}?)(?=\s*$|\s{3,})"
)
_LABEL = re.compile(r"[一-龥ァ-ヶー]{1,7}名(?:称)?")
_FEWEST = 3
_LONGEST = 50  # letters of a name


def with_records(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the name of each filled-in form as the heading of what follows it."""
    told = {i: found for i, block in enumerate(blocks) if (found := _named(text, block)) is not None}
    lines, tables = _headings(text, told), _headings(text, _named_in_tables(text, blocks))
    return tuple(
        piece
        for i, block in enumerate(blocks)
        for piece in (
            *([tables[i]] if i in tables else []),
            *(headed_inside(text, block, lines[i]) if i in lines else [block]),
        )
    )


def _headings(text: str, named: Mapping[int, tuple[str, Span]]) -> dict[int, Heading]:
    """The values of the label that has several different ones, as headings by their block; of several such labels the outermost."""
    values: dict[str, set[str]] = {}
    for label, span in named.values():
        values.setdefault(label, set()).add(fold(text[span.start : span.end]))
    heads = next((label for label, _ in named.values() if len(values[label]) >= _FEWEST), None)
    return {i: Heading(PLAIN, 0, span) for i, (label, span) in named.items() if label == heads}


def _named_in_tables(text: str, blocks: Sequence[Block]) -> dict[int, tuple[str, Span]]:
    """By the first line of each table the name that a cell of it gives behind its label (事務事業名 | 不法投棄対策事業)."""
    found: dict[int, tuple[str, Span]] = {}
    begun = -1
    for i, block in enumerate(blocks):
        if not isinstance(block, TableLine):
            begun = -1
            continue
        begun = i if block.first or begun < 0 else begun
        cells = [cell for cell in block.cells if cell]
        if len(cells) % 2 or begun in found:
            continue
        for label, value in zip(cells[::2], cells[1::2], strict=True):
            said = fold(text[label.start : label.end]).replace(" ", "")
            if _LABEL.fullmatch(said) and value.end - value.start <= _LONGEST:
                found[begun] = (said, value)
                break
    return found


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
