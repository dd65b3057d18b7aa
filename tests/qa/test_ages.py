"""Groups of people by age are names, written in several ways; bounds only where a table gives ages. Made-up documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import read_document
from qa.ages import age_groups, bound_of, written_otherwise
from qa.framing import table_frame
from qa.tabular import propose
from qa.types import Operation
from qa.understand import understand

PEOPLE = (
    "みなと町 年齢別の人口,,,\n,(単位：世帯、人),,\n字,区分,令和5年,6\n"
    "港,世帯,40,41\n,総数,90,88\n,0～14歳,10,9\n,65歳以上,30,31\n浜,世帯,20,21\n,総数,50,55\n,0～14歳,9,11\n,65歳以上,12,13\n"
)
VOTES = "氏名,年齢,得票数\n港 一郎,71,310\n浜 花子,45,540\n岬 次郎,66,420\n"


@pytest.mark.parametrize(
    ("asked", "row"),
    [
        ("港の65歳以上は令和6年に何人ですか", "31"),
        ("港の14歳以下の人は令和6年に何人", "9"),
        ("浜の15歳未満は令和5年に何人ですか", "9"),
        ("港の世帯数は令和6年にいくつ", "41"),
    ],
)
def test_a_group_of_people_is_a_row(tmp_path: Path, asked: str, row: str) -> None:
    (tmp_path / "nenrei.csv").write_text(PEOPLE, encoding="utf-8")
    frame = table_frame(read_document(tmp_path / "nenrei.csv"), 0)
    found = propose(understand(asked), (frame,))[0].result.operands
    assert [frame.cells[one.row][one.column] for one in found] == [row]


def test_rows_count_in_the_unit_of_the_caption_that_their_label_names(tmp_path: Path) -> None:
    (tmp_path / "nenrei.csv").write_text(PEOPLE, encoding="utf-8")
    rows = read_document(tmp_path / "nenrei.csv").tables[0].rows
    assert [row.cells[2].unit for row in rows] == ["世帯", "人", "人", "人"] * 2


@pytest.mark.parametrize(("asked", "count"), [("65歳以上の人は何人ですか", 2), ("50歳未満の人は何人ですか", 1)])
def test_where_a_table_gives_ages_it_is_a_bound(tmp_path: Path, asked: str, count: int) -> None:
    (tmp_path / "tohyo.csv").write_text(VOTES, encoding="utf-8")
    frame = table_frame(read_document(tmp_path / "tohyo.csv"), 0)
    question = understand(asked)
    counted = propose(replace(question, operation=Operation.LIST, wants=None), (frame,))[0]
    assert len(counted.result.things) == count


def test_no_bound_is_read_from_an_age() -> None:
    assert understand("65歳以上の人口は何人").comparisons == ()
    assert understand("利用者が65人以上の施設は").comparisons != ()
    assert understand("65歳以上の人口は何人").operation is Operation.VALUE


def test_other_spellings() -> None:
    assert "0~14歳" in written_otherwise("14歳以下")
    assert "15歳未満" in written_otherwise("14歳以下")
    assert "14歳以下" in written_otherwise("0～14歳")
    assert "15歳以上64歳以下" in written_otherwise("15～64歳")
    assert written_otherwise("図書館") == frozenset()
    assert bound_of("60歳以上") == (">=", 60)
    assert bound_of("15~64歳") is None


@given(st.integers(1, 99), st.sampled_from(["以上", "以下", "未満"]))
def test_a_group_is_among_its_own_spellings(age: int, how: str) -> None:
    name = f"{age}歳{how}"
    assert name in written_otherwise(name)
    assert list(age_groups(f"町の{name}の人口")) == [(2, 2 + len(name))]
