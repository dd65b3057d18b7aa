"""Turns as people type them: そっち, 今の3つ, R2ならいくら after a sum, ぜんぶで何件 after a list, a word taken back without a comma."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from tests.qa.conftest import last

PROJECTS = """事業名,担当課,開始年度,令和2年度当初予算額（千円）,令和3年度当初予算額（千円）,令和3年度の状況,主な内容
海外事務所派遣,人事課,H30,"1,000",0,終了,シンガポールへの派遣
貿易情報所派遣,人事課,H28,"2,000","2,100",継続,商談の支援
商社派遣,人事課,R2,"3,000","3,200",継続,販路の開拓
免許試験の多言語化,免許課,H25,"4,000","4,300",継続,3言語(英語、ポルトガル語、ベトナム語)による学科試験
香港商談会,農政課,H29,"2,543",0,廃止,買付担当者の招へい
香港販売促進,農政課,H27,"10,359",0,廃止,量販店での販売
食品見本市,農政課,H26,"5,000",0,廃止,台湾での出展
"""
REPORT = """# みなと市 実績報告

## 1 広報番組

| 媒体 | 番組 | 事業量 |
|---|---|---|
| テレビ | 広報番組「みなとロード」 | 放送回数 38回 |
| テレビ | 週刊みなと | 放送回数 50回 |
| ラジオ | 朝の便り | 放送回数 200回 |
| ラジオ | 海のラジオ | 放送回数 120回 |

## 2 地域ワークショップ

| 区分 | 開催状況 | 参加者 |
|---|---|---|
| 地域別ワークショップ | 9回開催 | 東部 50人 西部 44人 北部 49人 |

## 3 ふるさと納税

### ア 個人版ふるさと納税

（令和3年度寄附受入実績：822件、20,527,011円）

### イ 企業版ふるさと納税

（令和3年度寄附受入実績：23件、62,254,434円）

## 4 東京事務所運営

中央省庁等への要望活動を実施した（計79件）。

## 5 交流スペース運営

| 区分 | 実績 |
|---|---|
| 会員数の状況 | 法人会員 54社 |
| 交流事業の開催 | 190回 |
"""


@pytest.fixture
def projects(indexed: Callable[..., Store]) -> Store:
    return indexed({"minato_jigyo.csv": PROJECTS})


@pytest.fixture
def report(indexed: Callable[..., Store]) -> Store:
    return indexed({"minato_r3_jisseki.md": REPORT})


@pytest.mark.parametrize("turn", ["R2ならいくら？", "令和2年度だと？", "R2は？"])
def test_a_sum_in_another_year(projects: Store, turn: str) -> None:
    given = last(projects, "人事課の事業を教えて", "3つの令和3年度予算を足すと？", turn)
    assert [v.value for v in given.values] == [6000]


@pytest.mark.parametrize("turn", ["ぜんぶで何件？", "何件ありますか", "いくつ？"])
def test_how_many_were_listed(projects: Store, turn: str) -> None:
    given = last(projects, "農政課の事業で令和3年度に廃止されたものは？", turn)
    assert given.kind == "count"
    assert given.values[0].value == 3


@pytest.mark.parametrize("turn", ["香港がつくのだけ教えて", "香港と付くものはどれ？"])
def test_those_called_so(projects: Store, turn: str) -> None:
    given = last(projects, "農政課の事業で令和3年度に廃止されたものは？", turn)
    assert {v.text for v in given.values} == {"香港商談会", "香港販売促進"}


def test_that_ended_in_a_year_its_header_says(projects: Store) -> None:
    given = last(projects, "人事課の事業を教えて", "そのうち令和3年度で終わったのは？")
    assert given.answered
    assert {c.row for c in given.citations} == {"海外事務所派遣"}


@pytest.mark.parametrize("turn", ["そっちの試験は何語で受けられるの？", "その試験は何語で受けられますか"])
def test_that_one_in_speech(projects: Store, turn: str) -> None:
    given = last(projects, "免許試験の多言語化の開始年度は？", turn)
    assert "ポルトガル語" in given.answer


@pytest.mark.parametrize("turn", ["今の3つを全部足してください", "いまの3つの合計は？"])
def test_the_three_just_told(projects: Store, turn: str) -> None:
    given = last(projects, "海外事務所派遣の令和2年度予算は？", "貿易情報所派遣は？", "商社派遣も", turn)
    assert [v.value for v in given.values] == [6000]


@pytest.mark.parametrize("turn", ["一番はじめに聞いた事業のほうの開始年度は？", "最初に聞いた事業の方の開始年度は？"])
def test_the_very_first_asked(projects: Store, turn: str) -> None:
    given = last(projects, "商社派遣の令和3年度予算は？", "香港商談会の令和2年度予算は？", turn)
    assert "R2" in given.answer


def test_a_list_chosen_by_the_one_noun_a_turn_names(report: Store) -> None:
    given = last(report, "みなとロードの放送回数は？", "ラジオはどんなのがありますか")
    assert "朝の便り" in given.answer
    assert "海のラジオ" in given.answer


def test_the_kind_of_thing_its_label_says(report: Store) -> None:
    given = last(report, "みなとロードの放送回数は？", "朝の便りは？", "最初に聞いた番組は何回放送されましたか")
    assert "38回" in given.answer
    assert given.standalone.startswith("みなとロード")


@pytest.mark.parametrize(
    "turn", ["あっ合計じゃなく平均が知りたかったんです", "あ合計ではなくて平均です", "合計ではなく平均"]
)
def test_a_word_taken_back_without_a_comma(report: Store, turn: str) -> None:
    given = last(report, "地域別ワークショップの参加者は何人ですか。", "3地域で合計何人？", turn)
    assert given.kind == "average"
    assert "47.7" in given.answer


def test_amounts_that_two_sentences_tell_together(report: Store) -> None:
    given = last(
        report, "個人版ふるさと納税の令和3年度の寄附は何件？", "金額でいうと？", "企業版はいくら？", "両方合わせたら？"
    )
    assert [v.value for v in given.values] == [82_781_445]


def test_how_often_is_no_number_of_rows(report: Store) -> None:
    given = answer("交流スペース運営の交流事業は何回？", report)
    assert given.kind != "count"
    assert "190" in given.answer


def test_an_activity_is_called_by_what_it_does(report: Store) -> None:
    given = answer("東京事務所の要望は何件ですか。", report)
    assert "79件" in given.answer


def test_a_longer_name_begins_where_a_word_does(indexed: Callable[..., Store]) -> None:
    store = indexed(
        {"kaikei.csv": '会計,予算額（千円）\n一般会計,"9,000"\n公共下水道事業会計,"1,981"\n介護保険会計,700\n'}
    )
    assert not answer("水道事業会計の予算額はいくらですか。", store).answered
    assert "1,981" in answer("下水道事業会計の予算額はいくらですか。", store).answer


@pytest.mark.parametrize("turn", ["2番目に出てきたのは？", "2番目は何でしたか"])
def test_the_second_of_what_was_just_listed(indexed: Callable[..., Store], turn: str) -> None:
    store = indexed(
        {
            "minato.md": "# みなと市\n\n## 探究教育の推進\n\n市立高校のモデル校において、探究型の授業を実施した。\n\n- ・モデル高校 市立3高校(北浜、南浜、沖島)\n"
        }
    )
    given = last(store, "探究教育のモデル校になった高校はどこですか", turn)
    assert "南浜" in given.answer
    assert "沖島" not in given.answer


@pytest.mark.parametrize(
    "question",
    [
        "東京事務所の要望の件数はどっちの資料に載っていますか。",
        "東京事務所の要望の件数が載ってるのは、一覧と報告、どちらの文書ですか？",
    ],
)
def test_which_of_the_documents_holds_it(indexed: Callable[..., Store], question: str) -> None:
    given = answer(question, indexed({"minato_r3_jisseki.md": REPORT, "minato_jigyo.csv": PROJECTS}))
    assert "みなと市 実績報告" in given.answer
    assert {c.document for c in given.citations} == {"minato_r3_jisseki"}


def test_how_often_in_the_year(report: Store) -> None:
    assert "200回" in answer("朝の便りは年に何回放送されましたか", report).answer


def test_more_or_less_and_by_how_much(projects: Store) -> None:
    given = answer("商社派遣の令和3年度予算は、前年度（R2）の予算より多かった？少なかった？いくら違う？", projects)
    assert 200 in [v.value for v in given.values]


def test_a_bare_topic_is_added_as_it_was_answered(projects: Store) -> None:
    given = last(
        projects, "人事課の海外事務所派遣、令和2年度予算いくら？", "貿易情報所派遣は", "商社派遣は？", "ぜんぶ足して"
    )
    assert [v.value for v in given.values] == [6000]


@pytest.mark.parametrize("turn", ["2つ合計", "2つ足して", "派遣2つでいくら？"])
def test_two_together_in_a_few_words(projects: Store, turn: str) -> None:
    given = last(projects, "貿易情報所派遣の令和2年度予算は？", "商社派遣は？", turn)
    assert [v.value for v in given.values] == [5000]


def test_how_many_fewer_in_kana(indexed: Callable[..., Store]) -> None:
    store = indexed(
        {"ryoken.md": "# みなと市 令和3年\n\n## 旅券\n\n旅券申請件数 令和3年：4,647件、令和2年：12,741件\n"}
    )
    given = last(store, "旅券の申請件数、令和3年は？", "令和2年は？", "何件へったの")
    assert 8094 in [v.value for v in given.values]


def test_that_project_is_the_one_just_told_of(projects: Store) -> None:
    given = last(
        projects, "商社派遣の令和3年度予算は？", "免許の試験を3言語で行うのはどの課？", "その事業の令和3年度予算は"
    )
    assert [v.value for v in given.values] == [4300]


def test_back_to_a_thing_by_its_name(projects: Store) -> None:
    given = last(
        projects, "商社派遣の令和3年度予算は？", "香港商談会の開始年度は？", "商社派遣のほうに戻るけど、開始年度は？"
    )
    assert "R2" in given.answer


@pytest.mark.parametrize("turn", ["すみません間違えました、R2の方です", "ごめん間違えた、R2でした"])
def test_a_mistake_owned_up_to(projects: Store, turn: str) -> None:
    given = last(projects, "商社派遣の令和3年度予算は？", turn)
    assert [v.value for v in given.values] == [3000]


def test_so_much_for_each_on_average(report: Store) -> None:
    given = last(report, "個人版ふるさと納税の令和3年度の寄附額は？", "件数は？", "1件あたりだと平均いくらくらい？")
    assert "24,972" in given.answer


def test_both_times_is_no_figure_put_forward(indexed: Callable[..., Store]) -> None:
    store = indexed({"kaigi.csv": "会議,開催状況\n知事会議,・2回(6月、11月)開催 ※6月はWeb開催\n市長会議,・3回開催\n"})
    assert not answer("知事会議は2回ともオンライン開催だったんですか", store).answer.startswith("はい")
