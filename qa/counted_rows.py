"""What a figure of the question says when there are as many rows as it says: how many there are, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import searchable
from corpus.values import find_periods
from qa.frames import Frame
from qa.types import Explained, Question, Term
from qa.understand import NUMERIC

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


def of_so_many(accounts: Sequence[Explained], rows: Sequence[int], question: Question) -> tuple[Explained, ...]:
    """The accounts, a figure that says of how many things a calculation is (農政部の4件は合計いくら) explained by nothing but so many rows."""
    if question.operation not in NUMERIC:
        return tuple(accounts)
    said = {m.start("size") for m in _OF_SO_MANY.finditer(question.folded)}
    return tuple(
        Explained(a.term, 0.0, "") if a.term.start in said and not _counts(a.term, rows, ()) else a for a in accounts
    )


def with_own_date(
    accounts: Sequence[Explained], frame: Frame, rows: Sequence[int], columns: Sequence[int], question: Question
) -> tuple[Explained, ...]:
    """The accounts, 開催期間 or 日程 explained by the date that the one row's own name prints: 収穫祭(10月5日~6日)."""
    alone = question.wants == "date" and len(rows) == 1 and tuple(columns) == (frame.name_at(rows[0]),)
    if not alone or not _is_dated(frame, rows[0]):
        return tuple(accounts)
    return tuple(
        Explained(a.term, _COUNTED, "date") if not a.strength and a.term.normal in _OF_A_DATE else a for a in accounts
    )


def dates_its_names(frame: Frame, question: Question, term: Term) -> bool:
    """Whether a word for when something is (開催期間) is told by the dates in the names of a frame's rows."""
    if question.wants != "date" or term.normal not in _OF_A_DATE or len(frame) > _MOST_DATED:
        return False
    key = ("dated names",)
    if key not in frame.kept:
        frame.kept[key] = any(_is_dated(frame, row) for row in range(len(frame)))
    return bool(frame.kept[key])


def _is_dated(frame: Frame, row: int) -> bool:
    """Whether a row's own name prints a day."""
    return any(period.day for period in find_periods(searchable(frame.name(row))))


def _counted(account: Explained) -> Explained:
    return account if account.strength else Explained(account.term, _CALLED, "number of rows")


def _counts(term: Term, rows: Sequence[int], parts: Sequence[Sequence[int]]) -> float:
    """Whether a figure only says how many there are: 4事業, 2本."""
    digits = "".join(c for c in term.surface if c.isdigit())
    return _COUNTED if digits and int(digits) in (len(rows), len(parts)) else 0.0


# 農政部の4件は, 3つの施設を: how many things are meant, where a figure of theirs follows.
_OF_SO_MANY = re.compile(
    r"の(?P<size>[2-9]|[1-9][0-9])(?:件|つ|個|事業|項目|団体|施設|者|か所)(?:とも)?(?=は|を|で|の(?:合計|平均|うち|中))"
)
_OF_A_DATE = frozenset(("開催", "実施", "期間", "時期", "日程", "会期"))
_MOST_DATED = 500  # rows
_ANYTHING = frozenset(
    ("項目", "費目", "科目", "細目", "区分", "種類", "内訳", "分類", "名目")
)  # whatever rows are called
_ASKED_FOR = re.compile(r"(?:名)?(?:は|を|が|って|の(?:うち|中)|[?。]|\s*$)")


# 1 議会費, 2 総務費: the accounts of a budget by their numbers, which are its 款.
_NUMBERED = re.compile(r"第?[0-9]{1,2}款?[\s.]*(?=[一-龥])")
_BY_PURPOSE = re.compile(r"款|目的別")
_LEVEL = "款"
_MOSTLY = 0.6


def with_kind(accounts: Sequence[Explained], folded: str, frame: Frame) -> tuple[Explained, ...]:
    """The accounts, a word for whatever the rows are (減った項目を挙げて) explained by there being rows."""
    kinds = _ANYTHING | {_LEVEL} if _of_the_first_level(frame) else _ANYTHING
    return tuple(
        Explained(a.term, _CALLED, "rows")
        if not a.strength and a.term.normal in kinds and _ASKED_FOR.match(folded, a.term.end)
        else a
        for a in accounts
    )


def _of_the_first_level(frame: Frame) -> bool:
    """Whether the rows are the 款 of a budget: numbered, or told to be what is spent by purpose."""
    if _BY_PURPOSE.search(" ".join(frame.context)):
        return True
    names = [searchable(frame.name(row)) for row in range(len(frame)) if not frame.totals[row]]
    return sum(_NUMBERED.match(name) is not None for name in names) >= max(_SEVERAL, _MOSTLY * len(names))
