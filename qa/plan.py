"""A question and a frame → plans: which rows, which columns, and how well every word is accounted for.

A beam search over the meanings of each phrase (`qa.roles`). Conditions narrow the rows; phrases tied by と or 、 that
no row satisfies together are alternatives; headers name the columns asked for; years choose among columns of one kind
or rows. What remains unexplained stays in the plan, for the account to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from corpus.folding import searchable
from corpus.values import find_periods
from qa.cell_kinds import cell_kind
from qa.frames import OFFSETS, RELATIVE_YEAR, Frame, base_year
from qa.lookup import letters
from qa.roles import Mask, Option, Phrase, is_soft, options
from qa.types import Explained, Operation, Question, Term
from qa.understand import grammar

_BEAM = 24
_FINAL = 6
_PLAIN_NAME = 0.8
_NOTHING = 0.9
_SEVERAL = 40
_SPAN = re.compile(r"月(?:から|~)[0-9]{1,2}月")
_PRINTED_CHANGE = 0.1
_LOOKED_AT = 3
_COUNTED = 0.9  # a figure of the question that says how many there are, and as many there are
NUMERIC = {
    Operation.SUM, Operation.AVERAGE, Operation.MAXIMUM, Operation.MINIMUM, Operation.DIFFERENCE, Operation.RATIO,
}  # fmt: skip
LOOK_UPS = {Operation.VALUE, Operation.EACH, Operation.YESNO}
SAID_IN_WORDS = (None, "thing", "reason", "manner", "person", "place", "venue")


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows and columns that a question asks for in a frame.

    `parts` are the alternatives' rows when the question names several things side by side, else one part with all
    rows. `columns` are the columns asked for, ordered by year where they differ only in it; `listed` is the column
    whose cells name the things (for lists, counts and extremes). `at` are the columns the conditions stand in.
    `years` says for each year asked how well it is borne out (-1: not at all). `guessed` is True when no word of the
    question names the column.
    """

    frame: Frame = field(hash=False, compare=False)
    rows: tuple[int, ...]
    parts: tuple[tuple[int, ...], ...]
    columns: tuple[int, ...]
    listed: int
    at: tuple[int, ...]
    accounts: tuple[Explained, ...]
    years: tuple[float, ...]
    guessed: bool
    score: float
    features: dict[str, float] = field(hash=False, compare=False)

    @property
    def coverage(self) -> float:
        """Share of the question's weight that is explained, in [0, 1]."""
        total = sum(a.term.weight for a in self.accounts)
        return sum(a.term.weight * a.strength for a in self.accounts) / total if total else 1.0


@dataclass(frozen=True, slots=True)
class _State:
    groups: tuple[tuple[Mask, ...], ...]
    named: tuple[tuple[int, float], ...]
    at: tuple[int, ...]
    accounts: tuple[tuple[Term, float, str], ...]
    gain: float
    last_had_rows: bool

    def mask(self, size: int) -> Mask:
        mask = np.ones(size, dtype=np.bool_)
        for group in self.groups:
            mask = mask & np.logical_or.reduce(group)
        return mask


def plans(frame: Frame, question: Question, found: Sequence[Phrase]) -> list[Plan]:
    """The best plans for a question in one frame, best first."""
    if not len(frame):
        return []
    states = [_State((), (), (), (), 0.0, False)]
    for phrase in found:
        ways = options(frame, phrase, question)
        grown = [one for state in states for way in ways for one in _grow(state, phrase, way, len(frame))]
        grown.sort(key=lambda s: -s.gain)
        states = grown[:_BEAM]
    result = [plan for state in states[:_FINAL] for plan in _finish(frame, question, state)]
    result.sort(key=lambda p: -p.score)
    return result


def _grow(state: _State, phrase: Phrase, way: Option, size: int) -> list[_State]:
    accounts = tuple((t, s, way.how) for t, s in zip(phrase.terms, way.strengths, strict=True))
    gain = state.gain + sum(t.weight * s for t, s, _ in accounts)
    named = (*state.named, *((c, max(way.strengths, default=0.0)) for c in way.columns))
    base = replace(state, accounts=(*state.accounts, *accounts), gain=gain, named=named)
    if way.rows is None:
        return [replace(base, last_had_rows=False)]
    at = tuple(dict.fromkeys((*state.at, *way.at)))
    together = replace(base, groups=(*state.groups, (way.rows,)), at=at, last_had_rows=True)
    if together.mask(size).any():
        return [together]
    if phrase.joined and state.last_had_rows:
        either = replace(base, groups=(*state.groups[:-1], (*state.groups[-1], way.rows)), at=at, last_had_rows=True)
        if either.mask(size).any():
            return [either]
    nothing = tuple((t, 0.0, "") for t in phrase.terms)
    return [replace(state, accounts=(*state.accounts, *nothing), last_had_rows=False)]


def asked_years(question: Question, frame: Frame) -> tuple[int, ...]:
    """The years a question asks for, as they are counted in a frame; 前年度 and 本年度 counted from the year it names."""
    named = [period.year for period in question.periods]
    if question.spans and len(named) >= 2:
        named = list(range(min(named), max(named) + 1))
    base = named[0] if named else base_year(frame.document)
    compares = question.operation is Operation.DIFFERENCE
    for match in RELATIVE_YEAR.finditer(question.folded):
        if question.spans or (question.change and not compares):
            continue  # which grew most over the year before: the change is asked for, not that year
        offset = OFFSETS[match.group()[0]]
        both = (base, base + offset) if compares else (base + offset,)  # 前年度と比べて means this year as well
        named.extend(year for year in both if year not in named)
    return tuple(dict.fromkeys(named))


def _finish(frame: Frame, question: Question, state: _State) -> list[Plan]:
    mask = _months(frame, question, _collapsed(frame, state))
    totals = np.array(frame.totals, dtype=np.bool_) & ~frame.collapsible_totals
    if question.operation not in LOOK_UPS:
        mask = mask & ~totals if (mask & ~totals).any() else mask
    elif int(mask.sum()) > 1 and int((mask & totals).sum()) == 1 and not question.periods:
        mask = mask & totals  # of a whole and its parts the whole is meant, when no part is named
    named: dict[int, float] = {}
    for column, weight in state.named:
        named[column] = named.get(column, 0.0) + weight
    for column in _plainly_named(frame, question):
        named.setdefault(column, _PLAIN_NAME)
    years = asked_years(question, frame)
    result = []
    for columns, guessed in _targets(frame, question, state, named, mask):
        chosen, narrowed, borne_out = _place_years(frame, question, columns, mask, years, state.at, named)
        if not narrowed.any():
            continue
        for kept, bonus in _change_rows(frame, question, columns, narrowed, mask, years):
            rows = tuple(int(r) for r in np.flatnonzero(kept))
            parts = _parts(state, kept)
            accounts = tuple(Explained(t, max(s, _counts(t, rows, parts)), how) for t, s, how in state.accounts)
            plan = _plan(frame, question, state, rows, parts, chosen, named, accounts, borne_out, guessed)
            result.append(replace(plan, score=plan.score + bonus))
    return result


def _plainly_named(frame: Frame, question: Question) -> list[int]:
    """Columns whose whole header is a word too plain to be a term (金額, 件数) but which the question does name."""
    return [
        c.index for c in frame.columns
        if len(c.core) >= 2 and c.role == "data" and (c.core in grammar().filler or c.core in grammar().soft)
        and re.search(rf"(?<![一-龥ァ-ヶー]){re.escape(c.core)}(?=は|を|と|、|も|が|の|で|$|[?。])", question.folded)
    ]  # fmt: skip


def _change_rows(
    frame: Frame, question: Question, columns: tuple[int, ...], narrowed: Mask, mask: Mask, years: tuple[int, ...]
) -> list[tuple[Mask, float]]:
    """The rows as narrowed; and where a change is asked for and rows print it (増減額), those rows of the last year."""
    found = [(narrowed, 0.0)]
    printed = frame.change_rows
    if (question.change or question.operation is Operation.DIFFERENCE) and (printed & mask).any():
        asked = (
            years
            if question.spans
            else years[-1:]
            if question.operation is not Operation.DIFFERENCE
            else (max(years),)
            if years
            else ()
        )
        rows = _year_rows(frame, asked, printed & mask) if asked else printed & mask
        if rows is not None and rows.any():
            found.append((rows, _PRINTED_CHANGE))
    return found


def _collapsed(frame: Frame, state: _State) -> Mask:
    """The rows that meet the conditions; where a column splits figures (計, 男, 女) and the question names none of its
    words, only the rows of the whole.
    """
    mask = state.mask(len(frame))
    for column, wholes in frame.splits.items():
        if column not in state.at and (mask & wholes).any():
            mask = mask & wholes
    return mask


def _months(frame: Frame, question: Question, mask: Mask) -> Mask:
    """Rows of the months asked for, where a column that tells rows apart gives them (9月)."""
    asked = [p for p in question.periods if p.month is not None and p.day is None]
    if not asked or not frame.month_cells:
        return mask
    first, last = min(p.month or 0 for p in asked), max(p.month or 0 for p in asked)
    wanted = range(first, last + 1) if question.spans or _SPAN.search(question.folded) else {p.month for p in asked}
    rows = [r for month in wanted for r in frame.month_cells.get(month or 0, ())]
    chosen = np.zeros(len(frame), dtype=np.bool_)
    chosen[rows] = True
    return mask & chosen


def _parts(state: _State, mask: Mask) -> tuple[tuple[int, ...], ...]:
    """Rows of each alternative of the last group that has any; one part otherwise."""
    for group in reversed(state.groups):
        if len(group) > 1:
            found = tuple(tuple(int(r) for r in np.flatnonzero(one & mask)) for one in group)
            return tuple(part for part in found if part)
    return (tuple(int(r) for r in np.flatnonzero(mask)),)


def _counts(term: Term, rows: Sequence[int], parts: Sequence[Sequence[int]]) -> float:
    """Whether a figure only says how many there are: 4事業, 2本."""
    digits = "".join(c for c in term.surface if c.isdigit())
    return _COUNTED if term.pos == "数詞" and digits and int(digits) in (len(rows), len(parts)) else 0.0


def _plan(
    frame: Frame, question: Question, state: _State, rows: tuple[int, ...], parts: tuple[tuple[int, ...], ...],
    columns: tuple[int, ...], named: dict[int, float], accounts: tuple[Explained, ...], years: tuple[float, ...],
    guessed: bool,
) -> Plan:  # fmt: skip
    listed = _listed(frame, question, state, named, columns)
    total = sum(a.term.weight for a in accounts) or 1.0
    looked_up = question.operation in LOOK_UPS
    kinds = _kinds(frame, question, rows, columns, guessed) if looked_up else _figures_share(frame, rows, columns)
    features = {
        "coverage": sum(a.term.weight * a.strength for a in accounts) / total,
        "years": min(years, default=0.0),
        "named": 0.0 if guessed else 1.0,
        "kind": kinds,
        "fits": _fits(question, len(rows), len(parts), len(columns)),
        "explained": sum(a.term.weight for a in accounts if a.strength) / total,
        "met": float(bool(columns) and set(columns) <= set(state.at)),
        "narrowed": float(len(rows) < len(frame)),
    }
    numeric = question.operation in NUMERIC
    score = (
        2.0 * features["coverage"] + 0.6 * features["years"] + 0.2 * features["named"]
        + 0.6 * features["kind"] * features["coverage"] * (numeric or looked_up) + 0.4 * features["fits"]
        + 0.1 * features["met"]
    )  # fmt: skip
    return Plan(frame, rows, parts, columns, listed, state.at, accounts, years, guessed, score, features)


def _figures_share(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> float:
    """Share of the asked cells that are one figure."""
    figures = [frame.quantity(r, c) for r in rows[:50] for c in columns]
    return sum(q is not None for q in figures) / len(figures) if figures else 0.0


def _kinds(frame: Frame, question: Question, rows: Sequence[int], columns: Sequence[int], guessed: bool) -> float:
    """How well the asked cells hold the kind of thing asked for, in [-1, 1].

    Of columns that the question names side by side one has to hold it, of guessed ones each.
    """
    if not columns or len(rows) > _SEVERAL:
        return 0.0
    if not guessed and all(frame.says_nothing(r, c) for r in rows for c in columns):
        return _NOTHING  # "-" under the header asked for: the document gives no value, and that is the answer
    worst_or_best = min if guessed else max
    return worst_or_best(max(cell_kind(frame, question, r, c) for r in rows) for c in columns)


def _fits(question: Question, rows: int, parts: int, columns: int) -> float:
    """Whether there are as many rows and columns as the operation needs."""
    operation = question.operation
    if operation in (Operation.MAXIMUM, Operation.MINIMUM, Operation.AVERAGE, Operation.SUM):
        return 1.0 if rows * max(1, columns) > 1 else -1.0
    if operation is Operation.DIFFERENCE:
        return 1.0 if rows * columns == 2 or parts == 2 else 0.0 if rows == 1 else -0.5
    if operation in (Operation.LIST, Operation.COUNT):
        return 1.0
    return 1.0 if rows == 1 else 0.5 if parts == rows else -1.0


def _targets(
    frame: Frame, question: Question, state: _State, named: dict[int, float], mask: Mask
) -> list[tuple[tuple[int, ...], bool]]:
    """Candidate sets of columns asked for; each with whether it was guessed.

    A header that only introduces a condition (備考に「…」とある) is not asked for. Columns of one kind that differ in
    their year stay together.
    """
    free = {c: w for c, w in named.items() if c not in state.at}
    if question.operation in NUMERIC:
        free = {c: w for c, w in free.items() if _has_figures(frame, c)}
    elif question.operation in (Operation.LIST, Operation.COUNT):
        return [(tuple(free), False)]
    if free:
        families: dict[str, dict[int, float]] = {}
        for c, w in free.items():
            families.setdefault(_family(frame, c), {})[c] = w
        if question.operation in LOOK_UPS:
            best = _best_of_each(families)
            return [(best, False), *_met(frame, state, best)]
        ranked = sorted(families.values(), key=lambda members: -max(members.values()))
        return [(tuple(_siblings(frame, next(iter(members)))), False) for members in ranked[:3]]
    if question.operation in LOOK_UPS:
        found = [*_met(frame, state, ()), *_by_kind(frame, question, mask)]
        if state.at and question.wants in SAID_IN_WORDS and frame.key not in state.at:
            found.append(((frame.key,), True))
        return list(dict.fromkeys(found)) or [((), True)]
    if question.operation in NUMERIC or question.wants in ("money", "people", "percent", "count", "number", "date"):
        guesses = [c.index for c in frame.columns if c.role in ("data", "key") and _may_hold(frame, question, c.index)]
        families_seen: dict[str, int] = {}
        for c in guesses:
            families_seen.setdefault(_family(frame, c), c)
        return [(tuple(_siblings(frame, c)), True) for c in families_seen.values()]
    return [((), True)]


def _met(frame: Frame, state: _State, but: tuple[int, ...]) -> list[tuple[tuple[int, ...], bool]]:
    """The data columns in which words of the question were found: the answer may stand beside them in the same cell."""
    return [((c,), True) for c in state.at if frame.columns[c].role == "data" and c not in but]


def _by_kind(frame: Frame, question: Question, mask: Mask) -> list[tuple[tuple[int, ...], bool]]:
    """Columns no word names but whose cells hold what is asked for, those of one kind together."""
    rows = [int(r) for r in np.flatnonzero(mask)][:_LOOKED_AT]
    found: dict[str, int] = {}
    for column in frame.columns:
        if column.role == "heading" or column.place is None:
            continue
        if question.wants in SAID_IN_WORDS:
            holds = column.kind == "text" and column.role == "data"
        else:
            holds = any(cell_kind(frame, question, r, column.index) >= 1.0 for r in rows) or (
                column.kind != "text" and _may_hold(frame, question, column.index)
            )
        if holds:
            found.setdefault(_family(frame, column.index), column.index)
    figures = list(
        dict.fromkeys(_family(frame, c.index) for c in frame.columns if c.kind == "number" and c.role == "data")
    )
    if question.wants is None and len(figures) == 1:  # a bare name asks for the one figure the table gives
        only = next(c.index for c in frame.columns if c.kind == "number" and c.role == "data")
        found.setdefault(figures[0], only)
    return [(tuple(_siblings(frame, c)), True) for c in found.values()]


def _best_of_each(families: dict[str, dict[int, float]]) -> tuple[int, ...]:
    most = max(w for members in families.values() for w in members.values())
    return tuple(c for members in families.values() for c, w in members.items() if w >= most * 0.6)


def _family(frame: Frame, column: int) -> str:
    at = frame.columns[column]
    if not at.core and not at.years:
        return f"#{column}"
    return f"{letters(at.core)}|{at.unit or ''}"


def _siblings(frame: Frame, column: int) -> list[int]:
    """The columns that differ from one only in their year, by year; itself alone when it prints none."""
    if not frame.columns[column].years:
        return [column]
    family = _family(frame, column)
    same = [c.index for c in frame.columns if c.years and _family(frame, c.index) == family]
    return sorted(same, key=lambda c: frame.columns[c].years)


def _has_figures(frame: Frame, column: int) -> bool:
    return frame.columns[column].kind == "number" or any(frame.quantities(column))


def _may_hold(frame: Frame, question: Question, column: int) -> bool:
    """Whether a column can hold the kind of thing asked for."""
    at = frame.columns[column]
    if question.wants == "date":
        return at.kind == "date"
    if at.kind != "number":
        return False
    units = {q.unit for q in frame.quantities(column) if q}
    kind = grammar().kinds.get(question.wants or "")
    wanted = set(kind.units) if kind and kind.units else {question.unit} if question.unit else set()
    return not wanted or bool(units & wanted) or units == {None}


def _place_years(
    frame: Frame, question: Question, columns: tuple[int, ...], mask: Mask, years: tuple[int, ...],
    at: tuple[int, ...], named: dict[int, float],
) -> tuple[tuple[int, ...], Mask, tuple[float, ...]]:  # fmt: skip
    """Let the years asked for choose columns, else rows, else be those of the header of a condition or the document."""
    dated = [c for c in columns if frame.columns[c].years]
    if not years:
        if question.operation in NUMERIC and question.operation is not Operation.DIFFERENCE and not question.change:
            return _latest(frame, columns), mask, ()
        return columns, mask, ()
    held = {y for c in dated for y in frame.columns[c].years}
    if dated and set(years) <= held:
        kept = tuple(c for c in columns if not frame.columns[c].years or set(frame.columns[c].years) & set(years))
        return kept, mask, (1.0,) * len(years)
    rows = _year_rows(frame, years, mask)
    if rows is not None:
        return columns, rows, (1.0,) * len(years)
    if dated and not question.change and question.operation is not Operation.DIFFERENCE:
        return columns, mask, (-1.0,) * len(years)
    return columns, mask, tuple(_borne_out(frame, year, mask, at, named) for year in years)


def _latest(frame: Frame, columns: tuple[int, ...]) -> tuple[int, ...]:
    dated = [c for c in columns if frame.columns[c].years]
    return (max(dated, key=lambda c: frame.columns[c].years),) if len(dated) > 1 else columns


def _year_rows(frame: Frame, years: tuple[int, ...], mask: Mask) -> Mask | None:
    """Rows that are of each year asked for, by the cells that tell rows apart; None when not every year is found.

    Where several such cells could be years (the year of the report, the year compared), the rows where most are wins.
    """
    chosen = np.zeros(len(frame), dtype=np.bool_)
    for year in years:
        columns = frame.year_cells.get(year)
        if not columns:
            return None
        votes = np.zeros(len(frame), dtype=np.int64)
        for rows in columns.values():
            votes[list(rows)] += 1
        votes[~mask] = 0
        if not votes.max():
            return None
        chosen |= votes == votes.max()
    return chosen


def _borne_out(frame: Frame, year: int, mask: Mask, at: tuple[int, ...], named: dict[int, float]) -> float:
    """How well a year that chose nothing is borne out: by a condition's header, the rows' own words, the document."""
    if any(year in frame.columns[c].years for c in (*at, *named)):
        return 1.0
    rows = np.flatnonzero(mask)
    if len(rows) <= 3 and all(_mentions(frame, int(r), year) for r in rows):
        return 0.8
    own = frame.document.years
    if year in own:
        return 0.9 if len(own) == 1 else 0.3
    if any(year == p.year for text in frame.context for p in find_periods(searchable(text))):
        return 0.8
    return -1.0


def _mentions(frame: Frame, row: int, year: int) -> bool:
    return any(year == p.year for text in frame.cells[row] if text for p in find_periods(searchable(text)))


def _listed(frame: Frame, question: Question, state: _State, named: dict[int, float], columns: tuple[int, ...]) -> int:
    """The column whose cells name the things: one the question names that tells rows apart, else the key."""
    if question.operation in (Operation.LIST, Operation.COUNT, Operation.MAXIMUM, Operation.MINIMUM):
        asked = [
            c.index for c in frame.columns if c.core and frame.tells_apart(c.index) and _asks_for(question, c.core)
        ]
        if asked:
            return asked[0]
        apart = [
            c for c in named
            if c not in state.at and frame.columns[c].kind in ("text", "date") and (c not in columns or question.operation is Operation.LIST)
        ]  # fmt: skip
        if apart:
            return max(apart, key=lambda c: (named[c], c == frame.key))
    return frame.key


def _asks_for(question: Question, core: str) -> bool:
    """Whether the question's own question word belongs to a header: 何年度, どの月, 課はいくつ, 項をすべて."""
    word = re.escape(core.split(" ")[-1].removesuffix("名"))
    if not word:
        return False
    asked = rf"(?:何|どの|どこの){word}|{word}(?:名)?(?:は|が|を|で|の数)?(?:いくつ|どれ|どこ|何|すべて|全て|全部|ぜんぶ|一覧)"
    return re.search(asked, question.folded) is not None


def unexplained(plan: Plan) -> tuple[Term, ...]:
    """The terms nothing explains, soft ones aside."""
    return tuple(a.term for a in plan.accounts if a.strength == 0.0 and not is_soft(a.term))
