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
from qa.cell_kinds import LOOSE
from qa.change_columns import change_columns
from qa.frames import Frame
from qa.framing import fact_frame, table_frame
from qa.given import Given, settle
from qa.lookup import letters
from qa.money import SCALES
from qa.nested_names import names_said
from qa.numbered import numbered_otherwise
from qa.own_row import to_own_row
from qa.plan import Plan, plans, unexplained
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
from qa.understand import EXTREMES, LOOK_UPS, NUMERIC
from qa.wording import leaf
from qa.year_rows import year_rows

MOST_FRAMES = 24
MOST_PLANNED = 6
_FEWER = 1.0
MUST_EXPLAIN = 0.8  # nouns, names and figures weigh this or more
_TIE = 0.02
ACROSS = NUMERIC | {Operation.LIST, Operation.COUNT}
_FEW = 6
_FEW_THINGS = 4  # of different names, that may be meant by one condition
_MEASURE = re.compile(r"[一-龥ァ-ヶー]+(?:数|額|率|費|料|量|高)(?=は|を|って|、|です|\s*$|\s*[?。])")
# 開催回数が一番多い, 事業費の合計: what figures are put in order or added up by.
_RECKONED = re.compile(
    r"(?P<measure>[一-龥ァ-ヶー]*[一-龥ァ-ヶー](?:費|額|数|率|料|量|高|金|入))"
    r"(?:(?:が|の)(?:最も|もっとも|一番|いちばん|合計|総計|総額|平均|多|少|高|低|大|小|上位|トップ|最)|を(?:合|足|平均)|で(?:比|並))"
)
_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])月分?")
_EACH_ONE = re.compile(r"(?<![0-9])1(?:人|回|世帯|冊|泊|台|時間|日|個|枚)(?![0-9目位以])|当たり|あたり")
_EITHER = re.compile(r"(?:どちら|どっち)(?:が|の(?:方|ほう)が)")
_PLACE = re.compile(r"[都道府県市区町村館校園店所局駅港]$|地[区域点]|方面|丁目")  # どこ is no 男 and no 総数
_SPENDING = re.compile(r"予算|決算|事業費|経費|費用|金額|支出|総額|お金")
_MEASURES = "費額数率料量高"  # the end of a measure's name: 事業費 is another figure than 事業
_SIDES = (("歳入", "歳出"), ("収入", "支出"))  # of an account
_COMES_OR_GOES = (re.compile("歳入|収入"), re.compile("歳出|支出(?!金)"))  # 国庫支出金 comes in
_ADDED = {Operation.SUM, Operation.AVERAGE}


_OUR_PLACE = frozenset("市町村区県都道府")  # 市の借金: whose documents these are
# What any project has one of.
_ANY_AMOUNT = re.compile(
    r"(?:当初|最終|補正|現計|総|年間)?(?:予算|決算|実績|執行|支出|収入|事業)?(?:現|済|見込)?(?:額|率|費|高|数)?|金額|総?計|合計|小計|[人件回]数|財源.*|.{0,3}[国県市町]費|一般財源"
)


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


_SEVERAL = 2  # tables
_A_NOUN = 0.8  # what nouns, names and figures weigh


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
                planned.append((plan.score - 0.005 * rank, to_own_row(asked, plan), asked, given))
    return sorted(planned, key=lambda one: -one[0])


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
    """Whether a word says when things began (平成に始まった), which a column of the frame tells."""
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


def of_the_whole_document(question: Question, plan: Plan) -> bool:
    """Whether all rows of one table of several would be listed, though what is asked for is mostly said of the whole document."""
    frame = plan.frame
    chosen = plan.at or plan.columns or question.comparisons or question.began or question.change
    if question.operation not in (Operation.LIST, Operation.COUNT) or chosen or len(frame.document.tables) < _SEVERAL:
        return False
    said = [a.term for a in plan.accounts if a.strength and a.term.weight >= _A_NOUN]
    own = [t for t in said if frame.beside.find(t) or any(i < len(frame.context) for i in frame.around.find(t))]
    return 2 * len(own) < len(said)


def passes_over_a_group(question: Question, plan: Plan) -> bool:
    """Whether rows are listed or counted whatever a cell of theirs says that the question names (ラジオ), since the words around the table say it too."""
    if question.operation not in (Operation.LIST, Operation.COUNT) or len(plan.rows) < _SEVERAL:
        return False
    frame = plan.frame
    for one in plan.accounts:
        word = letters(one.term.surface)
        if set(one.by.split(" + ")) != {"context"} or one.term.weight < _A_NOUN or len(word) < _SEVERAL:
            continue
        rows = {r for i in frame.texts.holding(word) if frame.texts.texts[i] == word for r, _ in frame.places[i]}
        if rows and not set(plan.rows) <= rows:
            return True
    return False


def _measure_from_around(question: Question, plan: Plan) -> bool:
    """Whether the measure asked for (利用者数) is said by no header and no cell, only by what stands around the table."""
    asked = _MEASURE.search(question.folded)
    if asked is None:
        return False
    own = [a for a in plan.accounts if asked.start() <= a.term.start < asked.end()]
    return bool(own) and all(a.by.startswith(("context", "file name")) or not a.strength for a in own)


def _of_other_things(question: Question, plan: Plan) -> bool:
    """Whether it is asked which of two things or where, and neither of them or no place would be named."""
    if question.operation not in EXTREMES:
        return False
    either = _EITHER.search(question.folded) is not None and len(plan.parts) < 2 and len(plan.rows) > 2
    somewhere = question.wants in ("place", "person") and all(
        _MONTH.fullmatch(letters(plan.frame.cells[row][plan.listed] or "")) for row in plan.rows
    )
    names = (plan.frame.name(row) for row in plan.rows)
    nowhere = plan.frame.turned and "どこ" in question.folded and not any(_PLACE.search(searchable(n)) for n in names)
    return either or somewhere or nowhere


def _of_another_measure(question: Question, plan: Plan) -> bool:
    """Whether figures are added up or put in order by a measure (開催回数) that nothing explains, while the column has a
    name of its own (受講者数). What is spent may be asked for in any word for it.
    """
    asked = _RECKONED.search(question.folded)
    if asked is None or not any(
        not a.strength for a in plan.accounts if asked.start("measure") <= a.term.start < asked.end("measure")
    ):
        return False
    headers = [plan.frame.columns[c] for c in plan.columns]
    spent = _SPENDING.search(asked["measure"]) is not None
    return any(
        c.core and not c.core.isascii() and not (spent and c.unit in SCALES and _SPENDING.search(c.core))
        for c in headers
    )


def _of_a_part(plan: Plan) -> bool:
    """Whether a heading's figure is given for the heading above it: the figure of a part is not that of the whole.

    What is told once, under a name of its own (地方債の残高, no mere 決算額), is whole wherever it stands.
    """
    frame = plan.frame
    if frame.table is not None or frame.key in plan.at:
        return False
    if plan.guessed or any(term.surface not in _OUR_PLACE for term in unexplained(plan)):
        return True
    return not all(_told_once(frame, column) for column in plan.columns)


def _told_once(frame: Frame, column: int) -> bool:
    named = _ANY_AMOUNT.fullmatch(letters(frame.columns[column].core)) is None
    return named and sum(bool(row[column]) for row in frame.cells) == 1


def _total_of_a_part(question: Question, plan: Plan) -> bool:
    """Whether the total of one heading's table would be given for the heading above it, under which others stand as well."""
    frame = plan.frame
    if frame.table is None or not plan.rows or not all(frame.totals[row] for row in plan.rows):
        return False
    tables = frame.document.tables
    path, said = tables[frame.table].section, letters(question.folded)
    if len(path) < 2 or letters(leaf(path[-1:])) in said or not any(letters(leaf((p,))) in said for p in path[:-1]):
        return False
    return any(
        t.section[: len(path) - 1] == path[:-1] and t.section[len(path) - 1 :] not in ((), path[-1:]) for t in tables
    )


def _says_else(one: Result, other: Result) -> bool:
    def said(result: Result) -> tuple[object, ...]:
        frame = result.plan.frame
        return (result.value, tuple(frame.cells[o.row][o.column] for o in result.operands))

    return said(one) != said(other)


def _says_state(term: Term) -> bool:
    """Whether a light word is one that tables say themselves (続く, 止める): passed over, a condition is passed over."""
    return term.pos != "名詞" and term.normal in spoken_words()


def _passes_over_a_header(plan: Plan) -> bool:
    """Whether a word left unexplained stands in a header: another column than a guessed one is meant."""
    heads = [letters(column.label) for column in plan.frame.columns]
    lost = [letters(a.term.surface) for a in plan.accounts if not a.strength and a.term.weight >= MUST_EXPLAIN]
    return any(word in head for word in lost for head in heads)


def _change_of_changes(question: Question, plan: Plan) -> bool:
    """Whether how something changed would be reckoned from two years' changes (増減額) instead of their figures."""
    printed = change_columns(plan.frame, False)
    return question.operation is Operation.DIFFERENCE and len(plan.rows) > 1 and set(plan.columns) <= set(printed)


def _of_both_sides(question: Question, plan: Plan) -> bool:
    """Whether what an account takes in and what it spends would be added up: it comes to twice the account."""
    if question.operation not in _ADDED:
        return False
    heads = [c.index for c in plan.frame.columns if c.role == "heading"]
    above = [searchable(" ".join(plan.frame.cells[r][c] or "" for c in heads)) for r in plan.rows]
    return any(all(any(side in one for one in above) for side in sides) for sides in _SIDES)


def _of_the_other_side(question: Question, plan: Plan) -> bool:
    """Whether one side of an account is asked for (歳出), and the totals of the table, or a column, are those of the other."""
    said = {coming for coming, side in enumerate(_COMES_OR_GOES) if side.search(question.folded)}
    if len(said) != 1:
        return False
    frame = plan.frame
    totals = [letters(frame.name(row)) for row in range(len(frame)) if frame.totals[row]]
    totals += [letters(frame.columns[column].label) for column in plan.columns]
    told = {coming for coming, side in enumerate(_COMES_OR_GOES) if any(map(side.match, totals))}
    return bool(told) and not said & told


def _of_another_number(question: Question, plan: Plan) -> bool:
    """Whether as many things as there are would be added up where a number of them is named (2つの施設を合わせた)."""
    return question.operation in _ADDED and any(a.term.pos == "数詞" and not a.strength for a in plan.accounts)


def _of_some(question: Question, plan: Plan) -> bool:
    """Whether all that a speech happens to tell would be added up: it tells the larger ones."""
    return question.operation in _ADDED and plan.frame.partial and plan.frame.key not in plan.at


def _of_a_whole_and_its_part(question: Question, plan: Plan) -> bool:
    """Whether an account (一般会計) would be reckoned with what a speech tells of a part of it (一般会計の町債)."""
    if not plan.frame.partial or question.operation not in (*_ADDED, Operation.DIFFERENCE):
        return False
    within = {letters(plan.frame.cells[row][0] or "") for row in plan.rows}
    return any(own.startswith(letters(plan.frame.name(row))) for own in within for row in plan.rows)


def _of_another_number_than(question: Question, plan: Plan) -> bool:
    """Whether the things looked up are numbered otherwise (第8号) than the one asked for (第9号)."""
    cells = (plan.frame.cells[row][: plan.frame.key + 1] for row in plan.rows)
    return any(numbered_otherwise(question.folded, " ".join(filter(None, own))) for own in cells)


def _for_each(question: Question, plan: Plan) -> bool:
    """Whether it is asked what one person or one ride costs, and a column that no word names would give what all cost."""
    if not plan.guessed or question.wants != "money" or _EACH_ONE.search(question.folded) is None:
        return False
    return not any(_EACH_ONE.search(searchable(plan.frame.columns[c].label)) for c in plan.columns)


def possible(question: Question, plan: Plan) -> bool:
    """Whether a plan can answer at all: not from another year, not with another kind of thing, not with a part's figure."""
    if min(plan.years, default=1.0) < 0 or _of_the_other_side(question, plan):
        return False
    if question.operation not in LOOK_UPS:
        if _of_a_whole_and_its_part(question, plan):
            return False
        by_guess = plan.guessed and (
            _of_another_measure(question, plan) or _passes_over_a_header(plan) or _change_of_changes(question, plan)
        )
        not_one = _of_both_sides(question, plan) or _of_another_number(question, plan) or _of_some(question, plan)
        return not (by_guess or not_one or _of_other_things(question, plan))
    if plan.accounts and not plan.features["explained"]:
        return False  # of all rows one whose name the question happens to hold, which the plan did not take for it
    if _of_another_number_than(question, plan):
        return False
    return not (_for_each(question, plan) or _of_a_part(plan) or _total_of_a_part(question, plan)) and (
        plan.features["kind"] > -1.0 or question.wants in LOOSE
    )


def _probability(question: Question, plan: Plan, missing: Sequence[Term], rival: bool) -> float:
    """How sure; by hand until calibrated."""
    if not possible(question, plan):
        return 0.0
    lost = any(t.weight >= MUST_EXPLAIN or is_soft(t) or t.surface in _MEASURES or _says_state(t) for t in missing)
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
    if plan.guessed and not plan.at and question.operation in _ADDED:
        sure -= 0.3  # everything added up, though neither a condition nor a column was named
    if question.operation is Operation.YESNO and plan.guessed and not plan.features["met"]:
        sure -= 0.3  # whether something is so is not answered by some other cell of its row
    if rival:
        sure -= 0.3
    return max(0.0, min(0.99, sure))
