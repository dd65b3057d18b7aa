"""`python -m eval`: both tables are printed, both reports written; wrong use is one sentence and exit 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "eval", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_run_prints_both_tables_and_writes_both_reports(gold_file: Path, village_index: Path, tmp_path: Path) -> None:
    ran = program("run", "--gold", str(gold_file), "--index", str(village_index), "--out", str(tmp_path / "out"))
    assert ran.returncode == 0
    assert ran.stderr == ""
    heads = [line for line in ran.stdout.splitlines() if line.startswith("==")]
    assert [("village" in head, "BM25" in head) for head in heads] == [(True, False), (True, True), (False, False)]
    told = ran.stdout.split(heads[2])[1]
    for measure in ("正答", "CRAG", "引用の再現", "行の適合", "セルの再現", "拒否の再現", "AURC", "ECE", "p95"):
        assert measure in told
    assert ran.stdout.count("全体") == 2
    runs = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert [len(run["items"]) for run in runs] == [6, 6]
    assert runs[0]["counts"]["right"] == 6
    assert {"aurc", "error"} <= runs[0]["risk"].keys()
    assert runs[0]["elapsed_ms"].keys() == {"p50", "p90", "p95", "p99", "max"}
    assert "BM25" in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert str(tmp_path / "out" / "report.html") in ran.stdout


def test_two_gold_files_are_two_runs_each(gold_file: Path, village_index: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": "O1", "question": "棚田保全の決算額は？", "must_include": [["4518千円"]]}\n', "utf-8")
    ran = program(
        "run", "--gold", str(gold_file), "--gold", str(other), "--index", str(village_index), "--out", str(tmp_path)
    )
    assert ran.returncode == 0
    assert len(json.loads((tmp_path / "report.json").read_text("utf-8"))) == 4


@pytest.mark.parametrize("wrong", ["missing", "broken", "loose", "index", "beir"])
def test_wrong_use_is_one_sentence_that_names_it(
    wrong: str, gold_file: Path, village_index: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "a", "question": "x"}\n{\n', "utf-8")
    loose = tmp_path / "loose.jsonl"
    cited = {"question": "棚田保全の決算額は？", "citations": [{"document": "sugisawa-r4", "line": 13}]}
    loose.write_text(json.dumps({"id": "a"} | cited | {"must_include": [["99千円"]]}) + "\n", "utf-8")
    out = tmp_path / "out"
    named, arguments = {
        "missing": (tmp_path / "none.jsonl", ["--gold", str(tmp_path / "none.jsonl"), "--index", str(village_index)]),
        "broken": (broken, ["--gold", str(broken), "--index", str(village_index)]),
        "loose": (loose, ["--gold", str(loose), "--index", str(village_index)]),
        "index": (tmp_path / "none", ["--gold", str(gold_file), "--index", str(tmp_path / "none")]),
        "beir": (tmp_path / "none", []),
    }[wrong]
    ran = (
        program("retrieval", "--beir", str(named)) if wrong == "beir" else program("run", *arguments, "--out", str(out))
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    (sentence,) = ran.stderr.splitlines()
    assert str(named) in sentence
    assert ("2 行目" in sentence) == (wrong == "broken")
    assert not out.exists()
