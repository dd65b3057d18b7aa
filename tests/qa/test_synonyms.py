"""Words for the same thing: each means itself, and a group means the same from every side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.lookup import letters
from qa.synonyms import groups, synonyms_of

ALL = sorted({word for group in groups() for word in group})


@given(st.sampled_from(ALL))
def test_words_of_a_group_name_each_other(word: str) -> None:
    mine = synonyms_of(word)
    assert word in mine
    assert all(word in synonyms_of(other) for other in mine)
    assert mine == {other for group in groups() if word in group for other in group}


@given(st.text(min_size=1, max_size=8))
def test_every_word_means_itself(word: str) -> None:
    assert letters(word) in synonyms_of(word)


def test_a_word_of_no_group_means_itself_alone() -> None:
    assert synonyms_of("天文教室") == {"天文教室"}


@pytest.mark.parametrize(
    ("one", "other"), [("女", "女性"), ("男子", "男"), ("増減額", "比較"), ("前年比", "増減率"), ("ＴＥＬ", "電話番号")]
)
def test_said_otherwise(one: str, other: str) -> None:
    assert letters(other) in synonyms_of(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("男", "女"), ("歳入", "歳出"), ("新規", "廃止"), ("本年度", "前年度"), ("増減額", "増減率"), ("開始", "終了"), ("継続", "廃止")],
)  # fmt: skip
def test_opposites_and_different_figures_are_never_one(one: str, other: str) -> None:
    assert other not in synonyms_of(one)


def test_groups_are_words_as_they_are_compared() -> None:
    for group in groups():
        assert len(group) > 1
        assert all(word == letters(word) for word in group)
