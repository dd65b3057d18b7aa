"""What a figure of the question says when there are as many rows as it says: how many there are, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.types import Explained, Term

_CALLED = 0.8  # what the things are called of which there are as many as the question says
_SEVERAL = 2
_COUNTED = 0.9  # a figure of the question that says how many there are, and as many there are


def with_number(
    accounts: Sequence[Explained], rows: Sequence[int], parts: Sequence[Sequence[int]], chosen_by: bool
) -> tuple[Explained, ...]:
    """The accounts, with a figure that says how many there are: 4事業, 2本.

    Where there are as many, what they are called is said by it too, whatever the rows are called (市政番組3つ); `chosen_by`
    whether it is something else that tells which they are.
    """
    found = [
        Explained(a.term, max(a.strength, _counts(a.term, rows, parts)), a.by) if a.term.pos == "数詞" else a
        for a in accounts
    ]
    order = sorted(range(len(found)), key=lambda i: found[i].term.start)
    for at, i in enumerate(order):
        figure = found[i].term
        if not chosen_by or figure.pos != "数詞" or len(rows) < _SEVERAL or not _counts(figure, rows, ()):
            continue
        before, behind = order[:at][::-1], order[at + 1 : at + 2]
        start = figure.start
        for j in before:
            if found[j].term.end != start or found[j].term.pos != "名詞":
                break
            start = found[j].term.start
            found[j] = _counted(found[j])
        for j in behind:
            if found[j].term.start == figure.end and found[j].term.pos == "接尾辞":
                found[j] = _counted(found[j])
    return tuple(found)


def _counted(account: Explained) -> Explained:
    return account if account.strength else Explained(account.term, _CALLED, "number of rows")


def _counts(term: Term, rows: Sequence[int], parts: Sequence[Sequence[int]]) -> float:
    """Whether a figure only says how many there are: 4事業, 2本."""
    digits = "".join(c for c in term.surface if c.isdigit())
    return _COUNTED if digits and int(digits) in (len(rows), len(parts)) else 0.0


_ANYTHING = frozenset(
    ("項目", "費目", "科目", "細目", "区分", "種類", "内訳", "分類", "名目")
)  # whatever rows are called
_ASKED_FOR = re.compile(r"(?:名)?(?:は|を|が|って|の(?:うち|中)|[?。]|\s*$)")


def with_kind(accounts: Sequence[Explained], folded: str) -> tuple[Explained, ...]:
    """The accounts, a word for whatever the rows are (減った項目を挙げて) explained by there being rows."""
    return tuple(
        Explained(a.term, _CALLED, "rows")
        if not a.strength and a.term.normal in _ANYTHING and _ASKED_FOR.match(folded, a.term.end)
        else a
        for a in accounts
    )
