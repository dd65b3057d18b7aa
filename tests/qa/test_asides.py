"""Remarks in brackets between two things that are asked for, and lists of a kind that headers are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa.pipeline import answer
from qa.runs import phrases
from qa.understand import understand

TOWN = """# 朝霧町の予算書

## 町のすがた

（令和7年1月1日現在）

| 項目 | 数 |
|---|---|
| 面積 | 88.2k㎡ |
| 人口 | 12,345人 |
| 世帯数 | 4,567世帯 |

## 款別の内訳

| 款 | 本年度(千円) | 国県支出金(千円) | 地方債(千円) | その他(千円) |
|---|---|---|---|---|
| 8 土木費 | 900 | 200 | 300 | 400 |
| 9 消防費 | 600 | 100 | 200 | 300 |
"""


@pytest.fixture(scope="module")
def town(indexed: Callable[..., Store]) -> Store:
    return indexed({"asagiri_yosansho.md": TOWN})


def test_a_remark_in_brackets_parts_nothing() -> None:
    asked = understand("人口（1月1日現在）と世帯数は？")
    found = [(asked.folded[p.start : p.end], p.joined, p.aside) for p in phrases(asked)]
    assert found == [("人口", False, False), ("1月1日現在", False, True), ("世帯数", True, False)]


def test_both_are_told(town: Store) -> None:
    given = answer("朝霧町の人口（令和7年1月1日現在）と世帯数を答えてください。", town)
    assert "12,345人" in given.answer
    assert "4,567世帯" in given.answer


def test_headers_are_no_kind_that_is_asked_for(town: Store) -> None:
    given = answer("8款土木費に含まれる項をすべて挙げてください。", town)
    assert "国県支出金" not in given.answer
