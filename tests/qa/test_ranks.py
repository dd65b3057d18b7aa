"""Which place a thing has, what is meant where no part is named, counts of things in their own words; made-up documents."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.types import Draft
from qa.understand import understand

Surest = Callable[[str, Store], Draft]
TOWN = (
    "みさき町 地区別の人口（単位：世帯、人）,,,,\n地区,区分,令和4年,5,6\n"
    "全町,世帯,610,620,630\n,総数,1500,1490,1473\n,男,740,735,725\n,女,760,755,748\n"
    + "".join(
        f"{name}地区,世帯,{n},{n + 2},{n + 5}\n,総数,{2 * n},{2 * n - 3},{2 * n - 7 + 9 * (name == '丘')}\n"
        f",男,{n - 9},{n - 10},{n - 11}\n,女,{n + 9},{n + 7},{n + 4 + 9 * (name == '丘')}\n"
        for name, n in (("浜", 220), ("港", 130), ("丘", 200), ("谷", 60))
    )
)


@pytest.fixture(scope="module")
def town(indexed: Callable[..., Store]) -> Store:
    return indexed({"misaki_jinko.csv": TOWN})


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("港地区の令和6年の人口は何番目に多いですか", "253人.*大きい方から3番目"),
        ("谷地区の令和6年の世帯数は何番目に少ないですか", "65世帯.*小さい方から1番目"),
        ("令和6年の人口が2番目に多い地区はどこですか", "丘地区"),
        ("令和6年の町の人口は何人ですか", "1,473人"),
        ("令和4年より人口が増えている地区はどこですか", "丘地区"),
        ("令和6年に世帯数が150世帯以上の地区はいくつありますか", "2地区です.*浜地区.*丘地区"),
        ("丘地区の令和6年の男性の割合は何%ですか", "189人.*47"),
    ],
)
def test_what_is_told(town: Store, surest: Surest, question: str, words: str) -> None:
    assert re.search(words, surest(question, town).text)


def test_the_number_of_things_printed_is_no_count_of_rows() -> None:
    assert understand("港地区の世帯数はいくつですか").operation is not understand("施設はいくつありますか").operation


def test_a_change_since_a_year_is_one_to_the_last(town: Store) -> None:
    assert "いいえ" in answer("町全体の世帯数は令和4年より減っていますか", town).answer
