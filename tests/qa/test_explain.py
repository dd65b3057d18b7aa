"""Does a text explain a word? Names and figures mean themselves; spelling and one wrong letter are forgiven."""

from __future__ import annotations

import pytest

from qa.explain import bag, literal
from qa.types import Term
from qa.understand import understand

MISSPELT = Term("フォロウー", "フォロウー", "フォロウー", "名詞", 0, 5, 0.8)


def term(text: str, surface: str | None = None) -> Term:
    (found,) = (t for t in understand(text).terms if surface is None or t.surface == surface)
    return found


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("合唱", "市民合唱祭"),
        ("合唱", "市 民 合 唱 祭"),
        ("フォロワー", "ﾌｫﾛﾜｰ数"),
        ("12,406千円", "決算額 12406千円"),
        ("12406千円", "決算額 12,406千円"),
        ("48名", "参加者48名"),
        ("250億円", "二百五十億円を追加"),
        ("24時間", "二十四時間の受付"),
        ("歌った", "市民が歌う"),
    ],
)
def test_the_same_word_is_explained(word: str, text: str) -> None:
    assert literal(term(word), text) == 1.0


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("48名", "参加者148名"),
        ("48名", "参加者1.48名"),
        ("2,406千円", "12,406千円"),
        ("3台", "3人 台車"),
        ("50億円", "二百五十億円"),
        ("合唱", "吹奏楽の演奏"),
        ("合唱", ""),
    ],
)
def test_another_word_or_figure_is_not(word: str, text: str) -> None:
    assert literal(term(word), text) == 0.0


def test_a_wrong_letter_in_a_long_word_costs_something() -> None:
    assert 0.0 < literal(MISSPELT, "情報発信フォロワー数") < 1.0
    assert literal(term("合唱"), "合奏") == 0.0


def test_strength_is_a_share() -> None:
    for word in (term("合唱"), term("48名"), MISSPELT, term("歌った")):
        for text in ("市民合唱祭", "参加者48名", "外国語パンフレット", "歌う", "", "…", "<b>"):
            assert 0.0 <= literal(word, text) <= 1.0


def test_a_bag_is_folded() -> None:
    assert bag("Ｒ３ 1,240千円").letters == "r3 1240千円"
    assert bag("合唱") == bag("合唱")
