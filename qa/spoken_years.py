"""Years that running text and questions name from where they stand: 昨年度は11件、今年度は2件.

A speech says 本年度 and 前年度 of the same figures in turn. Which of them a sentence, or a figure within it, is about is told
by the last such word before it; the one that stands as the topic (昨年度は) says it of the whole sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.values import Period, find_quantities

_WORDS = {
    -1: r"(?:昨|前)年度|昨年(?!度)|前年(?!度)|昨[冬夏春秋季]",
    0: r"(?:今|本|当)年度|今年(?!度)|本年(?!度)|ことし|今[冬夏春秋季]",
    1: r"(?:来|翌|明)年度|来年(?!度)|翌年(?!度)",
}
_SPOKEN = re.compile("|".join(f"(?P<y{offset + 1}>{words})" for offset, words in _WORDS.items()))
# What a change is counted from is no year of the figure: 前年度比, 昨年度と比べて, 前年度より, 前年から3人増.
_BASE = re.compile(
    r"(?:の)?(?:同[月期])?(?:末)?(?:の?[^\s、。]{0,8})?(?:比|[とに]比[べし較]|より|から|を[上下]回|に対し|並み)"
)
# は right behind it says it of the whole sentence, は behind what is of it (昨年度の件数は) does where none stands so.
_TOPIC = re.compile(r"(?:は|では|には|においては)(?![、,]?また)")
_OF_TOPIC = re.compile(r"の[^\s、。]{1,12}?(?:は|では|には)")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A year named from where one stands: -1 the year before, 0 this one, 1 the next; `topic` is 2 where は stands right behind it, 1 where it
    stands behind what is of it, else 0.
    """

    offset: int
    start: int
    end: int
    topic: int


@lru_cache(maxsize=20_000)
def spoken(folded: str) -> tuple[Spoken, ...]:
    """The years of a folded text that it names so, without those that a change is only counted from."""
    return tuple(
        Spoken(int((match.lastgroup or "y1")[1:]) - 1, match.start(), match.end(), _topic(folded, match.end()))
        for match in _SPOKEN.finditer(folded)
        if folded[match.start() - 1 : match.start()] != "対" and not _BASE.match(folded, match.end())
    )


def _topic(folded: str, end: int) -> int:
    return 2 if _TOPIC.match(folded, end) else 1 if _OF_TOPIC.match(folded, end) else 0


@lru_cache(maxsize=20_000)
def topics(folded: str) -> frozenset[int]:
    """The years a sentence is about: those that stand most as its topic, where none does all that it names."""
    found = spoken(folded)
    most = max((one.topic for one in found), default=0)
    return frozenset(one.offset for one in found if one.topic == most)


def agrees(question: str, sentence: str) -> bool | None:
    """Whether a sentence is about a year the question names; None where one of them names none."""
    named = spoken(question)
    told = topics(sentence) if named else None
    return any(one.offset in told for one in named) if told else None


def year_at(folded: str, start: int) -> int | None:
    """The year that governs a figure: the last one named before it in its sentence, or None."""
    opened = folded.rfind("。", 0, start) + 1
    before = [one.offset for one in spoken(folded) if opened <= one.start and one.end <= start]
    return before[-1] if before else None


_AMONG = re.compile(r"(?<=[年度])(?:まで)?の(?:間|あいだ)(?=[にで、のは])")


def years_between(folded: str, periods: tuple[Period, ...]) -> list[tuple[int, int]]:
    """Where it is said how many years the named ones are, or lie between them: 平成26年から令和6年までの10年で, 3年度分の, の間に."""
    years = {period.year for period in periods}
    if len(years) < 2:
        return []
    apart = max(years) - min(years)
    counted = (apart, apart + 1) if len(years) == 2 else (len(years),)
    return [
        *(
            (q.start, q.end) for q in find_quantities(folded)
            if q.unit in ("年", "年間", "か年", "カ年", "年度", "年分", "年度分") and q.value in counted
        ),
        *(match.span() for match in _AMONG.finditer(folded)),
    ]  # fmt: skip
