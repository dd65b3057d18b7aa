"""A list or comparison as a table: the cited cells by row and column, and as CSV with the place of each row."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.folding import tidy
from index import Store
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
    """What an answer cites, as a table."""

    columns: tuple[str, ...]
    rows: tuple[FoundRow, ...]


def found(store: Store, given: Answer, words: Words) -> Found | None:
    """The cited cells of an answer as a table; None where it cites fewer than two rows."""
    columns: dict[str, None] = {}
    rows: dict[tuple[str, str, int], tuple[str, Citation, int, dict[str, str]]] = {}
    for number, citation in enumerate(given.citations, 1):
        column = tidy(" ".join(citation.column)) or words("value")
        columns.setdefault(column)
        name = citation.row or tidy(" › ".join(citation.heading[-1:])) or tidy(citation.title)
        key = (citation.document, name, 0 if citation.row else citation.line_start)
        row = rows.setdefault(key, (name, citation, number, {}))
        row[3][column] = _shown(store, citation)
    if len(rows) < _FEWEST:
        return None
    return Found(
        tuple(columns),
        tuple(FoundRow(name, tuple(cells.get(c, "") for c in columns), first, n) for name, first, n, cells in rows.values()),
    )  # fmt: skip


def _shown(store: Store, citation: Citation) -> str:
    """The cited cell with the unit that governs it; the quote itself where it is no cell."""
    view = source_view(store, citation).table
    return next((cell for cell in _cited(view)), tidy(citation.quote)) if view else tidy(citation.quote)


def _cited(view: TableView) -> tuple[str, ...]:
    return tuple(cell.text for row in view.rows for cell in row.cells if cell.cited and cell.text)


def found_html(table: Found, turn: int, link: str, words: Words) -> str:
    """The table under an answer, each row a link to its source, with its CSV."""
    head = "".join(f"<th scope='col'>{escaped(c)}</th>" for c in (words("name"), *table.columns, words("place")))
    body = "".join(
        f"<tr><th scope='row'>{escaped(row.name)}</th>{''.join(f'<td>{escaped(cell)}</td>' for cell in row.cells)}"
        f"<td><a class='cite' href='#c{turn}-{row.number}'>[{row.number}] {escaped(place(row.citation, words))}</a></td></tr>"
        for row in table.rows
    )
    return (
        f"<section class='found' aria-label='{words('found_list')}'><h2>{words('found_list')}</h2>"
        f"<div class='scroll' tabindex='0' role='group' aria-label='{words('table_region')}'>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
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
