"""What each row of a frame is called: its name, with as much around it as tells it from rows of the same name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.cells import codes
from corpus.folding import searchable, tidy
from corpus.totals import bearing_on
from corpus.values import is_nothing

if TYPE_CHECKING:
    from qa.frames import Frame

_DISTINCT = 0.6


def row_labels(frame: Frame) -> list[str]:
    """The label of each row: behind its groups its name, and where a column behind it tells rows apart (the year), that."""
    names = [frame.name(row) for row in range(len(frame))]
    coded = codes([c.label for c in frame.columns])
    groups = [
        c.index for c in frame.columns[: frame.key]
        if len({row[c.index] for row in frame.cells}) > 1 and not frame.numbers_rows(c.index) and c.index not in coded
    ]  # fmt: skip
    behind = [
        c.index for c in frame.columns[frame.key + 1 :]
        if c.kind != "number" and frame.tells_apart(c.index) and frame.completes(c.index)
    ][:1]  # fmt: skip
    same: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        same.setdefault(name, []).append(row)
    whole = len(same) < _DISTINCT * len(names) and not behind  # the key alone names nothing: all the groups do
    if whole:
        return [_all_of(frame, row, _enough(frame, groups)) for row in range(len(names))]
    return [_apart(frame, row, same[name], groups, behind) for row, name in enumerate(names)]


def _all_of(frame: Frame, row: int, groups: Sequence[int]) -> str:
    texts = (frame.cells[row][c] for c in (*groups, frame.key))
    return " ".join(dict.fromkeys(tidy(text) for text in texts if text and not is_nothing(searchable(text))))


def _apart(frame: Frame, row: int, same: Sequence[int], groups: Sequence[int], behind: Sequence[int]) -> str:
    """The name with as many groups as tell it from the others so called; what stands behind the figures comes last."""
    name = frame.name(row)
    twins = [r for r in same if r != row and frame.things[r] != frame.things[row]]
    before: list[str] = []
    after: list[str] = []
    for c in (*reversed(groups), *behind):
        if not twins:
            break
        own = frame.cells[row][c]
        left = [r for r in twins if frame.cells[r][c] == own]
        if own and len(left) < len(twins):
            (after if c in behind else before).append(tidy(own))
            twins = left
    return " ".join(dict.fromkeys([*reversed(before), *([name] if name else []), *after]))


def _enough(frame: Frame, groups: list[int]) -> list[int]:
    """The groups nearest to the key that tell as many rows apart as all of them together."""

    def told(columns: list[int]) -> int:
        return len({tuple(row[c] for c in (*columns, frame.key)) for row in frame.cells})

    return next((groups[i:] for i in range(len(groups), -1, -1) if told(groups[i:]) == told(groups)), groups)


def named_on(names: Sequence[str], totals: Sequence[bool]) -> dict[int, list[int]]:
    """Rows that are the sum of those right below which bear their name and more (令和6年度末, 令和6年度末第1号, …), with those."""
    wholes = (r for r, total in enumerate(totals) if total and names[r])
    return {r: [*parts] for r in wholes if len(parts := bearing_on(names, r)) > 1}
