"""A conversation is a value: turns in order, none lost, none mixed with another's."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from index import Store
from qa import Answer, Conversation, answer, ask
from qa.conversation import ask_last
from qa.prompt import is_rewritten, names

MUSIC = ["市民合唱祭 予算 R5", "市民合唱祭の参加者は何名ですか？", "市民吹奏楽祭の予算額は？"]
TRAVEL = ["駅前案内所の来所者数は何人ですか？", "", "姉妹都市交流の決算額"]


def untimed(one: Answer) -> Answer:
    return replace(one, elapsed_ms=0.0)


def asked_alone(name: str, questions: list[str], store: Store) -> list[Answer]:
    conversation, given = Conversation(name), []
    for text in questions:
        conversation, one = ask(conversation, text, store)
        given.append(untimed(one))
    return given


def test_turns_are_numbered_from_0_and_keep_question_and_answer(town: Store) -> None:
    conversation = Conversation("k")
    for text in MUSIC:
        conversation, given = ask(conversation, text, town)
        assert conversation.turns[-1].question == text
        assert conversation.turns[-1].answer == given
    assert [t.answer.turn for t in conversation.turns] == [0, 1, 2]
    assert {t.answer.id for t in conversation.turns} == {"k"}


@pytest.mark.parametrize(
    "questions", [MUSIC, TRAVEL, TRAVEL[:2], ["市民合唱祭の予算額は？", "参加者は？"], ["合計は？"]]
)
def test_the_last_question_is_answered_as_any_other(questions: list[str], town: Store) -> None:
    conversation = Conversation("k")
    for text in questions[:-1]:
        conversation, _ = ask(conversation, text, town)
    _, given = ask(conversation, questions[-1], town)
    assert untimed(ask_last(conversation, questions[-1], town)) == untimed(given)


def test_asking_leaves_the_conversation_before_as_it_was(town: Store) -> None:
    before = Conversation("k")
    after, _ = ask(before, MUSIC[0], town)
    assert (before.turns, len(after.turns)) == ((), 1)
    with pytest.raises(FrozenInstanceError):
        after.turns = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        after.turns[0].question = "別の質問"  # type: ignore[misc]


def test_two_interleaved_conversations_do_not_mix(town: Store) -> None:
    one, other = Conversation("a"), Conversation("b")
    first, second = [], []
    for ours, theirs in zip(MUSIC, TRAVEL, strict=True):
        one, given = ask(one, ours, town)
        first.append(untimed(given))
        other, given = ask(other, theirs, town)
        second.append(untimed(given))
    assert first == asked_alone("a", MUSIC, town)
    assert second == asked_alone("b", TRAVEL, town)


def test_branching_from_one_conversation(town: Store) -> None:
    """A conversation can be gone on with twice; the branches share only what came before."""
    stem, _ = ask(Conversation("k"), MUSIC[0], town)
    left, _ = ask(stem, MUSIC[1], town)
    right, _ = ask(stem, TRAVEL[0], town)
    assert left.turns[0] is right.turns[0]
    assert left.turns[1] != right.turns[1]


@pytest.mark.parametrize("text", ["", "？", "予" * 5000])
def test_what_cannot_be_asked_takes_a_turn_and_says_why(text: str, town: Store) -> None:
    conversation, given = ask(Conversation("k"), text, town)
    conversation, after = ask(conversation, MUSIC[0], town)
    assert (given.answered, given.kind, given.turn, given.citations) == (False, "none", 0, ())
    assert len(given.answer.splitlines()) == 1
    assert (after.answered, after.turn) == (True, 1)


def test_a_first_question_is_answered_as_if_asked_alone(town: Store) -> None:
    for text in (*MUSIC, TRAVEL[0]):
        _, given = ask(Conversation("k"), text, town)
        assert untimed(given) == untimed(answer(text, town, question_id="k"))


def test_a_follow_up_without_anything_before_it_is_not_guessed(town: Store) -> None:
    for text in ("では、令和4年度は？", "そのうち参加者は？"):
        _, given = ask(Conversation(), text, town)
        assert (given.answered, given.values) == (False, ())


def test_the_prompt_completes_names_and_tells_how_a_turn_was_understood(town: Store) -> None:
    assert {"市民合唱祭", "観光案内所運営"} <= set(names(town))
    conversation, first = ask(Conversation(), "市民合唱祭の令和5年度の予算額は？", town)
    _, second = ask(conversation, "湖畔野外劇は？", town)
    assert not is_rewritten("市民合唱祭の令和5年度の予算額は？", first)
    assert is_rewritten("湖畔野外劇は？", second)
    assert second.standalone == "湖畔野外劇の令和5年度の予算額は？"
