"""An office with another rank, or another word before it, is another office: nobody answers for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.offices import unknown_offices
from qa.understand import understand

PROJECTS = """部局,担当課,事業名,令和6年度当初予算額(千円)
市民環境部,環境保全課,川原市緑のまちづくり補助,3000
市民環境部,水みどり課,湧き水調査,1200
市民環境部,下水道課,下水道管の更新,98000
産業観光部,商工課,創業の手引き,450
"""


@pytest.fixture(scope="module")
def city(indexed: Callable[..., Store]) -> Store:
    return indexed({"川原市の主な事業.csv": PROJECTS})


@pytest.mark.parametrize(
    ("asked", "unknown"),
    [
        ("環境保全課の事業は？", ()),
        ("川原市環境保全課の事業は？", ()),
        ("市民環境部環境保全課の事業は？", ()),
        ("環境保全係の事業は？", ("環境保全係",)),
        ("農村環境部の事業は？", ("農村環境部",)),
        ("観光課と商工課の事業は？", ("観光課",)),
        ("創業の手引きの担当課は？", ()),
        ("湧き水調査は何課の担当ですか？", ()),
    ],
)
def test_an_office_is_known_by_all_of_its_name(asked: str, unknown: tuple[str, ...], city: Store) -> None:
    assert unknown_offices(city, understand(asked)) == unknown


def test_nothing_answers_for_an_office_that_is_not_there(city: Store) -> None:
    refused = answer("環境保全局の事業の予算額はいくらですか", city)
    assert not refused.answered
    assert "環境保全局" in refused.answer


def test_whose_office_it_is_sets_no_condition(city: Store) -> None:
    """The city's name stands in one project's name as well; it is the whole document's."""
    given = answer("川原市市民環境部の事業は何件ですか", city)
    assert given.answered
    assert [v.value for v in given.values] == [3]


def test_a_word_inside_another_is_not_that_word(city: Store) -> None:
    assert not answer("水道の令和6年度の当初予算額はいくらですか", city).answered
    assert answer("下水道管の更新の令和6年度の当初予算額はいくらですか", city).values[0].value == 98000


def test_a_station_is_no_office(city: Store) -> None:
    assert unknown_offices(city, understand("催しを流したテレビ局は？")) == ()
