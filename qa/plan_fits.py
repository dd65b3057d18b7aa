"""How well rows and columns fit an operation and the kind of thing asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.words import Word
from qa.cell_kinds import cell_kind
from qa.frames import Frame
from qa.grammar import grammar
from qa.labels import core, says_total
from qa.lookup import letters
from qa.types import Operation, Question, Term
from qa.understand import EXTREMES, NUMERIC

if TYPE_CHECKING:
    from qa.plan import Plan

_NAMING = re.compile(r"名称?$")  # 事業名称: what 事業 are called
_NOTHING = 0.9
_WELL_NAMED = 0.9
_EACH_CLASS = 3  # rows, on average
_NAME_LENGTH = 30  # letters; what is longer tells of a thing
_SEVERAL = 40
_SIDE_BY_SIDE = 0.8  # AとBの決算額: two things named, and a row for each of them


def telling(frame: Frame, columns: tuple[int, ...], mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of rows that are headings those under which one of the columns is told; all where none is."""
    told = np.array([any(row[c] for c in columns) for row in frame.cells], dtype=np.bool_) & mask
    return told if told.any() else mask


def members(mask: NDArray[np.bool_], totals: NDArray[np.bool_], first: bool) -> NDArray[np.bool_]:
    """The rows that stand between each total of a mask and the total above it; below it, where totals stand `first`."""
    found = np.zeros_like(mask)
    for row in np.flatnonzero(mask & totals):
        above, below = np.flatnonzero(totals[:row]), np.flatnonzero(totals[row + 1 :])
        if first:
            found[row + 1 : row + 1 + below[0] if len(below) else len(mask)] = True
        else:
            found[above[-1] + 1 if len(above) else 0 : row] = True
    return found


def bear_names(frame: Frame, mask: NDArray[np.bool_]) -> bool:
    """Whether no row of a mask calls itself a total, whatever figures it is the sum of."""
    return not any(says_total(frame.name(int(row))) for row in np.flatnonzero(mask))


def leaves_a_name(frame: Frame, question: Question, named: dict[int, float], chosen: tuple[int, ...]) -> bool:
    """Whether, where names stand as headers, one that the question says takes no part in what is reckoned."""
    if not frame.turned or question.operation not in NUMERIC:
        return False
    said = {frame.columns[c].core for c, weight in named.items() if weight >= _WELL_NAMED}
    return bool(said - {frame.columns[c].core for c in chosen})


def by_its_name(frame: Frame, column: int) -> int:
    """The column that says as a name what this one says as a code (節 and 節名称); itself where there is none."""
    own = frame.columns[column].core
    beside = frame.columns[column + 1].core if column + 1 < len(frame.columns) else ""
    return column + 1 if own and beside in (f"{own}名", f"{own}名称") else column


def names_rows(frame: Frame, column: int) -> bool:
    """Whether a column's words tell rows apart: asked for, it is listed for every row that meets the conditions."""
    return frame.columns[column].kind == "text" and frame.tells_apart(column)


def figures_share(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> float:
    """Share of the asked cells that are one figure."""
    figures = [frame.quantity(r, c) for r in rows[:50] for c in columns]
    return sum(q is not None for q in figures) / len(figures) if figures else 0.0


def kinds(frame: Frame, question: Question, rows: Sequence[int], columns: Sequence[int], guessed: bool) -> float:
    """How well the asked cells hold the kind of thing asked for, in [-1, 1].

    Of columns that the question names side by side one has to hold it, of guessed ones each.
    """
    if not columns or len(rows) > _SEVERAL:
        return 0.0
    if not guessed and all(frame.says_nothing(r, c) for r in rows for c in columns):
        return _NOTHING  # "-" under the header asked for: the document gives no value, and that is the answer
    worst_or_best = min if guessed else max
    return worst_or_best(max(cell_kind(frame, question, r, c) for r in rows) for c in columns)


def fits(question: Question, rows: int, parts: int, columns: int, printed: bool) -> float:
    """Whether there are as many rows and columns as the operation needs."""
    operation = question.operation
    if operation in EXTREMES or operation in (Operation.AVERAGE, Operation.SUM):
        return 1.0 if rows * max(1, columns) >= max(2, question.top) else -1.0
    if operation is Operation.DIFFERENCE:
        return 1.0 if rows * columns == 2 or parts == 2 or printed else 0.0 if rows == 1 else -0.5
    if operation in (Operation.LIST, Operation.COUNT) or (
        operation is Operation.RATIO and question.rate and parts == 1
    ):
        return 1.0
    return 1.0 if rows == 1 else _SIDE_BY_SIDE if parts == rows else -1.0


def asks_for(question: Question, core: str) -> bool:
    """Whether the question's own question word belongs to a header: 何年度, どの月, 課はいくつ, 項をすべて."""
    own = _NAMING.sub("", core.split(" ")[-1])
    word = re.escape(own)
    if not word or own not in question.folded:
        return False
    asked = rf"(?:い|た|な){word}(?:は|を|が(?=何|ど|いくつ)|と|で|[?。]|$)|(?:何|どの|どこの){word}|{word}(?:名)?(?:は|が|を|で|の数)?(?:いくつ|どれ|どこ|何|すべて|全て|全部|ぜんぶ|一覧)"
    return re.search(asked, question.folded) is not None


def named_not_coded(frame: Frame, columns: list[int]) -> list[int]:
    """Of some columns those that name things (事業名称), without the ones that print the codes of the same (事業)."""
    cores = {c: frame.columns[c].core for c in columns}
    named = {_NAMING.sub("", core) for core in cores.values() if _NAMING.search(core)}
    return [c for c, core in cores.items() if core not in named]


def lists_none(frame: Frame, column: int, said: Sequence[Word], terms: Sequence[Term]) -> bool:
    """Whether a phrase that names a header does not ask for a list of what stands under it: it only counts (4回分), the
    header holds only what stands before the head of a compound (実証成果 is not what 実証事業 lists), or it is a word for any
    thing, which the header has in a compound and whose cells only class the things: 施設 in 公共施設.
    """
    if terms and all(term.pos == "数詞" for term in terms):
        return True
    at = frame.columns[column]
    alone = "".join(letters(word.surface) for word in said)
    if len(said) == 1 and at.role == "data" and alone != letters(at.core) and said[0].surface in grammar().soft:
        return len({row[column] for row in frame.cells}) * _EACH_CLASS <= len(frame)
    head = letters(said[-1].surface)
    return len(said) > 1 and len(head) > 1 and head not in letters(frame.columns[column].label)


def tells_at_length(frame: Frame, column: int) -> bool:
    """Whether the cells of a column describe things at length (事業内容), rather than name them."""
    sizes = sorted(len(cells[column] or "") for cells in frame.cells if cells[column])
    return bool(sizes) and sizes[len(sizes) // 2] > _NAME_LENGTH


def places(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    """The rows of a mask by their numbers."""
    return tuple(np.flatnonzero(mask).tolist())


def named_together(question: Question, plan: Plan) -> bool:
    """Whether a question names the headers of all columns of a plan one after another, tied by と or a mark: 面積と割合."""
    text = letters(question.folded)
    heads = [plan.frame.columns[c] for c in plan.columns]
    cores = [letters(core(h.path[-1])) if h.path and letters(h.core) not in text else letters(h.core) for h in heads]
    if len(cores) < 2 or not all(cores):
        return False
    order = sorted(cores, key=text.find)
    return re.search("(?:と|や|及び|および|・|、|,)(?:その)?".join(map(re.escape, order)), text) is not None
