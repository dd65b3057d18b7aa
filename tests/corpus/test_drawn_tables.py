"""Budgets as text taken from a printed page: names drawn out letter by letter, numbers before them, blank lines between."""

from __future__ import annotations

import pytest

from corpus import Document, Table, read_document
from corpus.drawn_tables import drawn_tables
from corpus.types import Line

PAGE = """                               令和６年度 歳入歳出予算款別前年度比較表
（１）   一般会計
      歳   入
                                       本        年    度            前        年    度             比          較
                   款
                                   予       算    額   構 成 比     予       算    額   構 成 比     増   減  額        増 減     率

  1   町                        税   34,300,000 千円     39.0 ％   33,800,000 千円     42.2 ％      500,000 千円      1.5 ％

  2   地     方      譲      与    税      525,000         0.6        517,000         0.7          8,000         1.5

  3   分  担   金   及   び   負   担 金      542,915         0.6        548,338         0.7       △ 5,423        △ 1.0
 10   国有提供施設等所在市町村助成交付金                   300         0.0            300         0.0              0         0.0


          歳    入       合   計       35,368,215       100.0     34,866,638       100.0        501,577        1.4
"""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Table]:
    path = tmp_path_factory.mktemp("yosan") / "kanbetsu.txt"
    path.write_text(PAGE, encoding="utf-8")
    document = read_document(path)
    (found,) = document.tables
    return document, found


def test_each_figure_stands_under_its_year_and_measure(table: tuple[Document, Table]) -> None:
    _, own = table
    assert [c.label for c in own.columns][2:] == [
        "本年度 予算額", "本年度 構成比", "前年度 予算額", "前年度 構成比", "比較 増減額", "比較 増減率",
    ]  # fmt: skip
    assert [[(c.text or "").split()[0] for c in row.cells[2:4]] for row in own.rows[:2]] == [
        ["34,300,000", "39.0"], ["525,000", "0.6"],
    ]  # fmt: skip


def test_names_are_whole_and_signs_stay_with_their_figures(table: tuple[Document, Table]) -> None:
    _, own = table
    names = ["".join((row.cells[1].text or "").split()) for row in own.rows]
    assert names == ["町税", "地方譲与税", "分担金及び負担金", "国有提供施設等所在市町村助成交付金", "歳入合計"]
    assert "".join((own.rows[2].cells[6].text or "").split()) == "△5,423"
    assert own.rows[-1].total


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1   町      税   34,300   39.0\n2   地   方   税   525   0.6\n3   諸   収   入   542   0.6\n",  # no header says what they are
        "会議は 10 時から 12 時まで\n参加者は 5 人と 6 人\n次回は 3 月 4 日\n",
    ],
)
def test_lines_without_a_header_of_their_own_are_no_such_table(text: str) -> None:
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    lines = [Line(a, b, number) for number, (a, b) in enumerate(zip(starts, ends, strict=True), 1)]
    assert drawn_tables(text, lines) == ({}, frozenset())
