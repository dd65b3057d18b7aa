"""What a conversation remembers of a turn, as values that can be read, written as JSON and shown.

Nothing is remembered of small talk and of questions that were refused: nothing can be carried over from them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qa.types import Answer

MOST_TURNS = 30  # what is kept of a long conversation, besides the first topic


@dataclass(frozen=True, slots=True)
class Thing:
    """Something found: its name, the question that gives its figure (None when only its name is known), the figure."""

    name: str
    ask: str | None = None
    value: float | int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """How a turn was understood.

    `kind`: complete, topic, slots, step, reference, correction, choice, source, chat, refused or clarify (asked back). `base` is the last question
    about one thing, in full, which a change of slots changes; `subject`, `attribute`, `periods` are its slots as said.
    `things` are what was found, in order, `focus` the names that それ means, `whole` the question for the last figure,
    which a breakdown is asked of; `parts` is True when parts of it were spoken of; `operation` is "which" where a thing
    was asked for and not found. `kept` names the slots taken over, `topic` the turn in which this topic began, `beside` the offices
    and bodies that the answer's own row names.
    """

    kind: str
    base: str = ""
    subject: str = ""
    attribute: str = ""
    periods: tuple[str, ...] = ()
    operation: str = "value"
    things: tuple[Thing, ...] = ()
    focus: tuple[str, ...] = ()
    whole: str | None = None
    figure: Thing | None = None
    parts: bool = False
    kept: tuple[str, ...] = ()
    topic: int = 0
    beside: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether later turns may refer to it."""
        return self.kind not in ("chat", "source") and not self.unanswered

    @property
    def unanswered(self) -> bool:
        """Whether the documents gave no answer, or several that might have been meant."""
        return self.kind in ("refused", "clarify")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer, and how it was understood."""

    question: str
    answer: Answer
    understood: Understood = field(default_factory=lambda: Understood("refused"))


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked and answered so far: the last MOST_TURNS turns, the first topic, and how many turns there were."""

    id: str = ""
    turns: tuple[Turn, ...] = ()
    first: Turn | None = None
    asked: int = 0

    @property
    def topics(self) -> tuple[Turn, ...]:
        """The turns that can be referred to, oldest first."""
        return tuple(turn for turn in self.turns if turn.understood.says_something)

    @property
    def present(self) -> Understood | None:
        """What is being spoken of: the last answered turn, or a thing asked for since then that the documents lack.

        Whoever asks on after such a question means that thing, not the one before it.
        """
        for turn in reversed(self.turns):
            if turn.understood.says_something or (turn.understood.unanswered and turn.understood.subject):
                return turn.understood
        return None

    @property
    def just_refused(self) -> bool:
        """Whether the last question, small talk aside, got no answer: what is asked of it now has nothing to stand on."""
        last = next((t.understood for t in reversed(self.turns) if t.understood.kind != "chat"), None)
        return last is not None and last.unanswered

    @property
    def lacks_which(self) -> bool:
        """Whether the last question asked which thing it is, in vain: それ now means what nobody knows."""
        last = next((t.understood for t in reversed(self.turns) if t.understood.kind != "chat"), None)
        return last is not None and last.kind == "refused" and last.operation == "which"

    def with_turn(self, turn: Turn) -> Conversation:
        """The conversation one turn later."""
        first = self.first or (turn if turn.understood.kind != "chat" else None)
        return Conversation(self.id, (*self.turns, turn)[-MOST_TURNS:], first, self.asked + 1)
