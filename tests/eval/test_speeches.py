"""The documents that the questions about real speeches are asked of."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from eval.gold import gold_lines
from eval.measures import holds_all, plain
from eval.sets import NoData
from eval.speeches import SPEECHES, speech_sets


def test_every_document_has_its_questions() -> None:
    folder = Path("eval/gold/speeches")
    assert {path.stem for path in folder.glob("*.jsonl")} == {f"gold_{name}" for name in SPEECHES}
    assert all(len(gold_lines(path)) == 40 for path in folder.glob("*.jsonl"))


def test_paragraphs_are_lines_below_a_line_that_says_whose_they_are(tmp_path: Path) -> None:
    long = "".join(f"これは{n}番目の文であります。" for n in range(30)) + "次に、別のことを申し上げます。"
    speech = {
        "speaker": "浜野　はるみ",
        "speakerPosition": "市長",
        "utterance": "一つ目です。\n二つ目です。\n三つ目です。\n終わり。",
    }
    block = {**speech, "utterance": long}
    meeting = {"localGovernmentName": "梅ヶ浜市", "proceedingTitle": "：第１回定例会　", "proceeding": [speech, block]}
    # as many meetings and speeches as the table names
    most = max(number for places in SPEECHES.values() for _, number in places)
    meetings = [{**meeting, "proceeding": [speech if n % 2 else block for n in range(most + 1)]} for _ in range(12)]
    (tmp_path / "poliinfo").mkdir()
    with gzip.open(tmp_path / "poliinfo" / "council-minutes.json.gz", "wt", encoding="utf-8") as file:
        json.dump({"local": meetings}, file)
    made = {one.document.stem: one.document.read_text("utf-8").split("\n") for one in speech_sets(tmp_path, tmp_path)}
    assert set(made) == set(SPEECHES)
    lines = made["fukuoka_h31_shisei"]
    assert lines[:3] == ["梅ヶ浜市 第１回定例会 市長 浜野はるみ", "", "一つ目です。"]
    blocks = made["fukuoka_r2_touben"]
    assert "".join(blocks[2:-2]) == long
    assert blocks[-3] == "次に、別のことを申し上げます。"


def test_data_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoData, match="council-minutes"):
        speech_sets(tmp_path, tmp_path)


def test_what_a_right_answer_holds_stands_on_the_cited_lines(shared: Path, tmp_path: Path) -> None:
    for one in speech_sets(shared / "data", tmp_path):
        lines = one.document.read_text("utf-8").split("\n")
        for asked in one.questions():
            if asked.expected == "answer":
                cited = plain(" ".join(lines[line.line - 1] for line in asked.citations))
                assert cited, asked.id
                known = sum(holds_all(cited, (group,)) for group in asked.must_include)
                assert known or asked.type in ("yesno", "compare"), (asked.id, asked.must_include)
            else:
                assert not asked.citations, asked.id
