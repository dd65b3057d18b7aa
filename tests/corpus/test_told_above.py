"""What stands above a table or inside its source's markup: titles merged across it, units said once, entities."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from corpus import Document, read_document
from corpus.folding import fold, searchable


def _csv(folder: Path, text: str) -> Document:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def _units(document: Document, table: int = 0, row: int = 0) -> list[str | None]:
    return [cell.unit for cell in document.tables[table].rows[row].cells]


def test_an_entity_is_the_sign_it_stands_for(tmp_path: Path) -> None:
    assert searchable("&#9651;12,600") == "△12,600"
    assert fold("A&amp;B") == "A&B"
    path = tmp_path / "t.html"
    path.write_text(
        "<table><tr><th>事業名</th><th>影響額(千円)</th></tr><tr><td>祝金</td><td>&#9651;600</td></tr>"
        "<tr><td>委託</td><td>50</td></tr></table>",
        encoding="utf-8",
    )
    cell = read_document(path).tables[0].rows[0].cells[1]
    assert searchable(cell.text or "") == "△600"


def test_a_title_merged_across_a_sheet_is_no_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["令和5年度 款別決算一覧", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append([None, None, "(単位:円、%)"])
    sheet.append(["Ⅰ 歳入"])
    for row in (["款", "収入済額", "増減率 C/D"], ["市税", 1200, 1.5], ["寄附金", 300, 2.5]):
        sheet.append(row)
    sheet.append(["Ⅱ 歳出"])
    for row in (["款", "支出済額", "執行率"], ["総務費", 900, 98.5], ["民生費", 500, 97.5]):
        sheet.append(row)
    path = tmp_path / "t.xlsx"
    book.save(path)
    document = read_document(path)
    assert document.title == "令和5年度 款別決算一覧"
    assert [table.section for table in document.tables] == [("Ⅰ 歳入",), ("Ⅱ 歳出",)]
    assert [_units(document, t) for t in (0, 1)] == [[None, "円", "%"], [None, "円", "%"]]


def test_a_unit_beside_a_date_stands_above_the_header(tmp_path: Path) -> None:
    document = _csv(
        tmp_path,
        ",,各年10月1日現在,(単位 世帯、人)\n地区,町名,世帯数,人口\n東,一丁目,12,30\n,二丁目,15,41\n西,三丁目,9,20\n",
    )
    assert [column.path for column in document.tables[0].columns] == [("地区",), ("町名",), ("世帯数",), ("人口",)]
    assert _units(document) == [None, None, "世帯", "人"]


def test_the_unit_of_a_heading_holds_for_the_tables_under_it(tmp_path: Path) -> None:
    path = tmp_path / "t.md"
    rows = "| 事業名 | 予算額 | 開始年度 |\n|---|---|---|\n| 橋 | 120 | 2020 |\n| 道 | 80 | 2019 |\n\n"
    path.write_text(
        f"# 主要事業\n\n【新】は新規。(単位:千円。下段は前年度)\n\n## 1 安全\n\n{rows}## 2 福祉\n\n{rows}# 附属\n\n{rows}",
        encoding="utf-8",
    )
    document = read_document(path)
    money = next(c.index for c in document.tables[0].columns if c.path == ("予算額",))
    assert [table.rows[0].cells[money].unit for table in document.tables] == ["千円", "千円", None]
    assert document.tables[0].rows[0].cells[2].unit is None


def test_years_as_headers_take_the_unit_and_numbers_of_rows_do_not(tmp_path: Path) -> None:
    document = _csv(
        tmp_path, "(単位:千円、%)\n款,,令和7年度,構成比\n1,市税,900,90.0\n2,寄附金,100,10.0\n3,市債,50,5.0\n"
    )
    assert _units(document) == [None, None, "千円", "%"]


def test_the_innermost_label_says_what_a_column_counts(tmp_path: Path) -> None:
    document = _csv(
        tmp_path,
        "(単位:円、%)\n款,収入率,,前年度比,,1人当たり\n,対予算,対調定,増減額,増減率,\n市税,99.1,98.0,120,1.5,3\n寄附金,99.2,98.1,30,2.5,2\n",
    )
    assert _units(document) == [None, "%", "%", "円", "%", None]
