"""A small town's two documents, indexed, and the ways in which the tests of `qa` look at answers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from corpus import DOCUMENTS, Document, read_document
from index import Store, build, open_store
from qa import Answer, Citation
from qa.conversation import Conversation, ask
from qa.frames import Frame
from qa.framing import table_frame
from qa.offers import offers
from qa.prose import answers_from_prose
from qa.prose_draft import prose_draft
from qa.retrieve import retrieve
from qa.tabular import Proposal, frames_of, propose
from qa.tell import tell
from qa.turning import turned_for
from qa.types import Draft
from qa.understand import understand
from qa.verify import failures

HERE = Path(__file__).parent
ENOUGH_TABULAR = 0.75  # what a proposal of these small tables has to reach here to be said
ROOT = HERE.parent.parent


@pytest.fixture(scope="session")
def town_folder() -> Path:
    """Two documents of a town that does not exist: a budget table and a report."""
    return HERE / "town"


@pytest.fixture(scope="session")
def town_index(town_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town-index")
    build(town_folder, folder)
    return folder


@pytest.fixture(scope="session")
def town(town_index: Path) -> Store:
    return open_store(town_index)


@pytest.fixture(scope="session")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """An index over the documents of a town that keeps up with people abroad: its works, consultations and fairs."""
    folder = tmp_path_factory.mktemp("fair-index")
    build(HERE / "fair", folder)
    return open_store(folder)


Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def program() -> Program:
    """Run a program of ours as its user does: `program("-m", "qa.cli", "質問", stdin=…)`."""

    def run(*arguments: str | bytes, stdin: str | bytes = b"") -> subprocess.CompletedProcess[str]:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            input=given,
            capture_output=True,
            check=False,
            timeout=60,
            env={**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8:surrogateescape"},
        )
        return subprocess.CompletedProcess(
            ran.args, ran.returncode, ran.stdout.decode(errors="replace"), ran.stderr.decode(errors="replace")
        )

    return run


Stands = Callable[[Citation], bool]


@pytest.fixture(scope="session")
def stands(town_folder: Path) -> Stands:
    """Whether a citation's quote stands on the cited lines of the file itself, read here and not by `corpus`."""
    files = {path.stem: path for folder in (town_folder, DOCUMENTS) for path in folder.glob("*.txt")}
    lines = {name: path.read_bytes().decode("utf-8").split("\n") for name, path in files.items()}

    def look(citation: Citation) -> bool:
        if not 1 <= citation.line_start <= citation.line_end <= len(lines[citation.document]):
            return False
        there = "\n".join(lines[citation.document][citation.line_start - 1 : citation.line_end])
        return bool(citation.quote.strip()) and citation.quote in there

    return look


def numbers(text: str) -> set[str]:
    """The numbers printed in a text, without thousands separators."""
    return {n.replace(",", "") for n in re.findall(r"\d[\d,]*(?:\.\d+)?", unicodedata.normalize("NFKC", text))}


def last(store: Store, *turns: str) -> Answer:
    """The answer to the last of a conversation's turns."""
    conversation = Conversation()
    for turn in turns:
        conversation, given = ask(conversation, turn, store)
    return given


def turned(frame: Frame) -> Frame | None:
    """A frame turned for a question that says no measure."""
    return turned_for(frame, understand("どれですか"))


Numbers = Callable[[str], set[str]]


@pytest.fixture(scope="session", name="numbers")
def numbers_fixture() -> Numbers:
    return numbers


@pytest.fixture(scope="session")
def loose_numbers() -> Callable[[Answer, Store], set[str]]:
    """Numbers of an answer that stand neither in its citations nor in its calculation nor are its document's year."""

    def look(given: Answer, store: Store) -> set[str]:
        ground = set(numbers(given.calculation or ""))
        for citation in given.citations:
            for part in (citation.quote, citation.title, citation.row or "", *citation.column, *citation.heading):
                ground |= numbers(part)
            for year in store.documents[citation.document].years:
                ground |= {str(year), str(year - 2018)}
        return numbers(given.answer) - ground

    return look


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    loaded = json.loads((HERE / "answer.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


@pytest.fixture(scope="session")
def conform(schema: dict[str, Any]) -> Callable[[Any], None]:
    """Fail unless an answer object, read from JSON, is of the contract's form."""
    validator = jsonschema.Draft202012Validator(schema)

    def look(given: Any) -> None:
        validator.validate(given)
        assert list(given) == schema["required"], "the contract's order of fields"
        for citation in given["citations"]:
            assert citation["line_start"] <= citation["line_end"]

    return look


@pytest.fixture(scope="session")
def proposals_of(town: Store) -> Callable[[str], tuple[Proposal, ...]]:
    """What the town's tables come to for a question, best first."""

    def run(text: str) -> tuple[Proposal, ...]:
        question = understand(text)
        return propose(question, frames_of(town, retrieve(town, question)))

    return run


@pytest.fixture(scope="session")
def draft_of(town: Store, proposals_of: Callable[[str], tuple[Proposal, ...]]) -> Callable[[str], Draft]:
    """What would be said to a question on the town, from its tables or else its sentences, before the gate."""

    def run(text: str) -> Draft:
        best = next(iter(proposals_of(text)), None)
        if best is not None and best.probability >= ENOUGH_TABULAR:
            return tell(town, best.question, best.result, best.probability)
        question = understand(text)
        return prose_draft(town, answers_from_prose(town, question, retrieve(town, question))[0])

    return run


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """An index over small tables of the usual forms: long, wide, printed changes, English headers, years counted on."""
    folder = tmp_path_factory.mktemp("tables-index")
    build(HERE / "tables", folder)
    return open_store(folder)


@pytest.fixture(scope="session")
def frame(tables: Store) -> Callable[..., Frame]:
    """The frame of one of the small tables, by its document's name: `frame("jinkou")`."""
    return lambda name, number=0: table_frame(tables.documents[name], number)


@pytest.fixture(scope="session")
def best(frame: Callable[..., Frame]) -> Callable[..., Proposal]:
    """What one small table comes to for a question: `best("jinkou", "…")`."""

    def run(name: str, text: str, plain: bool = False) -> Proposal:
        return propose(understand(text, plain), (frame(name),))[0]

    return run


@pytest.fixture(scope="session")
def said(tables: Store, best: Callable[..., Proposal]) -> Callable[..., Draft]:
    """What would be said to a question on one small table, before the gate."""

    def run(name: str, text: str, plain: bool = False) -> Draft:
        found = best(name, text, plain)
        return tell(tables, found.question, found.result, found.probability)

    return run


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, str], Document]:
    """A document read from a text written for one test: `read("yama.csv", "…")`."""

    def run(name: str, text: str) -> Document:
        (tmp_path / name).write_text(text, "utf-8")
        return read_document(tmp_path / name)

    return run


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Store]:
    """An index over documents written for some tests: `indexed({"yama.csv": "…"})`."""

    def run(documents: dict[str, str]) -> Store:
        folder = tmp_path_factory.mktemp("indexed")
        (folder / "corpus").mkdir()
        for name, text in documents.items():
            (folder / "corpus" / name).write_text(text, "utf-8")
        build(folder / "corpus", folder / "index", workers=1)
        return open_store(folder / "index")

    return run


@pytest.fixture(scope="session")
def surest() -> Callable[[str, Store], Draft]:
    """What the surest offer from a table says; it must bear being said."""

    def run(question: str, store: Store) -> Draft:
        asked = understand(question)
        hits = retrieve(store, asked)
        found = offers(store, asked, hits, frames_of(store, hits), lambda _, step: step())
        draft = max((one for one in found if one.way == "table"), key=lambda one: one.own).draft(store)
        assert draft is not None
        assert failures(store, draft) == ()
        return draft

    return run
