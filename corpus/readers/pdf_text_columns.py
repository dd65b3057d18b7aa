"""Prose that a PDF's page sets in two columns, read one below the other.

A page has such columns where many lines in a row leave the same upright strip blank and, on both sides of it, mostly carry
running text. Labels beside their values are short on the left, rows of a table hold figures: neither is prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.readers.pdf_lines import PrintedLine, Stretch

Word = dict[str, Any]  # a word of pdfplumber: text, x0, x1, top, bottom
_FEWEST = 6  # lines with text on both sides
_MIDDLE = (0.35, 0.65)  # of the width of the text: where the strip between two columns may lie
_STRIP = 8.0  # points, the least width of the strip
_STEP = 2.0
_PROSE = 0.35  # of the lines of a side, so many hold running text
_FULL, _FULL_SHARE, _NEAR = 3, 0.2, 2.5  # lines of it that reach the side's right edge, their share; letters
_LETTERS = 8  # letters
_CLOSE = 2.0  # heights of a line
_KANA = re.compile(r"[ぁ-ん]")
_FIGURES = 0.2  # of the lines of a side, at most so many are figures alone
_FIGURE = re.compile(r"[△▲-]?[0-9０-９,，.．%％\s]+[千百万億円人件]*")


@dataclass(frozen=True, slots=True)
class Band:
    """Where a page sets its text in two columns: the strip between them, and from where to where, in points."""

    strip: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """How far down what is read after the first column has to move."""
        return self.bottom - self.top + 1.0


def bands(lines: Sequence[PrintedLine]) -> list[Band]:
    """The bands of a page's lines outside tables, from the top."""
    found = _band(lines)
    if found is None:
        return []
    above, below = [one for one in lines if one.top < found.top], [one for one in lines if one.top > found.bottom]
    return [*bands(above), found, *bands(below)]


def in_reading_order(
    words: Sequence[Word], found: Sequence[Band], lined: Callable[[list[Word]], list[PrintedLine]]
) -> list[list[PrintedLine]]:
    """The words of a page outside its tables as pieces that are read one after the other, each from top to bottom.

    `lined` makes printed lines of words. The lines of a column carry its right margin; those of a second column and all below
    it are moved down, so that their tops stay in reading order.
    """
    pieces: list[list[PrintedLine]] = []
    left_over = list(words)
    for band in found:
        before = [w for w in left_over if _middle(w) < band.top]
        within = [w for w in left_over if band.top <= _middle(w) <= band.bottom]
        left_over = [w for w in left_over if _middle(w) > band.bottom]
        sides = [[w for w in within if (w["x0"] < band.strip) == side] for side in (True, False)]
        down = moved(band.top - 1.0, found)
        pieces += [
            _moved(lined(before), down),
            _column(lined(sides[0]), down),
            _column(lined(sides[1]), down + band.height),
        ]
    pieces.append(_moved(lined(left_over), sum(band.height for band in found)))
    return [piece for piece in pieces if piece]


def moved(top: float, found: Sequence[Band]) -> float:
    """How far down something at a top has to move for the second columns above it."""
    return sum(band.height for band in found if band.bottom <= top)


def _moved(lines: list[PrintedLine], down: float) -> list[PrintedLine]:
    return [replace(line, top=line.top + down) for line in lines] if down else lines


def _column(lines: list[PrintedLine], down: float) -> list[PrintedLine]:
    margin = max((line.right for line in lines), default=0.0)
    return [replace(line, top=line.top + down, margin=margin) for line in lines]


def _middle(word: Word) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _band(lines: Sequence[PrintedLine]) -> Band | None:
    """The band with most lines in two columns; None where there is none."""
    if len(lines) < _FEWEST:
        return None
    begins, ends = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[int, float, list[PrintedLine]] | None = None
    at = begins + _MIDDLE[0] * (ends - begins)
    while at < begins + _MIDDLE[1] * (ends - begins):
        for run in _runs(lines, at):
            both = sum(line.left < at < line.right for line in run)
            if both >= _FEWEST and (best is None or both > best[0]) and _is_prose(run, at):
                best = both, at, run
        at += _STEP
    if best is None:
        return None
    _, at, run = best
    return Band(at, run[0].top, run[-1].top + run[-1].height)


def _runs(lines: Sequence[PrintedLine], at: float) -> list[list[PrintedLine]]:
    """The lines in a row that leave a strip at a place blank, with text on both sides of it."""
    runs: list[list[PrintedLine]] = [[]]
    for line in lines:
        if any(piece.left < at + _STRIP / 2 and at - _STRIP / 2 < piece.right for piece in line.pieces):
            runs.append([])
        else:
            runs[-1].append(line)
    return [_trimmed(run, at) for run in runs if any(line.left < at < line.right for line in run)]


def _trimmed(run: list[PrintedLine], at: float) -> list[PrintedLine]:
    """Lines in a row without those above and below that no line on the right stands beside, but for the rest of a longer left
    column, whose lines follow closely.
    """
    right = [i for i, line in enumerate(run) if line.right > at]
    first, last = right[0], right[-1]
    while first and run[first].top - run[first - 1].top < run[first].height:  # a line that is set a little higher
        first -= 1
    while last + 1 < len(run) and run[last + 1].top - run[last].top < _CLOSE * run[last].height:
        last += 1
    return run[first : last + 1]


def _is_prose(run: Sequence[PrintedLine], at: float) -> bool:
    """Whether both sides mostly hold running text, in one stretch a line, that goes on from one full line to the next."""
    for side in (True, False):
        pieces = [own for line in run if (own := [p for p in line.pieces if (p.left < at) == side])]
        edge = max(own[-1].right for own in pieces)
        prose = [own for own in pieces if len(_text(own)) >= _LETTERS and len(_KANA.findall(_text(own))) > 1]
        full = sum(own[-1].right >= edge - _NEAR * _letter(own) for own in prose)
        figures = sum(_FIGURE.fullmatch(p.text) is not None for own in pieces for p in own)
        torn = sum(len(own) > 1 for own in pieces)
        if len(prose) < _PROSE * len(pieces) or full < max(_FULL, _FULL_SHARE * len(pieces)):
            return False
        if max(figures, torn) > _FIGURES * len(pieces):
            return False
    return True


def _text(pieces: Sequence[Stretch]) -> str:
    return "".join(piece.text for piece in pieces)


def _letter(pieces: Sequence[Stretch]) -> float:
    """The width of a letter in points."""
    return (pieces[-1].right - pieces[0].left) / max(1, len(_text(pieces)))
