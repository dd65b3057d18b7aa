"""Where a text tells a thing of the kind asked for, and where it only seems to."""

from __future__ import annotations

import pytest

from qa.prose_kinds import things
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
