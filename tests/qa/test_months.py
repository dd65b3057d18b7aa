"""Stretches of months, things told year for year, figures put forward without a unit; made-up documents."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.months import span_of_months
from qa.types import Draft

Surest = Callable[[str, Store], Draft]
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
BATHS = (
    "年度,施設,種別," + ",".join(f"{m}月" for m in MONTHS) + ",年度計\n"
    + "".join(
        f"令和{year}年度,{name},{kind},{','.join(str(n) for n in figures)},{sum(figures)}\n"
        for year in (5, 6)
        for name, kind, base in (("浜の湯", "温泉", 1000), ("丘の湯", "温泉", 2000), ("みさき塔", "展望", 300))
        for figures in [[base + 7 * m + 100 * (year - 5) for m in MONTHS]]
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def baths(indexed: Callable[..., Store]) -> Store:
    return indexed({"misaki_shisetsu_riyou.csv": BATHS})


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("12月から3月までの合計", (12, 1, 2, 3)),
        ("4月~6月の利用者", (4, 5, 6)),
        ("第2四半期の合計", (7, 8, 9)),
        ("第4四半期は", (1, 2, 3)),
        ("下半期の平均", (10, 11, 12, 1, 2, 3)),
        ("4月1日から受け付ける", None),
        ("4月の合計", None),
    ],
)
def test_which_months(text: str, months: tuple[int, ...] | None) -> None:
    found = span_of_months(text)
    assert (found[1] if found else None) == months


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("令和5年度の浜の湯の12月から2月までの合計は", "3,105"),  # 1,084 + 1,007 + 1,014
        ("令和6年度の丘の湯の第1四半期の合計は", "6,405"),
        ("種別が温泉の施設はいくつありますか", "2施設"),
        ("種別が温泉の施設をすべて教えて", "次の2件"),
    ],
)
def test_it_is_told(baths: Store, surest: Surest, question: str, words: str) -> None:
    draft = surest(question, baths)
    assert re.search(words, draft.text)


def test_a_figure_put_forward_is_confirmed_where_the_table_prints_no_unit(baths: Store) -> None:
    assert answer("令和5年度の浜の湯の4月は1,028人で合っていますか", baths).answer.startswith("はい")
