"""Questions spelled as people spell: in kana, with a slip, in other letters, with words that ask for nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.in_kana import out_of_kana
from qa.restate import in_known_words
from qa.understand import understand

DOCUMENT = """丸池市 市民活動のまとめ（令和５年度）

１　広報

区分\t番組\t放送回数\t事業費（千円）
ラジオ\t朝のまど\t48回\t1,200
ラジオ\t夕べのまど\t24回\t800
ラジオ\tまちの声\t12回\t500
テレビ\tまるいけ通信\t6回\t9,000

２　交流サイト

名称\tフォロワー数\t備考
【Twitter】まるいけ公式\t3,400人\t毎日更新
【Instagram】まるいけ写真\t1,250人\t週１回更新

３　催し

区分\t主な内容
水辺まつり（令和５年８月５日～８月７日）\t花火と夜市。来場者 4,100人
読書ワークショップ（令和５年１１月３日実施）\t朗読と製本。参加者 38人

事業名\t参加者
ボランティア団体 展示会\t展示会 R5.4.16～18 115名 R5.9.11～13 148名
キャラバン隊派遣\t28名

４　決算

科目\t決算額（千円）
地域振興運営費\t12,345
図書館管理費\t6,789
"""


@pytest.fixture(scope="module")
def pond(indexed: Callable[..., Store]) -> Store:
    return indexed({"pond.txt": DOCUMENT})


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("としょかんかんりひのけっさんがくは？", "としょかんかんりひの決算額は?"),
        ("地域振興うんえいひは", "地域振興運営費は"),
        ("キャラパン隊の参加者", "キャラバン隊の参加者"),
        ("フォロアー数", "フォロワー数"),
        ("読書ワークシッョプ", "読書ワークショップ"),
    ],
)
def test_what_no_document_holds_is_put_into_its_words(pond: Store, asked: str, meant: str) -> None:
    assert meant.rstrip("は?") in in_known_words(pond, asked) or in_known_words(pond, asked) == meant


@pytest.mark.parametrize("asked", ["おしえてください", "どのくらいありますか", "オーストラリアの番組", "フォロワー数"])
def test_what_is_held_or_no_word_of_it_stays(pond: Store, asked: str) -> None:
    assert list(out_of_kana(pond, understand(asked))) == []


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("まるいけ公式のツイッターのフォロワーは何人？", "3,400"),
        ("水辺まつりはいつからいつまで開かれましたか", "8月5日"),
        ("読書ワークショップは何月何日？", "11月3日"),
        ("令和5年の水辺まつりはいつ？", "8月5日"),
        ("ボランティア団体の展示会、9月は何人来ましたか", "148"),
        ("ボランティア団体が4月に開いた展示会には何人来た？", "115"),
        ("ラジオの市政番組3つの事業費をぜんぶ足すといくら？", "2,500"),
        ("地域振興運営費の決算額はおよそいくらですか", "12,345"),
        ("図書館管理費って決算額は約何円？", "6,789"),
    ],
)
def test_spelled_otherwise_it_gets_the_same_answer(pond: Store, question: str, says: str) -> None:
    given = answer(question, pond)
    assert given.answered, given.answer
    assert says in given.answer.translate(str.maketrans("０１２３４５６７８９", "0123456789"))


@pytest.mark.parametrize("question", ["ラジオの市政番組5つの事業費の合計は？", "令和6年の水辺まつりはいつ開かれた？"])
def test_what_the_document_does_not_say_so_is_not_answered(pond: Store, question: str) -> None:
    assert not answer(question, pond).answered


def test_a_word_behind_what_kind_of_asks_for_no_word_of_the_document() -> None:
    (work,) = [t for t in understand("派遣された人はどんな仕事をしますか").terms if t.surface == "仕事"]
    (meeting,) = [t for t in understand("これは誰が出る会議ですか").terms if t.surface == "会議"]
    assert max(work.weight, meeting.weight) < 0.5


def test_te_behind_a_noun_is_no_end_of_a_verb() -> None:
    assert "派遣" in [t.surface for t in understand("市職員の派遣って期間はどれくらいですか").terms]
    assert "派遣" not in [t.surface for t in understand("お金を使って何をしましたか").terms]


def test_how_finely_it_is_to_be_said_and_who_holds_it_is_no_condition() -> None:
    share = understand("図書館管理費が総額に占める割合は何％ですか（小数第1位まで）")
    assert not {"小数", "位", "1"} & {t.surface for t in share.terms}
    assert "整数" in [t.surface for t in understand("整数の値はいくつですか").terms]
    assert [t.surface for t in understand("教育委員会所管の施設はいくつ").terms][:3] == ["教育", "委員", "会"]
