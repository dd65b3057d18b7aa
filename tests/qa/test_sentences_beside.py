"""What only the sentence beside tells (これは, このため, 配備先は), and what breaks a line of prose in two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.folding import join_cut_figures, searchable
from corpus.values import find_quantities
from index import Store
from qa import answer
from qa.wording import quoted

SPEECH = """みなと市議会定例会　市長提案理由説明

【令和6年度決算について】
　また、一般会計の市債残高は令和6年度末で235億4,120万円となり、前年度末から3億8,860万円増加いたしました。これは、みなと中学校をはじめとする公共施設の長寿命化事業が本格化したことによるものであります。
　歳入では、市税が前年度を上回りました。

【提出議案について】
　議案第67号　みなと市下水道条例の一部改正は、下水道使用料を来年7月検針分から平均12.8％
引き上げようとするもので、1か月20立方メートルを使用する標準的な家庭では、現行の2,970
円が3,350円となります。これは、施設の老朽化対策に多額の費用が見込まれる一方、使用料で賄
うべき経費の回収率が84.7％にとどまっていることによるものであります。
　議案第93号、財産の取得につきましては、消防ポンプ自動車2台を4,752万円で取得いたすものであります。配備先は、岡消防署管内の第12分団及び谷町の第24分団であります。

【施設について】
　温水プールの利用者数は、年間3万2千人でした。ろ過設備の故障により、1月15日から2月29日までの46日間休館し、緊急修繕を行いました。このため、温水プールの利用者数は目標を下回りました。
"""
MINUTES = """上下水道審議会　会議録

森委員：下水道使用料を水道料金と同じ年に上げない理由は何か。
事務局：家計への負担が一度に重くならないよう、値上げの時期を一年ずらすこととした。
"""
GRANTS = """名称,交付先,令和5年度,令和6年度,備考
観光協会補助金,観光協会,"6,000","7,200",花まつり開催経費の増
遺族会補助金,遺族会,180,-,令和5年度をもって廃止
商工会補助金,商工会,"11,800","11,800",
"""


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("みなと市の令和6年度末の一般会計市債残高が前年度末より増加した理由は何ですか。", "長寿命化"),
        ("下水道使用料を引き上げるのはなぜですか。", "回収率が84.7％"),
        ("温水プールの利用者数が目標を下回ったのはなぜですか。", "ろ過設備の故障"),
        ("谷町の分団にも消防ポンプ自動車は配備されますか。", "谷町の第24分団"),
    ],
)
def test_the_sentence_beside_is_told_as_well(indexed: Callable[..., Store], question: str, says: str) -> None:
    given = answer(question, indexed({"speech.txt": SPEECH}))
    assert given.answered
    assert says in given.answer


def test_a_question_is_no_answer(indexed: Callable[..., Store]) -> None:
    given = answer("下水道使用料を水道料金と同じ年に上げない理由は何ですか。", indexed({"minutes.txt": MINUTES}))
    assert not given.answered or "一年ずらす" in given.answer


def test_a_remark_gives_the_reason_in_a_noun(indexed: Callable[..., Store]) -> None:
    given = answer("観光協会への補助金が増えたのはどうして？", indexed({"grants.csv": GRANTS}))
    assert "花まつり開催経費の増" in given.answer


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        (
            "標準的な家庭が1か月に水を20立方メートルお使いになるときは、現行の2,970\n円が3,350円となります。",
            "現行の2,970円が3,350円",
        ),
        (
            "議案第58号のみなと市一般会計補正予算につきましては、その補正額は9億4\n,672万9千円の追加となります。",
            "9億4,672万9千円の追加",
        ),
        (
            "このたび、下水道使用料を来年の7月の検針の分から平均して12.8％\n引き上げようとするものであります。",
            "12.8％引き上げよう",
        ),
    ],
)
def test_a_full_line_of_prose_goes_on(printed: str, whole: str) -> None:
    assert whole in quoted(printed)


def test_short_lines_stay_apart() -> None:
    assert quoted("会費 500\n円山公園 3か所") == "会費 500 / 円山公園 3か所"
    assert join_cut_figures("定員 20\n名称 浜") == "定員 20\n名称 浜"


def test_a_number_before_a_name_is_no_count() -> None:
    told = find_quantities(searchable("説明が「003 園芸振興費」のうち最も大きいもの"))
    assert [(int(q.value), q.unit) for q in told] == [(3, None)]


def test_codes_and_years_before_names_are_no_counts_but_what_is_counted_is() -> None:
    told = find_quantities(searchable("内訳: 1930 人口密度 91、003 人権教育推進事業費、3 セット制作"))
    assert [(int(q.value), q.unit) for q in told] == [(1930, None), (91, None), (3, None), (3, "セット")]
