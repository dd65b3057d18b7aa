"""Tables under headings of their own: the one that is called as asked, headings that are counted and named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer

TAXES = """# 令和5年度 みなと市 市税等決算状況

## 1 市税

| 税目 | 課税区分 | 調定額（円） | 収入済額（円） | 前年度収入済額（円） |
|---|---|---|---|---|
| 市民税 | 現年課税分 | 6,315 | 6,249 | 6,300 |
| 市民税 | 滞納繰越分 | 98 | 44 | 40 |
| 固定資産税 | 現年課税分 | 7,412 | 7,388 | 7,100 |
| 固定資産税 | 滞納繰越分 | 102 | 61 | 50 |
| 市税計 | 現年課税分 | 13,727 | 13,637 | 13,400 |
| 市税計 | 滞納繰越分 | 200 | 105 | 90 |

## 2 国民健康保険税

| 区分 | 課税区分 | 調定額（円） | 収入済額（円） | 前年度収入済額（円） |
|---|---|---|---|---|
| 医療給付費分 | 現年課税分 | 1,201 | 1,168 | 1,200 |
| 医療給付費分 | 滞納繰越分 | 88 | 57 | 40 |
| 介護納付金分 | 現年課税分 | 141 | 130 | 140 |
| 介護納付金分 | 滞納繰越分 | 19 | 11 | 10 |
"""
PLAN = """# みなと市 未来創造計画

## 人づくりプロジェクト

### ア 探究学習推進PJ

高校2校で探究学習を実施した。

### イ 起業家育成PJ

講座を5回開催した。

### ウ 大学連携PJ

公開講座に80人が参加した。
"""


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("みなと市の令和5年度の市税全体（現年課税分と滞納繰越分の合計）の収入済額はいくらですか。", "13,742円"),
        ("国民健康保険税の現年課税分と滞納繰越分の収入済額の合計はいくらですか。", "1,366円"),
        (
            "みなと市の市税の表で、現年課税分のうち収入済額が前年度を下回った行はいくつありますか（計の行は除く）。",
            "1件",
        ),
    ],
)
def test_the_table_whose_own_heading_is_asked_for(indexed: Callable[..., Store], question: str, says: str) -> None:
    assert says in answer(question, indexed({"minato_r5_shizei_kessan.md": TAXES})).answer


@pytest.mark.parametrize(
    "question", ["人づくりプロジェクトの3つのPJの名前", "人づくりプロジェクトの3つのPJとは何ですか。"]
)
def test_headings_asked_for_by_how_many_they_are(indexed: Callable[..., Store], question: str) -> None:
    given = answer(question, indexed({"plan.md": PLAN}))
    assert all(name in given.answer for name in ("探究学習推進PJ", "起業家育成PJ", "大学連携PJ"))
