"""Questions about minutes: replies rest on what was asked, years said without their era, and what only asks is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from index import Store
from qa import answer

MINUTES = """民生委員会の記録

◯委員長（港川　進）　次に、議案第7号、市営墓園条例の改正についてを議題といたします。説明を求めます。
◯環境部長（沖田　進君）　墓園の使用料を改めるものでございます。
◯浜田委員　普通の区画を返す人は増えているのか。
◯環境衛生課長（磯野　直）　区画の返還は、令和３年度が21件、４年度が34件、５年度が52件でございます。
◯浜田委員　墓園の管理料はいくらになりますか。
◯環境衛生課長（磯野　直）　年額4,200円でございます。
◯委員長（港川　進）　質疑を終わります。
"""


@pytest.fixture(scope="module")
def minutes(indexed: Callable[..., Store]) -> Store:
    return indexed({"minsei_iinkai.txt": MINUTES})


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("区画の返還は令和3年度から令和5年度までの3年間で合計何件でしたか。", "107件"),
        ("区画の返還は令和4年度は何件でしたか。", "34件"),
        ("墓園の管理料はいくらになりますか。", "4,200円"),
    ],
)
def test_it_is_told(asked: str, words: str, minutes: Store) -> None:
    found = answer(asked, minutes)
    assert found.answered
    assert re.search(words, found.answer)


def test_a_sum_over_years_of_which_one_is_not_given_is_not_said(minutes: Store) -> None:
    found = answer("区画の返還は令和2年度から令和5年度までの4年間で合計何件でしたか。", minutes)
    assert "合計は" not in found.answer


def test_what_only_asks_is_no_answer(minutes: Store) -> None:
    found = answer("普通の区画を返す人は増えていますか", minutes)
    assert not found.answered or "52件" in found.answer  # the reply, not the question put before


REPLIES = """# 補正予算の質疑

**Q.** 学校給食の補償費は何に使うのか。

> 食材のキャンセル分の違約金に使う。（川田）

**Q.** 図書館の改修費はいくらか。

> 改修費は1,200万円である。（浜田 部長）
"""


@pytest.mark.parametrize(
    ("asked", "words"),
    [("学校給食の補償費は何に使いますか。", "違約金"), ("図書館の改修費はいくらですか。", "1,200万円")],
)
def test_who_replies_is_no_reply(asked: str, words: str, indexed: Callable[..., Store]) -> None:
    found = answer(asked, indexed({"hosei_shitsugi.md": REPLIES}))
    assert found.answered
    assert re.search(words, found.answer)
