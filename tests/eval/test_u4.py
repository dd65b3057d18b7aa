"""U4 Table QA: reading, predicting, comparing; bad input is named."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from eval.u4 import BadU4, Prediction, measure, predict, read_u4, run, same_value
from qa.training.data import read_tables

TABLES = [
    {
        "table_id": "R1-1-tab1",
        "before": "(単位:千円)",
        "html": '<table><tr><td cell-id="r1c1"></td><td cell-id="r1c2">2020年3月31日</td><td cell-id="r1c3">2021年3月31日</td></tr>'
        '<tr><td cell-id="r2c1">土地</td><td cell-id="r2c2">1,000</td><td cell-id="r2c3">1,100</td></tr>'
        '<tr><td cell-id="r3c1">建物</td><td cell-id="r3c2">500</td><td cell-id="r3c3">△450</td></tr></table>',
    },
    {
        "table_id": "R1-2-tab2",
        "before": "続き",
        "html": '<table><tr><td cell-id="r1c1"></td><td cell-id="r1c2">前期</td><td cell-id="r1c3">当期</td></tr>'
        '<tr><td cell-id="r2c1">借入金</td><td cell-id="r2c2">70</td><td cell-id="r2c3">80</td></tr></table>',
    },
]
QUESTIONS = [
    {
        "id": "q1",
        "question": "甲社の2021年時点における「建物」は？",
        "table_id": "R1-1-tab1",
        "cell_id": "r3c3",
        "value": "-450000",
    },
    {
        "id": "q2",
        "question": "甲社の2020年時点における「借入金」は？",
        "table_id": "R1-2-tab2",
        "cell_id": "r2c2",
        "value": "70000",
    },
]


def write(path: Path, lines: list[dict[str, str]]) -> Path:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eval", "u4", *arguments], capture_output=True, text=True, timeout=120, check=False
    )


def test_a_table_learns_unit_and_year_from_its_report() -> None:
    grids = read_tables(TABLES)
    assert grids["R1-2-tab2"].scale == 1000
    assert grids["R1-2-tab2"].year == 2021
    found = predict(QUESTIONS, grids)
    assert [(p.cell_id, p.value) for p in found] == [("r3c3", "-450000"), ("r2c2", "70000")]


def test_the_command_writes_cells_and_values_and_prints_accuracy(tmp_path: Path) -> None:
    tables, questions = write(tmp_path / "t.jsonl.gz", TABLES), write(tmp_path / "q.jsonl", QUESTIONS)
    out = tmp_path / "new" / "pred.jsonl"
    done = command("--tables", str(tables), "--questions", str(questions), "--out", str(out))
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(x["id"], x["cell_id"], x["value"]) for x in lines] == [("q1", "r3c3", "-450000"), ("q2", "r2c2", "70000")]
    assert "value 1.0000  cell 1.0000" in done.stdout
    assert " ms p50" in done.stdout


def test_questions_without_gold_are_answered_and_not_measured(tmp_path: Path) -> None:
    bare = [{k: q[k] for k in ("id", "question", "table_id")} for q in QUESTIONS]
    tables, questions = write(tmp_path / "t.jsonl", TABLES), write(tmp_path / "q.jsonl", bare)
    predictions, measured, _ = run(tables, questions, tmp_path / "p.jsonl")
    assert [p.cell_id for p in predictions] == ["r3c3", "r2c2"]
    assert measured is None


def test_measures_count_each_question_once() -> None:
    made = [
        Prediction("q1", "R1-1-tab1", "r3c3", "450000", 0.9, 1.0),
        Prediction("q2", "R1-2-tab2", "r2c3", "70000.00001", 0.9, 3.0),
    ]
    measured = measure(QUESTIONS, made)
    assert measured is not None
    assert (measured.count, measured.cells, measured.values, measured.both) == (2, 0.5, 0.5, 0.0)
    assert measured.p50 == 2.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1.28500", "1.285", True), ("0.12344", "0.12343", True), ("0.1234", "0.1235", False), ("-5", "5", False),
        ("普通　株式", "普通株式", True), ("普通株式", "優先株式", False), ("－", "0", False), ("", "5", False),
    ],
)  # fmt: skip
def test_same_values(one: str, other: str, same: bool) -> None:
    assert same_value(one, other) is same


def test_bad_input_is_named_in_one_sentence(tmp_path: Path) -> None:
    tables, questions = write(tmp_path / "t.jsonl", TABLES), write(tmp_path / "q.jsonl", QUESTIONS)
    out = str(tmp_path / "p.jsonl")
    broken = tmp_path / "broken.jsonl"
    broken.write_text("no json\n", "utf-8")
    torn = tmp_path / "torn.jsonl.gz"
    torn.write_bytes(gzip.compress(b"{}" * 1000)[:20])
    lonely = write(tmp_path / "l.jsonl", [{**QUESTIONS[0], "table_id": "nowhere"}])
    thin = write(tmp_path / "thin.jsonl", [{"id": "q1", "question": "?"}])
    for t, q, named in (
        (tmp_path / "none.jsonl", questions, "none.jsonl"),
        (broken, questions, "broken.jsonl"),
        (torn, questions, "torn.jsonl.gz"),
        (tables, lonely, "nowhere"),
        (tables, thin, "table_id"),
    ):
        done = command("--tables", str(t), "--questions", str(q), "--out", out)
        assert done.returncode == 2
        assert named in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stderr.count("\n") == 1


def test_predictions_that_cannot_be_written_are_an_error(tmp_path: Path) -> None:
    tables, questions = write(tmp_path / "t.jsonl", TABLES), write(tmp_path / "q.jsonl", QUESTIONS)
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(BadU4, match="--out"):
        run(tables, questions, tmp_path / "file" / "p.jsonl")


def test_lines_need_their_fields(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", QUESTIONS)
    assert len(read_u4(path, ("id", "value"))) == 2
    with pytest.raises(BadU4, match="html"):
        read_u4(path, ("id", "html"))


SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "u4"


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "valid_questions.jsonl").exists(), reason="the U4 files are not here")
def test_u4_valid_reaches_what_the_model_card_says(tmp_path: Path) -> None:
    _, measured, _ = run(SHARED / "valid_tables.jsonl.gz", SHARED / "valid_questions.jsonl", tmp_path / "p.jsonl")
    assert measured is not None
    assert measured.cells >= 0.92
    assert measured.values >= 0.90
