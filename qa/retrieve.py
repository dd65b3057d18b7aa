"""A question → the rows, facts and sentences nearest to it."""

from __future__ import annotations

from index import Hit, Store, search
from qa.types import Question

DEPTH = 40


def retrieve(store: Store, question: Question) -> tuple[Hit, ...]:
    """The rows, facts and sentences nearest to the question, best first."""
    return search(store, question.folded, DEPTH)
