"""The year that headings give to what stands under them, where a document has the same things for several years.

Of 令和5年度決算の状況 and 令和4年度決算の状況 each heads the figures and sentences of its own year. A heading that only names a year
(補助金（令和6年度で終了）) heads none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import Document, Row, Table
from corpus.folding import searchable
from corpus.values import Period, find_periods

_BEFORE = re.compile(r"[\W\d_]*(?:[ア-ンa-z]|第[0-9]+[章節部編]?)?[\W\d_]*")  # the heading's own number
_NO_TIME_OF = re.compile(r"度?(?:から|まで|以降|以前|より|末|で終|に終|開始|に開始|廃止)")
_PLAIN_SHEET = re.compile(r"(?:Sheet|シート)\s*[0-9]*(?:\s*\([0-9]+\))?", re.IGNORECASE)
_MOST_DOCUMENTS = 64
_tables: dict[tuple[str, str], tuple[int | None, ...]] = {}
_sections: dict[tuple[str, str], bool] = {}


def told_year(headings: Sequence[str]) -> int | None:
    """The fiscal year that headings say what stands under them is of: the innermost that begins with one or has it in
    brackets; None where none does, or it names several.
    """
    for text in reversed(headings):
        folded = searchable(text)
        periods = [p for p in find_periods(folded) if p.fiscal is not False and not p.month]
        if len({p.year for p in periods}) > 1:
            return None
        if periods and _is_of(folded, periods[0]):
            return periods[0].year
    return None


def _is_of(folded: str, period: Period) -> bool:
    before, behind = folded[: period.start], folded[period.end :]
    begins = _BEFORE.fullmatch(before) is not None
    return (begins or before.endswith("(")) and not _NO_TIME_OF.match(behind)


def years_told(document: Document) -> tuple[int | None, ...]:
    """For each table the year that the headings above it give; none where no heading of the document gives another year."""
    key = (document.id, document.sha256)
    if key not in _tables:
        _make_room(_tables)
        found = tuple(told_year((*_sheet(document, t), *t.section, t.caption or "")) for t in document.tables)
        years = {year for year in (*found, *_section_years(document)) if year}
        _tables[key] = found if len(years) > 1 else (None,) * len(found)
    return _tables[key]


def _sheet(document: Document, table: Table) -> tuple[str, ...]:
    """The sheet that all rows of a table are on; none where they go on from one to another."""
    sheets = {sheet_heading(document, row) for row in table.rows}
    return sheets.pop() if len(sheets) == 1 else ()


def sheet_heading(document: Document, row: Row) -> tuple[str, ...]:
    """The name of a row's sheet, as the heading it is; none outside workbooks, or where the name says nothing."""
    name = document.place(row.span).sheet if document.format == "xlsx" else None
    return (name,) if name and not _PLAIN_SHEET.fullmatch(name) else ()


def years_under(document: Document, headings: Sequence[str]) -> tuple[int, ...]:
    """The years that a sentence under these headings is of: theirs, where a document's headings tell years apart, else
    the document's.
    """
    key = (document.id, document.sha256)
    if key not in _sections:
        _make_room(_sections)
        _sections[key] = len(_section_years(document) - {None}) > 1
    year = told_year(headings) if _sections[key] else None
    return (year,) if year else document.years


def _section_years(document: Document) -> set[int | None]:
    return {told_year(section.path[-1:]) for section in document.sections}


def _make_room(kept: dict[tuple[str, str], tuple[int | None, ...]] | dict[tuple[str, str], bool]) -> None:
    if len(kept) >= _MOST_DOCUMENTS:
        kept.clear()
