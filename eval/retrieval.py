"""Retrieval alone, on a set in BEIR format (corpus.jsonl, queries.jsonl, qrels/test.tsv; Thakur et al. 2021).

The same term indexes, vectors and fusion as in `index`, over texts instead of documents. Measures by ir-measures; a
query that finds nothing counts with 0.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
import msgspec
import numpy as np
from ir_measures import RR, R, nDCG

from corpus import TashikaError
from index import Encoder
from index.fuse import reciprocal_rank_fusion
from index.lexical import best, bigram_index, word_index
from index.search import DEPTH

MEASURES = (R @ 1, R @ 5, R @ 10, RR @ 10, nDCG @ 10)


class BadBeir(TashikaError):
    """A folder that is not a retrieval set in BEIR format."""


@dataclass(frozen=True, slots=True)
class Beir:
    """Passages and queries by id, and which passages are relevant to which query."""

    passages: dict[str, str]
    queries: dict[str, str]
    qrels: tuple[Any, ...]


def read_beir(folder: Path) -> Beir:
    """Read a BEIR folder.

    Raises:
        BadBeir: a file is missing or a line is not of the format.

    """
    try:
        passages = {d["_id"]: f"{d.get('title', '')} {d['text']}".strip() for d in _lines(folder / "corpus.jsonl")}
        queries = {d["_id"]: d["text"] for d in _lines(folder / "queries.jsonl")}
        with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        qrels = tuple(ir_measures.Qrel(r["query-id"], r["corpus-id"], int(r["score"])) for r in rows)
    except (OSError, KeyError, ValueError, TypeError, msgspec.MsgspecError) as error:
        raise BadBeir(
            f"「{folder}」を BEIR 形式として読めません({error})。corpus.jsonl、queries.jsonl、qrels/test.tsv を置いてください。"
        ) from error
    if not qrels:
        raise BadBeir(
            f"「{folder}/qrels/test.tsv」に判定がありません。query-id、corpus-id、score の行を書いてください。"
        )
    judged = {qrel.query_id for qrel in qrels}
    return Beir(passages, {q: text for q, text in queries.items() if q in judged}, qrels)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").split("\n"):
        if line.strip():
            yield msgspec.json.decode(line)


def measure(beir: Beir, encoder: Encoder, mode: str) -> dict[str, float]:
    """Mean of each measure over all queries, by its name."""
    found = ir_measures.calc_aggregate(MEASURES, beir.qrels, run(beir, encoder, mode))
    return {str(m): float(found[m]) for m in MEASURES}


def run(beir: Beir, encoder: Encoder, mode: str) -> Iterable[Any]:
    """The ranking of every query, DEPTH deep."""
    names = list(beir.passages)
    texts = list(beir.passages.values())
    words, bigrams = word_index(texts), bigram_index(texts)
    use_dense = mode != "lexical"
    passages = encoder.encode_passages(texts) if use_dense else None
    asked = encoder.encode_queries(list(beir.queries.values())) if use_dense else None
    for i, (query, text) in enumerate(beir.queries.items()):
        rankings: dict[str, list[int]] = {}
        if mode != "dense":
            rankings["words"] = [p for p, _ in words.top(text, DEPTH)]
            rankings["bigrams"] = [p for p, _ in bigrams.top(text, DEPTH)]
        if passages is not None and asked is not None:
            rankings["dense"] = [p for p, _ in best(np.asarray(passages @ asked[i], dtype=np.float32), DEPTH)]
        for position, score, _ in reciprocal_rank_fusion(rankings)[:DEPTH]:
            yield ir_measures.ScoredDoc(query, names[position], score)
