"""Rows that go on from a whole above them: 市民税, then 個人 and 法人, which are said 個人市民税 or 市民税の個人分.

Tax tables set such names in under their whole, and nothing but the figures tells of it: a row whose figures are, column
for column, the sums of those of the rows right below it is their whole.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from corpus.folding import searchable
from qa.frames import WITHIN, Frame
from qa.labels import says_total
from qa.lookup import letters

_FEWEST_PARTS, _MOST_PARTS = 2, 8
_FEWEST_COLUMNS = 2
_MOST_ROWS = 400
# Beside 一般会計, or under 会計名: 介護保険 is the account 介護保険特別会計.
_GENERAL, _ACCOUNTS = "一般会計", re.compile(r"会計(?:名|別|区分)?")
_BARE_ACCOUNT = re.compile(r"(?!.*(?:会計|[歳出入計額]$|総|合計|費$)).{2,16}(?:事業|保険|医療|[一-龥ァ-ヶー])")
_LEFT = re.compile(r"差引|収支|差額|残")  # 歳入 is no whole of 歳出 and 差引
_TOTAL_OF = re.compile(r"(?:[小合総]?計|総[額数])$")
_SHORTEST = 2  # letters of what a whole is called
_LONGEST = 20  # letters of a part's name


@lru_cache(maxsize=64)
def nested(frame: Frame) -> dict[str, tuple[int, ...]]:
    """How such rows may be called with their whole, letter by letter, each with its rows; no name that stands by itself."""
    if frame.table is None or len(frame) > _MOST_ROWS or frame.turned:
        return {}
    names = [letters(frame.name(row)) for row in range(len(frame))]
    found: dict[str, list[int]] = {}
    if _GENERAL in names or _ACCOUNTS.fullmatch(frame.columns[frame.key].core):
        for row, name in enumerate(names):
            if _BARE_ACCOUNT.fullmatch(name):
                for said in (f"{name}特別会計", f"{name}会計"):
                    found.setdefault(said, []).append(row)
    for whole, parts in _wholes(frame).items():
        over = _TOTAL_OF.sub("", names[whole]) if says_total(frame.name(whole)) else names[whole]  # 特別会計 計
        if len(over) < _SHORTEST or any(_LEFT.search(names[part]) for part in parts):
            continue
        for part in parts:
            for name in (f"{names[part]}{over}", f"{over}{names[part]}"):
                if 0 < len(names[part]) <= _LONGEST and name not in names:
                    found.setdefault(name, []).append(part)
    return {name: tuple(rows) for name, rows in found.items()}


def names_said(frame: Frame, text: str) -> tuple[tuple[int, int], ...]:
    """Where a folded text says a row's name, also one said with its whole, 国民健康保険事業特別会計; the longer of two that overlap."""
    found = frame.named_in(text)
    if not found:
        return ()
    lower = text.lower()
    longer = [(at, at + len(name)) for name in nested(frame) if (at := lower.find(name)) >= 0]
    longer = [(a, b) for a, b in longer if any(a <= c and d <= b and d - c < b - a for c, d in found)]
    kept = [one for one in found if not any(a < one[1] and one[0] < b for a, b in longer)]
    return tuple([*kept, *dict.fromkeys(longer)])


@lru_cache(maxsize=64)
def holding_parts(frame: Frame) -> dict[str, tuple[int, ...]]:
    """The rows of parts (うち単独) by the name of the row above them that they are parts of, letter by letter."""
    if frame.table is None or frame.turned:
        return {}
    found: dict[str, list[int]] = {}
    whole = ""
    groups: tuple[str | None, ...] = ()
    for row in range(len(frame)):
        name, under = frame.name(row), tuple(frame.cells[row][: frame.key])
        if not WITHIN.match(searchable(name)):
            whole, groups = letters(name), under
        elif whole and under == groups:
            found.setdefault(whole, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _wholes(frame: Frame) -> dict[int, range]:
    """The rows that are the sums of those right below them, with these."""
    figures = [c.index for c in frame.columns if c.role == "data" and c.kind == "number"]
    values = [[_value(frame, row, column) for column in figures] for row in range(len(frame))]
    found: dict[int, range] = {}
    for row, own in enumerate(values):
        sums = [Decimal(0)] * len(figures)
        for last in range(row + 1, min(row + 1 + _MOST_PARTS, len(values))):
            sums = [a + (b or 0) for a, b in zip(sums, values[last], strict=True)]
            fitting = sum(a is not None and a == b and a != 0 for a, b in zip(own, sums, strict=True))
            if last - row >= _FEWEST_PARTS and fitting >= _FEWEST_COLUMNS:
                found[row] = range(row + 1, last + 1)
                break
    return found


def _value(frame: Frame, row: int, column: int) -> Decimal | None:
    quantity = frame.quantity(row, column)
    return quantity.value if quantity is not None and quantity.unit != "%" else None
