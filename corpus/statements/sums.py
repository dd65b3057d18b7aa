"""Which figure is which, settled by sums: the parts of a total among candidates, and current − previous = difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from corpus.types import Span

_MOST_SUMS = 20_000  # partial sums kept while parts are looked for; the costliest are dropped first
_UNKNOWN, _LEFT_OUT = 1.0, 2.0
_LIKELIER, _TELLING = 0.1, 0.25  # of 46,218 and 1,972 that make up 48,190 the smaller is likely the difference
_BEHIND = 100  # no line has so many figures before its name


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a line: its value and its place, `at` counted from the name (-1 just before it, 1 just behind)."""

    value: int
    span: Span
    at: int


@dataclass(frozen=True, slots=True)
class Roles:
    """The three figures of a line of a budget: this year's, last year's, and the difference of the two."""

    current: Figure
    previous: Figure
    difference: Figure

    @property
    def places(self) -> tuple[int, int, int]:
        """Where the three stand, to compare lines by."""
        return (self.current.at, self.previous.at, self.difference.at)

    def from_left(self, first: int) -> tuple[int, int, int]:
        """The same, places before the name counted from the line's `first` figure: more or fewer may stand between."""
        current, previous, difference = (at - first if at < 0 else at + _BEHIND for at in self.places)
        return (current, previous, difference)


def agreed(lines: Sequence[Sequence[Figure]], totals: Sequence[bool]) -> dict[tuple[int, int, int], float]:
    """How often each order of the three figures, counted from a line's first figure, is a reading of a document's lines; a tenth
    more where by it the line's budget has at most doubled.
    """
    found: dict[tuple[int, int, int], float] = {}
    for line in (line for line, total in zip(lines, totals, strict=True) if not total):
        for roles in _readings(line):
            order, small = roles.from_left(_first(line)), abs(roles.difference.value) <= roles.previous.value
            found[order] = found.get(order, 0.0) + 1.0 + (_LIKELIER if small else 0.0)
    return found


def _first(line: Sequence[Figure]) -> int:
    return min((figure.at for figure in line), default=0)


def assign_roles(
    lines: Sequence[Sequence[Figure]],
    totals: Sequence[bool],
    elsewhere: Mapping[tuple[int, int, int], float] | None = None,
) -> list[Roles | None]:
    """The roles of each line's figures, None where sums do not settle them.

    a − b = c reads as a − c = b, too: of the two readings that one counts whose places most lines like it agree on, and between
    equals that whose order most lines of the document have (`elsewhere`, see `agreed`). In a line called a total that
    reading counts whose figures are the sums of the lines above.
    """
    options = [_readings(line) for line in lines]
    firsts = [_first(line) for line in lines]  # lines with as many figures before the name are alike
    votes = Counter((firsts[i], r.places) for i, line in enumerate(options) if not totals[i] for r in line)
    orders = agreed(lines, totals) if elsewhere is None else elsewhere
    chosen: list[Roles | None] = []
    start = 0
    for i, (line, total) in enumerate(zip(options, totals, strict=True)):
        if total:
            above = chosen[start:i]
            sums = (sum(r.current.value for r in above if r), sum(r.previous.value for r in above if r))
            fitting = [r for r in line if (r.current.value, r.previous.value) == sums]
            chosen.append(fitting[0] if fitting else None)
            start = i + 1
            continue
        told = {r: (votes[firsts[i], r.places], orders.get(r.from_left(firsts[i]), 0.0)) for r in line}
        ranked = sorted(line, key=lambda roles: told[roles], reverse=True)
        tied = len(ranked) > 1 and _are_about_the_same(told[ranked[0]], told[ranked[1]])
        chosen.append(ranked[0] if ranked and not tied else None)
    return chosen


def _are_about_the_same(one: tuple[int, float], other: tuple[int, float]) -> bool:
    """Whether two readings have as many votes, and fewer than three lines tell one from the other by how likely it is."""
    return one[0] == other[0] and abs(one[1] - other[1]) < _TELLING


def _readings(line: Sequence[Figure]) -> list[Roles]:
    """The readings of a line in which this year's figure less last year's is the difference."""
    return [
        Roles(a, b, c)
        for a, b, c in permutations(line, 3)
        if a.value - b.value == c.value and a.value >= 0 and b.value >= 0 and a.value + b.value > 0
    ]


def parts_of(total: int, values: Sequence[int], sure: Sequence[bool], known: Sequence[bool]) -> frozenset[int]:
    """Which of the candidates make up a total, by index: the cheapest exact choice, else those that are sure.

    `sure` ones are always taken. `known` ones bear a name that is sure elsewhere: leaving one out costs more than
    taking an unknown one. A single unknown figure that happens to equal the total proves nothing.
    """
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for i, value in enumerate(values):
        after: dict[int, tuple[float, tuple[int, ...]]] = {}
        for reached, (cost, taken) in ways.items():
            choices = [(reached + value, cost + (0.0 if sure[i] or known[i] else _UNKNOWN), (*taken, i))]
            if not sure[i]:
                choices.append((reached, cost + (_LEFT_OUT if known[i] else 0.0), taken))
            for made, price, way in choices:
                if made <= total and (made not in after or price < after[made][0]):
                    after[made] = (price, way)
        if len(after) > _MOST_SUMS:
            after = dict(sorted(after.items(), key=lambda item: item[1][0])[:_MOST_SUMS])
        ways = after
    taken = ways[total][1] if total in ways else ()
    lone = len(taken) == 1 and not (sure[taken[0]] or known[taken[0]])
    if not taken or lone:
        return frozenset(i for i in range(len(values)) if sure[i])
    return frozenset(taken)
