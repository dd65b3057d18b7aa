"""A document → what the command line prints of it: its rows and its outline."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from corpus.cells import cell_parts, cell_quantities
from corpus.types import Document


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
                "total": row.total,
                "confidence": row.confidence,
                "note": row.note,
                "cells": [
                    {
                        "column": list(column.path),
                        "text": cell.text,
                        "unit": cell.unit,
                        "origin": cell.origin.value,
                        "reason": cell.reason,
                        "parts": list(cell_parts(cell)),
                        "quantities": [
                            {"value": _plain(q.value), "unit": q.unit, "qualifier": q.qualifier, "text": q.text}
                            for q in cell_quantities(cell)
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


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
