"""Columns under heads under heads: each word of the question chooses among them, and none is chosen by chance; and
states and persons of a roll.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer

MOVES = """白砂町の転入者数と転出者数(令和5年),,,,,,,,,
,,,,,,,,(単位:人)
月,転入者数,,,,転出者数,,,
,町内,,町外,,町内,,町外,
,男,女,男,女,男,女,男,女
1月,13,18,269,194,12,17,320,252
2月,30,25,253,236,16,11,430,343
3月,97,22,308,998,20,38,288,599
"""
ROLL = """漁協の役員選挙の結果,,,,
選挙順位,当落,候補者,,票数
,,氏名,所属地区,
1,当選,磯部 たかし,白砂地区,412
2,当選,浜田 ゆう,岬地区,398
3,落選,沖 けんじ,白砂地区,120
4,落選,波多 みのる,岬地区,96
5,落選,灘 さとる,岬地区,45
"""


@pytest.fixture(scope="module")
def moves(indexed: Callable[..., Store]) -> Store:
    return indexed({"ido.csv": MOVES})


@pytest.fixture(scope="module")
def roll(indexed: Callable[..., Store]) -> Store:
    return indexed({"senkyo.csv": ROLL})


@pytest.mark.parametrize(
    ("asked", "figure"),
    [
        ("白砂町で令和5年2月に町外へ転出した男性は何人ですか。", "430人"),
        ("1月 町外からの転入 女", "194人"),
        ("3月の町内への転出の女性は?", "38人"),
    ],
)
def test_each_word_chooses_among_the_columns(asked: str, figure: str, moves: Store) -> None:
    given = answer(asked, moves)
    assert figure in given.answer
    assert len(given.values) == 1


@pytest.mark.parametrize(
    "asked",
    [
        "町外からの転入者が一番多い月は?",  # men or women?
        "出ていった人が一番多かったのは何月ですか。",
        "3月の転出者のうち、町外へ出た人の割合は何%ですか。",
    ],
)
def test_no_column_is_chosen_by_chance(asked: str, moves: Store) -> None:
    assert not answer(asked, moves).answered


@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        ("磯部たかしは当選しましたか。", "はい"),
        ("岬地区の波多みのる候補は当選しましたか。", "いいえ"),
        ("沖けんじは落選しましたか?", "はい"),
    ],
)
def test_the_state_asked_is_the_last_one(asked: str, opening: str, roll: Store) -> None:
    given = answer(asked, roll)
    assert given.answer.startswith(opening)
    assert "当落" in given.answer


@pytest.mark.parametrize(
    ("asked", "told"), [("岬地区の落選者は何人ですか。", "2人"), ("白砂地区の候補者は何人?", "2人")]
)
def test_persons_are_counted(asked: str, told: str, roll: Store) -> None:
    given = answer(asked, roll)
    assert (given.kind, given.values[0].value) == ("count", 2)
    assert told in given.answer


def test_a_name_beside_a_header_stays_unexplained(roll: Store) -> None:
    assert not answer("ブラジル候補のうち得票数が最も多いのは誰ですか。", roll).answered
    assert answer("岬地区の候補のうち票数が最も多いのは誰ですか。", roll).answered


GRADES = """指定管理の評価
施設,指定管理料(千円),運営,収支,総合評価
白砂館,9800,A,B,B
岬の家,4100,A,A,A
湊ホール,7200,B,C,B
"""


@pytest.fixture(scope="module")
def grades(indexed: Callable[..., Store]) -> Store:
    return indexed({"hyoka.csv": GRADES})


def test_a_mark_is_looked_for_under_the_header_that_is_named(grades: Store) -> None:
    assert answer("総合評価がAの施設は全部でいくつありますか。", grades).values[0].value == 1
    assert "2" in answer("運営がAの施設は何件ですか。", grades).answer


@pytest.mark.parametrize("asked", ["総合評価が最も高い施設はどこですか。", "白砂館と岬の家ではどちらがきれいですか。"])
def test_what_no_figure_says_is_not_the_largest(asked: str, grades: Store) -> None:
    assert not answer(asked, grades).answered
