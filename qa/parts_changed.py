"""A change that one sentence tells by its two ends: 300円から450円に, 1,142戸で、前回の974戸から増えた.

The earlier figure and the later one are known by the words between and behind them, never by their size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.explain import literal
from qa.money import SCALES, of_change, spoken_like
from qa.parts import Part
from qa.parts_asked import Chosen, Held, Wish
from qa.parts_said import bare, in_unit, make, unit_of
from qa.results import number

_REMARK = r"\s*(?:\([^()]*\))?\s*"
_DATE = r"(?:[、,]?(?:(?:明治|大正|昭和|平成|令和)?[0-9元]{1,4}年度?)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?末?(?:に)?(?:は)?[、,]?)"
_FROM = re.compile(rf"{_REMARK}(?:から|が|を|(?:だった|であった)(?:もの)?[がを]){_DATE}[^0-9、。]{{0,8}}")
_TO = re.compile(
    rf"{_REMARK}(?:に(?!わたり|対し|おい|つい)|へ|と(?:な|し|する)|まで(?:に)?(?=[^0-9、。]{{0,4}}[増減上下伸拡縮]))"
)
# 月5,000円の利用料を、来年4月から6,500円に改める
_FROM_OF = re.compile(
    r"の[^0-9、。()]{1,12}を[、,]?(?:[^0-9、。]{0,6}[0-9]{1,2}(?:年度?|月)(?:[0-9]{1,2}[月日])*(?:分)?から(?:は)?[、,]?)?"
)
_SET_TO = re.compile(r"(?:に|へ)(?:改|引|値|増|減|変|拡|縮|見直|す|し)")
_PASSED = re.compile(r"を(?:大きく|大幅に|やや|さらに)?(?:上回る|上回り|超える|超え|下回る|下回り)[、,]?")
_LAST_YEAR = re.compile(r"(?:昨|前)年度?(?:同期|同月)?の(?:約)?$")
_EARLIER = re.compile(r"(?:前年度?|前の年度?|昨年度?|前回|前期|前月|(?:開始)?当初)(?:の?同[月期])?末?(?:\([^()]*\))?")
_THAN = re.compile(rf"{_REMARK}(?:から|より|を[上下]回|[とに]比べ|に対し)")
_CHANGED = re.compile(r"増|減|伸び|[上下]回|上昇|低下|縮|落ち|[上下]が")
_HOW_MUCH = re.compile(r"いくら|何(?:億|万|千)?円")
_OF_BEFORE = re.compile(r"前|元は|もと(?:は|の)|従来|これまで|以前|当初|から何|から[0-9]")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_RISE = "増えました", "減りました"


@dataclass(frozen=True, slots=True)
class _Change:
    """The places of the earlier and the later figure among the parts; `about` is what stands before both of them."""

    old: int
    new: int
    about: str


def changed(asked: Wish, held: Held, text: str) -> Chosen | None:
    """By how much a figure changed of which a sentence tells both ends; None where several changes fit alike."""
    if len({p.year for p in asked.question.periods}) > 1:
        return None
    found = _changes(held.parts, text)
    if asked.units is not None:
        found = [c for c in found if held.parts[c.new].unit in asked.units]
    elif _HOW_MUCH.search(asked.question.folded):  # いくら is asked of money, where there is any
        found = [c for c in found if held.parts[c.new].unit in SCALES] or found
    best = _meant(asked, found)
    if best is None:
        return None
    old, new = held.parts[best.old], held.parts[best.new]
    change, unit = new.value - old.value, of_change(unit_of(new))
    calculation = f"{bare(new)} − {bare(old)} = {'−' if change < 0 else ''}{number(abs(change))}{in_unit(unit)}"
    size = spoken_like(abs(change), unit, (new.text, old.text))
    told = f"{old.text}から{new.text}になり、{size}{_RISE[change < 0]}。" if change else f"{old.text}で変わりません。"
    made = make(held, "difference", [best.old, best.new], told, size, abs(change), unit, calculation, 1.0)
    return (
        replace(made, strange=frozenset()) if len(found) == 1 else made
    )  # all of the sentence is about the one change


def left_behind(asked: Wish, parts: Sequence[Part], text: str) -> frozenset[Part]:
    """The earlier figures of changes that a text tells (1か所から3か所に), where the question says nothing of before."""
    if _OF_BEFORE.search(asked.question.folded):
        return frozenset()
    return frozenset(parts[change.old] for change in _changes(tuple(parts), text))


def _changes(parts: tuple[Part, ...], text: str) -> list[_Change]:
    found: list[_Change] = []
    done, shared = 0, ""
    for i, (old, new) in enumerate(pairwise(parts)):
        if old.unit != new.unit or old.unit is None:
            continue
        told = _FROM.fullmatch(text, old.end, new.start) and _TO.match(text, new.end)
        told = told or (_PASSED.fullmatch(text, old.end, new.start) and _LAST_YEAR.search(text, 0, old.start))
        if told or (_FROM_OF.fullmatch(text, old.end, new.start) and _SET_TO.match(text, new.end)):
            found.append(_Change(i, i + 1, f"{shared}{text[done : old.start]}"))
            done, shared = new.end, shared or _shared(found[0].about)
    return found or _since_before(parts, text)


def _shared(about: str) -> str:
    """What stands before the first of several changes and is said of all: 袋 of 袋(大)を10枚で."""
    return _IN_BRACKETS.sub(" ", about) if _IN_BRACKETS.search(about) else ""


def _since_before(parts: tuple[Part, ...], text: str) -> list[_Change]:
    """`312件、786万円となり、前年度末の268件、695万円から増えて`: figures now, and behind 前年度 those they grew from."""
    match = next((m for m in _EARLIER.finditer(text) if any(p.end <= m.start() for p in parts)), None)
    if match is None:
        return []
    ends = [p.end for p in parts if p.start >= match.end() and _THAN.match(text, p.end)]
    if not ends or not _CHANGED.search(text, ends[0]) or "。" in text[match.end() : ends[0]]:
        return []
    olds = [i for i, p in enumerate(parts) if match.end() <= p.start and p.end <= ends[0]]
    news = [i for i, p in enumerate(parts) if p.end <= match.start()]
    pairs = [(o, [n for n in news if parts[n].unit == parts[o].unit]) for o in olds]
    return [_Change(o, own[0], text[: parts[own[0]].start]) for o, own in pairs if len(own) == 1]


def _meant(asked: Wish, found: list[_Change]) -> _Change | None:
    """The one change there is; of several that which more words of the question stand before."""
    if len(found) < 2:
        return found[0] if found else None
    scores = [sum(t.weight for t in asked.terms if literal(t, change.about)) for change in found]
    best = max(scores)
    return found[scores.index(best)] if scores.count(best) == 1 else None
