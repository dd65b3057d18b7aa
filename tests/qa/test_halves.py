"""Who and how much, two measures of one thing, what two things come to: the whole is told, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.several import cuts
from qa.types import Operation
from qa.understand import understand

NURSERIES = """No,施設名,設置者,所在地,定員,開所時刻
1,浜保育園,株式会社みなと,浜町1-1 みなと駅ビル1F,19,7:30
2,岡保育園,社会福祉法人岡の会,岡町二丁目4 あさかビル,60,7:00
3,谷保育園,社会福祉法人谷の会,谷町5,45,7:00
"""
BILLS = """市長 補正予算提案説明

令和2年8月3日　市議会臨時会
議案第44号　令和2年度みなと市一般会計補正予算（第4号）
今回の補正予算は、国や県の補正予算等を最大限活用し、事業継続支援などのための経費を計上するものです。
補正予算の規模といたしましては、歳入歳出それぞれ16億1千194万8千円を増額し、歳入歳出予算の総額をそれぞれ924億7千637万9千円とするものです。

令和2年9月　市議会定例会
議案第47号　令和2年度みなと市一般会計補正予算（第5号）
今回の補正予算は、昨年度の決算をもとに、繰越金及び返還金の整理等を行うとともに、待機児童の解消などに取り組むものです。
補正予算の規模といたしましては、歳入歳出それぞれ17億7千796万6千円を増額し、歳入歳出予算の総額をそれぞれ942億5千434万5千円とするものです。
"""
FESTIVALS = """事業名,予算額（千円）
はこだてファンタジー開催負担金,"28,960"
はこだてフードフェスタ開催負担金,"15,000"
港まつり開催負担金,"40,000"
"""


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("みなと駅に入っている保育園は、どこの会社が設置していて定員は何人ですか。", ["株式会社みなと", "19"]),
        ("谷保育園の定員と朝の開所時刻を教えてください。", ["45", "7:00"]),
    ],
)
def test_both_halves_are_told(indexed: Callable[..., Store], question: str, says: list[str]) -> None:
    given = answer(question, indexed({"nurseries.csv": NURSERIES}))
    assert given.answered
    assert all(one in given.answer for one in says)
    assert "岡保育園" not in given.answer


def test_what_was_added_is_summed_and_not_what_it_came_to(indexed: Callable[..., Store]) -> None:
    given = answer("第4号と第5号の補正で、予算は合わせていくら増えましたか？", indexed({"bills.txt": BILLS}))
    assert not given.answered or "33億8,991万4千円" in given.answer
    assert "1,867億" not in given.answer


def test_a_bill_is_not_answered_from_another(indexed: Callable[..., Store]) -> None:
    store = indexed({"bills.txt": BILLS})
    given = answer("補正予算第5号の歳入歳出予算の総額はいくらですか", store)
    assert given.answered
    assert "942億5千434万5千円" in given.answer
    assert "924億" not in given.answer


@pytest.mark.parametrize("asks", ["は合わせていくらになりますか。", "を合わせるといくらですか", "の合計はいくらですか"])
def test_what_two_things_come_to_is_their_sum(indexed: Callable[..., Store], asks: str) -> None:
    question = f"はこだてファンタジーとはこだてフードフェスタの開催負担金{asks}"
    assert any(parts.how == "sum" for parts in cuts(question))
    given = answer(question, indexed({"festivals.csv": FESTIVALS}))
    assert given.answered
    assert "43,960" in given.answer


def test_why_a_figure_of_the_same_question_is_no_follow_up() -> None:
    assert understand("教育費は前の年度よりいくら減り、それはなぜですか。").operation is not Operation.FOLLOW_UP
    assert understand("それはなぜですか。").operation is Operation.FOLLOW_UP


LUNCH = """# 令和6年度の主な事業

## 子どもを産み育てやすいまち

- 【新】学校給食費負担軽減事業　2億2,900万円
- 保育所運営事業　5億円

予算が過去最大になったのは、新しいごみ処理施設の整備が本格化することが原因です。

次に、債務負担行為でありますが、次の三件を追加するものです。

| 科目 | 予算額 |
|---|---|
| 市税 | 158億4,200万円 |
| 地方交付税 | 120億円 |
"""


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("学校給食費は1か月あたりいくらですか。", "2億2,900万円"),
        ("予算が過去最大になったのは何が原因ですか。", "市税"),
        ("追加される債務負担行為の事項をすべて挙げてください。", "次の三件"),
    ],
)
def test_what_is_beside_the_question_is_not_told(indexed: Callable[..., Store], question: str, never: str) -> None:
    assert never not in answer(question, indexed({"koho.md": LUNCH})).answer
