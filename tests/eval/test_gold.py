"""Reading gold files: what is wrong is named with file and line; the shipped ones point at lines that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from eval import BadGold, read_gold
from eval.gold import FOLDER, EvidenceLine, GoldQuestion, document_sets

SHIPPED = sorted(FOLDER.glob("*.jsonl"))


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), "utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(BadGold) as raised:
        read_gold(path)
    sentence = str(raised.value)
    assert len(sentence.splitlines()) == 1
    assert str(path) in sentence
    return sentence


def test_questions_and_dialogues_are_read_in_order(gold_file: Path) -> None:
    gold = read_gold(gold_file)
    assert [item.id for item in gold] == ["V1", "V2", "V3", "V4", "V5"]
    assert [len(item.turns) for item in gold] == [1, 1, 1, 1, 3]
    first = gold[0].turns[0]
    assert first.question == "棚田保全の決算額は？"
    assert first.must_include == (("4518千円",),)
    assert first.citations == (EvidenceLine("sugisawa-r4", 7),)


@pytest.mark.parametrize(
    ("question", "expected", "label"),
    [
        (GoldQuestion(question="問"), "answer", "other"),
        (GoldQuestion(question="問", answerable=False, type="cell"), "abstain", "cell"),
        (GoldQuestion(question="問", answerable=True, expect="abstain", kind="near_miss"), "abstain", "near_miss"),
        (GoldQuestion(question="問", expect="no_crash", kind="hostile"), "no_crash", "hostile"),
        (GoldQuestion(question="問", answerable=False, expect="answer", turn_type="fact"), "answer", "fact"),
    ],
)
def test_what_is_expected_and_how_it_is_called(question: GoldQuestion, expected: str, label: str) -> None:
    assert (question.expected, question.label) == (expected, label)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    refused(tmp_path / "nothing.jsonl")


def test_a_folder_and_a_file_that_is_not_utf8_are_named(tmp_path: Path) -> None:
    refused(tmp_path)
    (tmp_path / "gold.jsonl").write_bytes("質問".encode("cp932"))
    refused(tmp_path / "gold.jsonl")


@pytest.mark.parametrize("lines", [[""], ["", "  ", ""]])
def test_an_empty_file_is_named(lines: list[str], tmp_path: Path) -> None:
    refused(write(tmp_path / "gold.jsonl", *lines))


@pytest.mark.parametrize(
    "line",
    [
        "{", "質問", "[]", "{}", '{"question": "x"}', '{"id": "b"}', '{"id": 1, "question": "x"}', '{"id": "b", "turns": [{}]}',
        '{"id": "b", "question": "x", "must_include": "5"}', '{"id": "b", "question": "x", "must_include": ["5"]}',
        '{"id": "b", "question": "x", "citations": [{"document": "d"}]}',
        '{"id": "b", "question": "x", "citations": [{"document": "d", "line": "7"}]}',
        '{"id": "b", "question": "x", "answerable": "no"}',
    ],
)  # fmt: skip
def test_a_line_that_is_no_question_is_named_with_its_number(line: str, tmp_path: Path) -> None:
    sentence = refused(write(tmp_path / "gold.jsonl", '{"id": "a", "question": "x"}', "", line))
    assert "3 行目" in sentence


def test_an_id_that_stands_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    line = '{"id": "same", "question": "x"}'
    sentence = refused(write(tmp_path / "gold.jsonl", line, "", line))
    assert "same" in sentence
    assert "1 行目" in sentence
    assert "3 行目" in sentence


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.name)
def test_shipped_evidence_lines_are_there_and_not_blank(path: Path, documents: dict[str, Document]) -> None:
    lines = {name: document.text.split("\n") for name, document in documents.items()}
    for item in read_gold(path):
        for turn in item.turns:
            for one in (*turn.citations, *turn.citations_also_ok):
                assert lines[one.document][one.line - 1].strip(), f"{item.id}: {one}"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.name)
def test_shipped_questions_can_be_judged(path: Path) -> None:
    for item in read_gold(path):
        for turn in item.turns:
            assert turn.expected in ("answer", "abstain", "no_crash"), item.id
            assert turn.citation_rule in ("any", "all"), item.id
            assert all(group and all(group) for group in turn.must_include), item.id
            if turn.expected == "answer" and turn.turn_type != "chitchat":
                assert turn.must_include, f"{item.id}: any answer would be right"


def test_shipped_ids_are_unique_over_all_files() -> None:
    ids = [item.id for path in SHIPPED for item in read_gold(path)]
    assert len(ids) == len(set(ids)) > 0


def test_questions_about_a_document_that_is_not_there_are_named(tmp_path: Path) -> None:
    write(tmp_path / "gold_lost.jsonl", '{"id": "a", "question": "x"}')
    with pytest.raises(BadGold, match=r"gold_lost\.jsonl.*「lost」"):
        document_sets(tmp_path)
    (tmp_path / "lost.txt").write_text("村の決算", "utf-8")
    assert [one.document.name for one in document_sets(tmp_path)] == ["lost.txt"]
