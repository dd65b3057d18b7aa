"""Public data → examples for training the embedding model: texts that belong together, and texts that only seem to.

Comes in: the folder with the data sets (index/model/README.md names them with their licences). Goes out: one list of
examples a source. Nothing here reads the measuring sets (JSQuAD, JaQuAD dev, JSICK test, U4 valid), nor the held-out
parts: a tenth of JaQuAD's articles, on which the fusion is set, and a third of the budget items, about which the
paraphrase set asks.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import itertools
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.folding import searchable
from corpus.sentences import split_sentences
from index.lexical import word_index

_HARD_FROM = 8  # how many lexical hits are looked at for one that seems right and is not


@dataclass(frozen=True, slots=True)
class Example:
    """A text, one that belongs to it and, where the source has one, one that seems to and does not."""

    anchor: str
    positive: str
    negative: str | None = None


Source = Callable[[Path], Iterator[Example]]


def training_examples(folder: Path, seed: int) -> dict[str, list[Example]]:
    """The examples of each source, in an order fixed by the seed; a source has a negative in each example or in none."""
    found: dict[str, list[Example]] = {}
    for name, source in SOURCES.items():
        examples = [e for e in source(folder) if e.anchor.strip() and e.positive.strip() and e.anchor != e.positive]
        random.Random(f"{seed} {name}").shuffle(examples)  # noqa: S311 - order of training, nothing secret
        found[name] = examples
    return found


def is_held_out(key: str, one_in: int) -> bool:
    """Whether an article or item, by its name, is kept for measuring: the same ones in every run."""
    return int(hashlib.sha256(key.encode("utf-8")).hexdigest(), 16) % one_in == 0


ARTICLES_HELD_OUT = 10  # one in so many JaQuAD articles
ITEMS_HELD_OUT = 3  # one in so many budget items


def jaquad_items(folder: Path, part: str) -> list[dict[str, Any]]:
    """The paragraphs of JaQuAD, part `train` or `dev`, with title, context and questions."""
    return list(_json_lines(folder / "jaquad" / f"{part}.jsonl.gz"))


def budget_items(folder: Path) -> list[dict[str, Any]]:
    """The budget items of PoliInfo-3, local and national."""
    items = json.loads(_text(folder / "poliinfo" / "budget-items.json.gz"))
    return [*items["diet"], *(item for entries in items["local"].values() for item in entries)]


def _text(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8")


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in _text(path).splitlines():
        if line.strip():
            yield json.loads(line)


def _sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text)]


def _jaquad_trained(folder: Path) -> list[dict[str, Any]]:
    return [item for item in jaquad_items(folder, "train") if not is_held_out(item["title"], ARTICLES_HELD_OUT)]


def _questions(folder: Path) -> Iterator[Example]:
    """A question, its paragraph, and the paragraph that shares most words with it and does not hold the answer."""
    items = _jaquad_trained(folder)
    contexts = [item["context"] for item in items]
    lexical = word_index(contexts)
    for i, item in enumerate(items):
        for question in item["questions"]:
            answer = question["answers"][0]["text"]
            hits = (contexts[n] for n, _ in lexical.top(question["question"], _HARD_FROM) if n != i)
            wrong = next((text for text in hits if answer not in text), "")
            if wrong:
                yield Example(question["question"], item["context"], wrong)


def _question_sentences(folder: Path) -> Iterator[Example]:
    """A question and the sentence with its answer; sentences that follow one another."""
    for item in _jaquad_trained(folder):
        context = item["context"]
        spans = split_sentences(context)
        for question in item["questions"]:
            start = question["answers"][0]["start"]
            holding = next((context[a:b] for a, b in spans if a <= start < b), "")
            yield Example(question["question"], f"{item['title']} {holding}")
        for (a, b), (c, d) in itertools.pairwise(spans):
            yield Example(context[a:b], context[c:d])


def _assembly(folder: Path) -> Iterator[Example]:
    for item in json.loads(_text(folder / "poliinfo" / "assembly-qa.json.gz")):
        topic, asked, told = item["SubTopic"], item["QuestionSummary"], item["AnswerSummary"]
        yield Example(f"{topic} {asked}", told)
        yield Example(topic, asked)
        yield Example(topic, told)


def _minutes(folder: Path) -> Iterator[Example]:
    """Sentences that follow one another in council speeches."""
    for text in _utterances(json.loads(_text(folder / "poliinfo" / "council-minutes.json.gz"))):
        sentences = [s for s in _sentences(text.replace("\n", "")) if len(s) > 15]
        for first, second in itertools.pairwise(sentences):
            yield Example(first[:200], second[:200])


def _utterances(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("utterance"), str):
            yield node["utterance"]
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from _utterances(part)


def _budget(folder: Path) -> Iterator[Example]:
    for item in budget_items(folder):
        name, description = item.get("budgetItem"), item.get("description")
        if not name or is_held_out(item["budgetId"], ITEMS_HELD_OUT):
            continue
        if description:
            yield Example(name, description)
        for category in item.get("categories") or []:
            if category:
                yield Example(category, name)


def _synonyms(folder: Path) -> Iterator[Example]:
    """Synonyms of SudachiDict; groups and words marked as never to be expanded are left out."""
    groups: dict[str, list[str]] = defaultdict(list)
    for row in csv.reader(io.StringIO(_text(folder / "sudachi-synonyms.txt.gz"))):
        if len(row) >= 9 and row[2] == "0":
            groups[row[0]].append(row[8])
    for members in groups.values():
        yield from (Example(a, b) for a, b in itertools.pairwise(members))


def _similar_sentences(folder: Path) -> Iterator[Example]:
    for item in _json_lines(folder / "jglue" / "jsts-train.json.gz"):
        if item["label"] >= 3.5:
            yield Example(item["sentence1"], item["sentence2"])
    for row in csv.DictReader(io.StringIO(_text(folder / "jsick" / "train.tsv.gz")), delimiter="\t"):
        if float(row.get("relatedness_score_Ja") or 0) >= 4:
            yield Example(row["sentence_A_Ja"], row["sentence_B_Ja"])
    for item in _json_lines(folder / "jglue" / "jnli-valid.json.gz"):
        if item["label"] == "entailment":
            yield Example(item["sentence1"], item["sentence2"])


def _descriptions(folder: Path) -> Iterator[Example]:
    """JCommonsenseQA: what is described, its name, and another that could be thought of."""
    for item in _json_lines(folder / "jglue" / "jcommonsenseqa-train.json.gz"):
        right = item["label"]
        yield Example(item["question"], item[f"choice{right}"], item[f"choice{(right + 1) % 5}"])


def _headers(folder: Path) -> Iterator[Example]:
    """A question about a table, the headers of the cell with its answer, and those of a cell beside it."""
    tables = {t["table_id"]: _cells(t["html"]) for t in _json_lines(folder / "u4" / "train_tables.jsonl.gz")}
    for line in (folder / "u4" / "train_questions.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        place = re.search(r"r(\d+)c(\d+)$", item["cell_id"])
        cells = tables.get(item["table_id"], {})
        if place is None:
            continue
        row, column = int(place[1]), int(place[2])
        right = _header(cells, row, column)
        wrong = next((h for r in (row + 1, row - 1) if (h := _header(cells, r, column)) not in ("", right)), "")
        if right and wrong:
            yield Example(item["question"], right, wrong)


def _cells(html: str) -> dict[tuple[int, int], str]:
    cells = re.findall(r'<td[^>]*cell-id="[^"]*-r(\d+)c(\d+)"[^>]*>(.*?)</td>', html, re.DOTALL)
    return {(int(r), int(c)): re.sub(r"<[^>]+>|\s+", " ", text).strip() for r, c, text in cells}


def _header(cells: dict[tuple[int, int], str], row: int, column: int) -> str:
    return f"{cells.get((row, 1), '')} {cells.get((1, column), '')}".strip() if (row, column) in cells else ""


def _report_paragraphs(folder: Path) -> Iterator[Example]:
    """Two halves of one paragraph belong together: teaches the words of administration and accounts."""
    for line in _text(folder / "u4" / "report-paragraphs.txt.gz").splitlines():
        sentences = [s for s in _sentences(searchable(line)) if len(s) > 10]
        if len(sentences) >= 2 and "{" not in line:
            middle = len(sentences) // 2
            yield Example("".join(sentences[:middle])[:300], "".join(sentences[middle:])[:300])


SOURCES: dict[str, Source] = {
    "questions": _questions,
    "question-sentences": _question_sentences,
    "assembly": _assembly,
    "minutes": _minutes,
    "budget": _budget,
    "synonyms": _synonyms,
    "similar": _similar_sentences,
    "descriptions": _descriptions,
    "headers": _headers,
    "paragraphs": _report_paragraphs,
}


def texts(examples: Iterable[Example]) -> Iterator[str]:
    """All texts of examples."""
    for example in examples:
        yield example.anchor
        yield example.positive
        if example.negative is not None:
            yield example.negative
