"""What would be told beside the point: names that are not named, figures of another kind, rows that are none, the most of no reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.calculate import calculate
from qa.framing import table_frame
from qa.plan import Plan
from qa.types import Operation
from qa.understand import understand

REPORT = """# みなと市 決算審査意見書

## 1 歳出

土木費の翌年度繰越額の主なものは、市道改良事業費3億1,846万円である。その理由は、用地取得の交渉に不測の日数を要したことによる。

| 款 | 支出済額（円） | 翌年度繰越額（円） |
|---|---|---|
| 1 議会費 | 258,914,000 | 0 |
| 2 総務費 | 471,271,000 | 3,100,000 |
| 8 土木費 | 626,049,000 | 318,460,000 |
| 歳出合計 | 1,356,234,000 | 321,560,000 |

## 2 むすび

一部の団体において、補助金の実績報告書に領収書の写しが添付されていない事例が3件見受けられた。

## 3 ふるさと納税

### ア 個人版ふるさと納税

（令和3年度寄附受入実績：822件、20,527,011円）

### イ 企業版ふるさと納税

（令和3年度寄附受入実績：23件、62,254,434円）

## 4 補正予算

### 一般会計補正予算（第4号）

現計予算に2億9,147万2千円を追加し、総額331億9,597万2千円とするもの。

### 一般会計補正予算（第6号）

現計予算に6億1,446万8千円を追加し、総額338億9,944万円とするもの。
"""
SPENT = """# 令和5年度 みなと市 決算審査意見書

## 3 歳出

| 款 | 予算現額（円） | 支出済額（円） | 翌年度繰越額（円） | 不用額（円） |
|---|---|---|---|---|
| 1 議会費 | 260,000,000 | 258,914,000 | 0 | 1,086,000 |
| 2 総務費 | 480,000,000 | 471,271,000 | 3,100,000 | 5,629,000 |
| 3 民生費 | 980,000,000 | 971,271,000 | 0 | 8,729,000 |
| 8 土木費 | 950,000,000 | 626,049,000 | 318,460,000 | 5,491,000 |
| 歳出合計 | 2,670,000,000 | 2,327,505,000 | 321,560,000 | 20,935,000 |
"""
TAXES = """税目,区分,課税区分,収納率（％）
軽自動車税,環境性能割,現年課税分,100
軽自動車税,種別割,現年課税分,98.6
市たばこ税,－,現年課税分,100
交付金,－,現年課税分,100
固定資産税,土地,現年課税分,99.3
"""


@pytest.fixture
def report(indexed: Callable[..., Store]) -> Store:
    return indexed({"minato_shinsa.md": REPORT})


@pytest.mark.parametrize(
    "question",
    [
        "補助金の実績報告書に領収書の写しを添付していなかった団体の名称は何ですか。",
        "補助金の実績報告書に領収書の写しを添付していなかったのはどの団体ですか。",
    ],
)
def test_some_of_them_are_not_named(report: Store, question: str) -> None:
    assert not answer(question, report).answered


def test_how_many_of_them_is_told(report: Store) -> None:
    given = answer("補助金の実績報告書に領収書の写しが添付されていない事例は何件ですか。", report)
    assert "3件" in given.answer


def test_the_main_reason_is_the_most_of_nothing(report: Store) -> None:
    assert understand("土木費で繰り越しになった一番の理由は何ですか").operation is Operation.VALUE
    assert understand("最も減った要因別の件数は").operation is Operation.MAXIMUM
    assert "用地取得" in answer("土木費で繰り越しになった一番の理由って何？", report).answer


def test_accounts_that_have_an_amount_are_counted(indexed: Callable[..., Store]) -> None:
    given = answer("歳出で翌年度繰越額がある款はいくつありますか。", indexed({"minato_r5_kessan.md": SPENT}))
    assert given.kind == "count"
    assert "2件です: 総務費、土木費" in given.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("個人版ふるさと納税と企業版ふるさと納税の寄附の金額の差はどれだけですか？", "41,727,423円"),
        ("個人版ふるさと納税と企業版ふるさと納税の寄附の件数の差はどれだけですか？", "799件"),
        ("個人版のふるさと納税、令和3年度の寄附は何件でいくらでしたか？", "822件、20,527,011円"),
        ("補正後の総額は、第6号補正予算と第4号補正予算とではいくら違いますか。", "7億346万8千円"),
    ],
)
def test_figures_of_the_kind_asked_for(report: Store, question: str, says: str) -> None:
    assert says in answer(question, report).answer


def test_a_mark_for_nothing_is_no_thing_counted(indexed: Callable[..., Store]) -> None:
    (document,) = indexed({"minato_zei.csv": TAXES}).documents.values()
    rows = tuple(range(5))
    plan = Plan(table_frame(document, 0), rows, (rows,), (3,), 1, (2,), (), (), False, 1.0, {})
    assert calculate(plan, understand("収納率が100％以上の区分はいくつありますか。")) is None
    more = calculate(plan, understand("収納率が98％以上99％以下の区分はいくつありますか。"))
    assert more is not None
    assert more.value == 1


WORKS = """事業名,担当課,実施内容,対象国・地域,開催状況
海外宣伝,観光課,東アジアからの誘客に補助,欧米豪台,2回(6月、11月)開催 ※令和4年度の提案を決議
町の頁の運営,広報課,閲覧 350万件,-,通年
留学生支援,国際課,相談会の開催,ベトナム,1回(5月)開催
"""


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("海外宣伝の対象国・地域はどこでしたか。", "欧米豪台"),
        ("町の頁の運営を担当しているのは何課ですか？", "広報課"),
        ("海外宣伝は令和3年度、何月に開かれましたか。", "6月、11月"),
    ],
)
def test_the_cell_under_the_header_asked_for(indexed: Callable[..., Store], question: str, says: str) -> None:
    assert says in answer(question, indexed({"minato_r3_jigyo.csv": WORKS})).answer
