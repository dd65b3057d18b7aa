"""The pieces of a statement, and what sums say of them: their column, their 目, their figures' roles."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.blocks import Heading
from corpus.statements.sums import Figure, Roles, agreed, assign_roles, parts_of
from corpus.types import Span


@dataclass(eq=False, slots=True)
class Piece:
    """One name with its amount, if any. `level`: 0 and 1 for coded items or a 節, 2 for what stands under them.

    `column` is class, item, or open while it is not settled of which a piece of level 2 is; `known` says that its name
    is a part of a 節 elsewhere.
    """

    column: str
    level: int
    name: list[Span]
    label: str
    amount: Span | None = None
    value: int = 0
    parents: tuple[Piece, ...] = ()
    of: Budgeted | None = None
    known: bool = False
    number: Span | None = None

    @property
    def names(self) -> list[Span]:
        """The name's pieces, the number that is printed in their midst last."""
        return [*self.name, self.number] if self.number else self.name


@dataclass(eq=False, slots=True)
class Budgeted:
    """The line of a 目: its name, its figures, and once sums have settled them their roles."""

    name: list[Span]
    label: str
    figures: list[Figure]
    total: bool
    roles: Roles | None = None


@dataclass(eq=False, slots=True)
class Part:
    """What stands under one chain of headings: its pieces in the order of the text; `priced` are the headings, by their place,
    that print their own amount; `wholes` the totals of 款 and 項 that a line gives by name.
    """

    headings: list[Heading] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    priced: set[int] = field(default_factory=set)
    budgeted: list[Budgeted] = field(default_factory=list)
    wholes: list[Budgeted] = field(default_factory=list)
    flow: list[Piece] = field(default_factory=list)
    stray: list[Span] = field(default_factory=list)


def orders(parts: Sequence[Part]) -> dict[tuple[int, int, int], float]:
    """In which order the lines of all parts may have their figures (`sums.agreed`)."""
    lines = [line for part in parts for line in part.budgeted]
    return agreed([line.figures for line in lines], [line.total for line in lines])


def settle(part: Part, elsewhere: Mapping[tuple[int, int, int], float]) -> None:
    """Let sums say which piece is of which column, which figure is which, and which 目 a piece is of.

    `elsewhere` are the orders of figures in the whole document.
    """
    starts = [i for i, piece in enumerate(part.flow) if piece.column == "class" and piece.level == 0]
    windows = list(itertools.pairwise([*starts, len(part.flow)]))
    for start, end in windows:  # names that a sum of several proves to be parts of a 節 are known in the next round
        chosen = _parts(part.flow[start], part.flow[start + 1 : end])
        names = {piece.label for piece in chosen} if len(chosen) > 1 else set()
        for piece in part.flow:
            piece.known |= piece.label in names
    for start, end in windows:
        for piece in _parts(part.flow[start], part.flow[start + 1 : end]):
            piece.column = "class"
    for piece in part.flow:
        piece.column = "item" if piece.column == "open" else piece.column
    for column in ("class", "item"):
        above: list[Piece] = []
        for piece in part.flow:
            if piece.column == column:
                above = [p for p in above if p.level < piece.level]
                piece.parents = tuple(above)
                above.append(piece)
    settled = assign_roles([line.figures for line in part.budgeted], [line.total for line in part.budgeted], elsewhere)
    for line, roles in zip(part.budgeted, settled, strict=True):
        line.roles = roles
    for column in ("class", "item"):
        _share_out([p for p in part.flow if p.column == column], [line for line in part.budgeted if not line.total])


def _parts(whole: Piece, behind: Sequence[Piece]) -> list[Piece]:
    """The pieces behind a 節 that are its parts."""
    held = [p for p in behind if p.level == 2 and p.amount and p.column != "item"]
    sure, known = [p.column == "class" for p in held], [p.known for p in held]
    return [held[i] for i in sorted(parts_of(whole.value, [p.value for p in held], sure, known))]


def _share_out(pieces: Sequence[Piece], lines: Sequence[Budgeted]) -> None:
    """Put the pieces under the 目 they make up, in order; nothing is put anywhere unless all sums come out."""
    top = [piece for piece in pieces if piece.level == 0]
    owners: dict[int, Budgeted] = {}
    at = 0
    for line in lines:
        left = line.roles.current.value if line.roles else -1
        while at < len(top) and left >= top[at].value > 0:
            left -= top[at].value
            owners[id(top[at])] = line
            at += 1
        if left != 0:
            return
    if at != len(top):
        return
    for piece in pieces:
        first = piece.parents[0] if piece.parents else piece
        piece.of = owners.get(id(first))
