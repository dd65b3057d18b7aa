"""One visitor's conversation as the page shows it; nothing of it is shared with anybody else's."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, field, replace

from index import Store
from qa.conversation import Conversation, Turn, ask
from qa.pipeline import unasked
from qa.types import Answer, Citation
from qa.web.answering import Answering
from qa.web.inline import numbered
from qa.web.render import message, said
from qa.web.words import Words

log = logging.getLogger(__name__)
MOST_SHOWN = 50  # answers kept to look at; the oldest go first


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation with its answers as shown, the first of which is the `first`-th of all (from 0)."""

    conversation: Conversation = field(default_factory=Conversation)
    answers: tuple[Answer, ...] = ()
    first: int = 0

    @property
    def last(self) -> Answer | None:
        """The answer given last."""
        return self.answers[-1] if self.answers else None

    @property
    def last_turn(self) -> int:
        """The number of the last answer, from 0."""
        return self.first + len(self.answers) - 1

    @property
    def turn(self) -> Turn | None:
        """The last turn with how it was understood."""
        return self.conversation.turns[-1] if self.conversation.turns else None

    def answer(self, turn: int) -> Answer | None:
        """An answer by its number; None where it is no longer kept."""
        at = turn - self.first
        return self.answers[at] if 0 <= at < len(self.answers) else None

    def citation(self, turn: int, number: int) -> Citation | None:
        """A citation by the numbers of its answer (from 0) and of itself (from 1)."""
        given = self.answer(turn)
        return given.citations[number - 1] if given and 1 <= number <= len(given.citations) else None


def asked(
    session: Session, text: str, store: Store, alone: bool = False, answering: Answering | None = None
) -> Session:
    """The session one turn later. `alone` asks a complete question, to which nothing said before is added."""
    conversation = session.conversation
    if alone:
        conversation = Conversation(conversation.id, asked=conversation.asked)
    if not conversation.id:
        conversation = replace(conversation, id=secrets.token_urlsafe(12))  # what the browser keeps it by
    try:
        conversation, given = (answering.ask if answering else ask)(conversation, text, store)
    except Exception:  # a fault of ours: a sentence for who asked, a line for who runs the page, nobody else notices
        log.exception("no answer to %r", text[:200])
        given = unasked(text, Words()("failed"), store, question_id=conversation.id, turn=conversation.asked)
        conversation = conversation.with_turn(Turn(text, given))
    answers = (*session.answers, numbered(given))
    dropped = max(0, len(answers) - MOST_SHOWN)
    return Session(conversation, answers[dropped:], session.first + dropped)


def messages(session: Session, words: Words, index: str | None = None) -> list[dict[str, str]]:
    """All turns as the chat shows them. `index` is the present one, so that answers from another are marked."""
    shown = []
    for turn, given in enumerate(session.answers, session.first):
        shown.append({"role": "user", "content": said(given.question)})
        shown.append({"role": "assistant", "content": message(given, turn, words, index)})
    return shown
