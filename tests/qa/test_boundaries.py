"""Short words count where they stand by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.boundaries import found_apart, stands_apart


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("水道", "下水道事業会計", False),
        ("水道", "水道事業会計", True),
        ("水道", "下水道と水道の料金", True),
        ("京都", "東京都との連携", False),
        ("会", "委員会議の運営", False),
        ("会", "交流の会", True),
        ("教育", "学校教育費", True),
        ("バス", "バスケット教室", False),
        ("バス", "バス運行費", True),
        ("外国", "在留外国人", True),
        ("国際交流", "県国際交流協会", True),
        ("費用", "費用", True),
    ],
)
def test_where_a_word_stands_by_itself(wanted: str, text: str, found: bool) -> None:
    assert found_apart(wanted, text) is found


@given(st.text("水道下東京都会議バスケのは1年a", max_size=12), st.text("水道京都会バス年1", min_size=1, max_size=4))
def test_nothing_is_found_that_is_not_written(text: str, wanted: str) -> None:
    if found_apart(wanted, text):
        assert wanted in text
    assert stands_apart(wanted, wanted, 0)
