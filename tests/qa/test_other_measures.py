"""A column that only happens to be there is no answer to another measure, nor one stage of a budget to another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.clauses import asks_no_money

LIBRARIES = """図書館の利用状況
施設名,令和6年度指定管理料(千円),令和6年度補正後予算額(千円)
みどり台図書館,10096,12000
港町図書館,8420,9100
"""


@pytest.fixture(scope="module")
def city(indexed: Callable[..., Store]) -> Store:
    return indexed({"toshokan.csv": LIBRARIES})


@pytest.mark.parametrize(
    ("asked", "counted"),
    [
        ("みどり台図書館の利用者数はいくらですか", True),
        ("港町図書館の貸出冊数は?", True),
        ("講座の出席率を教えてください", True),
        ("みどり台図書館の指定管理料はいくらですか", False),
        ("件数が多い館の予算額は?", False),
    ],
)
def test_a_number_or_a_rate_is_asked_for(asked: str, counted: bool) -> None:
    assert asks_no_money(asked) is counted


@pytest.mark.parametrize(
    "asked",
    ["みどり台図書館の令和6年度の利用者数はいくらですか。", "みどり台図書館の令和6年度の当初予算額はいくらですか。"],
)
def test_another_measure_or_stage_is_refused(asked: str, city: Store) -> None:
    assert not answer(asked, city).answered


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("みどり台図書館の令和6年度の指定管理料はいくらですか。", 10096),
        ("港町図書館の令和6年度の補正後予算額は？", 9100),
    ],
)
def test_the_measure_asked_for_is_told(asked: str, value: int, city: Store) -> None:
    assert [v.value for v in answer(asked, city).values] == [value]
