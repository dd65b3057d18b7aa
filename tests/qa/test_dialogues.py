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
    for name in ("harbour", "valley", "twins", "lake", "fair"):
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


# What each phenomenon of a conversation is recognised by, in a turn that is not the first of its dialogue.
PHENOMENA = {
    "a year changed": r"^(?:令和|R|平成)?[0-9]{1,2}年?度?は[？?]$|前の年は",
    "narrowed": r"^(?:そのうち|うち)(?!.*(?:一番|最も|2番目))",
    "put in order": r"順(?:に|だ)",
    "the nth": r"[0-9２３二三]番目",
    "added up": r"合計|合わせ",
    "averaged": r"平均",
    "the most or least": r"一番|最も|どちらが|どっち",
    "compared": r"差|(?:いくら|何人|どれだけ)(?:増|減|違)|比べ",
    "a share": r"割合|[%％]|何割",
    "so much for each": r"あたり",
    "another unit": r"円で(?:いう|言う)",
    "それ": r"^それ(?:は|の|を)",
    "その…": r"その(?:事業|課|講座|会|補助|教室|祭)",
    "そこ": r"^そこ",
    "同課": r"同課|同じ課",
    "前者": r"前者",
    "後者": r"後者",
    "what was asked first": r"最初",
    "さっきの…": r"さっき|先ほど",
    "corrected": r"^(?:いえ|いや|違い)|ではなく|じゃなくて",
    "where it stands": r"出典|どこに書いて|どの資料",
    "the original words": r"原文",
    "broken down": r"内訳",
}
FEWEST = 5


@pytest.mark.parametrize("name", PHENOMENA)
def test_each_phenomenon_is_shown_five_times_over_several_documents(name: str) -> None:
    shown = [
        dialogue["corpus"]
        for dialogue in DIALOGUES
        for turn in dialogue["turns"][1:]
        if "says" in turn and re.search(PHENOMENA[name], turn["ask"])
    ]
    assert len(shown) >= FEWEST
    assert len(set(shown)) > 1


@pytest.mark.parametrize(("kind", "fewest"), [("topic", 5), ("complete", 5), ("slots", 20), ("chat", 5), ("clarify", 5), ("choice", 5), ("refused", 20)])  # fmt: skip
def test_each_way_to_understand_a_turn_is_shown(kind: str, fewest: int) -> None:
    """A new topic, a question of its own, changed slots, small talk, asking back, and what is refused."""
    later = [turn for dialogue in DIALOGUES for turn in dialogue["turns"][1 if kind != "clarify" else 0 :]]
    after_clarify = [
        two
        for d in DIALOGUES
        for one, two in zip(d["turns"], d["turns"][1:], strict=False)
        if one.get("as") == "clarify"
    ]
    shown = after_clarify if kind == "choice" else [t for t in later if t.get("as", "refused") == kind]
    assert len(shown) >= fewest
