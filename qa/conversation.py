"""A conversation: each turn is put into a complete question, asked, and remembered as it was understood.

A turn may mean several questions. They are tried in order of likelihood and the one the documents answer best is taken;
its text is the answer's `standalone`, and asked alone it gets the same answer. Where none is answered, nothing is
remembered, so that nothing can be inherited from a misunderstanding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import msgspec

from corpus import TashikaError
from index import Store
from qa.followup import FollowUp, asks_for_source, only_a_step, ranks, read_follow_up, small_talk, still_refers
from qa.followup_anchor import (
    Anchor,
    Anchored,
    anchor,
    asked_of,
    in_year,
    likewise,
    narrowed,
    of_another,
    topic_above,
    with_era,
)
from qa.followup_choice import EACH_LATER, fits, likelihood
from qa.followup_memory import remembered
from qa.followup_narrow import asks_oldest, how_many, in_another_year, named_at
from qa.followup_others import beside_another, other_in, others
from qa.followup_parts import items
from qa.followup_pick import picked
from qa.followup_quoted import beside, beside_of_another, dated_by_name
from qa.followup_reference import resolved
from qa.followup_rewrite import (
    Candidate,
    alone,
    asks_of_another,
    complete_or_not,
    corrections,
    named_alone,
    names_something,
    of_its_like,
    slot_changes,
    source_of,
    year_named,
)
from qa.followup_slots import Slots, attached, names_a_measure, role_of, slots
from qa.followup_state import Conversation, Turn, Understood
from qa.followup_steps import names_how_many, step_kinds, steps, taken_in
from qa.lookup import letters
from qa.parts import Part, breakdown, labelled, side_by_side
from qa.pipeline import answer, answer_composed, unasked
from qa.types import Answer, Step, UnaskableQuestion
from qa.understand import understand

__all__ = ["BadConversation", "Conversation", "Turn", "ask", "ask_last", "from_json", "to_json"]

_NOTHING_ELSE = frozenset({"unit", "breakdown", "detail", "per"})  # steps that are never a question of their own
_MOST_TRIED = 12
_NAMED = 0.55  # a text that a name is this far made of is said of that thing
_A_NAME = 0.75  # a text that a name of the documents is this far made of names that thing


class BadConversation(TashikaError):
    """Text that is no conversation written by `to_json`."""


def ask(conversation: Conversation, text: str, store: Store) -> tuple[Conversation, Answer]:
    """Answer the next question; a question that cannot be taken gets an answer that says so."""
    candidate, given = _answered(conversation, text, store)
    if candidate is None or (only_a_step(text) and not given.answered):
        return conversation.with_turn(Turn(text, given, Understood("refused"))), given
    return conversation.with_turn(Turn(text, given, remembered(candidate, given, conversation, store))), given


def ask_last(conversation: Conversation, text: str, store: Store, steps: list[Step] | None = None) -> Answer:
    """The answer to a question after which none comes: nothing of it has to be remembered, which takes questions of its own.

    `steps` receives what each step gave out, where it is the first question of the conversation.
    """
    return _answered(conversation, text, store, steps)[1]


def _answered(
    conversation: Conversation, text: str, store: Store, steps: list[Step] | None = None
) -> tuple[Candidate | None, Answer]:
    """The complete question a turn stands for, None for one that cannot be taken, with its answer."""
    turn = conversation.asked
    try:
        candidate, given = _understand(conversation, text, store, steps)
    except UnaskableQuestion as error:
        return None, unasked(text, str(error), store, question_id=conversation.id, turn=turn)
    asked = text.encode("utf-8", "replace").decode("utf-8")
    return candidate, replace(given, id=conversation.id, turn=turn, question=asked)


def to_json(conversation: Conversation) -> bytes:
    """A conversation as JSON."""
    return msgspec.json.encode(conversation)


def from_json(raw: bytes | str) -> Conversation:
    """A conversation from its JSON.

    Raises:
        BadConversation: it is none.

    """
    try:
        return msgspec.json.decode(raw, type=Conversation)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadConversation(f"会話の JSON を読めません({error})。to_json で書いたものを渡してください。") from error


def _understand(
    conversation: Conversation, text: str, store: Store, steps: list[Step] | None
) -> tuple[Candidate, Answer]:
    """The complete question a turn stands for, with its answer."""
    understand(text)  # raises for what nobody could take
    if small_talk(text):
        return Candidate(text, "complete"), answer(text, store)
    choice = picked(text, conversation)
    if choice is not None:
        one = chosen(choice, conversation.turns[-1].answer.standalone, store)
        return Candidate(one.standalone, "choice"), one
    read = read_follow_up(text)
    if conversation.present is None:
        text = read.text if read.new else text
        return Candidate(text, "complete"), answer(text, store, steps=steps)
    at = anchor(conversation)
    best: tuple[float, Candidate, Answer] | None = None
    first: tuple[Candidate, Answer] | None = None
    elapsed = 0.0
    for rank, candidate in enumerate(_tried(_candidates(read, text, conversation, at, store), step_kinds(read))):
        if best is not None and (candidate.resort or best[0] >= EACH_LATER**rank):
            break
        given = _asked(candidate, store)
        if given is None:
            continue
        elapsed += given.elapsed_ms
        first = _refused_first(first, (candidate, given), read)
        if given.answered and fits(candidate, given, conversation.present, read, at, store):
            score = likelihood(candidate, given, rank, read, at, store)
            if score > (best[0] if best else 0.0):
                best = (score, candidate, given)
    if best is not None:
        return best[1], replace(best[2], elapsed_ms=round(elapsed, 2))
    if first is not None and not first[1].answered:
        return first[0], replace(first[1], elapsed_ms=round(elapsed, 2))
    return Candidate(text, "none"), _not_understood(text, store)


def _refused_first(
    first: tuple[Candidate, Answer] | None, one: tuple[Candidate, Answer], read: FollowUp
) -> tuple[Candidate, Answer]:
    """Of two questions the one that a refusal is told of: one that was refused, and says what the turn says."""
    if first is None or (first[1].answered and not one[1].answered and one[0].kind == "complete"):
        return one
    said = letters(read.text)
    better = not one[1].answered and said in letters(one[0].text) and said not in letters(first[0].text)
    return one if better and not one[0].composed else first


def chosen(name: str, asked: str, store: Store) -> Answer:
    """The answer to one of the choices that a question was asked back with: by its name where that gets it alone."""
    meant = answer(f"「{asked}」のうち、「{name}」については？", store)
    alone = answer(f"{name}は？", store)
    same = alone.answered and (alone.values, alone.citations[:1]) == (meant.values, meant.citations[:1])
    return replace(alone if same else meant, elapsed_ms=round(alone.elapsed_ms + meant.elapsed_ms, 2))


def _tried(candidates: Iterator[Candidate], kinds: frozenset[str]) -> Iterator[Candidate]:
    """The candidates that can be asked, each once. `kinds` are those an answer to the turn's step can have."""
    tried: set[str] = set()
    for one in candidates:
        asked = replace(one, text=one.text.replace("?", "？"))
        if asked.text in tried or (not one.composed and still_refers(asked.text)):
            continue
        if len(tried) >= _MOST_TRIED:
            return
        tried.add(asked.text)
        own = one.kind in ("reference", "correction") or (one.kind == "slots" and not one.composed)
        yield replace(asked, kinds=kinds) if own else asked


def _asked(candidate: Candidate, store: Store) -> Answer | None:
    """The answer to a candidate; None where it cannot be taken, or is not answered in the way it was composed."""
    try:
        return (answer_composed if candidate.composed else answer)(candidate.text, store)
    except UnaskableQuestion:
        return None


def _not_understood(text: str, store: Store) -> Answer:
    reason = "前の答えからは、お尋ねのことを求められません。事業や項目の名前を入れてお尋ねください。"
    return replace(unasked(text, reason, store), standalone=text)


def _candidates(
    read: FollowUp, text: str, conversation: Conversation, at: Anchor | None, store: Store
) -> Iterator[Candidate]:
    """The questions that a turn may stand for, the likeliest first."""
    last = conversation.present
    base = slots(last.base, last.subject) if last else None
    if base is None or read.new:
        yield alone(read)
        return
    if asks_for_source(text):
        yield from source_of(conversation) if conversation.topics else ()
        return
    dated = with_era(read.text, base, at)
    read = read_follow_up(dated) if dated != read.text else read
    if read.yes and conversation.topics:
        yield from corrections(read, conversation, base, store)
    if read.premise:
        yield Candidate(read.premise, "complete")
    if conversation.topics and last is conversation.topics[-1].understood:
        yield from how_many(read, conversation, last)
        year = year_named(read.text, base)
        yield from in_another_year(year, conversation, last) if year else ()
    if other_in(read):
        yield from others(read, conversation, base)
    if conversation.topics and last is conversation.topics[-1].understood:
        yield from beside(read, conversation)
        yield from beside_of_another(read, conversation, base, store)
    if read.steps or read.among or ranks(text) or asks_oldest(read):
        yield from _steps(read, text, conversation, base, store)
    if conversation.just_refused and only_a_step(text):
        return
    if read.among:
        yield from _anchored(narrowed(read.rest, at)) if at and not conversation.just_refused else ()
        return
    referring = list(_referring(read, conversation, base, store))
    yield from referring or _changes(read, conversation, base, at, store)
    if conversation.topics and last is conversation.topics[-1].understood:
        yield from (replace(one, resort=True) for one in dated_by_name(read, conversation))
        yield from named_at(read, conversation, last)


def _anchored(made: Iterable[Anchored]) -> Iterator[Candidate]:
    """Questions about the place of the last answer; of another thing that is named, wherever that stands."""
    for one in made:
        yield Candidate(
            one.text, "slots", one.kept, years=one.years, condition=one.condition, subject=one.subject,
            near=not one.subject, same=one.same, base=one.base,
        )  # fmt: skip


def _steps(read: FollowUp, text: str, conversation: Conversation, base: Slots, store: Store) -> Iterator[Candidate]:
    """A step on what was found; on nothing, where the question just before was not answered."""
    going_on = conversation.topics and conversation.present is conversation.topics[-1].understood
    going_on = going_on and conversation.topics[-1].understood.parts  # parts are known by the quote that tells them
    if conversation.just_refused and not names_how_many(read) and not (going_on and taken_in(read)):
        return
    if conversation.topics:
        if "difference" in read.steps:
            yield from beside_another(read, conversation, base)
        yield from _own_question_first(read, base, store)
        yield from steps(read, conversation, base)


def _referring(read: FollowUp, conversation: Conversation, base: Slots, store: Store) -> Iterator[Candidate]:
    """A turn with words that refer back, these put into words; nothing where it has none."""
    at = anchor(conversation)
    for one in resolved(read.text, conversation, base):
        inner = read_follow_up(one.text)
        if inner.bare is not None and letters(inner.bare) == letters(one.name):
            yield from _about(one.name, inner, base, store)
        elif one.period and letters(inner.bare or "") == letters(one.period):
            yield from slot_changes(inner, base, store)
        else:
            if inner.bare is not None and one.name in inner.bare and _names_another(inner.bare, one.name, store):
                yield from _about(
                    inner.bare, inner, base, store
                )  # 同課の見守り訪問は?: another thing, named by its office
            yield from _dated(inner, base, one.name, at is not None and at.name == one.name)


def _names_another(bare: str, name: str, store: Store) -> bool:
    """Whether 「XのY」 is a thing Y of X (同課の見守り訪問), not what is asked of X (その事業の会場)."""
    if names_a_measure(bare):
        return False
    role = role_of(store, bare.replace(name, "").removeprefix("の"))
    return role.name >= max(role.header, _NAMED)


def _part_of_it(read: FollowUp, conversation: Conversation) -> Iterator[Candidate]:
    """A thing named after an answer that quotes figures of several: the figure of that one, in the very same quote."""
    last = conversation.topics[-1] if conversation.topics else None
    if last is None or conversation.just_refused or not read.bare or not last.understood.whole or "ratio" in read.steps:
        return  # Xの割合は: not so many of it
    told = [found for c in last.answer.citations if (found := _figures_in(c.quote))]
    if told:
        figure = last.understood.figure
        unit = (figure.unit if figure else told[0][0].unit) or ""
        asked = f"「{last.understood.whole}」のうち、{read.bare}は{f'何{unit}' if unit else 'いくつ'}ですか。"
        yield Candidate(asked, "step", (), True, last.understood.things, base=False, near=True)


def _figures_in(quote: str) -> tuple[Part, ...]:
    """The figures of several things that a quote gives, beside each other or as parts of one."""
    cut = breakdown(quote)
    return cut.parts if cut is not None else side_by_side(quote) or (labelled(quote) if items(quote) else ())


def _changes(
    read: FollowUp, conversation: Conversation, base: Slots, at: Anchor | None, store: Store
) -> Iterator[Candidate]:
    """A turn without such words: a change of slots, a question about the last subject, or one of its own."""
    if read.steps & _NOTHING_ELSE:
        return
    if read.bare is not None or read.yes:
        if conversation.topics and read.bare:
            yield from of_its_like(conversation.topics[-1].answer.standalone, read.bare)
        yield from _part_of_it(read, conversation)
        year = year_named(read.yes or read.text, base)
        bare = read.bare or ""
        known = bool(bare) and role_of(store, bare).name >= _A_NAME
        own = bool(bare) and not year and asks_of_another(bare, base, store)
        yield from [alone(read)] if own else []
        there = list(_anchored(of_another(bare, base, at, known))) if at and bare and not year and not own else []
        yield from (one for one in there[:1] if one.near)
        yield from slot_changes(read, base, store)
        yield from _anchored(in_year(year, base, at)) if at and year else there
        if year:
            return
        ways = complete_or_not(read, base, store) if not read.yes else []
        yield from (replace(one, resort=True) for one in ways if one.kind == "slots")
        if not read.yes and names_something(read.question, store):
            yield replace(alone(read), resort=True)
        return
    named = named_alone(read.text) if not read.steps and "うち" not in read.text else None
    yield from _anchored(likewise(named, read.text, at)) if at and named else ()
    ways = complete_or_not(read, base, store)
    there = list(_anchored(asked_of(read, base, at))) if at is not None else []
    yield from there[:1] if at is not None and topic_above(base, at) else ()
    if ways and ways[0].kind != "slots":
        yield ways[0]
    yield from slot_changes(read, base, store)
    yield from there
    yield from ways
    yield from _of_the_topic(read, conversation, base)


def _of_the_topic(read: FollowUp, conversation: Conversation, base: Slots) -> Iterator[Candidate]:
    """A question about what the topic began with, where a row of its table was spoken of since."""
    present = conversation.present
    began = next((t.understood for t in conversation.topics if present and t.understood.topic == present.topic), None)
    if began is None or read.question is None or not began.subject or began.subject == base.subject_text:
        return
    yield Candidate(attached(began.subject, "", read.question), "slots", ("subject",), subject=began.subject)


def _own_question_first(read: FollowUp, base: Slots, store: Store) -> Iterator[Candidate]:
    """A step that names what it is done on (市民祭の予算と決算の差は) is a question of its own."""
    if read.among or (taken_in(read) is not None) or resolved(read.text, Conversation(), None):
        return
    ways = complete_or_not(read, base, store)
    if ways and ways[0].kind == "complete":
        yield ways[0]


def _about(name: str, read: FollowUp, base: Slots, store: Store) -> Iterator[Candidate]:
    """Nothing but a thing referred to (後者は?): the last question about it."""
    named = replace(read, bare=name, yes=None)
    yield from (replace(one, kind="reference", subject=name) for one in slot_changes(named, base, store))


def _dated(read: FollowUp, base: Slots, name: str, here: bool) -> Iterator[Candidate]:
    """A reference put into words, for the year spoken of and for any. `here`: to what was last answered of."""
    years = frozenset(p.year for p in base.question.periods)
    present, named = letters(base.subject_text), letters(name)
    if not here and present not in named and named not in present:
        years = frozenset()  # what was asked of one thing in a year is asked of another in any
    if base.periods and not (read.question and read.question.periods):
        yield Candidate(f"{base.period_text}の{read.text}", "reference", ("subject", "periods"), subject=name)
        yield Candidate(read.text, "reference", ("subject",), years=years, subject=name)
    else:
        yield Candidate(read.text, "reference", ("subject",), subject=name)
