"""What may be said of tables and sentences: sums, shares, presence, what stands right behind, whose documents they are."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.municipalities import without_municipality

COURSES = """年度,講習の受講者（人）,満足度（%）
令和4年度,1015,81.0
令和5年度,1696,83.5
令和6年度,1962,88.0
"""
FIRES = """区分,建物火災（件）,林野火災（件）,車両火災（件）
鳴瀬町,4,－,1
大沢町,7,3,0
"""
EXTRA = """区分,事業名,補正額（千円）,国・県支出金（千円）,一般財源等（千円）
商工費,還元キャンペーン事業,352000,300000,52000
土木費,道路修繕事業,48000,20000,28000
民生費,給付金事業,600000,600000,0
合計,,1000000,920000,80000
"""
PLAN = """# 霧ヶ浦市 当初予算の概要

## 主な事業

こども医療費の県補助を拡大する。実施は令和8年10月からである。

市役所の駐車場を200台分に広げる。
"""


@pytest.fixture(scope="module")
def town(indexed: Callable[..., Store]) -> Store:
    return indexed({"courses.csv": COURSES, "fires.csv": FIRES, "extra.csv": EXTRA})


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("講習の受講者は、令和4年度から令和6年度の3年間で延べ何人ですか", "4,673人"),
        ("鳴瀬町では林野火災がありましたか", "^(?:いいえ|.*－)"),
        ("大沢町で林野火災はありましたか", "3件"),
        ("還元キャンペーン事業の補正額は、補正額全体の何％ですか", "35.2%"),
    ],
)
def test_what_a_table_comes_to(question: str, words: str, town: Store) -> None:
    assert re.search(words, answer(question, town).answer), answer(question, town).answer


def test_rates_are_never_added_up(town: Store) -> None:
    assert "252.5" not in answer("満足度を全部合計するといくつですか", town).answer


def test_what_the_next_sentence_tells_is_told(indexed: Callable[..., Store]) -> None:
    found = answer("こども医療費の県補助の拡大はいつからですか", indexed({"plan.md": PLAN}))
    assert not found.answered or "令和8年10月" in found.answer


def test_a_municipality_that_every_document_bears_chooses_nothing(indexed: Callable[..., Store]) -> None:
    alone = indexed({"plan.md": PLAN})
    assert without_municipality(alone, "霧ヶ浦市の駐車場は何台分ですか") == "駐車場は何台分ですか"
    assert without_municipality(alone, "鷺ノ原市の駐車場は何台分ですか") == "鷺ノ原市の駐車場は何台分ですか"
    assert not answer("鷺ノ原市の駐車場は何台分ですか", alone).answered
    assert "200台" in answer("霧ヶ浦市の駐車場は何台分ですか", alone).answer


def test_a_municipality_that_is_a_row_stays_a_condition(indexed: Callable[..., Store]) -> None:
    rows = indexed({"towns.csv": "町名,人口\n鷺ノ原町,120\n霧ヶ浦町,340\n"})
    asked = "霧ヶ浦町の人口は"
    assert without_municipality(rows, asked) == asked
    assert "340" in answer(asked, rows).answer
