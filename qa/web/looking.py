"""What the look-up does on each event."""

from __future__ import annotations

from typing import Any

import gradio as gr

from qa.web import rows_html
from qa.web.rows import LONGEST_QUERY, look_up, view_of
from qa.web.site import Site
from qa.web.words import Words


class Looking:
    """What the look-up does."""

    def __init__(self, site: Site, words: Words) -> None:
        self._site, self._words = site, words

    def changed(self, event: gr.EventData, drawn: str) -> tuple[Any, ...]:
        """Another condition, order or table."""
        return self.rows(str(event._data.get("query", ""))[:LONGEST_QUERY], drawn)

    def rows(self, query: str, drawn: str = "") -> tuple[Any, ...]:
        """The form, where it is not the one `drawn`; the rows of a view; the name of the form."""
        store = self._site.shelf.store
        view = view_of(query, store)
        if view is None:
            return "", f"<p class='note'>{self._words('no_tables')}</p>", ""
        name = f"{store.manifest.fingerprint}/{view.document}/{view.table}"
        form = gr.skip() if drawn == name else rows_html.form(store, view, self._words)
        return form, rows_html.results(look_up(store, view), self._words.base, self._words), name

    def again(self, drawn: str) -> tuple[Any, ...]:
        """The first view anew where the documents are others than those the form was drawn for."""
        same = drawn.startswith(f"{self._site.shelf.store.manifest.fingerprint}/")
        return (gr.skip(), gr.skip(), gr.skip()) if same else self.rows("")
