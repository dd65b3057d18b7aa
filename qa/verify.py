"""The gate: every figure, date and name in a sentence stands in a cited quote or the shown calculation, or is not said.

Nothing here trusts what came before: the sentence is read again from its letters, the quotes from the documents.
"""

from __future__ import annotations

import re
from decimal import Decimal

from corpus import Cell, Document, Place, Row, Span, Table
from corpus.cells import cell_quantities
from corpus.folding import searchable, tidy
from corpus.units import MONTH
from corpus.values import COUNTERS, Period, find_periods, find_quantities
from index import Store
from index.words import content_words
from qa import phrases
from qa.arithmetic import wrong_steps
from qa.labels import dated_before, month_of, own_periods, year_of, years_back
from qa.money import amount
from qa.parts import parts, spelled
from qa.types import Citation, Draft
from qa.wording import CIRCLED, circled

_APART = " | "  # between texts of different places, so that 1,264 and 台湾 behind it are not 1,264台
_EQUALS = re.compile(r" [=≒] ")
_MONTH_ALONE = re.compile(r"(?<![0-9年./])(?P<month>[0-9]{1,2})月(?![0-9])")
_PER_ONE = re.compile(rf"(?<![0-9.,])1(?=(?:{COUNTERS})あたり)")
_CALCULATION_UNIT = re.compile(rf"\(({COUNTERS})\)\s*$")
# Words the composer adds by itself; none of them can be a fact about a document.
OWN_WORDS = frozenset(word.normal for phrase in phrases.ALL for word in content_words(phrase))


def failures(store: Store, draft: Draft) -> tuple[str, ...]:
    """What in a draft is not borne out; empty when the draft may be said."""
    found = [
        f"quote: {c.document}:{c.line_start}"
        for c in draft.citations
        if not quote_stands(store.documents[c.document], c)
    ]
    if not draft.citations:
        found.append("citations: none")
    cells = _cited_cells(store, draft.citations)
    if draft.calculation:
        found += [f"calculation: {step}" for step in wrong_steps(draft.calculation, _figures(draft.citations, cells))]
    shown = _APART.join(_shown(c) for c in draft.citations)
    ground = searchable(f"{shown} {draft.calculation or ''} {' '.join(cell.reason or '' for cell, _ in cells)}")
    printed = {(p.value, p.unit) for c in draft.citations for p in parts(c.quote)}
    printed |= {(p.value, p.unit) for cell, _ in cells for p in parts(cell.text or "", cell.unit)}
    said = _without_months(draft.text, ground)
    found += _loose_numbers(
        _without_ones(said, draft.calculation), ground, cells, _calculated(draft.calculation) | printed
    )
    years = _only_years(store, draft.citations) | {y for part in _company(cells) if (y := year_of(part)) is not None}
    dates = [p for part in _company(cells) if month_of(part) for p in find_periods(searchable(part))]
    found += _loose_periods(draft.text, _near(draft), ground, years, dates)
    found += _loose_words(said, f"{ground} {searchable(' '.join(_company(cells)))}")
    return tuple(found)


def _figures(citations: tuple[Citation, ...], cells: list[tuple[Cell, tuple[str, ...]]]) -> set[Decimal]:
    """Every figure of the cited quotes, as printed and in its base unit."""
    printed = [q for c in citations for q in find_quantities(spelled(c.quote))]
    printed += [q for cell, _ in cells for q in cell_quantities(cell)]
    return {value for q in printed for value in (q.value, amount(q.value, q.unit)[0])}


def _shown(citation: Citation) -> str:
    """The words a citation itself carries."""
    around = (citation.row or "", *citation.column, *citation.heading, citation.sheet or "", citation.title)
    return _APART.join((tidy(citation.quote), *around))


def _only_years(store: Store, citations: tuple[Citation, ...]) -> set[int]:
    """The year of each cited document that speaks of one year alone."""
    years = (store.documents[c.document].years for c in citations)
    return {one[0] for one in years if len(one) == 1}


def quote_stands(document: Document, citation: Citation) -> bool:
    """Whether the quote stands, letter by letter, on the lines the citation names."""
    lines = [
        line
        for line in document.lines
        if citation.line_start <= line.number <= citation.line_end
        and (line.page, line.sheet) == (citation.page, citation.sheet)
    ]
    return bool(lines) and citation.quote in document.text[lines[0].start : lines[-1].end] and bool(citation.quote)


def _cited_cells(store: Store, citations: tuple[Citation, ...]) -> list[tuple[Cell, tuple[str, ...]]]:
    """The quoted cells, found again by place, header and quote, each with its row's groups and its table's caption."""
    found = []
    for citation in citations:
        document = store.documents[citation.document]
        where = (citation.line_start, citation.page, citation.sheet)
        for table, row, cell, span in cells_by_place(document).get(where, ()):
            quoted = document.quote(span) == citation.quote and _same_place(document.place(span), citation)
            if quoted and (citation.column == table.columns[cell.column].path or cell.column == table.key):
                behind = (c for c in row.cells[table.key + 1 :] if year_of(c.text) is not None)  # the row's year
                groups = (_with_month(c) for c in (*row.cells[: table.key + 1], *behind))
                labels = (c.label for c in table.columns[: table.key + 1])
                back = years_back([c.text or "" for c in row.cells])
                before = dated_before([c.label for c in table.columns[: cell.column]])
                around = (*groups, *labels, before, tidy(table.caption or ""))
                found.append((cell, (*around, *(f"{year}年度" for year in back))))
        found += [
            (Cell(0, fact.text, (fact.span,), unit=fact.unit), (fact.attribute,))
            for fact in document.facts if fact.unit and fact.text in citation.quote
            and document.place(fact.span).line_start == citation.line_start
        ]  # fmt: skip
    return found


def _with_month(cell: Cell) -> str:
    """A cell as it is said: the 3 of a column of months is 3月."""
    return f"{tidy(cell.text or '')}{MONTH if cell.unit == MONTH else ''}"


_Where = tuple[int, int | None, str | None]
_places: dict[tuple[str, str], dict[_Where, list[tuple[Table, Row, Cell, Span]]]] = {}
_MOST_DOCUMENTS = 32


def cells_by_place(document: Document) -> dict[_Where, list[tuple[Table, Row, Cell, Span]]]:
    """Every piece of every cell by the line (page, sheet) that it begins on."""
    key = (document.id, document.sha256)
    if key not in _places:
        if len(_places) >= _MOST_DOCUMENTS:
            _places.clear()
        found: dict[_Where, list[tuple[Table, Row, Cell, Span]]] = {}
        for table in document.tables:
            for row in table.rows:
                for cell in row.cells:
                    for span in cell.spans:
                        place = document.place(span)
                        found.setdefault((place.line_start, place.page, place.sheet), []).append(
                            (table, row, cell, span)
                        )
        _places[key] = found
    return _places[key]


def _same_place(place: Place, citation: Citation) -> bool:
    return (place.line_start, place.line_end, place.page, place.sheet) == (
        citation.line_start,
        citation.line_end,
        citation.page,
        citation.sheet,
    )


def _company(cells: list[tuple[Cell, tuple[str, ...]]]) -> list[str]:
    """What a cited cell belongs to: groups (also filled ones), caption, the unit that governs it."""
    return [part for cell, company in cells for part in (*company, cell.unit or "")]


def _calculated(calculation: str | None) -> set[tuple[Decimal, str | None]]:
    """The figures of a shown calculation, each in the unit that its step gives at its end: `5 − 3 = 2 (千円)`.

    Steps that give none are in the unit of the last.
    """
    folded = searchable(calculation or "")
    last = {match.group(1) for match in _CALCULATION_UNIT.finditer(folded)}
    found: set[tuple[Decimal, str | None]] = set()
    for step in folded.split(";"):
        if len(sides := _EQUALS.split(step)) > 1:
            found.add((Decimal(len(sides[0].split(" + "))), "件"))
        units = {match.group(1) for match in _CALCULATION_UNIT.finditer(step.rstrip())} or last
        found |= {(q.value, unit) for q in find_quantities(step) for unit in {*units, q.unit}}
    return found


def _loose_numbers(
    text: str, ground: str, cells: list[tuple[Cell, tuple[str, ...]]], calculated: set[tuple[Decimal, str | None]]
) -> list[str]:
    """Figures of a sentence that stand nowhere in the ground with the same value and unit."""
    folded = searchable(text)
    known = {amount(q.value, q.unit) for q in find_quantities(ground)} | {amount(v, u) for v, u in calculated}
    known |= {amount(q.value, q.unit) for cell, _ in cells for q in cell_quantities(cell)}
    known |= {amount(q.value, q.unit) for part in _company(cells) for q in find_quantities(searchable(part))}
    known |= {(-value, unit) for value, unit in known if value < 0}  # −585 is 585 less
    bare = {value for value, unit in known if unit is None}
    bare |= {Decimal(circled(mark)) for mark in CIRCLED.findall(ground)}  # ① is told as (1)
    dated = find_periods(folded)
    return [
        f"number: {q.text}"
        for q in find_quantities(folded)
        if amount(q.value, q.unit) not in known
        and not (q.unit is None and q.value in bare)
        and not any(p.start <= q.start < p.end for p in dated)
    ]


def _without_ones(text: str, calculation: str | None) -> str:
    """A sentence without the 1 of 1社あたり, which is no figure but says what is divided by, where a division is shown."""
    return _PER_ONE.sub("", searchable(text)) if " ÷ " in (calculation or "") else text


def _without_months(text: str, ground: str) -> str:
    """A sentence without the months, said with no year or day, of dates that the ground prints: R2.12.11 is in 12月."""
    if not _MONTH_ALONE.search(searchable(text)):
        return text
    months = {p.month for p in find_periods(ground) if p.month is not None}
    return _MONTH_ALONE.sub(lambda m: "" if int(m["month"]) in months else m.group(), searchable(text))


def _near(draft: Draft) -> str:
    """The quotes with their rows and headers, and the calculation: where a year decides what a figure is."""
    shown = _APART.join(_APART.join((tidy(c.quote), c.row or "", *c.column)) for c in draft.citations)
    return searchable(f"{shown} {draft.calculation or ''}")


_ERALESS = re.compile(r"[0-9]{1,2}年度")


def _loose_periods(text: str, near: str, ground: str, years: set[int], dates: list[Period]) -> list[str]:
    """Years, months and days that are not borne out: by quote, row and header where these name any, else by headings,
    title and the one year the whole document speaks of; or by `dates`, those of the cited rows themselves.
    """
    known = find_periods(near)
    if own_periods(near):
        years = set()
    else:
        known = (*known, *find_periods(ground))
    printed = near.replace(" ", "")
    return [
        f"period: {said.text}"
        for said in find_periods(searchable(text))
        if not (_ERALESS.fullmatch(said.text) and said.text in printed)  # of the era that the sentence names otherwise
        and not any(_bears_out(one, said) for one in (*known, *dates))
        and not (said.month is None and said.year in years)
    ]


def _bears_out(known: Period, said: Period) -> bool:
    return (
        known.year == said.year
        and (said.month is None or said.month == known.month)
        and (said.day is None or said.day == known.day)
    )


def _loose_words(text: str, ground: str) -> list[str]:
    letters = ground.lower()
    dated = find_periods(searchable(text))
    strange = [
        word
        for word in content_words(text)
        if word.normal not in OWN_WORDS
        and word.surface.lower() not in letters
        and not any(p.start < word.end and word.start < p.end for p in dated)
        and not word.is_number
    ]
    known = {word.normal for word in content_words(ground)} if strange else frozenset()  # a long text to segment
    return [f"word: {word.surface}" for word in strange if word.normal not in known]
