"""広い, 長い: what a table calls what they measure, and nothing else, is compared."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.dimensions import dimensions, says_dimension

PARKS = """番号,公園名,所在地,緯度,経度,面積（㎡）,供用開始年,遊具
1,松の浜公園,浜町24,34.842499,138.334028,"32,500",1961,滑り台、鉄棒
2,元町公園,元町二丁目7,34.865708,138.314059,"11,176",1965,滑り台
3,田北公園,田北1284,34.87253,138.333461,"14,020",1973,砂場、滑り台
4,岡の上公園,岡町12,34.887173,138.31,"16,289",1973,ブランコ
"""


@pytest.fixture(scope="module")
def parks(indexed: Callable[..., Store]) -> Store:
    return indexed({"parks.csv": PARKS})


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("松の浜公園の面積は何㎡ですか。", ["32,500"]),
        ("松の浜公園の面積は何m2？", ["32,500"]),
        ("最も広い公園はどこですか", ["松の浜公園", "32,500"]),
        ("一番狭い公園は？", ["元町公園", "11,176"]),
        ("岡の上公園は田北公園よりどれだけ広いですか。", ["2,269"]),
        ("岡の上公園は田北公園より何㎡広いですか。", ["2,269"]),
        ("元町公園と田北公園はどちらが広いですか", ["11,176", "14,020"]),
        ("面積が最も広い公園はどこですか", ["松の浜公園"]),
    ],
)
def test_adjectives_of_measure_ask_for_the_measure(parks: Store, question: str, says: list[str]) -> None:
    given = answer(question, parks)
    assert given.answered
    assert all(one in given.answer for one in says)
    assert not given.answer.startswith(("はい", "いいえ"))


@pytest.mark.parametrize("question", ["最も深い公園はどこですか", "一番長い公園はどこ？", "最も重い公園は"])
def test_no_other_figure_stands_for_a_measure_that_no_table_has(parks: Store, question: str) -> None:
    assert not answer(question, parks).answered


def test_a_named_measure_is_asked_for_as_it_is() -> None:
    assert says_dimension("最も広い公園")
    assert not says_dimension("面積が最も広い公園")
    stems = [stem for one in dimensions() for stem in (one.large, one.small)]
    assert len(stems) == len(set(stems))
