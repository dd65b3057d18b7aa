"""Every fault of a gold file is named with file, line and id; nothing is evaluated by halves."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from corpus import Document, read_document
from eval.gold import BadGold, DocumentSet, document_sets, gold_files
from eval.gold_check import check_files, check_set, must_be_sound
from eval.reckoning import figures, printed, reckoned
from eval.run import evaluate_document

ROOT = Path(__file__).resolve().parent.parent.parent
TOWN = """波留町 決算のあらまし

税目,決算額(千円),前年度
町民税,4518,4000
固定資産税,"2,075",2000

放送局は東西テレビ、南北テレビの2局で、約 2.7 万人が見た。①20人 ②19人
選手を迎えた町: 北(南の国、西の国) 東(島の国)。
"""
GOOD: dict[str, Any] = {
    "id": "a",
    "question": "町民税は？",
    "must_include": [["4,518千円"]],
    "citations": [{"document": "haru", "line": 4}],
}


@pytest.fixture
def haru(tmp_path: Path) -> dict[str, Document]:
    path = tmp_path / "haru.txt"
    path.write_text(TOWN, "utf-8")
    return {"haru": read_document(path)}


def gold(folder: Path, *lines: dict[str, Any] | str, name: str = "gold.jsonl") -> Path:
    path = folder / name
    text = "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in lines)
    path.write_text(text, "utf-8")
    return path


def problems(path: Path, haru: dict[str, Document]) -> list[tuple[int, str, bool]]:
    return [(one.line, one.what, one.broken) for one in check_files([path], haru)]


def test_a_sound_file_has_no_problem(tmp_path: Path, haru: dict[str, Document]) -> None:
    assert problems(gold(tmp_path, GOOD), haru) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"citations": [{"document": "naru", "line": 4}]}, "文書「naru」"),
        ({"citations": [{"document": "haru", "line": 99}]}, "99 行目"),
        ({"citations": [{"document": "haru", "line": 2}]}, "2 行目"),
        ({"citations_also_ok": [{"document": "haru", "line": 0}]}, "0 行目"),
        ({"question": " "}, "質問"),
        ({"expect": "perhaps"}, "perhaps"),
        ({"citation_rule": "some"}, "some"),
        ({"must_include": [["4,518", ""]]}, "must_include"),
        ({"must_include": [[]]}, "must_include"),
        ({"must_include": "4518"}, "2 行目"),
    ],
)
def test_a_fault_is_named_and_stops_an_evaluation(
    change: dict[str, Any], named: str, tmp_path: Path, haru: dict[str, Document]
) -> None:
    found = check_files([gold(tmp_path, GOOD, GOOD | {"id": "b"} | change)], haru)
    assert [one.line for one in found] == [2]
    assert named in found[0].what
    assert str(tmp_path / "gold.jsonl:2") in str(found[0])
    for values in (True, False):
        with pytest.raises(BadGold, match=named):
            must_be_sound(found, values)


def test_a_value_that_is_not_on_its_line_stops_an_evaluation_unless_it_is_wanted_unchecked(
    tmp_path: Path, haru: dict[str, Document]
) -> None:
    found = check_files([gold(tmp_path, GOOD, GOOD | {"id": "b", "must_include": [["4519"]]})], haru)
    with pytest.raises(BadGold, match=r"gold.jsonl:2: b: 「4519」"):
        must_be_sound(found)
    must_be_sound(found, values=False)


def test_all_faults_are_named_not_only_the_first(tmp_path: Path, haru: dict[str, Document]) -> None:
    unknown = GOOD | {"id": "c", "citations": [{"document": "naru", "line": 1}, {"document": "haru", "line": 99}]}
    found = problems(gold(tmp_path, "{", GOOD, "", GOOD, unknown), haru)
    assert [line for line, _, _ in found] == [1, 4, 5, 5]
    assert "gold.jsonl:2" in found[1][1]


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_or_missing_file_is_named(text: str, tmp_path: Path, haru: dict[str, Document]) -> None:
    for path in (gold(tmp_path, text), tmp_path / "none.jsonl"):
        (found,) = check_files([path], haru)
        assert str(path) in str(found)
        assert found.broken


def test_an_id_that_two_files_use_is_named(tmp_path: Path, haru: dict[str, Document]) -> None:
    paths = [gold(tmp_path, GOOD, name=name) for name in ("one.jsonl", "two.jsonl")]
    (found,) = check_files(paths, haru)
    assert (found.file, found.line) == (paths[1], 1)
    assert "one.jsonl:1" in found.what


@pytest.mark.parametrize(
    ("wanted", "lines", "sound"),
    [
        ("4,518千円", [4], True), ("4519", [4], False), ("451", [4], False), ("2075", [5], True), ("2,075", [4], False),
        ("6,593千円", [4, 5], True), ("518千円", [4], True), ("112.95%", [4], True), ("113%", [4], True), ("114%", [4], False),
        ("2件", [4, 5], True), ("東西テレビ", [7], True), ("27,000人", [7], True), ("39人", [7], True), ("はい", [7], True),
        ("2か国", [8], True), ("3か国", [8], True), ("6か国", [8], False),
    ],
)  # fmt: skip
def test_a_value_stands_on_its_line_or_follows_from_it(
    wanted: str, lines: list[int], sound: bool, tmp_path: Path, haru: dict[str, Document]
) -> None:
    one = GOOD | {"must_include": [[wanted]], "citations": [{"document": "haru", "line": n} for n in lines]}
    found = problems(gold(tmp_path, one), haru)
    assert [(line, broken) for line, _, broken in found] == ([] if sound else [(1, False)])
    marked = gold(tmp_path, one | {"recomputed": "数えた"})
    assert problems(marked, haru) == []


def test_a_turn_may_rest_on_the_lines_of_the_turns_before(tmp_path: Path, haru: dict[str, Document]) -> None:
    follow = GOOD | {
        "question": "固定資産税との差は？",
        "must_include": [["2443千円"]],
        "citations": [{"document": "haru", "line": 5}],
    }
    assert problems(gold(tmp_path, {"id": "d", "turns": [GOOD, follow]}), haru) == []
    ((line, what, _),) = problems(gold(tmp_path, {"id": "d", "turns": [follow, GOOD]}), haru)
    assert (line, "0 番目" in what) == (1, True)


def test_a_set_about_one_document_names_its_lines_by_number(tmp_path: Path) -> None:
    document = tmp_path / "haru.txt"
    document.write_text(TOWN, "utf-8")
    good = GOOD | {"citations": [4]}
    lines = (good, good, good | {"id": "b", "citations": [99]}, good | {"id": "c", "citations": ["x"]}, "[]")
    found = check_set(DocumentSet(document, gold(tmp_path, *lines, name="gold_haru.jsonl")))
    assert [one.line for one in found] == [2, 3, 4, 5]
    (empty,) = check_set(DocumentSet(document, gold(tmp_path, "", name="gold_haru.jsonl")))
    assert empty.broken
    (missing,) = check_set(DocumentSet(tmp_path / "none.txt", gold(tmp_path, good, name="gold_none.jsonl")))
    assert "none.txt" in missing.what


def test_a_set_that_cannot_be_judged_by_is_not_evaluated(tmp_path: Path) -> None:
    document = tmp_path / "haru.txt"
    document.write_text(TOWN, "utf-8")
    path = gold(tmp_path, GOOD | {"citations": [4]}, GOOD | {"id": "b", "citations": [99]}, name="gold_haru.jsonl")
    with pytest.raises(BadGold, match=r"gold_haru.jsonl:2: b: .* 99 行目"):
        evaluate_document(DocumentSet(document, path))


def test_no_shipped_gold_that_is_looked_at_has_a_fault(documents: dict[str, Document]) -> None:
    found = check_files(gold_files(), documents)
    found += [problem for one in document_sets() if not one.test for problem in check_set(one)]
    assert [str(one) for one in found] == []


def test_figures_are_read_as_printed() -> None:
    assert figures("38億6,420万円と①1,234件、2.7 万人") == (Decimal(3864200000), Decimal(1234), Decimal(27000))
    assert set(printed("港,485,900")) == {Decimal(485900), Decimal(485), Decimal(900)}


def test_what_does_not_follow_is_not_reckoned() -> None:
    lines = [[Decimal(10)], [Decimal(4)]]
    assert reckoned(Decimal(2), lines) == "count of lines"
    assert reckoned(Decimal(6), lines) == "difference"
    assert reckoned(Decimal(7), lines) == "mean over lines"
    assert reckoned(Decimal("2.5"), lines) == "ratio"
    assert reckoned(Decimal(11), lines) is None
    assert reckoned(Decimal(1), []) is None


def test_the_command_names_problems_and_a_run_refuses_them(tmp_path: Path) -> None:
    def program(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "eval", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "haru.txt").write_text(TOWN, "utf-8")
    good, bad = (
        gold(tmp_path, GOOD),
        gold(tmp_path, GOOD | {"citations": [{"document": "naru", "line": 1}]}, name="bad.jsonl"),
    )
    checked = program("gold-check", "--gold", str(bad), "--corpus", str(tmp_path / "corpus"))
    assert (checked.returncode, checked.stderr) == (1, "")
    assert f"{bad}:1: a: " in checked.stdout
    assert program("gold-check", "--gold", str(good), "--corpus", str(tmp_path / "corpus")).returncode == 0
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "index",
            "build",
            "--corpus",
            str(tmp_path / "corpus"),
            "--index",
            str(tmp_path / "index"),
        ],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert built.returncode == 0
    ran = program(
        "run",
        "--gold",
        str(good),
        "--gold",
        str(bad),
        "--index",
        str(tmp_path / "index"),
        "--out",
        str(tmp_path / "out"),
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{bad}:1" in ran.stderr
    assert not (tmp_path / "out").exists()
    loose = gold(tmp_path, GOOD | {"must_include": [["4,519千円"]]}, name="loose.jsonl")
    run = ("run", "--gold", str(loose), "--index", str(tmp_path / "index"), "--out", str(tmp_path / "out"))
    ran = program(*run)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"{loose}:1: a: 「4,519千円」" in ran.stderr
    assert not (tmp_path / "out").exists()
    ran = program(*run, "--unchecked")  # every question can still be judged
    assert ran.returncode == 0
    assert f"{loose}:1: a: 「4,519千円」" in ran.stderr
