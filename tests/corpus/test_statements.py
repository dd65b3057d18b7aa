"""Budget statements whose columns were written into one another: what is glued is cut, and sums say what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, Row, Table, read_document
from corpus.folding import searchable
from corpus.statements import is_statement
from corpus.statements.sums import Figure, agreed, assign_roles, parts_of
from corpus.types import Span

TEXT = """みどり市予算書 事項別明細書
千円 千円
目 本年度予算額
前年度予算額
比 較
一般財源
７款 商工費
１項 商工費 61,400千円
61,400千円
50,0001 商工総 45,000 △5,000 45,000
務費
- 10 -
千円
区 分 説 明
千円
金 額
節
30,000報酬1 38,000001 給与費
12,000旅費8 001 一般職 ７人 37,850
002 審査会委員 ２人
2,000費用弁償 150
10,000普通旅費 7,000002 商工管理費
3,000負担金、補助18 001 商工管理事務費 7,000
及び交付金 商工会議の開催
600商店会補助金
2,600負担金 5,000起業家育成
400補助金 支援補助金
- 11 -
７款 商工費 １項 商工費
千円 千円 千円
目 本年度予算額
前年度予算額
比 較
一般財源
9,0002 観光費 16,400 7,400 16,000 400
59,000計 61,400 2,400 400
- 12 -
千円
区 分 説 明
千円
金 額
節
16,400需用費10 16,400001 観光推進費
16,400消耗品費 001 まつり事業費 16,400
（広域連携事業）
15,000夏まつり補助金
目 本年度予算額
- 13 -
"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "meisai.txt"
    path.write_text(TEXT, "utf-8")
    return read_document(path)


def shown(row: Row) -> list[str]:
    return [searchable(cell.text or "") for cell in row.cells]


def table(document: Document, head: str) -> Table:
    return next(t for t in document.tables if any(head in c.path for c in t.columns))


def test_the_lines_of_a_budget_get_the_roles_that_sums_prove(document: Document) -> None:
    budget = (
        table(document, "比 較") if any("比 較" in c.path for c in document.tables[0].columns) else document.tables[0]
    )
    assert [searchable(c.label) for c in budget.columns] == ["目", "本年度予算額", "前年度予算額", "比較"]
    assert [shown(row) for row in budget.rows] == [
        ["1 商工総務費", "45,000", "50,000", "△5,000"],
        ["2 観光費", "16,400", "9,000", "7,400"],
        ["計", "61,400", "59,000", "2,400"],
    ]
    assert [row.total for row in budget.rows] == [False, False, True]
    assert {row.section for row in budget.rows} == {("７款 商工費", "１項 商工費")}
    assert {cell.unit for row in budget.rows for cell in row.cells[1:]} == {"千円"}


def test_explanations_keep_their_items_details_and_the_line_they_belong_to(document: Document) -> None:
    rows = [shown(row) for row in table(document, "説明").rows]
    first = ["1 商工総務費", "001 給与費"]
    second = ["1 商工総務費", "002 商工管理費"]
    office = [*second, "001 商工管理事務費"]
    third = ["2 観光費", "001 観光推進費"]
    assert rows == [
        [*first, "", "", "38,000"],
        [*first, "001 一般職 7人", "", "37,850"],
        [*first, "002 審査会委員 2人", "", "150"],
        [*second, "", "", "7,000"],
        [*office, "", "7,000"],
        [*office, "商工会議の開催", ""],
        [*office, "商店会補助金", "600"],
        [*office, "起業家育成支援補助金", "5,000"],
        [*third, "", "", "16,400"],
        [*third, "001 まつり事業費", "", "16,400"],
        [*third, "001 まつり事業費", "(広域連携事業)", ""],
        [*third, "001 まつり事業費", "夏まつり補助金", "15,000"],
    ]


def test_classes_keep_their_parts(document: Document) -> None:
    rows = [shown(row)[1:] for row in table(document, "節").rows]
    assert rows == [
        ["報酬 1", "", "30,000"],
        ["旅費 8", "", "12,000"],
        ["旅費 8", "費用弁償", "2,000"],
        ["旅費 8", "普通旅費", "10,000"],
        ["負担金、補助及び交付金 18", "", "3,000"],
        ["負担金、補助及び交付金 18", "負担金", "2,600"],
        ["負担金、補助及び交付金 18", "補助金", "400"],
        ["需用費 10", "", "16,400"],
        ["需用費 10", "消耗品費", "16,400"],
    ]


def test_every_figure_that_no_sum_settles_is_left_over_and_nothing_is_read_twice(document: Document) -> None:
    spans = sorted(
        {s for t in document.tables for r in t.rows for c in r.cells if c.origin.value == "explicit" for s in c.spans},
    )
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    unread = [document.quote(left.span) for left in document.leftovers if left.kind == "unread"]
    assert unread == ["45,000", "16,000 400", "400"]


def test_items_whose_sum_is_another_are_put_under_no_line(tmp_path: Path) -> None:
    path = tmp_path / "meisai.txt"
    path.write_text(TEXT.replace("38,000001", "38,001001"), "utf-8")
    items = table(read_document(path), "説明")
    assert [searchable(c.label) for c in items.columns] == ["説明", "説明", "説明", "本年度予算額"]
    assert shown(items.rows[0]) == ["001 給与費", "", "", "38,001"]


@pytest.mark.parametrize(
    "text", ["本年度予算額の説明と金額です。節目の年です。\n" * 9, "", "001 海外都市交流事業費 19,477\n" * 9]
)
def test_other_texts_are_no_statements(text: str) -> None:
    assert not is_statement(text)


def figures(*values: int, before: int) -> list[Figure]:
    return [Figure(v, Span(i, i + 1), i - before if i < before else i - before + 1) for i, v in enumerate(values)]


def test_of_two_readings_the_one_whose_places_other_lines_prove_counts() -> None:
    lines = [figures(50, 45, -5, before=1), figures(100, 1500, 1400, before=1)]
    roles = assign_roles(lines, [False, False])
    assert [(r.current.value, r.previous.value, r.difference.value) for r in roles if r] == [
        (45, 50, -5),
        (1500, 100, 1400),
    ]


def test_a_line_that_reads_two_ways_is_left_alone() -> None:
    assert assign_roles([figures(100, 1500, 1400, before=1)], [False]) == [None]


@given(st.lists(st.integers(1, 999), min_size=2, max_size=9), st.data())
def test_parts_always_make_the_whole_or_are_the_sure_ones(values: list[int], data: st.DataObject) -> None:
    flags = st.lists(st.booleans(), min_size=len(values), max_size=len(values))
    sure, known = data.draw(flags), data.draw(flags)
    total = data.draw(st.integers(1, sum(values)))
    chosen = parts_of(total, values, sure, known)
    assert sum(values[i] for i in chosen) == total or chosen == {i for i, flag in enumerate(sure) if flag}


def test_one_unknown_figure_that_equals_the_whole_proves_nothing() -> None:
    assert parts_of(30, [30, 7], [False, False], [False, False]) == frozenset()
    assert parts_of(30, [30, 7], [False, False], [True, False]) == {0}


def lines_of(*told: tuple[int, ...]) -> list[list[Figure]]:
    """Lines of a budget, each with as many figures before the name as the first number says."""
    spot = Span(0, 1)
    return [[Figure(v, spot, i - before + (i >= before)) for i, v in enumerate(own)] for before, *own in told]


def test_the_order_of_other_lines_decides_between_two_readings() -> None:
    told = lines_of((2, 742, 500, 716, -26), (1, 1512, 1722, 210, 1486, 236))
    roles = assign_roles(told, [False, False])
    assert [r and (r.current.value, r.previous.value, r.difference.value) for r in roles] == [
        (716, 742, -26),
        (1722, 1512, 210),
    ]


def test_the_order_of_the_document_decides_where_all_lines_of_a_part_grew() -> None:
    part = lines_of((2, 413, 420, 444, 31), (1, 1687, 1701, 14))
    assert assign_roles(part, [False, False]) == [None, None]
    settled = assign_roles(part, [False, False], agreed([*part, *lines_of((1, 900, 850, -50))], [False] * 3))
    assert [r and r.previous.value for r in settled] == [413, 1687]


def test_three_lines_that_would_have_grown_many_times_over_tell_which_figure_is_the_difference() -> None:
    part = lines_of(
        (2, 46218, 1972, 48190, 9874), (2, 301246, 17519, 318765, 81773), (2, 9642, 1229, 10871, 1200, 9671)
    )  # fmt: skip
    settled = assign_roles(part, [False] * 3)
    assert [r and (r.previous.value, r.difference.value) for r in settled] == [
        (46218, 1972),
        (301246, 17519),
        (9642, 1229),
    ]
    assert assign_roles(part[:2], [False] * 2) == [None, None]


def test_the_amount_of_a_heading_on_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "budget.txt"
    path.write_text(TEXT.replace("１項 商工費 61,400千円\n61,400千円", "１項 商工費 61,400千円\n107,331千円"), "utf-8")
    told = {(fact.subject[-1], fact.text) for fact in read_document(path).facts}
    assert ("７款 商工費", "107,331千円") in told


@pytest.mark.parametrize("line", ["商工費 計 96,100 90,300 5,800", "７款 商工費 計 96,100 90,300 5,800"])
def test_the_total_of_a_whole_is_a_row_by_its_name(tmp_path: Path, line: str) -> None:
    path = tmp_path / "meisai.txt"
    path.write_text(TEXT + line + "\n", "utf-8")
    rows = [shown(row) for t in read_document(path).tables for row in t.rows]
    assert ["商工費 計", "96,100", "90,300", "5,800"] in rows
    assert ["計", "61,400", "59,000", "2,400"] in rows


def test_a_total_whose_difference_is_another_is_no_such_row(tmp_path: Path) -> None:
    path = tmp_path / "meisai.txt"
    path.write_text(TEXT + "商工費 計 96,100 90,300 9,900\n", "utf-8")
    rows = [shown(row) for t in read_document(path).tables for row in t.rows]
    assert not any("商工費 計" in row for row in rows)
