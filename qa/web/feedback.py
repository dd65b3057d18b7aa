"""What users say of answers, kept in SQLite, and as candidates for the gold set."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from corpus import TashikaError
from corpus.folding import searchable, tidy
from qa.types import Answer, Value

VERDICTS = ("right", "figure", "source", "useless")
LONGEST_NOTE = 1000
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, verdict TEXT NOT NULL, note TEXT NOT NULL, question TEXT NOT NULL,
  standalone TEXT NOT NULL, answer TEXT NOT NULL, index_hash TEXT NOT NULL
) STRICT
"""


class FeedbackNotKept(TashikaError):
    """The file that feedback is kept in cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Note:
    """One user's word on one answer. `at` is UTC, ISO 8601; `answer` is the whole answer as it was given."""

    at: str
    verdict: str
    note: str
    question: str
    standalone: str
    answer: Answer
    index: str


class Feedback:
    """Feedback in one file. Every note is on the disk before `keep` returns; several processes may write at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def keep(self, given: Answer, verdict: str, note: str) -> None:
        """Keep one note.

        Raises:
            FeedbackNotKept: the file cannot be written, as on a full disk.
            ValueError: an unknown verdict.

        """
        if verdict not in VERDICTS:
            raise ValueError(f"verdict must be one of {', '.join(VERDICTS)}, got {verdict!r}")
        at = datetime.now(UTC).isoformat(timespec="seconds")
        text = note.encode("utf-8", "replace").decode("utf-8").strip()[:LONGEST_NOTE]
        whole = msgspec.json.encode(given).decode("utf-8")
        values = (at, verdict, text, given.question, given.standalone, whole, given.index)
        with self._lock, self._open() as file:
            file.execute(
                "INSERT INTO feedback (at, verdict, note, question, standalone, answer, index_hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )

    def notes(self, newest: int | None = None) -> tuple[Note, ...]:
        """All notes, oldest first; or the newest so many, newest first.

        Raises:
            FeedbackNotKept: the file cannot be read.

        """
        if not self.path.exists():
            return ()
        order = "ORDER BY id" if newest is None else f"ORDER BY id DESC LIMIT {int(newest)}"
        with self._lock, self._open() as file:
            rows = file.execute(
                f"SELECT at, verdict, note, question, standalone, answer, index_hash FROM feedback {order}"  # noqa: S608
            ).fetchall()
        return tuple(
            Note(at, verdict, note, question, standalone, msgspec.json.decode(whole, type=Answer), index)
            for at, verdict, note, question, standalone, whole, index in rows
        )

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(sqlite3.connect(self.path, timeout=5.0)) as file, file:
                file.execute(_TABLE)
                yield file
        except (OSError, sqlite3.Error) as error:
            raise FeedbackNotKept(
                f"ご意見を「{self.path}」に保存できません({error})。空き容量と許可を確かめてください。"
            ) from error


def gold_candidates(notes: tuple[Note, ...]) -> Iterator[dict[str, Any]]:
    """Each note as a line that `eval` reads, for a person to check before it is moved into the gold set.

    A right answer brings what it has to hold and the lines it has to cite. Of a wrong one only the question is known:
    what it said must not be said again; whoever reviews it writes what must be. `review` says what is left to do.
    """
    for number, note in enumerate(notes, 1):
        right = note.verdict == "right"
        given = note.answer
        sure_source = note.verdict in ("right", "figure")
        said = [_as_said(value, given) for value in given.values if value.text] or [
            tidy(c.quote) for c in given.citations
        ]
        yield {
            "id": f"F{''.join(filter(str.isdigit, note.at))[:14]}-{number}",
            "type": f"feedback_{note.verdict}",
            "question": note.standalone or note.question,
            "answer": given.answer if right else None,
            "answerable": given.answered if right else True,
            "must_include": [[text] for text in said] if right else [],
            "must_not_include": said[:1] if note.verdict == "figure" and given.answered else [],
            "citations": [
                {"document": c.document, "line": c.page or c.line_start} for c in given.citations if sure_source and given.answered
            ],
            "citation_rule": "any",
            "review": {
                "asked": note.question, "said": given.answer, "verdict": note.verdict, "note": note.note, "at": note.at,
                "index": note.index,
            },
        }  # fmt: skip


def _as_said(value: Value, given: Answer) -> str:
    """A value's text, or its bare figure where the sentence writes the unit into the text (7,585千円(当課任用分))."""
    plain = searchable(value.text).replace(" ", "")
    if plain in searchable(given.answer).replace(" ", "") or not isinstance(value.value, int | float):
        return value.text
    return f"{value.value:,}"
