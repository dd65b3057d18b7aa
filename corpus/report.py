"""A document → what the command line prints of it: its rows, its outline, its data-quality report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from corpus.cells import cell_quantities
from corpus.folding import tidy
from corpus.types import Cell, Document, Origin, Span

UNSURE = 0.8


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a reader of the data should know. `kind`: filled, inferred, realigned, unsure, not_understood."""

    kind: str
    line_start: int
    line_end: int
    table: str
    row: int
    column: str | None
    message: str


def rows(document: Document) -> Iterator[dict[str, Any]]:
    """One JSON-ready value for each data row, after repair, in reading order."""
    for table in document.tables:
        for row in table.rows:
            place = document.place(row.span)
            yield {
                "table": table.id,
                "row": row.index,
                "line_start": place.line_start,
                "line_end": place.line_end,
                "section": list(row.section),
                "understood": row.understood,
                "confidence": row.confidence,
                "note": row.note,
                "cells": [
                    {
                        "column": list(column.path),
                        "text": cell.text,
                        "unit": cell.unit,
                        "origin": cell.origin.value,
                        "reason": cell.reason,
                        "quantities": [
                            {"value": _plain(q.value), "unit": q.unit, "text": q.text} for q in cell_quantities(cell)
                        ],
                    }
                    for column, cell in zip(table.columns, row.cells, strict=True)
                ]
                if row.understood
                else [],
                "raw": document.quote(row.span),
            }


def outline(document: Document) -> Iterator[dict[str, Any]]:
    """One JSON-ready value for each heading, with the figures printed on or under it."""
    for section in document.sections:
        place = document.place(section.span)
        figures = [
            {"label": fact.attribute, "value": fact.text, "line": document.place(fact.span).line_start}
            for fact in document.facts
            if fact.subject == section.path
        ]
        yield {
            "level": section.level,
            "title": section.path[-1],
            "path": list(section.path),
            "line": place.line_start,
            "figures": figures,
        }


def findings(document: Document) -> Iterator[Finding]:
    """The data-quality report: what was filled, inferred, realigned or not understood, in reading order."""
    for table in document.tables:
        for row in table.rows:
            place = document.place(row.span)
            where = (place.line_start, place.line_end, table.id, row.index)
            if not row.understood:
                yield Finding("not_understood", *where, None, row.note or "")
                continue
            if row.note:
                kind = "unsure" if row.confidence < UNSURE else "realigned"
                yield Finding(kind, *where, None, f"{row.note}(確信度 {row.confidence:.2f})")
            for column, cell in zip(table.columns, row.cells, strict=True):
                if cell.origin is Origin.INFERRED:
                    yield Finding("inferred", *where, column.label, f"「{tidy(cell.text or '')}」と推定: {cell.reason}")
                elif cell.origin is Origin.FILLED:
                    source = document.place(_first(cell)).line_start
                    yield Finding(
                        "filled", *where, column.label, f"「{tidy(cell.text or '')}」を {source} 行目から補いました"
                    )


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _first(cell: Cell) -> Span:
    return cell.spans[0]
