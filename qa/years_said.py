"""How the year of a figure is said: as its row or header prints it, or the header of the figures before it."""

from __future__ import annotations

from corpus.folding import searchable, tidy
from corpus.values import era_name, find_periods
from qa.frames import Frame, FrameColumn
from qa.labels import RELATIVE_YEAR, dated_before
from qa.results import Operand


def year_said(frame: Frame, one: Operand) -> str:
    """The year of an operand as its column or row prints it."""
    column = frame.columns[one.column]
    if (row_year := frame.year(one.row)) is not None and not column.years:
        return f"{at[0]}年{at[1]}月" if frame.annual and (at := frame.moments[one.row]) else era_name(row_year)
    printed = find_periods(searchable(column.label))
    if printed:
        return era_name(printed[0].year, printed[0].fiscal is not False)
    beside = said_beside(frame, column)
    if beside:
        return beside.removesuffix("の")
    relative = RELATIVE_YEAR.search(searchable(column.label)) if column.years else None
    if relative:
        return relative.group().replace(" ", "")
    return tidy(column.path[-1]) if column.years and column.path else ""


def said_beside(frame: Frame, column: FrameColumn) -> str:
    """`前年度の` for a header that is printed once for each of two years without naming them (構成比), as the header of the
    figures before it says; empty for any other.
    """
    alike = [c for c in frame.columns if c.label == column.label and c.years]
    if not column.years or len(alike) < 2 or RELATIVE_YEAR.search(searchable(column.label)):
        return ""
    named = RELATIVE_YEAR.search(searchable(dated_before([c.label for c in frame.columns[: column.index]])))
    return f"{named.group()}の" if named else ""
