"""A detailed statement (事項別明細書) whose text kept its columns apart with blanks → blocks.

The units printed under the heads say where the figures of each column end: 本年度予算額, 前年度予算額, 比較 (and where the
means come from); beside them the 金額 of the 節, and that of the 説明. What stands left of the first figures names a 目, what
stands before the 金額 a 節, what stands behind it an explanation, deeper the further it is indented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.blocks import Block, Heading, Paragraph, TableLine, split_blocks
from corpus.folding import fold
from corpus.gaps import GapPiece, letters_joined, pieces_of
from corpus.statements.layout import Heads, header_lines
from corpus.types import Line, Span

_PAGE = re.compile(r"^(?:-\s*[0-9]{1,4}\s*-\s*)+$")
_FIGURE = re.compile(r"[△▲-]?[0-9]{1,3}(?:,[0-9]{3})*|[-―—－]")
_UNITS = re.compile(r"(?:千円|円|百万円)")
_FORM = (
    "目",
    "本年度予算額",
    "前年度予算額",
    "比較",
    "節",
    "区分",
    "金額",
    "説明",
    "本年度予算額の財源内訳",
    "財源内訳",
    "特定財源",
    "一般財源",
)
_MEANS = ("国県支出金", "国庫支出金", "国支出金", "県支出金", "都支出金", "道支出金", "府支出金", "地方債", "その他")
_BUDGET = ("目", "本年度予算額", "前年度予算額", "比較")
_RAISED = re.compile(r"^[0-9]{1,3}(?:,[0-9]{3})*(?:千円|円)$")
_RANKS = frozenset((14, 15, 16))  # 款, 項, 目 as headings
_NEAR = 3  # half-widths by which the right edge of a figure may miss that of its unit
_BEFORE = 4  # half-widths that a name may begin before the head of its column
_LEAST, _LEVELS = 5, 3


@dataclass(slots=True)
class _Columns:
    """Where the figures of each column end, and where the names of 節 and of explanations begin, in half-widths."""

    budget: tuple[int, ...]
    amount: int
    explained: int
    classes: int
    explanations: int


@dataclass(slots=True)
class _Tables:
    """The lines of the three tables under one heading, and the names that what comes next belongs to."""

    budget: list[TableLine] = field(default_factory=list)
    classes: list[TableLine] = field(default_factory=list)
    explained: list[TableLine] = field(default_factory=list)
    of: Span | None = None
    in_class: Span | None = None
    under: list[tuple[int, Span]] = field(default_factory=list)


def is_laid_out(text: str, lines: Sequence[Line]) -> bool:
    """Whether a text is such a statement: heads set apart, and a line of at least five units under them."""
    if "予算" not in text or not {"説", "明", "節", "目"} <= set(text):
        return False
    heads = {_plain(text, piece.span) for line in lines for piece in _pieces(text, line)}
    return {"本年度予算額", "前年度予算額", "説明", "金額"} <= heads and any(_units(text, line) for line in lines)


def read_laid_out(text: str, lines: Sequence[Line]) -> tuple[tuple[Block, ...], tuple[Span, ...]]:
    """The blocks of such a statement, and the column heads and page numbers that are none of its content."""
    kept = [line for line in lines if text[line.start : line.end].strip()]
    blocks: list[Block] = []
    furniture: list[Span] = []
    heads = Heads({}, [])
    columns: _Columns | None = None
    open_heads: list[str] = []
    tables = _Tables()
    raised: Span | None = None
    for line in kept:
        pieces = _pieces(text, line)
        whole = Span(pieces[0].span.start, pieces[-1].span.end)
        units = _units(text, line)
        if units:
            columns = _columns(text, units, heads) or columns
            heads.units.append(units[0].span)
            furniture.append(whole)
        elif _PAGE.match(fold(text[whole.start : whole.end])):
            furniture.append(whole)
        elif _is_head(text, pieces):
            for piece in pieces:
                heads.heads.setdefault(_plain(text, piece.span), []).append(piece.span)
                heads.edges[piece.span.start] = (piece.left, piece.right)
            furniture.append(whole)
        elif len(pieces) == 1 and _RAISED.match(_plain(text, whole)):
            raised = whole
        elif headings := [b for b in split_blocks(text, (line,)) if isinstance(b, Heading) and b.rank in _RANKS]:
            names = [_plain(text, h.span) for h in headings]
            if all(name in open_heads for name in names):
                furniture += [whole, *([raised] if raised else [])]
            else:
                if headings[0].rank == min(_RANKS) or len(open_heads) > 1:
                    blocks += _emit(tables, heads)
                    tables = _Tables()
                    open_heads = open_heads[: headings[0].rank - min(_RANKS)]
                open_heads += names
                blocks += [*headings[:-1], replace(headings[-1], figure=raised)]
            raised = None
        elif columns is None or not _take(text, pieces, columns, tables):
            blocks.append(Paragraph(whole, False))
    return (*blocks, *_emit(tables, heads)), tuple(furniture)


def _pieces(text: str, line: Line) -> list[GapPiece]:
    """The pieces of a line, words drawn out letter by letter in one."""
    return letters_joined(text, [replace(p, figure=_is_figure(text, p.span)) for p in pieces_of(text, line)])


def _is_figure(text: str, span: Span) -> bool:
    return _FIGURE.fullmatch(_plain(text, span)) is not None


def _plain(text: str, span: Span) -> str:
    return re.sub(r"\s", "", fold(text[span.start : span.end]))


def _units(text: str, line: Line) -> list[GapPiece]:
    """The pieces of a line that holds nothing but units, enough of them for the form."""
    pieces = _pieces(text, line)
    return pieces if len(pieces) >= _LEAST and all(_UNITS.fullmatch(_plain(text, p.span)) for p in pieces) else []


def _is_head(text: str, pieces: Sequence[GapPiece]) -> bool:
    return all(_plain(text, piece.span) in (*_FORM, *_MEANS) for piece in pieces)


def _columns(text: str, units: Sequence[GapPiece], heads: Heads) -> _Columns | None:
    """The columns that the units stand under, and the heads of 節 and 説明 beside them."""
    *budget, amount, explained = (unit.right for unit in units)
    named = heads.edges.get(heads.heads["区分"][-1].start) if heads.heads.get("区分") else None
    if named is None:
        return None
    return _Columns(tuple(budget), amount, explained, named[0] - _BEFORE, amount + 1)


def _take(text: str, pieces: Sequence[GapPiece], columns: _Columns, tables: _Tables) -> bool:
    """Put the pieces of a line into their tables; False where one of them stands in no column."""
    left = [p for p in pieces if p.right <= max(columns.budget) + _NEAR and p.left < columns.classes]
    middle = [p for p in pieces if p not in left and p.right <= columns.amount + _NEAR]
    right = [p for p in pieces if p not in left and p not in middle]
    if not (_takes_budget(text, left, columns, tables) and _takes_class(text, middle, columns, tables)):
        return False
    return _takes_explanation(text, right, columns, tables)


def _takes_budget(text: str, pieces: Sequence[GapPiece], columns: _Columns, tables: _Tables) -> bool:
    if not pieces:
        return True
    names = [p for p in pieces if not p.figure]
    figures = [p for p in pieces if p.figure]
    if len(names) != 1:
        return False
    if not figures:  # a name that goes on
        if not tables.budget:
            return False
        last = tables.budget[-1]
        tables.budget[-1] = TableLine(last.cells, last.span, last.first, more=(*last.more, (0, names[0].span)))
        return True
    cells: list[Span | None] = [names[0].span, *([None] * len(columns.budget))]
    for figure in figures:
        at = min(range(len(columns.budget)), key=lambda i: abs(columns.budget[i] - figure.right))
        cells[1 + at] = figure.span
    tables.budget.append(TableLine(tuple(cells[:4]), Span(pieces[0].span.start, pieces[-1].span.end), False))
    if not re.fullmatch(r"計|合計", _plain(text, names[0].span)):
        tables.of, tables.in_class = names[0].span, None
        tables.under.clear()
    return True


def _takes_class(text: str, pieces: Sequence[GapPiece], columns: _Columns, tables: _Tables) -> bool:
    if not pieces:
        return True
    names = [p for p in pieces if not p.figure]
    figures = [p for p in pieces if p.figure]
    if len(names) != 1 or len(figures) > 1:
        return False
    if not figures:
        if not tables.classes:
            return False
        last = tables.classes[-1]
        tables.classes[-1] = TableLine(
            last.cells, last.span, last.first, last.inherited, more=(*last.more, (1, names[0].span))
        )
        return True
    tables.classes.append(
        TableLine(
            (tables.of, names[0].span, figures[0].span),
            Span(names[0].span.start, figures[0].span.end),
            False,
            frozenset((0,)) if tables.of else frozenset(),
        )
    )
    tables.in_class = names[0].span
    tables.under.clear()
    return True


def _takes_explanation(text: str, pieces: Sequence[GapPiece], columns: _Columns, tables: _Tables) -> bool:
    if not pieces:
        return True
    name, value = pieces[0], pieces[-1] if len(pieces) > 1 else None
    if name.figure or len(pieces) > 2:
        return False
    while tables.under and tables.under[-1][0] >= name.left:
        tables.under.pop()
    tables.under.append((name.left, name.span))
    path = [span for _, span in tables.under][-_LEVELS:]
    own = 1 + len(path)
    cells: list[Span | None] = [
        tables.of,
        tables.in_class,
        *path,
        *([None] * (_LEVELS - len(path))),
        value.span if value else None,
    ]
    inherited = frozenset(i for i, cell in enumerate(cells[:own]) if cell)
    tables.explained.append(TableLine(tuple(cells), Span(name.span.start, pieces[-1].span.end), False, inherited))
    return True


def _emit(tables: _Tables, heads: Heads) -> list[Block]:
    """The three tables with their heads."""
    blocks: list[Block] = []
    if tables.budget:
        blocks += [*header_lines(heads, 0, _BUDGET, (1, 2, 3)), *tables.budget]
    if tables.classes:
        blocks += [*header_lines(heads, 1, ("目", "区分", "金額"), (2,)), *tables.classes]
    if tables.explained:
        blocks += [*header_lines(heads, 2, ("目", "区分", "説明", "", "", "金額"), (5,)), *tables.explained]
    return blocks
