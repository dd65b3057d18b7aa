"""Asking back: when it is done, what the choices are called, and which of them a turn picks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from index import Store, build, open_store
from qa import Answer, Conversation, answer, ask
from qa.ask_back import LEAST, MOST, offered, readings, worth_asking
from qa.choice import Weighed
from qa.conversation import from_json, to_json
from qa.followup_pick import picked
from qa.types import Citation, Draft, Value

SURE = {"lost_names": 0.0, "lost_unknown": 0.0, "lost_nouns": 0.0, "dated": 0.0, "year": 1.0}


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Store:
    from tests.qa.conftest import HERE

    folder = tmp_path_factory.mktemp("twins-index")
    build(HERE / "twins", folder)
    return open_store(folder)


def offer(probability: float, **features: float) -> Weighed:
    return Weighed(object(), probability, SURE | features)  # type: ignore[arg-type]


def draft(line: int, figure: int) -> Draft:
    cited = Citation("d", "題", line, line, None, None, (), "行", ("列",), str(figure))
    return Draft(f"{figure}", f"{figure}", "value", (Value(figure, None, str(figure)),), None, (cited,), 0.3)


@pytest.mark.parametrize(
    ("best", "kept"),
    [
        ([offer(0.4), offer(0.3)], 2),
        ([offer(0.3), offer(0.15)], 0),  # too unlikely together
        ([offer(0.49), offer(LEAST / 2)], 0),  # only one that is likely at all
        ([offer(0.45, lost_names=1.0), offer(0.4, lost_names=1.0)], 0),  # a name that nothing explains
        ([offer(0.45, lost_unknown=1.0), offer(0.4, lost_nouns=1.0), offer(0.3)], 0),
        ([offer(0.45, dated=1.0, year=-1.0), offer(0.4)], 0),  # another year than was asked for
        ([offer(0.45, year=-1.0), offer(0.4)], 2),  # none was
    ],
)
def test_asked_back_only_about_what_accounts_for_every_word(best: list[Weighed], kept: int) -> None:
    assert len(worth_asking(best)) == kept


def test_two_ways_to_one_answer_are_one_reading() -> None:
    same_cell = [(offer(0.45), draft(3, 120)), (offer(0.4), draft(3, 120))]
    same_figure = [(offer(0.45), draft(3, 120)), (offer(0.4), draft(9, 120))]
    assert readings(same_cell) == readings(same_figure) == []
    others = [(offer(0.3), draft(n, 100 + n)) for n in range(6)]
    assert readings(others) == others[:MOST]


@pytest.mark.parametrize(
    "text",
    [
        "出前講座の令和5年度の参加者数は？",
        "出前講座の会場はどこですか",
        "出前講座はいつ始まりましたか",
        "出前講座の令和4年度当初予算額を教えて",
        "防災課の令和5年度当初予算額は？",
    ],
)
def test_what_several_rows_answer_alike_is_asked_back(
    twins: Store, text: str, numbers: Callable[[str], set[str]], conform: Callable[[Any], None]
) -> None:
    import msgspec

    given = answer(text, twins)
    conform(msgspec.json.decode(msgspec.json.encode(given)))
    assert (given.answered, given.kind, given.values, given.confidence) == (False, "clarify", (), 0.0)
    names = offered(given)
    assert 2 <= len(names) <= MOST
    assert len(given.citations) == len(names)
    allowed = {str(n) for n in range(1, MOST + 1)} | {"4", "5"}  # the choices' numbers, and the years asked for
    assert numbers(given.answer) <= allowed, "no figure is told before it is known what is meant"


@pytest.mark.parametrize(
    "text",
    [
        "環境課の出前講座の会場は？",  # its group is said
        "自治会館で開く出前講座の開始年度は？",  # its row is said otherwise
        "見守り訪問の会場は？",  # the only one of its name
        "出前講座の令和5年度当初予算額の合計は？",  # all of them are meant
        "出前講座の担当課は？",
        "人形劇の令和5年度の参加者数は？",  # nothing of the name
        "人形劇の出前講座の令和5年度の参加者数は？",
        "出前講座の令和9年度の参加者数は？",
    ],
)
def test_what_is_singled_out_or_is_not_there_is_not_asked_back(twins: Store, text: str) -> None:
    assert answer(text, twins).kind != "clarify"


@pytest.mark.parametrize(
    "text", ["出前講座の令和5年度の参加者数は？", "出前講座の会場はどこですか", "防災課の令和5年度当初予算額は？"]
)
def test_each_choice_by_its_number_or_name_gets_its_answer_also_alone(twins: Store, text: str) -> None:
    asked, back = ask(Conversation("k"), text, twins)
    asked = from_json(to_json(asked))
    for number, (name, citation) in enumerate(zip(offered(back), back.citations, strict=True), 1):
        _, by_number = ask(asked, str(number), twins)
        _, by_name = ask(asked, name, twins)
        assert replace(by_number, question="", elapsed_ms=0) == replace(by_name, question="", elapsed_ms=0)
        assert by_number.answered
        assert by_number.citations[0] == citation
        alone = answer(by_number.standalone, twins)
        assert (alone.answer, alone.values, alone.citations) == (
            by_number.answer,
            by_number.values,
            by_number.citations,
        )
        beside = answer(f"「{text}」のうち、「{name}」については？", twins)
        assert (beside.answered, beside.values) == (True, by_number.values)


CHOICES = ("環境課の講座の会場", "防災課の講座の会場", "令和5年度の講座の予算額")


def offering(names: tuple[str, ...]) -> Conversation:
    from qa.followup_state import Turn

    listed = "\n".join(f"{n}. {name}" for n, name in enumerate(names, 1))
    given = Answer("", 0, "", "", False, "clarify", f"どれですか。\n{listed}", (), None, (), 0.0, "", 0.0)
    return Conversation(turns=(Turn("", given),))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2", 1), ("2番", 1), ("２番目の方", 1), ("二番目です", 1), ("②", 1), ("(3)", 2), ("2でお願いします", 1), ("じゃあ3番で", 2),
        ("最初のほう", 0), ("最後のです", 2), ("環境課", 0), ("防災課の方です", 1), ("予算額", 2), ("R5の方", 2), ("2023年度", 2),
        ("前者", 0), ("環境課の講座の会場でお願いします。", 0),
        ("4番", None), ("0", None), ("講座", None), ("会場", None), ("課", None), ("後者", None), ("両方", None), ("はい", None),
        ("環境課の予算は？", None), ("2年前は？", None), ("12番", None), ("？", None), ("", None),
    ],
)  # fmt: skip
def test_which_choice_a_turn_picks(text: str, at: int | None) -> None:
    assert picked(text, offering(CHOICES)) == (None if at is None else CHOICES[at])


def test_the_latter_is_the_second_of_two() -> None:
    assert picked("後者の方です", offering(CHOICES[:2])) == CHOICES[1]
    assert picked("後者", Conversation()) is None
