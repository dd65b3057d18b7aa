"""Steps that set what was found beside something else: the others of a list (ほかの事業は), another figure (…との差は)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.followup import FollowUp, folded, follow_up_grammar, read_follow_up, strong
from qa.followup_anchor import anchor
from qa.followup_reference import resolved
from qa.followup_rewrite import Candidate, operand, year_named
from qa.followup_slots import Slots, is_measure, names_a_measure, with_attribute, with_period, with_subject
from qa.followup_state import Conversation, Thing
from qa.lookup import letters

_LISTED = ("list", "count")
_ONE_OTHER = re.compile(r"もう|残り")
_KIND_OF_THING = re.compile(r"(?:の?(?:[一-龥]{1,4}|ほう|方|もの))?(?:は|だと|も)?")
_SAYS_NOTHING = re.compile(r"(?:その|この|それら|これら|の|[0-9]つ|に|は|も|で|[、\s])*")


def others(read: FollowUp, conversation: Conversation, base: Slots) -> Iterator[Candidate]:
    """もう1つの事業は, ほかには: what a list holds besides what was spoken of.

    The list is that which the turn names (その課のほかの事業) or the last one.
    """
    match = other_in(read)
    if match is None or not conversation.topics or conversation.just_refused:
        return
    yield from _the_other(read, match, conversation, base)
    for known in _spoken_of(conversation):
        but = "と".join(f"「{name}」" for name in known)
        for text in _lists(read, match, conversation, base):
            yield Candidate(f"「{text}」のうち、{but}以外はどれですか。", "step", (), True, base=False)


def _the_other(read: FollowUp, match: re.Match[str], conversation: Conversation, base: Slots) -> Iterator[Candidate]:
    """もう一方は, where of two things found one was spoken of since: what was last asked of that, of the other."""
    if not _ONE_OTHER.match(match.group()) or not base.attribute or not _only_kind(read, match):
        return
    listed = next((t.understood.things for t in reversed(conversation.topics) if len(t.understood.things) > 1), ())
    at = anchor(conversation)
    spoken = letters(at.name if at else base.subject_text)
    left = [one.name for one in listed if letters(one.name) != spoken]
    if len(listed) == len(left) + 1 and len(left) == 1 and names_a_measure(base.attribute_text):
        yield Candidate(with_subject(base, left[0]), "slots", ("attribute", "periods"), subject=left[0], same=True)


def _only_kind(read: FollowUp, match: re.Match[str]) -> bool:
    """Whether behind もう一方の nothing stands but what kind of thing it is: 事業は?"""
    return _KIND_OF_THING.fullmatch(read.text[match.end() :].rstrip("?。 ")) is not None


def other_in(read: FollowUp) -> re.Match[str] | None:
    """The words of a turn that ask for others than what was spoken of."""
    return follow_up_grammar().at("step", "other").search(read.text)


def _lists(read: FollowUp, match: re.Match[str], conversation: Conversation, base: Slots) -> Iterator[str]:
    """Questions for the list that others are asked of."""
    behind = read_follow_up(read.text[match.end() :])
    if behind.question is not None and any(strong(p) for p in behind.phrases):
        yield behind.text.rstrip("?。 ").removesuffix("は")  # ほかに市民課の事業は
    if not _SAYS_NOTHING.fullmatch(read.text[: match.start()]):
        for one in resolved(read.text, conversation, base) or ():
            inner = other_in(read_follow_up(one.text))
            if inner is not None:
                asked = (one.text[: inner.start()] + one.text[inner.end() :]).rstrip("?。 ")
                yield asked.removesuffix("は")
        return
    for turn in reversed(conversation.topics):
        if turn.understood.operation in _LISTED and turn.understood.kind != "step":
            yield folded(turn.answer.standalone).rstrip("?。 ")
            return


def _spoken_of(conversation: Conversation) -> Iterator[tuple[str, ...]]:
    """The names that others are told from: what was found last, as the documents call it or the question did."""
    last = conversation.topics[-1].understood
    at = anchor(conversation)
    ways = [last.focus, (at.name,) if at else (), (last.subject,) if last.subject else ()]
    yield from dict.fromkeys(way for way in ways if way and not any(c in name for name in way for c in "「」"))


def beside_another(read: FollowUp, conversation: Conversation, base: Slots) -> Iterator[Candidate]:
    """…との差は, …と比べると, …より何円多い: the last figure beside that of a thing, a year or a column that is named."""
    match = follow_up_grammar().at("step", "beside").search(read.rest)
    last = conversation.topics[-1].understood
    if match is None or last.figure is None or not last.figure.ask or conversation.just_refused:
        return
    named = match["what"].strip()
    if not named or read_follow_up(f"{named}は?").bare is None or letters(named) == letters(base.subject_text):
        return
    end = "では何%増減しましたか。" if "ratio" in read.steps else "の差はいくらですか。"
    for ask in _like(named, base):
        if letters(ask) != letters(last.figure.ask):
            pair = (last.figure, Thing(named, ask))
            asks = [ask, last.figure.ask] if year_named(named, base) else [last.figure.ask, ask]
            yield Candidate(f"「{asks[0]}」と「{asks[1]}」{end}", "step", (), True, pair, base=False)


def _like(named: str, base: Slots) -> Iterator[str]:
    """The last question with what is named in the place of its like."""
    year = year_named(named, base)
    if year:
        yield operand(with_period(base, year))
        return
    if is_measure(named):
        yield operand(with_attribute(base, named))
    yield operand(with_subject(base, named))
