"""Things that have more, or less, than one that the question names: 港町より人口が多い町, 条例案より反対が多かった議案.

No cell says 5より. What the named one has is looked up by a question of its own, and the things are asked for with that
figure in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.folding import searchable
from corpus.values import find_quantities
from qa.apart import Said
from qa.types import Draft
from qa.understand import understand

_MORE = r"多|高|大き|長|少な|低|小さ|短"
_NAMED = re.compile(
    rf"(?P<before>(?:^|.*[、。]))(?P<named>[^、。?]{{2,40}}?)より(?:も)?(?P<measure>[^、。?はをにより]{{1,12}}?)(?:が|の)"
    rf"(?P<how>(?:{_MORE})(?:い|かった))(?P<things>(?!です|のか|ですか|か)[^。?]*)"
)
_YEAR_END = re.compile(r"(?:年|年度|前年|昨年|月|日|平均|以前|今|他|ほか)$")
_EITHER = re.compile(
    r"^[^はをがに、。]{1,15}(?:や|・|または|と)[^はをがに、。]{1,15}(?=[はをが]|$)"
)  # 議案や請願: all of them
_MOST_OPERANDS = 1


@dataclass(frozen=True, slots=True)
class Than:
    """A question for things by a bound that is another thing's: the question for that thing's figure, and what stands around it."""

    named: str
    measure: str
    how: str
    before: str
    things: str

    @property
    def figure(self) -> str:
        """The question for the figure of the named thing."""
        return f"{self.before}{self.named}の{self.measure}は?"

    def bounded(self, figure: str) -> str:
        """The question for the things, with the figure in place of the name."""
        return f"{self.before}{self.measure}が{figure}より{self.how}{self.things}"


def than(text: str) -> Than | None:
    """A question read so; None where it compares with no named thing (with a figure, a year, an average)."""
    folded = searchable(text)
    match = _NAMED.fullmatch(folded.rstrip("。?"))
    if match is None or _YEAR_END.search(match["named"]):
        return None
    figures = find_quantities(match["named"])
    if any(q.end == len(match["named"]) for q in figures) or not understand(match["named"]).terms:
        return None
    things = _EITHER.sub("もの", match["things"])
    return Than(match["named"], match["measure"], match["how"], match["before"], things)


def more_than(asked: Than, ask: Callable[[str], Said | None]) -> Draft | None:
    """The things that have more or less than the named one, said after the figure of that; None where either is not found."""
    first = ask(asked.figure)
    if first is None or len(first.draft.values) != _MOST_OPERANDS or first.draft.calculation:
        return None
    value = first.draft.values[0]
    if not isinstance(value.value, int | float):
        return None
    second = ask(asked.bounded(f"{value.value:,}{value.unit or ''}"))
    if second is None:
        return None
    citations = tuple(dict.fromkeys((*first.draft.citations, *second.draft.citations)))
    text = f"{first.draft.text}{second.draft.text}"
    confidence = round(first.probability * second.probability, 4)
    return replace(second.draft, text=text, citations=citations, confidence=confidence)
