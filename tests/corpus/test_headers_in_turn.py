"""Heads that only count on: years without their era or century, months, bare western years, a unit's word in front."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, read_document
from corpus.eras import named_in_turn, western_years

BODY = '生まれた人,"1,200","1,100","1,050",990\n亡くなった人,900,880,870,910\n'


def csv(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    return read_document(path)


@pytest.mark.parametrize(
    ("head", "labels"),
    [
        ("地区,2019,2020,2021,2022", ["2019", "2020", "2021", "2022"]),
        ("区分,平成30年,令和元年,2,3", ["平成30年", "令和元年", "令和2年", "令和3年"]),
        ("区分,H30,R1,2,3", ["H30", "R1", "R2", "R3"]),
        ("区分,2018年度,19,20,21", ["2018年度", "2019年度", "2020年度", "2021年度"]),
        ("区分,平成17,22,27,令和2", ["平成17", "平成22年", "平成27年", "令和2"]),
        ("区分,11月,12,1,2", ["11月", "12月", "1月", "2月"]),
    ],
)
def test_a_head_that_counts_on_is_a_head(tmp_path: Path, head: str, labels: list[str]) -> None:
    (table,) = csv(tmp_path, f"{head}\n{BODY}").tables
    assert [column.label for column in table.columns[1:]] == labels
    assert [row.cells[0].text for row in table.rows] == ["生まれた人", "亡くなった人"]


def test_years_under_two_heads(tmp_path: Path) -> None:
    text = '地区,人口,,世帯数,\n,令和4年,5,令和4年,5\n東,"1,200","1,100",500,510\n西,900,880,310,320\n'
    (table,) = csv(tmp_path, text).tables
    assert [column.path for column in table.columns[1:]] == [
        ("人口", "令和4年"), ("人口", "令和5年"), ("世帯数", "令和4年"), ("世帯数", "令和5年"),
    ]  # fmt: skip


def test_what_stands_at_the_right_above_a_table_is_no_head(tmp_path: Path) -> None:
    text = f"人口の動き,,,,\n,,,,各年10月1日現在(単位:人)\n区分,令和3年,4,5,6\n{BODY}"
    document = csv(tmp_path, text)
    (table,) = document.tables
    assert [column.label for column in table.columns] == ["区分", "令和3年", "令和4年", "令和5年", "令和6年"]
    assert {cell.unit for cell in table.rows[0].cells[1:]} == {"人"}
    assert "unread" not in {left.kind for left in document.leftovers}


def test_a_word_that_also_counts_heads_a_column_where_it_stands_in_front(tmp_path: Path) -> None:
    text = f"区分,総人口,,,\n,総数,男,女,その他\n{BODY}"
    (table,) = csv(tmp_path, text).tables
    assert [column.path for column in table.columns[:3]] == [("区分",), ("総人口", "総数"), ("総人口", "男")]


def test_numbers_that_count_something_head_nothing(tmp_path: Path) -> None:
    (table,) = csv(tmp_path, "施設,人数,件数\n本館,2019,3\n別館,28,29\n").tables
    assert [row.cells[0].text for row in table.rows] == ["本館", "別館"]
    assert not western_years(["2019", "28"])
    assert not western_years(["2019"])
    assert named_in_turn(["28", "29", "30"]) == [None, None, None]
    assert named_in_turn(["2015年", "合計", "16"]) == [None, None, None]
