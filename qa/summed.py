"""Columns under one head added up, as columns of their own: 転入者数, over 県内 and 県外, over 男 and 女.

A frame so made holds no cell that a table prints: each figure is the sum of cells, which are what is cited, and how it
comes about is shown. Only columns that are parts of one number are added: of one unit, and with labels that name no
measure, year or stage of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from corpus.folding import tidy
from qa.frames import Frame, FrameColumn
from qa.labels import core, says_total
from qa.lookup import letters
from qa.results import Operand, Result, in_unit, number, operand, plain, total
from qa.types import Evidence, Operation, Question
from qa.understand import BESIDE_ONE_ANOTHER

_MOST_ROWS = 2_000
_MOST_LEVELS = 4
_MOST_PARTS = 40
# Labels of what is no part beside others: measures, stages, remarks, changes.
_NO_PART = re.compile(
    r"[数額率費料量高積度比価値員]$|率|割合|比|平均|予算|決算|当初|補正|最終|現計|見込|計画|目標|実績|増|減|前年|本年|前期|当期"
    r"|うち|再掲|順位|最大|最小|最高|最低|中央|偏差|指数|差|残|開始|終了|敷地|延床|%|％"
)
# What may be added up over its parts; 面積 and 金額 of different kinds under one head rather are different facts.
_ADDABLE = re.compile(
    r"(?:数|人口|人員|人|票|額|費|量|件|世帯|戸)$|(?:転入|転出|出生|死亡|入込|入館|来場|利用|貸出|受診)"
)
_BOUNDED = ("list", "count")  # beside each thing stands the figure that meets a bound
_NO_UNIT_TO_ADD = ("%", "ポイント", "倍", "年", "歳", "位", "度")


@dataclass(frozen=True, slots=True)
class Sum:
    """What a column adds up: the columns of the frame it was made from, and for each level added over its labels."""

    columns: tuple[int, ...]
    over: tuple[tuple[str, ...], ...]


class SummedFrame(Frame):
    """A frame with a column more for each head: the sum of what stands under it."""

    def __init__(self, base: Frame, columns: tuple[FrameColumn, ...], sums: dict[int, Sum]) -> None:
        cells = tuple(
            (*row, *(_added(base, r, one.columns) for one in sums.values())) for r, row in enumerate(base.cells)
        )
        refs = tuple((*row, *(row[one.columns[0]] for one in sums.values())) for row in base.refs)
        super().__init__(
            base.document, base.table, columns, cells, refs, base.totals, base.key, base.context, base.told
        )
        self.base = base
        self.sums = sums

    def evidence(self, row: int, column: int) -> Evidence:
        """A sum as evidence, under the head of what it adds up."""
        found = super().evidence(row, column)
        if column not in self.sums:
            return found
        return replace(found, attribute=self.columns[column].path, value=self.cells[row][column] or "")


def summed(frame: Frame) -> SummedFrame | None:
    """The frame of the sums under a frame's heads; None where it has no heads over columns that can be added up."""
    if "summed" not in frame.derived:
        frame.derived["summed"] = _make(frame)
    made: SummedFrame | None = frame.derived["summed"]
    return made


def _make(frame: Frame) -> SummedFrame | None:
    if frame.table is None or frame.turned or len(frame) > _MOST_ROWS:
        return None
    figures = [c for c in frame.columns if c.role == "data" and c.kind == "number" and len(c.path) > 1]
    found: dict[tuple[str, ...], Sum] = {}
    for path, members in _heads(figures).items():
        over = _over(path, members)
        if over is not None and _alike(frame, members) and not _printed(frame, members):
            found[path] = Sum(tuple(c.index for c in members), over)
    if not found:
        return None
    columns, sums = list(frame.columns), {}
    for path, one in found.items():
        label, first = " ".join(path), frame.columns[one.columns[0]]
        sums[len(columns)] = one
        columns.append(
            FrameColumn(len(columns), first.place, path, label, core(label), first.unit, first.years, "number", "data")
        )
    return SummedFrame(frame, tuple(columns), sums)


def _heads(figures: Sequence[FrameColumn]) -> dict[tuple[str, ...], list[FrameColumn]]:
    """The columns under each head, and under each head with some of the levels below it: 転入者数 女, whatever 県内 and 県外."""
    found: dict[tuple[str, ...], list[FrameColumn]] = {}
    for column in figures:
        below = range(1, len(column.path))
        if len(column.path) <= _MOST_LEVELS:
            for size in range(len(column.path) - 1):
                for kept in combinations(below, size):
                    found.setdefault(tuple(column.path[i] for i in (0, *kept)), []).append(column)
    return {path: members for path, members in found.items() if 1 < len(members) <= _MOST_PARTS}


def _over(path: tuple[str, ...], members: Sequence[FrameColumn]) -> tuple[tuple[str, ...], ...] | None:
    """The labels of each level that is added over; None where they are no parts of one number."""
    if len({len(c.path) for c in members}) > 1 or not any(_ADDABLE.search(core(label)) for label in path):
        return None
    rest = [_without(c.path, path) for c in members]
    levels = tuple(tuple(dict.fromkeys(tidy(one[i]) for one in rest)) for i in range(len(rest[0])))
    if len(set(rest)) < len(rest) or any(map(_no_part, (label for level in levels for label in level))):
        return None
    return levels


def _without(path: tuple[str, ...], kept: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a path that are not kept, which stand in it in the same order."""
    left, rest = list(kept), []
    for label in path:
        if left and label == left[0]:
            left.pop(0)
        else:
            rest.append(label)
    return tuple(rest)


def _no_part(label: str) -> bool:
    return says_total(label) or _NO_PART.search(letters(label)) is not None


def _alike(frame: Frame, members: Sequence[FrameColumn]) -> bool:
    """Whether columns count in one unit and are of one year, or of none."""
    units = {q.unit for c in members for q in frame.quantities(c.index) if q}
    return len(units) == 1 and not units & set(_NO_UNIT_TO_ADD) and len({c.years for c in members}) == 1


def _printed(frame: Frame, members: Sequence[FrameColumn]) -> bool:
    """Whether the table prints the sum itself, in another column."""
    own = {c.index for c in members}
    sums = [_added(frame, r, [c.index for c in members]) for r in range(len(frame))]
    shown = [(r, one) for r, one in enumerate(sums) if one is not None]
    others = [c.index for c in frame.columns if c.kind == "number" and c.index not in own]
    return any(
        shown and all((q := frame.quantity(r, c)) is not None and number(q.value) == one for r, one in shown)
        for c in others
    )


def _added(frame: Frame, row: int, columns: Sequence[int]) -> str | None:
    """The sum of some cells as it is written; None where one of them is blank or no figure. "-" adds nothing."""
    read = [operand(frame, row, c) for c in columns]
    if any(one.quantity is None and not _is_mark(frame, one) for one in read):
        return None
    figures = [one for one in read if one.quantity is not None]
    return number(total(figures)).replace("−", "-") if figures else None


def _is_mark(frame: Frame, one: Operand) -> bool:
    return bool((frame.cells[one.row][one.column] or "").strip()) and frame.says_nothing(one.row, one.column)


def as_named(frame: Frame, fits: dict[int, float], best: float, same: float) -> tuple[int, ...]:
    """The columns that a word names: the best, and of sums all whose head it stands in, for other words to choose among."""
    return tuple(c for c, fit in fits.items() if isinstance(frame, SummedFrame) or fit >= best - same)


def adding(frame: Frame, word: str) -> set[int]:
    """The sums over just the labels that a word is made of: 男女."""
    if not isinstance(frame, SummedFrame):
        return set()
    return {c for c, one in frame.sums.items() if any(len(level) > 1 and "".join(level) == word for level in one.over)}


def within(frame: Frame, said: Mapping[int, set[Any]]) -> set[int]:
    """Of columns that the same words name those that are parts of another one: 転入者数 県外 of 転入者数."""
    if not isinstance(frame, SummedFrame):
        return set()
    paths = {c: frame.columns[c].path for c in said if frame.columns[c].role == "data"}
    return {
        c for c in paths for o in paths
        if o in frame.sums and said[c] == said[o] and len(paths[o]) < len(paths[c]) and _is_part(paths[c], paths[o])
    }  # fmt: skip


def under_one_head(frame: Frame, column: int, said: Mapping[int, set[Any]]) -> set[Any]:
    """The phrases that name the head a column stands under, though they were taken for the total beside it: of 平日平均 and
    自転車, 平日平均 names 自転車 under it too, not only 計.
    """
    path = frame.columns[column].path
    totals = (
        o for o in said
        if o != column and len(path) > 1 and frame.columns[o].path[:-1] == path[:-1] and says_total(frame.columns[o].path[-1])
    )  # fmt: skip
    heads = letters("".join(path[:-1]))
    return {one for o in totals for one in said[o] if letters("".join(word.surface for word in one.words)) in heads}


def _is_part(path: tuple[str, ...], of: tuple[str, ...]) -> bool:
    """Whether a head path holds all labels of another one."""
    return set(of) <= set(path)


def leaves_a_head(
    frame: Frame, question: Question, chosen: Sequence[int], named: Iterable[tuple[int, float, Any]]
) -> bool:
    """Whether a word that names heads takes no part: of 県外 and 女 neither all from 県外 nor all 女 are meant.

    What is compared with one another or listed side by side is named by words of its own.
    """
    if not isinstance(frame, SummedFrame):
        return False
    said: dict[Any, set[int]] = {}
    for column, _, phrase in named:
        if frame.columns[column].role == "data":
            said.setdefault(phrase, set()).add(column)
    compared = question.operation in (Operation.DIFFERENCE, Operation.RATIO) or beside_one_another(question)
    if len(chosen) > 1 and (compared or any(phrase.joined for phrase in said)):
        return not all(columns & set(chosen) for columns in said.values())
    return not all(set(chosen) <= columns for columns in said.values())


def beside_one_another(question: Question) -> bool:
    """Whether things are listed or counted by which of two figures is larger."""
    listed = question.operation in (Operation.LIST, Operation.COUNT)
    return listed and BESIDE_ONE_ANOTHER.search(question.folded) is not None


def rests_on_sums(result: Result) -> bool:
    """Whether a result is one of sums, not one that the frame without them gives as well."""
    frame = result.plan.frame
    if not isinstance(frame, SummedFrame):
        return True
    return any(c in frame.sums for c in (*result.plan.columns, *(one.column for one in result.operands)))


def members(frame: Frame, row: int, column: int) -> Iterator[tuple[Frame, int, int]]:
    """The cells behind a cell: of a sum those it adds up, else the cell itself."""
    if not isinstance(frame, SummedFrame) or column not in frame.sums:
        yield frame, row, column
        return
    for part in frame.sums[column].columns:
        if frame.base.quantity(row, part) is not None:
            yield frame.base, row, part


def with_steps(result: Result) -> Result:
    """A result with how each sum in it comes about shown before what is made of them: 1,220 + 880 = 2,100 (人)."""
    frame = result.plan.frame
    if not isinstance(frame, SummedFrame):
        return result
    steps = []
    met = [operand(frame, row, c) for row in result.things for c in result.plan.at if result.kind in _BOUNDED]
    for one in (*result.operands, *met):
        if one.column in frame.sums and one.quantity is not None:
            parts = [operand(*cell) for cell in members(frame, one.row, one.column)]
            steps.append(f"{' + '.join(map(plain, parts))} = {plain(one)}{in_unit(one.quantity.unit)}")
    written = "; ".join((*dict.fromkeys(steps), *((result.written,) if result.written else ())))
    return replace(result, written=written or None)
