"""How an answer came about, for people: what was understood, found, weighed, and stopped at the gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from eval import evaluate, read_gold
from eval.explained import explained
from index import Store
from qa import Answer, answer


def test_the_steps_are_told_in_order(village: Store) -> None:
    lines = explained(village, answer("令和4年度の棚田オーナー会員数は？", village))
    assert lines[0].startswith("理解: ")
    assert "令和4年度" in lines[0]
    assert [line.split()[0] for line in lines].index("検索") < [line.split()[0] for line in lines].index("候補")
    assert any(line.startswith("候補") and "138人" in line for line in lines)


def test_a_word_that_nothing_explains_is_named(village: Store) -> None:
    lines = explained(village, answer("黒部市の棚田保全の決算額は？", village))
    assert any("説明できない語" in line and "黒部" in line for line in lines)


def test_what_the_gate_stopped_is_told(village: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.pipeline.failures", lambda *_: ("number: 4,518",))
    lines = explained(village, answer("棚田保全の決算額は？", village))
    assert any(line.startswith("検証で止めた理由: number: 4,518") for line in lines)


def test_the_question_as_it_was_understood_is_asked_again(village: Store, said: Callable[..., Answer]) -> None:
    given = replace(said(""), question="そこは？", standalone="棚田保全の決算額は？")
    assert any("棚田" in line for line in explained(village, given))


def test_a_question_that_cannot_be_taken_is_told(village: Store, said: Callable[..., Answer]) -> None:
    assert len(explained(village, replace(said(""), question=" ", standalone=""))) == 1


def test_only_what_is_not_right_is_explained_and_only_where_wanted(gold_file: Path, village: Store) -> None:
    gold = read_gold(gold_file)
    assert [bool(i.explained) for i in evaluate("村", gold, village, explain=True).items] == [False] * 5 + [True]
    assert not any(i.explained for i in evaluate("村", gold, village).items)
