"""A gold set and an index → every answer judged, for Tashika and for the baseline."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import Run, evaluate, read_gold
from eval.run import evaluate_baseline
from index import Store


@pytest.fixture(scope="module")
def run(gold_file: Path, village: Store) -> Run:
    return evaluate("村", read_gold(gold_file), village)


def test_every_turn_but_chit_chat_is_judged_once(run: Run) -> None:
    judged = [(item.id, item.turn) for item in run.items]
    assert judged == [("V1", 0), ("V2", 0), ("V3", 0), ("V4", 0), ("V5", 1), ("V5", 2)]
    assert all((item.answer.id, item.answer.turn) == (item.id, item.turn) for item in run.items)
    assert all(item.answer.question == item.gold.question for item in run.items)


def test_judgements_are_what_the_village_knows(run: Run) -> None:
    assert [item.judgement.right for item in run.items] == [True, True, True, True, True, False]
    assert [item.judgement.citation_recall for item in run.items] == [1.0, 1.0, None, None, 1.0, 0.0]


def test_summaries_by_kind_and_over_all(run: Run) -> None:
    summaries = run.summaries()
    assert [(s.name, s.count) for s in summaries] == [("fact", 2), ("none", 2), ("start", 2), ("全体", 6)]
    by_name = {s.name: s for s in summaries}
    assert by_name["fact"].right == by_name["none"].right == 1.0
    assert (by_name["start"].right, by_name["start"].wrong_though_answered) == (0.5, 0.5)
    assert by_name["none"].refused == 1.0
    assert by_name["全体"].right == pytest.approx(5 / 6)


def test_the_baseline_answers_the_same_questions(run: Run, gold_file: Path, village: Store) -> None:
    baseline = evaluate_baseline("基準", read_gold(gold_file), village)
    assert [(i.id, i.turn, i.gold) for i in baseline.items] == [(i.id, i.turn, i.gold) for i in run.items]
    assert baseline.summaries()[-1].wrong_though_answered > run.summaries()[-1].wrong_though_answered


def test_dialogues_do_not_touch_each_other(gold_file: Path, village: Store, run: Run) -> None:
    backwards = evaluate("村", tuple(reversed(read_gold(gold_file))), village)
    right = {(i.id, i.turn): i.judgement for i in backwards.items}
    assert right == {(i.id, i.turn): i.judgement for i in run.items}
