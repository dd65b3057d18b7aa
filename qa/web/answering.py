"""Questions asked by many at once: what is the same for everybody is worked out once.

An answer depends on nothing but the index, the question and what was asked before it. Kept are only answers to questions
with nothing before them, and to those that a program sends with all that was asked before: a conversation that a browser
kept comes from a stranger, and nobody else is given what follows from it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from index import Store
from qa.conversation import Conversation, Turn, ask
from qa.followup_state import Understood
from qa.types import Answer

MOST = 2000  # answers kept; the longest unused goes first
_LONGEST = 400  # letters of all questions of a conversation; longer ones are not kept

Key = tuple[str, ...]
Known = tuple[Answer, Understood]


@dataclass(frozen=True, slots=True)
class Used:
    """How often an answer was known, and how often it had to be worked out."""

    known: int
    worked_out: int


class Answering:
    """Answers by (index, questions); one that is being worked out is waited for, not worked out again."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Future[Known]] = OrderedDict()
        self._lock = threading.Lock()
        self._used = [0, 0]

    @property
    def used(self) -> Used:
        """What came of keeping answers so far."""
        return Used(*self._used)

    def ask(self, conversation: Conversation, text: str, store: Store) -> tuple[Conversation, Answer]:
        """The next question of any conversation, as `qa.ask` answers it."""
        if conversation.turns or len(text) > _LONGEST or self._most < 1:
            return ask(conversation, text, store)
        begun = time.perf_counter()
        given, understood = self._known((store.manifest.fingerprint, text), Conversation(), text, store)
        return _as_of(conversation, text, given, understood, begun)

    def follow(self, earlier: Sequence[str], text: str, store: Store) -> Answer:
        """A question after others, which are asked in their turn."""
        begun, asked = time.perf_counter(), Conversation()
        for number, one in enumerate((*earlier, text)):
            key = (store.manifest.fingerprint, *earlier[:number], one)
            if sum(map(len, key[1:])) > _LONGEST or self._most < 1:
                asked, _ = ask(asked, one, store)
            else:
                given, understood = self._known(key, asked, one, store)
                asked, _ = _as_of(asked, one, given, understood, begun)
        return asked.turns[-1].answer

    def at_once(self, earlier: Sequence[str], text: str, store: Store) -> Answer | None:
        """What `follow` gives where nothing has to be worked out or waited for; None elsewhere."""
        with self._lock:
            for number, one in enumerate((*earlier, text)):
                held = self._kept.get((store.manifest.fingerprint, *earlier[:number], one))
                if held is None or not held.done() or held.exception() is not None:
                    return None
        return self.follow(earlier, text, store)

    def _known(self, key: Key, conversation: Conversation, text: str, store: Store) -> Known:
        with self._lock:
            held = self._kept.get(key)
            mine = held is None
            if held is None:
                held = self._kept[key] = Future()
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            self._used[mine] += 1
        if not mine:
            return held.result()
        try:
            after, given = ask(conversation, text, store)
        except BaseException as error:
            with self._lock:
                self._kept.pop(key, None)
            held.set_exception(error)
            raise
        held.set_result((given, after.turns[-1].understood))
        return held.result()


def _as_of(
    conversation: Conversation, text: str, given: Answer, understood: Understood, begun: float
) -> tuple[Conversation, Answer]:
    """A known answer as a conversation's next turn. `begun` is when it was asked for, on the clock of perf_counter."""
    elapsed = round(1000 * (time.perf_counter() - begun), 2)
    given = replace(given, id=conversation.id, turn=conversation.asked, elapsed_ms=elapsed)
    if not conversation.turns and understood.says_something:
        understood = replace(understood, topic=conversation.asked)
    return conversation.with_turn(Turn(text, given, understood)), given
