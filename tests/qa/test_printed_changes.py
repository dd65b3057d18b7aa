"""Changes, means and shares that a document tells itself are looked up, however they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer

FEES = """# 使用料の見直し

| 区分 | 現行(円) | 改定案(円) | 差(円) |
|---|---|---|---|
| 小ホール 半日 | 3,200 | 4,100 | 900 |
| 大ホール 半日 | 9,600 | 12,400 | 2,800 |
| 和室 半日 | 1,500 | 1,800 | 300 |

施設の使用料は、令和7年度から平均で二十二・五パーセントの引上げをお願いするものでございます。

図書館の開館時刻は、これまでの午前十時を午前九時に改めました。夜間の利用は一回百五十円でございます。
"""
REVENUE = """# 令和5年度決算の概要

| 款 | 決算額（千円） | 構成比（％） | 増減額（千円） |
|---|---|---|---|
| 市税 | 5,213,400 | 41.2 | 120,300 |
| 地方交付税 | 3,902,118 | 30.8 | △88,410 |
| 国庫支出金 | 1,874,006 | 14.8 | 310,954 |
| 市債 | 1,664,900 | 13.2 | △45,700 |
| 歳入合計 | 12,654,424 | 100.0 | 297,144 |
"""


def told(question: str, store: Store) -> str:
    """What is said to a question, which must be answered."""
    given = answer(question, store)
    assert given.answered
    return given.answer


@pytest.fixture(scope="module")
def fees(indexed: Callable[..., Store]) -> Store:
    return indexed({"fees.md": FEES})


@pytest.fixture(scope="module")
def revenue(indexed: Callable[..., Store]) -> Store:
    return indexed({"revenue.md": REVENUE})


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("大ホールの半日の使用料はいくら上がりますか", "2,800円"),
        ("施設の使用料は平均で何％引き上げられますか", "二十二・五パーセント"),
        ("図書館の開館時刻はどう変わりましたか", "午前九時に改め"),
        ("夜間の利用は一回いくらですか", "百五十円"),
    ],
)
def test_what_changed_is_quoted_as_it_is_told(fees: Store, question: str, says: str) -> None:
    assert says in told(question, fees)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("歳入に占める地方交付税の構成比は何％ですか", "30.8"),
        ("市税の決算額と構成比を教えてください", "41.2"),
        ("国庫支出金は前年度からいくら増えましたか", "310,954千円"),
        ("市債の決算額は何万円ですか", "166,490万円"),
        ("市債の決算額はいくらですか。万円で", "166,490万円"),
    ],
)
def test_what_a_column_prints_is_not_worked_out(revenue: Store, question: str, says: str) -> None:
    assert says in told(question, revenue)


BUDGET = """# 令和7年度 当初予算案の概要

一般会計 歳出（款別）　（単位：千円、％）

| 款 | 本年度予算額 | 構成比 | 前年度予算額 | 構成比 | 比較増減 | 増減率 |
|---|---|---|---|---|---|---|
| 議会費 | 212,300 | 2.3 | 215,900 | 2.4 | △3,600 | △1.7 |
| 総務費 | 3,105,800 | 33.3 | 2,870,100 | 32.1 | 235,700 | 8.2 |
| 衛生費 | 2,014,500 | 21.6 | 2,204,700 | 24.6 | △190,200 | △8.6 |
| 土木費 | 3,990,000 | 42.8 | 3,655,400 | 40.9 | 334,600 | 9.2 |
| 歳出合計 | 9,322,600 | 100.0 | 8,946,100 | 100.0 | 376,500 | 4.2 |
"""


@pytest.fixture(scope="module")
def budget(indexed: Callable[..., Store]) -> Store:
    return indexed({"budget.md": BUDGET})


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("総務費の構成比を教えて", ["本年度の構成比は33.3%", "前年度の構成比は32.1%"]),
        ("総務費の前年度の構成比は", ["32.1%"]),
        ("令和6年度の総務費の構成比", ["32.1%"]),
        ("土木費の構成比は前年度から何ポイント上がりましたか", ["1.9ポイント増え"]),
        ("衛生費の構成比は前年度と比べてどう変わりましたか", ["3ポイント減り"]),
        ("前年度より減った款を教えてください", ["議会費", "衛生費"]),
        ("予算が減ったのはどの款ですか", ["議会費", "衛生費"]),
        ("増減率が5%以上の款は", ["総務費 (8.2%)", "土木費 (9.2%)"]),
        ("増減額が3億円を超える款はいくつありますか", ["1件", "土木費"]),
    ],
)
def test_a_share_printed_twice_is_of_the_year_before_it(budget: Store, question: str, says: list[str]) -> None:
    text = told(question, budget)
    assert all(one in text for one in says)


SETTLED = """区分,項目,30年度（千円）,29年度（千円）,対前年度増減額（千円）,対前年度比率(%)
一般会計歳入,市税,"9,388,609","9,368,531","20,078",100.2
一般会計歳入,繰入金,"98,355","12,970","85,385",758.3
一般会計歳入,市債,"2,271,855","2,010,778","261,077",113
一般会計歳入,合計,"11,758,819","11,392,279","366,540",103.2
市税の内訳,固定資産税,"3,475,314","3,514,013","-38,699",98.9
市税の内訳,軽自動車税,"119,382","114,720","4,662",104.1
"""


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("平成29年度 固定資産税", "3,514,013"),
        ("固定資産税 平成30年度", "3,475,314"),
        ("一般会計歳入で対前年度比率が最も高い項目は何で、何％ですか", "758.3"),
        ("一般会計歳入で前年度より増えた項目は合計を除いていくつありますか", "3"),
    ],
)
def test_years_before_a_unit_and_ratios_to_the_year_before(
    indexed: Callable[..., Store], question: str, says: str
) -> None:
    assert says in told(question, indexed({"h30_kessan.csv": SETTLED}))


EXTRACT = """# 令和6年度決算の概要

## 3 一般会計の主な歳入の状況

| 科目 | 決算額 | 構成比 |
|---|---|---|
| 市税 | 136億3,269万円 | 28.8% |
| 地方交付税 | 34億5,993万円 | 7.3% |
| 国庫支出金 | 68億7,278万円 | 14.5% |

## 2 決算収支

| 区分 | 金額 |
|---|---|
| 歳入決算額 | 473億680万円 |
| 歳出決算額 | 458億8,752万円 |
| 単年度収支額 | ▲4,503万円 |

※実質収支額…翌年度の支払いに回す分を除いた、実際の黒字・赤字を表す額。
"""


@pytest.mark.parametrize(
    ("question", "says", "never"),
    [
        ("市税は歳入全体の何％を占めていますか", "28.8", "56"),
        ("国庫支出金は歳入の何割ですか", "14.5", "28.6"),
        ("単年度収支は黒字ですか", "いいえ", "はい"),
        ("単年度収支は赤字ですか", "はい", "いいえ"),
    ],
)
def test_shares_of_an_extract_and_the_sign_of_a_balance(
    indexed: Callable[..., Store], question: str, says: str, never: str
) -> None:
    said = told(question, indexed({"kessan.md": EXTRACT}))
    assert says in said
    assert never not in said
