"""What is served beside the page: health, and the tables behind answers and look-ups as files."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from qa.pipeline import answer
from qa.types import UnaskableQuestion
from qa.web.found import found, found_csv
from qa.web.groups import grouped, grouped_csv
from qa.web.guard import HEALTH
from qa.web.inline import numbered
from qa.web.rows import LONGEST_QUERY, look_up, rows_csv, view_of
from qa.web.shelf import Shelf
from qa.web.words import Words

_LONGEST_QUESTION = 1000


def add_routes(app: FastAPI, shelf: Shelf) -> None:
    """Add them to an application, before the page is mounted on it."""

    @app.get(HEALTH)
    def health() -> JSONResponse:
        manifest = shelf.store.manifest
        return JSONResponse({"ok": True, "documents": len(shelf.store.documents), "index": manifest.fingerprint})

    @app.get("/download/rows.csv")
    def rows(request: Request) -> Response:
        view = view_of(request.url.query[:LONGEST_QUERY], shelf.store)
        return (
            _csv(rows_csv(look_up(shelf.store, view), _words(request)), "rows") if view else Response(status_code=404)
        )

    @app.get("/download/groups.csv")
    def groups(request: Request) -> Response:
        view, words = view_of(request.url.query[:LONGEST_QUERY], shelf.store), _words(request)
        held = grouped(look_up(shelf.store, view), words) if view else None
        return _csv(grouped_csv(held, words), "groups") if held else Response(status_code=404)

    @app.get("/download/answer.csv")
    def answered(request: Request) -> Response:
        try:
            given = numbered(answer(request.query_params.get("q", "")[:_LONGEST_QUESTION], shelf.store))
        except UnaskableQuestion:
            return Response(status_code=404)
        held = found(shelf.store, given, _words(request)) if given.answered else None
        return _csv(found_csv(held, _words(request)), "answer") if held else Response(status_code=404)


def _words(request: Request) -> Words:
    return Words("en" if request.query_params.get("lang") == "en" else "ja")


def _csv(text: str, name: str) -> Response:
    head = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(text.encode("utf-8"), media_type="text/csv; charset=utf-8", headers=head)
