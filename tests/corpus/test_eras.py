"""Years whose era goes unsaid, groups left blank between labels, and what stands beside a table."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, Origin, read_document
from corpus.eras import named_years
from corpus.folding import searchable


def csv(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    return read_document(path)


@pytest.mark.parametrize(
    ("labels", "header", "years"),
    [
        (["平成30年度", "令和元", "2", "3"], "", [None, None, "令和2年度", "令和3年度"]),
        (["平成 29 年", "30", "令和元年", "２"], "年度", [None, "平成30年度", None, "令和2年度"]),
        (["平成17年", "22", "27"], "年", [None, "平成22年", "平成27年"]),
        (["令和元年", "", "2"], "年", [None, None, "令和2年"]),
        (["令和3年", "2"], "年", [None, None]),
        (["令和3年", "総数", "4"], "年", [None, None, None]),
        (["1", "2", "3"], "年", [None, None, None]),
    ],
)
def test_years_count_on_from_the_era_that_was_named(labels: list[str], header: str, years: list[str | None]) -> None:
    assert named_years(labels, header) == years


@given(st.lists(st.text(max_size=6) | st.sampled_from(["令和元年", "2", "3", "平成30年度"]), max_size=8))
def test_only_bare_numbers_are_ever_named(labels: list[str]) -> None:
    for label, year in zip(labels, named_years(labels), strict=True):
        assert year is None or searchable(label).rstrip("年度末 ").replace("元", "1").isdecimal()


def test_a_table_of_years_names_its_rows(tmp_path: Path) -> None:
    document = csv(tmp_path, "年度,人口,出生\n令和元年,100,5\n2,110,6\n3,120,7\n")
    cells = [row.cells[0] for row in document.tables[0].rows]
    assert [cell.text for cell in cells] == ["令和元年", "令和2年度", "令和3年度"]
    assert [cell.origin for cell in cells] == [Origin.EXPLICIT, Origin.INFERRED, Origin.INFERRED]
    assert [document.quote(cell.spans[0]) for cell in cells] == ["令和元年", "2", "3"]
    assert {left.kind for left in document.leftovers} == {"mark"}


def test_years_beside_each_other_in_a_header(tmp_path: Path) -> None:
    document = csv(tmp_path, "区分,令和元年度,2年度,3年度\n歳入,100,110,120\n歳出,90,95,99\n")
    assert [column.label for column in document.tables[0].columns] == ["区分", "令和元年度", "令和2年度", "令和3年度"]


def test_numbers_that_count_something_stay_numbers(tmp_path: Path) -> None:
    document = csv(tmp_path, "課,件数,人数\n総務課,1,2\n福祉課,2,3\n")
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["福祉課", "2", "3"]


def test_a_group_blank_between_labels_is_filled_where_all_before_it_agrees(tmp_path: Path) -> None:
    lines = [
        "部,課,事業,内訳,予算額",
        "総務部,広報課,広報,,300",
        "総務部,広報課,,広報紙,200",
        "総務部,広報課,,放送,100",
    ]
    lines += ["総務部,防災課,訓練,,50", "総務部,防災課,,地区,50", "福祉部,介護課,,単独,70"]
    rows = csv(tmp_path, "\n".join(lines) + "\n").tables[0].rows
    assert [row.cells[2].text for row in rows] == ["広報", "広報", "広報", "訓練", "訓練", ""]
    assert rows[1].cells[2].origin is Origin.FILLED


def test_codes_and_columns_that_never_change_do_not_name_a_row(tmp_path: Path) -> None:
    lines = [
        "都道府県コード,NO,市,名称,定員",
        *(f"222127,{i},みどり市,{n}館,{i}0" for i, n in enumerate("東西南北", 1)),
    ]
    table = csv(tmp_path, "\n".join(lines) + "\n").tables[0]
    assert table.columns[table.key].label == "名称"


def test_units_and_notes_beside_a_table_are_none_of_its_rows(tmp_path: Path) -> None:
    lines = ["（単位：冊）,,,（年度末現在）", "館,貸出,返却,予約", "中央館,100,90,5", "東館,50,40,2"]
    lines += ["（注）返却は延べ数です。,,,資料：図書館"]
    document = csv(tmp_path, "\n".join(lines) + "\n")
    (table,) = document.tables
    assert [row.cells[0].text for row in table.rows] == ["中央館", "東館"]
    assert {cell.unit for row in table.rows for cell in row.cells[1:]} == {"冊"}
    assert [column.label for column in table.columns] == ["館", "貸出", "返却", "予約"]


def test_notes_under_a_sheets_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["１）利用状況"],
        ["館", "貸出", "返却"],
        ["中央館", 1, 2],
        ["東館", 3, 4],
        ["〈資料〉図書館", None, "（単位：冊）"],
    ):
        sheet.append(line)
    path = tmp_path / "book.xlsx"
    book.save(path)
    document = read_document(path)
    assert [row.cells[0].text for row in document.tables[0].rows] == ["中央館", "東館"]
    assert document.tables[0].section == ("１）利用状況",)


def test_letters_that_only_look_like_ideographs_are_folded() -> None:
    assert searchable("市⺠の⽣活と⻄校⻑") == "市民の生活と西校長"


LONG = "方部,地区,年,入込み\n東北,南,20年,212\n東北,南,21年,216\n東北,南,22年,206\n東北,北,20年,81\n東北,北,21年,79\n東北,北,22年,75\n"


def test_a_column_headed_year_is_of_the_last_era_that_had_so_many(tmp_path: Path) -> None:
    document = csv(tmp_path, LONG)
    cells = [row.cells[2] for row in document.tables[0].rows]
    assert [cell.text for cell in cells] == ["平成20年", "平成21年", "平成22年"] * 2
    assert {cell.origin for cell in cells} == {Origin.INFERRED}


@pytest.mark.parametrize("header", ["番", "号"])
def test_other_columns_of_small_numbers_are_no_years(tmp_path: Path, header: str) -> None:
    document = csv(tmp_path, LONG.replace(",年,", f",{header},").replace("年,", ","))
    assert [row.cells[2].text for row in document.tables[0].rows][:2] == ["20", "21"]


def test_few_years_without_an_era_may_be_of_the_present_one(tmp_path: Path) -> None:
    document = csv(tmp_path, LONG.replace("20年", "4年").replace("21年", "5年").replace("22年", "6年"))
    assert [row.cells[2].text for row in document.tables[0].rows][:2] == ["4年", "5年"]


def test_years_before_a_unit_in_brackets_count_on(tmp_path: Path) -> None:
    path = tmp_path / "h30_kessan.csv"
    path.write_text("項目,30年度（千円）,29年度（千円）\n市税,100,90\n市債,50,40\n", "utf-8")
    columns = read_document(path).tables[0].columns
    assert [column.path for column in columns[1:]] == [("平成30年度（千円）",), ("平成29年度（千円）",)]
