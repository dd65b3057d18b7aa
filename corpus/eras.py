"""Years whose era goes unsaid: 令和元年, 2, 3 under each other or beside each other are 令和元年, 令和2年, 令和3年."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.folding import searchable
from corpus.types import Column, Origin, Row
from corpus.values import ERAS

_NAMED = re.compile(rf"^({'|'.join(ERAS)})\s*(元|[0-9]{{1,2}})\s*(年度|年)?(末)?$")
_BARE = re.compile(r"^(元|[0-9]{1,2})\s*(年度|年)?(末)?$")
_LONGEST = 64  # years, of any era so far
REASON = "上の行の元号を補いました"


def named_years(labels: Sequence[str], header: str = "") -> list[str | None]:
    """For each label the year it stands for where its era goes unsaid, else None; blank labels are passed over.

    The first year of a run names its era; the next ones count on from it, by any step but never backwards. `header`
    (年度, 年) gives the word: years under 年度 are fiscal ones however they are printed.
    """
    found: list[str | None] = []
    era, last, word = "", 0, "年度" if "年度" in header else "年"
    for label in labels:
        folded = searchable(label)
        named, bare = _NAMED.match(folded), _BARE.match(folded)
        said = None
        if named:
            era, last = named[1], _number(named[2])
            word = word if "年度" in header else named[3] or word
        elif bare and era and last <= _number(bare[1]) <= _LONGEST:
            last = _number(bare[1])
            said = f"{era}{bare[1]}{bare[2] or word}{bare[3] or ''}"
        elif folded:
            era = ""
        found.append(said)
    return found


def carry_eras(columns: Sequence[Column], rows: list[Row], key: int) -> list[Row]:
    """Give the bare years in the columns up to the one that names a row their era; such cells are `inferred`."""
    for column in columns[: key + 1]:
        header = searchable(column.label)
        if header and "年" not in header:
            continue
        known = [r for r, row in enumerate(rows) if row.understood]
        years = named_years([rows[r].cells[column.index].text or "" for r in known], header)
        for r, year in zip(known, years, strict=True):
            if year:
                cells = list(rows[r].cells)
                cells[column.index] = replace(
                    cells[column.index], text=year, origin=Origin.INFERRED, reason=REASON, unit=None
                )
                rows[r] = replace(rows[r], cells=tuple(cells))
    return rows


def _number(text: str) -> int:
    return 1 if text == "元" else int(text)
