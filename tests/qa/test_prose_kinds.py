"""Where a text tells a thing of the kind asked for, and where it only seems to."""

from __future__ import annotations

import pytest

from qa.prose_kinds import by_how_much, things, told_as_change
from qa.prose_reading import read
from qa.understand import understand


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("大会に何チーム出ましたか", "雨のため3 チームで競った", "3"),
        ("講座を支えた団体の名前は？", "ひばり会", "ひばり会"),
        ("講座を支えた2団体の名前は？", "「ひばり会」と「つくし会」が支えた。", "つくし会"),
        ("中央地区の世帯数は？", "1,204世帯", "1,204世帯"),
    ],
)
def test_a_text_tells_what_is_asked_for(question: str, text: str, told: str) -> None:
    reading = read(text)
    found = things(understand(question), reading)
    assert found
    assert told in [reading.folded[slice(*spot)] for spot in found]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("講座を支えた3団体の名前は？", "①20人 ②3団体"),  # how many there are names none of them
        ("講座を支えた3団体の名前は？", "補助金「まなび支援」により実施した。"),  # one name for three
        ("中央地区の世帯数は？", "11,830人"),
        ("大会に何チーム出ましたか", "3 か月かけて制作"),
    ],
)
def test_a_text_tells_something_else(question: str, text: str) -> None:
    assert things(understand(question), read(text)) == ()


CHANGE = "市税は2.2%、3億970万円減の135億円、職員は前年度より12人の増となりました。"


def test_figures_told_as_a_change_are_those_that_something_changed_by() -> None:
    reading = read(CHANGE)
    assert {reading.folded[slice(*spot)] for spot in told_as_change(reading)} == {"2.2%", "3億970万円", "12人"}


@pytest.mark.parametrize(
    ("question", "wants", "told"),
    [
        ("市税は前年度からいくら減りましたか", "money", ["3億970万円"]),
        ("市税は前年度と比べて何％の増減ですか", "percent", ["2.2%"]),
        ("職員は前年度より何人増えましたか", "people", ["12人"]),
    ],
)
def test_a_change_is_asked_for_in_its_own_unit(question: str, wants: str, told: list[str]) -> None:
    asked, reading = by_how_much(understand(question)), read(CHANGE)
    assert asked.wants == wants
    assert [reading.folded[slice(*spot)] for spot in things(asked, reading) or ()] == told


def test_a_difference_of_two_years_is_no_printed_change() -> None:
    assert by_how_much(understand("令和2年度から令和3年度で何人増えましたか")).wants is None
