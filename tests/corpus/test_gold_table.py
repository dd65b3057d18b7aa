"""The ragged project table against a transcription made by hand, cell by cell (`gold_kokusaika.jsonl`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import Document, find_document

GOLD = Path(__file__).parent / "gold_kokusaika.jsonl"
AMOUNTS, STATUS = (8, 11), (10,)


@pytest.fixture(scope="module")
def document() -> Document:
    return find_document("gunma-kokusaika-r2r3")


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    return [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


def test_one_table_of_93_rows_and_13_columns_on_the_right_lines(document: Document, gold: list[dict[str, Any]]) -> None:
    (table,) = document.tables
    assert len(table.rows) == len(gold) == 93
    assert all(len(row.cells) == 13 for row in table.rows)
    assert [document.place(row.span).line_start for row in table.rows] == [g["line"] for g in gold]


def test_cells_stand_where_a_careful_reader_puts_them(document: Document, gold: list[dict[str, Any]]) -> None:
    cells = [
        (g["line"], column, expected, row.cells[column].text or "")
        for g, row in zip(gold, document.tables[0].rows, strict=True)
        for column, expected in enumerate(g["cells"])
    ]
    wrong = [cell for cell in cells if cell[2] != cell[3]]
    assert len(wrong) <= 0.005 * len(cells), wrong


@pytest.mark.parametrize("column", [*AMOUNTS, *STATUS])
def test_every_amount_and_status_is_right(document: Document, gold: list[dict[str, Any]], column: int) -> None:
    # A dash says that there is nothing; line 59 prints one dash less than columns, and readers may differ on it.
    nothing = {"", "-", "—"}
    wrong = [
        (g["line"], g["cells"][column], row.cells[column].text)
        for g, row in zip(gold, document.tables[0].rows, strict=True)
        if g["cells"][column] != (row.cells[column].text or "")
        and not {g["cells"][column], row.cells[column].text or ""} <= nothing
    ]
    assert wrong == []


def test_every_filled_and_inferred_cell_is_marked(document: Document, gold: list[dict[str, Any]]) -> None:
    wrong = [
        (g["line"], column, origin, row.cells[column].origin.value)
        for g, row in zip(gold, document.tables[0].rows, strict=True)
        for column, origin in enumerate(g["origin"])
        if g["cells"][column]
        and g["cells"][column] == row.cells[column].text
        and origin != row.cells[column].origin.value
    ]
    assert wrong == []


def test_shifted_rows_say_so(document: Document) -> None:
    notes = {document.place(row.span).line_start: row.note for row in document.tables[0].rows}
    assert notes[9] is None
    assert notes[107]
    assert notes[97]
