"""Heads as databases export them: codes before the labels, and tables below each other without a blank line."""

from __future__ import annotations

from pathlib import Path

from corpus import read_document
from corpus.exported import begins_as, without_codes
from corpus.folding import searchable

EXPORT = """決算年度,団体名,表名称,001:地方税,002:地方譲与税,003:その他,004:地方交付税,005:その他
2031,湯ノ里市,歳入内訳,3214,155,7,4910,9
2031,北浜町,歳入内訳,1946,132,5,3885,6
決算年度,団体名,表名称,001:県支出金,002:繰入金,003:地方債,004:歳入合計
2031,湯ノ里市,歳入内訳,1017,640,836,14573
2031,北浜町,歳入内訳,612,310,619,10954
"""


def test_a_header_of_the_same_kind_below_rows_begins_a_table(tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text(EXPORT, encoding="utf-8")
    document = read_document(tmp_path / "export.csv")
    assert [len(table.rows) for table in document.tables] == [2, 2]
    first, second = ([column.label for column in table.columns] for table in document.tables)
    assert first[3:] == ["地方税", "地方譲与税", "003:その他", "地方交付税", "005:その他"]
    assert second[3:] == ["県支出金", "繰入金", "地方債", "歳入合計"]
    cell = document.tables[1].rows[1].cells[6]
    assert searchable(cell.text or "") == "10954"


def test_the_same_header_again_is_no_row(tmp_path: Path) -> None:
    head, *rows = EXPORT.splitlines()[:3]
    (tmp_path / "export.csv").write_text(
        "\n".join([head, *rows, head, rows[0].replace("2031", "2032")]) + "\n", encoding="utf-8"
    )
    (table,) = read_document(tmp_path / "export.csv").tables
    assert [row.cells[0].text for row in table.rows] == ["2031", "2031", "2032"]


def test_years_and_numbers_of_things_are_no_codes() -> None:
    assert without_codes(["A1101_総人口", "A1102_男", "A1103_女"]) == ["総人口", "男", "女"]
    for labels in (
        ["2019_男", "2019_女", "2020_男"],
        ["2019_人口", "2020_人口", "2021_人口"],
        ["01:税", "02:債", "計"],
    ):
        assert without_codes(labels) == labels


def test_a_header_is_known_by_how_it_begins() -> None:
    assert begins_as(["決算年度", "団体名", "地方税"], ["決算年度", "団体名", "繰入金"])
    assert not begins_as(["決算年度", "団体名", "地方税"], ["決算年度", "課名", "地方税"])
    assert not begins_as(["", "団体名", "地方税"], ["", "団体名", "地方税"])
