"""What all visitors of one program share: the documents, the feedback, who may change what."""

from __future__ import annotations

from qa.reader import reader
from qa.types import Answer
from qa.web.answering import MOST, Answering
from qa.web.audit import Audit
from qa.web.feedback import Feedback
from qa.web.people import People
from qa.web.shelf import Shelf
from qa.web.suggest import first_questions


class Site:
    """The shared state of the page."""

    def __init__(
        self,
        shelf: Shelf,
        feedback: Feedback,
        people: People | None = None,
        answers: int = MOST,
        audit: Audit | None = None,
    ) -> None:
        self.shelf, self.feedback, self.people = shelf, feedback, people
        self.answering, self.audit = Answering(answers), audit or Audit()
        self._first: tuple[str, tuple[str, ...]] = ("", ())
        reader()  # its weights take a moment, which no visitor should wait for

    def first(self) -> tuple[str, ...]:
        """Questions to begin with, tried once for each index."""
        fingerprint = self.shelf.store.manifest.fingerprint
        if self._first[0] != fingerprint:
            self._first = (fingerprint, first_questions(self.shelf.store))
        return self._first[1]

    def may_edit(self, name: str | None) -> bool:
        """Whether somebody may change the documents and read the feedback; nobody has a name where none is asked for."""
        return self.shelf.editable and (self.people is None or self.people.edits(name))

    def noted_answer(self, given: Answer, who: str | None) -> None:
        """Write down that somebody asked, and what came of it."""
        self.audit.note(
            "asked", who, question=given.question, standalone=given.standalone, answered=given.answered, kind=given.kind,
            citations=len(given.citations), index=given.index[:16], ms=given.elapsed_ms,
        )  # fmt: skip
