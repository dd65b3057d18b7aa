"""Two figures of one text compared: of two years, of a year and the one told in brackets behind it, of two things named."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.values import find_periods
from qa.money import of_change, spoken_like
from qa.parts import Part
from qa.parts_asked import APART, Chosen, Held, Wish
from qa.parts_said import bare, in_unit, make, rounded, unit_of, with_label
from qa.prose_operations import YEAR_BEFORE, YEAR_BEFORE_ALONE
from qa.results import number


def _pair(asked: Wish, held: Held) -> tuple[int, int] | None:
    """The two figures compared: of two years, the earlier first; or the two that are named."""
    question = asked.question
    found = [i for i in held.meant(by_year=False) if not held.parts[i].change]  # a change is not what is compared
    years = [(p.year, p) for i in found for p in find_periods(held.parts[i].when)[:1]]
    wanted = sorted({p.year for p in question.periods})
    if len(wanted) == 1 and YEAR_BEFORE.search(question.folded):
        wanted = [wanted[0] - 1, wanted[0]]
    if years and len(wanted) == 2:
        picked = []
        for year in wanted:
            of_year = [i for i in found if any(p.year == year for p in find_periods(held.parts[i].when)[:1])]
            best = held.one(of_year) if of_year else None
            if best is None:
                return None
            picked.append(best[0])
        return (picked[0], picked[1]) if held.parts[picked[0]].unit == held.parts[picked[1]].unit else None
    if YEAR_BEFORE.search(question.folded):
        return _year_before(held, found)  # two figures of one year are not what is compared
    named = held.named([i for i in held.meant() if not held.parts[i].change])
    if len(named) != 2 or held.parts[named[0]].unit != held.parts[named[1]].unit:
        return None
    return named[0], named[1]


def _year_before(held: Held, found: Sequence[int]) -> tuple[int, int] | None:
    """The figure that is named and the one of the year before told with it: `27.6%(前年度33.0%)`, the earlier first."""
    before = [i for i in found if _of_year_before(held.parts[i])]
    best = held.one([i for i in found if i not in before and held.parts[i].inside is None])
    if best is None:
        return None
    own = [i for i in before if held.parts[i].inside == best[0] and held.parts[i].unit == held.parts[best[0]].unit]
    return (own[0], best[0]) if len(own) == 1 else None


def _of_year_before(part: Part) -> bool:
    return YEAR_BEFORE_ALONE.fullmatch(part.label or part.when) is not None


def difference(asked: Wish, held: Held) -> Chosen | None:
    """By how much the later or larger figure is more."""
    pair = _pair(asked, held)
    if pair is None:
        return None
    old, new = (held.parts[i] for i in pair)
    dated = bool(old.when and new.when) or _of_year_before(old)
    if not dated and old.value > new.value:
        old, new = new, old
    change, unit = new.value - old.value, of_change(unit_of(new))
    calculation = f"{bare(new)} − {bare(old)} = {'−' if change < 0 else ''}{number(abs(change))}{in_unit(unit)}"
    way = ("増えました" if change > 0 else "減りました" if change < 0 else "変わりません") if dated else ""
    size = spoken_like(abs(change), unit, (new.text, old.text))
    told = f"{with_label(new)}、{with_label(old)}で、{size}{way}。"
    if not dated or APART.search(asked.question.folded):
        told = f"{with_label(new)}、{with_label(old)}で、差は{size}です。"
    return make(held, "difference", list(pair), told, size, abs(change), unit, calculation, 1.0)


def rate(asked: Wish, held: Held) -> Chosen | None:
    """By how many per cent the later figure is more."""
    pair = _pair(asked, held)
    if pair is None:
        return None
    old, new = (held.parts[i] for i in pair)
    if not ((old.when and new.when) or _of_year_before(old)) or not old.value:
        return None
    change, sign = rounded((new.value - old.value) * 100 / old.value, "%")
    calculation = (
        f"({bare(new)} − {bare(old)}) ÷ {bare(old)} × 100 {sign} {'−' if change < 0 else ''}{number(abs(change))} (%)"
    )
    way = "増えました" if change > 0 else "減りました"
    told = f"{with_label(new)}、{with_label(old)}で、{'約' if sign == '≒' else ''}{number(abs(change), sign)}%{way}。"
    return make(held, "ratio", list(pair), told, f"{number(abs(change))}%", abs(change), "%", calculation, 1.0)
