"""NTCIR-18 U4 Table QA: a question, its table, one cell and its value.

Source: Kimura et al., Overview of the NTCIR-18 U4 task (2025). Value accuracy: the values agree, numbers to four decimals;
cell accuracy: the cell named is the one of the gold. The question says which table; what the table does not say of itself
(the report's unit and closing year) is taken from the report's other tables in the same file.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np

from corpus import TashikaError
from corpus.folding import searchable
from qa.intersect import rank
from qa.intersect_grid import Grid
from qa.training.data import read_lines, read_tables

DIGITS = 4  # two numbers are the same when they agree to so many decimals


class BadU4(TashikaError):
    """A table or question file that is missing, is no JSON lines, or lacks a field."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The cell chosen for a question, its value in base units, the probability of the cell, and the milliseconds it took.

    `cell_id` and `value` are empty for a table without filled cells.
    """

    id: str
    table_id: str
    cell_id: str
    value: str
    probability: float
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class Measured:
    """`cells`, `values`, `both`: shares in [0, 1] of `count` questions with gold; `p50`, `p95`: milliseconds a question."""

    count: int
    cells: float
    values: float
    both: float
    p50: float
    p95: float


def read_u4(path: Path, fields: Sequence[str]) -> list[dict[str, str]]:
    """The lines of a U4 file.

    Raises:
        BadU4: the file cannot be read, a line is no JSON object, or a field is missing.

    """
    try:
        lines = read_lines(path)
    except (OSError, ValueError, EOFError) as error:
        raise BadU4(
            f"「{path}」を JSON Lines として読めません。--tables と --questions のファイルを確かめてください。"
        ) from error
    for number, line in enumerate(lines, 1):
        missing = [f for f in fields if not isinstance(line, dict) or not isinstance(line.get(f), str)]
        if missing:
            raise BadU4(
                f"「{path}」の {number} 件目に「{missing[0]}」がありません。U4 の形式のファイルを指定してください。"
            )
    return lines


def predict(questions: Sequence[Mapping[str, str]], grids: Mapping[str, Grid]) -> list[Prediction]:
    """Choose a cell for each question.

    Raises:
        BadU4: a question names a table that is not there.

    """
    found = []
    for line in questions:
        if line["table_id"] not in grids:
            raise BadU4(
                f"質問「{line['id']}」の表「{line['table_id']}」が表のファイルにありません。組になるファイルを指定してください。"
            )
        grid = grids[line["table_id"]]
        start = time.perf_counter()
        ranked = rank(line["question"], grid, most=1)
        value = grid.value(ranked[0].row, ranked[0].column) if ranked else ""
        elapsed = (time.perf_counter() - start) * 1000
        cell = (grid.names[ranked[0].row][ranked[0].column] or "") if ranked else ""
        sure = ranked[0].probability if ranked else 0.0
        found.append(Prediction(line["id"], line["table_id"], cell, value, round(sure, 4), round(elapsed, 3)))
    return found


def same_value(one: str, other: str) -> bool:
    """Whether two values are the same: numbers to DIGITS decimals, texts but for widths and blanks."""
    try:
        return abs(Decimal(one) - Decimal(other)) < Decimal(5).scaleb(-DIGITS - 1)
    except InvalidOperation:
        return "".join(searchable(one).split()) == "".join(searchable(other).split())


def measure(questions: Sequence[Mapping[str, str]], predictions: Sequence[Prediction]) -> Measured | None:
    """Compare predictions with the gold, question by question; None where no question carries any."""
    pairs = [(q, p) for q, p in zip(questions, predictions, strict=True) if "cell_id" in q and "value" in q]
    if not pairs:
        return None
    cells = np.array([q["cell_id"] == p.cell_id for q, p in pairs])
    values = np.array([same_value(q["value"], p.value) for q, p in pairs])
    spent = [p.elapsed_ms for p in predictions]
    return Measured(
        len(pairs),
        float(cells.mean()),
        float(values.mean()),
        float((cells & values).mean()),
        float(np.percentile(spent, 50)),
        float(np.percentile(spent, 95)),
    )


def run(tables: Path, questions: Path, out: Path) -> tuple[list[Prediction], Measured | None, float]:
    """Read, choose, write one JSON line a question; the last number is the milliseconds that reading a table took.

    Raises:
        BadU4: see `read_u4` and `predict`; or the predictions cannot be written.

    """
    asked = read_u4(questions, ("id", "question", "table_id"))
    shown = read_u4(tables, ("table_id", "before", "html"))
    start = time.perf_counter()
    grids = read_tables(shown)
    reading = (time.perf_counter() - start) * 1000 / max(1, len(grids))
    found = predict(asked, grids)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("w", encoding="utf-8") as file:
            for one in found:
                line = {"id": one.id, "table_id": one.table_id, "cell_id": one.cell_id, "value": one.value}
                file.write(json.dumps({**line, "probability": one.probability}, ensure_ascii=False) + "\n")
    except OSError as error:
        raise BadU4(f"「{out}」に書けません。--out で書ける場所を指定してください。") from error
    return found, measure(asked, found), reading
