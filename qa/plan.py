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
from corpus.units import MONTH
from qa.conditions import State, grow
from qa.counted_rows import of_so_many, with_kind, with_number, with_own_date
from qa.english import translated
from qa.frames import WITHIN, Frame
from qa.given import Given
from qa.grand import of_all
from qa.ledger import of_its_level
from qa.lookup import letters
from qa.measure_rows import of_measure
from qa.plan_fits import (
    asks_for,
    bear_names,
    by_its_name,
    figures_share,
    fits,
    kinds,
    leaves_a_name,
    lists_none,
    members,
    named_not_coded,
    names_rows,
    places,
    telling,
    tells_at_length,
)  # fmt: skip
from qa.roles import Mask, Option, consisting_of, is_soft, options
from qa.runs import Phrase
from qa.stages import with_stage, with_stock
from qa.summed import leaves_a_head, under_one_head, within
from qa.targets import led_by_others, plainly_named, targets
from qa.types import Explained, Operation, Question, Term
from qa.understand import EXTREMES, LOOK_UPS, NUMERIC
from qa.years import asked_years, change_rows, months, over_years, place_years

_BEAM = 16
_THINGS = re.compile(r"(?<=[るた])もの(?:を|は|が)")  # 水産課が所管するものをすべて: no 所管部
_FINAL = 4
_LATER = re.compile(r"補正|最終|決算|現計")
_PLAIN_NAME = 0.8
_IS = ("が", "は", "=", ":", "が「", "は「")
_COMPARED = (Operation.DIFFERENCE, Operation.RATIO)
_OF_TOTALS = re.compile(r"合計|総計|総額|総数|全体")
_TOTALS_LEFT_OUT = re.compile(r"計(?:の)?(?:行|額|欄|列)?(?:を|は)除")


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


def plans(frame: Frame, question: Question, found: Sequence[Phrase], given: Given | None = None) -> list[Plan]:
    """The best plans for a question in one frame, best first; `given` is what was settled before (`qa.given`)."""
    if not len(frame) or (given is not None and not given.mask.any()):
        return []
    beside = question.operation in (Operation.DIFFERENCE, Operation.RATIO)  # AはBより: two things without a と
    every = np.ones(len(frame), dtype=np.bool_)
    states = [State(every, (), (), (), (), (), 0.0, False, every)]
    if given is not None:
        states = [State(given.mask, (), (), (), given.at, given.accounts, 0.0, False, given.mask)]
    for before, phrase in zip((None, *found), found, strict=False):
        meanings = (*_said_shorter(frame, question, before, phrase), *options(frame, phrase, question))
        meanings = _under_its_header(frame, question, before, phrase, meanings)
        ways = [(way, *_worth(phrase, way)) for way in meanings]
        # The likeliest pairs first: what a condition cannot be met costs shows only when it is tried.
        pairs = sorted(((s.gain + w[1], i, j) for i, s in enumerate(states) for j, w in enumerate(ways)), reverse=True)
        grown = [grow(states[i], phrase, *ways[j], beside) for _, i, j in pairs[: 2 * _BEAM]]
        grown.sort(key=lambda s: -s.gain)
        states = grown[:_BEAM]
    whole = _Whole(_totals(frame, question), tuple(plainly_named(frame, question)), asked_years(question, frame))
    result = [plan for state in states[:_FINAL] for plan in _finish(frame, question, state, whole)]
    result.sort(key=lambda p: -p.score)
    return result


def _said_shorter(frame: Frame, question: Question, before: Phrase | None, phrase: Phrase) -> tuple[Option, ...]:
    """A name whose beginning is that of the name before it: 港町一丁目と二丁目."""
    if before is None or not phrase.joined:
        return ()
    first, own = (letters(question.folded[one.start : one.end]) for one in (before, phrase))
    for cut in range(len(first) - 1, 1, -1):
        named = consisting_of(frame, frame.key, first[:cut] + own, phrase, "name said shorter")
        if named is not None:
            return (named,)
    return ()


def _under_its_header(
    frame: Frame, question: Question, before: Phrase | None, phrase: Phrase, meanings: tuple[Option, ...]
) -> tuple[Option, ...]:
    """Of 総合評価がA only the A in the column 総合評価, where there is one, whatever other columns hold an A."""
    if before is None or question.folded[before.end : phrase.start].strip() not in _IS:
        return meanings
    headed = {c for one in options(frame, before, question) if one.rows is None for c in one.columns}
    said = letters(question.folded[phrase.start : phrase.end])
    for column in sorted(headed):
        there = consisting_of(frame, column, said, phrase, "cell")
        if there is not None:
            return (there, *(one for one in meanings if not one.at))
    return meanings


def _worth(phrase: Phrase, way: Option) -> tuple[float, tuple[tuple[Term, float, str], ...]]:
    """What a meaning explains, and how it accounts for each term."""
    accounts = tuple((t, s, way.how) for t, s in zip(phrase.terms, way.strengths, strict=True))
    return sum(t.weight * s for t, s, _ in accounts), accounts


@dataclass(frozen=True, slots=True)
class _Whole:
    """The rows that are totals, the columns plainly named, the years asked for, however phrases are understood."""

    totals: Mask
    named: tuple[int, ...]
    years: tuple[int, ...]


def _finish(frame: Frame, question: Question, state: State, whole: _Whole) -> list[Plan]:
    mask = of_measure(frame, question, state.at, months(frame, question, _collapsed(frame, question, state)))
    several = any(len(group) > 1 for group in state.groups)
    of_level = of_its_level(frame, question, state.at, [c for c, *_ in state.named], mask, several)
    mask = of_level if of_level is not None else _of_wholes_or_parts(frame, question, state, mask, whole)
    named: dict[int, float] = {}
    led = led_by_others(frame, question, state.named)
    for column, weight, phrase in state.named:
        if column in led:
            continue
        if question.operation is not Operation.LIST or not lists_none(frame, column, phrase.words, phrase.terms):
            named[column] = named.get(column, 0.0) + weight
    named = _named_further(frame, state, named)
    for column in whole.named:
        named.setdefault(column, _PLAIN_NAME)
    years = whole.years
    explained = [Explained(*account) for account in state.accounts]
    result = []
    for columns, guessed in targets(frame, question, state.at, named, mask):
        chosen, narrowed, borne_out = place_years(frame, question, columns, mask, years, state.at, named)
        left = leaves_a_name(frame, question, named, chosen) or leaves_a_head(frame, question, chosen, state.named)
        if left or not narrowed.any():
            continue
        if frame.table is None and question.operation in LOOK_UPS:
            narrowed = telling(frame, chosen, narrowed)
        for kept, bonus in change_rows(frame, question, columns, narrowed, mask, years):
            rows, parts = places(kept), _parts(state, kept)
            accounts = with_number(explained, rows, parts, chosen_by=bool(state.at))
            accounts = of_so_many(accounts, rows, question)
            accounts = with_own_date(accounts, frame, rows, chosen, question)
            accounts = with_stage(accounts, frame, chosen, question.folded)
            accounts = with_stock(accounts, frame, chosen, question.folded)
            if question.operation not in LOOK_UPS or question.operation is Operation.LIST:
                accounts = with_kind(accounts, question.folded, frame)
            plan = _plan(frame, question, state, rows, parts, chosen, named, accounts, borne_out, guessed)
            result.append(replace(plan, score=plan.score + bonus) if bonus else plan)
    return result


def _of_wholes_or_parts(frame: Frame, question: Question, state: State, mask: Mask, whole: _Whole) -> Mask:
    """The rows of a mask that stand for what is meant, where some are made up of others."""
    if frame.covered.any() and frame.key not in state.at:
        own = frame.broken_down & np.array([frame.name_at(r) in state.at for r in range(len(frame))])
        parts_asked = question.operation in (Operation.LIST, Operation.COUNT) and (
            any(c == frame.key for c, *_ in state.named) or not (mask & ~frame.covered & ~own).any()
        )
        kept = mask & frame.covered if parts_asked else mask & ~frame.covered
        mask = kept if kept.any() else mask
    totals = whole.totals if (mask & frame.covered).any() else whole.totals & ~frame.broken_down
    return _whole_or_members(frame, question, state, mask, totals)


def _whole_or_members(frame: Frame, question: Question, state: State, mask: Mask, totals: Mask) -> Mask:
    """The rows of a mask without totals where things are reckoned with; where a total itself is meant, that."""
    side_by_side = any(len(group) > 1 for group in state.groups)
    if question.operation in _COMPARED and side_by_side and (mask & totals).any() and (mask & ~totals).any():
        return mask  # 歳入合計に占める町税: a total is compared with what is in it
    if (over_years(question) or question.operation in (*LOOK_UPS, *_COMPARED)) and not side_by_side:
        whole = of_all(frame, state.at, mask)
        if int(whole.sum()) < int(mask.sum()):
            return whole
    if question.operation in _COMPARED and _OF_TOTALS.search(question.folded) and (mask & totals).any():
        return mask & totals  # 歳出合計は前年度より増えたか: the totals themselves are compared
    if question.operation not in LOOK_UPS:
        # A total never enters a calculation, even alone: 東部地区 計 names the group whose members are asked for.
        only_totals = frame.key in state.at and not (mask & ~totals).any()
        if only_totals and question.operation is Operation.DIFFERENCE and bear_names(frame, mask):
            return mask  # 普通建設事業費 is the sum of two rows below it, and itself what changed
        if not (only_totals and side_by_side):  # two of them are compared themselves
            mask = members(mask, totals, frame.totals_first) if only_totals else mask & ~totals
        return frame.of_wholes(mask) if frame.key in state.at else mask & ~frame.within
    if int(mask.sum()) > 1 and int((mask & totals).sum()) == 1 and not question.periods:
        return mask & totals  # of a whole and its parts the whole is meant, when no part is named
    return mask


def _named_further(frame: Frame, state: State, named: dict[int, float]) -> dict[int, float]:
    """The columns without those of which another is meant: named by the same words and by one more (転出者数 県外 男 by
    県外 and 男, where 転入 is asked for), unless that word is tied to them (予算額と決算額).
    """
    said: dict[int, set[Phrase]] = {}
    for column, _, phrase in state.named:
        if phrase.terms:
            said.setdefault(column, set()).add(phrase)
    figures = [c for c in said if frame.columns[c].role == "data" and frame.columns[c].kind == "number"]
    said = {c: own | under_one_head(frame, c, said) for c, own in said.items()}
    lesser = {
        c for c in figures for other in figures
        if said[c] < said[other] and not any(phrase.joined for phrase in said[other] - said[c])
    }  # fmt: skip
    lesser |= within(frame, said) | _of_parts(frame, figures, said)
    return {c: weight for c, weight in named.items() if c not in lesser}


def _of_parts(frame: Frame, figures: Sequence[int], said: dict[int, set[Phrase]]) -> set[int]:
    """The columns said before one that is called a part (うち単独): 普通建設事業費のうち単独事業 asks for the part."""
    parts = [c for c in figures if WITHIN.match(searchable(frame.columns[c].core)) and _said_itself(frame, c, said[c])]
    first = min((phrase.start for c in parts for phrase in said[c]), default=0)
    return (
        {c for c in figures if c not in parts and any(phrase.start < first for phrase in said[c])} if parts else set()
    )


def _said_itself(frame: Frame, column: int, phrases: set[Phrase]) -> bool:
    """Whether what a part is called without its うち stands in what was said of it."""
    own = letters(frame.columns[column].core).removeprefix("うち").split()[0]
    return any(own in letters("".join(word.surface for word in phrase.words)) for phrase in phrases)


def _totals(frame: Frame, question: Question) -> Mask:
    """The rows that are totals; where they are not left out by name, a whole beside its parts (計, 男, 女) is none."""
    totals = np.array(frame.totals, dtype=np.bool_)
    return totals if _TOTALS_LEFT_OUT.search(question.folded) else totals & ~frame.collapsible_totals


def _collapsed(frame: Frame, question: Question, state: State) -> Mask:
    """The rows that meet the conditions; of a column that splits figures (計, 男, 女) and none of whose words is named, those
    of the whole. Which of the parts is asked, by the column's name, is not for the whole to say.
    """
    mask = state.mask
    for column, wholes in () if _TOTALS_LEFT_OUT.search(question.folded) else frame.splits.items():
        if column in state.at or not (mask & wholes).any():
            continue
        asked = question.operation not in LOOK_UPS and any(column == c for c, *_ in state.named)
        mask = mask & (~wholes if asked and (mask & ~wholes).any() else wholes)
    return mask


def _parts(state: State, mask: Mask) -> tuple[tuple[int, ...], ...]:
    """Rows of each alternative of the last group that has any; one part otherwise."""
    for group in reversed(state.groups):
        if len(group) > 1:
            return tuple(part for one in group if (part := places(one & mask)))
    return (places(mask),)


def _plan(
    frame: Frame, question: Question, state: State, rows: tuple[int, ...], parts: tuple[tuple[int, ...], ...],
    columns: tuple[int, ...], named: dict[int, float], accounts: tuple[Explained, ...], years: tuple[float, ...],
    guessed: bool,
) -> Plan:  # fmt: skip
    listed = _listed(frame, question, state, named, columns)
    total = sum(a.term.weight for a in accounts) or 1.0
    looked_up = question.operation in LOOK_UPS
    held = kinds(frame, question, rows, columns, guessed) if looked_up else figures_share(frame, rows, columns)
    lists = looked_up and bool(state.at and columns) and all(names_rows(frame, c) for c in columns)
    features = {
        "coverage": sum(a.term.weight * a.strength for a in accounts) / total,
        "years": min(years, default=0.0),
        "named": 0.0 if guessed else 1.0,
        "kind": held,
        "fits": fits(
            question,
            len({frame.things[r] for r in rows}) if looked_up else len(rows),
            len(parts),
            len(columns),
            len(rows) == 1 and bool(frame.change_rows[rows[0]]),
        )
        if not lists
        else 1.0,
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


def _listed(frame: Frame, question: Question, state: State, named: dict[int, float], columns: tuple[int, ...]) -> int:
    """The column whose cells name the things: one the question names that tells rows apart, else the key."""
    counts = question.operation in (Operation.LIST, Operation.COUNT)
    if counts and _THINGS.search(question.folded):
        return frame.key
    if counts or question.operation in EXTREMES:
        asked = [
            c.index for c in frame.columns
            if c.core
            and frame.tells_apart(c.index)
            and (c.index not in state.at or c.index == frame.key or c.unit == MONTH)  # 1月から4月のうち何月
            and any(asks_for(question, core) for core in (c.core, *(translated(c.core) if counts else ())))
        ]  # fmt: skip
        if asked := named_not_coded(frame, asked):
            # Several in English that may be so called, or under one merged label: the row's whole label.
            first, key = frame.columns[asked[0]].core, frame.columns[frame.key].core
            several = len(asked) > 1 and (first.isascii() or first == key)
            return frame.key if several else by_its_name(frame, asked[0])
        apart = [
            c for c in named
            if c not in state.at
            and (frame.columns[c].kind == "text" or (frame.columns[c].kind == "date" and question.wants == "date"))
            and (c not in columns or question.operation is Operation.LIST)
            and not (tells_at_length(frame, c) and letters(frame.columns[c].core) not in letters(question.folded))
        ]  # fmt: skip
        if len(apart) > 1 and question.operation in EXTREMES:
            return frame.key  # several of its names are asked for: the row's whole label
        if apart:
            return max(apart, key=lambda c: (named[c], c == frame.key))
    return frame.key


def unexplained(plan: Plan) -> tuple[Term, ...]:
    """The terms nothing explains, soft ones aside."""
    other = any(_LATER.search(plan.frame.columns[c].label) for c in plan.columns)  # 当初 is not 補正後
    return tuple(
        a.term
        for a in plan.accounts
        if a.strength == 0.0 and ((other and a.term.surface == "当初") or not is_soft(a.term))
    )
