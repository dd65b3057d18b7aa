"""A turn read by itself, its slots, and the figures inside a quote."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Store
from qa import answer
from qa.followup import asks_for_source, nominal, only_a_step, read_follow_up, small_talk
from qa.followup_compose import nesting, parse
from qa.followup_parts import choose
from qa.followup_rewrite import slot_changes
from qa.followup_slots import slots, with_attribute, with_period, with_subject
from qa.parts import breakdown, labelled
from qa.understand import understand


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("こんにちは", True), ("ありがとう、とても助かりました！", True), ("へえ、そんなに多いんですね", True), ("さようなら", True),
        ("なるほど", True), ("了解しました。ありがとうございます", True), ("けっこう少ないんですね。", True),
        ("なるほど、では市民合唱祭の予算は？", False), ("へえ、参加者は何人ですか", False), ("ありがとう 予算はいくら", False),
        ("すごい人数の事業を教えてほしいです", False), ("多い順に教えて", False),
    ],
)  # fmt: skip
def test_small_talk_asks_nothing(text: str, answered: bool) -> None:
    assert (small_talk(text) is not None) == answered


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("出典は？", True), ("出典を教えてください", True), ("原文を見せて", True), ("それはどの資料に書いてありますか？", True),
        ("その数字の根拠は？", True), ("何ページ？", True), ("どの資料のどこですか", True),
        ("資料提供は何件ですか", False), ("資料購入費は？", False), ("原文化財の保存費は？", False), ("根拠法の名称は何ですか", False),
    ],
)  # fmt: skip
def test_a_request_for_the_source_names_nothing_else(text: str, asks: bool) -> None:
    assert asks_for_source(text) == asks


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("合計は？", {"sum"}), ("一番多いのはどれ？", {"maximum"}), ("両者の差は？", {"difference"}), ("内訳は？", {"breakdown"}),
        ("1回あたり何件？", {"per"}), ("万円でいうと？", {"unit"}), ("平均だと？", {"average"}), ("少ないのは？", {"minimum"}),
        ("市民合唱祭の予算は？", set()), ("担当課は？", set()),
    ],
)  # fmt: skip
def test_the_step_a_turn_asks_for(text: str, steps: set[str]) -> None:
    assert read_follow_up(text).steps == steps


def test_what_is_taken_back_and_what_is_meant() -> None:
    read = read_follow_up("すみません、予算額ではなく決算額の方です。")
    assert (read.no, read.yes, read.taken_back) == ("予算額", "決算額", True)
    read = read_follow_up("いえ、R3の方です")
    assert (read.no, read.yes, read.taken_back) == (None, "R3", True)
    assert read_follow_up("ところで、市史編さんの予算は？").new


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("湖畔野外劇は？", "湖畔野外劇"), ("令和4年度だと？", "令和4年度"), ("ひまわり号のほうは？", "ひまわり号"),
        ("市史編さんはどうですか", "市史編さん"), ("何局で放送されましたか？", None), ("いつ始まったのですか", None),
    ],
)  # fmt: skip
def test_a_bare_thing_asks_nothing_of_its_own(text: str, bare: str | None) -> None:
    assert read_follow_up(text).bare == bare


@pytest.mark.parametrize("text", ["内訳は？", "一番多いのはどれ？", "合計は？", "差は？"])
def test_a_mere_step_is_told_from_a_question(text: str) -> None:
    assert only_a_step(text)
    assert not only_a_step(f"市民合唱祭の予算の{text}")


@pytest.mark.parametrize(
    ("text", "subject", "attribute", "period"),
    [
        ("市民合唱祭の令和5年度の予算額はいくらですか。", "市民合唱祭", "予算額", "令和5年度"),
        ("ひとり親家庭を支える見守り事業の令和5年度予算は？", "ひとり親家庭を支える見守り事業", "予算", "令和5年度"),
        ("映画「白い港」は何局で放送されましたか", "映画「白い港」", "", ""),
        ("令和5年度末のカードの取得率は何%ですか", "カード", "取得率", "令和5年度末"),
        ("港まつりの来場・視聴者数は何人でしたか", "港まつり", "来場・視聴者数", ""),
        ("「新規」とされている事業は全部で何件ありますか？", "「新規」とされている事業", "", ""),
    ],
)
def test_the_slots_of_a_question(text: str, subject: str, attribute: str, period: str) -> None:
    cut = slots(text)
    assert cut is not None
    assert (cut.subject_text, cut.attribute_text, cut.period_text) == (subject, attribute, period)


def test_one_slot_is_changed_and_the_others_stay() -> None:
    cut = slots("市民合唱祭の令和5年度の予算額はいくらですか")
    assert cut is not None
    assert with_subject(cut, "湖畔野外劇") == "湖畔野外劇の令和5年度の予算額はいくらですか"
    assert with_period(cut, "令和4年度") == "市民合唱祭の令和4年度の予算額はいくらですか"
    assert with_attribute(cut, "参加者") == "市民合唱祭の令和5年度の参加者は?"
    assert nominal("市民合唱祭の令和5年度の予算額はいくらですか。") == "市民合唱祭の令和5年度の予算額"


def test_a_composed_question_is_read_as_it_is_written() -> None:
    asked = parse("「映画「白い港」の予算額」と「灯台の予算額」の差はいくらですか。")
    assert asked is not None
    assert (asked.kind, asked.operands) == ("difference", ("映画「白い港」の予算額", "灯台の予算額"))
    assert parse("「新規」とされている事業は何件ですか") is None
    assert parse("「閉じない") is None
    assert parse("") is None
    assert nesting("「「あ」と「い」の差はいくらですか」の出典は") == 2


parts = st.lists(st.integers(1, 9_999), min_size=2, max_size=6)


@given(parts, st.sampled_from(["人", "件", "回", "冊"]), st.sampled_from(["({})", "(内訳:{})", " (内訳) {}"]))
def test_figures_that_add_up_are_a_breakdown(values: list[int], unit: str, form: str) -> None:
    names = ["港", "灯台", "朝市", "花火", "船", "窓口"]
    inside = "、".join(f"{name} {value:,}{unit}" for name, value in zip(names, values, strict=False))
    cut = breakdown(f"参加は延べ{sum(values):,}{unit}{form.format(inside)}であった。")
    assert cut is not None
    assert (cut.whole.value, cut.adds_up) == (Decimal(sum(values)), True)
    assert [(p.label, int(p.value), p.unit) for p in cut.parts] == [
        (name, value, unit) for name, value in zip(names, values, strict=False)
    ]


@given(parts)
def test_figures_that_do_not_add_up_are_none(values: list[int]) -> None:
    inside = "、".join(f"部分{chr(0x4E00 + i)} {value}人" for i, value in enumerate(values))
    assert breakdown(f"参加は{sum(values) + 10_000}人({inside})であった。") is None


def test_a_part_is_chosen_by_its_label_only() -> None:
    quote = "移住相談の件数は136件（窓口:81件、電話:40件、オンライン:15件）であった。"
    found = labelled(quote)

    def chosen(named: str) -> int | None:
        part = choose(found, understand(named), (), None, quote)
        return int(part.value) if part else None

    assert (chosen("電話"), chosen("窓口のもの"), chosen("手紙"), chosen("相談した人")) == (40, 81, None, None)


def test_another_month_is_asked_about_as_the_one_before(town: Store) -> None:
    base = slots("写真展の展示、10月は何人でしたか")
    assert base is not None
    made = [one.text for one in slot_changes(read_follow_up("12月の回は？"), base, town)]
    assert made[0] == "写真展の展示、12月は何人でしたか"


@pytest.mark.parametrize(("unit", "says"), [("千円", "1,385千円"), ("万円", "138.5万円"), ("円", "1,385,000円")])
def test_an_amount_is_told_in_the_unit_asked_for_also_in_its_own(town: Store, unit: str, says: str) -> None:
    given = answer(f"「市民合唱祭の令和5年度の予算額」は{unit}でいうといくらですか。", town)
    assert given.answered
    assert says in given.answer
