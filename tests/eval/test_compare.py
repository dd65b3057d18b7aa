"""Two reports → what got better and worse, and whether chance could do it; exit 1 only where it could not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.baseline import NAME
from eval.compare import compare_runs, told
from eval.gold import EvidenceLine, GoldQuestion
from eval.measures import judge
from eval.report import BadReport, read_report, write_report
from eval.run import Judged, Run
from qa import Answer, Citation

ROOT = Path(__file__).resolve().parent.parent.parent
Made = Callable[..., Run]


@pytest.fixture(name="made")
def made_fixture(said: Callable[..., Answer], cited: Callable[..., Citation]) -> Made:
    def made(outcomes: str, name: str = "村", gold_answer: str = "5千円", dialogue: bool = False) -> Run:
        """A run by one letter a question: r right and cited, w wrong, - refused."""
        gold = GoldQuestion(
            question="予算は？",
            type="予算",
            answer=gold_answer,
            must_include=(("5千円",),),
            citations=(EvidenceLine("d", 3),),
        )
        answers = {
            "r": said("5千円です。", cited(3)),
            "w": said("7千円です。", cited(4)),
            "-": said("記載なし", answered=False),
        }
        return Run(
            name,
            tuple(
                Judged("D" if dialogue else f"V{n}", n, gold, answers[one], judge(gold, answers[one]))
                for n, one in enumerate(outcomes)
            ),
        )

    return made


def test_what_moved_is_named_and_a_refusal_is_better_than_a_wrong_answer(made: Made) -> None:
    found = compare_runs([made("rw-w")], [made("-rw-")])
    assert [(m.id, m.before, m.after) for m in found.better] == [("V1", "誤答", "正答"), ("V3", "誤答", "回答せず")]
    assert [(m.id, m.before, m.after) for m in found.worse] == [("V0", "正答", "回答せず"), ("V2", "回答せず", "誤答")]
    right, wrong, *_ = found.measures
    assert (right.before, right.after, right.difference.value, right.p) == (0.25, 0.25, 0.0, 1.0)
    assert (wrong.before, wrong.after) == (0.5, 0.25)
    assert not found.significantly_worse


def test_citations_are_compared_only_where_both_cite(made: Made) -> None:
    by_name = {one.name: one for one in compare_runs([made("rr-")], [made("rw-")]).measures}
    assert (by_name["引用の適合"].count, by_name["引用の適合"].before, by_name["引用の適合"].after) == (2, 1.0, 0.5)
    assert by_name["引用の適合"].p is None


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [("r" * 20, "r" * 20, False), ("r" * 20, "w" + "r" * 19, False), ("r" * 20, "-" * 8 + "r" * 12, True),
     ("-" * 20, "w" * 8 + "-" * 12, True), ("w" * 8 + "r" * 12, "r" * 20, False), ("w" * 8 + "r" * 8, "-" * 8 + "r" * 8, False)],
)  # fmt: skip
def test_worse_is_what_chance_would_hardly_do(before: str, after: str, worse: bool, made: Made) -> None:
    assert compare_runs([made(before)], [made(after)]).significantly_worse is worse


def test_a_dialogue_that_goes_astray_is_one_piece_of_evidence(made: Made) -> None:
    found = compare_runs([made("r" * 20, dialogue=True)], [made("w" * 20, dialogue=True)])
    assert not found.significantly_worse


def test_what_cannot_be_compared_is_counted_and_left_out(made: Made) -> None:
    found = compare_runs([made("rr"), made("r", "古")], [made("r"), made("rr", "新")])
    assert (found.count, found.only_before, found.only_after) == (1, 2, 2)
    regraded = compare_runs([made("r")], [made("w", gold_answer="7千円")])
    assert (regraded.count, regraded.regraded, regraded.measures) == (0, 1, ())


def test_the_baseline_is_left_out(made: Made) -> None:
    found = compare_runs([made("r"), made("w", f"村 / {NAME}")], [made("r"), made("r", f"村 / {NAME}")])
    assert (found.count, found.better) == (1, ())


def test_people_read_the_question_the_answer_wanted_and_both_given(made: Made) -> None:
    shown = told(compare_runs([made("r" * 20)], [made("w" * 8 + "r" * 12)]))
    assert "悪くなった問 8" in shown
    assert "村 V0-0  正答 → 誤答  予算は？" in shown
    assert "正解 5千円" in shown
    assert "A    5千円です。" in shown
    assert "B    7千円です。" in shown
    assert shown.endswith("B は有意に悪くなっています。")


def test_a_report_is_read_as_it_was_written(made: Made, tmp_path: Path) -> None:
    runs = (made("rw-"), made("r", "他"))
    as_json, _ = write_report(list(runs), tmp_path)
    assert read_report(as_json) == read_report(tmp_path) == runs


@pytest.mark.parametrize("text", ["", "{}", "[{}]", '[{"name": "x"}]', "\xff"])
def test_what_is_no_report_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(text.encode("latin-1"))
    for wrong in (path, tmp_path, tmp_path / "none.json"):
        with pytest.raises(BadReport, match=str(wrong)):
            read_report(wrong)


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eval", "compare", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )  # fmt: skip


def test_the_command_exits_by_what_it_found(made: Made, tmp_path: Path) -> None:
    for name, outcomes in (("a", "r" * 20), ("b", "w" * 8 + "r" * 12)):
        write_report([made(outcomes)], tmp_path / name)
    write_report([made("r", "他")], tmp_path / "c")
    a, b, c = (str(tmp_path / name) for name in "abc")
    worse = program(a, b, "--json")
    assert (worse.returncode, worse.stderr) == (1, "")
    assert json.loads(worse.stdout)["measures"][0]["p"] == pytest.approx(2 / 2**8)
    assert program(b, a).returncode == 0
    for wrong in ((a, str(tmp_path / "none")), (a, c)):
        ran = program(*wrong)
        assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (2, "", 1)
        assert wrong[1] in ran.stderr
