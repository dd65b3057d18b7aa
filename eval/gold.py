"""Gold files: JSON lines of questions with what a right answer holds and the lines it must cite."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from corpus import TashikaError

FOLDER = Path(__file__).parent / "gold"
CHITCHAT = "chitchat"


class BadGold(TashikaError):
    """A gold file that cannot be used; names the file and the line."""


class EvidenceLine(msgspec.Struct, frozen=True):
    """A line of a source document, 1-based (a page for a PDF, a sheet row for a workbook)."""

    document: str
    line: int


class GoldQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One question and how its answer is judged.

    `must_include`: groups of alternatives; an answer holds at least one of every group. `expect` is answer, abstain
    or no_crash; where it is not given, `answerable` decides. `or_answer_must_include`: an answer to a question that
    should be refused is still right when it holds these. `citation_rule`: any or all. `recomputed` says how a value that
    stands on no evidence line comes about, where `eval/gold_check.py` cannot work it out itself.
    """

    question: str
    id: str = ""
    type: str = ""
    kind: str = ""
    turn_type: str = ""
    answer: str | None = None
    expect: str = ""
    answerable: bool = True
    accept_abstain: bool = False
    must_include: tuple[tuple[str, ...], ...] = ()
    must_not_include: tuple[str, ...] = ()
    or_answer_must_include: tuple[tuple[str, ...], ...] = ()
    citations: tuple[EvidenceLine, ...] = ()
    citations_also_ok: tuple[EvidenceLine, ...] = ()
    citation_rule: str = "any"
    standalone: str = ""
    recomputed: str = ""

    @property
    def expected(self) -> str:
        """What should happen: answer, abstain or no_crash."""
        return self.expect or ("answer" if self.answerable else "abstain")

    @property
    def wanted(self) -> str:
        """The answer as written for people, or else what must be in it."""
        alternatives = "、".join(group[0] for group in self.must_include if group)
        return self.answer or (alternatives if self.expected == "answer" else self.expected)

    @property
    def label(self) -> str:
        """The kind of question, whichever field names it."""
        return self.type or self.kind or self.turn_type or "other"


@dataclass(frozen=True, slots=True)
class GoldDialogue:
    """Questions asked in order in one conversation; a single question is a dialogue of one turn."""

    id: str
    turns: tuple[GoldQuestion, ...]


class _Line(msgspec.Struct):
    id: str
    turns: list[GoldQuestion] | None = None


def read_gold(path: Path) -> tuple[GoldDialogue, ...]:
    """All items of a gold file.

    Raises:
        BadGold: the file is not there, is empty, or a line is not a question; an id stands twice.

    """
    items: list[GoldDialogue] = []
    seen: dict[str, int] = {}
    for number, line in gold_lines(path):
        item = parsed(path, number, line)
        if item.id in seen:
            raise BadGold(
                f"「{path}」の {number} 行目の id「{item.id}」は {seen[item.id]} 行目にもあります。id を変えてください。"
            )
        seen[item.id] = number
        items.append(item)
    return tuple(items)


def gold_lines(path: Path) -> tuple[tuple[int, str], ...]:
    """The lines of a gold file that are not blank, with their numbers from 1.

    Raises:
        BadGold: the file is not there, not UTF-8, or holds nothing.

    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadGold(f"ゴールドセット「{path}」を読めません。パスと文字コード(UTF-8)を確かめてください。") from error
    found = tuple((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    if not found:
        raise BadGold(f"ゴールドセット「{path}」に質問がありません。1 行に 1 問を書いてください。")
    return found


def parsed(path: Path, number: int, line: str) -> GoldDialogue:
    """One line of a gold file.

    Raises:
        BadGold: it is no question and no dialogue.

    """
    try:
        head = msgspec.json.decode(line, type=_Line)
        turns = tuple(head.turns) if head.turns is not None else (msgspec.json.decode(line, type=GoldQuestion),)
    except msgspec.MsgspecError as error:
        raise BadGold(f"「{path}」の {number} 行目を読めません({error})。書式を直してください。") from error
    return GoldDialogue(head.id, turns)


def gold_files(test: bool = False) -> tuple[Path, ...]:
    """The gold files over the shipped documents: those we look at while building, and those kept for the end."""
    folders = (FOLDER, FOLDER / "dev", *((FOLDER / "test",) if test else ()))
    return tuple(path for folder in folders for path in sorted(folder.glob("*.jsonl")))


@dataclass(frozen=True, slots=True)
class DocumentSet:
    """A document of another place with its questions; `test` where a fixed hash of its name keeps it for the end."""

    document: Path
    gold: Path

    @property
    def test(self) -> bool:
        """Whether it is measured only, never looked at while building."""
        return int(hashlib.sha256(self.document.stem.encode()).hexdigest(), 16) % 5 < 2

    def copy_to(self, folder: Path) -> None:
        """The document alone in a new folder, to be indexed."""
        folder.mkdir(parents=True)
        shutil.copy(self.document, folder)

    def questions(self) -> Iterator[GoldQuestion]:
        """Its questions; their evidence lines are pages for a PDF.

        Raises:
            BadGold: the file is empty, or a line is no question.

        """
        for number, line in gold_lines(self.gold):
            yield self.question(number, line)

    def question(self, number: int, line: str) -> GoldQuestion:
        """One line of its questions, which name lines of the one document by their numbers alone.

        Raises:
            BadGold: it is no question.

        """
        try:
            raw = msgspec.json.decode(line)
            for name in ("citations", "citations_also_ok"):
                raw[name] = [{"document": self.document.stem, "line": n} for n in raw.get(name) or ()]
            raw["must_not_include"] = raw.get("must_not_include") or []
            return msgspec.convert(raw, type=GoldQuestion)
        except (msgspec.MsgspecError, AttributeError, TypeError) as error:
            raise BadGold(f"「{self.gold}」の {number} 行目を読めません({error})。書式を直してください。") from error


def document_sets(folder: Path = FOLDER / "documents") -> tuple[DocumentSet, ...]:
    """The documents of other places with their questions, by name.

    Raises:
        BadGold: questions about a document that is not there.

    """
    found = []
    for gold in sorted(folder.glob("gold_*.jsonl")):
        stem = gold.stem.removeprefix("gold_")
        document = next((p for p in sorted(folder.glob(f"{stem}.*")) if p.suffix != ".jsonl"), None)
        if document is None:
            raise BadGold(f"「{gold}」が問う文書「{stem}」が「{folder}」にありません。文書を置いてください。")
        found.append(DocumentSet(document, gold))
    return tuple(found)
