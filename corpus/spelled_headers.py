"""Headers that are spelled over several columns, a letter each: their letters go to the column on the left."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Column, Row
from corpus.units import column_with_unit, parts_in_unit


def fold_spelled_header(paths: list[tuple[str, ...]], rows: list[Row]) -> tuple[list[Column], list[Row]]:
    """A header spelled one letter a column (`投 稿 数`): letters over empty columns belong to the label on the left."""
    labels = [path[-1] if path else "" for path in paths]
    spelled = len(labels) >= 3 and all(len(label) <= 2 for label in labels) and any(len(label) == 1 for label in labels)
    columns = parts_in_unit([column_with_unit(i, path) for i, path in enumerate(paths)])
    if not spelled:
        return columns, rows
    return merge_left(columns, rows, [i for i in range(1, len(paths)) if not _filled(rows, i)])


def merge_left(columns: list[Column], rows: list[Row], gone: list[int]) -> tuple[list[Column], list[Row]]:
    """Drop columns, their label's letters going to the column on the left."""
    kept: list[Column] = []
    for column in columns:
        if column.index in gone:
            left = kept[-1]
            own = column.path[-1] if column.path else ""
            if own and left.path and own != left.path[-1]:
                kept[-1] = replace(left, path=(*left.path[:-1], left.path[-1] + own))
        else:
            kept.append(column)
    order = [column.index for column in kept]
    columns = [replace(column, index=i) for i, column in enumerate(kept)]
    rows = [
        replace(row, cells=tuple(replace(row.cells[old], column=new) for new, old in enumerate(order)))
        if row.understood
        else row
        for row in rows
    ]
    return columns, rows


def _filled(rows: list[Row], column: int) -> bool:
    return any(row.understood and row.cells[column].text for row in rows)
