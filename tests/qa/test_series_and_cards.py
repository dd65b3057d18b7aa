"""Series of years with their changes, notes under tables, rates and balances by name, and the years and things asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import fold
from corpus.values import find_quantities
from index import Store
from index.words import readings
from qa import answer
from qa.several import cuts

SERIES = """普通会計決算額の推移（款別）,,,
（単位：億円）,,,
区分,款,令和3年度,令和4年度,令和5年度
歳入,1 県税,"2,512","2,610","2,650"
歳入,14 諸収入,"1,124","1,003",721
歳入,歳入総額,"9,073","8,712","8,257"
歳出,7 商工費,"1,291","1,052",783
歳出,10 教育費,"1,652","1,648","1,661"
歳出,歳出総額,"8,921","8,547","8,095"
残高,県債残高,"12,946","12,805","12,554"
,,,
（参考）歳出の対前年度増減額,,,
区分,款,令和3年度,令和4年度,令和5年度
増減額,7 商工費,222,△239,△269
増減額,10 教育費,11,△4,13
増減額,歳出総額,801,△374,△452
"""
BY_YEAR = """年度,区分,決算額（千円）,構成比（％）,対前年度増減額（千円）
2017年度,地方税,"7,650,101",27.2,"102,300"
2017年度,地方譲与税,"238,851",0.8,"△1,200"
2017年度,地方交付税,"6,943,551",24.6,"△92,100"
2018年度,地方税,"7,754,586",27.0,"104,485"
2018年度,地方譲与税,"229,002",0.8,"△9,849"
2018年度,地方交付税,"6,574,540",22.9,"△369,011"
"""
CARD = """# 令和4年度 決算の概要

## 収支

実質収支は約11億円の黒字でしたが、実質単年度収支は約4億6,000万円の赤字となりました。

一方、災害復旧費につきましては、昨年の地震に係る復旧事業が完了したことなどから、86.5パーセントの減となりました。

計画に掲げられた3つの基本目標である「健やかなまち」、「稼ぐまち」、「つながるまち」の達成に向けて取り組みました。

## 主な事業

| 事業名 | 決算額（千円） | 成果・実績 |
|---|---|---|
| 除排雪対策費 | 472,893 | 出動 41回、除雪延長 612km |
| プレミアム付商品券発行事業費 | 60,120 | 60,000冊完売、換金率99.3% |

## 市税

| 年度 | 市税収入済額（千円） | 人口（人） |
|---|---|---|
| 令和3年度 | 15,640,101 | 112,300 |
| 令和4年度 | 15,740,693 | 111,507 |

※宿泊税は、条例により令和6年度から課する。

## 職員

| 特別職等 | 定数 |
|---|---|
| 副市長 | 2 |
| 議会議員 | 19 |
"""
ARTICLES = """令和2年度みなと市一般会計予算

（一時借入金）
第４条　地方自治法第２３５条の３第２項の規定による一時借入金の最高額は，４，０００，０００千円と定める。
（歳出予算の流用）
第５条　歳出予算の各項の金額を流用することができる場合は，次のとおりと定める。
"""


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("令和5年度の商工費は前年度と比べていくら増減しましたか。", "269億円"),
        ("令和4年度の商工費はいくらですか。", "1,052億円"),
        ("この表の期間で、歳入総額が最も大きかったのは何年度で、いくらですか。", "9,073億円"),
    ],
)
def test_figures_are_told_and_their_changes_where_asked(
    indexed: Callable[..., Store], question: str, says: str
) -> None:
    given = answer(question, indexed({"series.csv": SERIES}))
    assert given.answered
    assert says in given.answer


def test_both_sides_of_an_account_are_not_put_in_one_order(indexed: Callable[..., Store]) -> None:
    given = answer("令和5年度、お金がいちばん多く使われたのはどの款？", indexed({"series.csv": SERIES}))
    assert "県債残高" not in given.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("地方譲与税が一番多かったのっていつ？", "238,851千円"),
        ("2018年度では地方税と地方交付税のどちらがいくら多いですか。", "1,180,046千円"),
    ],
)
def test_which_year_and_which_of_two(indexed: Callable[..., Store], question: str, says: str) -> None:
    given = answer(question, indexed({"by_year.csv": BY_YEAR}))
    assert given.answered
    assert says in given.answer


def test_which_year_it_was_is_not_affirmed(indexed: Callable[..., Store]) -> None:
    given = answer("地方譲与税が一番多かったのは何年度ですか。", indexed({"by_year.csv": BY_YEAR}))
    assert given.answered
    assert not given.answer.startswith("はい")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("令和4年度の実質単年度収支はいくらですか。", "赤字"),
        ("災害復旧費が大きく減ったのはどうしてですか。", "復旧事業が完了"),
        ("計画に掲げられた3つの基本目標をすべて挙げてください。", "稼ぐまち"),
        ("除排雪対策費の決算額と出動回数を教えて", "472,893千円"),
    ],
)
def test_what_a_summary_says_is_told_whole(indexed: Callable[..., Store], question: str, says: str) -> None:
    given = answer(question, indexed({"card.md": CARD}))
    assert given.answered
    assert says in given.answer


@pytest.mark.parametrize(
    ("question", "not_said"),
    [
        ("プレミアム付商品券のプレミアム率は何％ですか。", "99.3"),
        ("令和4年度の宿泊税の収入済額はいくらですか。", "15,740,693"),
        ("財政力指数が1.00を超えた年度はいくつありますか。", "特別職"),
    ],
)
def test_another_rate_another_tax_and_no_years_are_not_told(
    indexed: Callable[..., Store], question: str, not_said: str
) -> None:
    assert not_said not in answer(question, indexed({"card.md": CARD})).answer


def test_a_comma_of_official_texts_parts_no_figure(indexed: Callable[..., Store]) -> None:
    assert fold("最高額は，４，０００千円") == "最高額は、4,000千円"
    assert [int(q.value) for q in find_quantities("最高額は,4,000千円")] == [4000]
    given = answer("一時借入金の最高額はいくらと定められていますか。", indexed({"articles.txt": ARTICLES}))
    assert "４，０００，０００千円" in given.answer or "4,000,000千円" in given.answer


def test_a_place_is_filed_by_any_of_its_readings(indexed: Callable[..., Store]) -> None:
    assert "ヒュウガ" in readings("日向")
    assert "7,754,586" in answer("日向市の2018年度の地方税の決算額は？", indexed({"hyuga_suii.csv": BY_YEAR})).answer
    assert not answer("日向市の2018年度の地方税の決算額は？", indexed({"hakone_suii.csv": BY_YEAR})).answered
    # the dictionary knows 上山, by another reading than the town's
    filed = indexed({"kaminoyama_suii.csv": BY_YEAR})
    assert "7,754,586" in answer("上山市の2018年度の地方税の決算額は？", filed).answer
    assert not answer("高山市の2018年度の地方税の決算額は？", filed).answered


def test_a_question_may_begin_with_for_each_of_whom() -> None:
    assert [parts.how for parts in cuts("市民1人あたりの市税負担額(令和5年度)")]
