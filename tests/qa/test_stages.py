"""Amounts at several stages of an account, asked for in everyday verbs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.stages import of_another_stage, stage_said, stages

TAXES = """令和6年度　町税決算,,,,,
(単位：千円),,,,,
税目,予算現額,調定額,収入済額,不納欠損額,収入未済額
町民税,420000,431210,427800,810,2600
固定資産税,610000,625400,615300,1220,8880
鉱産税,900,912,912,0,0
入湯税,15000,15310,15310,0,0
合計,1045900,1072832,1059322,2030,11480
"""
SPENT = """款,予算現額,支出済額,翌年度繰越額,不用額
総務費,800000,781200,10000,8800
土木費,640000,520300,110000,9700
教育費,510000,506100,0,3900
"""


@pytest.fixture(scope="module")
def taxes(indexed: Callable[..., Store]) -> Store:
    return indexed({"taxes.csv": TAXES, "spent.csv": SPENT})


@pytest.mark.parametrize(
    ("question", "header", "figure"),
    [
        ("入湯税はいくら入りましたか", "収入済額", "15,310"),
        ("町民税は実際にいくら集まりましたか", "収入済額", "427,800"),
        ("町民税で集められなかったのはいくら", "収入未済額", "2,600"),
        ("まだ納められていない固定資産税はいくらですか", "収入未済額", "8,880"),
        ("固定資産税で取りはぐれたのはいくらですか", "不納欠損額", "1,220"),
        ("固定資産税はいくらですか", "収入済額", "615,300"),
        ("入湯税の予算はいくらですか", "予算現額", "15,000"),
        ("土木費で使い残したのはいくらですか", "不用額", "9,700"),
        ("土木費でいくら使いましたか", "支出済額", "520,300"),
        ("土木費のうち翌年度に繰り越されたのはいくら", "翌年度繰越額", "110,000"),
    ],
)
def test_a_verb_chooses_the_stage(question: str, header: str, figure: str, taxes: Store) -> None:
    found = answer(question, taxes)
    assert header in found.answer
    assert figure in found.answer


@pytest.mark.parametrize("question", ["不納欠損額がゼロの税目はどれですか", "不納欠損がなかった税目は？"])
def test_nought_is_a_bound(question: str, taxes: Store) -> None:
    found = answer(question, taxes).answer
    assert "鉱産税" in found
    assert "入湯税" in found
    assert "合計" not in found


def test_a_share_in_tenths_is_a_share(taxes: Store) -> None:
    assert "58.1%" in answer("固定資産税は町税全体の何割ですか", taxes).answer


def test_stages_said_beside_each_other_are_none() -> None:
    assert stage_said("予算と決算の差はいくら使いましたか") is None
    assert stage_said("滞納繰越分の収納率") is None
    assert of_another_stage("いくら入りましたか", "予算現額")
    assert not of_another_stage("いくら入りましたか", "決算額")
    assert len({stage.name for stage in stages()}) == len(stages())
