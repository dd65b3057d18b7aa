"""Tables as offices print them: rules between header and rows, years said short, units and dates beside or below."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from corpus.folding import searchable, tidy

RULED = """２　歳入の状況
                                                            （単位：百万円、％）
  ================================================================================
  区　　分                            令和６年度    構成比  令和５年度      増減額
  ================================================================================
  市税                                    13,862      35.3      13,905        △43
  県支出金                                 2,690       6.8       2,604          86
  繰上償還金                                  －        －         150        皆減
  寄附金                                     846       2.2         612         234
  --------------------------------------------------------------------------------
  歳入合計                                39,274     100.0      38,126       1,148
  ================================================================================

４　基金の状況
  基　金　名                令和２年度      ３年度      ４年度      ５年度
  －－－－－－－－－－－－－－－－－－－－－－－－－－－－－－－－－－
  財政調整基金                   4,120       4,305       4,402       4,322
  減債基金                         812         865         910         910
  ふるさと応援基金                 318         402         467         551
"""
LETTERED = """１　収支
  ----------------------------------------------------------------------
  区　　　　分                      令和６年度  令和５年度      増減額
  ----------------------------------------------------------------------
  歳入総額　　　　　　　Ａ              39,274      38,126       1,148
  歳出総額　　　　　　　Ｂ              38,012      36,991       1,021
  形式収支　　（Ａ－Ｂ）Ｃ               1,262       1,135         127
"""


def read(folder: Path, name: str, text: str) -> Document:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_document(path)


def test_a_rule_between_header_and_rows_parts_nothing(tmp_path: Path) -> None:
    document = read(tmp_path, "kessan.txt", RULED)
    income, funds = document.tables
    assert [searchable(c.label) for c in income.columns] == ["区分", "令和6年度", "構成比", "令和5年度", "増減額"]
    assert [row.cells[0].text for row in income.rows][-1] == "歳入合計"
    assert len(income.rows) == 5
    assert income.rows[2].cells[-1].text == "皆減"
    assert [searchable(c.label) for c in funds.columns] == [
        "基金名", "令和2年度", "令和3年度", "令和4年度", "令和5年度",
    ]  # fmt: skip


def test_a_letter_behind_a_name_has_no_label_of_its_own(tmp_path: Path) -> None:
    (table,) = read(tmp_path, "shushi.txt", LETTERED).tables
    labels = [searchable(c.label) for c in table.columns]
    assert labels[-3:] == ["令和6年度", "令和5年度", "増減額"]
    assert labels[0] == "区分"


def test_a_unit_right_below_a_table_is_its_own(tmp_path: Path) -> None:
    below = "# 基金\n\n| 区分 | 令和6年度 | 令和7年度 |\n|---|---:|---:|\n| 調整基金 | 201 | 188 |\n| 計 | 201 | 188 |\n\n（単位：億円）\n\n終わりに。\n"
    (table,) = read(tmp_path, "kikin.md", below).tables
    assert table.rows[0].cells[1].unit == "億円"


def test_a_unit_between_two_tables_is_that_of_the_second(tmp_path: Path) -> None:
    text = "# 表\n\n| 区分 | 人数 |\n|---|---|\n| 甲 | 3 |\n| 乙 | 5 |\n\n（単位：千円）\n\n| 区分 | 予算額 |\n|---|---|\n| 甲 | 30 |\n| 乙 | 50 |\n"
    first, second = read(tmp_path, "two.md", text).tables
    assert first.rows[0].cells[1].unit is None
    assert second.rows[0].cells[1].unit == "千円"


def test_a_title_with_its_date_beside_it_is_no_header(tmp_path: Path) -> None:
    text = "第１表　署所の現況,,,（令和7年4月1日現在）\n署,署所名,職員数（人）,うち救命士\n東署,本署,78,24\n,西分署,27,9\n北署,本署,36,11\n"
    (table,) = read(tmp_path, "stations.csv", text).tables
    assert [c.label for c in table.columns][:3] == ["署", "署所名", "職員数（人）"]
    assert table.rows[0].cells[3].unit == "人"


def test_a_row_is_no_total_because_one_small_figure_agrees(tmp_path: Path) -> None:
    text = (
        "税目,区分,調定額,収入済額,還付未済額\n"
        "軽自動車税,種別割,241330500,237118204,42800\n"
        "軽自動車税,種別割滞納分,11402338,2880416,0\n"
        "軽自動車税,計,252732838,239998620,42800\n"
        "軽自動車税,環境性能割,14820300,14820300,0\n"
    )
    (table,) = read(tmp_path, "zei.csv", text).tables
    assert [row.total for row in table.rows] == [False, False, True, False]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("町の猟友会の会員は現在34名で、うちの多くが高齢であり、60歳以上の方が2\n3名であります。", "23名"),
        ("短い行の2\n3名", "2 3名"),
    ],
)
def test_a_figure_that_a_full_line_cuts_is_one(raw: str, shown: str) -> None:
    assert shown in tidy(raw)
