"""What a question takes for given in a frame before its words are understood: which rows are meant at all.

A bound on when things began, where a column gives such years; the thing next to which another is asked for. What is
settled here is explained and no longer a word to be found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import msgspec
import numpy as np

from corpus.folding import searchable
from qa.ages import bound_of
from qa.frames import Frame
from qa.labels import counted_from
from qa.lookup import letters
from qa.moments import month_heads, month_in
from qa.months import span_of_months
from qa.roles import IN_NAME, Mask
from qa.started import column_of, meets
from qa.types import Question, Term
from qa.understand import LOOK_UPS

_SHORTEST_NAME = 2
_NAME = 1.0  # what a figure of a name weighs
_AGE = re.compile(r"年齢|歳$")
_STOPS = "、。「」()でにはがうち中 "
_LISTED = "と・や"
# 予備費を除いて, 予備費を別にすると, 予備費以外で: whose rows take no part.
_APRIL = 4
_LEFT_OUT = re.compile(
    r"(?:を(?:除(?:外し|い|き|く)|別(?:に(?:し|す|考え)|とし)|抜(?:い|き|く))(?:(?:て|た|ば|れば|ると|る|と)(?:場合)?)?|以外(?:で(?:は)?|の(?:中|うち)で|の))[、,]?"
)


@dataclass(frozen=True, slots=True)
class Given:
    """The rows left by what is given, the columns it stands in, what it explains, and the question without it.

    `after` are the rows of the thing next to which is asked.
    """

    question: Question
    mask: Mask
    at: tuple[int, ...] = ()
    accounts: tuple[tuple[Term, float, str], ...] = ()
    after: frozenset[int] = field(default_factory=frozenset)


def settle(frame: Frame, question: Question) -> Given:
    """Settle in a frame what can be; everything else stays in the question."""
    given = Given(question, np.ones(len(frame), dtype=np.bool_))
    for bound in question.began:
        column = column_of(frame, bound)
        if column is not None:
            rows = np.array([meets(row[column], bound) for row in frame.cells], dtype=np.bool_)
            taken = _taken(given, bound.start, bound.end, "bound")
            given = replace(taken, mask=given.mask & rows, at=(*given.at, column))
    given = _counted_from(frame, _in_months(frame, _aged(frame, _called_so(frame, _month_named(frame, given)))))
    if question.operation not in LOOK_UPS:
        given = _without(frame, given)
    if question.after is not None:
        start, rows_after = _named_before(frame, question, question.after)
        if rows_after:
            given = replace(_taken(given, start, question.after, "next to"), after=rows_after)
    return given


def _month_named(frame: Frame, given: Given) -> Given:
    """A month of a year (令和5年8月) as that year and a word, where each month has a column of its own and years are rows.

    Where the columns begin with April, January to March are of the fiscal year before.
    """
    question = given.question
    months = list(month_heads(frame))
    if not months or frame.moments or not any(p.month for p in question.periods):
        return given
    terms, periods, taken = list(question.terms), [], set(question.taken)
    for period in question.periods:
        if period.month not in months or period.day is not None:
            periods.append(period)
            continue
        back = int(months[0] == _APRIL and period.month < _APRIL)
        at = period.text.rfind(f"{period.month}月")
        start = period.start + max(at, 0)
        terms.append(Term(f"{period.month}月", f"{period.month}月", "", "数詞", start, period.end, _NAME))
        of_year = period.text[:at]
        taken = {(a, min(b, start)) if (a, b) == (period.start, period.end) else (a, b) for a, b in taken}
        periods.append(msgspec.structs.replace(period, year=period.year - back, month=None, text=of_year, end=start))
    in_order = tuple(sorted(terms, key=lambda t: t.start))
    return replace(
        given, question=replace(question, terms=in_order, periods=tuple(periods), taken=tuple(sorted(taken)))
    )


def _in_months(frame: Frame, given: Given) -> Given:
    """What is given in a stretch of months, where rows are months and no cell is called so itself (上半期)."""
    found = span_of_months(given.question.folded) if frame.month_cells else None
    if found is None or any(month not in frame.month_cells for month in found[1]):
        return given
    (start, end), months = found
    if frame.texts.holding(letters(given.question.folded[start:end])):
        return given
    mask = np.zeros(len(frame), dtype=np.bool_)
    mask[[row for month in months for row in frame.month_cells[month]]] = True
    first = int(np.flatnonzero(mask)[0])
    column = next(c for c in range(len(frame.columns)) if month_in(frame, first, c) is not None)
    taken = _taken(given, start, end, "months")
    return replace(taken, mask=given.mask & mask, at=(*given.at, column))


def _counted_from(frame: Frame, given: Given) -> Given:
    """Years that a header counts from (2005年度からの増加率) are words of its name, not years that are asked for."""
    question = given.question
    names = counted_from(question.folded) if question.operation in LOOK_UPS else ()
    if names:  # of most questions none, and a header is read only then
        based = {p.year for c in frame.columns for p in counted_from(searchable(c.label))}
        names = tuple(p for p in names if p.year in based)
    if not names:
        return given
    terms = (*question.terms, *(Term(p.text, p.text, "", "数詞", p.start, p.end, _NAME) for p in names))
    periods = tuple(p for p in question.periods if p not in names)
    question = replace(question, terms=tuple(sorted(terms, key=lambda t: t.start)), periods=periods)
    return replace(given, question=question)


def _called_so(frame: Frame, given: Given) -> Given:
    """A figure that a header is called by (10年 of 有効期間が10年のもの) is a word, no bound."""
    question = given.question
    for bound in question.comparisons:
        said = question.folded[bound.start : bound.end].rstrip("の")
        named = any(c.path and letters(c.path[-1]) == letters(said) for c in frame.columns)
        if bound.sign == "==" and bound.year is None and named:
            term = Term(said, said, "", "数詞", bound.start, bound.start + len(said), _NAME)
            terms = tuple(sorted((*question.terms, term), key=lambda t: t.start))
            left = tuple(other for other in question.comparisons if other is not bound)
            taken = tuple(span for span in question.taken if span != (bound.start, bound.end))
            question = replace(question, terms=terms, comparisons=left, taken=taken)
    return replace(given, question=question)


def _aged(frame: Frame, given: Given) -> Given:
    """What is given with a group of people (60歳以上) as a bound, where the frame gives ages and no such group."""
    for term in given.question.terms:
        bound, wanted = bound_of(term.surface), letters(term.surface)
        columns = age_columns(frame) if bound is not None else []
        if bound is None or len(columns) != 1 or frame.texts.holding(wanted) or frame.headers.holding(wanted):
            continue
        sign, years = bound
        rows = [_of_age(frame, row, columns[0], sign, years) for row in range(len(frame))]
        taken = _taken(given, term.start, term.end, "bound")
        given = replace(taken, mask=given.mask & np.array(rows, dtype=np.bool_), at=(*given.at, columns[0]))
    return given


def age_columns(frame: Frame) -> list[int]:
    """The columns that give ages themselves."""
    return [
        c.index for c in frame.columns
        if c.role == "data" and c.kind == "number"
        and (_AGE.search(c.core) or {q.unit for q in frame.quantities(c.index) if q} & {"歳", "才"})
    ]  # fmt: skip


def _of_age(frame: Frame, row: int, column: int, sign: str, years: int) -> bool:
    """Whether the age in a row meets a bound."""
    found = frame.quantity(row, column)
    if found is None:
        return False
    return {">=": found.value >= years, ">": found.value > years, "<=": found.value <= years}.get(
        sign, found.value < years
    )


def _without(frame: Frame, given: Given) -> Given:
    """What is given without the rows that the question leaves out; as it is where no row bears the name."""
    folded = given.question.folded
    match = _LEFT_OUT.search(folded)
    if match is None:
        return given
    end, rows = match.start(), frozenset[int]()
    while end > 0:
        start, named = _named_before(frame, given.question, end, _STOPS + _LISTED)
        if not named:
            return given
        rows |= named
        if not start or folded[start - 1] not in _LISTED:
            break
        end = start - 1
    mask = given.mask.copy()
    mask[list(rows)] = False
    return replace(_taken(given, start, match.end(), "left out"), mask=mask) if mask.any() else given


def _taken(given: Given, start: int, end: int, how: str) -> Given:
    """The question without a stretch, whose words are explained."""
    inside = tuple(t for t in given.question.terms if start <= t.start < end)
    kept = tuple(t for t in given.question.terms if t not in inside)
    periods = tuple(p for p in given.question.periods if not start <= p.start < end)
    question = replace(given.question, terms=kept, periods=periods, taken=(*given.question.taken, (start, end)))
    return replace(given, question=question, accounts=(*given.accounts, *((t, IN_NAME, how) for t in inside)))


def _named_before(frame: Frame, question: Question, end: int, stops: str = _STOPS) -> tuple[int, frozenset[int]]:
    """Where the longest stretch that ends at a place and stands in rows' names begins, and those rows."""
    for start in range(end):
        if start and question.folded[start - 1] not in stops:
            continue
        wanted = letters(question.folded[start:end])
        rows = {row for i in frame.texts.holding(wanted) for row, column in frame.places[i] if column == frame.key}
        if rows and len(wanted) >= _SHORTEST_NAME:
            return start, frozenset(rows)
    return end, frozenset()
