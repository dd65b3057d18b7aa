"""What is asked over years, of a table with a column for each and of one with a row for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.understand import understand

WIDE = """区分,令和2年度,令和3年度,令和4年度,令和5年度
出生数(人),812,790,801,765
死亡数(人),1320,1344,1391,1402
乗車人員総数(人),2410,2388,2502,2533
"""
LONG = """年度,出生数(人),死亡数(人),乗車人員総数(人)
令和2年度,812,1320,2410
令和3年度,790,1344,2388
令和4年度,801,1391,2502
令和5年度,765,1402,2533
"""


@pytest.fixture(scope="module", params=[WIDE, LONG], ids=["columns", "rows"])
def years(request: pytest.FixtureRequest, indexed: Callable[..., Store]) -> Store:
    return indexed({"years.csv": request.param})


@pytest.mark.parametrize(
    ("question", "told", "cited"),
    [
        ("出生数が一番多かったのは何年度ですか", ["令和2年度", "812"], "812"),
        ("乗車人員が最も少なかった年は？", ["令和3年度", "2,388"], "2388"),
        ("乗車人員が2500人を超えた年度は？", ["令和4年度", "令和5年度"], "2502"),
        ("乗車人員が2500人を超えたのはいつからですか", ["令和4年度 (2,502人)"], "2502"),
        ("死亡数が1350人を下回ったのは何回ですか", ["2か年", "令和2年度", "令和3年度"], "1344"),
        ("出生数が前の年より増えた年はありますか", ["「令和4年度」"], ""),
        ("令和3年度以降で出生数が一番少ないのは？", ["令和5年度", "765"], "765"),
        ("出生数は4年間で合計何人でしたか", ["3,168"], "790"),
        ("死亡数が一番多い年と一番少ない年の差は？", ["82"], "1402"),
        ("令和3年度から令和5年度の死亡数の平均は？", ["1,379"], "1391"),
        ("死亡数は年々増えていますか", ["はい", "1,344人"], "1344"),
        ("出生数は毎年減っていますか", ["いいえ", "801人"], "801"),
        ("乗車人員はずっと増え続けていますか", ["いいえ", "2,388人"], "2388"),
        ("最新の死亡数は？", ["令和5年度", "1,402人"], "1402"),
        ("死亡数は4年間で何人増えましたか", ["82"], "1402"),
    ],
)
def test_years_are_reckoned_over(question: str, told: list[str], cited: str, years: Store) -> None:
    found = answer(question, years)
    assert found.answered
    assert all(one in found.answer for one in told), found.answer
    assert any(cited in c.quote for c in found.citations)


@pytest.mark.parametrize(
    "question",
    ["令和9年度以降で出生数が一番少ないのは？", "出生数が9000人を超えた年度は？", "令和8年度の出生数は？"],
)
def test_no_other_year_is_told(question: str, years: Store) -> None:
    assert not answer(question, years).answered


def test_of_steps_in_both_ways_neither_is_told(years: Store) -> None:
    assert not any(answer(f"出生数は毎年{way}ていますか", years).answer.startswith("はい") for way in ("増え", "減っ"))


def test_things_above_a_bound_are_no_years(indexed: Callable[..., Store]) -> None:
    store = indexed({"wards.csv": "地区,平成27年,令和2年,令和6年\n東地区,1200,1310,1405\n西地区,980,940,905\n"})
    found = answer("平成27年より令和6年のほうが人口が増えている地区はどこですか", store)
    assert "西地区" not in found.answer
    assert "平成27年、" not in found.answer


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("人口は毎年減っていますか", "yesno"),
        ("人口はどの年も増えていますか、いつからですか", "difference"),
        ("売上は3年連続で増えましたか", "yesno"),
    ],
)
def test_steadily_is_a_question_of_its_own(question: str, operation: str) -> None:
    assert understand(question).operation.value == operation
