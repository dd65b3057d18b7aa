"""Public data → pairs of texts that belong together, for training the embedding model.

Comes in: the folder with the data sets (see MODEL_CARD.md for names and licences). Goes out: (query, passage) pairs.
Nothing here reads the measuring sets (JSQuAD, JaQuAD dev).
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.folding import searchable
from corpus.sentences import split_sentences

Pair = tuple[str, str]


def training_pairs(folder: Path, seed: int) -> list[Pair]:
    """All pairs, shuffled with a fixed seed."""
    pairs: list[Pair] = []
    for source in (_jaquad, _assembly, _budget_items, _synonyms, _similar_sentences, _report_paragraphs):
        pairs.extend((q, p) for q, p in source(folder) if q.strip() and p.strip() and q != p)
    random.Random(seed).shuffle(pairs)  # noqa: S311 - order of training, nothing secret
    return pairs


def _text(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8")


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in _text(path).splitlines():
        if line.strip():
            yield json.loads(line)


def _sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text)]


def _jaquad(folder: Path) -> Iterator[Pair]:
    for item in _json_lines(folder / "jaquad" / "train.jsonl.gz"):
        context = item["context"]
        spans = split_sentences(context)
        for question in item["questions"]:
            start = question["answers"][0]["start"]
            holding = next((context[a:b] for a, b in spans if a <= start < b), "")
            yield question["question"], f"{item['title']} {context}"
            yield question["question"], f"{item['title']} {holding}"
        for (a, b), (c, d) in itertools.pairwise(spans):
            yield context[a:b], context[c:d]


def _assembly(folder: Path) -> Iterator[Pair]:
    for item in json.loads(_text(folder / "poliinfo" / "assembly-qa.json.gz")):
        topic, asked, told = item["SubTopic"], item["QuestionSummary"], item["AnswerSummary"]
        yield f"{topic} {asked}", told
        yield topic, asked
        yield topic, told


def _budget_items(folder: Path) -> Iterator[Pair]:
    items = json.loads(_text(folder / "poliinfo" / "budget-items.json.gz"))
    for item in [*items["diet"], *(item for entries in items["local"].values() for item in entries)]:
        name, description = item.get("budgetItem"), item.get("description")
        if name and description:
            yield name, description
        for category in item.get("categories") or []:
            if name and category:
                yield category, name


def _synonyms(folder: Path) -> Iterator[Pair]:
    """Synonyms of SudachiDict; groups and words marked as never to be expanded are left out."""
    groups: dict[str, list[str]] = defaultdict(list)
    for row in csv.reader(io.StringIO(_text(folder / "sudachi-synonyms.txt.gz"))):
        if len(row) >= 9 and row[2] == "0":
            groups[row[0]].append(row[8])
    for members in groups.values():
        yield from itertools.pairwise(members)


def _similar_sentences(folder: Path) -> Iterator[Pair]:
    for item in _json_lines(folder / "jglue" / "jsts-train.json.gz"):
        if item["label"] >= 3.5:
            yield item["sentence1"], item["sentence2"]
    rows = csv.DictReader(io.StringIO(_text(folder / "jsick" / "train.tsv.gz")), delimiter="\t")
    for row in rows:
        if float(row.get("relatedness_score_Ja") or 0) >= 4:
            yield row["sentence_A_Ja"], row["sentence_B_Ja"]


def _report_paragraphs(folder: Path) -> Iterator[Pair]:
    """Two halves of one paragraph belong together: teaches the words of administration and accounts."""
    for line in _text(folder / "u4" / "report-paragraphs.txt.gz").splitlines():
        sentences = [s for s in _sentences(searchable(line)) if len(s) > 10]
        if len(sentences) >= 2 and "{" not in line:
            middle = len(sentences) // 2
            yield "".join(sentences[:middle])[:300], "".join(sentences[middle:])[:300]
