"""Speeches that write figures out and count their points, newsletters whose dots lead to figures, lines that cut a figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from corpus.folding import tidy
from corpus.values import find_quantities
from index import Store
from qa.opposites import or_the_other_way
from qa.parts import parts
from qa.pipeline import answer
from qa.prose_candidates import candidate_at
from qa.prose_features import period_fit
from qa.prose_reading import read
from qa.several import cuts
from qa.types import Explained, Operation
from qa.understand import understand
from qa.wording import quoted

SPEECH = """あおば町議会 令和6年第1回定例会 町長説明

　本年の町政運営は、四つの柱により進めてまいります。
　その第一は、子どもの学びを支える町であります。
　給食費を見直します。
　第二は、お年寄りの足を守る町であります。
　第三は、商いの続く町であります。
　そして、第四は、水害に強い町であります。

　私の公約の一つ目である、図書館の建て替えについてであります。
　次に、公約の二つ目である、乗合タクシーの増便についてであります。
　これら二つの公約を進めてまいります。

　三月三十一日、令和五年度一般会計予算に二百五十万円を追加する専決処分を行いました。
　議案第八号は、海岸整備基金条例を廃止する条例であります。
　本案は、基金の残高がなくなり、今後は基金を使わずに整備を続けることから、条例を廃止するものであります。
　町内の二つの保育園が行う園舎の改修に補助をいたします。
"""
NEWS = """<html><body><h1>広報あおば 令和6年4月号</h1><h2>令和6年度予算の主な取り組み</h2><h3>学びの町</h3>
<p>・学童クラブの開設時間延長&hellip;203万円</p><p>夜7時まで開きます</p><p>・図書館の建て替え&hellip;4億3,247万円</p>
<p>来年秋に開館します</p><p>・支援員の配置&hellip;92万円</p></body></html>"""


@pytest.fixture(scope="module")
def town(indexed: Callable[..., Store]) -> Store:
    return indexed({"aoba-setsumei.txt": SPEECH, "aoba-koho.html": NEWS})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("町政運営の4つの柱をすべて挙げてください。", ["学びを支える", "足を守る", "商いの続く", "水害に強い"]),
        ("町長の2つの公約を挙げてください。", ["図書館の建て替え", "乗合タクシーの増便"]),
        ("学童クラブの開設時間延長の予算額はいくらですか。", ["延長 203万円"]),
        ("園舎の改修に補助が出る保育園はいくつですか。", ["二つ"]),
    ],
)
def test_questions_in_digits_are_answered_from_figures_written_out(town: Store, question: str, told: list[str]) -> None:
    said = answer(question, town)
    assert said.answered
    assert all(one in said.answer for one in told), said.answer


def test_a_sentence_that_goes_on_knows_what_the_one_before_is_about(town: Store) -> None:
    document = town.documents["aoba-setsumei"]
    quotes = [document.quote(p.span) for p in document.passages]
    at = next(i for i, text in enumerate(quotes) if text.strip().startswith("本案は"))
    assert "海岸整備基金条例" in candidate_at(document, at, 1).lead
    assert candidate_at(document, at + 1, 1).lead == ""


def test_this_year_in_words_is_the_year_asked_for_with_its_name(town: Store) -> None:
    document = town.documents["aoba-setsumei"]
    one = candidate_at(document, 0, 1)
    told = replace(one, text="今年度は48回となっています。", years=(), heading=(), before="", after="")
    assert period_fit(understand("今年度(令和3年度)の出動回数は何回ですか。"), told) > 0.0


def test_dots_lead_to_a_figure() -> None:
    (found,) = find_quantities("会費......500円")
    assert found.text == "500円"
    assert find_quantities("No.5") == ()
    assert [(p.label, p.text) for p in parts("会費……500円、資料代…200円")] == [("会費", "500円"), ("資料代", "200円")]
    assert quoted("会費……500円") == "会費 500円"


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("令和１\n１年度", "令和１１年度"),
        ("最大１０\n０万円", "最大１００万円"),
        ("1,23\n4円", "1,234円"),
        ("12\n34", "12 34"),
        ("5人\n0人", "5人 0人"),
    ],
)
def test_a_figure_that_a_line_cuts_is_whole(printed: str, whole: str) -> None:
    assert tidy(printed) == whole


def test_a_difference_is_written_as_its_figures_are(indexed: Callable[..., Store]) -> None:
    store = indexed({"aoba-yosan.csv": "区分,予算額\n教育の振興,766億円\n環境の向上,606億円\n福祉の充実,3145億円\n"})
    said = answer("教育の振興の予算額は環境の向上よりいくら多いですか。", store)
    assert said.answered
    assert "160億円" in said.answer


def test_nothing_is_added_that_the_question_does_not_name() -> None:
    asked = "青葉市の一般会計歳出で、「道路の整備」と「公園の管理」の合計はいくらですか。"
    assert all("のは" not in text for made in cuts(asked) for text in made.questions)


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("計画の策定はどのくらい遅れる見込みですか。", {"計画", "策定"}),
        ("着工はいつの予定ですか。", {"着工"}),
        ("バスはどことどこを結ぶ計画ですか。", {"バス", "結ぶ"}),
        ("次期の計画ですか。", {"次期", "計画"}),
    ],
)
def test_how_surely_a_thing_is_said_is_not_asked_for(question: str, terms: set[str]) -> None:
    assert {term.surface for term in understand(question).terms} == terms


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("助成されるのはどの検査の費用ですか。", "thing"),
        ("費用を助成するのはどの部分ですか。", "thing"),
        ("検査の費用を教えてください。", "money"),
        ("検査の費用はどのくらいの費用ですか。", "money"),
    ],
)
def test_a_cost_is_asked_for_only_by_itself(question: str, wants: str) -> None:
    assert understand(question).wants == wants


def test_whatever_is_told_of_a_thing_needs_no_word_for_it() -> None:
    def weight(text: str, surface: str) -> float:
        return next(term.weight for term in understand(text).terms if term.surface == surface)

    assert weight("新しい窓口はどんな仕組みですか。", "仕組み") < weight("新しい窓口の仕組みは。", "仕組み")
    assert weight("新しい窓口にはどんな罰則がありますか。", "罰則") == weight("新しい窓口の罰則は。", "罰則")


def test_a_sentence_with_only_a_new_year_goes_on(indexed: Callable[..., Store]) -> None:
    text = "青葉町議会 会議録\n\n次に、総排雪量については、昨年度は1月が4,000立方メートルでした。今年度は1月が5,000立方メートルです。\n"
    document = indexed({"aoba-gijiroku.txt": text}).documents["aoba-gijiroku"]
    assert "総排雪量" in candidate_at(document, len(document.passages) - 1, 1).lead


def test_what_gives_no_reason_is_no_answer_to_why(town: Store) -> None:
    said = answer("海岸整備基金条例を廃止するのはなぜですか。", town)
    assert said.answered
    assert "残高がなくなり" in said.answer


def test_a_year_that_is_only_compared_with_is_not_what_a_sentence_is_of(town: Store) -> None:
    one = replace(candidate_at(town.documents["aoba-setsumei"], 0, 1), years=(2024,), heading=(), before="", after="")
    asked = understand("令和6年度の予算が増えた要因は何ですか。")
    told = replace(one, text="令和5年度と比較しますと、扶助費の増加により3.3%の増となっています。")
    other = replace(one, text="令和5年度は、扶助費の増加により3.3%の増となっています。")
    assert period_fit(asked, told) > 0.0 > period_fit(asked, other)


@pytest.mark.parametrize(
    ("question", "sentence", "strength"),
    [
        ("相談窓口は平日だけですか。", "相談窓口は年中無休で開いています。", True),
        ("改修の補助は今も続いていますか。", "改修の補助は3月末で終了しました。", True),
        ("相談窓口は有料ですか。", "相談窓口は年中無休で開いています。", False),
        ("平日の相談窓口はいつ開きますか。", "相談窓口は年中無休で開いています。", False),
    ],
)
def test_the_other_way_answers_whether_it_is_so(question: str, sentence: str, strength: bool) -> None:
    asked = understand(question)
    lost = [Explained(term, 0.0, "") for term in asked.terms]
    told = or_the_other_way(lost, read(sentence)) if asked.operation is Operation.YESNO else tuple(lost)
    assert any(account.strength > 0.0 for account in told) is strength
