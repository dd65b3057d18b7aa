"""How the weights of the fusion were set: what each choice reaches on sets that nothing else is measured on."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eval.retrieval import Beir, Indexed
from index.fuse import Scores, Weights, fuse
from index.search import DEPTH, rank

LEAST = (0.0, 0.1, 0.2)
MOST = (1.0, 2.0, 4.0, 8.0)
HALFWAY = (0.15, 0.2, 0.25)
STEP = (0.015, 0.03)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What one query's candidates bring: the parts of each, shape (n,), and which are right, bool (n,)."""

    parts: dict[str, Scores]
    right: np.ndarray


def candidates(beir: Beir, index: Indexed) -> list[Candidates]:
    """All candidates of every query of a set."""
    relevant: dict[str, set[str]] = {}
    for judged in beir.qrels:
        relevant.setdefault(judged.query_id, set()).add(judged.doc_id)
    found = []
    for query, text in beir.queries.items():
        ranked = rank(index.words, index.bigrams, index.vectors, index.encoder, text, 3 * DEPTH, "hybrid")
        names = ranked[0].parts if ranked else {}
        parts = {name: np.asarray([one.parts[name] for one in ranked], dtype=np.float32) for name in names}
        found.append(Candidates(parts, np.asarray([index.ids[one.position] in relevant[query] for one in ranked])))
    return found


def first_right(found: Sequence[Candidates], weights: Weights) -> float:
    """Success@1 of the fusion with these weights."""
    return float(
        np.mean([bool(one.right[int(np.argmax(fuse(one.parts, weights)))]) if one.parts else False for one in found])
    )


def grid(sets: dict[str, list[Candidates]]) -> Iterator[tuple[Weights, dict[str, float]]]:
    """Every choice of the weights with what it reaches on each set."""
    for choice in itertools.product(LEAST, MOST, HALFWAY, STEP):
        weights = Weights(*choice)
        yield weights, {name: first_right(found, weights) for name, found in sets.items()}


def odd_half(beir: Beir) -> Beir:
    """The queries with odd numbers: for setting weights, so that the other half can say whether they hold."""
    kept = {query: text for query, text in beir.queries.items() if int(query[-1]) % 2}
    return Beir(beir.passages, beir.gists, kept, tuple(judged for judged in beir.qrels if judged.query_id in kept))
