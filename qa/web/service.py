"""The same answers for programs: JSON-ready values for the endpoints /ask, /search and /rows."""

from __future__ import annotations

from typing import Any

import anyio
import anyio.to_thread
import gradio as gr
import msgspec

from corpus import TashikaError
from index import search
from index.entries import entry_span
from qa.web.rows import LONGEST_QUERY, Laid, Total, look_up, view_of
from qa.web.site import Site

MOST_EARLIER = 10
MOST_HITS = 100
MOST_ROWS = 1000
AT_ONCE = 1  # answers that are being worked out: threads share one interpreter, two of them make both slower


class WrongRequest(TashikaError):
    """A request that cannot be taken; says why."""


class Service:
    """The three calls, over whatever index is open when they are made."""

    def __init__(self, site: Site) -> None:
        self._site, self._shelf = site, site.shelf
        self._working = anyio.CapacityLimiter(AT_ONCE)

    async def ask(  # noqa: D417  # Gradio gives the request; a caller does not
        self, question: str, earlier: list[str] | None = None, request: gr.Request | None = None
    ) -> dict[str, Any]:
        """Answer a question asked in Japanese from the indexed documents, with citations of exact cells or lines.

        Args:
            question: the question, up to 1,000 letters.
            earlier: questions asked before it in the same conversation, oldest first; the last ten count.

        """
        before = [str(one) for one in (earlier or [])[-MOST_EARLIER:]]
        answering, store = self._site.answering, self._shelf.store
        given = answering.at_once(before, question, store)  # without a thread, which is most of what it would cost
        if given is None:
            given = await anyio.to_thread.run_sync(answering.follow, before, question, store, limiter=self._working)
        self._site.noted_answer(given, request.username if request else None)
        value: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(given))  # lists, as JSON has them
        return value

    def search(  # noqa: D417
        self, query: str, k: int = 10, request: gr.Request | None = None
    ) -> list[dict[str, Any]]:
        """Find the rows, figures and sentences of the documents nearest to some words, without answering.

        Args:
            query: words in Japanese.
            k: how many to give, 1 to 100.

        """
        if not 1 <= k <= MOST_HITS:
            raise WrongRequest(f"k は 1 から {MOST_HITS} までです。")
        if len(query) > LONGEST_QUERY:
            raise WrongRequest(f"語は {LONGEST_QUERY} 文字までです。")
        store = self._shelf.store
        self._site.audit.note("searched", request.username if request else None, query=query, k=int(k))
        found = []
        for hit in search(store, query, int(k)):
            document = store.documents[hit.entry.document]
            place = document.place(entry_span(document, hit.entry))
            found.append({
                "rank": hit.rank, "score": round(hit.score, 4), "document": document.id, "title": document.title,
                "kind": hit.entry.kind, "line_start": place.line_start, "line_end": place.line_end, "page": place.page,
                "sheet": place.sheet, "text": hit.entry.text,
            })  # fmt: skip
        return found

    def rows(self, query: str = "", start: int = 0, limit: int = 100) -> dict[str, Any]:
        """Rows of one table of the documents, filtered and sorted, with the totals of all that fit.

        Args:
            query: the query of a link to a view of the look-up, such as `table=ID&words=…&c1=…&sort=8&desc=1`.
            start: the first row to give, from 0.
            limit: how many rows to give, 1 to 1,000.

        """
        if not 1 <= limit <= MOST_ROWS or start < 0:
            raise WrongRequest(f"limit は 1 から {MOST_ROWS} まで、start は 0 以上です。")
        if len(query) > LONGEST_QUERY:
            raise WrongRequest(f"query は {LONGEST_QUERY} 文字までです。")
        store = self._shelf.store
        view = view_of(query.lstrip("?"), store)
        if view is None:
            raise WrongRequest("索引の資料に表はありません。")
        found = look_up(store, view)
        laid = found.laid
        return {
            "document": view.document, "title": laid.document.title, "table": view.table, "query": view.query,
            "columns": list(laid.labels), "found": len(found.rows), "of": len(laid.table.rows),
            "index": store.manifest.fingerprint, "totals": [_total(total) for total in found.totals],
            "rows": [_row(laid, i) for i in found.rows[int(start) : int(start + limit)]],
        }  # fmt: skip


def _total(total: Total) -> dict[str, Any]:
    value = None if total.total is None else float(total.total)
    return {
        "column": total.label, "total": value, "unit": total.unit, "counted": total.counted, "left_out": total.left_out,
    }  # fmt: skip


def _row(laid: Laid, index: int) -> dict[str, Any]:
    row = laid.table.rows[index]
    return {
        "row": index, "line": laid.document.place(row.span).line_start, "section": list(row.section),
        "cells": list(laid.shown[index]), "origins": [cell.origin.value for cell in row.cells], "total": row.total,
    }  # fmt: skip
