"""Where in an answer's text each citation belongs, and which figure of its calculation comes from which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.folding import fold_with_origins, searchable, tidy
from corpus.values import find_quantities
from qa.types import Answer, Citation

_FIGURE = re.compile(r"(?<![0-9.,])[0-9][0-9,]*(?:\.[0-9]+)?(?![0-9])")
_REMARK = re.compile(r"[(（][^()（）]{1,30}[)）]|[」』]")
_LONG_ENOUGH = 2  # letters that a name needs to be looked for


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an answer or of a calculation, and the citations (counted from 1) that stand behind it."""

    text: str
    numbers: tuple[int, ...] = ()


def numbered(given: Answer) -> Answer:
    """The answer with its citations in the order in which its text comes to what they hold."""
    places = _places(given)
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    return replace(given, citations=tuple(given.citations[i] for i in order))


def pieces(given: Answer) -> tuple[Piece, ...]:
    """The answer's text cut behind each claim, with the numbers of the citations that hold it."""
    places = _places(given)
    found: list[Piece] = []
    start = 0
    for end in sorted(set(places)):
        found.append(Piece(given.answer[start:end], tuple(n for n, at in enumerate(places, 1) if at == end)))
        start = end
    return (*found, Piece(given.answer[start:])) if start < len(given.answer) or not found else tuple(found)


def operands(given: Answer) -> tuple[Piece, ...]:
    """The calculation cut behind each figure that a citation holds; its results stand without a number."""
    text = given.calculation or ""
    held = [_figures(citation.quote) for citation in given.citations]
    used: set[int] = set()
    found: list[Piece] = []
    start = 0
    for step in re.finditer(r"[^;]+", text):
        equals = re.search(r"[=≒]", step.group())
        worked_out = step.start() + equals.start() if equals else step.end()
        for match in _FIGURE.finditer(text, step.start(), worked_out):
            value = Decimal(match.group().replace(",", ""))
            holding = [i for i, figures in enumerate(held) if value in figures]
            number = next((i for i in holding if i not in used), holding[0] if holding else None)
            if number is not None:
                used.add(number)
                found.append(Piece(text[start : match.end()], (number + 1,)))
                start = match.end()
    return (*found, Piece(text[start:])) if start < len(text) else tuple(found)


def _places(given: Answer) -> list[int]:
    """For each citation the place in the text behind what it holds; the end of the text where that is nowhere."""
    ends = _quantity_ends(given.answer)
    taken: set[tuple[int, int]] = set()
    places = []
    for citation in given.citations:
        found = next(
            (hit for needle in _needles(citation) for hit in _found(given.answer, needle) if hit not in taken), None
        )
        if found is None:
            places.append(len(given.answer))
            continue
        taken.add(found)
        end = ends.get(found[1], found[1])
        remark = _REMARK.match(given.answer, end)
        places.append(remark.end() if remark else end)
    return places


def _needles(citation: Citation) -> Iterator[str]:
    """What of a citation an answer may repeat, the most telling first."""
    quote = tidy(citation.quote)
    yield quote
    yield from (match.group() for match in _FIGURE.finditer(quote))
    if citation.row:
        yield citation.row


def _found(text: str, needle: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that are a needle; a figure is no part of a longer one."""
    if len(needle) < _LONG_ENOUGH and not needle.isdigit():
        return
    before, after = (r"(?<![0-9.,])", r"(?![0-9]|,[0-9])") if needle[0].isdigit() and needle[-1].isdigit() else ("", "")
    for match in re.finditer(before + re.escape(needle) + after, text):
        yield match.span()


def _quantity_ends(text: str) -> dict[int, int]:
    """Where each number of a text ends → where its unit ends, in the text as it is."""
    folded = fold_with_origins(text)
    ends = {}
    for quantity in find_quantities(folded.text):
        digits = _FIGURE.search(folded.text, quantity.start, quantity.end)
        if digits:
            ends[folded.raw(digits.start(), digits.end())[1]] = folded.raw(quantity.start, quantity.end)[1]
    return ends


def _figures(quote: str) -> set[Decimal]:
    return {Decimal(match.group().replace(",", "")) for match in _FIGURE.finditer(searchable(quote))}
