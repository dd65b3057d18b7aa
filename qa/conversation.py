"""A conversation as an immutable value: turns in order, each a question with its answer.

In this edition every question is understood by itself; what a follow-up leaves out is not yet carried over.
"""

from __future__ import annotations

from dataclasses import dataclass

from index import Store
from qa.pipeline import answer, unasked
from qa.types import Answer, UnaskableQuestion


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked and answered so far."""

    id: str = ""
    turns: tuple[Turn, ...] = ()


def ask(conversation: Conversation, text: str, store: Store) -> tuple[Conversation, Answer]:
    """Answer the next question; a question that cannot be taken gets an answer that says so."""
    turn = len(conversation.turns)
    try:
        given = answer(text, store, question_id=conversation.id, turn=turn)
    except UnaskableQuestion as error:
        given = unasked(text, str(error), store, question_id=conversation.id, turn=turn)
    return Conversation(conversation.id, (*conversation.turns, Turn(text, given))), given
