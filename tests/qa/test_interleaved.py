"""Two thousand conversations in one process, turn about turn: each is answered as if it were the only one.

They are short and about one small table, so that most are much alike, and what leaks from one into another changes its
answer. What the pipeline says to a complete question is kept for the run, or it would take minutes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product

import pytest

import qa.conversation
import qa.followup_memory
from index import Store, build, open_store
from qa import Answer, Conversation, answer, ask
from qa.types import Step

MANY = 2000
THINGS = ("川の清掃", "緑のカーテン", "くらしの相談", "見守り訪問", "長寿祝金", "手話の集い")
OPENINGS = ("{}の令和5年度当初予算額は？", "{}の開始年度は？", "{}の担当課は？")
GOING_ON = (
    ("令和4年度は？", "差はいくら？"), ("朗読の会は？", "2つの合計は？"), ("なるほど。", "その事業の会場は？"), ("出典は？",),
    ("参加者数は？", "最初に聞いた事業の開始年度は？"), ("出前講座の会場は？", "2番"), ("いえ、点字図書の方です", "令和4年度は？"),
    ("火星探査事業の予算は？", "それの会場は？"),
)  # fmt: skip
SCRIPTS = tuple((opening.format(thing), *on) for thing, opening, on in product(THINGS, OPENINGS, GOING_ON))

Asking = Callable[[Conversation, str, Store], tuple[Conversation, Answer]]
Script = tuple[str, ...]


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Store:
    from tests.qa.conftest import HERE

    folder = tmp_path_factory.mktemp("twins-index")
    build(HERE / "twins", folder)
    return open_store(folder)


@pytest.fixture(scope="module", autouse=True)
def answers_are_kept() -> Iterator[None]:
    """Complete questions are answered once each: what a turn stands for is still worked out every time."""
    kept: dict[str, tuple[Answer, list[Step]]] = {}

    def once(text: str, store: Store, *, steps: list[Step] | None = None) -> Answer:
        if text not in kept:
            made: list[Step] = []
            kept[text] = (answer(text, store, steps=made), made)
        given, made = kept[text]
        if steps is not None:
            steps.extend(made)
        return given

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(qa.conversation, "answer", once)
        patched.setattr(qa.followup_memory, "answer", once)
        yield


def said_to(given: Answer) -> Answer:
    """An answer without what differs from one conversation to another, whatever is answered."""
    return replace(given, id="", elapsed_ms=0.0)


@pytest.fixture(scope="module")
def alone(twins: Store) -> dict[Script, list[Answer]]:
    """What each script is answered with when nothing else is asked."""
    found: dict[Script, list[Answer]] = {}
    for script in SCRIPTS:
        conversation, given = Conversation(), []
        for text in script:
            conversation, one = ask(conversation, text, twins)
            given.append(said_to(one))
        found[script] = given
    return found


def interleaved(asking: Asking, scripts: Sequence[Script], store: Store) -> list[list[Answer]]:
    """The answers to each script, all of them going on at once in an order that is as good as any."""
    running = [Conversation(str(n)) for n in range(len(scripts))]
    given: list[list[Answer]] = [[] for _ in scripts]
    order = [n for n, script in enumerate(scripts) for _ in script]
    random.Random(20).shuffle(order)
    for n in order:
        running[n], one = asking(running[n], scripts[n][len(given[n])], store)
        assert running[n].id == str(n), "a conversation comes back as itself"
        given[n].append(one)
    return given


def mixed(asking: Asking, many: int, store: Store, alone: dict[Script, list[Answer]]) -> list[int]:
    """Those of so many conversations that were answered otherwise than alone, or under another's name."""
    scripts = random.Random(5).choices(SCRIPTS, k=many)
    given = interleaved(asking, scripts, store)
    return [
        n for n, script in enumerate(scripts)
        if [said_to(one) for one in given[n]] != alone[script] or {one.id for one in given[n]} != {str(n)}
    ]  # fmt: skip


def test_the_scripts_differ_in_what_they_are_answered_with(alone: dict[Script, list[Answer]]) -> None:
    """Else a leak from one into another could not be seen."""
    said = [tuple(one.answer for one in given) for given in alone.values()]
    assert len(set(said)) > 0.9 * len(said)
    answered = [one.answered for given in alone.values() for one in given]
    assert sum(answered) > 0.7 * len(answered)


def test_two_thousand_conversations_never_mix(twins: Store, alone: dict[Script, list[Answer]]) -> None:
    assert mixed(ask, MANY, twins, alone) == []


def the_last_topic_is_shared() -> Asking:
    before: list[Conversation] = []

    def asking(conversation: Conversation, text: str, store: Store) -> tuple[Conversation, Answer]:
        seen = replace(before[-1], id=conversation.id, asked=conversation.asked) if before else conversation
        later, given = ask(seen, text, store)
        before.append(later)
        return later, given

    return asking


def answers_are_kept_by_the_turn_alone() -> Asking:
    kept: dict[str, Answer] = {}

    def asking(conversation: Conversation, text: str, store: Store) -> tuple[Conversation, Answer]:
        later, given = ask(conversation, text, store)
        first = kept.setdefault(text, given)
        return later, replace(first, id=given.id, turn=given.turn)

    return asking


def the_first_topic_is_shared() -> Asking:
    first: list[Conversation] = []

    def asking(conversation: Conversation, text: str, store: Store) -> tuple[Conversation, Answer]:
        later, given = ask(replace(conversation, first=first[0].first) if first else conversation, text, store)
        first.append(later)
        return later, given

    return asking


def answers_go_to_the_one_before() -> Asking:
    before: list[str] = []

    def asking(conversation: Conversation, text: str, store: Store) -> tuple[Conversation, Answer]:
        later, given = ask(conversation, text, store)
        before.append(conversation.id)
        return later, replace(given, id=before[len(before) // 2])

    return asking


@pytest.mark.parametrize(
    "leak",
    [
        the_last_topic_is_shared,
        answers_are_kept_by_the_turn_alone,
        the_first_topic_is_shared,
        answers_go_to_the_one_before,
    ],
    ids=lambda leak: leak.__name__,
)
def test_a_leak_would_be_seen(leak: Callable[[], Asking], twins: Store, alone: dict[Script, list[Answer]]) -> None:
    assert mixed(leak(), 100, twins, alone)
