"""A frame turned so that its headers are the names and its rows the columns: headers too can be counted and compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.change_columns import change_columns
from qa.english import translated
from qa.frames import Frame, FrameColumn
from qa.labels import TOTAL, base_year, core, header_years, year_of
from qa.lookup import letters
from qa.money import SCALES
from qa.refs import Ref
from qa.types import Question

_MEASURES = frozenset("数額率費料量高積口度員比")
_STAGE = re.compile(r"予算(?:現)?額|調定|済額|欠損|未済|不用額|繰越額|決算額|補正額|流用")
_FEWEST = 3
_MOST_ROWS = 400
_LOOKED_AT, _MOSTLY = 100, 0.9


@dataclass(frozen=True, slots=True)
class Turned:
    """A turned frame. `measure` is what stands under each of its names alike (件数 under 居宅費 and 施設費), "" where nothing does;
    `units` are those of its figures.
    """

    frame: Frame
    measure: str
    units: frozenset[str | None]


def turned_for(frame: Frame, question: Question) -> Frame | None:
    """The same figures with headers as names and rows as columns: of the measure that a question is about, of 件数 and 金額 under
    each name the one it says, or money where money is asked for; else the largest group of headers whose figures are alike.

    None where it tells neither of two such measures; and where fewer than three columns hold figures of one unit: then they are
    different facts, not members of a group.
    """
    found = _all(frame)
    if len(found) < 2:
        return found[0].frame if found else None
    said = [one for one in found if one.measure and one.measure in question.folded]
    if not said and question.wants == "money":
        said = [one for one in found if one.units and one.units <= SCALES.keys()]
    measured = [one for one in found if one.measure]
    return said[0].frame if said else found[0].frame if len(measured) < 2 else None


def _all(frame: Frame) -> tuple[Turned, ...]:
    if "turned" not in frame.derived:
        frame.derived["turned"] = _turnings(frame)
    made: tuple[Turned, ...] = frame.derived["turned"]
    return made


def _turnings(frame: Frame) -> tuple[Turned, ...]:
    """A frame for each group of headers whose figures are of one unit and one measure, the largest first."""
    if frame.table is None or len(frame) > _MOST_ROWS:
        return ()
    changes = {
        *change_columns(frame, False),
        *change_columns(frame, True),
    }  # what something grew by is none of its parts
    figures = [
        c for c in frame.columns if c.kind == "number" and c.role == "data" and not c.years and c.index not in changes
    ]
    groups: dict[tuple[frozenset[str | None], str], list[FrameColumn]] = {}
    for column in figures:
        units = frozenset(q.unit for q in frame.quantities(column.index) if q)
        groups.setdefault((units, "" if units - {None} else _measured_as(column)), []).append(column)
    ranked = sorted(groups.items(), key=lambda one: -len(one[1]))
    if not ranked or sum(map(_is_stage, ranked[0][1])) > 1:
        return ()  # 予算現額, 調定額 and 収入済額 are one amount at several stages, no members of a group
    found = []
    for (units, _), group in ranked:
        group = _without_whole(frame, group)
        if len(group) >= _FEWEST and sum(map(_is_stage, group)) < 2:
            measure = _shared(group)
            found.append(Turned(_turn(frame, group, bool(measure)), measure, units))
    return tuple(found)


def _without_whole(frame: Frame, group: list[FrameColumn]) -> list[FrameColumn]:
    """The columns of a group without one that is what the others come to in nearly every row: 補正額 beside its 財源内訳."""
    rows = [[q.value if q else None for q in frame.quantities(c.index)] for c in group]
    lines = [line for line in zip(*rows, strict=True) if sum(v is not None for v in line) > 2][:_LOOKED_AT]
    for i, column in enumerate(group):
        sums = [
            line[i] == sum((v for j, v in enumerate(line) if j != i and v), Decimal(0)) for line in lines if line[i]
        ]
        if len(sums) >= 2 and sum(sums) >= _MOSTLY * len(sums):
            return [c for c in group if c is not column]
    return group


def _shared(group: list[FrameColumn]) -> str:
    """The measure that stands under each header of a group alike; "" where they differ."""
    last = {core(c.path[-1]) if len(c.path) > 1 else "" for c in group}
    return last.pop() if len(last) == 1 else ""


def _turn(frame: Frame, group: list[FrameColumn], measured: bool) -> Frame:
    """A group of headers as rows; what stands under each of them alike (`measured`) is left out of their names."""
    paths = [c.path[:-1] if measured else c.path for c in group]
    return turned_on(frame, group, paths, (group[0].path[-1],) if measured else ())


def turned_on(
    frame: Frame, group: Sequence[FrameColumn], paths: Sequence[tuple[str, ...]], measure: tuple[str, ...]
) -> Frame:
    """Some columns of a frame as rows, each named by its path; `measure` is what all of them measure."""
    levels = max(map(len, paths))
    rows = [r for r in range(len(frame)) if frame.name(r)]
    cells = tuple(
        (*((None,) * (levels - len(path))), *path, *(frame.cells[r][c.index] for r in rows))
        for c, path in zip(group, paths, strict=True)
    )
    refs = tuple(
        (*(Ref(None, -1, None) for _ in range(levels)), *(frame.refs[r][c.index] for r in rows)) for c in group
    )
    columns = [
        FrameColumn(i, None, (), "", "", None, (), "text", "key" if i == levels - 1 else "group") for i in range(levels)
    ]
    for i, r in enumerate(rows):
        label = frame.label(r)
        year = frame.year(r)
        years = (year,) if year else header_years(label, frame.told or base_year(frame.document))
        columns.append(
            # What remains of a name without its year tells one thing's years from another's: 全市 令和6年, 港 令和6年.
            FrameColumn(
                levels + i, i, (label,), label, "" if year_of(label) else core(label), None, years, "number", "data"
            )
        )
    totals = tuple(bool(TOTAL.fullmatch(letters(path[-1]))) if path else False for path in paths)
    context = (*frame.context, *measure)
    other = Frame(frame.document, frame.table, tuple(columns), cells, refs, totals, levels - 1, context, frame.told)
    other.turned = True
    return other


def _is_stage(column: FrameColumn) -> bool:
    """Whether a column gives an amount at a stage of the account, in Japanese or in the English of open data."""
    return any(_STAGE.search(said) for said in (column.core, *translated(column.label)))


def _measured_as(column: FrameColumn) -> str:
    """How the header of figures without a unit ends when it is a measure: 面積 and 世帯数 are no members of one group."""
    last = column.core[-1:]
    return last if last in _MEASURES else ""
