"""Heads of workbooks over two rows, and what stands right of them."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from corpus import Table, read_document
from corpus.folding import searchable

Cells = list[list[object]]


def table_of(tmp_path: Path, rows: Cells, merged: list[str]) -> Table:
    """The only table of a workbook with these rows and merged ranges."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    book.save(tmp_path / "book.xlsx")
    (table,) = read_document(tmp_path / "book.xlsx").tables
    return table


def names(table: Table) -> list[list[str]]:
    return [[searchable(cell.text or "") for cell in row.cells] for row in table.rows]


FACILITIES: Cells = [
    ["施設名", None, "利用者数", None, None, "令和6年度", None, None],
    [None, None, "令和4年度", "5年度", "6年度", "開館日数", "1日平均", None],
    ["総数", None, 32000, 34000, 35000, None, None, None],
    ["文化施設", "小計", 20000, 21000, 22000, None, None, None],
    [None, "中央図書館", 12000, 12500, 13000, 288, 45, "注1"],
    [None, "美術館", 8000, 8500, 9000, 211, 43, None],
    ["体育施設", "小計", 12000, 13000, 13000, None, None, None],
    [None, "体育館", 7000, 7600, 7500, 334, 22, None],
    [None, "武道館", 5000, 5400, 5500, 329, 17, None],
]


def test_a_label_merged_over_two_lines_makes_no_form(tmp_path: Path) -> None:
    table = table_of(tmp_path, FACILITIES, ["A1:B2", "C1:E1", "F1:G1", "A4:A6", "A7:A9"])
    assert len(table.rows) == 7
    assert searchable(table.columns[4].label).replace(" ", "") == "利用者数令和6年度"
    assert names(table)[2] == ["文化施設", "中央図書館", "12000", "12500", "13000", "288", "45", "注1"]


def test_a_second_line_may_number_what_the_first_names(tmp_path: Path) -> None:
    rows: Cells = [
        ["年度", "総数", "要支援", None, "要介護", None, None],
        [None, None, "１", "２", "１", "２", "３"],
        ["令和5年度", 430, 70, 60, 130, 90, 80],
        ["令和6年度", 450, 74, 63, 135, 94, 84],
        ["令和7年度", 470, 77, 66, 140, 98, 89],
    ]
    table = table_of(tmp_path, rows, ["A1:A2", "B1:B2", "C1:D1", "E1:G1"])
    assert [searchable(column.label) for column in table.columns][2:] == [
        "要支援 1",
        "要支援 2",
        "要介護 1",
        "要介護 2",
        "要介護 3",
    ]
    assert len(table.rows) == 3


def test_a_text_with_a_rate_in_it_takes_no_unit_away(tmp_path: Path) -> None:
    rows: Cells = [
        ["主な事業（単位：千円）", None, None],
        ["事業名", "内容", "予算額"],
        ["道路改良事業", "延長320m", 31200],
        ["商品券発行事業", "プレミアム率30%、25,000冊", 96800],
        ["公園整備事業", "遊具の更新", 22000],
    ]
    table = table_of(tmp_path, rows, ["A1:C1"])
    assert [row.cells[2].unit for row in table.rows] == ["千円", "千円", "千円"]


def test_an_era_over_years_is_said_with_each(tmp_path: Path) -> None:
    rows: Cells = [
        ["款", "平成", None, "令和", None],
        [None, "29年度", "30年度", "元年度", "2年度"],
        ["議会費", 267, 263, 258, 255],
        ["総務費", 4139, 4292, 4398, 9547],
        ["民生費", 8139, 8292, 8398, 8547],
    ]
    table = table_of(tmp_path, rows, ["A1:A2", "B1:C1", "D1:E1"])
    assert [searchable(column.label) for column in table.columns][1:] == [
        "平成29年度",
        "平成30年度",
        "令和元年度",
        "令和2年度",
    ]


def test_what_a_block_is_of_stands_in_a_line_of_its_own_above_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for place, first in (("碇村", 100), ("佐村", 200)):
        for row in (
            ["市町村名", place, None, "市町村税の徴収実績"],
            [None, None, None, "（単位：千円）"],
            ["税目", "調定済額", "収入済額", "徴収率(%)"],
            ["普通税", first, first - 5, 95.0],
            ["たばこ税", first + 7, first + 7, 100.0],
            [None],
        ):
            sheet.append(row)
    book.save(tmp_path / "chousei.xlsx")
    document = read_document(tmp_path / "chousei.xlsx")
    assert [table.section[-1] for table in document.tables] == [
        "市町村名 碇村 市町村税の徴収実績", "市町村名 佐村 市町村税の徴収実績",
    ]  # fmt: skip
    assert [len(table.rows) for table in document.tables] == [2, 2]
    assert document.title == "chousei"


def test_a_header_that_begins_with_a_name_is_a_header(tmp_path: Path) -> None:
    table = table_of(
        tmp_path, [["施設名", "所在地", "所管"], ["図書館", "港町", "教育課"], ["体育館", "浜町", "体育課"]], []
    )
    assert [c.label for c in table.columns] == ["施設名", "所在地", "所管"]
