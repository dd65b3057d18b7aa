"""Figures of something else than what is asked for are not told: another year's, what only causes it, what is missing, another total."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.values import fold_kanji_numbers
from index import Store
from qa import answer
from qa.totals_told import of_no_total
from qa.types import Draft, Operation
from qa.understand import understand

BY_YEAR = """年度,款,支出済額,前年度支出済額
平成15年度,土木費,"26,348,182,299","27,110,004,511"
平成15年度,消防費,"3,899,286,563","3,850,114,002"
平成26年度,土木費,"30,925,200,855","24,515,944,068"
平成26年度,消防費,"6,908,255,363","4,515,418,810"
"""
SPEECH = """市長施政方針

総務費は79億6,532万円で、市制施行100周年記念事業や庁舎整備の基本計画の策定などにより、8.3パーセントの増でございます。

学校給食につきましては、米をはじめとする食材費の高騰により1食当たり小学校で38円、中学校で44円の不足が生じる見込みとなりました。

就職氷河期世代を対象とした採用試験を実施し、5人を採用しました。

土木費では、市道の改良に7億2,600万円、橋りょうの長寿命化に2億9,500万円、市道の除雪の委託に1億8,000万円を計上いたしました。

令和2年、みなと市とデンバー市は姉妹都市提携を締結してから60周年を迎えました。
"""
TOTALS = """# 令和6年度 １０款 教育費

## １項 教育総務費

| 目 | 本年度予算額 | 前年度予算額 |
|---|---|---|
| 1 教育委員会費 | 3,105 | 3,010 |
| 2 事務局費 | 628,120 | 611,150 |
| 計 | 631,225 | 614,160 |

## ２項 小学校費

| 目 | 本年度予算額 | 前年度予算額 |
|---|---|---|
| 1 学校管理費 | 501,300 | 488,020 |
| 2 教育振興費 | 91,200 | 90,310 |
| 計 | 592,500 | 578,330 |
"""
ACCOUNTS = """# 特別会計の決算

| 会計 | 歳入決算額 | 歳出決算額 | 差引額 |
|---|---|---|---|
| 国民健康保険特別会計 | 915,200 | 902,100 | 13,100 |
| 温泉給湯事業特別会計 | 11,020 | 11,020 | 0 |
| 介護保険特別会計 | 1,361,547 | 1,334,436 | 27,111 |
"""


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("平成26年度の土木費と消防費の支出済額の合計はいくらですか。", "37,833,456,218"),
        ("平成26年度の土木費の支出済額はいくらですか。", "30,925,200,855"),
    ],
)
def test_the_year_before_is_that_of_the_row(indexed: Callable[..., Store], question: str, says: str) -> None:
    given = answer(question, indexed({"accounts_h27.csv": BY_YEAR}))
    assert given.answered
    assert says in given.answer


@pytest.mark.parametrize(
    ("question", "not_said"),
    [
        ("市制施行100周年記念事業の予算額はいくらですか。", "79億"),
        ("学校給食費は小学校で1食いくらですか。", "38円"),
        ("就職氷河期世代の採用試験には何人の応募がありましたか。", "5人"),
        ("土木費で、市道の改良・橋りょうの長寿命化・除雪に計上した額の合計はいくらですか。", "10億2,100万円"),
        ("デンバー市と姉妹都市提携を締結したのはいつですか。", "令和2年"),
    ],
)
def test_a_figure_of_something_else_is_not_told(indexed: Callable[..., Store], question: str, not_said: str) -> None:
    assert not_said not in answer(question, indexed({"speech.txt": SPEECH})).answer


def test_the_total_of_a_part_is_not_that_of_the_whole(indexed: Callable[..., Store]) -> None:
    store = indexed({"education.md": TOTALS})
    assert "631,225" not in answer("教育費の本年度予算額の計はいくらですか。", store).answer
    assert "592,500" in answer("小学校費の計は、令和6年度はいくらですか。", store).answer


def test_rows_are_counted_and_not_two_totals_compared(indexed: Callable[..., Store]) -> None:
    given = answer("特別会計のうち、歳入と歳出の差引額が0円のものはいくつありますか。", indexed({"a.md": ACCOUNTS}))
    assert "温泉給湯" in given.answer


def test_how_many_thousands() -> None:
    asked = understand("観光入込客数は何千人ですか。")
    assert (asked.operation, asked.wants) == (Operation.VALUE, "people")
    assert fold_kanji_numbers("数千人が三千人を") == "数千人が3000人を"


def test_the_total_of_the_whole_is_told_by_its_own_name(indexed: Callable[..., Store]) -> None:
    whole = TOTALS + "\n## ３項 社会教育費\n\n| 目 | 本年度予算額 | 前年度予算額 |\n|---|---|---|\n"
    whole += "| 1 図書館費 | 20,100 | 20,300 |\n| 計 | 20,100 | 20,300 |\n| 教育費 計 | 1,243,825 | 1,212,790 |\n"
    given = answer("教育費の計は、令和6年度はいくらですか。", indexed({"education.md": whole}))
    assert not given.answered or "1,243,825" in given.answer
    assert "20,100" not in given.answer


USED = """# みなと市 森林環境譲与税の決算一覧

## 1 年度末における活用状況

| 区分 | 活用額（円） | 主な事業 |
|---|---|---|
| 森林整備 | 102,364,000 | 私有林の整備 |
| 担い手 | 5,120,000 | 研修 |

活用率 87％（令和7年度末時点）

## 2 高齢者健康センター

延べ利用者数は令和6年度3,306人、実利用者数337人で、上位3地区は横市78人、山田76人、五十市37人。

## 3 学校図書館

蔵書数は令和7年3月末時点で小学校32万3,871冊・中学校18万7,444冊となっている。

## 4 世界大会

十一月五日から八日までの四日間、六年ぶりとなる第十二回海外県人会世界大会を開催いたしました。
"""


@pytest.mark.parametrize(
    ("question", "not_said"),
    [
        ("譲与税の活用率 令和7年度末", "102,364,000"),
        ("高齢者健康センターをいちばん多く利用している地区はどこで、何人ですか", "のは「延べ利用者数」"),
        ("次の海外県人会世界大会、いつどこでやるの？", "十一月五日"),
    ],
)
def test_another_measure_another_time(indexed: Callable[..., Store], question: str, not_said: str) -> None:
    assert not_said not in answer(question, indexed({"minato_r7.md": USED})).answer


def test_a_sum_is_told_and_not_what_it_is_of(indexed: Callable[..., Store]) -> None:
    given = answer(
        "小学校と中学校の学校図書館の蔵書数（令和7年3月末）を合わせると何冊ですか。", indexed({"minato_r7.md": USED})
    )
    assert not given.answered or "511,315" in given.answer or "51万1,315" in given.answer


def test_two_figures_are_no_sum_of_them() -> None:
    asked = understand("小学校と中学校の蔵書数を合わせると何冊ですか。")
    told = "蔵書数は小学校32万3,871冊・中学校18万7,444冊で、総合政策部が担当した。"
    assert of_no_total(asked, Draft(told, told, "passage", (), None, (), 0.9))
    told = "蔵書数は小学校32万3,871冊・中学校18万7,444冊、合計51万1,315冊となった。"
    assert not of_no_total(asked, Draft(told, told, "passage", (), None, (), 0.9))


def test_the_last_time_is_told_of_what_was(indexed: Callable[..., Store]) -> None:
    given = answer("海外県人会世界大会はいつ開催されましたか。", indexed({"minato_r7.md": USED}))
    assert "十一月五日" in given.answer
