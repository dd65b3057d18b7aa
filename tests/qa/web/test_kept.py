"""A conversation kept by a browser goes on as if it had never left; whatever else comes back is refused."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import msgspec
import pytest

from index import Store
from qa.web.chips import changed, chips
from qa.web.kept import LONGEST, NotRestored, kept, restored
from qa.web.render import answer_link, digest, message, since
from qa.web.session import Session, asked
from qa.web.transcript import sheet
from qa.web.words import Words

JA = Words("ja")
FIRST = "湖畔野外劇の令和4年度当初予算額はいくらですか？"


def together(turns: list[str]) -> str:
    return f"[{','.join(turns)}]"


def test_a_conversation_goes_on_where_it_was_left(town: Store) -> None:
    now, turns = Session(), []
    for text, alone in (
        (FIRST, False),
        ("令和5年度は？", False),
        ("市民合唱祭 予算 R5", True),
        ("？", False),
        ("令和4年度は？", False),
    ):
        now = asked(now, text, town, alone=alone)
        turns.append(kept(now))
    again = restored(together(turns))
    assert again == now
    assert asked(again, "令和5年度は？", town).last.answer == asked(now, "令和5年度は？", town).last.answer  # type: ignore[union-attr]
    later = restored(together(turns[1:]))
    assert (later.first, later.last_turn) == (1, 4), "the numbers in links stay where the oldest turns are gone"


def test_every_conversation_has_a_name_of_its_own(town: Store) -> None:
    names = {asked(Session(), FIRST, town).conversation.id for _ in range(5)}
    assert len(names) == 5
    assert all(len(name) >= 16 for name in names)


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '[{"question": "x"}]', "null", "[" * 10_000, "\ud800", "x" * (LONGEST + 1)]
)
def test_what_is_no_conversation_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NotRestored, match="新しい会話"):
        restored(text)


def test_turns_that_do_not_follow_on_one_another_are_refused(town: Store) -> None:
    one = kept(asked(Session(), FIRST, town))
    with pytest.raises(NotRestored):
        restored(together([one, one]))
    many = msgspec.json.decode(one)
    many["answer"]["citations"] *= 2000
    with pytest.raises(NotRestored):
        restored(together([msgspec.json.encode(many).decode()]))
    assert restored("[]") == Session()


def test_what_was_asked_is_cut_into_parts_and_each_can_be_changed(town: Store) -> None:
    now = asked(Session(), FIRST, town)
    made = chips(town, now)
    assert [(one.slot, one.text) for one in made] == [
        ("subject", "湖畔野外劇"), ("attribute", "当初予算額"), ("period", "令和4年度"),
    ]  # fmt: skip
    assert "市民合唱祭" in made[0].choices
    assert "令和5年度" in made[2].choices
    assert changed(now, "period", 0, "令和5年度") == "湖畔野外劇の令和5年度当初予算額はいくらですか？"
    assert changed(now, "subject", 0, "市民合唱祭").startswith("市民合唱祭の令和4年度")
    assert changed(now, "attribute", 0, "決算額") == "湖畔野外劇の令和4年度決算額はいくらですか？"
    for slot, number, text in (
        ("period", 9, "令和5年度"),
        ("nothing", 0, "x"),
        ("subject", 0, "　"),
        ("subject", 0, "x" * 5000),
    ):
        assert len(changed(now, slot, number, text)) < 300


def test_a_year_that_was_not_asked_for_can_be_added(town: Store) -> None:
    now = asked(Session(), "湖畔野外劇の当初予算額は？", town)
    assert chips(town, now)[-1].text == ""
    assert "9,075千円" in asked(now, changed(now, "period", 0, "令和5年度"), town, alone=True).last.answer  # type: ignore[union-attr]


def test_small_talk_and_nothing_asked_have_no_parts(town: Store) -> None:
    assert chips(town, Session()) == ()
    assert chips(town, asked(Session(), "こんにちは", town)) == ()
    assert changed(Session(), "subject", 0, "x") == ""


def test_a_link_says_whether_documents_or_answer_have_changed(town: Store) -> None:
    given = asked(Session(), FIRST, town).answers[0]
    assert digest(given) in answer_link(given, "ja")
    assert since(given, given.index[:16], "", JA) == ""
    assert "同じ" in since(given, "0" * 16, digest(given), JA)
    assert "変わっています" in since(given, "0" * 16, "f" * 12, JA)
    assert "<b>" not in since(given, "<b>", "", JA)
    assert JA("ask_now") not in message(given, 0, JA, given.index)
    assert JA("ask_now") in message(replace(given, index="0" * 64), 0, JA, given.index)


def test_the_table_of_a_conversation_has_a_line_for_each_citation_and_runs_nothing(town: Store) -> None:
    now = asked(asked(Session(), FIRST, town), "=1+1の予算は？", town)
    lines = list(csv.reader(io.StringIO(sheet(now.answers)[1:])))
    assert [line[0] for line in lines] == ["番号", "1", "2"]
    assert lines[1][12:14] == ["7", "8,610"]
    assert lines[2][1].startswith("'=")
    assert {len(line) for line in lines} == {15}
