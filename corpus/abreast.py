"""Tables that a page prints abreast: one header said twice in a line (款 項 金額 款 項 金額), and two rows in each line below.

Read on, the rows of the left half come first and those of the right half after them, as a reader's eye goes down one
column of the page and then the next: what is left blank in the right half goes on from the foot of the left one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.blocks import TableLine
from corpus.folding import searchable
from corpus.types import Span

_FEWEST_COLUMNS, _FEWEST_ROWS = 2, 2


def halves(text: str, lines: Sequence[TableLine]) -> list[list[TableLine]]:
    """The lines of a fragment, parted into its tables from the left, each with its header; `[lines]` where it is one table.

    The first line is taken for the header: its labels stand over every column, and come again in the same order.
    """
    header = lines[0]
    labels = [searchable(text[c.start : c.end]).replace(" ", "") if c else "" for c in header.cells]
    again = next((i for i, label in enumerate(labels) if i and label == labels[0]), 0)
    wide = again if again >= _FEWEST_COLUMNS and _repeats(labels, again) else 0
    if not wide or len(lines) <= _FEWEST_ROWS or any(len(line.cells) > len(labels) for line in lines):
        return [list(lines)]
    parted = [[_half(line, at, wide) for line in lines] for at in range(0, len(labels), wide)]
    return [[line for line in half if line is not None] for half in parted]


def _repeats(labels: Sequence[str], wide: int) -> bool:
    """Whether labels are one run of so many different ones, over and over."""
    first = labels[:wide]
    whole = len(labels) % wide == 0 and all(first) and len(set(first)) == wide
    return whole and all(labels[i] == first[i % wide] for i in range(len(labels)))


def _half(line: TableLine, at: int, wide: int) -> TableLine | None:
    """The part of a line that stands in so many columns from one on; None where nothing stands there."""
    cells = line.cells[at : at + wide]
    filled = [cell for cell in cells if cell]
    if not filled:
        return None
    return replace(
        line,
        cells=cells,
        span=Span(filled[0].start, max(cell.end for cell in filled)),
        first=line.first and at == 0,
        inherited=frozenset(i - at for i in line.inherited if at <= i < at + wide),
        more=tuple((i - at, span) for i, span in line.more if at <= i < at + wide),
    )
