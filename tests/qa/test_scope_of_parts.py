"""What the parts of a question take over from each other, and words that look like something else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.read import read_document
from index import Store
from qa import answer
from qa.types import Operation
from qa.understand import understand

ACCOUNTS = """# 令和6年度 みなと市の決算状況

## ■一般会計

### ◆歳入

| 区分 | 決算額 |
|---|---|
| 市税 | 210億円 |
| 総額 | 642億8,059万円 |

### ◇基金

| 年度 | 令和5年度 | 令和6年度 |
|---|---|---|
| 残高 | 570.4億円 | 591.1億円 |
"""
PAYMENTS = """名称,交付先・支出先,令和5年度,令和6年度
スポーツ協会補助金,みなとスポーツ協会,"3,700","3,850"
スキー場指定管理料,丘の会,"64,000","64,500"
体育館等指定管理料,みなとスポーツ協会,"49,000","49,260"
"""
FUNDS = """令和6年度 諏訪市 特別会計決算及び基金の状況,,
１ 公営企業会計,,
会計,科目,摘要
下水道事業,流域下水道維持管理負担金,諏訪湖流域
水道事業,給水収益,

２ 特別会計,,
会計名,歳入決算額（円）,歳出決算額（円）
国民健康保険,"4,512,870,316","4,498,102,004"
駐車場事業,"118,427,605","110,020,331"
介護保険,"4,200,118,002","4,101,776,450"
"""
SERIES = """みなと市 財政状況の推移,,
年度,区分,金額（千円）
令和4年度,市債残高,"41,502,338"
令和5年度,市債残高,"39,544,102"
（注1）市債残高には、水道事業及び下水道事業に係る企業債を含まない。,,
"""
AUDIT = """# 平成30年度 みなと市決算審査意見書

## 第1 審査の対象

平成30年度みなと市一般会計歳入歳出決算

## 第2 審査の期間

令和元年7月8日から令和元年8月23日まで
"""
LOANS = """事項,期間,限度額
ふるさと納税受付業務支援業務,令和7年度,寄附額に100分の12を乗じて得た額
庁舎清掃業務,令和7年度から令和9年度まで,"18,400千円"
"""


@pytest.mark.parametrize(
    ("file", "text", "question", "not_said"),
    [
        ("a.md", ACCOUNTS, "みなと市の令和6年度一般会計の歳入総額と、前年度からの増加額はいくらですか。", "20.7億円"),
        (
            "p.csv",
            PAYMENTS,
            "みなとスポーツ協会が受け取る令和6年度の補助金と指定管理料の合計はいくらですか。",
            "113,760",
        ),
        ("f.csv", FUNDS, "令和6年度決算に載っている諏訪市の特別会計をすべて挙げてください。", "諏訪湖流域"),
        ("s.csv", SERIES, "この表の市債残高に含まれていないものは何ですか。", "2件"),
    ],
)
def test_what_is_of_something_else_is_not_told(
    indexed: Callable[..., Store], file: str, text: str, question: str, not_said: str
) -> None:
    assert not_said not in answer(question, indexed({file: text})).answer


@pytest.mark.parametrize(
    ("file", "text", "question", "says"),
    [
        ("f.csv", FUNDS, "令和6年度決算に載っている諏訪市の特別会計をすべて挙げてください。", "駐車場事業"),
        ("s.csv", SERIES, "この表の市債残高に含まれていないものは何ですか。", "企業債を含まない"),
        ("d.md", AUDIT, "みなと市の平成30年度決算の審査の期間は、いつからいつまでですか。", "8月23日"),
        ("l.csv", LOANS, "ふるさと納税の受付業務の支援は、限度額をどう決めていますか。", "100分の12"),
    ],
)
def test_what_is_asked_is_told(indexed: Callable[..., Store], file: str, text: str, question: str, says: str) -> None:
    given = answer(question, indexed({file: text}))
    assert given.answered
    assert says in given.answer


def test_for_one_person_is_part_of_a_name() -> None:
    asked = understand("「１人１日当たりごみ排出量」は、令和4年度実績と比べて令和5年度実績はどれだけ増減しましたか。")
    assert asked.operation is Operation.DIFFERENCE
    assert understand("1人当たりの事業費はいくらですか。").operation is Operation.RATIO


def test_a_unit_said_under_the_title_holds_for_every_table(tmp_path: Path) -> None:
    row = "| 名称 | 令和6年度 |\n|---|---|\n| 橋 | 120 |\n| 道 | 80 |\n\n"
    path = tmp_path / "grants.md"
    path.write_text(
        f"# 補助金一覧（当初予算）\n\n財政課（単位：千円）\n\n主なものの一覧です。\n\n# １ 補助金\n\n{row}# ２ 委託料\n\n{row}",
        "utf-8",
    )
    assert [table.rows[0].cells[1].unit for table in read_document(path).tables] == ["千円", "千円"]
