"""What a question that asks several things is taken apart into, and what its parts take over from each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.values import find_periods

EACH, ONE, FIGURE, BOTH = "each", "one", "figure", "both"
SHORTEST = 2
BACK = re.compile(
    r"^(?:(?:その|同じ?)年度?の?|その(?:うち|中|際|時|とき)?(?:の|で|に)?|うち(?:の)?|(?:その)?結果(?:として)?)[、,]?\s*"
)
MEASURED = re.compile(r"(?:額|数|量|費|面積|人口)$")
YEAR_BEFORE = re.compile(r"(?:前|昨)年度?|前の年度?")
_LAST = re.compile(r"(?<!も)の|[、,]")  # 5年もの is a word


@dataclass(frozen=True, slots=True)
class Parts:
    """The questions a question may consist of, in order.

    `how` is what is made of their answers: each said, the only one, the only one with a figure in it or with
    two of them (10 proposals, 7 of which …), or per, percent, times, rate, difference, sum of the first and second. `subject` are the words of the first that the others take over: their answers have to be about it.
    `frame` are words in front of all that are left out.
    """

    questions: tuple[str, ...]
    how: str = EACH
    subject: str = ""
    frame: str = ""


def taken_over(lead: str, after: str) -> Iterator[tuple[str, str]]:
    """The subject of a phrase put before another that needs one, longest first: (subject, whole phrase)."""
    after = BACK.sub("", after)
    subject = subject_of(lead)
    periods = find_periods(lead)
    if find_periods(after) and periods:  # another year, another kind: only what stands before the year, or around it
        p = periods[0]
        subject = lead[: p.start] if p.start > SHORTEST else subject_of(lead[p.end :].lstrip("の、"))
    if subject.strip("の、 "):
        yield subject.strip("の、, "), f"{subject}{period_for(lead, subject + after)}{after}"
    elif "の" in after:
        yield "", after


def period_for(lead: str, whole: str) -> str:
    """The one period of a phrase, for another that has none."""
    periods = find_periods(lead)
    return f"{periods[0].text}の" if len(periods) == 1 and not find_periods(whole) else ""


def subject_of(phrase: str) -> str:
    """What a phrase is about: everything up to the last の or 、 (浜の祭りの令和3年度の当初予算額 → 浜の祭りの令和3年度の)."""
    at = max((m.start() for m in _LAST.finditer(phrase)), default=0)
    return phrase[: at + 1] if at > 0 else ""
