"""Names of rows that go on over two lines of a table laid out with blanks: `５ 株式等譲渡所得割`, below it `交付金  71,836  0.2`.

A line that is nothing but a name, right between two rows of the same columns, belongs to one of them. The numbering of
the rows says to which; where it does not, the line is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import fold
from corpus.gaps import GapPiece, letters_joined, pieces_of
from corpus.types import Line

_NUMBERED = re.compile(r"[0-9]{1,3}[.)]?\s*[^\s0-9,.]")
_SENTENCE = re.compile(r"[。、::]|^[(※*]")
_NEAR = 3  # half-widths, as in `gaps`
_FEWEST = 2  # figures
_LONGEST = 24  # letters


def wrapped_names(text: str, lines: Sequence[Line]) -> dict[int, int]:
    """By the index of each such line: the index of the row that its name is part of."""
    found: dict[int, int] = {}
    for at in range(1, len(lines) - 1):
        own = letters_joined(text, pieces_of(text, lines[at]))
        if len(own) != 1 or own[0].figure or own[0].span.end - own[0].span.start > _LONGEST:
            continue
        said = fold(text[own[0].span.start : own[0].span.end])
        above, below = (letters_joined(text, pieces_of(text, lines[i])) for i in (at - 1, at + 1))
        if _SENTENCE.search(said) or not _same_columns(above, below) or own[0].right > below[1].left:
            continue
        if own[0].left < min(above[0].left, below[0].left) - _NEAR:
            continue
        numbers = [bool(_NUMBERED.match(name)) for name in (_name(text, above), said, _name(text, below))]
        if numbers == [True, True, False]:
            found[at] = at + 1
        elif numbers == [True, False, True]:
            found[at] = at - 1
    return found


def _name(text: str, row: Sequence[GapPiece]) -> str:
    return fold(text[row[0].span.start : row[0].span.end])


def _same_columns(above: Sequence[GapPiece], below: Sequence[GapPiece]) -> bool:
    """Whether two lines are rows, each a name with at least two figures, that end under each other."""
    if len(above) != len(below) or len(above) <= _FEWEST:
        return False
    names = not (above[0].figure or below[0].figure)
    return names and all(
        a.figure and b.figure and abs(a.right - b.right) <= _NEAR for a, b in zip(above[1:], below[1:], strict=True)
    )
