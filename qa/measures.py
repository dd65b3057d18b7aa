"""Columns of figures by what they measure: those that differ only in their year are one measure, shares and changes are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.change_columns import change_columns
from qa.frames import Frame
from qa.labels import TOTAL
from qa.lookup import letters
from qa.types import Operation, Question

_FEWEST_PARTS = 3
_SHARE = re.compile(r"構成比|割合|シェア|占有率")


def measures(frame: Frame) -> set[int]:
    """The different figures a table gives: one column of each family, shares and changes aside."""
    changes = {*change_columns(frame, False), *change_columns(frame, True)}
    figures = [c for c in with_figures(frame) if c not in changes and not is_share(frame, c)]
    families: dict[str, list[int]] = {}
    for c in figures:
        families.setdefault(family(frame, c), []).append(c)
    return {max(members, key=lambda c: frame.columns[c].years) for members in families.values()}


def named_by_year(frame: Frame, question: Question, columns: Sequence[int]) -> bool:
    """Whether columns are called by nothing but years, of which one is said: so they are named, in a document of one measure."""
    if question.operation is Operation.RATIO or len(frame.document.tables) > 1:
        return False  # a share has a name of its own; another table may give another measure
    said = {period.year for period in question.periods}
    own = [frame.columns[c] for c in columns]
    dated = bool(own) and all(c.years and not c.core and c.role == "data" for c in own)
    return dated and any(said & set(c.years) for c in own) and len(measures(frame)) == 1


def whole_of_parts(frame: Frame, column: int) -> bool:
    """Whether a column is the total of several others, and the only one."""
    figures = with_figures(frame)
    totals = [c for c in figures if TOTAL.fullmatch(letters(frame.columns[c].core))]
    return totals == [column] and len(figures) > _FEWEST_PARTS


def family(frame: Frame, column: int) -> str:
    """What the columns of one measure share: header without the year, and unit; of a column without either only itself."""
    at = frame.columns[column]
    if not at.core and not at.years:
        return f"#{column}"
    return f"{letters(at.core)}|{at.unit or ''}"


def siblings(frame: Frame, column: int) -> list[int]:
    """The columns that differ from one only in their year, by year; itself alone when it prints none."""
    if not frame.columns[column].years:
        return [column]
    own = family(frame, column)
    same = [c.index for c in frame.columns if c.years and family(frame, c.index) == own]
    return sorted(same, key=lambda c: frame.columns[c].years)


def has_figures(frame: Frame, column: int) -> bool:
    """Whether a column holds figures that can be reckoned with."""
    kind = frame.columns[column].kind
    return kind == "number" or (kind != "date" and any(frame.quantities(column)))  # years are not added


def with_figures(frame: Frame) -> list[int]:
    """The columns of figures."""
    return [c.index for c in frame.columns if c.role == "data" and c.kind == "number"]


def says_share(frame: Frame, column: int) -> bool:
    """Whether a header says what part of the whole its figures are: 構成比, 割合."""
    return _SHARE.search(frame.columns[column].label) is not None


def is_share(frame: Frame, column: int) -> bool:
    """Whether most figures of a column are per cent."""
    units = [q.unit for q in frame.quantities(column) if q]
    return 2 * units.count("%") > len(units)
