"""What changes the documents on each event, and what only those see who may."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from corpus import TashikaError
from qa.web import documents_html
from qa.web.escape import escaped
from qa.web.feedback_html import SHOWN, notes_html
from qa.web.shelf import Checked
from qa.web.site import Site
from qa.web.words import Words

log = logging.getLogger(__name__)
_PROGRESS = gr.Progress()  # Gradio puts its own in the place of one that stands as a default


class Editing:
    """What changes the documents, and what only those see who may."""

    def __init__(self, site: Site, words: Words) -> None:
        self._site, self._words, self._shelf = site, words, site.shelf

    def listed(self) -> str:
        """The documents as they are."""
        return documents_html.documents(self._shelf.store, self._words)

    def notes(self, request: gr.Request) -> str:
        """The newest feedback."""
        return (
            notes_html(self._site.feedback.notes(SHOWN), self._words) if self._site.may_edit(request.username) else ""
        )

    def preview(
        self, paths: list[str] | None, request: gr.Request, progress: gr.Progress = _PROGRESS
    ) -> tuple[Any, ...]:
        """What chosen files would become; they wait to be added, and the field is empty for others."""
        if not paths or not self._site.may_edit(request.username):
            return "", [], None
        try:
            return documents_html.preview(self._checked(paths, progress), self._words), paths, None
        except TashikaError as error:
            log.error("%s: %s", request.username or "-", error)
            return documents_html.sentence(error), [], None

    def add(self, paths: list[str] | None, request: gr.Request, progress: gr.Progress = _PROGRESS) -> tuple[Any, ...]:
        """Take the chosen files in. Where that fails they go on waiting, so that it can be tried again."""

        def adding() -> str:
            held = self._checked(paths, progress)
            progress(None, desc=self._words("indexing"))
            self._shelf.add(held)
            return self._words("added", names="、".join(one.name for one in held if one.document))

        changed, *rest = self._change("added", adding, request)
        done = not changed.startswith("<p role='alert'")
        return (changed, *rest, [] if done else gr.skip(), "" if done else gr.skip())

    def remove(self, name: str | None, certain: bool, request: gr.Request) -> tuple[Any, ...]:
        """Take a document out."""

        def removing() -> str:
            if not name or not certain:
                return self._words("nothing_chosen")
            self._shelf.remove(name)
            return self._words("removed", names=name)

        return (*self._change("removed", removing, request), False)

    def reindex(self, request: gr.Request) -> tuple[Any, ...]:
        """Bring the index up to the folder."""

        def rebuilding() -> str:
            report = self._shelf.reindex()
            return self._words("reindexed", documents=report.documents, seconds=round(sum(report.seconds.values()), 1))

        return self._change("reindexed", rebuilding, request)

    def _checked(self, paths: list[str] | None, progress: gr.Progress) -> tuple[Checked, ...]:
        def told(done: int, of: int, name: str) -> None:
            progress((done, of), desc=self._words("reading_file", n=done + 1, of=of, name=name), unit="")

        return self._shelf.checked([Path(path) for path in paths or ()], told)

    def _change(self, name: str, what: Callable[[], str], request: gr.Request) -> tuple[Any, ...]:
        """Do one change; the old index goes on answering until the new one is there."""
        try:
            said = what() if self._site.may_edit(request.username) else self._words("read_only")
        except TashikaError as error:
            log.error("%s: %s", request.username or "-", error)
            self._site.audit.note(f"{name}_failed", request.username, said=str(error))
            return documents_html.sentence(error), gr.skip(), gr.skip()
        log.info("%s: %s", request.username or "-", said)
        index = self._shelf.store.manifest.fingerprint[:16]
        self._site.audit.note(name, request.username, said=said, index=index)
        names = gr.Dropdown(sorted(self._shelf.store.documents), value=None)
        return f"<p role='status'>{escaped(said)}</p>", self.listed(), names
