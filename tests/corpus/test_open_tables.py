"""Tables as cities publish them: months as headers, numbered rows, titles above each of several tables, years without an era."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from corpus import Document, read_document
from corpus.eras import named_years

MONTHS = (
    "年度,No,施設,種別,4月,5月,6月,年度計\n"
    "令和4年度,1,浜の湯,温泉,120,130,140,390\n令和4年度,2,岬灯台,見学,90,95,80,265\n"
    "令和4年度,3,朝市,買物,300,310,320,930\n令和4年度,4,砂丘,自然,50,55,60,165\n"
    "令和5年度,1,浜の湯,温泉,125,120,150,395\n令和5年度,2,岬灯台,見学,80,85,-,165\n"
    "令和5年度,3,朝市,買物,310,320,330,960\n令和5年度,4,砂丘,自然,40,45,50,135\n"
)
STACKED = (
    '"＜浜手線＞\n駅別乗車人員（１日平均）   (人）\n",,,\n,25年度,26年度,27年度\n港,300,310,320\n浜,80,85,90\n岬,40,45,50\n'
    '"※26年度より定期を含む\n＜山手線＞\n駅別乗車人員（1日平均）   (人）\n",,,\n,25年度,26年度,27年度\n峠,30,31,32\n滝,8,9,10\n'
)


def _csv(folder: Path, text: str, name: str = "t") -> Document:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def test_months_side_by_side_are_headers(tmp_path: Path) -> None:
    (table,) = _csv(tmp_path, MONTHS).tables
    assert [column.label for column in table.columns] == MONTHS.split("\n")[0].split(",")
    assert len(table.rows) == 8


def test_a_single_month_is_a_value(tmp_path: Path) -> None:
    (table,) = _csv(tmp_path, "浜の湯,4月,120\n岬灯台,5月,95\n朝市,6月,300\n").tables
    assert len(table.rows) == 3


def test_numbers_between_groups_and_names_hide_no_names(tmp_path: Path) -> None:
    """The year and the facility together name a row, the kind behind them only describes it."""
    assert _csv(tmp_path, MONTHS).tables[0].key == 2
    rows = [
        f"総務部,{office},{i},事業{i},{i * 100}\n"
        for i, office in enumerate(["財政課", "財政課", "人事課", "人事課"], 1)
    ]
    assert _csv(tmp_path, "部,課,No.,事業名,予算額\n" + "".join(rows), "u").tables[0].key == 3


def test_titles_in_one_field_stand_above_their_tables(tmp_path: Path) -> None:
    document = _csv(tmp_path, STACKED)
    assert [table.section for table in document.tables] == [("＜浜手線＞",), ("＜山手線＞",)]
    assert [len(table.rows) for table in document.tables] == [3, 2]
    assert document.tables[0].rows[0].cells[1].unit == "人"


def test_fiscal_years_without_an_era_are_those_of_the_document(tmp_path: Path) -> None:
    document = _csv(tmp_path, STACKED, "h27_josha")
    assert [column.label for column in document.tables[1].columns[1:]] == ["平成25年度", "平成26年度", "平成27年度"]
    few = STACKED.replace("25年度", "5年度").replace("26年度", "6年度").replace("27年度", "7年度")
    assert [column.label for column in _csv(tmp_path, few, "u").tables[1].columns[1:]] == ["5年度", "6年度", "7年度"]


@pytest.mark.parametrize(
    ("labels", "latest", "years"),
    [
        (
            ["", "29年度", "30年度", "元年度", "2年度"],
            2020,
            [None, "平成29年度", "平成30年度", "令和元年度", "令和2年度"],
        ),
        (["7年度", "6年度"], 2024, ["令和7年度", "令和6年度"]),
        (["5年度", "10年度"], 2024, [None, None]),  # neighbours of no other: they may be terms
        (["27", "28"], 2016, [None, None]),
    ],
)
def test_the_last_years_so_numbered_are_meant(labels: Sequence[str], latest: int, years: list[str | None]) -> None:
    assert named_years(labels, "", latest) == years


def test_a_title_beside_a_unit_is_no_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for title, total in (("【歳入】", "歳入合計"), ("【歳出】", "歳出合計")):
        sheet.append([title, None, None, None, "(単位:千円)"])
        for row in (
            ["款", "区分", "決算額", "増減額", "理由"],
            ["1", "市税", 900, 20, "増収"],
            [None, total, 900, 20, None],
        ):
            sheet.append(row)
        sheet.append([])
    other = book.create_sheet("性質別")
    for row in (
        ["分類", "区分", "決算額", "増減額", "理由"],
        ["義務", "人件費", 500, 20, "改定"],
        ["義務", "公債費", 400, 0, "-"],
    ):
        other.append(row)
    path = tmp_path / "t.xlsx"
    book.save(path)
    tables = read_document(path).tables
    assert [table.section for table in tables] == [("【歳入】",), ("【歳出】",), ()]  # headings end with their sheet
    assert [column.label for column in tables[0].columns] == ["款", "区分", "決算額", "増減額", "理由"]
    assert tables[0].rows[0].cells[2].unit == "千円"
