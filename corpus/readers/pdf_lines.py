"""What the lines of a PDF's pages are by their letters and places: running heads, headings, captions."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from corpus.folding import fold, searchable, tidy
from corpus.units import is_unit_line
from corpus.values import find_periods

PAGE_NUMBER = re.compile(r"^(?:[-‐－–—\s]*[0-9]{1,4}[-‐－–—\s]*){1,2}$")  # two on a sheet of two pages
SENTENCE_END = re.compile(r"[。．]$")
_HIGHER, _MUCH_HIGHER = 1.2, 1.5  # letters this much higher than those of the page, of the document, are a heading's
_HEADING_LIMIT = 40
_STRETCH_OF_FIGURE = re.compile(r"[△▲-]?[0-9][0-9,.]*(?:%|[億万千百]*円|人|世帯|件|戸)?|[-―—－…]")
_FIGURE = re.compile(r"[0-9],?[0-9]{3}|[0-9]\s*[%円人件]")
ROWS_APART = 7.0  # heights between two rows of an unruled table that still belong together


Heights = list[tuple[float, int]]  # height of letters in points, how many


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a printed line that wide gaps set apart, and its edges in points."""

    text: str
    left: float
    right: float

    @property
    def figure(self) -> bool:
        """Whether it is a figure, or a mark for none."""
        return _STRETCH_OF_FIGURE.fullmatch(fold(self.text).replace(" ", "")) is not None


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line outside tables: its words joined, its place on the page in points, its stretches; `margin` is the right
    edge of the column of text it stands in, 0 where that is the page's.
    """

    text: str
    top: float
    left: float
    right: float
    height: float
    pieces: tuple[Stretch, ...] = ()
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A table row: the printed lines of each cell, None where the table has no cell of its own; `header` where it is
    known to be one.
    """

    cells: tuple[tuple[str, ...] | None, ...]
    top: float
    table_top: float
    first: bool
    units: bool = False
    height: float = 0.0
    widest: float = 0.0
    header: bool = False


def follows(above: PrintedLine, below: PrintedLine, most: float) -> bool:
    """Whether a line stands at most so many of their heights below another."""
    return 0 <= below.top - above.top <= most * max(above.height, below.height)


def usual_height(heights: Heights) -> float:
    """The height that half of the letters do not exceed."""
    total, seen = sum(count for _, count in heights), 0
    for height, count in sorted(heights):
        seen += count
        if seen * 2 >= total:
            return height
    return 0.0


def heading_ranks(
    pages: list[tuple[list[PrintedLine | PrintedRow], float]], usual: float, heads: frozenset[str]
) -> dict[int, int]:
    """By identity: the lines that are headings because their letters are higher, with ranks 1 (highest) to 6."""
    found: list[PrintedLine] = []
    for number, (parts, here) in enumerate(pages):
        floor = min(_HIGHER * max(here, 1.0), _MUCH_HIGHER * max(usual, 1.0))
        high = [
            p for p in parts if isinstance(p, PrintedLine) and p.height >= floor and not PAGE_NUMBER.match(fold(p.text))
        ]
        if number == 0 and len(pages) > 1 and len(high) == len(parts):
            continue  # the cover: its lines are the document's title
        found += [line for line in high if not _is_caption(parts, line)]
    found = [line for line in found if _may_head(line.text) and line_pattern(line.text) not in heads]
    levels = sorted({round(line.height) for line in found}, reverse=True)
    return {id(line): min(6, levels.index(round(line.height)) + 1) for line in found}


def _is_caption(parts: list[PrintedLine | PrintedRow], line: PrintedLine) -> bool:
    """Whether a line belongs to the table below, but for its unit and remarks in brackets."""
    below = parts[next(i for i, part in enumerate(parts) if part is line) + 1 :]
    between = itertools.takewhile(lambda part: isinstance(part, PrintedLine), below)
    rest = [fold(part.text) for part in between if isinstance(part, PrintedLine)]
    return len(rest) < len(below) and all(text.startswith("(") or is_unit_line(text) for text in rest)


def _may_head(text: str) -> bool:
    shown = fold(tidy(text))
    letters = sum(c.isalpha() for c in shown)
    return (
        not shown.startswith("(")
        and letters >= 2
        and len(shown) <= _HEADING_LIMIT
        and not SENTENCE_END.search(shown)
        and not _FIGURE.search(shown)
    )


def running_heads(pages: list[list[PrintedLine | PrintedRow]]) -> frozenset[str]:
    """First and last lines that stand on many pages, their digits aside."""
    edges: Counter[str] = Counter()
    for parts in pages:
        lines = [p for p in parts if isinstance(p, PrintedLine)]
        edges.update({line_pattern(p.text) for p in lines[:1] + lines[-1:] if not is_unit_line(searchable(p.text))})
    return frozenset(pattern for pattern, count in edges.items() if count >= 3 and count * 2 >= len(pages))


def turning_heads(pages: list[list[PrintedLine | PrintedRow]], heads: frozenset[str]) -> frozenset[str]:
    """The running heads that name one year on some pages and another on others: they head what stands below."""
    named: dict[str, set[str]] = {}
    for parts in pages:
        for part in parts[:1]:
            if isinstance(part, PrintedLine) and line_pattern(part.text) in heads:
                named.setdefault(line_pattern(part.text), set()).add(dated_pattern(part.text))
    return frozenset(pattern for pattern, texts in named.items() if len(texts) > 1)


def dated_pattern(text: str) -> str:
    """A folded line with its numbers made equal but for those of years: 令和8年度 予算書 3 → 令和8年度 予算書 #."""
    folded = fold(text)
    dated = [(p.start, p.end) for p in find_periods(folded)]
    return re.sub(r"[0-9]+", lambda m: m.group() if any(a <= m.start() < b for a, b in dated) else "#", folded).strip()


def line_pattern(text: str) -> str:
    """A folded line with its numbers made equal, to compare running heads by."""
    return re.sub(r"[0-9]+", "#", fold(text)).strip()
