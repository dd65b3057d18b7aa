"""The whole way of an answer, in one place, to be read top to bottom."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from corpus.folding import searchable, tidy
from index import Hit, Store
from qa.cell_kinds import LOOSE
from qa.followup import only_a_step, small_talk
from qa.followup_compose import MOST_NESTED, composed, nesting, parse
from qa.prose import ProseAnswer, answers_from_prose
from qa.prose_cells import answers_from_cells
from qa.prose_draft import cell_draft, prose_draft
from qa.prose_kinds import things
from qa.prose_reading import read
from qa.refuse import lacks_context, refusal
from qa.retrieve import retrieve
from qa.several import cuts
from qa.tabular import Proposal, frames_of, propose
from qa.tell import tell
from qa.together import join
from qa.types import Answer, Draft, Operation, Question, Step
from qa.understand import understand
from qa.verify import failures
from qa.yesno import yes_or_no

T = TypeVar("T")
_GREETING = "ご質問をどうぞ。索引にある資料に書かれていることを、出典とともにお答えします。"
_SUREST = 0.99
ENOUGH_TABULAR = 0.8
ENOUGH_PROSE = 0.4
LEAST_PROSE, LEAD, _NOUN = 0.18, 3.0, 0.8
ENOUGH_CELL = 0.6
_PREDICATE = 0.5  # a noun, or a verb that is one: left unexplained, something else was asked
WORKED_OUT = {Operation.SUM, Operation.AVERAGE, Operation.MAXIMUM, Operation.MINIMUM, Operation.RATIO, Operation.COUNT}


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
    first = understand(text, plain=True) if _may_be_printed(question) else question
    draft = _found(store, first, hits, clock)
    if draft is None and first is not question:
        draft = _found(store, question, hits, clock)
    draft = draft or clock("take apart", lambda: _from_parts(store, question))
    if draft is not None:
        return _say(question, store, draft, True, question_id, turn, clock)
    refused = _without(clock("refuse", lambda: _refusal(store, question, hits)))
    return _say(question, store, refused, False, question_id, turn, clock)


def _may_be_printed(question: Question) -> bool:
    """Whether the sum asked for is more likely a figure with that name (予算の総額) than something to be added up."""
    return question.operation is Operation.SUM and question.cue in ("総額", "総計", "総数")


def _found(store: Store, question: Question, hits: tuple[Hit, ...], clock: _Clock) -> Draft | None:
    """The first way to answer whose words all stand in what it cites or calculates."""
    for way in (_from_tables, _from_prose):
        draft = way(store, question, hits, clock)
        if draft is not None and not clock("verify", partial(failures, store, draft)):
            return draft
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


def _from_tables(store: Store, question: Question, hits: tuple[Hit, ...], clock: _Clock) -> Draft | None:
    """What a whole table comes to: look-ups, lists, counts and calculations over its rows."""
    frames = frames_of(store, hits)
    if question.operation is Operation.YESNO:
        decided = clock("yes or no", lambda: yes_or_no(store, question, frames))
        if decided is not None or question.claim is not None:
            return decided
    best: Proposal | None = None
    rival = 0.02  # the question as asked goes before its plain reading when both fit
    for reading in _readings(question):
        found = clock("plan", partial(propose, reading, frames))
        if (
            found
            and found[0].probability >= ENOUGH_TABULAR
            and (best is None or found[0].probability > best.probability + rival)
        ):
            best = found[0]
    if best is None:
        return None
    return clock("tell", lambda: tell(store, best.question, best.result, best.probability))


def _readings(question: Question) -> tuple[Question, ...]:
    """The question as asked; and as a look-up, because a document may print its 合計, 平均 or 増減 itself."""
    if question.operation in (Operation.VALUE, Operation.EACH, Operation.YESNO, Operation.LIST):
        return (question,)
    return (question, understand(question.text, plain=True))


def _from_prose(store: Store, question: Question, hits: tuple[Hit, ...], clock: _Clock) -> Draft | None:
    """Sentences that answer when quoted."""
    found: tuple[ProseAnswer, ...] = clock("prose", lambda: answers_from_prose(store, question, hits))
    if question.operation in (Operation.VALUE, Operation.LIST):
        cells: tuple[ProseAnswer, ...] = clock("cells", lambda: answers_from_cells(store, question, hits))
        if cells and (not found or cells[0].probability > found[0].probability):
            lost = not _holds(question, cells[0]) or any(
                a.strength == 0.0 and a.term.weight >= _PREDICATE for a in cells[0].accounts
            )
            return cell_draft(store, cells[0]) if cells[0].probability >= ENOUGH_CELL and not lost else None
    if not found or not (found[0].probability >= ENOUGH_PROSE or _stands_out(found)):
        return None
    best = found[0]
    if question.operation in WORKED_OUT and best.calculation is None and best.text is None:
        # A sentence that only names the figures is not their sum; one that prints it names the operation too.
        printed = searchable(" ".join(one.value for one in best.evidence))
        if not question.cue or question.cue.strip("のはをがで?") not in printed:
            return None
    return prose_draft(store, found[0])


def _stands_out(found: tuple[ProseAnswer, ...]) -> bool:
    """Whether the best sentence accounts for every noun and name and is several times likelier than the next.

    A short bullet gives the model little to go by; that nothing else comes near says more than its probability.
    """
    lost = any(a.strength == 0.0 and a.term.weight >= _NOUN for a in found[0].accounts)
    next_best = found[1].probability if len(found) > 1 else 0.0
    return not lost and found[0].probability >= max(LEAST_PROSE, LEAD * next_best)


def _holds(question: Question, cell: ProseAnswer) -> bool:
    """Whether a text cell holds a thing of the kind asked for, where its shape can show that."""
    return question.wants in LOOSE or bool(things(question, read(tidy(cell.evidence[0].value))))


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
