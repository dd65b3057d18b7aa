"""What tables mark with one letter: 【新】, (拡), 継 for 新規, 拡充, 継続, in a column of their own or in front of a name."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.folding import searchable
from qa.frames import Frame
from qa.lookup import letters

MARKS = {
    "新規": "新", "新設": "新", "拡充": "拡", "拡大": "拡", "継続": "継", "廃止": "廃", "縮小": "縮", "休止": "休",
}  # fmt: skip
# What a column says of the state that things are in.
STATES = frozenset(
    (*MARKS, "終了", "中止", "完了", "延期", "実施", "未実施", "実施中", "検討中", "新", "継", "拡", "廃")
)
_MARK = rf"(?P<mark>[{''.join(dict.fromkeys(MARKS.values()))}])"
_ALONE = re.compile(rf"[【\[(〔<○◎●]?\s*{_MARK}\s*[】\])〕>]?")
_IN_FRONT = re.compile(rf"[【\[(〔<]\s*{_MARK}\s*[】\])〕>]")
_FEWEST = 2  # one letter alone may be anything; several are a system of marks


@lru_cache(maxsize=64)
def marked(frame: Frame) -> dict[str, dict[int, tuple[int, ...]]]:
    """Mark → column → the rows marked so there, in columns where at least two cells are marked."""
    found: dict[int, dict[str, list[int]]] = {}
    for places in frame.places:
        own = places[0]
        shown = searchable(frame.cells[own[0]][own[1]] or "").strip()
        match = _ALONE.fullmatch(shown) or _IN_FRONT.match(shown)
        for row, column in places if match else ():
            found.setdefault(column, {}).setdefault(match["mark"] if match else "", []).append(row)
    known: dict[str, dict[int, tuple[int, ...]]] = {}
    for column, rows_by_mark in found.items():
        if sum(map(len, rows_by_mark.values())) >= _FEWEST:
            for mark, rows in rows_by_mark.items():
                known.setdefault(mark, {})[column] = tuple(rows)
    return known


def state_columns(frame: Frame) -> list[int]:
    """The columns whose cells say nothing but the state that a thing is in."""
    return [
        c.index for c in frame.columns
        if (said := {letters(cells[c.index] or "") for cells in frame.cells} - {"", "-"}) and said <= STATES
    ]  # fmt: skip
