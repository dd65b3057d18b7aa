"""Can a figure be worked out from the figures on some lines? For checking gold, so it shares no code with `qa`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import combinations, permutations

_SCALES = {"兆": Decimal(10**12), "億": Decimal(10**8), "万": Decimal(10**4), "": Decimal(1)}
_PART = re.compile(r"(\d+(?:\.\d+)?) ?([兆億万]?)")
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)? ?[兆億万])*\d+(?:\.\d+)?(?: ?[兆億万])?")
_CIRCLED = re.compile(r"[①-⓿]")  # numbers of items, which NFKC would write on to the figure behind them
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PARTED = re.compile(r"[、・,,/]")
_SENTENCES = re.compile(r"[。\n]")
_MOST_FIGURES = 12  # on the lines together, for sums over any of them
_MOST_SUMS = 100_000


def figures(text: str) -> tuple[Decimal, ...]:
    """The numbers of a text, 1億2,300万 multiplied out; words between them keep them apart."""
    folded = _THOUSANDS.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub(" ", text)))
    return tuple(
        sum((Decimal(digits) * _SCALES[scale] for digits, scale in _PART.findall(number)), Decimal(0))
        for number in _NUMBER.findall(folded)
    )


def printed(text: str) -> tuple[Decimal, ...]:
    """The numbers that stand in a text, also as read where every comma parts two of them (485,900 in a CSV file)."""
    return (*figures(text), *figures(text.replace(",", " , ")))


def listed(text: str) -> tuple[Decimal, ...]:
    """How many names a text lists: in all its brackets together (前橋市(南スーダン、ベルギー) 太田市(マラウイ): 3), and in
    each of its sentences.
    """
    folded = unicodedata.normalize("NFKC", text)
    bracketed = sum(len(_PARTED.split(inside)) for inside in _BRACKETS.findall(folded))
    return (Decimal(bracketed), *(Decimal(len(_PARTED.split(one))) for one in _SENTENCES.split(folded)))


def reckoned(wanted: Decimal, lines: Sequence[Sequence[Decimal]]) -> str | None:
    """How `wanted` follows from figures on lines: their number, a sum with one of each line, a mean, or two of them
    added, subtracted, multiplied, divided or set in proportion; None where it does not.

    Among very many figures (a whole page) some two come to nearly anything: there this tells little.
    """
    if wanted == len(lines):
        return "count of lines"
    for how, value in _worked_out(lines):
        if _same(wanted, value):
            return how
    return None


def _worked_out(lines: Sequence[Sequence[Decimal]]) -> Iterator[tuple[str, Decimal]]:
    together = list(dict.fromkeys(one for line in lines for one in line))
    for a, b in permutations(together, 2):
        yield "difference", a - b
        yield "sum of two", a + b
        yield "product", a * b
        if b:
            yield "ratio", a / b
            yield "percentage", a / b * 100
            yield "rate of change", (a - b) / b * 100
    if len(lines) > 1:
        for total in _sums(lines):
            yield "sum over lines", total
            yield "mean over lines", total / len(lines)
    if len(together) <= _MOST_FIGURES:
        for size in range(2, len(together) + 1):
            for some in combinations(together, size):
                yield "sum", sum(some, Decimal(0))
                yield "mean", sum(some, Decimal(0)) / size


def _sums(lines: Sequence[Sequence[Decimal]]) -> set[Decimal]:
    """Every sum with one figure of each line; none where there are too many."""
    sums = {Decimal(0)}
    for line in lines:
        sums = {total + one for total in sums for one in line}
        if len(sums) > _MOST_SUMS:
            return set()
    return sums


def _same(wanted: Decimal, value: Decimal) -> bool:
    """Whether a value is the wanted one, rounded or cut to its places."""
    exponent = wanted.as_tuple().exponent
    places = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if abs(abs(value) - wanted) >= places:
        return False
    return any(abs(value).quantize(places, way) == wanted for way in (ROUND_HALF_UP, ROUND_DOWN))
