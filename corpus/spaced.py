"""Tables of plain text whose columns are set apart by single blanks: text that was copied out of a page has lost its widths.

A line of labels is a header when the lines right below it have as many words as it has labels and end in figures: at
least three lines with a column of figures, or two with two. A name of several words takes what is left over at the
front, where all that follows it tells figures. Labels that are spelled letter by letter (種 目 定 員) are put together
where that gives as many as there are columns. Lines whose columns stand under each other are `corpus/gaps.py`'s.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Sequence

from corpus.folding import fold
from corpus.gaps import Cells, GapPiece, pieces_of
from corpus.lines import MARKS
from corpus.types import Line, Span

_WORD = re.compile(r"\S+")
_NO_LABEL = re.compile(r"[。、::「」…]|[0-9]{5}|^[-―－]+$")
_OPENS_ITEM = re.compile(rf"\s*(?:[・※*＊\-{MARKS}]|[（(]?[0-9０-９]{{1,2}}[)）.．]|[（(])")
_COUNTED = re.compile(r"^[△▲-]?[0-9][0-9,.]*[^0-9\s]{0,4}$|^[-―—－*]+$")  # 186,000食; the counter may be any
_DIGIT = re.compile(r"[0-9]")
_FEWEST, _MOST = 2, 12  # columns
_ROWS_OF_ONE, _ROWS_OF_MORE = 3, 2


def spaced_tables(text: str, lines: Sequence[Line], taken: Container[int]) -> dict[int, tuple[Cells, bool]]:
    """By line index: the cells of each line of such a table, and whether the line is its header. Lines in `taken` are none."""
    words = [_words(text, line) if i not in taken else [] for i, line in enumerate(lines)]
    found: dict[int, tuple[Cells, bool]] = {}
    for start in range(len(lines)):
        if start in found or not _may_head(text, words[start]):
            continue
        for labels in _readings(words[start]):
            rows = _rows(text, words, start + 1, len(labels))
            if rows:
                found[start] = (tuple(labels), True)
                found.update({start + 1 + i: (row, False) for i, row in enumerate(rows)})
                break
    return found


def _words(text: str, line: Line) -> list[GapPiece]:
    """The words of a line that may be one of a table; none of a sentence, an item of a list, or a line with tabs."""
    raw = text[line.start : line.end]
    return [] if "\t" in raw or "。" in raw or _OPENS_ITEM.match(raw) else pieces_of(text, line, _WORD)


def _said(text: str, word: GapPiece) -> str:
    return fold(text[word.span.start : word.span.end])


def _may_head(text: str, words: Sequence[GapPiece]) -> bool:
    return len(words) >= _FEWEST and not any(w.figure or _NO_LABEL.search(_said(text, w)) for w in words)


def _readings(words: Sequence[GapPiece]) -> list[list[Span]]:
    """The labels that a line's words may be: with runs of single letters cut into pairs, and as they stand."""
    plain = [word.span for word in words]
    paired: list[Span] = []
    for single, run in itertools.groupby(plain, key=lambda s: s.end - s.start == 1):
        letters = list(run)
        if single and len(letters) % 2 == 0:
            paired += [Span(a.start, b.end) for a, b in zip(letters[::2], letters[1::2], strict=True)]
        else:
            paired += letters
    spelled = all(span.end - span.start == 1 for span in plain)  # one label: 目 次
    readings = [paired] if spelled else [paired, plain]
    return [labels for labels in readings if _FEWEST <= len(labels) <= _MOST]


def _rows(text: str, lines: Sequence[Sequence[GapPiece]], first: int, wide: int) -> list[Cells]:
    """The cells of the lines from the `first` on, below a header of so many labels, as far as they go; none where they are no table."""
    rows: list[tuple[Span, ...]] = []
    told: list[list[str]] = []
    longer = False
    for i in range(first, len(lines)):
        words = lines[i]
        extra = len(words) - wide
        if extra < 0 or not _COUNTED.match(_said(text, words[-1])):
            break
        if extra and any(_COUNTED.match(_said(text, word)) for word in words[: extra + 1]):
            break
        longer |= extra > 0
        rows.append((Span(words[0].span.start, words[extra].span.end), *(word.span for word in words[extra + 1 :])))
        told.append([_said(text, word) for word in words[extra + 1 :]])
    columns = [[bool(_COUNTED.match(cell)) for cell in column] for column in zip(*told, strict=True)]
    counted = sum(all(column) for column in columns)
    if not counted or len(rows) < (_ROWS_OF_ONE if counted == 1 else _ROWS_OF_MORE):
        return []
    if longer and not all(_COUNTED.match(cell) or _DIGIT.search(cell) for row in told for cell in row):
        return []  # which words are the name is not clear
    return list(rows)
