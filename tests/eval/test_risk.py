"""Risk against coverage: what the definitions say, on cases worked out by hand and on any answers at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.risk import EDGES, LEFT_OUT, Sure, curve, reliability, risk_of, text, wrong_without

ROOT = Path(__file__).resolve().parent.parent.parent
FOUR = [Sure(0.99, True), Sure(0.9, True), Sure(0.9, False), Sure(0.6, False)]
answers = st.lists(st.builds(Sure, st.floats(0.0, 1.0), st.booleans()), max_size=40)


def test_the_curve_goes_from_the_surest_to_all_answers() -> None:
    points = curve(FOUR, 8)
    assert [(p.confidence, p.coverage, p.risk) for p in points] == [
        (0.99, 1 / 8, 0.0), (0.9, 3 / 8, 1 / 3), (0.6, 4 / 8, 2 / 4),
    ]  # fmt: skip
    assert risk_of(FOUR, 8).aurc == pytest.approx((0 + 1 / 3 + 1 / 2) / 3)


def test_bins_hold_what_was_said_and_what_was_right() -> None:
    bins = reliability(FOUR)
    assert [(b.low, b.high, b.count) for b in bins] == [(0.5, 0.6, 1), (0.8, 0.9, 2), (0.98, 1.0, 1)]
    assert [(b.said, b.right) for b in bins] == [(0.6, 0.0), (0.9, 0.5), (0.99, 1.0)]
    assert risk_of(FOUR, 8).error == pytest.approx((0.6 + 2 * 0.4 + 0.01) / 4)


def test_refusing_the_least_sure_takes_the_wrong_ones_first_only_where_confidence_knows_them() -> None:
    twenty = [Sure(0.9, True)] * 18 + [Sure(0.8, False), Sure(0.7, False)]
    assert wrong_without(twenty, 0.0) == 0.1
    assert wrong_without(twenty, 0.05) == pytest.approx(1 / 19)
    assert wrong_without(twenty, 0.1) == 0.0
    tied = [Sure(0.9, True)] * 19 + [Sure(0.9, False)]
    assert wrong_without(tied, 0.05) == pytest.approx(1 / 19)
    assert wrong_without([], 0.05) == 0.0


def test_more_answers_than_questions_is_an_error() -> None:
    with pytest.raises(ValueError, match="4 answers to 3 questions"):
        risk_of(FOUR, 3)


@given(answers)
def test_every_answer_is_in_one_bin_and_under_the_curve(given_answers: list[Sure]) -> None:
    risk = risk_of(given_answers, len(given_answers) + 1)
    assert sum(b.count for b in risk.bins) == len(given_answers) == risk.answered
    assert all(EDGES[0] <= b.said <= EDGES[-1] and 0 <= b.right <= 1 for b in risk.bins)
    coverages = [p.coverage for p in risk.points]
    assert coverages == sorted(coverages)
    assert [share for share, _ in risk.left] == list(LEFT_OUT)
    if given_answers:
        wrong = sum(not a.right for a in given_answers) / len(given_answers)
        assert risk.points[-1].risk == pytest.approx(wrong)
        assert risk.left[0][1] == pytest.approx(wrong)


def test_the_table_says_how_many_were_answered_and_what_is_left_wrong() -> None:
    shown = text(risk_of(FOUR, 8))
    assert shown.startswith("問 8  回答 4")
    assert "5% を回答しないとき、残りの誤答 0.5000" in shown


def test_the_command_answers_gold_sets_of_several_indexes(gold_file: Path, village_index: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "eval", "risk", "--gold", str(gold_file), "--index", str(village_index),
         "--with", str(gold_file), str(village_index), "--out", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    written = json.loads((tmp_path / "risk.json").read_text("utf-8"))
    assert written["questions"] == 12
    assert f"問 12  回答 {written['answered']}" in ran.stdout
