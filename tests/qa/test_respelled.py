"""Questions in the spelling that everything after it reads."""

from __future__ import annotations

import pytest

from qa.respelled import respelled
from qa.types import Operation
from qa.understand import understand


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("歳出総額、2024・2025・2026年度の合計は", "歳出総額、2024年度・2025年度・2026年度の合計は"),
        ("令和4・5年度の決算額", "令和4年度・令和5年度の決算額"),
        ("令和元年度(R1)に始まった事業", "令和元年度に始まった事業"),
        ("予算が最も大きく減った款とその減少額を", "予算が最も大きく減った款を"),
        ("予算は前の年からいくら増えた", "予算は前年度からいくら増えた"),
        ("第1回から第3回までのテーマ", "第1回、第2回、第3回のテーマ"),
        ("前の年は?", "前の年は?"),  # asked of what was told before
        ("R3と10月の件数", "R3と10月の件数"),
        ("参加者と、その理由は", "参加者と、その理由は"),
        ("決算額が5億円(500,000千円)未満の費目", "決算額が5億円未満の費目"),
        ("5億円(1,000千円)の費目", "5億円(1,000千円)の費目"),
        ("含まれる事業(001から始まる番号のもの)は", "含まれる事業は"),
    ],
)
def test_years_are_said_in_full_and_once(said: str, read: str) -> None:
    assert respelled(said) == read


def test_how_many_years_there_are_is_no_condition() -> None:
    assert [t.surface for t in understand("2024・2025・2026年度の3年度分の町税の合計は？").terms] == ["町税"]
    assert [
        t.surface for t in understand("歳入が減った年度は、2018年度から2026年度の間にいくつありますか。").terms
    ] == ["歳入"]


@pytest.mark.parametrize(
    "question", ["R3の予算はR2と同じ金額？", "R3の件数はR2と同じ件数ですか", "R3とR2の予算は同じですか"]
)
def test_whether_two_figures_are_the_same(question: str) -> None:
    assert understand(question).operation is Operation.YESNO


def test_both_is_no_condition() -> None:
    assert [t.surface for t in understand("当初予算と決算額、両方教えて").terms] == ["当初", "予算", "決算"]


@pytest.mark.parametrize(
    ("asked", "year"),
    [("和田駅の27年度の乗車人員は", 2015), ("市税は5年度でいくらですか", 2023), ("和田駅の31年度は", 2019)],
)
def test_a_year_without_an_era_is_of_the_last_one_that_had_it(asked: str, year: int) -> None:
    assert [period.year for period in understand(asked).periods] == [year]


def test_so_many_a_day_may_change() -> None:
    assert (
        understand("名谷駅は平成7年度と平成27年度を比べると1日あたり何人減りましたか").operation is Operation.DIFFERENCE
    )
