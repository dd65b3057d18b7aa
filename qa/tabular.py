"""Answers from tables and labelled figures: frames near the question, plans in them, what they come to, and how surely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpus.folding import searchable
from corpus.values import UNIT_ONLY
from index import Hit, Store
from qa.calculate import calculate
from qa.counted_rows import dates_its_names
from qa.file_names import spells
from qa.frames import Frame
from qa.framing import fact_frame, table_frame
from qa.given import Given, settle
from qa.lookup import letters
from qa.nested_names import names_said
from qa.own_row import to_own_row
from qa.plan import Plan, plans, unexplained
from qa.possible import A_NOUN, ADDED, possible
from qa.results import Result
from qa.roles import is_soft
from qa.runs import phrases
from qa.started import column_of
from qa.summed import SummedFrame, rests_on_sums, summed, with_steps
from qa.synonyms import spoken_words
from qa.targets import SAID_IN_WORDS
from qa.told_frame import told_frames
from qa.turning import turned_for
from qa.types import Operation, Question, Term
from qa.understand import LOOK_UPS, NUMERIC
from qa.unit_lines import in_one_unit
from qa.year_rows import year_rows

MOST_FRAMES = 24
MOST_PLANNED = 6
_A_NAME = 1.0  # the weight of a place, a person
_FEWER = 1.0
_TIE = 0.02
ACROSS = NUMERIC | {Operation.LIST, Operation.COUNT}
_FEW = 6
_LISTED = re.compile(
    r"(?P<kind>[一-龥ァ-ヶー]+)(?:を|は|って)?[、,]?(?:すべて|全て|全部|ぜんぶ|いくつ|何(?:件|個|つ|か所)|一覧|列挙|挙げ)"
)
_FEW_THINGS = 4  # of different names, that may be meant by one condition
_MEASURE = re.compile(r"[一-龥ァ-ヶー]+(?:数|額|率|費|料|量|高)(?=は|を|って|、|です|\s*$|\s*[?。])")
_MEASURES = "費額数率料量高"  # the end of a measure's name: 事業費 is another figure than 事業


@dataclass(frozen=True, slots=True)
class Proposal:
    """A result with what speaks for it. `probability` in [0, 1]; `rivals` are other rows that fit as well."""

    result: Result
    question: Question = field(hash=False)
    probability: float
    missing: tuple[Term, ...]
    rivals: tuple[str, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan it comes from."""
        return self.result.plan


def frames_of(store: Store, hits: Sequence[Hit]) -> tuple[Frame, ...]:
    """The frames that the hits stand in, nearest first."""
    found: dict[tuple[str, int | str | None], Frame] = {}
    seen: set[str] = set()
    for hit in hits:
        document = store.documents[hit.entry.document]
        if hit.entry.kind == "row" and hit.entry.table is not None:
            frame = table_frame(document, hit.entry.table)
            found.setdefault((document.id, frame.table), frame)
        if document.id not in seen:
            seen.add(document.id)
            facts = fact_frame(document)
            spoken = told_frames(document)
            found |= {(document.id, f"said {n}"): one for n, one in enumerate((*filter(None, (facts,)), *spoken))}
        if len(found) >= MOST_FRAMES:
            break
    return tuple(found.values())


@lru_cache(maxsize=16)
def propose(question: Question, frames: tuple[Frame, ...]) -> tuple[Proposal, ...]:
    """What the question comes to in each frame, the best first; kept, because a refusal looks at it again."""
    found: list[tuple[float, Plan, Result]] = []
    for score, plan, asked, given in _planned(question, frames):
        if len(found) >= _FEW and found[_FEW - 1][0] - score >= _TIE:
            break  # neither among the first nor a rival of one
        result = calculate(plan, asked, given.after)
        nameless = result is not None and result.kind in ("list", "count") and _nameless(plan.frame, result)
        if result is not None and not nameless and rests_on_sums(result):
            found.append((score, plan, with_steps(result)))
    return tuple(_proposal(question, found, i) for i in range(min(len(found), _FEW)))


@lru_cache(maxsize=16)
def _planned(question: Question, frames: tuple[Frame, ...]) -> list[tuple[float, Plan, Question, Given]]:
    """The plans of all frames with their scores, the best first."""
    planned: list[tuple[float, Plan, Question, Given]] = []
    likely = _likely(question, frames)
    ways = list(enumerate(likely))
    heads_counted = question.operation is Operation.COUNT and not question.comparisons and not question.change
    if question.operation in ACROSS and not heads_counted:  # 女性の数は asks for no number of columns about women
        ways += [
            (rank + 1, other) for rank, frame in enumerate(likely) if (other := turned_for(frame, question)) is not None
        ]
    ways += [(rank + 1, other) for rank, frame in enumerate(likely) if (other := summed(frame)) is not None]
    ways += [(rank, other) for rank, frame in enumerate(likely) if (other := year_rows(frame, question)) is not None]
    for rank, frame in ways:
        given = settle(frame, question)
        asked = given.question
        for plan in plans(frame, asked, phrases(asked, names_said(frame, asked.folded)), given)[:_FEW]:
            if not (plan.guessed and isinstance(frame, SummedFrame)):  # no sum is meant that no word names
                own = in_one_unit(asked, to_own_row(asked, plan))
                planned.append((plan.score - 0.005 * rank, own, asked, given))
    return _of_the_kind(question, sorted(planned, key=lambda one: -one[0]))


def _of_the_kind(
    question: Question, planned: list[tuple[float, Plan, Question, Given]]
) -> list[tuple[float, Plan, Question, Given]]:
    """The plans that list or count what a header calls just so (…の指標をすべて), where any does; else all."""
    said = _LISTED.search(question.folded) if question.operation in (Operation.LIST, Operation.COUNT) else None
    if said is None or not planned:
        return planned
    kind = letters(said["kind"])
    term = next((t for t in question.terms if t.end == said.end("kind") and t.weight >= A_NOUN), None)
    if term is None or not kind.endswith(letters(term.surface)):
        return planned
    own = [one for one in planned if _holds_kind(one[1], letters(term.surface)) and not _chosen_by(one[1], term)]
    return own or planned


def _holds_kind(plan: Plan, kind: str) -> bool:
    """Whether a plan chooses rows by a condition, in a table that has a column of names called so."""
    frame = plan.frame
    called = any(letters(c.core) == kind and c.kind != "number" for c in frame.columns)
    return called and bool(plan.at) and len(plan.rows) < len(frame)


def _chosen_by(plan: Plan, term: Term) -> bool:
    """Whether a plan takes a word for the name of its rows: 会計 of all the 会計 that shrank for 一般会計."""
    return any(a.term == term and "cell" in a.by for a in plan.accounts)


def row_by_row(question: Question, frames: tuple[Frame, ...]) -> tuple[Proposal, ...]:
    """Where a question looks up one thing and its words fit several, what it comes to in each of them; else nothing.

    The column is named, no word is left over, and one thing of one year is asked for: not the rows of several years.
    """
    if question.operation is not Operation.VALUE:
        return ()
    for _, plan, asked, given in _planned(question, frames)[:_FEW]:
        frame = plan.frame
        things: dict[int, tuple[int, ...]] = {}
        for row in plan.rows:
            things[frame.things[row]] = (*things.get(frame.things[row], ()), row)
        names = {frame.name(thing) for thing in things}
        if len(things) < 2 or len(plan.parts) > 1 or plan.guessed or not plan.at or not plan.columns:
            continue
        if (len(names) > 1 and len(things) > _FEW_THINGS) or any(frame.totals[row] for row in plan.rows):
            continue
        if years_apart(frame, plan.rows) or unexplained(plan):
            continue
        each = (replace(plan, rows=rows, parts=(rows,), at=(frame.key,)) for rows in things.values())
        return tuple(weighed(asked, r.plan, r) for one in each if (r := calculate(one, asked, given.after)) is not None)
    return ()


def years_apart(frame: Frame, rows: Sequence[int]) -> bool:
    """Whether rows are of different years, by their names or what stands on the left of these, or of different months."""
    if frame.moments and len({frame.moments[row] for row in rows}) > 1:
        return True
    of_years = {
        (year, row)
        for year, columns in frame.year_cells.items()
        for column, held in columns.items() if frame.columns[column].role != "data"
        for row in held if row in rows
    }  # fmt: skip
    return len({year for year, _ in of_years}) > 1


def weighed(question: Question, plan: Plan, result: Result) -> Proposal:
    """A result of a given plan, weighed by itself."""
    missing = unexplained(plan)
    return Proposal(result, question, _probability(question, plan, missing, False), missing)


def _likely(question: Question, frames: Sequence[Frame]) -> list[Frame]:
    """The frames that know about as many words of the question as the best of them; the others need not be planned."""
    known = [
        sum(t.weight for t in question.terms if frame.knows(t) or _settles(frame, question, t)) for frame in frames
    ]
    best = max(known, default=0.0)
    order = sorted((i for i, weight in enumerate(known) if weight >= best - _FEWER), key=lambda i: (-known[i], i))
    return [frames[i] for i in sorted(order[:MOST_PLANNED])]


def _settles(frame: Frame, question: Question, term: Term) -> bool:
    """Whether a word says when things began (平成に始まった), which a column of the frame tells, or when they are, as their names do,
    or whose document it is, as its file name does.
    """
    if dates_its_names(frame, question, term) or (term.weight >= _A_NAME and spells(frame.document.id, term.surface)):
        return True
    return any(b.start <= term.start < b.end and column_of(frame, b) is not None for b in question.began)


def _proposal(question: Question, found: Sequence[tuple[float, Plan, Result]], i: int) -> Proposal:
    score, plan, result = found[i]
    missing = unexplained(plan)
    rivals = [
        other for s, p, other in found
        if score - s < _TIE and possible(question, p) and _else_meant(p, plan) and _says_else(other, result)
    ]  # fmt: skip
    names = tuple(dict.fromkeys(one.plan.frame.label(one.plan.rows[0]) for one in (result, *rivals))) if rivals else ()
    return Proposal(result, question, _probability(question, plan, missing, bool(rivals)), missing, names)


def _else_meant(other: Plan, plan: Plan) -> bool:
    """Whether a plan is about other things: other rows, or, where no word names a column, another column to reckon with."""
    by_guess = other.guessed and plan.guessed and other.columns != plan.columns and len(plan.rows) > 1
    return other.frame is not plan.frame or other.rows != plan.rows or by_guess


def _nameless(frame: Frame, result: Result) -> bool:
    """Whether the one row of a table would be counted of which no name is known: a unit (件) stands where names do."""
    if len(frame) != 1 or not result.things:
        return False
    return UNIT_ONLY.match(searchable(frame.name(0)).strip(" ()")) is not None


def _measure_from_around(question: Question, plan: Plan) -> bool:
    """Whether the measure asked for (利用者数) is said by no header and no cell, only by what stands around the table."""
    asked = _MEASURE.search(question.folded)
    if asked is None:
        return False
    own = [a for a in plan.accounts if asked.start() <= a.term.start < asked.end()]
    return bool(own) and all(a.by.startswith(("context", "file name")) or not a.strength for a in own)


def _says_else(one: Result, other: Result) -> bool:
    def said(result: Result) -> tuple[object, ...]:
        frame = result.plan.frame
        return (result.value, tuple(frame.cells[o.row][o.column] for o in result.operands))

    return said(one) != said(other)


def _says_state(term: Term) -> bool:
    """Whether a light word is one that tables say themselves (続く, 止める): passed over, a condition is passed over."""
    return term.pos != "名詞" and term.normal in spoken_words()


def _probability(question: Question, plan: Plan, missing: Sequence[Term], rival: bool) -> float:
    """How sure; by hand until calibrated."""
    if not possible(question, plan):
        return 0.0
    lost = any(t.weight >= A_NOUN or is_soft(t) or t.surface in _MEASURES or _says_state(t) for t in missing)
    if lost:
        return 0.0
    kind = plan.features["kind"]
    sure = plan.features["explained"] - 0.2 * (1.0 - plan.coverage)
    if plan.guessed and kind < 1.0 and question.operation in LOOK_UPS and not plan.features["met"]:
        sure -= 0.15
    in_words = any(plan.frame.columns[c].kind == "text" and plan.frame.columns[c].role == "data" for c in plan.columns)
    if plan.guessed and in_words and question.operation in LOOK_UPS and question.wants in SAID_IN_WORDS:
        sure -= 0.1 if plan.features["met"] else 0.2  # which of its cells answers is for the words in it to say
    if min(plan.years, default=1.0) < 0.5:
        sure -= 0.15
    if plan.guessed and question.operation in LOOK_UPS and _measure_from_around(question, plan):
        sure -= 0.3  # what was asked of the row is said by no header, only by what stands around the table
    if plan.guessed and not plan.at and question.operation in ADDED:
        sure -= 0.3  # everything added up, though neither a condition nor a column was named
    if question.operation is Operation.YESNO and plan.guessed and not plan.features["met"]:
        sure -= 0.3  # whether something is so is not answered by some other cell of its row
    if rival:
        sure -= 0.3
    return max(0.0, min(0.99, sure))
