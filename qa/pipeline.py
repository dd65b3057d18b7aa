"""The whole way of an answer, in one place, to be read top to bottom."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from corpus.folding import tidy
from index import Hit, Store
from qa.agreement import borne_out
from qa.apart import Ask, Said, lacks, taken_apart
from qa.as_many import as_asked
from qa.ask_back import MOST, AskedBack, Reading, asked_back, namesakes, readings, worth_asking
from qa.choice import Weighed, choice_model, weighed
from qa.claimed import confirmed
from qa.excluded import gives_excluded, without_excluded
from qa.followup import only_a_step, small_talk
from qa.followup_compose import MOST_NESTED, composed, nesting, parse
from qa.followup_slots import names_a_measure
from qa.holdings import holdings, source_question
from qa.municipalities import without_municipality
from qa.offers import offers, offers_row_by_row
from qa.offices import unknown_offices
from qa.premises import of_another_measure
from qa.put_first import put_first
from qa.refuse import lacks_context, refusal
from qa.respelled import in_kana, said_plainly
from qa.restate import in_known_words
from qa.retrieve import retrieve
from qa.sayable import is_of_taste, may_be_said
from qa.second_look import second_look
from qa.several import by_its_name, without_publisher
from qa.tabular import frames_of, propose
from qa.than import Than, more_than, than
from qa.the_most import the_most, told_the_most
from qa.types import Answer, Draft, Operation, Question, Step
from qa.understand import LOOK_UPS, understand
from qa.verify import failures

T = TypeVar("T")
_RECKONED = re.compile(r"(?:^|[^0-9A-Za-z])(?:=\s*[-+]?[0-9]|[0-9]+(?:\.[0-9]+)?\s*[+*×÷^]\s*[0-9])")
_LOOKED_AT = 3
_GREETING = "ご質問をどうぞ。索引にある資料に書かれていることを、出典とともにお答えします。"


def answer(text: str, store: Store, *, question_id: str = "", turn: int = 0, steps: list[Step] | None = None) -> Answer:
    """Answer one question from an open index.

    `steps`, when given, receives what each step gave out (`--explain`).

    Raises:
        UnaskableQuestion: the question is empty or too long.

    """
    clock = _Clock(steps)
    text = text.encode("utf-8", "replace").decode("utf-8")  # what a terminal could not decode
    kept, excluded = without_excluded(in_kana(said_plainly(text)))
    question = clock("understand", lambda: understand(kept))
    reply = small_talk(text)
    if reply or question.operation is Operation.CHAT:
        said = Draft(reply or _GREETING, "", "chat", (), None, (), 1.0)
        return _say(text, store, said, True, question_id, turn, clock)
    made = clock("compose", lambda: _composed(text, store))
    if made is not None:
        return _say(text, store, made, True, question_id, turn, clock)
    ask = partial(_asked, store, excluded)
    if question.operation is Operation.FOLLOW_UP or _names_nothing(question) or only_a_step(text):
        made = clock("take apart", lambda: taken_apart(store, kept, None, ask))
        return _say(text, store, made or _without(lacks_context()), made is not None, question_id, turn, clock)
    known = clock("restate", lambda: in_known_words(store, kept))
    asked = question if known == kept else understand(known)
    hits = clock("retrieve", lambda: retrieve(store, asked))
    bound = than(known)
    best = _weighed(store, asked, hits, clock)
    found = _likeliest(store, asked, excluded, best, clock)
    if bound is not None and found is not None and found.draft.kind == "value":
        found = None  # what the named one has itself
    back = clock("ask back", lambda: _one_of_several(store, asked, excluded, found))
    if back is not None:
        return _say(text, store, back.draft(), False, question_id, turn, clock)
    taste = bool(best) and all(is_of_taste(asked, one) for one in best[:_LOOKED_AT])
    draft = None if taste else _made_of_more(store, asked, known, found, bound, ask, clock)
    if draft is not None and not of_another_measure(asked, draft):
        return _say(text, store, draft, True, question_id, turn, clock)
    back = clock("ask back", lambda: _any_of_several(store, asked, hits, excluded, best))
    if back is not None:
        return _say(text, store, back.draft(), False, question_id, turn, clock)
    bare = without_municipality(store, question.folded)
    without = question if bare == question.folded else understand(bare)
    refused = _without(clock("refuse", lambda: _refusal(store, without, hits)))
    return _say(text, store, refused, False, question_id, turn, clock)


def _made_of_more(
    store: Store, asked: Question, known: str, found: Said | None, bound: Than | None, ask: Ask, clock: _Clock
) -> Draft | None:
    """What was found, unless more questions than this one have to be asked: what is put forward, a bound that is another
    thing's, parts, the name in brackets. None where nothing is to be said.
    """
    draft: Draft | None = None
    if bound is not None:
        made: Draft | None = clock("compare", lambda: more_than(bound, ask))
        draft = made if made is not None and not failures(store, made) else None
    elif (put := the_most(known)) is not None:
        draft = clock("compare", lambda: told_the_most(store, put, ask))
    elif asked.claim is not None:
        draft = clock("compare", lambda: confirmed(store, asked, found.draft if found else None, ask))
    if draft is None and (bound is None or found is not None):
        draft = clock("take apart", lambda: taken_apart(store, known, found, ask))
    for other in (by_its_name, without_publisher) if draft is None else ():
        named = other(known)
        said: Said | None = clock("ask otherwise", partial(ask, named)) if named is not None else None
        if said is not None:
            return said.draft
    return draft


def answer_composed(text: str, store: Store) -> Answer | None:
    """The answer to a question made of questions; None where it is none, or has no answer as such.

    Raises:
        UnaskableQuestion: as `answer`, which would take it for any other question instead.

    """
    clock = _Clock(None)
    understand(text)
    made = _composed(text, store)
    return None if made is None else _say(text, store, made, True, "", 0, clock)


def _composed(text: str, store: Store) -> Draft | None:
    return holdings(store, text) or _from_answers(_composed_as(text), store)


def _weighed(store: Store, question: Question, hits: tuple[Hit, ...], clock: _Clock) -> list[Weighed]:
    """All that could be said, the likeliest first.

    Nothing answers for an office that no document knows, unless it is what the question asks to be confirmed.
    """
    if question.operation is not Operation.YESNO and unknown_offices(store, question):
        return []
    made = offers(store, question, hits, frames_of(store, hits), clock)
    best = clock("weigh", lambda: weighed(store, question, hits, made))
    best = clock("read", lambda: second_look(store, question, best))
    return borne_out(store, question, put_first(question, as_asked(question, best)))


def _likeliest(
    store: Store, question: Question, excluded: tuple[str, ...], best: Sequence[Weighed], clock: _Clock
) -> Said | None:
    """The likeliest offer that is likely enough and whose words all stand in what it cites or calculates.

    What is said has to be of the stage asked for: beside what was planned stands what was settled. One that tells only half of
    what is asked gives way to a less likely one that tells all.
    """
    half: Said | None = None
    for one in best:
        if one.probability < choice_model().enough:
            break
        draft = _sayable(store, question, excluded, one, clock)
        if draft is None:
            continue
        said = Said(replace(draft, confidence=round(one.probability, 4)), one)
        if not lacks(draft, question.text):
            return said
        half = half or said
    return half


def _one_of_several(
    store: Store, question: Question, excluded: tuple[str, ...], found: Said | None
) -> AskedBack | None:
    """What was found and its namesakes, as choices; None where it has none, or they cannot be told apart."""
    alike = namesakes(found.weighed) if found is not None and question.operation in LOOK_UPS else []
    return asked_back(store, _of_those(store, question, excluded, alike)[:MOST], more=len(alike) > MOST)


def _any_of_several(
    store: Store, question: Question, hits: tuple[Hit, ...], excluded: tuple[str, ...], best: Sequence[Weighed]
) -> AskedBack | None:
    """Readings none of which is likely enough, but one of which likely is right, as choices; None where it is not so.

    Also the rows that a question fits alike, each of which would be said if it were the only one.
    """
    back = asked_back(store, readings(_of_those(store, question, excluded, worth_asking(best), most=None)))
    if back is not None or (question.operation is not Operation.YESNO and unknown_offices(store, question)):
        return back
    each = [weighed(store, question, hits, [one]) for one in offers_row_by_row(question, frames_of(store, hits))]
    alike = [one for ones in each for one in ones if one.probability >= choice_model().enough]
    return asked_back(store, _of_those(store, question, excluded, alike)[:MOST], more=len(each) > MOST)


def _of_those(
    store: Store, question: Question, excluded: tuple[str, ...], ones: Sequence[Weighed], most: int | None = MOST + 1
) -> list[Reading]:
    """Of the first `most` offers those that may be said, with what they say."""
    drafts = ((one, _sayable(store, question, excluded, one, _Clock(None))) for one in ones[:most])
    return [(one, draft) for one, draft in drafts if draft is not None]


def _sayable(store: Store, question: Question, excluded: tuple[str, ...], one: Weighed, clock: _Clock) -> Draft | None:
    """What an offer says, where it may be said: to the point, and borne out."""
    draft: Draft | None = clock("tell", partial(one.offer.draft, store))
    if draft is None or gives_excluded(draft, excluded) or not may_be_said(store, question, one, draft):
        return None
    return None if clock("verify", partial(failures, store, draft)) else draft


def _names_nothing(question: Question) -> bool:
    """Whether a question says what of but not of what: 12月は, 3件は. Bounds on what is listed are more than that."""
    terms = [t for t in question.terms if not names_a_measure(t.surface)] if _RECKONED.search(question.folded) else None
    if terms is not None and all(term.pos == "数詞" for term in terms):
        return True  # =1+1の予算は: figures to be reckoned with are no thing that has a budget
    figures = all(term.pos == "数詞" for term in question.terms)
    return not question.terms or (figures and not question.comparisons and not question.began)


def _asked(store: Store, excluded: tuple[str, ...], text: str) -> Said | None:
    """A part of a question, asked by itself."""
    part = understand(in_known_words(store, text))
    clock = _Clock(None)
    return _likeliest(store, part, excluded, _weighed(store, part, retrieve(store, part), clock), clock)


def _composed_as(text: str) -> str:
    """A question for the place of an answer in the form 「A」の出典は; one that is made of questions already as it is."""
    return text if parse(text) else source_question(text) or text


def _from_answers(text: str, store: Store) -> Draft | None:
    """What a question made of questions (「A」と「B」の差は) comes to, each answered on its own."""
    asked = parse(text) if nesting(text) <= MOST_NESTED else None
    if asked is not None and asked.kind == "meant":
        return _meant(asked.operands[0], asked.match["said"], store)
    made = composed(store, asked, lambda part: answer(part, store)) if asked else None
    return made if made is not None and ((asked and asked.kind == "source") or not failures(store, made)) else None


def _meant(text: str, name: str, store: Store) -> Draft | None:
    """The answer to one of the choices that a question is asked back with; None where it is not, or has no such choice."""
    steps: list[Step] = []
    answer(text, store, steps=steps)
    backs = [step.outcome for step in steps if step.name == "ask back" and step.outcome is not None]
    return backs[-1].chosen(name) if backs else None


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


def _say(text: str, store: Store, draft: Draft, answered: bool, question_id: str, turn: int, clock: _Clock) -> Answer:
    return Answer(
        question_id, turn, text, tidy(text), answered, draft.kind, draft.text, draft.values,
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
