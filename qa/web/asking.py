"""What the chat does on each event: a question asked, a source opened, an opinion kept."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import gradio as gr

from qa.web.chart import chart_html, chart_of
from qa.web.chips import changed, chips, chips_html
from qa.web.escape import escaped
from qa.web.feedback import VERDICTS, FeedbackNotKept
from qa.web.found import Found, found, found_html
from qa.web.kept import NotRestored, kept, restored
from qa.web.opening import opened
from qa.web.render import answer_link, asks, no_source, since
from qa.web.session import Session, asked, messages
from qa.web.site import Site
from qa.web.suggest import next_questions
from qa.web.transcript import sheet, transcript
from qa.web.words import Words

LONGEST = 1000  # letters of a question
log = logging.getLogger(__name__)


class Asking:
    """What the chat does: each method is what happens on one event."""

    def __init__(self, site: Site, words: Words) -> None:
        self._site, self._words = site, words

    def typed(self, text: str, now: Session, request: gr.Request) -> tuple[Any, ...]:
        """A question in the course of the conversation."""
        return self.shown(self._asked(now, text, request))

    def alone(self, text: str, now: Session, request: gr.Request) -> tuple[Any, ...]:
        """A complete question, to which nothing said before is added."""
        return self.shown(self._asked(now, text, request, alone=True))

    def _asked(self, now: Session, text: str, request: gr.Request, alone: bool = False) -> Session:
        after = asked(now, text, self._site.shelf.store, alone, self._site.answering)
        self._site.noted_answer(after.answers[-1], request.username)
        return after

    def chosen(self, now: Session, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """A suggested question."""
        return self.alone(str(event._data.get("text", ""))[:LONGEST], now, request)

    def changed(self, now: Session, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """The same question with one of its parts changed."""
        slot, text = str(event._data.get("slot", "")), str(event._data.get("text", ""))
        number = str(event._data.get("number", ""))
        said = changed(now, slot, int(number) if number.isdecimal() and len(number) < 4 else 0, text)
        return self.alone(said[:LONGEST], now, request) if said else self.shown(now)

    def arrived(self, said: Mapping[str, str], held: str, request: gr.Request) -> tuple[Any, ...] | None:
        """What an address asks for (`q`), else the conversation the browser kept; None where it is neither."""
        question = said.get("q", "").strip()[:LONGEST]
        if not question:
            return self.again(held) if held else None
        now = self._asked(Session(), question, request, alone=True)
        told = since(now.answers[-1], said.get("index", "")[:64], said.get("answer", ""), self._words)
        return (*self.shown(now), told)

    def reopened(self, event: gr.EventData) -> tuple[Any, ...]:
        """A conversation that the visitor's browser kept, and what there is to say if it cannot be gone on with."""
        return self.again(str(event._data.get("turns", "")))

    def again(self, text: str) -> tuple[Any, ...]:
        """The same from its text, with the notice as the last of what is shown."""
        try:
            now, notice = restored(text), ""
        except NotRestored as error:
            now, notice = Session(), f"<p role='status' class='note'>{escaped(str(error))}</p>"
        return (*self.shown(now, keep=False), notice)

    def shown(self, now: Session, keep: bool = True) -> tuple[Any, ...]:
        """Everything on the page that an answer changes, in the order of `outputs`; `keep` tells the browser to keep it."""
        last, turn, words = now.last, now.turn, self._words
        store = self._site.shelf.store
        if last is None or turn is None:
            hidden = gr.Column(visible=False), gr.Accordion(visible=False)
            return "", [], now, no_source(words), hidden[0], "", "", "", hidden[1], None, "", ""
        table = found(store, last, words) if last.answered else None
        csv = f"/download/answer.csv?{answer_link(last, words.language).partition('?')[2]}&lang={words.language}"
        return (
            "", messages(now, words, store.manifest.fingerprint), now, opened(store, now, f"c{now.last_turn}-1", words),
            gr.Column(visible=last.kind != "chat"), last.standalone, chips_html(chips(store, now), now.last_turn, words),
            self._found(table, now, csv) if table else "",
            gr.Accordion(visible=last.kind != "chat", open=False), None, "", kept(now) if keep else "",
        )  # fmt: skip

    def _found(self, table: Found, now: Session, csv: str) -> str:
        chart = chart_of(table, now.answers[-1].index, self._words)
        return found_html(table, now.last_turn, csv, self._words, chart_html(chart, self._words) if chart else "")

    def text(self, now: Session) -> str:
        """The conversation as Markdown."""
        return transcript(now.answers)

    def sheet(self, now: Session) -> str:
        """The conversation as CSV."""
        return sheet(now.answers)

    def suggested(self, now: Session) -> str:
        """Questions to go on with."""
        last, words = now.last, self._words
        if last is None:
            return asks(self._site.first(), words("suggestions_first"))
        asked_back = "suggestions_choices" if last.kind == "clarify" else "suggestions_refused"
        heading = words("suggestions" if last.answered else asked_back)
        made = (
            ()
            if last.kind == "chat"
            else next_questions(self._site.shelf.store, now.conversation, last, self._site.answering)
        )
        return asks(made, heading)

    def source(self, now: Session, event: gr.EventData) -> str:
        """The source that was chosen anywhere on the page."""
        return opened(self._site.shelf.store, now, str(event._data.get("act", "")), self._words)

    def kept(self, now: Session, verdict: str | None, note: str, request: gr.Request) -> tuple[str, str]:
        """What a user says of the last answer; the note stays where it could not be kept."""
        words = self._words
        if now.last is None or verdict not in VERDICTS:
            return f"<p role='status'>{words('ask_first' if now.last is None else 'choose_verdict')}</p>", note
        try:
            self._site.feedback.keep(now.last, verdict, note)
        except FeedbackNotKept as error:
            log.error("%s", error)
            return f"<p role='alert'>{words('not_kept')}</p>", note
        self._site.audit.note("feedback", request.username, verdict=verdict, question=now.last.question)
        return f"<p role='status'>{words('thanks')}</p>", ""
