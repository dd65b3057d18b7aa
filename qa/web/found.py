"""A list or comparison as a table: the cited cells by row and column, and as CSV with the place of each row."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.folding import tidy
from corpus.values import find_periods
from index import Store
from qa.parts import labelled
from qa.types import Answer, Citation
from qa.web.escape import csv_text, escaped
from qa.web.render import place
from qa.web.source import TableView, source_view
from qa.web.words import Words

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of what was found: its name, its cells by the columns of `Found`, and its first citation, from 1."""

    name: str
    cells: tuple[str, ...]
    citation: Citation
    number: int


@dataclass(frozen=True, slots=True)
class Found:
    """What an answer cites, as a table. `title` says what its figures are, where the columns do not."""

    columns: tuple[str, ...]
    rows: tuple[FoundRow, ...]
    title: str = ""


def found(store: Store, given: Answer, words: Words) -> Found | None:
    """The cited cells of an answer as a table, or the figures of the one quote it rests on; None where that is one cell."""
    columns: dict[str, None] = {}
    rows: dict[tuple[str, str, int], tuple[str, Citation, int, dict[str, str]]] = {}
    for number, citation in enumerate(given.citations, 1):
        column = tidy(" ".join(citation.column)) or words("value")
        columns.setdefault(column)
        name = citation.row or tidy(" › ".join(citation.heading[-1:])) or tidy(citation.title)
        key = (citation.document, name, 0 if citation.row else citation.line_start)
        row = rows.setdefault(key, (name, citation, number, {}))
        row[3][column] = _shown(store, citation)
    if len(rows) < _FEWEST and len(columns) < _FEWEST:
        return _series(given.citations[0], words) if given.citations else None
    return Found(
        tuple(columns),
        tuple(FoundRow(name, tuple(cells.get(c, "") for c in columns), first, n) for name, first, n, cells in rows.values()),
    )  # fmt: skip


def _series(citation: Citation, words: Words) -> Found | None:
    """The figures of one quote that are the same thing in different years, oldest first: 令和3年：4,627件、令和2年：13,062件."""
    parts = labelled(citation.quote)
    years = [told[0].year if len(told := find_periods(part.when)) == 1 else None for part in parts]
    same = {(part.head, part.label, part.unit) for part in parts}
    if len(parts) < _FEWEST or len(same) != 1 or None in years or len(set(years)) != len(years):
        return None
    name = " ".join(filter(None, (parts[0].head, parts[0].label))) or tidy(" › ".join(citation.heading[-1:]))
    ordered = sorted(zip(years, parts, strict=True), key=lambda pair: pair[0] or 0)
    return Found((name or words("value"),), tuple(FoundRow(p.when, (p.text,), citation, 1) for _, p in ordered), name)


def _shown(store: Store, citation: Citation) -> str:
    """The cited cell with the unit that governs it; where it is no cell the quote, without the label before it."""
    view, quote = source_view(store, citation).table, tidy(citation.quote)
    label = tidy(" ".join(citation.column))
    bare = quote.removeprefix(label).lstrip(" :：") if label else quote
    return next((cell for cell in _cited(view)), quote) if view else bare or quote


def _cited(view: TableView) -> tuple[str, ...]:
    return tuple(cell.text for row in view.rows for cell in row.cells if cell.cited and cell.text)


def found_html(table: Found, turn: int, link: str, words: Words, chart: str = "") -> str:
    """The table under an answer, each row a link to its source, with its CSV; before it its chart where it has one."""
    head = "".join(f"<th scope='col'>{escaped(c)}</th>" for c in (words("name"), *table.columns, words("place")))
    body = "".join(
        f"<tr><th scope='row'>{escaped(row.name)}</th>{''.join(f'<td>{escaped(cell)}</td>' for cell in row.cells)}"
        f"<td><a class='cite' href='#c{turn}-{row.number}'>[{row.number}] {escaped(place(row.citation, words))}</a></td></tr>"
        for row in table.rows
    )
    return found_section(words("found_list"), words("table_region"), chart, head, body, link, words)


def found_section(
    label: str, region: str, chart: str, head: str, body: str, link: str, words: Words, note: str = ""
) -> str:
    """A table with its heading, what stands before it, a note and the link that saves it; `head` and `body` are cells and rows."""
    return (
        f"<section class='found' aria-label='{label}'><h2>{label}</h2>{chart}"
        f"<div class='scroll' tabindex='0' role='group' aria-label='{region}'>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{note}"
        f"<p><a class='button' href='{escaped(link)}' download>{words('csv')}</a></p></section>"
    )


def found_csv(table: Found, words: Words) -> str:
    """The same for a spreadsheet, with document, headings and place of every row."""
    header = (words("name"), *table.columns, words("document"), words("heading"), words("place"))
    return csv_text(
        header,
        (
            (
                row.name, *row.cells, tidy(row.citation.title), tidy(" › ".join(row.citation.heading)),
                place(row.citation, words),
            )
            for row in table.rows
        ),
    )  # fmt: skip
