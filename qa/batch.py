"""Many questions in one process: JSON lines in, JSON lines out, in order.

A line is `{"id", "question"}` or `{"id", "turns": [{"question"}, …]}`. The whole input is read and checked before the
first question is answered, and the output file appears only when it is complete.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec

from corpus import TashikaError
from index import Store
from qa.conversation import Conversation, Turn, ask, ask_last
from qa.pipeline import unasked
from qa.types import Answer

FAILED = "プログラムの誤りのため、この質問には答えられませんでした。別の言い方でお試しください。"


class BadBatch(TashikaError):
    """A batch file that cannot be read or written, or a line of it that is not a question."""


class _Turn(msgspec.Struct):
    question: str


class _Line(msgspec.Struct):
    id: str
    question: str | None = None
    turns: list[_Turn] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """The questions of one line, in order; a single question is a dialogue of one turn."""

    id: str
    questions: tuple[str, ...]


def read_jobs(path: Path) -> tuple[Job, ...]:
    """All lines of a batch file; `-` is standard input.

    Raises:
        BadBatch: the file cannot be read, or a line is not a question; names file and line.

    """
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8 ではありません"
        raise BadBatch(
            f"質問のファイル「{path}」を読めません({reason})。パスと文字コードを確かめてください。"
        ) from error
    jobs = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = msgspec.json.decode(line, type=_Line)
        except msgspec.MsgspecError as error:
            raise BadBatch(
                f'「{path}」の {number} 行目が質問の形ではありません({error})。{{"id", "question"}} か {{"id", "turns"}} にしてください。'
            ) from error
        questions = tuple(t.question for t in item.turns) if item.turns is not None else (item.question or "",)
        if item.turns is None and item.question is None:
            raise BadBatch(f"「{path}」の {number} 行目に question も turns もありません。どちらかを書いてください。")
        jobs.append(Job(item.id, questions))
    return tuple(jobs)


def answers(jobs: tuple[Job, ...], store: Store) -> Iterator[Answer]:
    """One answer for each question of each job, in order; jobs know nothing of each other."""
    for job in jobs:
        conversation = Conversation(job.id)
        for turn, question in enumerate(job.questions):
            try:
                if turn + 1 == len(job.questions):
                    given = ask_last(conversation, question, store)
                else:
                    conversation, given = ask(conversation, question, store)
            except Exception as error:
                click.echo(f"「{question}」(id {job.id})に答える途中で誤りが起きました: {error!r}", err=True)
                given = unasked(question, FAILED, store, question_id=job.id, turn=turn)
                conversation = conversation.with_turn(Turn(question, given))
            yield given


def one_line(one: Answer) -> bytes:
    """An answer as JSON that every reader takes for one line, also those that break lines at U+0085 or U+2028."""
    text = msgspec.json.encode(one).decode("utf-8")
    return "".join(f"\\u{ord(c):04x}" if c in "\x7f\x85\u2028\u2029" else c for c in text).encode("utf-8")


def write_answers(given: Iterator[Answer], out: Path) -> int:
    """Write answers as JSON lines; the file is replaced at the end, whole. Returns how many were written.

    Raises:
        BadBatch: the file cannot be written.

    """
    fresh = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        count = 0
        with fresh.open("wb") as file:
            for one in given:
                file.write(one_line(one) + b"\n")
                count += 1
        fresh.replace(out)
        return count
    except OSError as error:
        raise BadBatch(f"「{out}」に書けません({error.strerror})。場所と空き容量を確かめてください。") from error
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
