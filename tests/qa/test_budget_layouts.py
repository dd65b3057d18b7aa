"""Layouts that budgets and settlements share: a line for each unit, 補正前 / 補正額 / 計, two sides of one account, a unit said once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.calculate import calculate
from qa.framing import table_frame
from qa.plan import Plan
from qa.understand import understand

BY_UNIT = """４　一般会計歳出決算額（みなと市）,,,
①目的別,,,
区分,,令和4年度,令和5年度
総額,千円,"20,862,073","24,666,671"
,％,100,100
民生費,千円,"5,563,307","7,277,706"
,％,26.7,29.5
衛生費,千円,"1,903,423","1,315,696"
,％,9.1,5.3
土木費,千円,"13,395,343","16,073,269"
,％,64.2,65.2
,,,
②性質別,,,
区分,,令和4年度,令和5年度
総額,千円,"20,862,073","24,666,671"
,％,100,100
人件費,千円,"8,566,939","8,187,352"
,％,41.1,33.2
物件費,千円,"12,295,134","16,479,319"
,％,58.9,66.8
"""
AMENDED = """# 令和5年度11月補正予算

単位:千円

## 1 予算規模

| 会計名 | 補正前の額 | 補正額 | 計 |
|---|---|---|---|
| 一般会計 | 421,611,276 | △127,579 | 421,483,697 |
| 特別会計 | 241,520,248 | 1,185,090 | 242,705,338 |

## 2 歳入補正

| 款別 | 補正前の額 | 補正額 | 計 |
|---|---|---|---|
| 繰越金 | 132,805 | 314,033 | 446,838 |
| 諸収入 | 22,402 | 1,500 | 23,902 |
"""
TWO_SIDES = """# 国民健康保険特別会計予算

## 歳入歳出予算事項別明細書

### 1 総括

#### （歳入）

| 款 | 本年度予算額 | 前年度予算額 | 比較 |
|---|---|---|---|
| 1 国民健康保険税 | 880,100 | 860,000 | 20,100 |
| 2 共同事業交付金 | 1,073,050 | 1,021,577 | 51,473 |
| 3 繰入金 | 300,200 | 302,100 | △1,900 |

#### （歳出）

| 款 | 本年度予算額 | 前年度予算額 | 比較 |
|---|---|---|---|
| 1 総務費 | 55,100 | 54,000 | 1,100 |
| 2 共同事業拠出金 | 1,163,402 | 1,121,340 | 42,062 |
| 3 保健事業費 | 34,848 | 30,337 | 4,511 |
"""
TAXES = """税目,調定額（円）,収入済額（円）
市民税（個人）,"1,360,100,000","1,352,817,406"
市民税（法人）,"284,190,700","283,116,500"
"""
INDICATORS = """# 総合計画 成果指標一覧

## 2-2 【子育て】安心して育てる

| 指標名【単位】 | 令和5年度実績 | 令和9年度目標 |
|---|---|---|
| 合計特殊出生率 | 1.42 | 1.60 |
| 待機児童数【人】 | 12人 | 0人 |
| 訪問実施率【%】 | 92.1% | 95% |

## 3-1 【産業】畑を守る

| 指標名【単位】 | 令和5年度実績 | 令和9年度目標 |
|---|---|---|
| 農業生産法人数【組織】 | 9組織 | 15組織 |
| 認定農業者数【人】 | 80人 | 90人 |
"""
BALANCES = """<html><head><title>令和6年度 みなと市の決算</title></head><body><h2>令和6年度 みなと市の決算</h2>
<h3>■一般会計</h3><h4>◆歳入</h4><table><tr><th>区分</th><th>決算額</th></tr><tr><td>市税</td><td>210.3億円</td></tr></table>
<h4>◇市債（長期借入金）</h4><p>主に道路や学校、下水道などを整備するときの財源の一部にします。</p>
<p>〈市債残高（591.1億円）の内訳〉</p><ul>
<li>一般会計　384.7億円</li><li>水道事業会計　42.8億円</li><li>下水道事業会計　163.6億円</li></ul></body></html>
"""
SUBSIDIES = """６款 農林水産業費,,
節,説明,金額（千円）
18 負担金、補助及び交付金,001 水産振興費,"31,150"
,アワビ種苗放流事業補助金,"4,300"
,ヒラメ種苗放流事業補助金,"2,150"
,漁港清掃補助金,700
"""


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("民生費 令和5年度", "7,277,706千円"),
        ("令和5年度の衛生費は前年度と比べていくら増減しましたか。", "587,727千円"),
        ("令和5年度の性質別歳出で一番額が大きいのはどれですか。", "物件費"),
        ("みなと市の令和5年度一般会計歳出決算額の総額はいくらですか。", "24,666,671千円"),
        ("令和5年度の目的別で構成比が一番大きいのは何ですか。", "65.2"),
    ],
)
def test_of_lines_in_several_units_the_one_in_the_unit_asked_for(
    indexed: Callable[..., Store], question: str, says: str
) -> None:
    given = answer(question, indexed({"settlement.csv": BY_UNIT}))
    assert given.answered
    assert says in given.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("11月補正後の一般会計の予算額はいくらですか。", "421,483,697千円"),
        ("繰越金の補正額と補正後の額を答えてください。", "446,838千円"),
        ("繰越金の補正前の額はいくらですか。", "132,805千円"),
    ],
)
def test_what_the_amount_before_and_its_amendment_come_to(
    indexed: Callable[..., Store], question: str, says: str
) -> None:
    given = answer(question, indexed({"amended.md": AMENDED}))
    assert given.answered
    assert says in given.answer


def test_one_side_of_an_account_is_told_apart_by_its_heading(indexed: Callable[..., Store]) -> None:
    store = indexed({"health.md": TWO_SIDES})
    given = answer("歳出総括で、前年度からの増加額が最も大きい款はどれで、いくら増えていますか。", store)
    assert "共同事業拠出金" in given.answer
    assert "42,062" in given.answer


def test_who_pays_is_no_unit_of_what_is_paid(indexed: Callable[..., Store]) -> None:
    given = answer("市民税（法人）の収入済額はいくらですか。", indexed({"taxes.csv": TAXES}))
    assert "283,116,500円" in given.answer


def test_a_rate_whose_name_begins_like_a_total_is_counted(indexed: Callable[..., Store]) -> None:
    given = answer("「2-2【子育て】」の成果指標はいくつありますか。", indexed({"plan.md": INDICATORS}))
    assert "3件" in given.answer


def test_any_noun_counts_where_it_is_asked_for(indexed: Callable[..., Store]) -> None:
    given = answer("農業生産法人数の令和9年度目標は何組織ですか。", indexed({"plan.md": INDICATORS}))
    assert "15組織" in given.answer


def test_all_headers_that_end_alike_are_told(indexed: Callable[..., Store]) -> None:
    given = answer(
        "市債残高591.1億円の内訳となっている会計と金額をすべて挙げてください。", indexed({"balances.html": BALANCES})
    )
    assert all(amount in given.answer for amount in ("384.7億円", "42.8億円", "163.6億円"))


def test_what_is_listed_is_told_with_the_amount_of_each(indexed: Callable[..., Store]) -> None:
    given = answer(
        "種苗放流に関する補助金をすべて挙げ、それぞれの額を答えてください。", indexed({"subsidies.csv": SUBSIDIES})
    )
    assert all(said in given.answer for said in ("アワビ", "4,300千円", "ヒラメ", "2,150千円"))


def test_nothing_is_listed_of_a_kind_that_only_the_title_names(indexed: Callable[..., Store]) -> None:
    text = (
        "# みなと市 一般会計・特別会計 決算審査意見書\n\n## 1 一般会計\n\n| 区分 | 令和5年度 | 令和4年度 |\n|---|---|---|\n"
        "| 形式収支 | 1,200 | 1,100 |\n| 翌年度繰越財源 | 300 | 250 |\n| 実質収支 | 900 | 850 |\n\n"
        "## 2 財政指標\n\n| 指標 | 令和5年度 | 令和4年度 |\n|---|---|---|\n| 財政力指数 | 0.41 | 0.42 |\n| 実質公債費比率 | 9.1 | 9.0 |\n"
    )
    given = answer("令和5年度の特別会計をすべて挙げてください。", indexed({"audit.md": text}))
    assert "形式収支" not in given.answer


STATEMENT = """# 歳出予算書

## 農業費

| 目 | 本年度予算額（千円） | 前年度予算額（千円） | 比較（千円） |
|---|---|---|---|
| 1 農業総務費 | 153,923 | 151,833 | 2,090 |
| 2 農地費 | 595,117 | 618,094 | △22,977 |

## 説明

| 事業 | 区分 | 内容 | 金額（千円） |
|---|---|---|---|
| 農業管理費 | 甲賀猟友会 | 活動補助金 | 36 |
| 農業管理費 | 甲賀地区農業委員会 | 協議会負担金 | 48 |
| 農地管理費 | 甲賀土地改良区 | 負担金 | 1,230 |
"""


def test_the_place_in_a_file_name_is_looked_for_nowhere_else(indexed: Callable[..., Store]) -> None:
    given = answer(
        "甲賀市の令和6年度の農地費の本年度予算額は前年度と比べていくら増減していますか。",
        indexed({"koka_r6_nogyohi.md": STATEMENT}),
    )
    assert "22,977千円" in given.answer


GROUPS = """# みなと市の施設

| 施設 | 面積（m2） | 定員（人） |
|---|---|---|
| 東館 | 1,200 | 110 |
| 西館 | 2,300 | 220 |
| 本部計 | 3,500 | 330 |
| 南館 | 1,100 | 130 |
| 北館 | 1,400 | 160 |
| 支部計 | 2,500 | 290 |
| 分館 | 700 | 70 |
"""


def test_a_group_cut_off_from_its_members_is_not_the_whole(indexed: Callable[..., Store]) -> None:
    store = indexed({"minato_shisetsu.md": GROUPS})
    (document,) = store.documents.values()
    frame = table_frame(document, 0)
    assert [frame.totals[row] for row in (2, 5, 6)] == [True, True, False]
    plan = Plan(frame, (2, 5, 6), ((2, 5, 6),), (1,), frame.key, (), (), (), False, 1.0, {})
    assert calculate(plan, understand("施設の面積はどれだけですか。")) is None
