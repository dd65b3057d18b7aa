"""Sheets as cities print them: tables beside each other, marks for the row above, units in corners and columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from corpus import Document, Origin
from corpus.read import read_document
from corpus.units import header_unit

Rows = Sequence[Sequence[object]]


@pytest.fixture
def read_sheet(tmp_path: Path) -> Callable[..., Document]:
    """A workbook of one sheet with these rows and merged cells, as it is read."""

    def run(rows: Rows, merged: Sequence[str] = ()) -> Document:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        for area in merged:
            book.active.merge_cells(area)
        path = tmp_path / "sheet.xlsx"
        book.save(path)
        return read_document(path)

    return run


CARD = (
    ("令和5年度 決算状況", None, None, None, None, "汐町"),
    (None, None, None, None, None, "(単位:千円・%)"),
    (None,),
    ("歳入の状況", None, None, None, "収支の状況"),
    ("区分", "決算額", "構成比", None, "区分", "令和5年度"),
    ("地方税", 948, 13.5, None, "歳入総額", 7037),
    ("地方譲与税", 78, 1.1, None, "歳出総額", 6791),
    ("地方交付税", 3016, 42.9, None, "歳入歳出差引", 246),
    ("国庫支出金", 784, 11.1, None, "実質収支", 184),
)


def test_tables_beside_each_other_are_tables_of_their_own(read_sheet: Callable[..., Document]) -> None:
    tables = read_sheet(CARD).tables
    firsts = [[row.cells[table.key].text for row in table.rows] for table in tables]
    assert ["地方税", "地方譲与税", "地方交付税", "国庫支出金"] in firsts
    assert ["歳入総額", "歳出総額", "歳入歳出差引", "実質収支"] in firsts


def test_the_unit_in_a_sheets_corner_is_that_of_all_its_tables(read_sheet: Callable[..., Document]) -> None:
    cells = {cell.text: cell.unit for t in read_sheet(CARD).tables for row in t.rows for cell in row.cells}
    assert (cells["948"], cells["13.5"], cells["7037"]) == ("千円", "%", "千円")


def test_a_column_left_blank_between_parts_of_one_table_parts_nothing(read_sheet: Callable[..., Document]) -> None:
    rows = (
        ("施設名", "所在地", None, "利用者数", "前年度"),
        *((f"第{i}館", f"{i}丁目", None, i * 10, i * 9) for i in range(1, 6)),
    )
    tables = read_sheet(rows).tables
    assert [len(table.rows) for table in tables] == [5]


def test_a_column_merged_with_its_left_one_is_no_column(read_sheet: Callable[..., Document]) -> None:
    rows = (
        ("区分", None, "令和5年度"),
        *((name, None, value) for name, value in (("甲", 1), ("乙", 2), ("丙", 3), ("丁", 4))),
    )
    table = read_sheet(rows, [f"A{i}:B{i}" for i in range(1, 6)]).tables[0]
    assert [column.label for column in table.columns] == ["区分", "令和5年度"]


def test_a_mark_for_the_row_above_is_filled(read_sheet: Callable[..., Document]) -> None:
    rows = (
        ("地区", "人口", "担当"),
        ("東", 120, "東部センター"),
        ("西", 90, "〃"),
        ("南", 70, "西部センター"),
        ("北", 60, "同上"),
    )
    told = [row.cells[2] for row in read_sheet(rows).tables[0].rows]
    assert [cell.text for cell in told] == ["東部センター", "東部センター", "西部センター", "西部センター"]
    assert told[1].origin is Origin.FILLED


def test_a_mark_of_its_own_row_is_not_filled_down(read_sheet: Callable[..., Document]) -> None:
    rows = (
        ("分野", "印", "事業名", "予算額(千円)"), ("子育て", "◎", "保育料無償化", 8640), (None, None, "児童クラブ", 2135),
        ("防災", "○", "除雪", 11200), (None, "◎", "雪下ろし支援", 183),
    )  # fmt: skip
    table = read_sheet(rows).tables[0]
    marks = {row.cells[table.key].text: (row.cells[0].text, row.cells[1].text) for row in table.rows}
    assert marks["児童クラブ"] == ("子育て", "")
    assert marks["雪下ろし支援"] == ("防災", "◎")


def test_columns_named_by_what_they_count_have_its_unit_whatever_the_rows_say(
    read_sheet: Callable[..., Document],
) -> None:
    rows = (
        (None, None, None, None, "(単位:円、人)"), ("段階", "要件", "料率", "年額", "人数"),
        ("第1段階", "年金収入等が80万円以下", 0.285, 21200, 2711), ("第2段階", "収入が120万円以下", 0.485, 36000, 1642),
        ("第3段階", "所得が200万円未満", 1.0, 74400, 1490),
    )  # fmt: skip
    document = read_sheet(rows)
    units = {cell.text: cell.unit for t in document.tables for row in t.rows for cell in row.cells}
    assert (units["0.285"], units["21200"], units["2711"]) == (None, "円", "人")


def test_a_column_headed_as_units_governs_its_rows_whatever_the_units(read_sheet: Callable[..., Document]) -> None:
    rows = (
        ("指標", "単位", "令和4年度", "令和5年度"), ("温室効果ガス排出量", "千t-CO2", 605, 612), ("排出量", "t-CO2", 13106, 12744),
        ("登録店数", "店", 72, 103),
    )  # fmt: skip
    table = read_sheet(rows).tables[0]
    assert [row.cells[-1].unit for row in table.rows] == ["千t-CO2", "t-CO2", "店"]


@pytest.mark.parametrize(
    ("label", "unit"),
    [("人口(人・年度末)", "人"), ("決算(千円・%)", None), ("面積(ha)", "ha"), ("割合(令和5年)", None)],
)
def test_a_unit_with_a_remark_behind_it(label: str, unit: str | None) -> None:
    assert header_unit(label) == unit
