"""The whole way of an answer, in one place, to be read top to bottom."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from corpus.folding import tidy
from index import Hit, Store
from qa.choice import choice_model, weighed
from qa.followup import only_a_step, small_talk
from qa.followup_compose import MOST_NESTED, composed, nesting, parse
from qa.offers import offers
from qa.refuse import lacks_context, refusal
from qa.retrieve import retrieve
from qa.several import cuts
from qa.tabular import frames_of, propose
from qa.together import join
from qa.types import Answer, Draft, Operation, Question, Step
from qa.understand import understand
from qa.verify import failures

T = TypeVar("T")
_GREETING = "ご質問をどうぞ。索引にある資料に書かれていることを、出典とともにお答えします。"


def answer(text: str, store: Store, *, question_id: str = "", turn: int = 0, steps: list[Step] | None = None) -> Answer:
    """Answer one question from an open index.

    `steps`, when given, receives what each step gave out (`--explain`).

    Raises:
        UnaskableQuestion: the question is empty or too long.

    """
    clock = _Clock(steps)
    text = text.encode("utf-8", "replace").decode("utf-8")  # what a terminal could not decode
    question = clock("understand", lambda: understand(text))
    reply = small_talk(text)
    if reply or question.operation is Operation.CHAT:
        said = Draft(reply or _GREETING, "", "chat", (), None, (), 1.0)
        return _say(question, store, said, True, question_id, turn, clock)
    made = clock("compose", lambda: _from_answers(text, store))
    if made is not None:
        return _say(question, store, made, True, question_id, turn, clock)
    if question.operation is Operation.FOLLOW_UP or not question.terms or only_a_step(text):
        return _say(question, store, _without(lacks_context()), False, question_id, turn, clock)
    hits = clock("retrieve", lambda: retrieve(store, question))
    draft = _found(store, question, hits, clock)
    draft = draft or clock("take apart", lambda: _from_parts(store, question))
    if draft is not None:
        return _say(question, store, draft, True, question_id, turn, clock)
    refused = _without(clock("refuse", lambda: _refusal(store, question, hits)))
    return _say(question, store, refused, False, question_id, turn, clock)


def _found(store: Store, question: Question, hits: tuple[Hit, ...], clock: _Clock) -> Draft | None:
    """The likeliest offer that is likely enough and whose words all stand in what it cites or calculates."""
    made = offers(store, question, hits, frames_of(store, hits), clock)
    best = clock("weigh", lambda: weighed(store, question, hits, made))
    for one in best:
        if one.probability < choice_model().enough:
            return None
        draft = clock("tell", partial(one.offer.draft, store))
        if draft is not None and not clock("verify", partial(failures, store, draft)):
            return replace(draft, confidence=round(one.probability, 4))
    return None


def _from_parts(store: Store, question: Question) -> Draft | None:
    """A question that asks several things, answered part by part; None unless every part has an answer."""
    for parts in cuts(question.text):
        drafts = []
        for text in parts.questions:
            part = understand(text)
            drafted = _found(store, part, retrieve(store, part), _Clock(None)) if part.terms else None
            if drafted is None:
                break
            drafts.append(drafted)
        else:
            joined = join(parts, drafts, question)
            if joined is not None and not failures(store, joined):
                return joined
    return None


def _from_answers(text: str, store: Store) -> Draft | None:
    """What a question made of questions (「A」と「B」の差は) comes to, each answered on its own."""
    asked = parse(text) if nesting(text) <= MOST_NESTED else None
    made = composed(store, asked, lambda part: answer(part, store)) if asked else None
    return made if made is not None and ((asked and asked.kind == "source") or not failures(store, made)) else None


def _refusal(store: Store, question: Question, hits: tuple[Hit, ...]) -> str:
    found = propose(question, frames_of(store, hits))
    return refusal(store, question, hits, found[0] if found else None)


def unasked(text: str, reason: str, store: Store, *, question_id: str = "", turn: int = 0) -> Answer:
    """The answer to a question that cannot be taken, for batch work that must give one line for each."""
    return Answer(
        question_id, turn, text, "", False, "none", reason, (), None, (), 0.0, store.manifest.fingerprint, 0.0
    )


def _without(text: str) -> Draft:
    """Words that say no fact: no value, nothing cited."""
    return Draft(text, "", "none", (), None, (), 0.0)


def _say(
    question: Question, store: Store, draft: Draft, answered: bool, question_id: str, turn: int, clock: _Clock
) -> Answer:
    return Answer(
        question_id, turn, question.text, tidy(question.text), answered, draft.kind, draft.text, draft.values,
        draft.calculation, draft.citations, draft.confidence, store.manifest.fingerprint, clock.elapsed_ms(),
    )  # fmt: skip


class _Clock:
    """Runs a step, and keeps its outcome and time when someone wants to see them."""

    def __init__(self, steps: list[Step] | None) -> None:
        self._steps = steps
        self._started = time.perf_counter()

    def __call__(self, name: str, step: Callable[[], T]) -> T:
        before = time.perf_counter()
        outcome = step()
        if self._steps is not None:
            self._steps.append(Step(name, outcome, round((time.perf_counter() - before) * 1000, 2)))
        return outcome

    def elapsed_ms(self) -> float:
        return round((time.perf_counter() - self._started) * 1000, 2)
