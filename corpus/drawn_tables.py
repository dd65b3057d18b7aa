"""Tables of budgets as text taken from a printed page: names drawn out letter by letter, a number before each, blank lines between.

    14   分  担   金   及   び   負   担 金      542,915         0.6        548,338         0.7       △ 5,423        △ 1.0

What is one word is shown by what stands in a line: before the first figure of a row there is one name, and a header of single
letters is made of words that head accounts (予 算 額 構 成 比). A table is three such rows with as many figures each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from corpus.drawn_out import HEADERS, as_headers
from corpus.folding import fold
from corpus.lines import edges
from corpus.types import Line, Span
from corpus.values import COUNTERS

_TOKEN = re.compile(r"\S+")
_FIGURE = re.compile(rf"[△▲-]?[0-9][0-9,.]*(?:{COUNTERS})?|[-―—－]+")
_SIGN, _UNIT = re.compile(r"[△▲]"), re.compile(rf"(?:{COUNTERS})")
_NUMBER = re.compile(r"[0-9]{1,3}")
_LETTER = re.compile(r"[一-龥々ぁ-んァ-ヶー]")
_FEWEST_ROWS, _FEWEST_FIGURES, _MOST_BLANK, _MOST_HEADERS = 3, 2, 2, 3
Cells = tuple[Span | None, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a line with its edges in half-widths."""

    span: Span
    left: int
    right: int
    text: str

    @property
    def middle(self) -> float:
        """Where it stands in its line."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a number (maybe none), a name and figures; `drawn` where the name is printed letter by letter."""

    number: _Piece | None
    name: _Piece
    figures: tuple[_Piece, ...]
    drawn: bool


def drawn_tables(text: str, lines: Sequence[Line]) -> tuple[dict[int, tuple[Cells, bool]], frozenset[int]]:
    """By line index the cells of each line of such a table, and whether it is its header; and the lines that go on with a
    table across blank lines.
    """
    tokens = [_tokens(text, line) for line in lines]
    rows = [_row(own) for own in tokens]
    found: dict[int, tuple[Cells, bool]] = {}
    inside: set[int] = set()
    start = 0
    while start < len(lines):
        members = _members(tokens, rows, start)
        is_table = len(members) >= _FEWEST_ROWS and any(row.drawn for _, row in members)
        heads = _heads(tokens, members) if is_table else []
        if heads:
            own = [*((i, cells, True) for i, cells in heads), *((i, _cells(row), False) for i, row in members)]
            found.update({i: (cells, header) for i, cells, header in own})
            inside.update(i for i, _, _ in own[1:])
        start = members[-1][0] + 1 if members else start + 1  # what begins inside a run of rows is a part of it
    return found, frozenset(inside)


def _tokens(text: str, line: Line) -> list[_Piece]:
    raw = text[line.start : line.end]
    if "\t" in raw:
        return []
    widths = edges(raw)
    return [
        _Piece(Span(line.start + m.start(), line.start + m.end()), widths[m.start()], widths[m.end()], fold(m.group()))
        for m in _TOKEN.finditer(raw)
    ]


def _joined(first: _Piece, last: _Piece, text: str) -> _Piece:
    return _Piece(Span(first.span.start, last.span.end), first.left, last.right, text)


def _row(tokens: Sequence[_Piece]) -> _Row | None:
    """A line as a row: a name, then nothing but figures, at least two."""
    numbered = len(tokens) > 1 and _NUMBER.fullmatch(tokens[0].text) is not None
    rest = tokens[1:] if numbered else tokens
    named = next((i for i, t in enumerate(rest) if _FIGURE.fullmatch(t.text) or _SIGN.fullmatch(t.text)), len(rest))
    name, figures = rest[:named], _figures(rest[named:])
    if not name or len(figures) < _FEWEST_FIGURES or any(c.isdigit() for t in name for c in t.text):
        return None
    letters = "".join(t.text for t in name)
    drawn = len(name) > 1 and sum(len(t.text) == 1 for t in name) * 2 > len(name)
    if not all(map(_LETTER.match, letters)) or (len(name) > 1 and not drawn):
        return None
    return _Row(tokens[0] if numbered else None, _joined(name[0], name[-1], letters), figures, drawn)


def _figures(tokens: Sequence[_Piece]) -> tuple[_Piece, ...]:
    """Figures with their sign before and their unit behind; nothing where something else stands between."""
    found: list[_Piece] = []
    sign: _Piece | None = None
    for token in tokens:
        if _SIGN.fullmatch(token.text) and sign is None:
            sign = token
        elif _FIGURE.fullmatch(token.text):
            found.append(_joined(sign, token, token.text) if sign else token)
            sign = None
        elif _UNIT.fullmatch(token.text) and found and sign is None:
            found[-1] = _joined(found[-1], token, found[-1].text + token.text)
        else:
            return ()
    return tuple(found) if sign is None else ()


def _members(tokens: Sequence[list[_Piece]], rows: Sequence[_Row | None], start: int) -> list[tuple[int, _Row]]:
    """The rows from a line on that have as many figures as its own, few blank lines between them."""
    first = rows[start]
    if first is None:
        return []
    found, blank = [(start, first)], 0
    for i in range(start + 1, len(rows)):
        row = rows[i]
        if not tokens[i]:
            blank += 1
            if blank > _MOST_BLANK:
                break
        elif row is None or len(row.figures) != len(first.figures):
            break
        else:
            found.append((i, row))
            blank = 0
    return found


def _heads(tokens: Sequence[list[_Piece]], members: Sequence[tuple[int, _Row]]) -> list[tuple[int, Cells]]:
    """The header lines above, topmost first: one with a label for each figure, above it those that span several; none without."""
    columns = [
        (min(row.figures[k].left for _, row in members) + max(row.figures[k].right for _, row in members)) / 2
        for k in range(len(members[0][1].figures))
    ]
    found: list[tuple[int, Cells]] = []
    whole = False
    for i in _above(tokens, members[0][0]):
        labels = _labels(tokens[i])
        if not labels or len(labels) > len(columns) + 1:
            break
        if not whole and len(labels) >= len(columns):
            named = labels[: len(labels) - len(columns)]
            cells = (None, named[0].span if named else None, *(p.span for p in labels[len(named) :]))
            found.append((i, cells))
            whole = True
        else:
            found.append((i, _spread(labels, columns)))
    return found[::-1] if whole else []


def _above(tokens: Sequence[list[_Piece]], start: int) -> Iterator[int]:
    """The few lines above that are not blank, the nearest first."""
    blank = met = 0
    for i in range(start - 1, -1, -1):
        blank = 0 if tokens[i] else blank + 1
        if blank > _MOST_BLANK or met == _MOST_HEADERS:
            return
        if tokens[i]:
            met += 1
            yield i


def _labels(tokens: Sequence[_Piece]) -> list[_Piece]:
    """The labels of a header line: words, or single letters as the words that head accounts; none where a figure stands there."""
    if (
        not tokens
        or any(c.isdigit() for t in tokens for c in t.text)
        or not all(map(_LETTER.match, (t.text for t in tokens)))
    ):
        return []
    if all(len(t.text) > 1 for t in tokens):
        return list(tokens)
    letters = [(t, k) for t in tokens for k in range(len(t.text))]
    words = as_headers("".join(t.text for t in tokens))
    if len(words) == 1 and len(words[0]) > 1 and words[0] not in HEADERS:
        return []
    found, at = [], 0
    for word in words:
        first, last = letters[at][0], letters[at + len(word) - 1][0]
        found.append(_joined(first, last, word))
        at += len(word)
    return found


def _spread(labels: Sequence[_Piece], columns: Sequence[float]) -> Cells:
    """Labels that span several columns each, in the first of those whose middle is nearest to it; one left of all names the names."""
    cells: list[Span | None] = [None] * (2 + len(columns))
    if len(labels) == 1 and labels[0].right < columns[0]:
        cells[1] = labels[0].span
        return tuple(cells)

    def far(cuts: tuple[int, ...]) -> float:
        groups = pairwise((0, *cuts, len(columns)))
        return sum(abs(p.middle - sum(columns[a:b]) / (b - a)) for p, (a, b) in zip(labels, groups, strict=True))

    nearest = [min(range(len(columns)), key=[abs(p.middle - at) for at in columns].__getitem__) for p in labels]
    many, left = divmod(len(columns), len(labels))
    if not left and all(k // many == i for i, k in enumerate(nearest)):
        cuts = tuple(range(many, len(columns), many))  # 予算額 and 構成比 under each of them
    else:
        cuts = min(combinations(range(1, len(columns)), len(labels) - 1), key=far)
    for label, first in zip(labels, (0, *cuts), strict=True):
        cells[2 + first] = label.span
    return tuple(cells)


def _cells(row: _Row) -> Cells:
    return (row.number.span if row.number else None, row.name.span, *(p.span for p in row.figures))
