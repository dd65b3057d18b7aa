"""Where a question that asks several things may be cut, and what each part then says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.several import cuts
from qa.several_parts import FIGURE, ONE, Parts


def parts(text: str) -> list[tuple[str, ...]]:
    return [found.questions for found in cuts(text)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("市民合唱祭の予算と湖畔野外劇の参加者を教えて", ("市民合唱祭の予算は?", "湖畔野外劇の参加者は?")),
        ("市民合唱祭の予算と、参加者は？", ("市民合唱祭の予算は?", "市民合唱祭の参加者は?")),
        ("市民合唱祭について、予算額と担当課を教えてください", ("市民合唱祭の予算額は?", "市民合唱祭の担当課は?")),
        ("市民合唱祭の予算は？湖畔野外劇の予算は？", ("市民合唱祭の予算は?", "湖畔野外劇の予算は?")),
        ("市民合唱祭について、予算額と参加者はそれぞれ何人", ("市民合唱祭の予算額は何人?", "市民合唱祭の参加者は何人?")),
        (
            "令和4年度の市民合唱祭の予算額、参加者、開始年度は？",
            ("令和4年度の市民合唱祭の予算額は?", "令和4年度の市民合唱祭の参加者は?", "令和4年度の市民合唱祭の開始年度は?"),
        ),
        ("審議会は何回開かれて、委員は何人でしたか", ("審議会は何回開かれて?", "審議会の委員は何人でしたか")),
        (
            "苗木は何本植えて、そのうち何本が枯れたのですか",
            ("苗木は何本植えて?", "苗木の何本が枯れたのですか"),
        ),
        ("利用券の発行数は、プール事業の令和5年度の決算額の何％ですか", ("利用券の発行数は?", "プール事業の令和5年度の決算額は?")),
        ("館の予算額を、読書会に出た児童の人数で割ると", ("館の予算額は?", "読書会に出た児童の人数は?")),
        ("苗木は何本植えて、そのうち何本が枯れたのですか", ("苗木は何本植えて?",)),
        ("休止する路線はどれ？その理由も教えて", ("休止する路線はどれ?", "休止する路線の理由も教えて")),
        (
            "夏まつりは令和4年度と令和5年度でそれぞれいつ開かれましたか",
            ("夏まつりは令和4年度でいつ開かれましたか", "夏まつりは令和5年度でいつ開かれましたか"),
        ),
    ],
)  # fmt: skip
def test_a_question_is_cut_into_whole_questions(text: str, cut: tuple[str, ...]) -> None:
    assert cut in parts(text)


@pytest.mark.parametrize(
    ("text", "how", "cut"),
    [
        ("市民合唱祭の予算を参加者で割ると？", "per", ("市民合唱祭の予算は?", "市民合唱祭の参加者は?")),
        (
            "図書館運営の令和5年度の決算額は、同じ年度の当初予算額の何％ですか",
            "percent",
            ("図書館運営の令和5年度の決算額は?", "図書館運営の令和5年度の当初予算額は?"),
        ),
        (
            "図書館運営の令和5年度決算額は、令和4年度当初予算額の約何倍？",
            "times",
            ("図書館運営の令和5年度決算額は?", "図書館運営の令和4年度当初予算額は?"),
        ),
        (
            "図書館運営の当初予算額に比べて決算額はいくら少なかったですか",
            "difference",
            ("図書館運営の決算額は?", "図書館運営の当初予算額は?"),
        ),
        ("図書館運営と公民館運営、あわせた決算額は？", "sum", ("図書館運営の決算額は?", "公民館運営の決算額は?")),
        ("図書館運営と公民館運営の決算額の差は？", "difference", ("図書館運営の決算額は?", "公民館運営の決算額は?")),
    ],
)
def test_a_calculation_names_its_figures(text: str, how: str, cut: tuple[str, ...]) -> None:
    assert any(found.how == how and found.questions == cut for found in cuts(text))


def test_a_later_part_keeps_what_the_first_is_about() -> None:
    (found,) = cuts("市民合唱祭の予算と、参加者は？")
    assert found.subject == "市民合唱祭"


def test_a_sentence_that_only_leads_up_says_what_it_is_about() -> None:
    assert list(cuts("図書館運営の金額が気になります。決算額はいくらですか。")) == [
        Parts(("図書館運営の決算額はいくらですか。",), ONE, "図書館運営の")
    ]


def test_an_echo_asks_for_the_figure_of_the_same_thing() -> None:
    assert list(cuts("決算額が一番大きい事業はどれですか。金額も。")) == [
        Parts(("決算額が一番大きい事業はどれですか。",), FIGURE)
    ]


@pytest.mark.parametrize(
    "text", ["市民合唱祭の予算は？", "参加者", "いくつありますか？", "", "図書館では、何を貸していますか"]
)
def test_a_question_that_asks_one_thing_is_not_cut(text: str) -> None:
    assert parts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "「海の祭りの参加者と予算」と「山の祭り」と「丘の祭り」の差はいくらですか",
        "ふるさと納税ときのこの生産額を教えて",
        "国に要望することを決めたところは何か所ですか。件数も",
    ],
)
def test_nothing_is_cut_inside_brackets_or_a_noun(text: str) -> None:
    for one in (one for questions in parts(text) for one in questions):
        assert one.count("「") == one.count("」")
        assert not one.startswith(
            ("ふるさは", "ふるさの", "納税", "きは", "こは", "国に要望するこは", "国に要望するこの")
        )


@pytest.mark.parametrize(
    "text",
    ["姉妹都市や友好団体との連携だけの決算額を教えて", "町の復興と平和を願う宣言は、いつ始まったものですか"],
)
def test_with_joins_nothing_and_what_stands_in_a_clause_is_no_part(text: str) -> None:
    assert parts(text) == []


def test_what_stands_in_brackets_is_named_whole() -> None:
    text = "「海の祭りの予算と参加者」と「山の祭り」の来場者を教えて"
    assert ("「海の祭りの予算と参加者」の来場者は?", "「山の祭り」の来場者は?") in parts(text)


@given(st.text("市民合唱祭の予算と参加者、は？。をで割ると教えて「」ことふるさと", max_size=40))
def test_no_letter_that_stands_for_others_is_left(text: str) -> None:
    for one in cuts(text):
        assert not any("\ue000" <= letter <= "\uf8ff" for question in one.questions for letter in question)


@given(st.text("市民合唱祭の予算と参加者、は？。をで割ると教えて ", max_size=30))
def test_every_cut_has_parts_of_the_question(text: str) -> None:
    found = list(cuts(text))
    assert len(found) <= 8
    for one in found:
        assert one.how in (ONE, FIGURE) or len(one.questions) > 1
        for question in one.questions:
            assert set(question) <= {*text, "?", "は", "の", " ", "、"}


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("港地区では1世帯あたり何人が暮らしていますか", ("港地区では人口は何人?", "港地区では世帯数は?")),
        ("体育館の利用者1人当たりの経費は", ("体育館の経費は", "体育館の利用者数は?")),
        (
            "令和5年度の町の教育費は、町民1人あたりいくら",
            ("令和5年度の町の教育費は、いくら", "令和5年度の町の教育費は、人口は?"),
        ),
    ],
)
def test_what_there_is_for_each_is_divided_by_how_many(text: str, questions: tuple[str, str]) -> None:
    found = next(iter(cuts(text)))
    assert found.how == "per"
    assert found.questions == questions


def test_a_cause_is_nothing_to_compare_with() -> None:
    assert not any(
        parts.how == "difference" for parts in cuts("校舎建築工事の契約金額は、変更によりいくら増えましたか。")
    )
