"""The loop: what people said of answers → candidates → reviewed → gold that is measured; nothing unchecked gets in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus import Document
from eval.accept import accept, candidates
from eval.gold import BadGold, read_gold
from eval.run import evaluate
from index import Store
from qa import answer
from qa.web.feedback import Feedback, gold_candidates

ROOT = Path(__file__).resolve().parents[2]
ASKED = "棚田保全の決算額はいくらですか？"
NEVER = "棚田オーナーの年会費はいくらですか？"


@pytest.fixture
def known(village: Store) -> dict[str, Document]:
    return {name: village.documents[name] for name in village.documents}


@pytest.fixture
def kept(village: Store, tmp_path: Path) -> Feedback:
    """A visitor each who says that an answer is right, another that a refusal is, another that a figure is wrong."""
    feedback = Feedback(tmp_path / "feedback.sqlite3")
    for question, verdict in ((ASKED, "right"), (NEVER, "right"), ("棚田オーナーの会員数は？", "figure")):
        feedback.keep(answer(question, village), verdict, "見てください")
    return feedback


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def write(path: Path, items: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in items), "utf-8")
    return path


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_from_the_page_to_the_gold_set_by_commands(
    kept: Feedback, village: Store, village_index: Path, tmp_path: Path
) -> None:
    out, into = tmp_path / "candidates.jsonl", tmp_path / "gold" / "feedback.jsonl"
    assert program("qa.web", "feedback", "--from", str(kept.path), "--out", str(out)).returncode == 0
    right, refused, wrong = lines(out)
    corpus = ("--corpus", str(village_index.parent / "documents"), "--into", str(into))
    shown = program("eval", "accept", str(out), *corpus)
    assert shown.returncode == 1  # the wrong one lacks what only a person can say
    assert shown.stdout.count("受け入れられます") == 2
    assert "must_include" in shown.stdout.split(wrong["id"])[1]
    assert not into.exists()

    wrong |= {
        "must_include": [["138人"]],
        "must_not_include": [],
        "citations": [{"document": "sugisawa-r4", "line": 13}],
    }
    write(out, [right, refused, wrong])
    done = program("eval", "accept", str(out), right["id"], refused["id"], wrong["id"], *corpus)
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 問" in done.stdout
    assert not any("review" in line for line in lines(into))
    run = evaluate("feedback", read_gold(into), village)
    assert [item.judgement.right for item in run.items] == [True, True, True]

    again = program("eval", "accept", str(out), right["id"], *corpus)
    assert again.returncode == 2
    assert right["id"] in again.stderr
    assert len(lines(into)) == 3


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"citations": []}, "citations"),
        ({"must_include": []}, "must_include"),
        ({"must_include": [["4,519千円"]]}, "4,519千円"),
        ({"citations": [{"document": "nowhere", "line": 7}]}, "nowhere"),
        ({"citations": [{"document": "sugisawa-r4", "line": 99}]}, "99 行目"),
        ({"citations": [{"document": "sugisawa-r4", "line": 13}]}, "根拠の行になく"),
        ({"question": " "}, "質問が空"),
    ],
)
def test_what_is_wrong_with_a_candidate_is_named_and_keeps_it_out(
    change: dict[str, Any], named: str, kept: Feedback, known: dict[str, Document], tmp_path: Path
) -> None:
    right, refused, _ = gold_candidates(kept.notes())
    found = candidates(write(tmp_path / "c.jsonl", [right | change, refused]), (), known)
    assert any(named in fault for fault in found[0].faults)
    assert found[1].faults == ()
    into = tmp_path / "gold.jsonl"
    with pytest.raises(BadGold, match=right["id"]):
        accept(found, [refused["id"], right["id"]], into)
    assert not into.exists()


def test_what_the_gold_set_holds_is_not_taken_twice(kept: Feedback, known: dict[str, Document], tmp_path: Path) -> None:
    right, refused, _ = gold_candidates(kept.notes())
    gold = write(tmp_path / "gold.jsonl", [right, refused | {"id": "other"}])
    found = candidates(write(tmp_path / "c.jsonl", [right, refused, refused | {"id": "again"}]), [gold], known)
    assert [len(one.faults) for one in found] == [2, 1, 1]
    assert "gold.jsonl" in found[0].faults[0]
    assert "「other」" in found[1].faults[0]


def test_accepted_lines_are_added_below_what_there_is(
    kept: Feedback, known: dict[str, Document], tmp_path: Path
) -> None:
    right, refused, _ = gold_candidates(kept.notes())
    into = write(tmp_path / "gold.jsonl", [right | {"id": "first"}])
    found = candidates(write(tmp_path / "c.jsonl", [refused]), [into], known)
    assert accept(found, [refused["id"], refused["id"]], into) == 1
    assert [line["id"] for line in lines(into)] == ["first", refused["id"]]
    assert [item.turns[0].expected for item in read_gold(into)] == ["answer", "abstain"]


def test_an_unknown_id_is_named(kept: Feedback, known: dict[str, Document], tmp_path: Path) -> None:
    found = candidates(write(tmp_path / "c.jsonl", list(gold_candidates(kept.notes()))[:1]), (), known)
    with pytest.raises(BadGold, match="F9"):
        accept(found, ["F9"], tmp_path / "gold.jsonl")
