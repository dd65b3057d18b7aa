"""Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): score = Σ weight / (60 + rank)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# The constant of the paper: it keeps one list's first place from outvoting agreement lower down.
K = 60


# What a list's vote is worth. The small shipped model ranks well below BM25 on questions that share words with the
# text, so its vote decides only where the other two differ; measured on JSQuAD (see index/model/README.md).
WEIGHTS = {"words": 1.0, "bigrams": 1.0, "dense": 0.3}


def reciprocal_rank_fusion(rankings: Mapping[str, Sequence[int]]) -> list[tuple[int, float, dict[str, int]]]:
    """Fuse rankings (positions, best first) into (position, score, ranks by list name), best first.

    Ranks count from 1. Ties go to the smaller position, so the order never depends on chance.
    """
    scores: dict[int, float] = {}
    ranks: dict[int, dict[str, int]] = {}
    for name, ranking in rankings.items():
        for rank, position in enumerate(ranking, 1):
            scores[position] = scores.get(position, 0.0) + WEIGHTS.get(name, 1.0) / (K + rank)
            ranks.setdefault(position, {})[name] = rank
    order = sorted(scores, key=lambda position: (-scores[position], position))
    return [(position, scores[position], ranks[position]) for position in order]
