"""Long tables that give this year's figure, last year's and the change on lines of their own; made-up documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import read_document
from index import Store
from qa.frames import Frame
from qa.framing import table_frame
from qa.pipeline import answer
from qa.spread import spread

_FIGURES = {
    (7, "歳入", "歳入合計"): (900, 870), (7, "歳入", "町税"): (500, 480), (7, "歳入", "寄附金"): (400, 390),
    (7, "歳出", "歳出合計"): (900, 870), (7, "歳出", "民生費"): (600, 570), (7, "歳出", "土木費"): (300, 300),
    (8, "歳入", "歳入合計"): (950, 900), (8, "歳入", "町税"): (560, 500), (8, "歳入", "寄附金"): (390, 400),
    (8, "歳出", "歳出合計"): (950, 900), (8, "歳出", "民生費"): (640, 600), (8, "歳出", "土木費"): (310, 300),
}  # fmt: skip
IN_WORDS = "年度,区分,款,内訳,金額（千円）\n" + "".join(
    f"令和{year}年度,{side},{name},本年度,{now}\n令和{year}年度,{side},{name},前年度,{before}\n"
    f"令和{year}年度,{side},{name},増減額,{now - before}\n"
    for (year, side, name), (now, before) in _FIGURES.items()
)
IN_YEARS = "年度,区分,時点,額（億円）\n" + "".join(
    f"{year},{name},{year},{now}\n{year},{name},{year - 1},{before}\n{year},{name},増減,{now - before}\n"
    for year, name, now, before in (
        (2021, "歳入", 70, 68), (2021, "うち税", 50, 51), (2022, "歳入", 75, 70), (2022, "うち税", 53, 50),
    )
)  # fmt: skip


def _frame(folder: Path, text: str) -> Frame:
    path = folder / "kanbetsu.csv"
    path.write_text(text, encoding="utf-8")
    return table_frame(read_document(path), 0)


@pytest.fixture(scope="module")
def in_words(indexed: Callable[..., Store]) -> Store:
    return indexed({"asagiri_ippankaikei_kanbetsu.csv": IN_WORDS})


@pytest.fixture(scope="module")
def in_years(indexed: Callable[..., Store]) -> Store:
    return indexed({"asagiri_yosan_suii.csv": IN_YEARS})


@pytest.mark.parametrize("text", [IN_WORDS, IN_YEARS])
def test_each_thing_has_one_row_a_year_and_its_figures_stand_where_they_are_cited(tmp_path: Path, text: str) -> None:
    frame = _frame(tmp_path, text)
    keys = [tuple(row[: frame.key + 1]) for row in frame.cells]
    assert len(set(keys)) == len(keys)
    assert [c.label for c in frame.columns if c.role == "data"][1:] in (["増減額"], ["増減"])
    for r, row in enumerate(frame.cells):
        for column in frame.columns[frame.key + 1 :]:
            if row[column.index] is not None:
                assert frame.evidence(r, column.index).value == row[column.index]


def test_last_years_figure_is_kept_only_where_that_year_has_no_lines(tmp_path: Path) -> None:
    frame = _frame(tmp_path, IN_WORDS)
    tax = {row[0]: row[3:] for row in frame.cells if row[2] == "町税"}
    assert tax == {"令和6年度": ("480", None), "令和7年度": ("500", "20"), "令和8年度": ("560", "60")}
    assert sorted(frame.year_cells) == [2024, 2025, 2026]


@pytest.mark.parametrize(
    "text",
    [
        "年度,款,金額（千円）\n2021,町税,5\n2021,寄附金,6\n2022,町税,7\n2022,寄附金,8\n",  # nothing tells figures apart
        "年度,款,内訳,金額\n2021,町税,本年度,5\n2021,町税,本年度,6\n2022,町税,前年度,7\n2022,町税,増減額,8\n",  # twice the same
        "年度,款,内訳,金額\n2021,町税,本年度,5\n2021,町税,見込み,6\n2022,町税,本年度,7\n2022,町税,見込み,8\n",  # another kind
    ],
)
def test_other_long_tables_stay_as_they_are(tmp_path: Path, text: str) -> None:
    frame = _frame(tmp_path, text)
    assert spread(frame) is None
    assert len(frame) == 4


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("令和8年度の町税はいくらですか", "560千円"),
        ("令和6年度の民生費はいくらですか", "570千円"),
        ("令和8年度の町税と寄附金の差はいくらですか", "170千円"),
        ("令和8年度の民生費と土木費を合計するといくらですか", "950千円"),
        ("令和8年度の歳出で、前年度からの増加額が最も大きい款はどれですか", "民生費"),
        ("令和8年度の歳入で、前年度より減少した款はいくつありますか", "1件"),
        ("令和7年度の歳出で、増減額が0の款をすべて挙げてください", "土木費"),
        ("令和8年度の寄附金は前年度と比べていくら増減しましたか", "10千円"),
    ],
)
def test_figures_of_this_year_and_last_are_told_apart(in_words: Store, question: str, said: str) -> None:
    given = answer(question, in_words)
    assert given.answered, given.answer
    assert said in given.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [("2022年度の歳入はいくらですか", "75億円"), ("2022年度の歳入は前年度に比べていくら増減しましたか", "5億円")],
)
def test_years_tell_them_apart_as_well(in_years: Store, question: str, said: str) -> None:
    given = answer(question, in_years)
    assert given.answered, given.answer
    assert said in given.answer
