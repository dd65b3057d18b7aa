"""What many ask is worked out once, and comes out as if it had been worked out for each."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from index import Store
from qa.conversation import Conversation, ask
from qa.web import answering as module
from qa.web.answering import Answering, Used
from qa.web.kept import kept, restored
from qa.web.session import Session, asked

FIRST = "湖畔野外劇の令和4年度当初予算額はいくらですか？"
TEXTS = (
    FIRST,
    "令和5年度は？",
    "担当課は？",
    "こんにちは",
    "",
    "火星の予算は？",
    "市民合唱祭 予算 R5",
    "令和4年度は？",
)


def timeless(conversation: Conversation) -> Conversation:
    turns = tuple(replace(turn, answer=replace(turn.answer, elapsed_ms=0.0)) for turn in conversation.turns)
    first = conversation.first and replace(
        conversation.first, answer=replace(conversation.first.answer, elapsed_ms=0.0)
    )
    return replace(conversation, turns=turns, first=first)


@pytest.mark.parametrize("already", [0, 3])
def test_a_known_answer_makes_the_same_conversation_as_one_worked_out(already: int, town: Store) -> None:
    answering = Answering()
    for _ in range(2):
        for begin in TEXTS:
            plain = known = Conversation("x", asked=already)
            for text in (begin, *TEXTS):
                plain, _ = ask(plain, text, town)
                known, _ = answering.ask(known, text, town)
            assert timeless(known) == timeless(plain)
    assert answering.used == Used(len(TEXTS), len(TEXTS))


def test_only_what_is_known_is_told_at_once(town: Store) -> None:
    answering, number = Answering(), 2
    assert answering.at_once(TEXTS[:number], TEXTS[number], town) is None
    assert answering.used == Used(0, 0)
    given = answering.follow(TEXTS[:number], TEXTS[number], town)
    known = answering.at_once(TEXTS[:number], TEXTS[number], town)
    assert known is not None
    assert replace(known, elapsed_ms=0.0) == replace(given, elapsed_ms=0.0)
    assert answering.at_once((), TEXTS[number], town) is None  # the same question with nothing before it


def test_questions_after_others_are_the_conversation(town: Store) -> None:
    answering, plain = Answering(), Conversation()
    for number, text in enumerate(TEXTS):
        plain, expected = ask(plain, text, town)
        for _ in range(2):
            given = answering.follow(TEXTS[:number], text, town)
            assert replace(given, elapsed_ms=0.0) == replace(expected, elapsed_ms=0.0)


def test_what_a_browser_kept_is_given_to_nobody_else(town: Store) -> None:
    answering = Answering()
    now = asked(Session(), FIRST, town, answering=answering)
    forged = restored(f"[{kept(now)}]".replace("湖畔野外劇", "市民合唱祭"))
    lied_to = asked(forged, "令和5年度は？", town, answering=answering)
    assert lied_to.last is not None
    assert "1,385千円" in lied_to.last.answer
    assert "9,075千円" in answering.follow((FIRST,), "令和5年度は？", town).answer


def test_what_is_being_worked_out_is_waited_for(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, goes_on, worked_out = threading.Event(), threading.Event(), []

    def slow(conversation: Conversation, text: str, store: Store) -> Any:
        worked_out.append(text)
        begun.set()
        goes_on.wait(20)
        return ask(conversation, text, store)

    monkeypatch.setattr(module, "ask", slow)
    answering = Answering()
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(answering.follow, (), FIRST, town) for _ in range(4)]
        begun.wait(20)
        goes_on.set()
        assert all("8,610千円" in one.result().answer for one in waiting)
    assert worked_out == [FIRST]


def test_a_fault_is_told_to_each_and_not_kept(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Any:
        raise RuntimeError("a bug")

    answering = Answering()
    with monkeypatch.context() as patched:
        patched.setattr(module, "ask", broken)
        with pytest.raises(RuntimeError):
            answering.follow((), FIRST, town)
    assert "8,610千円" in answering.follow((), FIRST, town).answer


def test_it_is_bounded_and_another_index_is_another_answer(town: Store, tables: Store) -> None:
    answering = Answering(most=3)
    for number in range(6):
        answering.follow((), f"{'？' * number}市民合唱祭の予算は？", town)
    assert len(answering._kept) == 3
    answering.follow((), "x" * 900, town)
    assert len(answering._kept) == 3
    assert answering.follow((), FIRST, town).index != answering.follow((), FIRST, tables).index
