"""An account has two sides that come to the same; what is asked in a meeting is no answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer

ACCOUNT = """# 砂浜町 令和６年度予算の概要

## 歳入の状況（単位：千円）

| 款 | 令和６年度 | 令和５年度 |
|---|---|---|
| 町税 | 400 | 390 |
| 地方交付税 | 500 | 480 |
| 歳入合計 | 900 | 870 |

## 歳出の状況（単位：千円）

| 款 | 令和６年度 | 令和５年度 |
|---|---|---|
| 総務費 | 300 | 280 |
| 民生費 | 600 | 590 |
| 歳出合計 | 900 | 870 |
"""
MINUTES = """# 砂浜町議会 会議録

〇浜田委員　街路灯の移管を希望しなかった自治会があると聞きました。移管を希望しなかった自治会の街路灯は、来年度以降どのように維持していくのかもお伺いします。

〇町民課長　自治会が３つございますが、これまでどおり自治会が維持することになります。補助金は引き続き交付いたします。
"""


Indexed = Callable[[dict[str, str]], Store]


@pytest.mark.parametrize("question", ["令和６年度予算は全部でいくらですか", "一般会計の令和６年度の合計額は"])
def test_what_is_taken_in_and_what_is_spent_is_never_added_up(indexed: Indexed, question: str) -> None:
    given = answer(question, indexed({"sand.md": ACCOUNT}))
    assert "1,800" not in given.answer
    assert not given.answered or "900" in given.answer


def test_a_sentence_that_only_asks_is_no_answer(indexed: Indexed) -> None:
    given = answer("移管を希望しなかった自治会の名前を教えてください", indexed({"sand.md": MINUTES}))
    assert "お伺いします" not in given.answer
