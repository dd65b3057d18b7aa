"""A time of day is one time, however it is said, and no other figure of a table stands for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer

NURSERIES = """No,施設名,定員,受入年齢,開所時刻,閉所時刻
1,浜保育所,90,57日,7:30,19:00
2,岡保育所,60,1歳,7:30,18:30
3,谷保育所,18,1歳,8:00,20:00
4,森保育所,18,57日,7:30,18:30
5,里保育所,45,1歳,7:00,18:30
"""


@pytest.fixture(scope="module")
def nurseries(indexed: Callable[..., Store]) -> Store:
    return indexed({"nurseries.csv": NURSERIES})


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("18時30分に閉まる施設はいくつありますか", ["岡", "森", "里", "3"]),
        ("夕方6時半に閉まる施設はいくつありますか", ["岡", "森", "里", "3"]),
        ("夜8時まで開いているのはどの施設ですか", ["谷保育所"]),
        ("朝7時から開いている施設はどこですか", ["里保育所"]),
        ("閉所時刻が19:00の施設は？", ["浜保育所"]),
    ],
)
def test_times_are_found_however_they_are_said(nurseries: Store, question: str, says: list[str]) -> None:
    given = answer(question, nurseries)
    assert given.answered
    assert all(one in given.answer for one in says)
    assert "定員" not in given.answer


@pytest.mark.parametrize("question", ["18時45分に閉まる施設はいくつありますか", "夜9時まで開いている施設はどこですか"])
def test_no_other_figure_stands_for_a_time(nurseries: Store, question: str) -> None:
    assert not answer(question, nurseries).answered


def test_vacancies_are_not_the_capacity(nurseries: Store) -> None:
    assert not answer("浜保育所は今、何人分の空きがありますか。", nurseries).answered
