"""Which columns a question asks for: those its words name, those its words were found in, those that hold its kind of thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qa.asked_kinds import kinds
from qa.cell_kinds import REASONS, cell_kind
from qa.change_columns import change_columns
from qa.english import translated
from qa.frames import Frame
from qa.grammar import grammar
from qa.labels import core, says_total
from qa.lookup import letters
from qa.measures import family, has_figures, is_share, measures, named_by_year, siblings, whole_of_parts, with_figures
from qa.money import PEOPLE, SCALES
from qa.prose_kinds import same_units
from qa.roles import Mask
from qa.runs import Phrase
from qa.stages import of_stage
from qa.started import BEGINNING, column_of, year_columns
from qa.types import Comparison, Operation, Question
from qa.understand import EXTREMES, LOOK_UPS, NUMERIC

SAID_IN_WORDS = (None, "thing", "reason", "manner", "person", "place", "venue", "name")
_LOOKED_AT = 3
_HEADS = 3  # so many heads over the same measure part it
_WHOLE = re.compile(r"(?:計|総数|全体)$")
_NO_MEASURE = re.compile(r"緯度|経度|コード|番号|(?i:latitude|longitude|code)")  # nothing is the largest of these
_PER = re.compile(r"[当あ]たり|平均|密度")
_AMOUNT = re.compile(r"[額費料税金高]$|予算|決算|収入|支出|円")
_CHANGED = re.compile(r"増|減|伸|差引|比較|比べ|前年度?(?:比|差|対|より|[にと]|同)")
_BEGINNING = Comparison("in", None, None, None, 0, 0, about=BEGINNING)


def targets(
    frame: Frame, question: Question, at: tuple[int, ...], named: dict[int, float], mask: Mask
) -> list[tuple[tuple[int, ...], bool]]:
    """Candidate sets of columns asked for; each with whether it was guessed.

    A header that only introduces a condition (備考に「…」とある) is not asked for. Columns of one kind that differ in
    their year stay together.
    """
    pair = _dated_pair(frame, question)
    if len(pair) == 2:
        return [(pair, False)]
    free = _without_changes(frame, question, {c: w for c, w in named.items() if c not in at})
    free = _of_the_measure(frame, question, free)
    if question.operation in EXTREMES and _only_words(frame, free):
        return []
    found = of_stage(frame, question.folded, _by_name(frame, question, at, free, mask))
    return [(columns, guessed and not named_by_year(frame, question, columns)) for columns, guessed in found]


def led_by_others(frame: Frame, question: Question, named: Sequence[tuple[int, float, Phrase]]) -> frozenset[int]:
    """The columns that a compound only begins with, where one figure is looked for: 歳入 and 歳出 of 歳入歳出差引額."""
    if question.operation not in EXTREMES:
        return frozenset()
    ends: dict[int, dict[int, int]] = {}  # by where the compound starts
    start = end = 0
    for column, _, phrase in sorted(named, key=lambda one: one[2].start):
        start = start if question.folded[end : phrase.start] == "・" or phrase.end == end else phrase.start
        end = phrase.end
        name = frame.columns[column].core
        begins = question.folded.rfind(name, phrase.start, phrase.end) if name else -1
        if begins >= 0 and frame.columns[column].role == "data":
            ends.setdefault(start, {})[column] = begins + len(name)
    return frozenset(c for of in ends.values() for c, end in of.items() if end < max(of.values()))


def _of_the_measure(frame: Frame, question: Question, named: dict[int, float]) -> dict[int, float]:
    """Of columns under one head (居宅費: 件数, 金額) those whose own header the question says; where it says none and asks for
    money, those of money. All where that tells none from the others.
    """
    heads: dict[tuple[str, ...], list[int]] = {}
    for c in named:
        if len(frame.columns[c].path) > 1 and frame.columns[c].role == "data":
            heads.setdefault(frame.columns[c].path[:-1], []).append(c)
    left: set[int] = set()
    for under in heads.values():
        own = {c: core(frame.columns[c].path[-1]) for c in under}
        meant = [c for c in under if own[c] and own[c] in question.folded]
        if not meant and question.wants == "money":
            meant = [c for c in under if frame.columns[c].unit in SCALES]
        left |= {c for c in under if c not in meant} if meant else set()
    return {c: w for c, w in named.items() if c not in left}


def _only_words(frame: Frame, named: dict[int, float]) -> bool:
    """Whether the columns named hold words (総合評価: A, B): which is the highest is not for another column to say."""
    data = [c for c in named if frame.columns[c].role == "data"]
    return (
        bool(data)
        and not any(has_figures(frame, c) for c in named)
        and not any(frame.columns[c].kind == "date" for c in named)
    )


def _by_name(
    frame: Frame, question: Question, at: tuple[int, ...], free: dict[int, float], mask: Mask
) -> list[tuple[tuple[int, ...], bool]]:
    """Sets of the columns that words name (`free`), else of those that could be meant."""
    if question.by_year:
        dated = year_columns(frame)
        said = [c for c in dated if c in free]
        began = [c for c in (column_of(frame, _BEGINNING),) if c is not None]
        return [((c,), c not in said) for c in (said or began or (dated if len(dated) == 1 else []))[:1]]
    if question.operation in NUMERIC:
        bounds = {bounded_column(frame, bound, question) for bound in question.comparisons}
        free = {c: w for c, w in free.items() if c not in bounds} or free
    if question.operation in NUMERIC or _measured(question):
        free = {c: w for c, w in free.items() if has_figures(frame, c)}
    elif question.operation in (Operation.LIST, Operation.COUNT) and not _measured(question):
        return [(tuple(free), False)]
    if free:
        families: dict[str, dict[int, float]] = {}
        for c, w in free.items():
            families.setdefault(family(frame, c), {})[c] = w
        if question.operation in LOOK_UPS:
            best = _best_of_each(frame, families)
            several = [one for one in _by_kinds(frame, question, free, mask) if len(one[0]) > len(best)]
            return several or [(best, False), *_met(frame, at, best)]
        return [*_side_by_side(frame, question, free), *_to_reckon_with(frame, families)]
    if question.operation in LOOK_UPS:
        found = _by_kinds(frame, question, {}, mask) or [*_met(frame, at, ()), *_by_kind(frame, question, mask)]
        if at and question.wants in SAID_IN_WORDS and frame.key not in at:
            found.append(((frame.key,), True))
        return list(dict.fromkeys(found)) or [((), True)]
    if (
        question.operation in NUMERIC
        or _measured(question)
        or question.wants in ("money", "people", "percent", "count", "number", "date")
    ):
        guesses = list(_without_changes(frame, question, dict.fromkeys(_guesses(frame, question), 0.0)))
        guesses = _without_parts(frame, question, guesses)
        guesses = list(_of_the_whole(frame, guesses)) or guesses
        return [(tuple(siblings(frame, c)), True) for c in _wholes(frame, guesses)] or [((), True)]
    return [((), True)]


def _without_parts(frame: Frame, question: Question, columns: list[int]) -> list[int]:
    """Columns that may be meant unnamed: none that gives a share for each, unless one is asked for, and of a whole and its
    parts under one head (総数, 男, 女) the whole.
    """
    found = [c for c in columns if _PER.search(question.folded) or not _is_per(frame, c)] or columns
    heads = {frame.columns[c].path[:-1] for c in found if len(frame.columns[c].path) > 1 and _says_whole(frame, c)}
    return [c for c in found if frame.columns[c].path[:-1] not in heads or _says_whole(frame, c)]


def _is_per(frame: Frame, column: int) -> bool:
    """Whether a column gives what there is for each: 1人当たり, per_capita, 平均."""
    label = frame.columns[column].label
    return _PER.search(label) is not None or "当たり" in translated(label)


def _says_whole(frame: Frame, column: int) -> bool:
    return says_total(frame.columns[column].path[-1])


def _guesses(frame: Frame, question: Question) -> list[int]:
    """The columns that may hold what is asked for, where no word names one."""
    if question.operation in EXTREMES and question.wants == "date" and not question.by_year:
        question = replace(question, wants=None)  # 最も多かったのは何年, いつ: a figure is compared, not years
    guesses = [
        c.index for c in frame.columns
        if (c.role == "data" or (c.role == "key" and c.kind == "date")) and _may_hold(frame, question, c.index)
        and not _NO_MEASURE.search(c.label)
    ]  # fmt: skip
    if question.rate and question.operation is Operation.RATIO and len(only := measures(frame)) == 1:
        unnamed = [c for c in only if not frame.columns[c].core]
        return unnamed or guesses  # 何%を占める: of the one thing that the table gives, under no name but its year
    if question.rate and question.operation is Operation.DIFFERENCE:  # 何%増えた: of amounts, not of shares
        return [c for c in with_figures(frame) if not is_share(frame, c)] or guesses
    return [c for c in guesses if _holds(frame, question, c)] or guesses


def _wholes(frame: Frame, columns: list[int]) -> list[int]:
    """One column of each family; of parts (4月, 5月, …) beside their whole (年度計) the whole. Where names stand as headers
    (a turned frame) one of several is never meant unnamed.
    """
    families: dict[str, int] = {}
    for c in columns:
        families.setdefault(family(frame, c), c)
    found = list(families.values())
    wholes = [c for c in found if whole_of_parts(frame, c)]
    if wholes or not frame.turned or len(found) == 1:
        return wholes or found
    return []


def _to_reckon_with(frame: Frame, families: dict[str, dict[int, float]]) -> list[tuple[tuple[int, ...], bool]]:
    """The best named families of columns. None where words name only what several columns alike have over or under other
    heads (県外, over 男 and 女; 女, under 県内 and 県外): to reckon with the first of them would be a guess.
    """
    ranked = sorted(families.values(), key=lambda members: -max(members.values()))
    most = max(ranked[0].values())
    alike = [frame.columns[next(iter(members))] for members in ranked if max(members.values()) >= most]
    over = [head for one in alike if (head := one.core.rpartition(" ")[0])]
    paths = [set(one.path) for one in alike if len(one.path) > 1]
    shared = len(paths) > 1 and len(paths) == len(alike) and bool(set.intersection(*paths))
    if (shared or len(over) > len(set(over))) and not any(_WHOLE.search(one.core) for one in alike):
        return []
    if wholes := _of_the_whole(frame, [next(iter(m)) for m in ranked if max(m.values()) >= most]):
        ranked = [m for m in ranked if next(iter(m)) in wholes]
    return [(tuple(siblings(frame, next(iter(members)))), False) for members in ranked[:3]]


def _side_by_side(frame: Frame, question: Question, named: dict[int, float]) -> list[tuple[tuple[int, ...], bool]]:
    """Two columns that are compared, each named by words of its own: 歳入と歳出の差, 転出が転入より何人多い. In the order asked."""
    if question.operation not in (Operation.DIFFERENCE, Operation.RATIO) or len(named) != 2 or frame.turned:
        return []
    cores = {c: letters(frame.columns[c].core) for c in named}
    said = {c: _first_said(letters(question.folded), core) for c, core in cores.items()}
    first, second = sorted(named, key=lambda c: said[c])
    apart = min(said.values()) >= 0 and said[first] != said[second]
    dated = frame.columns[first].years != frame.columns[second].years
    return [((first, second), False)] if apart and not dated else []


def _first_said(text: str, core: str) -> int:
    """Where a header is first said in a text, whole or by its beginning; -1 where it is not."""
    found = (text.find(core[:size]) for size in range(len(core), 1, -1))
    return next((at for at in found if at >= 0), -1)


def _without_changes(frame: Frame, question: Question, named: dict[int, float]) -> dict[int, float]:
    """Of 予算額 令和7年度 and 予算額 増減 the first, as long as no change is asked for."""
    if _CHANGED.search(question.folded) or (question.change and question.operation is not Operation.DIFFERENCE):
        return named  # AとBの差 is none of what each changed by
    printed = {*change_columns(frame, False), *change_columns(frame, True)}
    return {c: w for c, w in named.items() if c not in printed} or named


def _dated_pair(frame: Frame, question: Question) -> tuple[int, ...]:
    """Columns that are compared, each named with its own year, the measures different: R6決算額と比べてR7当初予算額は."""
    if question.operation not in (Operation.DIFFERENCE, Operation.RATIO):
        return ()
    found = []
    for period in question.periods:
        said = letters(question.folded[period.end :].lstrip("の"))
        named = [c for c in frame.columns if period.year in c.years and c.core and said.startswith(letters(c.core))]
        found += [max(named, key=lambda c: len(c.core))] if named else []
    return tuple(c.index for c in found) if len({c.core for c in found}) > 1 else ()


def _measured(question: Question) -> bool:
    """Whether things are listed or counted by a figure: above a bound, or grown."""
    return question.operation in (Operation.LIST, Operation.COUNT) and bool(question.comparisons or question.change)


def _met(frame: Frame, at: tuple[int, ...], but: tuple[int, ...]) -> list[tuple[tuple[int, ...], bool]]:
    """The data columns in which words of the question were found: the answer may stand beside them in the same cell."""
    return [((c,), True) for c in at if frame.columns[c].role == "data" and c not in but]


def _by_kind(frame: Frame, question: Question, mask: Mask) -> list[tuple[tuple[int, ...], bool]]:
    """Columns no word names but whose cells hold what is asked for, those of one kind together."""
    rows = [int(r) for r in np.flatnonzero(mask)][:_LOOKED_AT]
    figured = {c.index: 0.0 for c in frame.columns if c.kind == "number"}
    changes = figured.keys() - _without_changes(frame, question, figured).keys()
    found: dict[str, int] = {}
    for column in frame.columns:
        if column.role == "heading" or column.place is None or frame.numbers_rows(column.index):
            continue
        if question.wants in SAID_IN_WORDS:
            holds = column.kind == "text" and column.role == "data"
        elif column.role in ("key", "group") and column.kind == "text":
            continue
        else:
            holds = any(cell_kind(frame, question, r, column.index) >= 1.0 for r in rows) or (
                column.kind != "text" and _may_hold(frame, question, column.index)
            )
        if holds and column.index not in changes:
            found.setdefault(family(frame, column.index), column.index)
    if question.wants == "money":  # 予算額 beside a class that is a number
        found = {family: c for family, c in found.items() if _may_be_money(frame, c)} or found
    if question.wants is None and (bare := _only_figure(frame)) is not None:  # a bare name asks for it
        found.setdefault(family(frame, bare), bare)
    if (
        not found
        and (question.unit is not None or question.wants in ("people", "date"))
        and len(rows) == 1
        and cell_kind(frame, question, rows[0], at := frame.name_at(rows[0])) >= 1.0
    ):
        return [((at,), True)]  # 提携35周年記念事業: the name itself holds what is counted
    return [(tuple(siblings(frame, c)), True) for c in _wholes(frame, list(found.values()))]


def _only_figure(frame: Frame) -> int | None:
    """The first column of the one figure that a frame gives, changes and shares beside it in a table aside."""
    families: dict[str, int] = {}
    for c in with_figures(frame):
        families.setdefault(family(frame, c), c)
    only = set(families.values()) if len(families) == 1 or frame.table is None else measures(frame)
    unnamed = [c for c in families.values() if not frame.columns[c].core and frame.columns[c].years]
    if len(only) != 1 and len(unnamed) == 1:
        return unnamed[0]  # 令和6年度 beside 基準値: what the row is called itself
    return only.pop() if len(only) == 1 else None


def _may_be_money(frame: Frame, at: int) -> bool:
    column = frame.columns[at]
    if column.years or column.unit or _AMOUNT.search(column.core) is not None:
        return True
    return not column.core and any(q is not None and q.unit in SCALES for q in frame.quantities(at))


def _by_kinds(
    frame: Frame, question: Question, named: dict[int, float], mask: Mask
) -> list[tuple[tuple[int, ...], bool]]:
    """The columns of several kinds asked for at once (何回で、何人が): of each kind the one `named`, else the only one."""
    asked = dict.fromkeys(kinds(question.folded))
    found: list[int] = []
    for wants, unit in asked if len(asked) > 1 else ():
        able = [columns for columns, _ in _by_kind(frame, replace(question, wants=wants, unit=unit), mask)]
        meant = [columns for columns in able if not named.keys().isdisjoint(columns)] or able
        if len(meant) != 1:
            return []
        found.extend(meant[0])
    return [(tuple(dict.fromkeys(found)), False)] if len(set(found)) > 1 else []


def _best_of_each(frame: Frame, families: dict[str, dict[int, float]]) -> tuple[int, ...]:
    most = max(w for members in families.values() for w in members.values())
    found = tuple(c for members in families.values() for c, w in members.items() if w >= most * 0.6)
    return _of_the_whole(frame, found) or found


def _of_the_whole(frame: Frame, columns: Sequence[int]) -> tuple[int, ...]:
    """Of columns that give the same under several heads (生徒数 of 1年, 2年, …, 小計, 合計) those under the whole, the outermost of
    several; () where they do not, or no head is a whole's.
    """
    deep = {c: frame.columns[c].path for c in columns if len(frame.columns[c].path) > 1}
    leaf, often = Counter(path[-1] for path in deep.values()).most_common(1)[0] if deep else ("", 0)
    if often < _HEADS or frame.turned:
        return ()
    paths = {c: path for c, path in deep.items() if path[-1] == leaf}
    outer = tuple(c for c, path in paths.items() if says_total(path[0]))
    return outer or tuple(c for c, path in paths.items() if any(says_total(part) for part in path[:-1]))


def _may_hold(frame: Frame, question: Question, column: int) -> bool:
    """Whether a column can hold the kind of thing asked for."""
    at = frame.columns[column]
    if question.wants == "date":
        return at.kind == "date"
    if at.kind != "number":
        return False
    units = {q.unit for q in frame.quantities(column) if q}
    wanted = _units_wanted(question)
    return not wanted or bool(units & wanted) or units == {None}


def _holds(frame: Frame, question: Question, column: int) -> bool:
    """Whether a column's figures are of a unit that the question asks for (何人), not merely of none."""
    return bool({q.unit for q in frame.quantities(column) if q and q.unit} & _units_wanted(question))


def _units_wanted(question: Question) -> frozenset[str]:
    """The units of the kind asked for, or that asked in by any of its names (トン, t)."""
    kind = grammar().kinds.get(question.wants or "")
    if kind and kind.units:
        return frozenset(kind.units)
    return same_units(question.unit) | {question.unit} if question.unit else frozenset()


def plainly_named(frame: Frame, question: Question) -> list[int]:
    """Columns whose whole header is a word too plain to be a term (金額, 件数) but which the question does name; where
    it asks why, those that say so (増減理由).
    """
    if question.wants == "reason":
        return [c.index for c in frame.columns if c.role == "data" and c.kind == "text" and REASONS.search(c.core)]
    return [
        c.index for c in frame.columns
        if len(c.core) >= 2 and c.role == "data" and (c.core in grammar().filler or c.core in grammar().soft)
        and c.core in question.folded and re.search(rf"(?<![一-龥ァ-ヶー]){re.escape(c.core)}(?=は|を|と|、|も|が|の|で|$|[?。])", question.folded)
    ]  # fmt: skip


def bounded_column(frame: Frame, bound: Comparison, question: Question, chosen: tuple[int, ...] = ()) -> int | None:
    """The column that a bound is put on: of those that can be compared with it the one named last before it; else the
    only one of those `chosen` by the question's words (県外からの転入者が: under two heads).
    """
    kinds = ("date",) if bound.year is not None else ("number",)
    able = [
        c.index for c in frame.columns
        if c.role == "data" and c.kind in kinds and (bound.year is not None or _comparable(frame, c.index, bound.unit))
    ]  # fmt: skip
    if bound.year is not None and not able:  # rows that are years themselves
        dated = {c for held in frame.year_cells.values() for c in held}
        return dated.pop() if len(dated) == 1 else None
    before = letters(question.folded[: bound.start])
    said = {c: max(_last_said(before, part) for part in _said_as(frame.columns[c].core)) for c in able}
    best = max(able, key=lambda c: said[c], default=None)
    meant = [c for c in chosen if c in able]
    unsaid = best is not None and said[best][0] < 0
    if best not in meant and len(meant) == 1 and (unsaid or len(frame.columns[meant[0]].path) > 1):
        return meant[0]
    if unsaid and len(able) > 1 and not meant and all(frame.columns[c].label.isascii() for c in able):
        apart = [c for c in able if _tells_apart(frame, c, bound)]
        return apart[0] if len(apart) == 1 else None  # which of the columns in English is not told
    years = {period.year for period in question.periods}
    twins = [c for c in able if best is not None and family(frame, c) == family(frame, best)]
    return next(
        (c for c in twins if set(frame.columns[c].years) & years),
        max(twins, key=lambda c: frame.columns[c].years, default=best),
    )


def _tells_apart(frame: Frame, column: int, bound: Comparison) -> bool:
    """Whether some figures of a column are above a bound's and others below."""
    limit = (bound.value or 0) * SCALES.get(bound.unit or "", 1)
    above = {q.value * SCALES.get(q.unit or "", 1) > limit for q in frame.quantities(column) if q is not None}
    return len(above) > 1


def _last_said(text: str, part: str) -> tuple[int, int]:
    """Where a part of a header ends in a text for the last time, and how long it is: 当初予算額 rather than its 予算額."""
    at = text.rfind(part)
    return (at + len(part), len(part)) if at >= 0 else (-1, 0)


def _said_as(label: str) -> tuple[str, ...]:
    """How a header may be said: whole, its last part, or without its first word (当初予算額 → 予算額, 予算)."""
    own = letters(label)
    parts = (letters(label.split(" ")[-1]), own.removesuffix("額"), own[-3:], own[-4:-1])
    return (own or "\n", *(part for part in parts if len(part) > 1))


def _comparable(frame: Frame, column: int, unit: str | None) -> bool:
    units = {q.unit for q in frame.quantities(column) if q}
    people = unit in PEOPLE and bool(units & PEOPLE)
    return (
        unit is None or unit in units or people or (unit in SCALES and bool(units & SCALES.keys())) or units == {None}
    )
