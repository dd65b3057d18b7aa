"""Retrieval alone, on a set in BEIR format (corpus.jsonl, queries.jsonl, qrels/test.tsv; Thakur et al. 2021).

The same indexes, vectors and fusion as in `index`, over texts instead of documents. Measures by ir-measures; a query
that finds nothing counts with 0. Two systems are compared query by query: an exact sign test on Success@1 (McNemar).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
import msgspec
from ir_measures import RR, R, Success, nDCG
from scipy.stats import binomtest

from corpus import TashikaError
from eval.sets import RetrievalSet
from index import MODES, Encoder
from index.dense import DenseIndex
from index.lexical import LexicalIndex, bigram_index, word_index
from index.search import DEPTH, rank

# Success@k: any right passage among the first k. The same as R@k where only one is right.
MEASURES = (Success @ 1, Success @ 5, R @ 1, R @ 5, R @ 10, RR @ 10, nDCG @ 10)
SYSTEMS = (*MODES, "words", "bigrams")


class BadBeir(TashikaError):
    """A folder that is not a retrieval set in BEIR format."""


@dataclass(frozen=True, slots=True)
class Beir:
    """Passages and queries by id, and which passages are relevant to which query.

    `gists` are what is embedded of each passage: its text, unless the set gives another under `metadata.gist`.
    """

    passages: dict[str, str]
    gists: dict[str, str]
    queries: dict[str, str]
    qrels: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Indexed:
    """The passages of a set, indexed in every way."""

    ids: tuple[str, ...]
    words: LexicalIndex
    bigrams: LexicalIndex
    vectors: DenseIndex
    encoder: Encoder


@dataclass(frozen=True, slots=True)
class Measured:
    """What a system reached: the mean of each measure by name, and Success@1 of each query."""

    system: str
    means: dict[str, float]
    first: dict[str, float]


@dataclass(frozen=True, slots=True)
class Compared:
    """Success@1 of one system less that of another, over the same queries, with the two-sided p of an exact sign test."""

    system: str
    other: str
    difference: float
    won: int
    lost: int
    p: float


def read_beir(folder: Path) -> Beir:
    """Read a BEIR folder.

    Raises:
        BadBeir: a file is missing or a line is not of the format.

    """
    try:
        lines = list(_lines(folder / "corpus.jsonl"))
        passages = {d["_id"]: f"{d.get('title', '')} {d['text']}".strip() for d in lines}
        gists = {d["_id"]: d.get("metadata", {}).get("gist") or passages[d["_id"]] for d in lines}
        queries = {d["_id"]: d["text"] for d in _lines(folder / "queries.jsonl")}
        with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        qrels = tuple(ir_measures.Qrel(r["query-id"], r["corpus-id"], int(r["score"])) for r in rows)
    except (OSError, KeyError, ValueError, TypeError, AttributeError, msgspec.MsgspecError) as error:
        raise BadBeir(
            f"「{folder}」を BEIR 形式として読めません({error})。corpus.jsonl、queries.jsonl、qrels/test.tsv を置いてください。"
        ) from error
    if not qrels:
        raise BadBeir(
            f"「{folder}/qrels/test.tsv」に判定がありません。query-id、corpus-id、score の行を書いてください。"
        )
    judged = {qrel.query_id for qrel in qrels}
    return Beir(passages, gists, {q: text for q, text in queries.items() if q in judged}, qrels)


def beir_of(found: RetrievalSet) -> Beir:
    """A set of `sets` as `read_beir` would read it from its folder."""
    passages = {p.id: f"{p.title} {p.text}".strip() for p in found.passages}
    return Beir(
        passages,
        {p.id: p.gist or passages[p.id] for p in found.passages},
        {q.id: q.text for q in found.queries},
        tuple(ir_measures.Qrel(q.id, passage, 1) for q in found.queries for passage in q.relevant),
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            yield msgspec.json.decode(line)


def indexed(beir: Beir, encoder: Encoder) -> Indexed:
    """Index the passages of a set in memory, as a build does on disk."""
    texts = list(beir.passages.values())
    vectors = encoder.encode_passages(list(beir.gists.values()))
    return Indexed(tuple(beir.passages), word_index(texts), bigram_index(texts), DenseIndex(vectors), encoder)


def measure(beir: Beir, index: Indexed, system: str) -> Measured:
    """Let one system rank the passages for every query, and measure."""
    run = list(ranking(beir, index, system))
    found = ir_measures.calc(MEASURES, beir.qrels, run)
    first = {one.query_id: float(one.value) for one in found.per_query if one.measure == Success @ 1}
    return Measured(system, {str(m): float(found.aggregated[m]) for m in MEASURES}, first)


def ranking(beir: Beir, index: Indexed, system: str) -> Iterator[Any]:
    """The ranking of every query, DEPTH deep. `system` is a mode of search, or one of its two term indexes alone."""
    for query, text in beir.queries.items():
        if system in MODES:
            ranked = rank(index.words, index.bigrams, index.vectors, index.encoder, text, DEPTH, system)
            pairs = [(one.position, one.score) for one in ranked]
        else:
            pairs = (index.words if system == "words" else index.bigrams).top(text, DEPTH)
        for position, score in pairs:
            yield ir_measures.ScoredDoc(query, index.ids[position], score)


def compare(measured: Sequence[Measured], system: str) -> list[Compared]:
    """One system against each other one, by Success@1 on the same queries."""
    mine = next(one for one in measured if one.system == system)
    found = []
    for other in measured:
        if other is mine:
            continue
        won = sum(mine.first[q] > other.first[q] for q in mine.first)
        lost = sum(mine.first[q] < other.first[q] for q in mine.first)
        p = float(binomtest(won, won + lost).pvalue) if won + lost else 1.0
        name = str(Success @ 1)
        found.append(Compared(system, other.system, mine.means[name] - other.means[name], won, lost, p))
    return found
