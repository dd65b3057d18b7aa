"""Feedback is on the disk when it is said to be, and comes out as gold that `eval` reads."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from eval import read_gold
from index import Store
from qa import answer
from qa.web.feedback import LONGEST_NOTE, VERDICTS, Feedback, FeedbackNotKept, gold_candidates
from qa.web.feedback_html import notes_html
from qa.web.words import Words

ROOT = Path(__file__).resolve().parents[3]
ASKED = "湖畔野外劇の令和4年度当初予算額はいくらですか？"


def test_a_note_is_kept_with_question_understanding_answer_and_index(town: Store, tmp_path: Path) -> None:
    kept = Feedback(tmp_path / "new" / "f.sqlite3")
    assert kept.notes() == ()
    given = answer(ASKED, town)
    kept.keep(given, "figure", "  R5 の額を聞いた  ")
    (note,) = Feedback(kept.path).notes()
    assert (note.verdict, note.note, note.question, note.standalone) == (
        "figure",
        "R5 の額を聞いた",
        ASKED,
        given.standalone,
    )
    assert note.index == town.manifest.fingerprint
    assert note.answer == given


def test_hostile_and_endless_notes_are_kept_as_text(town: Store, tmp_path: Path) -> None:
    kept = Feedback(tmp_path / "f.sqlite3")
    text = "<script>alert(1)</script>'); DROP TABLE feedback; -- \ud800" + "長" * 5000
    kept.keep(answer(ASKED, town), "right", text)
    (note,) = kept.notes()
    assert len(note.note) == LONGEST_NOTE
    assert "<script>" not in notes_html(kept.notes(), Words("ja"))


def test_many_at_once_lose_nothing(town: Store, tmp_path: Path) -> None:
    given = answer(ASKED, town)
    path = tmp_path / "f.sqlite3"
    threads = [
        threading.Thread(target=lambda: [Feedback(path).keep(given, "right", "") for _ in range(10)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Feedback(path).notes()) == 80
    assert len(Feedback(path).notes(5)) == 5


def test_where_nothing_can_be_kept_it_is_said(town: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database", "utf-8")
    with pytest.raises(FeedbackNotKept):
        Feedback(tmp_path / "file").keep(answer(ASKED, town), "right", "")
    with pytest.raises(FeedbackNotKept):
        Feedback(tmp_path / "file" / "below").keep(answer(ASKED, town), "right", "")
    with pytest.raises(ValueError):
        Feedback(tmp_path / "f").keep(answer(ASKED, town), "superb", "")


def test_candidates_hold_what_is_known_and_no_more(town: Store, tmp_path: Path) -> None:
    kept = Feedback(tmp_path / "f.sqlite3")
    given = answer(ASKED, town)
    for verdict in VERDICTS:
        kept.keep(given, verdict, "")
    right, figure, source, useless = gold_candidates(kept.notes())
    assert (right["must_include"], right["citations"]) == ([["8,610"]], [{"document": "shirane-bunka-r4r5", "line": 7}])
    assert figure["must_not_include"] == ["8,610"]
    for wrong in (figure, source, useless):
        assert (wrong["must_include"], wrong["answer"]) == ([], None)
    assert source["citations"] == useless["citations"] == []


def test_a_candidate_holds_a_value_as_the_answer_says_it(town: Store, tmp_path: Path) -> None:
    given = answer(ASKED, town)
    printed = replace(given.values[0], value=8610, text="8,610 (見込み)")
    kept = Feedback(tmp_path / "f.sqlite3")
    kept.keep(replace(given, answer="8,610千円(見込み)です。", values=(printed,)), "right", "")
    kept.keep(replace(given, citations=(replace(given.citations[0], page=3),)), "right", "")
    within, paged = gold_candidates(kept.notes())
    assert within["must_include"] == [["8,610"]]
    assert paged["citations"] == [{"document": "shirane-bunka-r4r5", "line": 3}]
    assert within["id"] != paged["id"]


def test_the_command_writes_gold_that_eval_reads(town: Store, tmp_path: Path) -> None:
    kept = Feedback(tmp_path / "f.sqlite3")
    kept.keep(answer(ASKED, town), "right", "ok")
    kept.keep(answer("火星移住促進事業の予算額は？", town), "right", "")
    out = tmp_path / "gold.jsonl"
    command = [sys.executable, "-m", "qa.web", "feedback", "--from", str(kept.path), "--out", str(out)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "2 件" in ran.stdout
    first, second = read_gold(out)
    assert first.turns[0].must_include == (("8,610",),)
    assert second.turns[0].expected == "abstain"
    assert msgspec.json.decode(out.read_bytes().splitlines()[0])["review"]["note"] == "ok"
