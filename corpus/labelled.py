"""Sections that are filled in alike: under each heading the same labels with their values (担当課: 企画課).

Reports list projects so, facilities, courses: each heading a thing, each line a label, a colon and what the thing has of it.
Read as facts they can be asked like a table: which project is whose, whose budget is above a bound. A label that stands
under one heading only, and a value that is a sentence, stay text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.blocks import Block, Paragraph
from corpus.folding import fold_with_origins, tidy
from corpus.types import Fact, Span

_LABELLED = re.compile(
    r"^\s*[-*・●○◆◇■□※]?\s*(?P<label>[^\s:。、()\[\]0-9][^\s:。、()\[\]]{1,11})\s*:\s*(?P<value>[^。]{1,60}?)\s*$"
)
_FEWEST_LABELS, _FEWEST_SECTIONS = 2, 2
_Item = tuple[int, str, Span]


def labelled_facts(
    text: str, blocks: Sequence[Block], paths: Sequence[tuple[str, ...]], consumed: set[int]
) -> list[Fact]:
    """The facts of sections that share labels; the blocks they stand in are added to `consumed`."""
    by_section: dict[tuple[str, ...], list[_Item]] = {}
    for i, block in enumerate(blocks):
        if isinstance(block, Paragraph) and i not in consumed and paths[i] and (item := _item(text, i, block)):
            by_section.setdefault(paths[i], []).append(item)
    filled = {path: items for path, items in by_section.items() if len(items) >= _FEWEST_LABELS}
    shared = Counter(label for items in filled.values() for label in {label for _, label, _ in items})
    facts = []
    for path, items in filled.items():
        once = Counter(label for _, label, _ in items)
        for i, label, value in items:
            if shared[label] >= _FEWEST_SECTIONS and once[label] == 1:
                consumed.add(i)
                facts.append(Fact(path, label, text[value.start : value.end], blocks[i].span))
    return facts


def _item(text: str, number: int, block: Paragraph) -> _Item | None:
    raw = text[block.span.start : block.span.end]
    folded = fold_with_origins(raw)
    match = _LABELLED.match(folded.text)
    if not match or match["value"].startswith("//"):
        return None
    start, end = folded.raw(match.start("value"), match.end("value"))
    return number, tidy(match["label"]), Span(block.span.start + start, block.span.start + end)
