"""Names alone on a line of a table laid out with blanks, right between two rows of the same columns.

`５ 株式等譲渡所得割` above `交付金  71,836  0.2` is one name over two lines: the numbering of the rows says of which row.
A name above rows that are set in (特別会計) heads them, and is a row by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import fold
from corpus.gaps import GapPiece, letters_joined, pieces_of
from corpus.types import Line

_NUMBERED = re.compile(r"[0-9]{1,3}[.)]?\s*[^\s0-9,.]")
_SENTENCE = re.compile(r"[。、::]|^[(※*]")
_ROW = re.compile(r"[ \u3000]{2}\S*[0-9０-９]\S*[ \u3000]{2}.*[0-9０-９]")
_NEAR = 3  # half-widths, as in `gaps`
_FEWEST = 2  # figures
_LONGEST = 24  # letters


def wrapped_names(text: str, lines: Sequence[Line]) -> dict[int, int]:
    """By the index of each such line: the index of the row that its name is part of, its own where it heads rows."""
    found: dict[int, int] = {}
    raw = [text[line.start : line.end] for line in lines]
    rows = [_ROW.search(one) is not None and "\t" not in one for one in raw]
    for at in range(1, len(lines) - 1):
        if not (rows[at - 1] and rows[at + 1]) or not 0 < len(raw[at].strip()) <= _LONGEST:
            continue
        own = letters_joined(text, pieces_of(text, lines[at]))
        if len(own) != 1 or own[0].figure or own[0].span.end - own[0].span.start > _LONGEST:
            continue
        said = fold(text[own[0].span.start : own[0].span.end])
        above, below = (letters_joined(text, pieces_of(text, lines[i])) for i in (at - 1, at + 1))
        if _SENTENCE.search(said) or not _same_columns(above, below):
            continue
        if own[0].right > _first_figure(below).left or own[0].left < min(above[0].left, below[0].left) - _NEAR:
            continue
        numbers = [bool(_NUMBERED.match(name)) for name in (_name(text, above), said, _name(text, below))]
        if numbers == [True, True, False]:
            found[at] = at + 1
        elif numbers == [True, False, True]:
            found[at] = at - 1
        elif not any(numbers) and own[0].left < below[0].left:
            found[at] = at
    return found


def _name(text: str, row: Sequence[GapPiece]) -> str:
    return fold(text[row[0].span.start : row[0].span.end])


def _first_figure(row: Sequence[GapPiece]) -> GapPiece:
    return next(piece for piece in row if piece.figure)


def _same_columns(above: Sequence[GapPiece], below: Sequence[GapPiece]) -> bool:
    """Whether two lines are rows, names with at least two figures behind them, that end under each other."""
    ends = [[piece.right for piece in row if piece.figure] for row in (above, below)]
    if len(ends[0]) != len(ends[1]) or len(ends[0]) < _FEWEST or above[0].figure or below[0].figure:
        return False
    behind = all(piece.figure for row, own in ((above, ends[0]), (below, ends[1])) for piece in row[-len(own) :])
    return behind and all(abs(a - b) <= _NEAR for a, b in zip(*ends, strict=True))
