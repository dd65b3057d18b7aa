"""Tables that a page prints abreast: one header said twice in a line (款 項 金額 款 項 金額), and two rows in each line below.

Read on, the rows of the left half come first and those of the right half after them, as a reader's eye goes down one
column of the page and then the next: what is left blank in the right half goes on from the foot of the left one. And
tables of their own that a sheet prints beside each other, a blank column between them, as the cards of settled accounts do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.blocks import TableLine
from corpus.folding import searchable
from corpus.types import Span
from corpus.values import lone_quantity

_FEWEST_COLUMNS, _FEWEST_ROWS = 2, 2
_HEADS = 3  # lines at the top of a table


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


def side_by_side(text: str, lines: Sequence[TableLine]) -> list[list[TableLine]]:
    """The lines of a fragment, parted where columns left blank from top to bottom set tables apart; `[lines]` where none do.

    What stands on both sides has to begin as a table: under a title of its own, or with the same first label (区分). A blank
    line inside a side parts what stands above from what stands below.
    """
    wide = max(len(line.cells) for line in lines)
    used = [any(i < len(line.cells) and line.cells[i] for line in lines) for i in range(wide)]
    edges = [i for i in range(wide) if used[i] and (i == 0 or not used[i - 1])]
    groups = [(a, next((i for i in range(a, wide) if not used[i]), wide)) for a in edges]
    sides = [[_half(line, a, b - a) for line in lines] for a, b in groups]
    if (
        len(groups) < _FEWEST_COLUMNS
        or not all(_is_table(text, side) for side in sides)
        or not _begin_alike(text, sides)
    ):
        return [list(lines)]
    parted: list[list[TableLine]] = []
    for side in sides:
        begun = False
        for line in side:
            if line is None:
                begun = False
            elif begun:
                parted[-1].append(line)
            else:
                parted.append([replace(line, first=True)])
                begun = True
    return parted


def without_copies(lines: Sequence[TableLine]) -> list[TableLine]:
    """The lines without columns that hold in each of them what the column on their left does, merged with it."""
    wide = max(len(line.cells) for line in lines)
    cells = [(*line.cells, *[None] * (wide - len(line.cells))) for line in lines]
    copies = {
        i for i in range(1, wide)
        if sum(bool(own[i]) for own in cells) > _HEADS and all(own[i] in (None, own[i - 1]) for own in cells)
    }  # fmt: skip
    if not copies:
        return list(lines)
    kept = [i for i in range(wide) if i not in copies]
    place = {old: new for new, old in enumerate(kept)}
    return [
        replace(
            line,
            cells=tuple(own[i] for i in kept),
            inherited=frozenset(place[i] for i in line.inherited if i in place),
            more=tuple((place[i], span) for i, span in line.more if i in place),
        )
        for line, own in zip(lines, cells, strict=True)
    ]


def title_of(side: Sequence[TableLine]) -> Span | None:
    """Where the title of such a table stands, merged across its columns or in the first of them; None where it has none."""
    spans = {cell for cell in side[0].cells if cell}
    return next(iter(spans)) if len(spans) == 1 and len(side) > 1 else None


def _is_table(text: str, side: Sequence[TableLine | None]) -> bool:
    """Whether one side has rows of several cells, and names of them in its first column."""
    rows = [line for line in side if line is not None and sum(map(bool, line.cells)) >= _FEWEST_COLUMNS]
    names = [text[c.start : c.end] for line in rows if (c := line.cells[0])]
    figures = sum(lone_quantity(searchable(name)) is not None for name in names)
    return len(rows) > _FEWEST_ROWS and 2 * len(names) > len(rows) and 2 * figures < len(names)


def _begin_alike(text: str, sides: Sequence[Sequence[TableLine | None]]) -> bool:
    """Whether each side has a title in its first line, or one of its first lines begins with the same label as the others'."""
    top = [side[0] for side in sides]
    if all(line is not None and line.cells[0] and len({c for c in line.cells if c}) == 1 for line in top):
        return True
    for line in zip(*(side[:_HEADS] for side in sides), strict=True):
        firsts = [text[c.start : c.end] if one is not None and (c := one.cells[0]) else "" for one in line]
        labels = {searchable(first).replace(" ", "") for first in firsts}
        if len(labels) == 1 and labels != {""}:
            return True
    return False


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
