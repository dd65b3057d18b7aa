"""`python -m index` as its user meets it: a line on what was built, hits with their places, exit codes, no tracebacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def index(*arguments: str | bytes | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [sys.executable, "-m", "index", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "HF_HUB_OFFLINE": "1", **environment},
    )
    assert "Traceback" not in ran.stderr
    return ran


@pytest.fixture
def built(town: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    ran = index("build", "--corpus", town, "--index", folder)
    assert ran.returncode == 0, ran.stderr
    assert "文書 2" in ran.stdout
    return folder


def test_build_then_search(built: Path, town: Path) -> None:
    again = index("build", "--corpus", town, "--index", built)
    assert again.returncode == 0
    assert "新しく埋め込み 0)" in again.stdout
    ran = index("search", "海岸清掃の予算", "-k", "3", "--json", "--index", built)
    assert ran.returncode == 0
    hits = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    assert 1 <= len(hits) <= 3
    first = hits[0]
    assert (first["document"], first["kind"], first["line_start"], first["line_end"]) == ("yosan", "row", 7, 7)
    assert "海岸清掃" in first["text"]
    assert first["score"] >= hits[-1]["score"] > 0
    shown = index("search", "海岸清掃の予算", "--index", built)
    assert shown.returncode == 0
    assert "yosan:7" in shown.stdout.splitlines()[0]


@pytest.mark.parametrize("mode", ["hybrid", "lexical", "dense"])
def test_every_mode_searches(index_folder: Path, mode: str) -> None:
    ran = index("search", "上海事務所", "--mode", mode, "--json", "--index", index_folder)
    assert ran.returncode == 0
    assert any("上海" in json.loads(line)["text"] for line in ran.stdout.splitlines())


def test_nothing_found_is_code_1(index_folder: Path) -> None:
    for query, *options in (["。、"], ["qzxvqz", "--mode", "lexical"], ["をがに"]):
        ran = index("search", query, *options, "--index", index_folder)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert len(ran.stderr.splitlines()) == 1
        assert f"「{query}」" in ran.stderr
        ran = index("search", query, *options, "--json", "--index", index_folder)
        assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["search"],
        ["guess"],
        ["search", " "],
        ["search", "港", "-k", "0"],
        ["search", "港", "-k", "many"],
        ["search", "港", "--mode", "vector"],
        ["search", "港", "--index", "/nowhere/index"],
        ["build", "--corpus", "/nowhere/corpus", "--index", "/nowhere/index"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_code_2_with_a_reason(arguments: list[str]) -> None:
    ran = index(*arguments)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.strip()


def test_a_damaged_index_is_one_sentence_and_code_2(built: Path) -> None:
    (path,) = built.glob("generations/*/entries.jsonl")
    path.write_bytes(path.read_bytes()[:-1])
    ran = index("search", "港", "--index", built)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert len(ran.stderr.strip().splitlines()) == 1
    assert "entries.jsonl" in ran.stderr


def test_check_reads_everything(built: Path) -> None:
    ran = index("check", "--index", built)
    assert ran.returncode == 0
    assert "文書 2" in ran.stdout
    (path,) = built.glob("generations/*/vectors.npy")
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    ran = index("check", "--index", built)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "vectors.npy" in ran.stderr


def test_an_unknown_model_is_one_sentence_and_code_2(town: Path, tmp_path: Path) -> None:
    ran = index("build", "--corpus", town, "--index", tmp_path / "index", "--model", "no-such-model-anywhere")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "no-such-model-anywhere" in ran.stderr


def test_a_bad_file_is_said_and_the_rest_is_built(town: Path, tmp_path: Path) -> None:
    (town / "empty.txt").write_bytes(b"")
    ran = index("build", "--corpus", town, "--index", tmp_path / "index")
    assert ran.returncode == 0
    assert "empty.txt" in ran.stderr
    assert "文書 2" in ran.stdout


def test_an_empty_folder_is_code_2(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    ran = index("build", "--corpus", tmp_path / "nothing", "--index", tmp_path / "index")
    assert ran.returncode == 2
    assert "nothing" in ran.stderr
    assert not (tmp_path / "index").exists()


def test_the_hash_seed_changes_nothing(town: Path, tmp_path: Path) -> None:
    trees = []
    for seed in ("3", "4"):
        folder = tmp_path / seed
        assert index("build", "--corpus", town, "--index", folder, PYTHONHASHSEED=seed).returncode == 0
        trees.append({str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert trees[0] == trees[1]


def test_a_query_that_is_no_utf_8_shows_no_traceback(index_folder: Path) -> None:
    assert index("search", b"\xe6\xb8\xaf\xff", "--index", index_folder).returncode in (0, 1, 2)
