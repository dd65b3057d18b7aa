"""Published questions, and our own paraphrases → retrieval sets in BEIR format.

    python -m eval set NAME --data FOLDER --out FOLDER

`jsquad`: JGLUE's valid questions over their 1,145 paragraphs. `jaquad`: JaQuAD's dev questions over all 11,144
paragraphs of train and dev; `jaquad-held-out`: those of train that trained nothing. `paraphrase`: our questions that avoid the words of what they ask for (`eval/paraphrase/`),
over every row and passage of the shipped documents and every budget item of PoliInfo-3. `gold`: gold questions with
their cited lines, over the entries of a folder of documents.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from corpus import Document, TashikaError, load_corpus
from eval.gold import BadGold, GoldQuestion
from index.entries import Entry, document_entries, entry_span, join
from index.training.data import ARTICLES_HELD_OUT, budget_items, is_held_out, jaquad_items

PARAPHRASES = Path(__file__).parent / "paraphrase"


class NoData(TashikaError):
    """The folder with the published data is not there or not complete."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What can be found: an id, a title, a text, and what is embedded of it (None: title and text)."""

    id: str
    title: str
    text: str
    gist: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question and the ids of all passages that are right."""

    id: str
    text: str
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Passages and queries."""

    passages: tuple[Passage, ...]
    queries: tuple[Query, ...]


def make_set(name: str, data: Path) -> RetrievalSet:
    """One of the sets of `SETS`.

    Raises:
        NoData: a file is missing under `data`.

    """
    try:
        return SETS[name](data)
    except OSError as error:
        raise NoData(
            f"「{error.filename}」がありません。公開データのフォルダーを --data に指定してください。"
        ) from error


def write_beir(found: RetrievalSet, folder: Path) -> None:
    """Write corpus.jsonl, queries.jsonl and qrels/test.tsv."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write_lines(
        folder / "corpus.jsonl",
        (
            {"_id": p.id, "title": p.title, "text": p.text} | ({"metadata": {"gist": p.gist}} if p.gist else {})
            for p in found.passages
        ),
    )
    _write_lines(folder / "queries.jsonl", ({"_id": q.id, "text": q.text} for q in found.queries))
    rows = [f"{q.id}\t{passage}\t1\n" for q in found.queries for passage in q.relevant]
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(rows), "utf-8")


def _write_lines(path: Path, values: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values), "utf-8")


def jsquad(data: Path) -> RetrievalSet:
    """JSQuAD valid 1.3 (JGLUE, CC BY-SA 4.0)."""
    articles = json.loads(gzip.decompress((data / "jglue" / "jsquad-valid.json.gz").read_bytes()))["data"]
    passages: dict[str, Passage] = {}
    queries = []
    for paragraph in (p for article in articles for p in article["paragraphs"]):
        context = paragraph["context"]
        title, _, text = context.partition(" [SEP] ")
        passage = passages.setdefault(context, Passage(f"p{len(passages)}", title, text))
        queries += [Query(qa["id"], qa["question"], (passage.id,)) for qa in paragraph["qas"]]
    return RetrievalSet(tuple(passages.values()), tuple(queries))


def jaquad(data: Path) -> RetrievalSet:
    """JaQuAD dev (SkelterLabs, CC BY-SA 3.0) against the paragraphs of train and dev."""
    return _jaquad(data, lambda part, _: part == "dev")


def jaquad_held_out(data: Path) -> RetrievalSet:
    """The questions about the articles of JaQuAD train that the shipped model was not trained on, for setting weights."""
    return _jaquad(data, lambda part, title: part == "train" and is_held_out(title, ARTICLES_HELD_OUT))


def _jaquad(data: Path, asked: Callable[[str, str], bool]) -> RetrievalSet:
    passages: list[Passage] = []
    queries: list[Query] = []
    for part in ("train", "dev"):
        for item in jaquad_items(data, part):
            passages.append(Passage(f"p{len(passages)}", "", item["context"]))
            if asked(part, item["title"]):
                for question in item["questions"]:
                    queries.append(Query(f"q{len(queries)}", question["question"], (passages[-1].id,)))
    return RetrievalSet(tuple(passages), tuple(queries))


def paraphrase(data: Path) -> RetrievalSet:
    """Our paraphrases over the shipped documents and the budget items of PoliInfo-3, which stay in `data`."""
    entries, where = _entries(load_corpus().documents)
    items = budget_items(data)
    budget = [_budget_passage(i, item) for i, item in enumerate(items)]
    numbers: dict[str, list[str]] = {}
    for passage, item in zip(budget, items, strict=True):
        numbers.setdefault(item["budgetId"], []).append(passage.id)
    queries = []
    for line in (PARAPHRASES / "documents.jsonl").read_text("utf-8").splitlines():
        asked = json.loads(line)
        places = {(asked["document"], number) for number in asked["lines"]}
        queries.append(Query(asked["id"], asked["question"], _on_lines(where, places)))
    for line in (PARAPHRASES / "budget_items.jsonl").read_text("utf-8").splitlines():
        asked = json.loads(line)
        queries.append(Query(asked["id"], asked["question"], tuple(p for i in asked["items"] for p in numbers[i])))
    return RetrievalSet((*entries, *budget), tuple(queries))


def gold_set(documents: Path, files: Sequence[Path]) -> RetrievalSet:
    """Answerable gold questions of single turns with the entries on the lines they cite, over a folder of documents."""
    entries, where = _entries(load_corpus(documents).documents)
    queries = []
    for path in files:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip() or '"turns"' in line:
                continue
            try:
                asked = msgspec.json.decode(line, type=GoldQuestion)
            except msgspec.MsgspecError as error:
                raise BadGold(f"{path}:{number} を読めません({error})。直してください。") from error
            places = {(c.document, c.line) for c in (*asked.citations, *asked.citations_also_ok)}
            relevant = _on_lines(where, places)
            if asked.answerable and asked.expected == "answer" and relevant:
                queries.append(Query(f"{path.stem}-{asked.id or number}", asked.question, relevant))
    return RetrievalSet(tuple(entries), tuple(queries))


Places = dict[str, tuple[str, range]]


def _entries(documents: Iterable[Document]) -> tuple[list[Passage], Places]:
    """Every entry as a passage, and the lines it stands on."""
    passages: list[Passage] = []
    where: Places = {}
    for document in documents:
        for entry in document_entries(document):
            passages.append(Passage(entry.id, "", entry.text, entry.gist))
            where[entry.id] = (document.id, _line_numbers(document, entry))
    return passages, where


def _line_numbers(document: Document, entry: Entry) -> range:
    place = document.place(entry_span(document, entry))
    return range(place.line_start, place.line_end + 1)


def _on_lines(where: Places, places: set[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(
        entry for entry, (document, lines) in where.items() if any((document, number) in places for number in lines)
    )


def _budget_passage(number: int, item: dict[str, Any]) -> Passage:
    name, description = item.get("budgetItem") or "", item.get("description") or ""
    around = (item.get("budgetTitle") or "", item.get("department") or "", *(item.get("categories") or []))
    return Passage(
        f"b{number}", "", join(*around, name, description, item.get("budget") or ""), join(name, description)
    )


SETS: dict[str, Callable[[Path], RetrievalSet]] = {
    "jsquad": jsquad,
    "jaquad": jaquad,
    "jaquad-held-out": jaquad_held_out,
    "paraphrase": paraphrase,
}
