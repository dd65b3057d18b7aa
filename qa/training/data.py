"""The training data of the ranking: questions with their grids and the place of the right cell.

Source: NTCIR-18 U4 Table QA, made from annual reports (出典: EDINET). Its files are no part of this project.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np

from qa.intersect_grid import Grid
from qa.intersect_periods import ends
from qa.intersect_values import stated_scale


@dataclass(frozen=True)
class Example:
    """A question on a grid; the right cell stands at (`row`, `column`); `document` names the report it is from."""

    question: str
    grid: Grid
    row: int
    column: int
    document: str


def read_tables(tables: Iterable[Mapping[str, str]]) -> dict[str, Grid]:
    """Lines of a U4 table file → grids by table id, each told the year and the unit its report mostly uses.

    A report's statements are cut into tables, and the later ones repeat neither (単位:百万円) nor the closing day.
    """
    grids = {line["table_id"]: Grid.from_html(line["html"], line["before"]) for line in tables}
    years: dict[str, Counter[int]] = defaultdict(Counter)
    scales: dict[str, Counter[Decimal]] = defaultdict(Counter)
    for name, grid in grids.items():
        report = report_of(name)
        labels = np.unique(grid.layout.places[grid.layout.header])
        years[report].update(year for n in labels for year in ends(grid.texts[n]))
        stated = [stated_scale(text) for text in (*grid.texts, grid.before) if "単位" in text]
        scales[report].update(scale for scale in stated if scale is not None and scale >= 1000)
    return {
        name: dataclasses.replace(grid, year=_latest(years[report_of(name)]), scale=_usual(scales[report_of(name)]))
        for name, grid in grids.items()
    }


def report_of(table: str) -> str:
    """The report a table id belongs to: what stands before its first hyphen."""
    return table.split("-")[0]


def _latest(years: Counter[int]) -> int | None:
    """The latest year that headers name often; a single later one is a plan or the day of a filing."""
    most = max(years.values(), default=0)
    return max((year for year, count in years.items() if count >= 0.3 * most), default=None)


def _usual(scales: Counter[Decimal]) -> Decimal | None:
    return scales.most_common(1)[0][0] if scales else None


def read_lines(path: Path) -> list[dict[str, str]]:
    """The objects of a JSON-lines file, gzipped or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def read_examples(folder: Path) -> list[Example]:
    """The training questions of U4 whose cell can be an answer (all but one that is blank)."""
    grids = read_tables(read_lines(folder / "train_tables.jsonl.gz"))
    places = {
        name: {
            cell: (r, c)
            for r, row in enumerate(grid.names)
            for c, cell in enumerate(row)
            if cell and grid.layout.candidates[r, c]
        }
        for name, grid in grids.items()
    }
    found = []
    for line in read_lines(folder / "train_questions.jsonl"):
        at = places[line["table_id"]].get(line["cell_id"])
        if at:
            found.append(Example(line["question"], grids[line["table_id"]], *at, report_of(line["table_id"])))
    return found
