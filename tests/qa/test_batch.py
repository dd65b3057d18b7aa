"""`python -m qa batch`: a bad line stops everything before it begins; a good file gives one line for each question."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Store
from qa import Answer
from qa.batch import BadBatch, Job, answers, read_jobs, write_answers

Program = Callable[..., Any]

LINES = [
    {"id": "a", "question": "市民合唱祭 予算 R5"},
    {"id": "b", "question": "黒部市の市民合唱祭の予算額は？"},
    {
        "id": "c",
        "turns": [{"question": "駅前案内所の来所者数"}, {"question": ""}, {"question": "こんにちは"}],
    },
    {"id": "d", "question": "予" * 5000},
    {"id": "e", "question": "文化課の令和4年度予算の合計は？"},
    {"id": "a", "question": "\x01市民合唱祭\x07の予算\n額は？"},
]
ORDER = [("a", 0), ("b", 0), ("c", 0), ("c", 1), ("c", 2), ("d", 0), ("e", 0), ("a", 0)]


def write(path: Path, *lines: object) -> Path:
    text = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(text) + "\n", "utf-8")
    return path


def one_sentence(ran: Any) -> str:
    assert (ran.returncode, ran.stdout) == (2, "")
    (sentence,) = ran.stderr.splitlines()
    return str(sentence)


def test_one_line_of_the_contract_for_each_question_in_order(
    program: Program, town_index: Path, tmp_path: Path, conform: Callable[[Any], None]
) -> None:
    questions, out = write(tmp_path / "in.jsonl", *LINES), tmp_path / "out.jsonl"
    ran = program("-m", "qa", "batch", str(questions), "--out", str(out), "--index", str(town_index))
    assert (ran.returncode, ran.stderr) == (0, "")
    given = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    for one in given:
        conform(one)
    assert [(one["id"], one["turn"]) for one in given] == ORDER
    assert [one["answered"] for one in given] == [True, False, True, False, True, False, True, True]
    assert given[0]["values"] == [{"value": 1385, "unit": "千円", "text": "1,385"}]
    assert given[6]["values"] == [{"value": 10380, "unit": "千円", "text": "10,380千円"}]
    assert [one["question"] for one in given[:2]] == [LINES[0]["question"], LINES[1]["question"]]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_questions_may_come_from_standard_input(program: Program, town_index: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    line = json.dumps(LINES[0])
    ran = program("-m", "qa", "batch", "-", "--out", str(out), "--index", str(town_index), stdin=line)
    assert ran.returncode == 0
    assert json.loads(out.read_text("utf-8"))["id"] == "a"


def test_a_broken_line_is_named_and_nothing_is_written(program: Program, town_index: Path, tmp_path: Path) -> None:
    questions = write(tmp_path / "in.jsonl", LINES[0], LINES[1], '{"id": "c", "question": ')
    out = tmp_path / "out.jsonl"
    sentence = one_sentence(program("-m", "qa", "batch", str(questions), "--out", str(out), "--index", str(town_index)))
    assert str(questions) in sentence
    assert "3 行目" in sentence
    assert not out.exists()


def test_a_missing_file_is_named(program: Program, town_index: Path, tmp_path: Path) -> None:
    missing, out = tmp_path / "nothing.jsonl", tmp_path / "out.jsonl"
    sentence = one_sentence(program("-m", "qa", "batch", str(missing), "--out", str(out), "--index", str(town_index)))
    assert str(missing) in sentence
    assert not out.exists()


def test_without_out_the_option_is_named(program: Program, tmp_path: Path) -> None:
    ran = program("-m", "qa", "batch", str(write(tmp_path / "in.jsonl", LINES[0])))
    assert ran.returncode == 2
    assert "--out" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "line",
    [
        "{", "市民合唱祭の予算は？", "[]", "1", "null", '"x"', "{}", '{"id": "b"}', '{"question": "x"}', '{"id": 1, "question": "x"}',
        '{"id": "b", "question": 1}', '{"id": "b", "question": null}', '{"id": "b", "turns": "x"}',
        '{"id": "b", "turns": ["x"]}', '{"id": "b", "turns": [{"text": "x"}]}', '{"id": "b", "turns": [{}]}', '{"id": "b", "question": "\\ud800"}',
    ],
)  # fmt: skip
def test_every_line_that_is_no_question_is_named(line: str, tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", LINES[0], "", line)
    with pytest.raises(BadBatch) as raised:
        read_jobs(path)
    assert f"「{path}」の 3 行目" in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", "質問".encode("cp932"), b'{"id":"a","question":"\xe3"}'])
def test_what_is_not_utf8_is_refused_by_name(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(data)
    with pytest.raises(BadBatch, match="UTF-8"):
        read_jobs(path)


def test_a_folder_is_no_batch(tmp_path: Path) -> None:
    with pytest.raises(BadBatch, match=str(tmp_path)):
        read_jobs(tmp_path)


def test_marks_blank_lines_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    lines = ["", json.dumps(LINES[0]), "", "  ", json.dumps({**LINES[2], "unknown": 1}), ""]
    path.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    jobs = read_jobs(path)
    assert jobs == (
        Job("a", ("市民合唱祭 予算 R5",)),
        Job("c", ("駅前案内所の来所者数", "", "こんにちは")),
    )


def test_line_separators_inside_a_question_do_not_cut_it(tmp_path: Path) -> None:
    """U+2028 and U+0085 end a line for `str.splitlines` but not in JSON lines."""
    for mark in ("\u2028", "\u2029", "\x85", "\x0c"):
        path = write(tmp_path / "in.jsonl", {"id": "a", "question": f"合唱{mark}祭"})
        assert read_jobs(path) == (Job("a", (f"合唱{mark}祭",)),)


def test_an_empty_file_gives_an_empty_file(tmp_path: Path, town: Store) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"")
    out = tmp_path / "out.jsonl"
    assert write_answers(answers(read_jobs(path), town), out) == 0
    assert out.read_bytes() == b""


def test_jobs_with_one_id_are_still_apart(town: Store) -> None:
    given = list(answers((Job("x", ("市民合唱祭 予算 R5",)), Job("x", ("こんにちは", "こんにちは"))), town))
    assert [one.turn for one in given] == [0, 0, 1]


def test_an_answer_file_is_replaced_whole_or_not_at_all(tmp_path: Path, town: Store) -> None:
    out = tmp_path / "out.jsonl"
    jobs = (Job("a", ("市民合唱祭 予算 R5", "こんにちは")),)
    assert write_answers(answers(jobs, town), out) == 2
    before = out.read_bytes()

    def broken() -> Iterator[Answer]:
        yield from answers(jobs, town)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_answers(broken(), out)
    assert out.read_bytes() == before


@pytest.mark.parametrize("where", ["none/out.jsonl", "."])
def test_a_place_that_cannot_be_written_is_named(where: str, tmp_path: Path) -> None:
    with pytest.raises(BadBatch, match=str(tmp_path)):
        write_answers(iter(()), tmp_path / where)


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadBatch, match=str(tmp_path)):
        write_answers(iter(()), tmp_path / "file" / "out.jsonl")


def test_nothing_unfinished_is_left_behind(tmp_path: Path, town: Store) -> None:
    def broken() -> Iterator[Answer]:
        yield from answers((Job("a", ("こんにちは",)),), town)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_answers(broken(), tmp_path / "out.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_in_one_question_loses_no_other(
    town: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    true = answers.__globals__["ask_last"]

    def faulty(conversation: Any, question: str, store: Store) -> Answer:
        if "合唱祭" in question:
            raise AttributeError("no such thing")
        given: Answer = true(conversation, question, store)
        return given

    monkeypatch.setitem(answers.__globals__, "ask_last", faulty)
    jobs = (Job("a", ("市民合唱祭の予算額は？",)), Job("b", ("文化課の令和4年度予算の合計は？",)))
    first, second = answers(jobs, town)
    assert (first.id, first.answered) == ("a", False)
    assert second.answered
    assert "市民合唱祭" in capsys.readouterr().err
