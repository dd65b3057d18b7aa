"""A day is told with its year, also where only the heading says it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer

HISTORY = """# 国際交流のあゆみ

## 平成24年

3月2日、市庁舎において市長が姉妹都市提携調印書に署名し、両市は姉妹都市となった。

## 平成25年

平成25年10月8日、交流協会の設立総会が開かれた。

## 沿革

5月5日、港まつりの第1回が開かれた。
"""


@pytest.fixture(scope="module")
def history(indexed: Callable[..., Store]) -> Store:
    return indexed({"history.md": HISTORY})


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("姉妹都市になったのはいつですか", "(平成24年) 3月2日"),
        ("交流協会の設立総会が開かれたのはいつですか", "平成25年10月8日"),
        ("港まつりの第1回が開かれたのはいつですか", "5月5日"),
    ],
)
def test_the_year_of_the_heading_is_told_where_the_sentence_has_none(
    history: Store, question: str, begins: str
) -> None:
    given = answer(question, history)
    assert given.answered
    assert given.answer.startswith(begins)
