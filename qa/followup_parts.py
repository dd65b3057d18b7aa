"""Figures with their labels inside one quote: `186件（県:120、その他:66）` → 186件; 県 120, その他 66.

A document often prints a breakdown inside a single cell or sentence. Its parts are recognised by arithmetic (figures in
a row that add up to one before them) or by the word 内訳, never by what they are called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.folding import searchable
from corpus.values import find_periods, find_quantities
from qa.lookup import TextIndex, letters
from qa.types import Question, Term

_MARK = re.compile(r"[(\[(「【]?\s*(?:うち)?(?:内訳|内わけ|うちわけ|明細)\s*[)\])」】]?\s*[::]?")
_SPLIT = re.compile(r"[、,;/()\[\]【】。※・;|\n]|[①-⑳]|\s{2,}")
_LEAD = re.compile(
    r"^(?:うち|内訳|内|および|及び|と)?[\s::]*|[\s::=]*(?:約|計|延べ|延|のべ|およそ|各|全|は|が|も)?[\s::=]*$"
)
_OTHER_THAN = re.compile(r"(?:以外|を除(?:く|いた)|ではない|でない)(?:の)?(?:もの|人|分)?$")
_TRAIL = re.compile(r"[\s:=]+$")
_DAYS = re.compile(r"[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?|[0-9]{1,2}:[0-9]{2}")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_WHOLE = re.compile(r"うち|内訳|合計|総数|全体|計(?=[\s:]*[0-9])|延べ")
_MOST = 40
_STRONG = 0.8  # nouns, names and figures weigh this or more


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of a quote with what stands before it; `unit` is its own or, in a breakdown, that of the whole."""

    label: str
    value: Decimal
    unit: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and the figures it consists of; `adds_up` is False where only the word 内訳 says so."""

    whole: Part
    parts: tuple[Part, ...]
    adds_up: bool


def labelled(quote: str) -> tuple[Part, ...]:
    """All figures of a quote outside its dates, in order, each with its label (maybe empty). Offsets into the folded quote."""
    text = searchable(quote)
    periods = [(p.start, p.end) for p in find_periods(text)] + [m.span() for m in _DAYS.finditer(text)]
    found: list[Part] = []
    before = 0
    for q in find_quantities(text)[:_MOST]:
        if any(a < q.end and q.start < b for a, b in periods):
            continue
        found.append(Part(_label(text[before : q.start]), q.value, q.unit, q.text, q.start, q.end))
        before = q.end
    return tuple(found)


def _label(between: str) -> str:
    """The last stretch before a figure, without marks and words that only lead to it."""
    stripped = _TRAIL.sub("", _LEAD.sub("", _TRAIL.sub("", between)))
    pieces = [p.strip() for p in _SPLIT.split(stripped) if p.strip()]
    return _LEAD.sub("", pieces[-1]).strip() if pieces else ""


def breakdown(quote: str, whole: Decimal | None = None, unit: str | None = None) -> Breakdown | None:
    """The figure of a quote that its other figures make up; the one that is `whole` when given. None without one.

    A run of at least two labelled figures of one unit that adds up to a figure before it is its breakdown. Where the word
    内訳 stands behind a figure, the labelled figures of its unit after it are, though something may be missing. `unit` is
    that of the quote's figures where it prints none.
    """
    found = labelled(quote)
    for i, total in enumerate(found):
        if whole is not None and total.value != whole:
            continue
        for j in range(i + 1, len(found) - 1):
            run = _run(found, j, total)
            if run:
                return Breakdown(_with_unit(total, unit), tuple(_with_unit(p, unit) for p in run), True)
    mark = _MARK.search(searchable(quote))
    if mark is None:
        return None
    wholes = [p for p in found if p.end <= mark.start() and whole in (None, p.value)]
    rest = [p for p in found if p.start >= mark.end() and p.label]
    if not wholes or len(rest) < 2:
        return None
    same = tuple(_with_unit(p, wholes[-1].unit or unit) for p in rest if p.unit in (None, wholes[-1].unit))
    return Breakdown(_with_unit(wholes[-1], unit), same, False) if len(same) > 1 else None


def side_by_side(quote: str, unit: str | None = None) -> tuple[Part, ...]:
    """The figures that a quote gives for several things beside each other: `北館 12人 南館 9` → 北館 12人, 南館 9人.

    Each has a label of its own, and all count the same; none is a part or the total of others. () otherwise.
    """
    text = searchable(quote)
    bare = _IN_BRACKETS.sub(lambda m: "、" if find_quantities(m.group()) else m.group(), text)
    found = labelled(bare)
    units = {p.unit for p in found if p.unit}
    names = {letters(p.label) for p in found}
    if len(found) < 2 or len(units) > 1 or len(names) < len(found) or not all(names) or _WHOLE.search(bare):
        return ()
    if bool(units) and found[0].unit is None:
        return ()
    if breakdown(quote) is not None:
        return ()
    own = units.pop() if units else unit
    return tuple(_with_unit(p, own) for p in found)


def _run(found: Sequence[Part], start: int, total: Part) -> tuple[Part, ...]:
    """Labelled figures from `start` on that add up to the total, at least two."""
    added = Decimal(0)
    for end in range(start, len(found)):
        one = found[end]
        if not one.label or one.unit not in (None, total.unit):
            return ()
        added += one.value
        if added == total.value and end > start:
            return tuple(_with_unit(p, total.unit) for p in found[start : end + 1])
        if added >= total.value:
            return ()
    return ()


def _with_unit(part: Part, unit: str | None) -> Part:
    return Part(part.label, part.value, part.unit or unit, part.text, part.start, part.end)


def without(named: str) -> str | None:
    """`県以外` → 県; None when nothing is excepted."""
    match = _OTHER_THAN.search(named)
    return named[: match.start()] if match else None


def choose(
    found: Sequence[Part], asked: Question, must: Sequence[Term] = (), unit: str | None = None, around: str = ""
) -> Part | None:
    """The one labelled figure whose label holds what is asked for; None where none or several do.

    The label must hold the terms `must`, and at least one name, noun or year of the question; those it does not hold
    must stand in what is `around` it (its quote, its row, its headings).
    """
    fits = []
    for part in found:
        if not part.label or (unit and part.unit and unit != part.unit):
            continue
        how = _fit(part.label, asked, must, around)
        if how is not None:
            fits.append((how, part))
    if not fits:
        return None
    best = max(how for how, _ in fits)
    winners = [part for how, part in fits if how == best]
    return winners[0] if len(winners) == 1 else None


def _fit(label: str, asked: Question, must: Sequence[Term], ground: str) -> tuple[float, float] | None:
    """How much of the question a label holds, and how much of the label that is; None where it does not fit."""
    at, around = TextIndex([label]), TextIndex([ground])
    years = {p.year for p in find_periods(searchable(label))}
    dated = [p for p in asked.periods if p.year in years]
    words = [t for t in asked.terms if at.find(t)]
    if any(t not in words for t in must) or (years and len(dated) < len(asked.periods)):
        return None
    said = sum(len(letters(t.surface)) for t in words) + sum(p.end - p.start for p in dated)
    whole = min(1.0, said / max(1, len(letters(label))))
    if not dated and sum(t.weight for t in words) < _STRONG and not must and whole < 1.0:
        return None
    if any(t.weight >= _STRONG and not around.find(t) for t in asked.terms if t not in words):
        return None
    return sum(t.weight for t in words) + len(dated), whole
