"""Two accounts compared in a question, a change from a year that is named, and things told apart by a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import searchable
from index import Store
from qa import answer
from qa.numbered import numbered_otherwise
from qa.several import cuts
from qa.understand import understand

ACCOUNTS = """令和7年度 会計別予算,,,
,,,（単位：千円）
会計名,令和7年度,令和6年度,増減率(%)
一般会計,"28,640,000","27,480,000",4.2
国民健康保険特別会計,"5,218,300","5,364,900",△2.7
介護保険特別会計,"6,047,200","5,893,600",2.6
後期高齢者医療特別会計,"1,124,800","1,048,300",7.3
土地区画整理特別会計,"412,600","537,400",△23.2
"""


@pytest.fixture(scope="module")
def accounts(indexed: Callable[..., Store]) -> Store:
    return indexed({"r7_kaikei.csv": ACCOUNTS})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "令和7年度の各特別会計のうち、前年度からの減少額が最も大きい会計はどれで、いくら減っていますか。",
            ["国民健康保険特別会計", "146,600"],
        ),
        ("介護保険特別会計の予算額は国民健康保険特別会計の予算額を上回っていますか。", ["はい", "828,900"]),
        ("土地区画整理特別会計の予算額は後期高齢者医療特別会計の予算額を上回っていますか。", ["いいえ", "712,200"]),
    ],
)
def test_accounts_are_put_side_by_side(accounts: Store, question: str, said: list[str]) -> None:
    given = answer(question, accounts)
    assert given.answered
    assert all(one in searchable(given.answer) for one in said), given.answer
    assert given.answer.count("はい、") + given.answer.count("いいえ、") <= 1


def test_what_is_asked_of_the_thing_just_named_is_no_follow_up() -> None:
    asked = understand("歳出で、翌年度繰越額が最も大きい款はどれで、その額はいくらですか。")
    assert asked.operation.value == "maximum"
    assert understand("その額はいくらですか。").operation.value == "follow_up"


def test_a_figure_and_its_ratio_to_the_year_before_are_two_questions() -> None:
    parts = [one.questions for one in cuts("令和7年度予算で町債はいくらで、前年度比でいくら減りましたか。")]
    assert any("令和6年度と比べていくら" in question for questions in parts for question in questions)


def test_an_account_in_front_of_a_list_is_no_member_of_it() -> None:
    parts = [
        one
        for one in cuts("令和6年度一般会計予算で、個人町民税と法人町民税を合わせた額はいくらですか。")
        if one.how == "sum"
    ]
    assert [len(one.questions) for one in parts] == [2]


@pytest.mark.parametrize(
    ("asked", "told", "otherwise"),
    [
        ("補正予算(第9号)の総額", "議案第10号 一般会計補正予算(第8号)は73億円です。", True),
        ("補正予算(第9号)の総額", "議案第10号 一般会計補正予算(第9号)は73億円です。", False),
        ("補正予算(第9号)の総額", "以上の結果、議案第10号の総額は73億円です。", False),
        ("補正予算の総額", "一般会計補正予算(第8号)は73億円です。", False),
    ],
)
def test_numbered_otherwise(asked: str, told: str, otherwise: bool) -> None:
    assert numbered_otherwise(asked, told) is otherwise
