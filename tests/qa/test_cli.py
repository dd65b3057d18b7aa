"""`tashika`: one answer for a person or a program; exit codes 0, 1, 2; one sentence for every wrong use."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Store
from qa import answer
from qa.prompt import tashika, where

Program = Callable[..., Any]
JET = "JETプログラム 予算 R3"


@pytest.fixture(scope="module")
def ask(program: Program, town_index: Path) -> Callable[..., Any]:
    """`ask("質問", …options, stdin=…)` at a prompt, about the town."""

    def run(*arguments: str | bytes, stdin: str | bytes = b"") -> Any:
        return program("-m", "qa.cli", "--index", str(town_index), *arguments, stdin=stdin)

    return run


def one_sentence(ran: Any) -> str:
    assert (ran.returncode, ran.stdout) == (2, ""), ran.stderr
    assert "Traceback" not in ran.stderr
    (sentence,) = ran.stderr.splitlines()
    return str(sentence)


def test_the_installed_command_shows_a_program_what_it_must(index_folder: Path, conform: Callable[[Any], None]) -> None:
    command = Path(sys.executable).with_name("tashika")
    if not command.exists():
        pytest.skip(f"{command} is not there: the project is not installed into this interpreter's environment")
    ran = subprocess.run(
        [str(command), "--json", JET, "--index", str(index_folder)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    given = json.loads(ran.stdout)
    conform(given)
    assert "7,585千円" in given["answer"]
    assert [(c["document"], c["line_start"], c["line_end"]) for c in given["citations"]] == [
        ("gunma-kokusaika-r2r3", 11, 11)
    ]


def test_a_prompt_imports_nothing_that_reads_documents_builds_an_index_or_converses() -> None:
    """What a question does not need would take longer to import than the question takes to answer."""
    code = "import sys, qa.prompt; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "qa.pipeline" in loaded
    unneeded = {
        "corpus.read",
        "corpus.blocks",
        "index.building",
        "qa.conversation",
        "qa.web",
        "polars",
        "torch",
        "faiss",
    }
    assert not loaded & unneeded


def test_a_person_sees_the_answer_and_where_it_stands(ask: Any) -> None:
    ran = ask("市民合唱祭の予算額は？")
    assert (ran.returncode, ran.stderr) == (0, "")
    said, *sources = ran.stdout.splitlines()
    assert "1,240千円" in said
    assert "1,385千円" in said
    assert len(sources) == 2
    for number, (line, quote) in enumerate(zip(sources, ("1,240", "1,385"), strict=True), 1):
        assert line.startswith(f"[{number}]")
        for part in ("白嶺市における文化振興事業", "市民合唱祭", "shirane-bunka-r4r5", "6 行目", f"「{quote}」"):
            assert part in line


def test_what_is_not_in_the_documents_exits_1(ask: Any, conform: Callable[[Any], None]) -> None:
    ran = ask("--json", "令和9年度の市民合唱祭の予算額は？")
    assert (ran.returncode, ran.stderr) == (1, "")
    given = json.loads(ran.stdout)
    conform(given)
    assert not given["answered"]
    assert ask("黒部市の夜間動物園の入場者数は？").returncode == 1


def test_dash_and_nothing_read_standard_input(ask: Any) -> None:
    for arguments in (("-",), ()):
        ran = ask("--json", *arguments, stdin="市民合唱祭の\n令和5年度予算は？\n")
        assert ran.returncode == 0
        assert json.loads(ran.stdout)["values"][0]["value"] == 1385


@pytest.mark.parametrize("question", ["", "。！？…", "予" * 5000])
def test_what_cannot_be_asked_is_said_in_one_sentence(question: str, ask: Any) -> None:
    one_sentence(ask(question))
    if not question:
        one_sentence(ask("--json", "-", stdin=question))


def test_control_characters_are_no_trouble(ask: Any) -> None:
    ran = ask("\x01市民合唱祭\x07 予算\x1b[31m R5")
    assert ran.returncode in (0, 1)
    assert "Traceback" not in ran.stderr
    assert "\x1b" not in ran.stdout


@pytest.mark.parametrize("arguments", [["一つの", "質問"], ["質問", "--unknown"]])
def test_wrong_use_exits_2_and_names_what_is_wrong(arguments: list[str], ask: Any) -> None:
    ran = ask(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert arguments[1] in ran.stderr
    assert "--help" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_missing_index_is_named_with_the_way_out(program: Program, tmp_path: Path) -> None:
    sentence = one_sentence(program("-m", "qa.cli", "--index", str(tmp_path / "none"), "質問"))
    assert str(tmp_path / "none") in sentence
    assert "index build" in sentence
    assert not (tmp_path / "none").exists()


def _edit(folder: Path) -> None:
    path = folder / "documents.jsonl"
    path.write_bytes(path.read_bytes().replace(b"1,385", b"9,385"))


def _no_vectors(folder: Path) -> None:
    (folder / "vectors.npy").unlink()


def _no_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_bytes(b"{")


def _nowhere(folder: Path) -> None:
    (folder.parent.parent / "CURRENT").write_text("elsewhere\n", "utf-8")


@pytest.mark.parametrize("damage", [_edit, _no_vectors, _no_manifest, _nowhere])
def test_a_damaged_index_is_said_in_one_sentence(
    damage: Callable[[Path], None], program: Program, town_index: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "index"
    shutil.copytree(town_index, copy)
    damage(copy / "generations" / (copy / "CURRENT").read_text("utf-8").strip())
    sentence = one_sentence(program("-m", "qa.cli", "--index", str(copy), "市民合唱祭 予算 R5"))
    assert str(copy) in sentence
    assert "index build" in sentence


def test_explain_tells_the_steps_beside_the_answer(ask: Any) -> None:
    plain, explained = ask("市民合唱祭 予算 R5"), ask("--explain", "市民合唱祭 予算 R5")
    assert explained.stdout == plain.stdout
    for step in ("understand", "retrieve", "plan", "tell", "verify"):
        assert f"[{step} " in explained.stderr


def test_a_dialogue_ends_with_an_empty_line(
    town_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines: Iterator[str] = iter(["市民合唱祭 予算 R5", "黒部市の市民合唱祭の予算額は？", "", "こんにちは"])
    monkeypatch.setattr("builtins.input", lambda _: next(lines))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    code = tashika.main(["--index", str(town_index)], standalone_mode=False)
    said = capsys.readouterr().out
    assert code == 0
    assert "1,385千円" in said
    assert "黒部" in said
    assert next(lines) == "こんにちは"


def test_a_reader_that_has_gone_is_no_trouble(town_index: Path) -> None:
    """`tashika … | head -0`: the pipe is closed before anything is printed."""
    read, wrote = os.pipe()
    os.close(read)
    with os.fdopen(wrote, "wb") as closed:
        ran = subprocess.run(
            [sys.executable, "-m", "qa.cli", "--index", str(town_index), "市民合唱祭 予算 R5"],
            stdout=closed, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert b"Traceback" not in ran.stderr


def test_a_place_names_everything_needed_to_find_it(town: Store) -> None:
    (citation,) = answer("伝統織物体験工房の備考は？", town).citations
    place = where(citation)
    for part in (citation.title, *citation.heading, "伝統織物体験工房", "備考", "shirane-bunka-r4r5", "17"):
        assert part in place


@pytest.mark.parametrize(("argument", "stdin"), [(b"\xff\xe5\x90\x88", b""), (b"-", "合唱祭の予算".encode("cp932"))])
def test_a_question_that_is_not_utf8_is_said_in_one_sentence(argument: bytes, stdin: bytes, ask: Any) -> None:
    ran = ask(argument, stdin=stdin)
    assert "Traceback" not in ran.stderr
    assert ran.returncode in (1, 2)


def test_a_damaged_pointer_is_said_in_one_sentence(program: Program, town_index: Path, tmp_path: Path) -> None:
    copy = tmp_path / "index"
    shutil.copytree(town_index, copy)
    (copy / "CURRENT").write_bytes(b"\xff\xfe\x00")
    one_sentence(program("-m", "qa.cli", "--index", str(copy), "市民合唱祭 予算 R5"))
