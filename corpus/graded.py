"""What stands behind a heading's name, or below it in brackets, with a label: `5 放課後児童健全育成事業  評価 C`, `【評 価】 A`.

Set apart behind the name by a wide blank, it is no part of the name. Read as facts such marks can be asked like a table's
column: which projects are graded C, how many are new, whose they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block, Heading, Paragraph
from corpus.folding import fold_with_origins, tidy
from corpus.types import Span

_MARK = r"[A-ESa-e◎○△×]|[一-龥]{1,3}"
_TAIL = re.compile(
    rf"^(?P<title>.*\S)\s{{2,}}[(\[【]?(?P<label>[一-龥ァ-ヶー]{{2,6}})(?:\s*:\s*(?P<told>\S.{{0,30}}?)|\s+(?P<mark>{_MARK}))[)\]】]?$"
)
_BELOW = re.compile(rf"^[【〔\[](?P<label>[一-龥ァ-ヶー ]{{2,12}})[】〕\]]\s*(?P<mark>{_MARK})(?:\s*\(.*\))?$")
_FEWEST = 3
_MOST_MARKS = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A label with its mark; `span` is where both stand, `value` the mark, `end` where the name before it ends."""

    label: str
    value: Span
    span: Span
    end: int


def graded(text: str, blocks: Sequence[Block]) -> dict[int, Mark]:
    """The marks by the block they stand in: of each label that at least three headings, or lines in brackets, have."""
    found: dict[tuple[str, bool], dict[int, Mark]] = defaultdict(dict)
    for i, block in enumerate(blocks):
        if (isinstance(block, Heading) and block.ordinal) or isinstance(block, Paragraph):
            mark = _mark(text, block)
            if mark is not None:
                found[mark.label, isinstance(block, Heading)][i] = mark
    kept: dict[int, Mark] = {}
    for own in found.values():
        few = len({text[m.value.start : m.value.end] for m in own.values()}) <= _MOST_MARKS
        told = all(m.value.end - m.value.start > 1 for m in own.values())  # a name each: 担当: 企画課
        if len(own) >= _FEWEST and (few or told):
            kept.update(own)
    return kept


def _mark(text: str, block: Block) -> Mark | None:
    raw = text[block.span.start : block.span.end]
    folded = fold_with_origins(raw)
    heading = isinstance(block, Heading)
    match = (_TAIL if heading else _BELOW).match(folded.text)
    if match is None:
        return None
    group = "told" if heading and match["told"] else "mark"
    start, end = folded.raw(match.start("label" if heading else 0), match.end())
    value_start, value_end = folded.raw(match.start(group), match.end(group))
    title_end = folded.raw(match.start("title"), match.end("title"))[1] if heading else 0
    at = block.span.start
    label = tidy(match["label"]).replace(" ", "")
    return Mark(label, Span(at + value_start, at + value_end), Span(at + start, at + end), at + title_end)
