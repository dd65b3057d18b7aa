"""Whole conversations over made-up documents: every way of going on from a turn, and what holds for all of them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import Store, build, open_store
from qa import Answer, Conversation, answer, ask
from qa.conversation import BadConversation, from_json, to_json
from qa.followup_state import MOST_TURNS
from qa.types import UnaskableQuestion

HERE = Path(__file__).parent
DIALOGUES: list[dict[str, Any]] = tomllib.loads((HERE / "dialogues.toml").read_text("utf-8"))["dialogue"]
Stores = dict[str, Store]
SLOW = settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def stores(town: Store, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    found = {"town": town}
    for name in ("harbour", "valley", "twins", "lake"):
        folder = tmp_path_factory.mktemp(f"{name}-index")
        build(HERE / name, folder)
        found[name] = open_store(folder)
    return found


def plain(text: str) -> str:
    return re.sub(r"[\s,、]", "", unicodedata.normalize("NFKC", text))


def holds(text: str, figure: str) -> bool:
    """Whether a text says a figure or words; a figure never inside a longer one."""
    wanted = plain(figure)
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    after = r"(?!\d)(?!\.\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, plain(text)) is not None


def untimed(one: Answer) -> Answer:
    return replace(one, elapsed_ms=0.0)


def questions(dialogue: dict[str, Any]) -> list[str]:
    return [turn["ask"] for turn in dialogue["turns"]]


def told(dialogue: dict[str, Any], store: Store, name: str = "k") -> tuple[Conversation, list[Answer]]:
    conversation, said = Conversation(name), []
    for text in questions(dialogue):
        conversation, one = ask(conversation, text, store)
        said.append(one)
    return conversation, said


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda d: d["shows"])
def test_every_turn_is_answered_from_what_was_meant(dialogue: dict[str, Any], stores: Stores) -> None:
    conversation, said = told(dialogue, stores[dialogue["corpus"]])
    for turn, one, kept in zip(dialogue["turns"], said, conversation.turns, strict=True):
        seen = f"{turn['ask']} → {one.standalone} → {one.answer}"
        assert one.answered == ("says" in turn or turn.get("as") == "chat"), seen
        assert all(holds(one.answer, wanted) for wanted in turn.get("says", ())), seen
        assert not any(holds(one.answer, other) for other in turn.get("never", ())), seen
        cited = {n for c in one.citations for n in range(c.line_start, c.line_end + 1)}
        assert set(turn.get("lines", ())) <= cited, seen
        assert kept.understood.kind == turn.get("as", "refused"), seen


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda d: d["shows"])
def test_the_standalone_question_asked_alone_gets_the_same_answer(dialogue: dict[str, Any], stores: Stores) -> None:
    store = stores[dialogue["corpus"]]
    for one in told(dialogue, store)[1]:
        if not one.standalone or not one.answered:
            continue
        alone = answer(one.standalone, store)
        same = ("kind", "answer", "values", "calculation", "citations", "confidence", "standalone")
        assert {name: getattr(alone, name) for name in same} == {name: getattr(one, name) for name in same}


@SLOW
@given(data=st.data())
def test_interleaved_conversations_never_mix(data: st.DataObject, stores: Stores) -> None:
    """Any order of turns of several conversations gives each what it gets on its own."""
    chosen = data.draw(st.lists(st.sampled_from(DIALOGUES), min_size=2, max_size=4))
    running = [(d, Conversation(str(i)), iter(questions(d))) for i, d in enumerate(chosen)]
    said: dict[int, list[Answer]] = {i: [] for i in range(len(chosen))}
    open_ones = list(range(len(chosen)))
    while open_ones:
        i = data.draw(st.sampled_from(open_ones))
        dialogue, conversation, left = running[i]
        text = next(left, None)
        if text is None:
            open_ones.remove(i)
            continue
        conversation, one = ask(conversation, text, stores[dialogue["corpus"]])
        running[i] = (dialogue, conversation, left)
        said[i].append(untimed(one))
    for i, dialogue in enumerate(chosen):
        alone = [untimed(one) for one in told(dialogue, stores[dialogue["corpus"]], str(i))[1]]
        assert said[i] == alone


@pytest.mark.parametrize("dialogue", DIALOGUES[::3], ids=lambda d: d["shows"])
def test_a_conversation_goes_on_from_its_json(dialogue: dict[str, Any], stores: Stores) -> None:
    store = stores[dialogue["corpus"]]
    kept, stored = Conversation("k"), Conversation("k")
    for text in questions(dialogue):
        kept, one = ask(kept, text, store)
        stored, other = ask(from_json(to_json(stored)), text, store)
        assert untimed(one) == untimed(other)
    assert from_json(to_json(kept)) == kept


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"turns": 3}', b"\xff", '{"id": "k", "turns": [{}]}'])
def test_what_is_no_conversation_is_refused_in_one_sentence(raw: bytes | str) -> None:
    with pytest.raises(BadConversation) as refused:
        from_json(raw)
    assert len(str(refused.value).splitlines()) == 1


def test_five_hundred_turns_stay_small_and_know_the_first(town: Store) -> None:
    conversation, _ = ask(Conversation("k"), "市民合唱祭の令和5年度の予算額は？", town)
    subjects = ["湖畔野外劇", "市史編さん", "移動図書館ひまわり号"]
    for i in range(499):
        conversation, one = ask(conversation, f"{subjects[i % 3]}は？", town)
        assert (one.turn, one.answered) == (i + 1, True)
    assert (len(conversation.turns), conversation.asked) == (MOST_TURNS, 500)
    assert len(to_json(conversation)) < 100_000
    _, back = ask(conversation, "最初に聞いた事業の参加者は？", town)
    assert "312名" in back.answer


WORDS = ["それ", "その", "前者", "2番目", "合計", "は", "の", "？", "令和4年度", "市民合唱祭", "内訳", "差", "じゃなくて",
         "「", "」", "そのうち", "出典", "さっきの", "最初の", "3つの", "万円でいうと", "、", "100000", "\n", "🎵"]  # fmt: skip


@SLOW
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map("".join), min_size=1, max_size=4))
def test_no_turn_whatever_it_says_ends_a_conversation(town: Store, texts: list[str]) -> None:
    conversation, _ = ask(Conversation("k"), "市民合唱祭の令和5年度の予算額は？", town)
    for text in texts:
        conversation, one = ask(conversation, text, town)
        assert one.answer
        assert one.question == text
        assert not one.answered or one.citations or one.kind == "chat"
        if one.answered:
            try:
                again = answer(one.standalone, town)
            except UnaskableQuestion:
                pytest.fail(f"{text!r} was understood as what cannot be asked: {one.standalone!r}")
            assert again.answer == one.answer
