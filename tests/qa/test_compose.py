"""The sentence: which year, which figure, in the source's unit; a refusal says what is missing and gives no figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index import Store
from qa.account import account
from qa.compose import attribute_phrase, compose_refusal, compose_unsupported, leaf, with_unit
from qa.link import link
from qa.pipeline import answer
from qa.retrieve import evidence, retrieve
from qa.types import Draft, Evidence, Operation
from qa.understand import understand

Drafted = Callable[[str], Draft]


def test_a_figure_is_said_with_its_subject_year_and_unit(draft_of: Drafted) -> None:
    draft = draft_of("市民合唱祭 予算 R5")
    for part in ("市民合唱祭", "令和5年度", "当初予算額", "1,385千円"):
        assert part in draft.text
    assert [(v.value, v.unit, v.text) for v in draft.values] == [(1385, "千円", "1,385")]
    assert (draft.kind, draft.calculation) == ("value", None)


def test_without_a_year_each_year_is_said_and_cited(draft_of: Drafted) -> None:
    draft = draft_of("湖畔野外劇の当初予算額は？")
    assert draft.text.index("令和4年度が8,610千円") < draft.text.index("令和5年度が9,075千円")
    assert [v.value for v in draft.values] == [8610, 9075]
    assert [c.quote for c in draft.citations] == ["8,610", "9,075"]


def test_zero_dash_and_words_are_different_things(draft_of: Drafted) -> None:
    assert [(v.value, v.unit) for v in draft_of("市史編さんのR4予算").values] == [(0, "千円")]
    assert [(v.value, v.text) for v in draft_of("市史編さんの参加者は？").values] == [(None, "実績なし")]
    dash = draft_of("郷土資料デジタル化の参加者")
    assert [(v.value, v.text) for v in dash.values] == [(None, "-")]
    assert "記載なし" in dash.text


def test_a_sentence_is_given_as_it_stands(draft_of: Drafted) -> None:
    draft = draft_of("姉妹都市から訪問団を迎えたのはいつですか？")
    assert draft.kind == "passage"
    assert draft.text == draft.citations[0].quote


def test_a_cell_that_was_filled_in_is_said_to_be(draft_of: Drafted) -> None:
    assert draft_of("こども能楽教室の担当課はどこですか？").text != draft_of(
        "市民合唱祭の担当課はどこですか？"
    ).text.replace("市民合唱祭", "こども能楽教室")


@pytest.mark.parametrize("question", ["市史編さんの目的は？", "移動図書館ひまわり号は月に何回巡回しますか？"])
def test_no_sentence_ends_twice(question: str, draft_of: Drafted) -> None:
    assert "。です" not in draft_of(question).text


def test_a_list_item_is_said_without_its_marks(draft_of: Drafted) -> None:
    assert not draft_of("訪問団は何人でしたか？").text.startswith(("-", "・"))


@pytest.mark.parametrize(
    ("printed", "unit", "said"),
    [
        ("7,585 (注)", "千円", "7,585千円(注)"),
        ("1,385", "千円", "1,385千円"),
        ("312名", "千円", "312名"),
        ("12,406 千円", None, "12,406 千円"),
        ("-", "千円", "-"),
        ("なし", "人", "なし"),
        ("９", "件", "９件"),
        ("2回 40人", "人", "2回 40人"),
        ("", "人", ""),
    ],
)
def test_a_unit_goes_behind_a_lone_number_only(printed: str, unit: str | None, said: str) -> None:
    assert with_unit(printed, unit) == said


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (["(2) 案内所運営"], "案内所運営"),
        (["第1 観光費", "1 観光振興"], "観光振興"),
        (["① 交流"], "交流"),
        (["ア 教室"], "教室"),
        (["1-2「交流」"], "「交流」"),
        (["21世紀の森づくり"], "21世紀の森づくり"),
        (["アート展"], "アート展"),
        ([], ""),
        (["①"], "①"),
    ],
)
def test_a_heading_is_named_without_its_number(path: list[str], name: str) -> None:
    assert leaf(path) == name


def _evidence(*attribute: str) -> Evidence:
    return Evidence("d", "cell", 0, 0, 0, (), "n", attribute, "1", None, "", 1)


@pytest.mark.parametrize(
    ("attribute", "phrase"),
    [
        (("R3 当初予算額 (千円)",), "令和3年度当初予算額"),
        (("Ｒ３ 決算額（単位：千円）",), "令和3年度決算額"),
        (("H30", "参加者"), "平成30年度の参加者"),
        (("R2年度実績", "期間"), "令和2年度実績の期間"),
        (("担当課",), "担当課"),
        ((), "内容"),
        (("SNS3種",), "SNS3種"),
    ],
)
def test_a_header_is_said_in_words(attribute: tuple[str, ...], phrase: str) -> None:
    assert attribute_phrase(_evidence(*attribute)) == phrase


def refusal(text: str, store: Store) -> str:
    question = understand(text)
    links = link(store, question, evidence(store, retrieve(store, question)))
    return compose_refusal(store, question, account(question, links), links)


@pytest.mark.parametrize(
    ("text", "missing", "near"),
    [
        ("市民吹奏楽祭の予算額は？", "吹奏楽", "市民合唱祭"),
        ("令和9年度の市民合唱祭の予算額は？", "令和9年度", "市民合唱祭"),
        ("市民合唱祭のチケット価格はいくらですか？", "チケット価格", "市民合唱祭"),
        ("黒部市の観光案内所運営の決算額は？", "黒部", "観光案内所運営"),
    ],
)
def test_a_refusal_names_what_is_missing_and_the_nearest_thing(
    text: str, missing: str, near: str, town: Store, numbers: Callable[[str], set[str]]
) -> None:
    said = refusal(text, town)
    assert missing in said
    assert near in said
    assert numbers(said) <= numbers(text)


def test_a_refusal_for_something_far_away_names_nothing_near(town: Store) -> None:
    said = refusal("夜間動物園の入場者数は？", town)
    assert not any(row in said for row in ("合唱祭", "野外劇", "空き家", "案内所"))


def test_every_operation_that_is_not_done_can_be_told(town: Store) -> None:
    said = {
        one: compose_unsupported(understand(text))
        for one, text in [
            (Operation.LIST, "すべて教えて"), (Operation.COUNT, "いくつありますか"), (Operation.SUM, "合計は"),
            (Operation.AVERAGE, "平均は"), (Operation.MAXIMUM, "最も多いのは"), (Operation.MINIMUM, "最小は"),
            (Operation.DIFFERENCE, "の差は"), (Operation.RATIO, "割合は"), (Operation.YESNO, "中止ですよね"),
            (Operation.FOLLOW_UP, "そのうち廃止は"),
        ]
        if understand(text).operation is one
    }  # fmt: skip
    assert len(said) == len(set(said.values())) == 10


def test_a_refusal_names_nothing_that_holds_figures(store: Store) -> None:
    said = answer("令和6年度の旅券発行件数は何件ですか", store)
    assert not said.answered
    assert "4,627" not in said.answer
    assert "旅券発給" in said.answer
