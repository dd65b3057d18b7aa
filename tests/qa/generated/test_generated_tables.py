"""Generated tables are what they say: written files hold each cell on its line, and totals are right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from benchmarks.generated import Table, make_table, tables, write
from benchmarks.generated.tables import figure_text


@settings(max_examples=40)
@given(tables(20))
def test_the_same_layout_makes_the_same_table(table: Table) -> None:
    assert make_table(table.layout) == table


@settings(max_examples=60)
@given(tables(20))
def test_a_file_holds_each_printed_cell_on_its_line(tmp_path_factory: pytest.TempPathFactory, table: Table) -> None:
    written = write(table, tmp_path_factory.mktemp("file"))
    if written.encoding is None:
        sheet = load_workbook(written.path).worksheets[0]
        lines = [
            "\t".join(f"{c.value:,}" if isinstance(c.value, int) else str(c.value or "") for c in row) for row in sheet
        ]
    else:
        lines = written.path.read_bytes().decode(written.encoding).split("\n")
    for r, row in enumerate(table.rows):
        for i, cell in enumerate(row.cells):
            assert not cell.printed or cell.printed in lines[written.lines[r, i] - 1]
    assert table.title in lines[written.lines[-2, 0] - 1]


@settings(max_examples=60)
@given(tables(30))
def test_a_total_is_the_sum_of_its_rows_and_no_row_is_data_and_total(table: Table) -> None:
    for column in table.of_role("figure"):
        summed = sum((table.value(r, column) or Decimal(0) for r in table.data()), Decimal(0))
        last = table.rows[-1]
        if last.total and last.cells[0].printed == table.layout.total and last.cells[column].value is not None:
            assert last.cells[column].value == summed
    assert len({table.name(r) for r in table.data()}) == table.layout.rows


@settings(max_examples=60)
@given(tables(30))
def test_a_merged_group_is_printed_in_the_first_of_its_rows(table: Table) -> None:
    for row in table.rows:
        for i, cell in enumerate(row.cells):
            assert (
                row.total or table.rows[cell.home].cells[i].printed == cell.means or table.columns[i].role == "figure"
            )


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [("1234", 0, "1,234"), ("-1234", 0, "▲1,234"), ("85", 1, "85.0"), ("0", 0, "0")]
)
def test_figures_are_printed_as_in_administrative_tables(value: str, decimals: int, text: str) -> None:
    assert figure_text(Decimal(value), decimals, "▲") == text
