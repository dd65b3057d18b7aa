"""Long tables of open data: years and months in rows, coded headers, totals among the groups; made-up documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import read_document
from qa.file_names import spelled
from qa.frames import Frame
from qa.framing import table_frame
from qa.labels import core, month_of
from qa.tabular import Proposal, propose, years_apart
from qa.understand import understand

WASTE = "date,type,amount\n" + "".join(
    f"{year}-{month:02}-28,{kind},{amount + month + (year - 2020)}\n"
    for year, month in ((2020, 4), (2020, 5), (2021, 3), (2021, 4))
    for kind, amount in (("空き缶", 10), ("古紙", 100))
)
ACCOUNTS = "fiscal_year,kan_cd,kan_name,kind,amount_kyen\n" + "".join(
    f"{year},{code},{name},{kind},{amount + 10 * (year - 2020) + (kind == '決算')}\n"
    for year in (2021, 2022)
    for code, name, amount in (("01", "議会費", 100), ("02", "総務費", 300), ("99", "合計", 400))
    for kind in ("予算", "決算")
)
SETTLED = (
    "(単位:円)\n款,,収入済額 C,不納欠損額,前年度収入済額 D,増減額 C-D\n1,市税,500,3,450,50\n2,寄附金,90,0,120,-30\n"
    "3,市債,70,0,60,10\n,歳入合計,660,3,630,30\n,うち自主財源,590,3,570,20\n"
)


def _frame(folder: Path, name: str, text: str) -> Frame:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return table_frame(read_document(path), 0)


def _best(frame: Frame, question: str) -> Proposal:
    return propose(understand(question), (frame,))[0]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("2020年5月の空き缶の量はいくら", ["15"]),
        ("令和2年度の空き缶の合計", ["14", "15", "14"]),
        ("2020年の空き缶の量の合計", ["14", "15"]),
        ("2020年5月から2021年4月までの空き缶の合計", ["15", "14", "15"]),
    ],
)
def test_dates_of_rows_are_chosen_by_month_year_and_fiscal_year(
    tmp_path: Path, question: str, figures: list[str]
) -> None:
    frame = _frame(tmp_path, "gomi", WASTE)
    found = _best(frame, question).result.operands
    assert [frame.cells[one.row][one.column] for one in found] == figures


def test_a_year_that_no_row_is_of_is_not_borne_out(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "gomi", WASTE)
    found = propose(understand("2019年5月の空き缶の量はいくら"), (frame,))
    assert all(one.probability == 0.0 for one in found)


def test_two_keys_choose_one_row_of_a_long_table(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "kessan", ACCOUNTS)
    (one,) = _best(frame, "2022年度の総務費の決算はいくら").result.operands
    assert (frame.cells[one.row][one.column], frame.columns[one.column].label) == ("321", "amount_kyen")


def test_years_are_not_added_up(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "kessan", ACCOUNTS)
    assert _best(frame, "総務費の決算を2021年度から2022年度まで足すといくら").result.value == 632


def test_totals_are_compared_when_the_total_is_named(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "saishutsu_kessan", ACCOUNTS)
    assert _best(frame, "歳出合計の決算は2021年度から2022年度でいくら増えましたか").result.value == 10


def test_of_this_and_last_years_column_this_years_is_meant(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "r5_kessan", SETTLED)
    (one,) = _best(frame, "市税の収入済額はいくら").result.operands
    assert frame.cells[one.row][one.column] == "500"


def test_what_shrank_most_is_read_from_the_printed_change(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "r5_kessan", SETTLED)
    result = _best(frame, "前年度より収入済額が最も大きく減った款はどれ").result
    assert [frame.name(row) for row in result.things] == ["寄附金"]


def test_the_largest_rate_of_decrease_is_the_lowest_rate(tmp_path: Path) -> None:
    text = "款,当年度,前年度,増減率(%)\n市税,110,100,10.0\n寄附金,50,100,△50.0\n市債,90,100,△10.0\n"
    result = _best(_frame(tmp_path, "t", text), "減少率が最も大きい款はどれ").result
    assert result.plan.frame.name(result.things[0]) == "寄附金"


def test_the_column_whose_unit_is_asked_for_is_guessed(tmp_path: Path) -> None:
    text = "(単位 ha、人)\n町名,面積,人口\n東町,90,30\n西町,20,70\n南町,50,10\n"
    result = _best(_frame(tmp_path, "t", text), "一番人が多い町はどこ？何人？").result
    assert result.value == 70


def test_things_that_have_a_figure_are_those_whose_figure_is_not_nought(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "r5_kessan", SETTLED)
    result = _best(frame, "不納欠損額がある款をすべて挙げてください").result
    assert [frame.name(row) for row in result.things] == ["市税"]


def test_rows_below_the_grand_total_are_no_members(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "r5_kessan", SETTLED)
    assert [bool(one) for one in frame.within] == [False, False, False, False, True]


def test_labels_lose_what_they_are_reckoned_from() -> None:
    assert [core(label) for label in ("増減額 A-B = C", "執行率 F/E", "収入済額 C", "前年度比 増減額 C-D")] == [
        "増減額", "執行率", "収入済額", "前年度比 増減額",
    ]  # fmt: skip


def test_a_month_is_read_from_a_cell_that_is_nothing_but_a_date() -> None:
    assert [month_of(text) for text in ("2020-04-30", "令和2年4月", "2020", "4月の量")] == [
        (2020, 4),
        (2020, 4),
        None,
        None,
    ]


@pytest.mark.parametrize(("said", "filed"), [("高松市", True), ("東京都", True), ("松山市", False), ("前橋市", False)])
def test_a_place_is_filed_without_its_kind(said: str, filed: bool) -> None:
    from index.words import words

    assert spelled("h08_takamatsu_tokyo_r6", words(said)) is filed


def test_rows_of_other_months_are_no_namesakes(tmp_path: Path) -> None:
    frame = _frame(tmp_path, "gomi", WASTE)
    cans = [row for row in range(len(frame)) if "空き缶" in frame.cells[row]]
    assert years_apart(frame, cans[:2])
    assert not years_apart(frame, cans[:1])
