"""Which answer a turn is given: of the kind asked for, of what the turn says, where the last answer stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index import Store
from qa import Answer, Citation
from qa.followup import follow_up_grammar, only_a_step, read_follow_up
from qa.followup_anchor import anchor_of, of_another, with_era
from qa.followup_choice import ENOUGH, fits, likelihood
from qa.followup_gate import sound
from qa.followup_rewrite import Candidate
from qa.followup_slots import slots
from qa.followup_state import Thing, Understood
from qa.parts import side_by_side
from qa.types import Value

LAST = Understood("topic", "市民合唱祭の参加者は何人ですか?", "市民合唱祭", "参加者")
KEPT = Candidate("市民合唱祭の…", "slots", ("subject",))


def cell(quote: str, row: str = "市民合唱祭", column: str = "参加者", line: int = 6) -> Citation:
    """A cell of the town's table."""
    return Citation(
        "shirane-bunka-r4r5", "文化振興事業", line, line, None, None, ("1 舞台づくり",), row, (column,), quote
    )


def said(text: str, kind: str, *cells: Citation, values: tuple[Value, ...] = (), sure: float = 0.9) -> Answer:
    return Answer("", 0, "", "", True, kind, text, values, None, cells, sure, "", 0.0)


def is_sound(turn: str, given: Answer, candidate: Candidate = KEPT, last: Understood = LAST) -> bool:
    read = read_follow_up(turn)
    return sound(candidate, given, read, anchor_of(given), last)


def test_rows_counted_are_no_answer_to_how_many_pieces() -> None:
    one = said("1件です", "count", cell("各1,200個"), values=(Value(1, "件", "1件"),))
    assert not is_sound("ぜんぶで何個作りましたか", one)
    assert is_sound("何件ですか", one)
    assert is_sound("何個作りましたか", one)  # the one row tells it


def test_the_largest_of_what_nobody_named_is_not_given() -> None:
    cost = said("最も大きいのは…", "maximum", cell("8,610", column="事業費"), values=(Value(8610, "千円", "8,610"),))
    people = replace(cost, values=(Value(312, "人", "312人"),), citations=(cell("312人", column="来場"),))
    turn = "いちばん人が集まったのは?"
    candidate = replace(KEPT, text=f"市民文化のうち{turn}")
    read = read_follow_up(turn)
    assert not sound(candidate, cost, read, None, LAST)
    assert sound(candidate, people, read, None, LAST)
    assert sound(replace(candidate, text="市民文化のうち事業費が最も大きいのは?"), cost, read, None, LAST)


def test_a_number_asked_for_is_a_number_not_the_marks_of_a_list() -> None:
    marks = said("…", "value", cell("(1)指導者の養成 (2)団体への支援", column="事業内容"))
    assert not is_sound("支援した団体の数も知りたい", marks)
    assert is_sound("支援した団体の数も知りたい", said("…", "value", cell("(1)20人 (2)3団体")))
    assert is_sound("何をしていますか", marks)


def test_with_another_thing_it_comes_to_a_sum() -> None:
    one = said("…", "value", cell("48名"), values=(Value(48, "名", "48名"),))
    assert not is_sound("こども能楽教室とあわせて何人になりますか", one, Candidate("…", "complete"))


def test_so_many_things_known_from_before_are_no_question_of_its_own() -> None:
    total = said("…", "sum", cell("48名"), values=(Value(48, "名", "48名"),))
    own = Candidate("3校の参加者を全部足してください", "complete")
    assert not is_sound("3校の参加者を全部足してください", total, own)
    assert is_sound("30人以上の学校の参加者を合計して", total, own)


def test_a_thing_only_named_is_asked_for_the_figure_of_before() -> None:
    words = said("…", "value", cell("こども向けの講座を開く", column="事業内容"))
    assert not is_sound("こども向けは?", words)
    assert is_sound("事業内容は?", words)
    assert is_sound("こども向けは?", said("…", "value", cell("大人 20人 こども向け 12人")))
    namesake = said("…", "value", cell("幹線の工事を行う", row="下水道事業", column="事業の概要"))
    assert not is_sound("水道事業は?", namesake, Candidate("水道事業は?", "complete"))
    refused = replace(LAST, kind="refused")
    other = said("…", "value", cell("こども向け配信 22回", column="備考"))
    assert not is_sound("こども向けは?", other, last=refused)
    assert is_sound("こども向けは?", other, replace(KEPT, kept=("attribute",)), refused)


@pytest.mark.parametrize(
    ("turn", "quote", "least"),
    [("会場の照明は何ですか", "白嶺市の合唱団が集い、日頃の練習の成果を市民に広く披露する。", 0.0), ("合唱団は何をしますか", "市内の合唱団が集い、日頃の練習の成果を市民に広く披露する催し。", ENOUGH)],
)  # fmt: skip
def test_a_text_is_given_for_what_it_says_itself(town: Store, turn: str, quote: str, least: float) -> None:
    given = said(quote, "value", cell(quote, column="事業内容"))
    assert (likelihood(KEPT, given, 0, read_follow_up(turn), None, town) >= ENOUGH) == (least > 0)


def test_a_reference_need_not_stand_in_the_answer(town: Store) -> None:
    quote = "市内の合唱団が集い、日頃の練習の成果を市民に広く披露する催し。"
    given = said(quote, "value", cell(quote, row="合唱祭", column="事業内容"))
    assert (
        likelihood(
            Candidate("…", "reference", ("subject",)), given, 0, read_follow_up("この会は何をしますか"), None, town
        )
        > 0.8
    )


def test_an_answer_of_another_kind_or_year_does_not_fit(town: Store) -> None:
    given = said("…", "value", cell("1,385", column="R5 当初予算額 (千円)"), values=(Value(1385, "千円", "1,385"),))
    read = read_follow_up("予算は?")
    dated = Candidate("市民合唱祭の予算は?", "slots", ("subject",), years=frozenset({2023}))
    assert fits(dated, given, LAST, read, None, town)
    assert not fits(replace(dated, years=frozenset({2022})), given, LAST, read, None, town)
    assert not fits(replace(dated, kinds=frozenset({"sum"})), given, LAST, read, None, town)
    assert not fits(replace(dated, condition="図書館"), given, LAST, read, None, town)


def test_an_anchor_is_one_row_in_the_documents_own_words() -> None:
    at = anchor_of(
        said("…", "value", cell("1,385", column="R5 当初予算額 (千円)"), values=(Value(1385, "千円", "1,385"),))
    )
    assert at is not None
    assert (at.name, at.years, at.units) == ("市民合唱祭", (2023,), frozenset({"千円"}))
    assert at.here(said("…", "value", cell("312名")))
    assert not at.holds(said("…", "value", cell("1,904名", row="湖畔野外劇", line=7)))
    assert anchor_of(said("…", "list", cell("312名"), cell("1,904名", row="湖畔野外劇", line=7))) is None
    assert anchor_of(said("…", "none")) is None


def test_what_a_turn_names_is_a_part_or_another_thing() -> None:
    base = slots("市民合唱祭の参加者は何人ですか?")
    at = anchor_of(said("…", "value", cell("312名")))
    assert base is not None
    assert at is not None
    part, other = (next(of_another("こども", base, at, known=known)).text for known in (False, True))
    assert (part, other) == ("市民合唱祭のこどもの参加者は?", "こどもの参加者は?")


def test_a_year_without_its_era_is_of_the_era_spoken_of() -> None:
    base = slots("市民合唱祭の令和5年度の予算額は?")
    assert with_era("4年度は?", base, None) == "令和4年度は?"
    assert with_era("4年度は?", None, None) == "4年度は?"
    assert with_era("4年間では?", base, None) == "4年間では?"


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("北館 12人 南館 9", [("北館", 12, "人"), ("南館", 9, "人")]),
        ("視聴回数 企業:220回 学生:105回", [("企業", 220, "回"), ("学生", 105, "回")]),
        ("12人", []),
        ("月額1万円から1万5千円に引き上げる", []),
        ("合計21人 北館 12人 南館 9人", []),
        ("北館 12人 南館 9件", []),
        ("北館 12人 北館 9人", []),
    ],
)  # fmt: skip
def test_figures_side_by_side(quote: str, shown: list[tuple[str, int, str]]) -> None:
    assert [(p.label, int(p.value), p.unit) for p in side_by_side(quote)] == shown


def test_what_is_denied_and_meant_with_de_naku() -> None:
    read = read_follow_up("R4でなくR5でお願いします")
    assert (read.no, read.yes) == ("R4", "R5で")


def test_a_sum_of_one_place_holds_what_it_is_added_to() -> None:
    values = (Value(3, "件", "3件"), Value(0, "件", "0件"))
    last = replace(LAST, figure=Thing("", "商標", 7, "件"))
    given = said("合計は3件です", "sum", cell("特許3件 商標7件 意匠0件"), values=values)
    assert not is_sound("意匠も入れて合計何件", given, last=last)
    assert not is_sound("意匠も入れて合計何件", given)  # nothing known to be added to
    assert is_sound("特許と意匠を合わせて何件", given, last=last)


def test_a_sum_without_a_name_is_of_what_was_found() -> None:
    given = said("合計は…", "sum", cell("1,200"), values=(Value(1200, "千円", "1,200"),))
    assert not is_sound("2年の合計だと?", given, replace(KEPT, kept=("attribute", "periods")))
    assert is_sound("2年の合計だと?", given)


def test_a_part_of_the_last_name_means_the_last_thing() -> None:
    at = anchor_of(said("…", "value", cell("28人", row="語り部養成講座")))
    other = said("…", "value", cell("職員を講師とする", row="市民理解講座", line=9))
    own = Candidate("講座の講師は誰でしたか?", "complete")
    assert not sound(own, other, read_follow_up(own.text), at, LAST)
    called = said("…", "value", cell("職員を講師とする", row="講座", line=9))
    assert sound(own, called, read_follow_up(own.text), at, LAST)


def test_a_name_within_the_last_one_is_another_thing() -> None:
    at = anchor_of(said("…", "value", cell("5,627", row="下水道事業", column="当初予算額")))
    base = slots("下水道事業の当初予算額は?")
    assert at is not None
    assert base is not None
    assert [one.subject for one in of_another("水道", base, at, known=False)] == ["水道"]
    assert list(of_another("前年度", base, at, known=False)) == []


@pytest.mark.parametrize(
    ("turn", "steps"),
    [
        ("多かったのはどちらの月ですか", {"maximum"}),
        ("少なかったのはどっち?", {"minimum"}),
        ("2年の合計だと?", {"sum"}),
    ],
)
def test_a_choice_between_what_was_found_is_a_step(turn: str, steps: set[str]) -> None:
    assert read_follow_up(turn).steps == steps
    assert only_a_step(turn)


def test_a_year_is_no_number_of_years() -> None:
    several = follow_up_grammar().at("reference", "several")
    assert several.search("2年の合計だと?")
    assert several.search("3か年の平均は")
    assert not several.search("令和2年の合計は")
    assert not several.search("平成30年の合計は")


def test_what_is_asked_of_itself_stands_for_no_turn(town: Store) -> None:
    given = said("参加者は57名です。", "value", cell("57", column="参加者"), values=(Value(57, "名", "57名"),))
    read = read_follow_up("参加者は何人?")
    of_itself = Candidate("参加者の参加者は何人?", "slots", ("subject",))
    assert likelihood(of_itself, given, 0, read, anchor_of(given), town) == 0.0
