"""Totals as proof: recognised by name and by their figures, checked, and differences kept with both figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, Table, find_document, read_document

OFFICES = ("総務課", "福祉課", "観光課", "教育課", "消防課", "土木課")


def read(tmp_path: Path, lines: list[str]) -> Document:
    path = tmp_path / "town.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return read_document(path)


def totals(table: Table) -> list[int]:
    return [row.index for row in table.rows if row.total]


def test_a_named_total_is_checked_in_every_column_of_figures(tmp_path: Path) -> None:
    document = read(tmp_path, ["課,当初,決算,執行率", "総務課,100,90,90.0", "福祉課,200,150,75.0", "合計,300,240,80.0"])
    (table,) = document.tables
    assert totals(table) == [2]
    assert [(c.column, c.stated, c.computed, c.agrees) for c in table.checks] == [
        (1, Decimal(300), Decimal(300), True),
        (2, Decimal(240), Decimal(240), True),
    ]


def test_a_difference_is_kept_with_both_figures(tmp_path: Path) -> None:
    document = read(tmp_path, ["課,当初,決算", "総務課,1000,900", "福祉課,2000,1500", "計,3000,2390"])
    checks = {c.column: c for c in document.tables[0].checks}
    assert checks[1].agrees
    assert (checks[2].stated, checks[2].computed, checks[2].agrees) == (Decimal(2390), Decimal(2400), False)


def test_subtotals_and_the_total_of_subtotals(tmp_path: Path) -> None:
    lines = ["課,額", "総務課,100", "福祉課,200", "小計,300", "観光課,50", "教育課,70", "小計,120", "合計,420"]
    (table,) = read(tmp_path, lines).tables
    assert totals(table) == [2, 5, 6]
    assert [c.parts for c in table.checks] == [(0, 1), (3, 4), (2, 5)] or all(c.agrees for c in table.checks)
    assert all(c.agrees for c in table.checks)


def test_a_group_row_above_its_members_is_found_by_its_figures(tmp_path: Path) -> None:
    path = tmp_path / "town.txt"
    path.write_text(
        "款\t項\t金額(千円)\n1 市税\t\t3,000\n\t1 市民税\t1,000\n\t2 固定資産税\t2,000\n2 諸収入\t\t700\n\t1 雑入\t450\n\t2 延滞金\t250\n",
        "utf-8",
    )
    (table,) = read_document(path).tables
    assert totals(table) == [0, 3]
    assert all(c.agrees for c in table.checks)


@pytest.mark.parametrize("name", ["東部地区　計", "東部地区計"])
def test_a_group_named_with_its_total(name: str, tmp_path: Path) -> None:
    (table,) = read(tmp_path, ["町,人口", "一番町,500", "二番町,300", f"{name},800", "若草,410", "本郷,150"]).tables
    assert totals(table) == [2]


def test_a_row_that_only_happens_to_be_small_is_no_total(tmp_path: Path) -> None:
    (table,) = read(tmp_path, ["課,件数", "総務課,1", "福祉課,2", "観光課,3"]).tables
    assert totals(table) == []


@pytest.mark.parametrize("name", ["一般会計", "統計調査", "建築設計", "家計相談"])
def test_words_that_end_like_a_total_are_none(name: str, tmp_path: Path) -> None:
    (table,) = read(tmp_path, ["事業,額", "広報,150", "防災,260", f"{name},999"]).tables
    assert totals(table) == []


def test_sum_and_difference_columns(tmp_path: Path) -> None:
    lines = ["課,本年度,前年度,比較", "総務課,500,450,50", "福祉課,700,900,△200", "観光課,10,10,0"]
    checks = read(tmp_path, lines).tables[0].checks
    assert {(c.kind, c.column, c.agrees) for c in checks} == {("difference", 3, True)}
    lines = ["課,国費,県費,合計", "総務課,5,4,9", "福祉課,7,9,16", "観光課,1,1,2"]
    checks = read(tmp_path, lines).tables[0].checks
    assert {(c.kind, c.column, c.agrees) for c in checks} == {("columns", 3, True)}


@given(st.lists(st.integers(100, 10**7), min_size=3, max_size=6), st.integers(0, 5), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_a_wrong_figure_among_the_parts_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, figures: list[int], place: int, slip: int
) -> None:
    printed = list(figures)
    printed[place % len(figures)] += slip
    lines = ["課,額", *(f"{OFFICES[i]},{value}" for i, value in enumerate(printed)), f"合計,{sum(figures)}"]
    (table,) = read(tmp_path_factory.mktemp("t"), lines).tables
    assert totals(table) == [len(figures)]
    assert not any(check.agrees for check in table.checks)


def test_the_shipped_documents_have_no_false_totals() -> None:
    for name in ("gunma-kokusaika-r2r3", "gunma-chijisenryaku-r3"):
        assert [t.id for t in find_document(name).tables if totals(t)] == []


def test_a_group_above_groups_is_the_sum_of_those(tmp_path: Path) -> None:
    path = tmp_path / "town.txt"
    path.write_text(
        "項\t目\t節\t金額(千円)\n1 道路費\t\t\t3,000\n\t1 補修費\t\t2,000\n\t\t1 工事\t1,500\n\t\t2 委託\t500\n\t2 照明費\t\t1,000\n",
        "utf-8",
    )
    (table,) = read_document(path).tables
    assert totals(table) == [0, 1]


def test_a_group_of_one_is_a_total_too_where_other_groups_are(tmp_path: Path) -> None:
    path = tmp_path / "kan.csv"
    lines = ["款,項,金額", '総務費,,"3,000"', ',徴税費,"1,000"', ',選挙費,"2,000"', "労働費,,500", ",労働諸費,500"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    rows = read_document(path).tables[0].rows
    assert [row.total for row in rows] == [True, False, False, True, False]


def test_what_is_the_sum_of_all_below_it_is_a_total_under_any_name(tmp_path: Path) -> None:
    lines = [
        "園名,定員,児童数", "すべての園,410,397", "町立の園,150,142", "みどり,90,86", "さくら,60,56",
        "私立の園,260,255", "こばと,110,108", "ひかり,150,147",
    ]  # fmt: skip
    (table,) = read(tmp_path, lines).tables
    assert totals(table) == [0, 1, 4]


def test_what_is_left_over_and_what_is_only_in_it_make_no_total(tmp_path: Path) -> None:
    lines = ["区分,令和5年度,令和6年度", "歳入,900,950", "歳出,800,870", "実質収支,100,80"]
    (table,) = read(tmp_path, lines).tables
    assert totals(table) == []
    lines = ["区分,令和5年度,令和6年度", "事業費,900,950", "うち国の補助,400,450", "うち一般財源,500,500"]
    (table,) = read(tmp_path, lines).tables
    assert totals(table) == []


def test_a_total_of_each_class_is_one_however_small(tmp_path: Path) -> None:
    lines = ["税目,課税区分,調定額,収入済額,前年度", "市民税,現年分,6315,6249,6300", "市民税,繰越分,98,44,40"]
    lines += ["固定資産税,現年分,7412,7388,7100", "固定資産税,繰越分,102,61,50", "市税計,現年分,13727,13637,13400"]
    (table,) = read(tmp_path, [*lines, "市税計,繰越分,200,105,90"]).tables
    assert totals(table) == [4, 5]
