"""A budget book as it is printed: articles, 款 and 項, projects that run on; and questions of people who do not know its words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa import answer
from qa.respelled import respelled

BOOK = """# 令和7年度みなと市一般会計予算書

第1条 歳入歳出予算の総額は、歳入歳出それぞれ8,070,000千円と定める。

第5条 一時借入金の借入れの最高額は、800,000千円と定める。

第6条 歳出予算の各項の経費の金額を流用することができる場合は、次のとおりと定める。

(1) 各項に計上した給料、職員手当等及び共済費に係る予算額に過不足を生じた場合における同一款内での流用

(2) 災害の復旧に要する経費の間の流用

## 歳出

| 款 | 項 | 金額<br>千円 |
|---|---|---|
| 1 議会費 | | 58,914 |
| 1 議会費 | 1 議会費 | 58,914 |
| 8 土木費 | | 626,049 |
| 8 土木費 | 1 土木管理費 | 216,384 |
| 8 土木費 | 2 道路橋りょう費 | 238,467 |
| 8 土木費 | 3 河川費 | 171,198 |
| 9 消防費 | | 84,293 |
| 9 消防費 | 1 消防費 | 84,293 |

## 第3表 地方債

| 起債の目的 | 限度額（千円） | 起債の方法 |
|---|---|---|
| 小学校校舎改修事業 | 248,900 | 証書借入 |
| 中学校校舎改修事業 | 516,400 | 証書借入 |
| 給食センター整備事業 | 328,700 | 証書借入 |
"""
SERIES = """年度,区分,金額（百万円）
2023,歳入,"96,100"
2023,歳出,"94,900"
2024,歳入,"97,455"
2024,歳出,"95,880"
"""


@pytest.fixture
def book(indexed: Callable[..., Store]) -> Store:
    return indexed({"minato_r7_yosansho.md": BOOK})


def test_what_follows_an_article_is_told_with_it(book: Store) -> None:
    given = answer("歳出予算の各項の経費の金額を流用できるのはどのような場合ですか。", book)
    assert "次のとおり" in given.answer
    assert "給料" in given.answer
    assert "災害の復旧" in given.answer


@pytest.mark.parametrize(
    "question",
    ["第1表の歳出8款土木費に含まれる項をすべて挙げてください。", "歳出の土木費に含まれる項をすべて挙げてください。"],
)
def test_the_number_of_a_table_is_no_number_in_its_rows(book: Store, question: str) -> None:
    given = answer(question, book)
    assert given.kind == "list"
    assert "3件です: 土木管理費、道路橋りょう費、河川費" in given.answer


def test_what_amounts_come_to_altogether_is_added_up(book: Store) -> None:
    given = answer("小学校と中学校の校舎改修のために借りられるお金（地方債の限度額）は全部でいくら？", book)
    assert given.kind == "sum"
    assert "765,300千円" in given.answer


@pytest.mark.parametrize(
    "question",
    ["一時的にお金を借りるときの上限（一時借入金の最高額）はいくらまで？", "一時借入金の最高額はいくらですか。"],
)
def test_a_name_in_brackets_is_asked_for(book: Store, question: str) -> None:
    assert "800,000千円" in answer(question, book).answer


def test_a_name_in_brackets_stands_for_no_year(indexed: Callable[..., Store]) -> None:
    given = answer("2021年度に入るお金（歳入の金額）はいくらですか。", indexed({"suii.csv": SERIES}))
    assert not given.answered


def test_money_that_comes_in_and_goes_out(indexed: Callable[..., Store]) -> None:
    given = answer("2024年度に入ってきたお金と出ていったお金の差はいくら？", indexed({"minato_suii.csv": SERIES}))
    assert "1,575百万円" in given.answer


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("入ってきたお金は?", "入るお金は?"),
        ("出ていくお金は?", "出るお金は?"),
        ("借りられるお金は?", "借りるお金は?"),
        ("余ったお金は?", "余ったお金は?"),
        ("入った人は?", "入った人は?"),
    ],
)
def test_money_said_plainly(asked: str, said: str) -> None:
    assert respelled(asked) == said


def test_lists_inside_cells_are_asked_for_like_rows(indexed: Callable[..., Store]) -> None:
    rows = (
        "<tr><td>１ 農業委員会費</td><td>25,141</td><td>5,214</td><td>○農業委員会運営事業  8,213<br>・農業委員報酬（17人）  4,284<br>"
        "・推進委員報酬（14人）  2,952</td></tr><tr><td>２ 農業振興費</td><td>143,626</td><td>86,420</td><td>○鳥獣対策事業  14,763<br>"
        "・電気柵等設置補助金  4,200<br>・ニホンザル追い払い委託料  5,280</td></tr>"
    )
    head = "<tr><th>目</th><th>本年度予算額（千円）</th><th>国県支出金（千円）</th><th>説明</th></tr>"
    store = indexed({"yosan.html": f"<h1>みなと市予算説明書</h1><table>{head}{rows}</table>"})
    assert "4,284千円" in answer("農業委員報酬はいくらですか。", store).answer
    assert "14,763千円" in answer("鳥獣対策事業の予算はいくらですか。", store).answer
    both = answer("農業委員報酬と推進委員報酬を合わせるといくらですか。", store)
    assert [v.value for v in both.values] == [7236]
    assert "143,626千円" in answer("農業振興費の本年度予算額はいくらですか。", store).answer
