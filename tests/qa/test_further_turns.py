"""Turns that go on in ways people do: so many of them together, what concerns a place, where that stood, why it fell, in that place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.several import cuts
from tests.qa.conftest import last

REPORT = """# みなと市 広報・交流の実績報告

## 1 地域ワークショップ

| 区分 | 開催状況 | 参加者 |
|---|---|---|
| 地域別ワークショップ | 9回開催 | 東部 50人 西部 44人 北部 49人 |
| 養成研修 | 2回開催 | 県職員 33人 市職員 36人 |

## 2 広報番組

県内の放送局と結び、次の番組を制作した。

| 区分 | 事業量 | 事業費 |
|---|---|---|
| 広報番組「みなとロード」 | 30分番組 38回 | 86,347千円 |
| コミュニティFM | 814回 | 8,939千円 |

## 3 交流スペースHARBORの運営

令和2年に開設した交流スペースHARBORにおいて、会員数の増加に向けた取組や、交流事業を行った。

| 区分 | 実績 | 事業費 |
|---|---|---|
| 会員数の状況 | 法人会員 54社 個人会員 36人 | 60,857千円 |
| 交流事業の開催 | 190回 | |

## 4 旅券

令和3年は、感染症の拡大の影響により海外渡航の往来が制限されたため、旅券の発行件数が令和2年より大幅に減少した。

・旅券発行件数 令和3年：4,627件、令和2年：13,062件

## 5 交流行事

| 行事 | 主な内容 |
|---|---|
| 台湾フェア (令和3年7月8日～7月14日) | 文化の紹介、来場者 1,053人 |
| ベトナム交流祭 (令和3年11月2日～11月4日) | 料理教室、来場者 725人 |
"""
PROJECTS = """事業名,担当部,令和3年度の状況,令和2年度予算額（千円）,対象国
輸出体制整備,農政部,廃止,"1,200",シンガポール
香港バイヤー商談会,農政部,廃止,"2,543",香港
県産青果物販売促進,農政部,廃止,"10,359",香港
国際食品見本市,農政部,継続,"5,000",台湾
留学生支援,総務部,継続,900,ベトナム
"""


@pytest.fixture
def report(indexed: Callable[..., Store]) -> Store:
    return indexed({"minato_r3_jisseki.md": REPORT})


@pytest.mark.parametrize("turn", ["3地域の合計は？", "3つの合計は？", "合計は？"])
def test_so_many_of_them_together(report: Store, turn: str) -> None:
    given = last(report, "地域別ワークショップの参加者は何人ですか。", turn)
    assert "143人" in given.answer


def test_how_often_is_told_by_the_counter(report: Store) -> None:
    asked = ("広報番組「みなとロード」の事業費はいくらですか。", "放送回数は？")
    assert "38回" in last(report, *asked).answer
    assert "4,627" not in last(report, "旅券の申請について教えてください。", "申請件数は？").answer


def test_in_that_place_is_in_what_the_question_named(report: Store) -> None:
    given = last(report, "HARBORの法人会員は何社ですか。", "個人会員は？", "そこでの交流事業は何回開かれたの？")
    assert "190回" in given.answer


def test_why_it_fell_so_much(report: Store) -> None:
    given = last(report, "令和3年の旅券の発行件数を教えてください。", "なんで前の年からそんなに減ったんですか？")
    assert "往来が制限" in given.answer


def test_where_an_earlier_figure_stood(report: Store) -> None:
    turns = ("コミュニティFMの事業費はいくらですか。", "利用者は何人？", "さっきの事業費の出典はどこですか？")
    assert "8,939" in last(report, *turns).answer


def test_what_concerns_a_place(indexed: Callable[..., Store]) -> None:
    store = indexed({"minato_jigyo.csv": PROJECTS})
    given = last(store, "農政部の事業のうち、令和3年度に廃止となったものはどれですか。", "香港関係はどれ？")
    assert [value.text for value in given.values] == ["香港バイヤー商談会", "県産青果物販売促進"]


def test_a_row_that_words_name_is_not_passed_over(report: Store) -> None:
    assert "60,857" not in answer("HARBORでの交流事業の事業費はいくらですか。", report).answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("令和3年度のベトナム交流祭の開催期間は？", ["11月2日"]),
        ("台湾フェアとベトナム交流祭の開催期間をそれぞれ教えてください。", ["7月8日", "11月2日"]),
    ],
)
def test_a_period_that_a_name_prints(report: Store, question: str, says: list[str]) -> None:
    given = answer(question, report)
    assert all(one in given.answer for one in says)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "会員数について、法人会員は何社か、また交流事業の開催は何回か教えてください。",
            ["会員数について、法人会員は何社か。", "交流事業の開催は何回か。"],
        ),
        (
            "台湾フェアの来場者数の合計と、予算額の合計をそれぞれ計算してください。",
            ["台湾フェアの来場者数の合計は?", "予算額の合計は?"],
        ),
    ],
)
def test_two_questions_asked_in_one_sentence(question: str, parts: list[str]) -> None:
    assert parts in [list(one.questions) for one in cuts(question)]


@pytest.mark.parametrize("turn", ["2つ合わせて何人？", "2つ合わせると？", "2つの合計は？"])
def test_figures_told_one_after_another_are_added(report: Store, turn: str) -> None:
    given = last(report, "台湾フェアの来場者は何人ですか。", "ベトナム交流祭は？", turn)
    assert "1,778人" in given.answer


def test_a_kind_of_thing_refers_to_the_one_spoken_of(indexed: Callable[..., Store]) -> None:
    store = indexed({"minato_jigyo.csv": PROJECTS})
    given = last(store, "国際食品見本市の対象国はどこですか。", "そのイベントの令和2年度予算額は？")
    assert "5,000千円" in given.answer
