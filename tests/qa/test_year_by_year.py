"""What a thing comes to in several years, where each year is a row of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.respelled import respelled

FUND = """年度,歳入総額（百万円）,歳出総額（百万円）,基金残高（百万円）
令和元年度,4201,4087,903
令和2年度,5234,5102,1015
令和3年度,4876,4689,1422
令和4年度,4690,4531,1188
令和5年度,4588,4463,976
"""
WARDS = """年度,地区,世帯数,人口
令和5年度,東地区,1210,3080
令和5年度,西地区,890,2250
令和6年度,東地区,1225,3050
令和6年度,西地区,880,2190
"""


@pytest.fixture(scope="module")
def fund(indexed: Callable[..., Store]) -> Store:
    return indexed({"fund.csv": FUND})


@pytest.fixture(scope="module")
def wards(indexed: Callable[..., Store]) -> Store:
    return indexed({"wards.csv": WARDS})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("令和3年度と令和4年度の基金残高は", ["1,422", "1,188"]),
        ("令和2年度、令和4年度、令和5年度の基金残高はそれぞれいくらですか", ["1,015", "1,188", "976"]),
        ("令和2年度から令和4年度までの基金残高は", ["1,015", "1,422", "1,188"]),
        ("基金残高の推移を教えてください", ["903", "1,015", "1,422", "1,188", "976"]),
        ("年度別の基金残高", ["903", "1,015", "1,422", "1,188", "976"]),
        ("令和4年度と令和5年度の歳入総額と歳出総額は", ["4,690", "4,531", "4,588", "4,463"]),
    ],
)
def test_each_year_is_told_with_its_figure(fund: Store, question: str, told: list[str]) -> None:
    given = answer(question, fund)
    assert given.answered
    assert [value.text for value in given.values] == [one.replace(",", "") for one in told]
    assert len(given.citations) >= len(told)


@pytest.mark.parametrize("question", ["令和6年度から令和8年度までの基金残高は", "平成29年度と平成30年度の基金残高は"])
def test_years_that_the_table_does_not_hold_are_not_told(fund: Store, question: str) -> None:
    assert not answer(question, fund).answered


@pytest.mark.parametrize(
    "question", ["東地区と西地区の令和6年度の人口", "東地区と西地区の令和6年度の人口はそれぞれ何人ですか"]
)
def test_a_year_said_once_is_that_of_both(wards: Store, question: str) -> None:
    assert [value.text for value in answer(question, wards).values] == ["3050", "2190"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("人口の推移は", "人口は"),
        ("各年度の人口を教えて", "人口を教えて"),
        ("年度ごとの人口", "人口"),
        ("年度別の人口の合計は", "年度別の人口の合計は"),
        ("人口推移表の出典は", "人口推移表の出典は"),
    ],
)
def test_year_by_year_asks_for_the_figure(said: str, read: str) -> None:
    assert respelled(said) == read
