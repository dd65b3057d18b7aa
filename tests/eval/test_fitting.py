"""What the choice among offers learns from, and that the questions kept for the end stay out of it."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from eval.evidence import evidence_of
from eval.fitting import BAGS, crossed, fit, model
from eval.fitting_examples import FOREIGN, SEED, Example, complete_questions, of_store, swapped
from eval.gold import document_sets, gold_files, read_gold
from index import Store

SWAPPED = "棚田保全の令和4年度の決算額は？"


@pytest.mark.parametrize("path", gold_files(test=True), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_gold_files_are_read_and_ask_something(path: Path) -> None:
    assert len(read_gold(path)) >= 8


def test_the_questions_kept_for_the_end_are_in_a_folder_of_their_own() -> None:
    seen = {q.question for path in gold_files() for q in complete_questions(path)}
    kept = {
        q.question for path in gold_files(test=True) if path.parent.name == "test" for q in complete_questions(path)
    }
    assert kept
    assert not seen & kept
    assert all(path.parent.name != "test" for path in gold_files())


def test_documents_of_other_places_are_split_by_name() -> None:
    sets = document_sets()
    assert {one.test for one in sets} == {True, False}
    assert {one.document.suffix for one in sets} >= {".csv", ".xlsx", ".pdf", ".docx", ".html", ".txt", ".tsv"}
    assert sum(len(list(one.questions())) for one in sets) >= 100


def test_an_exchanged_word_makes_another_question() -> None:
    foreign = FOREIGN.read_text("utf-8").split()
    made = list(swapped(SWAPPED, foreign, random.Random(SEED)))
    assert made
    assert SWAPPED not in made
    assert len(made) == len(set(made))


def test_offers_are_judged_like_answers(village: Store, gold_file: Path) -> None:
    gold = [d.turns[0] for d in read_gold(gold_file) if len(d.turns) == 1]
    found = list(of_store(village, gold))
    by_question = {one.question: one for one in found if one.source == "gold"}
    assert any(by_question["棚田保全の決算額は？"].right)
    assert not any(by_question["黒部市の棚田保全の決算額は？"].right)
    assert all(not any(one.right) for one in found if one.source == "swapped")


def _example(number: int, good: bool) -> Example:
    return Example(
        "gold", f"問{number}は何ですか", True, ({"covered": 0.9 if good else 0.2}, {"covered": 0.1}), (good, False)
    )


def test_fitted_trees_are_exported_as_they_are() -> None:
    found = [_example(i, i % 2 == 0) for i in range(60)]
    learners, names = fit(found)
    assert len(learners) == BAGS
    trees = model(learners, names)
    for one in found[:6]:
        for own in one.features:
            row = np.array([[own[name] for name in names]])
            expected = np.mean([learner.decision_function(row)[0] for learner in learners])
            assert trees.logits([own])[0] == pytest.approx(expected, abs=1e-3)


def test_left_out_questions_are_reported_by_source() -> None:
    told = crossed([_example(i, i % 2 == 0) for i in range(60)])
    assert told.startswith("gold: 60 questions")
    assert "from 0.5: right" in told


def test_evidence_is_among_the_first(village: Store, gold_file: Path) -> None:
    found = evidence_of(village, read_gold(gold_file))
    assert found.count == 2
    assert found.shares == {"search": 1.0, "with planned rows": 1.0}
