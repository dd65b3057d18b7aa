"""Lists of labels with a figure each, one to a line and set apart by blanks, which may go on in brackets: `市税  34億円 (前年度比 2%増)`.

Bulletins and outlines tell accounts so, under a line that may state the unit for all: `その他の財源 (万円、( )内は割合)`. Read as facts
the figures can be asked for and reckoned with; the lines stay text as well, because the brackets tell more. A line alone stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from corpus.blocks import Block, Paragraph
from corpus.folding import fold_with_origins, searchable, tidy
from corpus.lines import ITEM
from corpus.types import Fact
from corpus.units import governed
from corpus.values import COUNTERS, lone_quantity

_STATED = re.compile(rf"\((?:単位\s*:?\s*)?(?P<unit>{COUNTERS})[、,)]")
_FEWEST = 3


def itemized(
    text: str, blocks: Sequence[Block], paths: Sequence[tuple[str, ...]], consumed: Collection[int]
) -> list[Fact]:
    """The facts of such lists, those lines aside that are facts already (`consumed`)."""
    found: list[
        tuple[int, str, str, str | None, str]
    ] = []  # label and figure, with the unit stated above it, and by which line
    path: tuple[str, ...] = ()
    unit, title = None, ""
    for i, block in enumerate(blocks):
        if paths[i] != path:
            path, unit, title = paths[i], _unit(paths[i][-1]) if paths[i] else None, ""
        item = _item(text, block) if path else None
        if item is not None:
            found.append((i, *item, unit, title))
        elif isinstance(block, Paragraph):
            shown = text[block.span.start : block.span.end]
            unit, title = _unit(shown) or unit, tidy(shown).split(" ")[0]
    under = Counter(paths[i] for i, *_ in found)
    found = [one for one in found if under[paths[one[0]]] >= _FEWEST]
    often = Counter((paths[i], label) for i, label, *_ in found)
    facts = []
    for i, label, value, unit, title in found:
        printed = lone_quantity(searchable(value))
        if i in consumed or printed is None or (printed.unit is None and unit is None):
            continue
        subject = (*paths[i], title) if often[paths[i], label] > 1 and title else paths[i]
        facts.append(Fact(subject, label, value, blocks[i].span, governed(label, value, unit)))
    return facts


def _item(text: str, block: Block) -> tuple[str, str] | None:
    """The label of such a line, and its figure as printed."""
    if not isinstance(block, Paragraph):
        return None
    raw = text[block.span.start : block.span.end]
    folded = fold_with_origins(raw)
    match = ITEM.match(folded.text)
    if match is None:
        return None
    start, end = folded.raw(match.start("value"), match.end("value"))
    return tidy(match["label"]), raw[start:end]


def _unit(line: str) -> str | None:
    match = _STATED.search(searchable(line))
    return match["unit"] if match else None
