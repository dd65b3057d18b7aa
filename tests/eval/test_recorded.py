"""The gate: the gold set measures what was recorded, or the fall is named; what the gate itself takes for a fall."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.gold import EvidenceLine, GoldQuestion
from eval.measures import judge
from eval.recorded import BadRecord, fallen, read_record, record_of, written
from eval.run import Judged, Run
from eval.whole import evaluate_all, looked_at
from qa import Answer, Citation

ROOT = Path(__file__).resolve().parent.parent.parent
Made = Callable[..., Run]


@pytest.mark.slow
def test_the_gold_set_measures_no_less_than_recorded(index_folder: Path) -> None:
    assert fallen(read_record(), evaluate_all(looked_at(index_folder))) == ()


@pytest.fixture(name="made")
def made_fixture(said: Callable[..., Answer], cited: Callable[..., Citation]) -> Made:
    def made(outcomes: str, name: str = "村") -> Run:
        """A run by one letter a question: r right and cited, c right and cited elsewhere, w wrong, - refused."""
        gold = GoldQuestion(
            question="予算は？", answer="5千円", must_include=(("5千円",),), citations=(EvidenceLine("d", 3),)
        )
        answers = {
            "r": said("5千円です。", cited(3)), "c": said("5千円です。", cited(4)), "w": said("7千円です。", cited(3)),
            "-": said("記載なし", answered=False),
        }  # fmt: skip
        items = [Judged(f"V{n}", 0, gold, answers[one], judge(gold, answers[one])) for n, one in enumerate(outcomes)]
        return Run(name, tuple(items))

    return made


def test_a_record_is_read_as_written_and_a_diff_shows_each_question(made: Made, tmp_path: Path) -> None:
    record = record_of([made("rw-"), made("r", "他")])
    (tmp_path / "record.json").write_bytes(written(record))
    assert read_record(tmp_path / "record.json") == record
    assert [record["村"].outcome(f"V{n}-0") for n in range(3)] == ["正答", "誤答", "回答せず"]
    lines = (tmp_path / "record.json").read_text("utf-8").splitlines()
    assert '   "V1-0"' in lines
    assert '   "V2-0"' in lines


@pytest.mark.parametrize(
    ("now", "named"),
    [
        ("r" * 40, None), ("r" * 38 + "-w", None), ("r" * 31 + "-" * 9, "正答"), ("r" * 30 + "w" * 10, "誤答でない問"),
        ("c" * 20 + "r" * 20, "引用の再現"), ("c" + "r" * 39, None),
    ],
)  # fmt: skip
def test_a_fall_beyond_noise_is_named(now: str, named: str | None, made: Made) -> None:
    found = fallen(record_of([made("r" * 38 + "--")]), [made(now)])
    assert (found == ()) == (named is None)
    assert named is None or any(named in one and "村" in one for one in found)


def test_the_questions_lost_are_named(made: Made) -> None:
    (sentence, *_) = fallen(record_of([made("r" * 20)]), [made("-" * 7 + "r" * 13)])
    assert "村/V0-0 村/V1-0" in sentence
    assert "V7-0" not in sentence


def test_falls_too_small_for_each_file_are_seen_over_all(made: Made) -> None:
    names = [f"村{n}" for n in range(4)]
    found = fallen(record_of([made("r" * 20, name) for name in names]), [made("--" + "r" * 18, name) for name in names])
    assert len(found) == 1
    assert found[0].startswith("全体: 正答が差し引き 8 問")


def test_getting_better_is_no_fall(made: Made) -> None:
    assert fallen(record_of([made("w" * 20 + "c" * 20)]), [made("r" * 40)]) == ()


def test_other_gold_has_to_be_recorded_first(made: Made) -> None:
    record = record_of([made("rr"), made("r", "古")])
    found = fallen(record, [made("rrr"), made("r", "新")])
    assert [one.split(":")[0] for one in found] == ["村", "古", "新"]
    assert all("python -m eval record" in one for one in found)


@pytest.mark.parametrize("text", [None, "", "[]", '{"村": {}}'])
def test_a_record_that_cannot_be_read_is_named(text: str | None, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(BadRecord, match=str(path)):
        read_record(path)


def test_only_the_command_writes_the_record() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "eval", "record", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0
    assert "recorded.json" in ran.stdout
    mentioning = [p.name for p in (ROOT / "eval").glob("*.py") if "RECORDED" in p.read_text("utf-8")]
    assert sorted(mentioning) == ["__main__.py", "recorded.py"]
