"""Rows that stand on levels, that are parts of others, or are called with a word that their table leaves out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import Answer, answer

LEDGER = """款,項,目,節,本年度予算額,前年度予算額,比較
市税,,,,"4,180,000","4,060,000","120,000"
,市民税,,,"1,930,000","1,880,000","50,000"
,,個人,,"1,600,000","1,570,000","30,000"
,,,現年課税分,"1,580,000","1,548,000","32,000"
,,,滞納繰越分,"20,000","22,000","△2,000"
,,法人,,"330,000","310,000","20,000"
,固定資産税,,,"2,050,000","1,990,000","60,000"
,軽自動車税,,,"200,000","190,000","10,000"
地方譲与税,,,,"160,000","158,000","2,000"
,自動車重量譲与税,,,"120,000","118,000","2,000"
,森林環境譲与税,,,"40,000","40,000","0"
繰入金,,,,"300,000","410,000","△110,000"
,財政調整基金繰入金,,,"300,000","410,000","△110,000"
"""
TOWNS = """市町村名,人口,世帯数
浜名市,"52,100","21,400"
若木市,"38,400","15,900"
磯辺町,"12,800","5,100"
谷口町,"9,300","3,700"
奥山村,"2,150","930"
峰村,"1,480","640"
"""
ACCOUNTS = """会計名,予算額（千円）,前年度予算額（千円）
一般会計,"12,400,000","12,150,000"
国民健康保険,"2,310,000","2,420,000"
後期高齢者医療,"640,000","610,000"
介護保険,"2,080,000","2,010,000"
"""
BALANCE = """区分,令和5年度（千円）,令和4年度（千円）
歳入総額 A,"12,480,000","12,900,000"
歳出総額 B,"11,950,000","12,310,000"
歳入歳出差引 C=A-B,"530,000","590,000"
翌年度へ繰り越すべき財源 D,"130,000","90,000"
実質収支 E=C-D,"400,000","500,000"
"""
WORKS = """事業区分,前年度（百万円）,本年度（百万円）
普通建設事業費,"1,840","2,105"
うち補助事業費,"720","905"
うち単独事業費,"1,120","1,200"
災害復旧事業費,"60","35"
"""
FUNDS = """区分,令和5年度末（百万円）,令和6年度中増減額（百万円）,令和6年度末（百万円）
財政調整基金残高,"2,150",△120,"2,030"
減債基金残高,480,15,495
"""
DOCUMENTS = {
    "ledger": {"yosan_r6.csv": LEDGER},
    "towns": {"jinkou.csv": TOWNS},
    "accounts": {"yosan_r6.csv": ACCOUNTS},
    "balance": {"kessan_r5.csv": BALANCE},
    "works": {"kouji_r6.csv": WORKS},
    "funds": {"kikin.csv": FUNDS},
}


@pytest.fixture(scope="module")
def stores(indexed: Callable[..., Store]) -> dict[str, Store]:
    return {name: indexed(files) for name, files in DOCUMENTS.items()}


def rows(given: Answer) -> list[str | None]:
    return [citation.row for citation in given.citations]


@pytest.mark.parametrize(
    ("store", "question", "says", "cited"),
    [
        ("ledger", "市税の本年度予算額はいくらですか。", "4,180,000", ["市税"]),
        ("ledger", "市民税の本年度予算額はいくらですか。", "1,930,000", ["市民税"]),
        ("ledger", "市民税の個人の本年度予算額はいくらですか。", "1,600,000", ["個人"]),
        ("ledger", "市税の項のうち、本年度予算額が最も大きいのはどれですか。", "固定資産税", ["固定資産税"]),
        ("ledger", "款のうち、前年度より予算額が減ったものはどれですか。", "款は「繰入金」", ["繰入金"]),
        ("ledger", "市税と地方譲与税の本年度予算額の合計はいくらですか。", "4,340,000", ["市税", "地方譲与税"]),
        ("ledger", "款はいくつありますか。", "3件", ["市税", "地方譲与税", "繰入金"]),
        ("towns", "市町村のうち人口が最も多いのはどこですか。", "浜名市", ["浜名市"]),
        ("towns", "町村のうち人口が最も多いのはどこですか。", "磯辺町", ["磯辺町"]),
        ("towns", "町村の人口の合計は何人ですか。", "25,730", ["磯辺町", "谷口町", "奥山村", "峰村"]),
        ("accounts", "介護保険特別会計の予算額はいくらですか。", "2,080,000千円", ["介護保険"]),
        (
            "accounts",
            "国民健康保険特別会計と介護保険特別会計の予算額の合計はいくらですか。",
            "4,390,000千円",
            ["国民健康保険", "介護保険"],
        ),
        ("balance", "令和5年度の実質収支はいくらですか。", "400,000千円", ["実質収支 E=C-D"]),
        ("works", "本年度の普通建設事業費のうち単独事業費はいくらですか。", "1,200百万円", ["うち単独事業費"]),
        ("works", "普通建設事業費の本年度の額はいくらですか。", "2,105百万円", ["普通建設事業費"]),
        ("funds", "令和6年度末の財政調整基金の残高はいくらですか。", "2,030百万円", ["財政調整基金残高"]),
        ("funds", "令和5年度末の減債基金残高はいくらですか。", "480百万円", ["減債基金残高"]),
    ],
)
def test_the_row_that_is_meant(
    stores: dict[str, Store], store: str, question: str, says: str, cited: list[str]
) -> None:
    given = answer(question, stores[store])
    assert given.answered
    assert says in given.answer
    assert rows(given) == cited


def test_what_stands_one_level_down_is_listed(stores: dict[str, Store]) -> None:
    given = answer("市税の項をすべて挙げてください。", stores["ledger"])
    assert given.answered
    assert "市民税、固定資産税、軽自動車税" in given.answer
    assert "個人" not in given.answer


def test_figures_of_several_levels_are_not_added_up(stores: dict[str, Store]) -> None:
    given = answer("市税の項の本年度予算額の合計はいくらですか。", stores["ledger"])
    assert not given.answered or "4,180,000" in given.answer


@pytest.mark.parametrize(
    ("store", "question"),
    [
        ("accounts", "水道事業会計の予算額はいくらですか。"),
        ("works", "災害復旧事業費のうち単独事業費はいくらですか。"),
        ("funds", "令和6年度末の公共施設整備基金の残高はいくらですか。"),
        ("ledger", "市民税の譲与税の本年度予算額はいくらですか。"),
    ],
)
def test_what_no_row_is_called_is_refused(stores: dict[str, Store], store: str, question: str) -> None:
    assert not answer(question, stores[store]).answered
