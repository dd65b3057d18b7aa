"""A turn as the visitor's own browser keeps it, and a conversation made of such turns again.

The server keeps no conversation. What comes back from a browser is read as any stranger's text: of the right form and no
longer than a conversation can be, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from corpus import TashikaError
from qa.conversation import Conversation, Turn
from qa.followup_state import Understood
from qa.types import Answer
from qa.web.inline import numbered
from qa.web.session import MOST_SHOWN, Session

LONGEST = 3_000_000  # letters of a conversation that are read
MOST_CITATIONS = 1000  # of one answer


class NotRestored(TashikaError):
    """What a browser kept is no conversation that this edition can go on with."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One turn: the answer as it was given; `fresh` where nothing said before was added to the question."""

    question: str
    answer: Answer
    understood: Understood
    fresh: bool


def kept(session: Session) -> str:
    """The last turn for the browser to keep, as JSON; nothing where there is none."""
    turn = session.turn
    if turn is None:
        return ""
    fresh = len(session.conversation.turns) == 1
    return msgspec.json.encode(Kept(turn.question, turn.answer, turn.understood, fresh)).decode("utf-8")


def restored(text: str) -> Session:
    """The conversation a browser kept: a JSON list of turns, oldest first.

    Raises:
        NotRestored: it is none, is too long, or its turns do not follow on one another.

    """
    if len(text) > LONGEST:
        raise NotRestored("会話が長すぎるため、続きから始められません。新しい会話を始めてください。")
    try:
        turns = msgspec.json.decode(text.encode("utf-8", "replace"), type=list[Kept])[-MOST_SHOWN:]
    except msgspec.MsgspecError as error:
        raise NotRestored(
            "保存された会話の形が違うため、続きから始められません。新しい会話を始めてください。"
        ) from error
    numbers = [one.answer.turn for one in turns]
    if numbers != list(range(numbers[0], numbers[0] + len(turns)) if turns else ()) or any(
        len(one.answer.citations) > MOST_CITATIONS for one in turns
    ):
        raise NotRestored("保存された会話が途中で切れています。新しい会話を始めてください。")
    conversation = Conversation()
    for one in turns:
        if one.fresh:
            conversation = Conversation()
        conversation = replace(conversation, id=one.answer.id[:64], asked=one.answer.turn)
        conversation = conversation.with_turn(Turn(one.question, one.answer, one.understood))
    return Session(conversation, tuple(numbered(one.answer) for one in turns), numbers[0] if turns else 0)
