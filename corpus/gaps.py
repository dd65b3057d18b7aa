"""Tables of plain text that are laid out with blanks: which lines they are, and the cells under each other.

A line is a row when it has pieces set apart by at least two blanks or by a leader of dots, the last one a figure; three such
lines in a row are a table. So are three lines of three or more pieces that all stand under each other, whatever the last
one is. Labels stand under each other by their left edge, figures by their right edge, as they are set. Widths are
counted as in print: a full-width letter is as wide as two others.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.columns import Column, column_under, columns_of
from corpus.drawn_out import joined
from corpus.folding import fold
from corpus.group_heads import heads_over
from corpus.lines import edges, is_rule
from corpus.types import Line, Span
from corpus.values import COUNTERS, UNIT_ONLY

_LEADER = r"[…‥]+|\.{3,}|・{3,}"
_PIECE = re.compile(rf"(?:(?!{_LEADER})\S)+(?:[ \u3000](?:(?!{_LEADER})\S)+)*")
_FIGURE = re.compile(
    rf"^(?:約\s?)?[△▲-]?\s?[0-9][0-9,.]*(?:\s?[兆億万千百]+[0-9,.]*)*\s?(?:{COUNTERS})?$|^[-―—－*]+$|^皆[増減]$|^純[増減]$"
)
_YEAR = re.compile(r"(?:[0-9]{1,2}|元|(?:19|20)[0-9]{2})年度?末?")  # 3年度 behind 令和2年度: a label
_WORD, _DIGIT = re.compile(r"\S+"), re.compile(r"[0-9０-９]")
_SET_APART = re.compile(rf"[ \u3000]{{2}}|{_LEADER}")
_BULLET = re.compile(r"[・○●◎■□◆◇▼]\s*")
_UNITS = re.compile(r"(?:[（(][^（()）:：]{1,6}[）)]\s?)+")  # below the labels: (億円) (億円); or just 千円 千円
_NUMBER_AND_LETTER = re.compile(r"[0-9]{1,2}[.)]?\s*[^\s0-9]")
_LEVEL = re.compile(
    r"[款節](?!別)|項(?![目別])"
)  # of a budget: each is a label of one letter beside others that are drawn out
_FEWEST_ROWS, _MOST_PIECES, _MOST_HEADERS = 3, 12, 2
_TOTAL, _MOST_BLANK = re.compile(r"[^0-9]{0,8}(?:合|総)計[△▲-]?[0-9][0-9,]*"), 6  # 歳   出   合   計   102,061,000
_NEAR = 3  # half-widths by which edges may differ and still be one column's
Cells = tuple[Span | None, ...]


@dataclass(frozen=True, slots=True)
class GapPiece:
    """A piece of a line: its place, and its edges in half-widths from the margin."""

    span: Span
    left: int
    right: int
    figure: bool


def gap_tables(text: str, lines: Sequence[Line], aside: Container[int] = ()) -> dict[int, tuple[Cells, bool]]:
    """By line index: the cells of each line of such a table, and whether the line is its header. Rules drawn between a header
    and its rows, or above a total, part nothing, nor do the lines set `aside`.
    """
    kept = [i for i, line in enumerate(lines) if i not in aside and not is_rule(text[line.start : line.end])]
    found = _laid_out(text, [lines[i] for i in kept])
    return {kept[i]: own for i, own in found.items()}


def double_spaced(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """The blank lines that part nothing: every other one between lines that are laid out with blanks, and those in front of
    the unit of the columns or of the sum of them all.
    """
    laid = [_may_be(text, line) for line in lines]
    said = [fold(text[line.start : line.end]).strip() for line in lines]
    between = {i for i in range(1, len(lines) - 1) if not said[i] and laid[i - 1] and laid[i + 1]}
    over_units = {i for i in between if UNIT_ONLY.match(said[i + 1])}
    spaced = {i for i in between if i - 2 in between or i + 2 in between}
    for i, line in enumerate(said):
        if laid[i] and _TOTAL.fullmatch(line.replace(" ", "")):
            above = next((j for j in range(i - 1, max(-1, i - 2 - _MOST_BLANK), -1) if said[j]), i)
            if laid[above] and ends_in_figure(text, lines[above], least=2):
                spaced.update(range(above + 1, i))
    return frozenset(spaced | over_units)


def ends_in_figure(text: str, line: Line, least: int = 3) -> bool:
    """Whether a line is laid out like a row: at least so many pieces, the last of them a figure."""
    pieces = pieces_of(text, line) if _may_be(text, line) else []
    return len(pieces) >= least and pieces[-1].figure


def _laid_out(text: str, lines: Sequence[Line]) -> dict[int, tuple[Cells, bool]]:
    pieces = [_drawn_together(text, pieces_of(text, line)) if _may_be(text, line) else [] for line in lines]
    found: dict[int, tuple[Cells, bool]] = {}
    start = 0
    while start < len(lines):
        end = _end(text, pieces, start)
        if end > start:
            rows = [_joined(text, row) for row in pieces[start:end]]
            own = _is_header(text, rows)
            few_rows = end - start < _FEWEST_ROWS  # each of their figures stands under a label of its own
            columns = (
                [Column(p.left, p.right, p.figure) for p in rows[0]] if few_rows else columns_of(rows[own:], _NEAR)
            )
            many = min(map(len, rows[own:]), default=0)
            over = rows[0] if own else _as_many(text, lines[start - 1], pieces[start - 1], many) if start else ()
            wide = _in_order(rows[own:], _spelled(over, many))
            columns = wide or columns
            head = start - 1 if start and pieces[start - 1] and not any(p.figure for p in pieces[start - 1]) else None
            if head is None and _counts_pages(text, rows):
                start = end
                continue
            numbered = all(row and fold(text[row[0].span.start : row[0].span.end]).isdecimal() for row in rows[own:-1])
            for i, row in zip(range(start, end), rows, strict=True):
                if own and i == start:
                    spelled = _spelled(row, len(columns))
                    found[i] = (tuple(p.span for p in spelled) if wide else _headed_by(spelled, columns), True)
                else:
                    ordered = _by_order(row, len(wide)) if wide else ()
                    found[i] = (tuple(p.span for p in ordered) if wide else _lay(row, columns), False)
            for i in range(start - 1, max(-1, start - 1 - _MOST_HEADERS * (not own)), -1):
                above = _spelled(_as_many(text, lines[i], pieces[i], len(columns)), len(columns))
                said = " ".join(text[p.span.start : p.span.end] for p in above)
                bare = bool(above) and all(UNIT_ONLY.match(fold(one)) for one in said.split())
                units = bare or _UNITS.fullmatch(said) is not None
                figures = sum(column.figure for column in columns)
                enough = len(columns) - (few_rows or numbered)
                enough = min(enough, figures + 1) if figures > 1 else enough  # 歳入総額 A: the letter has no label
                few = len(above) < enough
                if i in found or any(p.figure for p in above):
                    break
                if few and not units:
                    over = pieces[i - 1] if i else []
                    more = len(over) > len(above) and len(over) >= enough and not any(p.figure for p in over)
                    if i != start - 1 or not more or len(above) < _FEWEST_ROWS:
                        break  # else signs below the labels: (A) (B) (A-B)
                one_each = (few_rows or wide) and len(above) == len(columns)
                laid = tuple(p.span for p in above) if one_each else _headed_by(above, columns)
                found[i] = (laid, True)
            top = min((i for i in range(max(start - _MOST_HEADERS, 0), start) if i in found), default=start)
            if 0 < top < start and top - 1 not in found:
                over = letters_joined(text, pieces[top - 1])
                heads = heads_over(text, [(p.span, p.left, p.right) for p in over], columns)
                if heads and not any(p.figure for p in over):
                    found[top - 1] = (tuple(heads.get(c) for c in range(len(columns))), True)
        start = max(end, start + 1)
    return found


def _end(text: str, pieces: Sequence[list[GapPiece]], start: int) -> int:
    """Where the table ends that begins at a line; `start` itself where none does."""
    end = start
    while end < len(pieces) and _is_row(pieces[end]):
        end += 1
    if end - start >= _FEWEST_ROWS or (end > start and _headed(pieces, start)):
        return end
    if _only_figures(text, pieces, start):
        return start + 1
    first, end = pieces[start], start
    if not _FEWEST_ROWS <= len(first) <= _MOST_PIECES:
        return start
    numbered = fold(text[first[0].span.start : first[0].span.end]).isdecimal()
    while end < len(pieces) and (
        _stands_under(text, first, pieces[end])
        or (numbered and end > start and _stands_under(text, first[1:], pieces[end]))  # 合計, which has no number
    ):
        end += 1
    return end if end - start >= _FEWEST_ROWS else start


def _headed(pieces: Sequence[list[GapPiece]], start: int) -> bool:
    """Whether even a single row is a table: labels stand right above each of its many figures."""
    row, head = pieces[start], pieces[start - 1] if start else []
    figures = row[1:]
    if len(figures) < _FEWEST_ROWS or not all(p.figure for p in figures) or any(p.figure for p in head):
        return False
    labels = head[-len(figures) :]
    return len(head) in (len(row), len(figures)) and all(
        a.left < b.right + _NEAR and b.left < a.right + _NEAR for a, b in zip(labels, figures, strict=True)
    )


def _only_figures(text: str, pieces: Sequence[list[GapPiece]], start: int) -> bool:
    """Whether a row of nothing but figures stands alone below as many labels."""
    row = pieces[start]
    if not start or len(row) < _FEWEST_ROWS or not all(p.figure for p in row):
        return False
    head = _spelled(pieces[start - 1], len(row))
    if len(head) != len(row) or any(p.figure for p in head):
        return False
    ends = [0, *(p.right for p in row)]  # a figure ends below its label, or right of it before the next one ends
    return all(
        a.left < b.right + _NEAR and ends[i] < a.right + _NEAR for i, (a, b) in enumerate(zip(head, row, strict=True))
    )


def _in_order(rows: Sequence[Sequence[GapPiece]], head: Sequence[GapPiece]) -> list[Column]:
    """The columns of rows that are not set under each other, below a header of as many labels: by their order; else none.

    Text set in proportional letters keeps two blanks between its columns, and no edges.
    """
    many = len(head)
    if many < _FEWEST_ROWS or any(p.figure for p in head):
        return []
    laid = [_by_order(row, many) for row in rows]
    if not all(laid):
        return []
    edges = [[row[i].right for row in laid] for i in range(1, many)]
    if not any(max(own) - min(own) > _NEAR for own in edges):
        return []
    return [Column(min(row[i].left for row in laid), max(row[i].right for row in laid), i > 0) for i in range(many)]


def _by_order(row: Sequence[GapPiece], many: int) -> list[GapPiece]:
    """A row as a name and one figure less than `many`; none where it has more or fewer figures, or one inside its name."""
    figures, names = row[len(row) - many + 1 :], row[: len(row) - many + 1]
    if not names or not all(p.figure for p in figures) or any(p.figure for p in names):
        return []
    whole = GapPiece(Span(names[0].span.start, names[-1].span.end), names[0].left, names[-1].right, False)
    return [whole, *figures]


def _spelled(labels: Sequence[GapPiece], wanted: int) -> list[GapPiece]:
    """The labels of a header, single letters side by side (市   債) as one where there are too many of them."""
    found = list(labels)
    while len(found) > wanted:
        single = [
            i for i, (a, b) in enumerate(pairwise(found))
            if a.span.end - a.span.start == 1 and b.span.end - b.span.start == 1
        ]  # fmt: skip
        if not single:
            return found
        i = min(single, key=lambda i: found[i + 1].left - found[i].right)
        a, b = found[i], found[i + 1]
        found[i : i + 2] = [GapPiece(Span(a.span.start, b.span.end), a.left, b.right, False)]
    return found


def _stands_under(text: str, first: Sequence[GapPiece], row: Sequence[GapPiece]) -> bool:
    """Whether the pieces of a line stand under those of the first one, each by one of its edges, and none is a sentence."""
    return len(row) == len(first) and all(
        min(abs(a.left - b.left), abs(a.right - b.right)) <= _NEAR and "。" not in text[b.span.start : b.span.end]
        for a, b in zip(first, row, strict=True)
    )


def _is_header(text: str, rows: Sequence[Sequence[GapPiece]]) -> bool:
    """Whether the first line holds the labels of the others: no figure in it, and some in a column below."""
    if any(p.figure for row in rows[1:] for p in row) and not any(p.figure for p in rows[0]):
        return True
    digits = [[bool(_DIGIT.search(text[p.span.start : p.span.end])) for p in row] for row in rows]
    return not any(digits[0]) and any(any(row[1:]) for row in digits[1:])


def _as_many(text: str, line: Line, pieces: list[GapPiece], wanted: int) -> list[GapPiece]:
    """The pieces of a header, cut also at single blanks where that gives as many as there are columns."""
    if not 1 < len(pieces) < wanted:
        return pieces
    finer = _spelled(pieces_of(text, line, _WORD), wanted)
    labels = all(p.span.end - p.span.start > 1 and text[p.span.start] not in "（(" for p in finer)
    return finer if len(finer) == wanted and labels else pieces


def _may_be(text: str, line: Line) -> bool:
    raw = text[line.start : line.end]
    return "\t" not in raw and _SET_APART.search(raw) is not None


def pieces_of(text: str, line: Line, pattern: re.Pattern[str] = _PIECE) -> list[GapPiece]:
    """The pieces of a line; the mark of a list item belongs to none."""
    raw = text[line.start : line.end]
    mark = _BULLET.match(raw.lstrip())
    begins = len(raw) - len(raw.lstrip()) + mark.end() if mark else 0
    widths = edges(raw)
    return [
        GapPiece(
            Span(line.start + m.start(), line.start + m.end()),
            widths[m.start()],
            widths[m.end()],
            bool(_FIGURE.match(said := fold(m.group()))) and not _YEAR.fullmatch(said),
        )
        for m in pattern.finditer(raw, begins)
    ]


def _drawn_together(text: str, pieces: list[GapPiece]) -> list[GapPiece]:
    """The pieces of a line, words drawn out letter by letter in one: 県　　税, and a row's label whatever it is made of."""
    if not any(p.span.end - p.span.start == 1 for p in pieces):
        return pieces
    whole = _joined(text, pieces)
    if len(whole) < len(pieces) and whole[-1].figure:
        return whole
    letters = "".join(text[p.span.start] if p.span.end - p.span.start == 1 else " " for p in pieces)
    levels = {match.start() for match in _LEVEL.finditer(letters)}
    if not levels:
        return letters_joined(text, pieces)
    runs = itertools.groupby(enumerate(pieces), key=lambda own: own[0] in levels)
    return [
        piece for level, run in runs
        for piece in ([p for _, p in run] if level else letters_joined(text, [p for _, p in run]))
    ]  # fmt: skip


def letters_joined(text: str, pieces: Sequence[GapPiece]) -> list[GapPiece]:
    """The pieces of a line, those that are letters of one word drawn out as one (`corpus.drawn_out`)."""
    by_end = {piece.right: piece for piece in pieces}
    printed = [
        {
            "text": text[p.span.start : p.span.end],
            "x0": p.left,
            "x1": p.right,
            "figure": p.figure,
            "start": p.span.start,
        }
        for p in pieces
    ]
    return [
        GapPiece(Span(word["start"], by_end[word["x1"]].span.end), word["x0"], word["x1"], word["figure"])
        for word in joined(printed)
    ]


def _is_row(pieces: Sequence[GapPiece]) -> bool:
    return 2 <= len(pieces) <= _MOST_PIECES and pieces[-1].figure and not pieces[0].figure


def _counts_pages(text: str, rows: Sequence[Sequence[GapPiece]]) -> bool:
    """Whether the figures only number pages, as in a table of contents: one a line, small, and never falling."""
    figures = [[text[p.span.start : p.span.end] for p in row if p.figure] for row in rows]
    plain = all(len(line) == 1 and fold(line[0]).isdecimal() for line in figures)
    numbers = [int(fold(line[0])) for line in figures] if plain else []
    return plain and numbers == sorted(numbers) and len(set(numbers)) > 1


def _joined(text: str, row: Sequence[GapPiece]) -> list[GapPiece]:
    """A row whose label is spelled letter by letter (歳　　入　　合　　計), also behind its number (３ 民　　生　　費), in one piece."""
    labels = [piece for piece in row if not piece.figure]
    # 小　　計, １ 市　　税: beside several figures no two columns of names.
    few = 2 if len(row) - len(labels) > 1 else 3
    if len(labels) < few:
        return list(row)
    wide = [piece for piece in labels if piece.right - piece.left > 2]
    first = fold(text[labels[0].span.start : labels[0].span.end])
    if wide and (wide != labels[:1] or not _NUMBER_AND_LETTER.fullmatch(first)):
        return list(row)
    whole = GapPiece(Span(labels[0].span.start, labels[-1].span.end), labels[0].left, labels[-1].right, False)
    return [whole, *(piece for piece in row if piece.figure)]


def _headed_by(labels: Sequence[GapPiece], columns: Sequence[Column]) -> Cells:
    """The labels of a header over the nearest columns; one each where they are as many and two would share one."""
    laid = _lay(labels, columns, nearest=True)
    as_many = len(labels) == len(columns) and None in laid
    return tuple(p.span for p in labels) if as_many else laid


def _lay(row: Sequence[GapPiece], columns: Sequence[Column], nearest: bool = False) -> Cells:
    """The pieces of a line under the columns; pieces that come to stand under the same one are one cell."""
    cells: list[Span | None] = [None] * len(columns)
    for piece in row:
        at = _nearest(piece, columns) if nearest else column_under(piece, columns)
        before = cells[at]
        cells[at] = Span(before.start, piece.span.end) if before else piece.span
    return tuple(cells)


def _nearest(piece: GapPiece, columns: Sequence[Column]) -> int:
    """The column whose box the middle of a label is in or nearest to."""
    middle = (piece.left + piece.right) / 2
    return min(range(len(columns)), key=lambda i: max(columns[i].left - middle, middle - columns[i].right, 0.0))
