"""Questions that name things otherwise than the documents do, or ask for headings, lists and totals as people do."""

from __future__ import annotations

import pytest

from index import Store
from qa import answer
from qa.several import by_its_name


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("位置情報を使った来訪者の分析は、何のために活用されましたか", ("広報の重点地域を決める資料",)),
        ("英語教育のモデル校になった高校を全部教えて", ("東、西、港",)),
        ("海外からの来訪相談、留学の相談、輸出の相談の実績件数は全部で何件になりますか", ("85件",)),
        ("海外人材活用支援と輸出入門講座、R6予算は合計いくらですか", ("730千円", "520千円", "210千円")),
        ("交流課の事業でいちばん古くからあるのは何ですか", ("交流まつり", "H12")),
        ("平成のころから続いている事業をすべて挙げて", ("海外人材活用支援", "輸出入門講座", "英会話サロン", "交流まつり")),
        ("平成に始まった事業は何件？", ("4件",)),
        ("外国の人と触れ合うお祭り（交流まつり）は、令和6年度の当初予算はいくらですか", ("2,650千円",)),
        ("交流行事の取組はいくつですか", ("8つ", "交流まつり", "窓口の実績")),
        ("交流行事は8つの項目に分かれていますが、その項目名をすべて挙げて", ("交流まつり", "窓口の実績")),
    ],
)  # fmt: skip
def test_answers(question: str, says: tuple[str, ...], fair: Store) -> None:
    given = answer(question, fair)
    assert given.answered
    assert all(part in given.answer for part in says), given.answer


def test_a_figure_beside_is_no_total(fair: Store) -> None:
    assert "41" not in answer("窓口の相談の実績の合計は", fair).answer.split("内訳")[0]


@pytest.mark.parametrize(
    ("question", "by_name"),
    [
        ("会合に出るときの会費など(社会参加費)は、決算でいくらだった?", "社会参加費は、決算でいくらだった?"),
        ("市の貯金である基金(財政調整基金)の残高は", "財政調整基金の残高は"),
        ("交流まつり(令和6年度)は何人来ましたか", None),
        ("寄附金は何件でしたか", None),
    ],
)
def test_the_name_in_brackets(question: str, by_name: str | None) -> None:
    assert by_its_name(question) == by_name
