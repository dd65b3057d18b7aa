"""Questions that ask for a figure made of two: their parts, each a question of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.values import find_periods
from qa.calculations_said import (
    CALCULATED,
    HOW_MANY_PEOPLE,
    OF_FIRST,
    OF_ONE_MEASURE,
    PART_OF,
    PER_EACH,
    RESIDENTS,
    SHARED,
)
from qa.several_parts import BACK, MEASURED, SHORTEST, Parts, period_for, subject_of, taken_over

_BESIDE = re.compile(r"と[、,]?\s*|(?<!で)[、,]\s*|および|及び")
_ENDS = re.compile(r"[。?]")  # of a sentence: what follows is asked for itself
_KINDS = frozenset("都道府県市区町村課部局係校署館園")  # signs that names of one kind end in


def _for_each(match: re.Match[str]) -> Parts:
    """1世帯あたり何人 → the people, and the households they are divided by; 利用者1人あたりの経費 → the 経費, and the 利用者数."""
    before, of, one, rest = match["before"] or "", match["of"], match["one"], match["rest"]
    named = "人口" if one == "人" and (not of or RESIDENTS.fullmatch(of)) else f"{of or one}数"
    asked = "人口は何人?" if one in ("世帯", "戸") and HOW_MANY_PEOPLE.match(rest) else rest
    return Parts((f"{before}{asked}", f"{before}{named}は?"), "per", before.strip("、, ではにの"))


def calculated(folded: str) -> Iterator[Parts]:
    """Two figures of which one thing is made; the one named later takes over the subject of the other."""
    if (each := PER_EACH.match(folded)) is not None:
        yield _for_each(each)
    for how, pattern in CALCULATED:
        match = pattern.match(folded)
        if match is None or _ENDS.search(match["over"] + match["under"]):
            continue
        over, under = match["over"].strip("、, "), match["under"].strip("、, ")
        lead, after = (over, under) if match.start("over") < match.start("under") else (under, over)
        for subject, whole in taken_over(lead, after):
            pair = (f"{lead}は?", f"{whole}は?")
            yield Parts(pair if lead is over else pair[::-1], how, subject)
        measure = lead.rpartition("の")[2]
        if how in OF_ONE_MEASURE and "の" not in after and measure != lead:  # 窓口の件数は電話より
            pair = (f"{lead}は?", f"{after}の{measure}は?")
            yield Parts(pair if lead is over else pair[::-1], how)
        if "の" in after and subject_of(after) and not BACK.match(after):  # names its own subject
            yield Parts((f"{over}は?", f"{under}は?"), how)
        break
    yield from _shares(folded)
    for how, pattern in SHARED:
        match = pattern.match(folded)
        if match is None or _ENDS.search(match["all"]):
            continue
        named = _led([one.strip() for one in _BESIDE.split(match["all"])])
        named, of = _of_a_kind(named, match["of"])
        if len(named) > 1 and all(len(one) >= SHORTEST for one in named):
            yield Parts(tuple(f"{one}の{of}は?" for one in named), how)
    match = OF_FIRST.match(folded)
    if match:
        named = [one.strip() for one in _BESIDE.split(match["all"])]
        yield Parts(tuple(f"{match['of']}、{one}は?" for one in named), "sum", subject_of(match["of"]))


def _of_a_kind(named: list[str], of: str) -> tuple[list[str], str]:
    """Things of one kind (北村と南村の普通税, の収入済額), what the last alone is followed by said of each: 普通税の収入済額."""
    last, _, more = named[-1].partition("の")
    alike = len({one[-1:] for one in (*named[:-1], last)}) == 1 and last[-1:] in _KINDS
    return ([*named[:-1], last], f"{more}の{of}") if more and alike else (named, of)


def _led(named: list[str]) -> list[str]:
    """The things named, the year in front of them (霧沢市の令和6年度、AとB) said of each."""
    periods = find_periods(named[0])
    if len(named) < 3 or not periods or periods[-1].end != len(named[0]):
        return named
    return [f"{named[0]}の{one}" for one in named[1:]]


def _shares(folded: str) -> Iterator[Parts]:
    """A part and its whole, each a figure of its own; the year and the measure said of the whole (歳出の決算額) are the part's too."""
    match = next((found for pattern in PART_OF if (found := pattern.match(folded))), None)
    if match is None:
        return
    over, under = match["over"].strip("、, "), match["under"].strip("、, ")
    if min(len(over), len(under)) < SHORTEST:
        return
    measure = under.rpartition("の")[2]
    own = MEASURED.search(over) or not re.search(r".額$|.数$", measure)
    year = period_for(under, over)
    if not own:
        yield Parts((f"{year}{over}の{measure}は?", f"{under}は?"), "share")
    yield Parts((f"{year}{over}は?", f"{under}は?"), "share")
    subject = subject_of(under)
    if subject:
        yield Parts((f"{subject}{over}は?", f"{under}は?"), "share", subject)
