"""What turns are told by: remarks and thanks, orders, figures beside others; and single questions that they lead to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index import Store, build, open_store
from qa import answer
from qa.followup import follow_up_grammar, read_follow_up, small_talk
from qa.followup_quoted import units_asked
from qa.followup_slots import slots
from qa.lookup import in_kanji
from qa.parts import labelled
from qa.understand import MOST_IN_ORDER, understand


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Store:
    from tests.qa.conftest import HERE

    folder = tmp_path_factory.mktemp("lake-index")
    build(HERE / "lake", folder)
    return open_store(folder)


@pytest.mark.parametrize(
    ("text", "is_talk"),
    [
        ("湖のデータまで使うなんて面白いですね", True), ("短くて子どもにも見やすそうですね。", True), ("ご丁寧にありがとうございます！", True),
        ("教えてくださりありがとうございました", True), ("半分以上なんてすごいですね。", True),
        ("令和3年度も続いていますよね", False), ("その事業は継続ですね", False), ("ありがとう。では令和4年度は？", False),
        ("やっぱり水質調査隊じゃなくてカヌー教室です", False), ("どんな事業が多いですか", False),
    ],
)  # fmt: skip
def test_remarks_and_thanks_ask_nothing(text: str, is_talk: bool) -> None:
    assert (small_talk(text) is not None) == is_talk


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("金額は？", True), ("人数にすると？", True), ("何社ですか", True), ("参加した人数は", True), ("いくらですか", True), ("総額はいくらになりますか", True),
        ("移住相談の件数は？", False), ("講座の金額は？", False), ("何をしましたか", False), ("いつですか", False), ("令和5年度は？", False),
    ],
)  # fmt: skip
def test_a_turn_that_asks_for_nothing_but_another_kind_of_figure(text: str, asks: bool) -> None:
    match = follow_up_grammar().at("figure", "asked").search(read_follow_up(text).text)
    told = match is not None and bool(match["name"] or match["money"] or match["counter"])
    assert told == asks


def test_the_units_a_figure_is_asked_for_in() -> None:
    assert units_asked("名", None) == units_asked(None, "人数") == {"人", "名"}
    assert units_asked(None, "校数") == {"校"}
    assert "千円" in units_asked(None, "金額")
    assert "千円" in units_asked("円", None)


@pytest.mark.parametrize(
    ("text", "subject", "attribute"),
    [
        ("交流を通じたまちづくり、R5は何回ひらいた？", "交流を通じたまちづくり", ""),
        ("市民が集う広場の面積は？", "市民が集う広場", "面積"),
        ("子どもが参加した講座の会場は？", "子どもが参加した講座", "会場"),
    ],
)
def test_a_clause_belongs_to_the_noun_it_tells_of(text: str, subject: str, attribute: str) -> None:
    cut = slots(text)
    assert cut is not None
    assert (cut.subject_text, cut.attribute_text) == (subject, attribute)


def test_a_label_keeps_its_last_letter() -> None:
    found = labelled("入館者 18,400人（大人 11,300人、子ども 7,100人）")
    assert [(p.label, p.value) for p in found[1:]] == [("大人", Decimal(11300)), ("子ども", Decimal(7100))]


@pytest.mark.parametrize(
    ("text", "top"),
    [
        ("予算が多い順に並べて", MOST_IN_ORDER),
        ("少ない順に並べてください", MOST_IN_ORDER),
        ("多い順に3つ", 3),
        ("一番多い事業は", 1),
    ],
)
def test_how_many_are_put_in_order(text: str, top: int) -> None:
    assert understand(f"事業を参加者数の{text}").top == top


@pytest.mark.parametrize(
    ("said", "written"), [("2人乗り", "二人乗り"), ("12人", "12人"), ("2.5人", "2.5人"), ("人", "人")]
)
def test_small_numbers_as_names_write_them(said: str, written: str) -> None:
    assert in_kanji(said) == written


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("R6参加者数が2番目に多い事業は？", "湖岸一周マラソン"),
        ("R6参加者数が3番目に少ない事業は何ですか", "水質調査隊"),
        ("湖沼保全課の事業をR6予算が多い順に並べて", "「外来魚駆除釣り大会」2,400千円、「水質調査隊」1,300千円、「ヨシ刈り体験」850千円"),
        ("二人乗りの台数は？", "二人乗りの台数は15"),
        ("2人乗りの貸出回数は？", "二人乗りの貸出回数は945"),
        ("ヨシ刈り体験と水質調査隊、先に始まったのはどちらですか", "ヨシ刈り体験"),
        ("「湖を守る基金への寄附は令和5年度に何件でしたか」で、金額はいくらですか。", "4,876,000円です。"),
        ("「資料館の入館者数」の内訳のうち2番目に多いのはどれですか。", "子ども"),
        ("湖上花火の夕べは昭和何年に始まりましたか", "S55"),
        ("カヌー教室は平成何年に始まりましたか", "H17"),
        ("「星を見る会の来場者」の時期はいつですか。", "令和6年2月10日"),
        ("「水質調査隊の会場」の時期はいつですか。", ""),
        ("「ヨシ刈り体験の会場」で、金額はいくらですか。", ""),
        ("「資料館の入館者数」の内訳のうち3番目に多いのはどれですか。", ""),
    ],
)  # fmt: skip
def test_a_question_alone(question: str, says: str, lake: Store) -> None:
    given = answer(question, lake)
    assert given.answered == bool(says)
    assert says in given.answer


@pytest.mark.parametrize("text", ["=1+1の予算は？", "1+1は？", "2×3の予算額はいくらですか", "=SUM(1+2)の予算は？"])
def test_figures_to_be_reckoned_with_name_nothing(text: str, lake: Store) -> None:
    given = answer(text, lake)
    assert (given.answered, given.kind, given.citations) == (False, "none", ())
