"""How the phrases of a question become conditions on the rows of a frame, grown one phrase at a time."""

from __future__ import annotations

import re

import msgspec
import numpy as np

from qa.fits import WHOLE_CELL
from qa.roles import Mask, Option
from qa.runs import Phrase
from qa.types import Term

_MEASURE = re.compile(r"(?:額|費|数|率|料|量|高|予算|決算)$")


class State(msgspec.Struct, frozen=True):
    """A half-made plan. Each group is a condition as alternatives, `places` the columns each was found in; `given` are
    the rows that are meant at all, `mask` those of them that meet all conditions so far.
    """

    given: Mask
    groups: tuple[tuple[Mask, ...], ...]
    places: tuple[tuple[int, ...], ...]
    named: tuple[tuple[int, float, Phrase], ...]
    at: tuple[int, ...]
    accounts: tuple[tuple[Term, float, str], ...]
    gain: float
    last_had_rows: bool
    mask: Mask

    def before(self, last: int) -> Mask:
        """The rows that meet all conditions but the last so many."""
        kept = self.given
        for group in self.groups[: len(self.groups) - last]:
            kept = kept & any_of(group)
        return kept

    def apart(self, last: int) -> Mask:
        """The rows that meet the last so many conditions, whatever comes before."""
        kept = np.ones_like(self.given)
        for group in self.groups[-last:]:
            kept = kept & any_of(group)
        return kept


def any_of(group: tuple[Mask, ...]) -> Mask:
    """The rows that meet one of some alternatives."""
    if len(group) == 1:
        return group[0]
    either: Mask = np.logical_or.reduce(group)
    return either


def grow(
    state: State,
    phrase: Phrase,
    way: Option,
    worth: float,
    accounts: tuple[tuple[Term, float, str], ...],
    beside: bool,
) -> State:
    """The state with one more phrase understood; the phrase stays unexplained where no row meets its condition too."""
    named = (*state.named, *((c, max(way.strengths, default=0.0), phrase) for c in way.columns))
    known, gain = (*state.accounts, *accounts), state.gain + worth
    if way.rows is None:
        goes_on = phrase.aside and state.last_had_rows
        return State(state.given, state.groups, state.places, named, state.at, known, gain, goes_on, state.mask)
    at = tuple(dict.fromkeys((*state.at, *way.at)))

    def grown(groups: tuple[tuple[Mask, ...], ...], places: tuple[tuple[int, ...], ...], mask: Mask) -> State:
        return State(state.given, groups, places, named, at, known, gain, True, mask)

    if (narrowed := _narrow_last(state, phrase, way)) is not None:
        return grown((*state.groups[:-1], narrowed), state.places, state.before(1) & any_of(narrowed))
    met = state.mask & way.rows
    if met.any():
        return grown((*state.groups, (way.rows,)), (*state.places, way.at), met)
    joined = phrase.joined and state.last_had_rows
    if (joined or (beside and state.groups and way.at == state.places[-1])) and not _is_measure(phrase, way):
        found = _beside_last(state, way)
        if found is not None:
            kept, group = found
            mask = state.before(len(state.groups) - kept) & any_of(group)
            return grown((*state.groups[:kept], group), (*state.places[:kept], way.at), mask)
    nothing = tuple((t, 0.0, "") for t in phrase.terms)
    return msgspec.structs.replace(state, accounts=(*state.accounts, *nothing), last_had_rows=False)


def _narrow_last(state: State, phrase: Phrase, way: Option) -> tuple[Mask, ...] | None:
    """The last alternatives with one more word of the last one's name: AとBの一部, where only Bの一部 holds it."""
    if way.rows is None or phrase.joined or not state.groups or len(state.groups[-1]) < 2:
        return None
    *others, last = state.groups[-1]
    before = state.before(1)
    mine = last & way.rows
    if way.at != state.places[-1] or not (before & mine).any() or any((before & o & way.rows).any() for o in others):
        return None
    return (*others, mine)


def _beside_last(state: State, way: Option) -> tuple[int, tuple[Mask, ...]] | None:
    """How many conditions stay, and the last ones made alternatives to a way that no row meets together with them.

    As few as possible give way; more than one only where they stand in the same column: words of one name.
    """
    assert way.rows is not None
    for last in range(1, len(state.groups) + 1):
        if last > 1 and any(place != way.at for place in state.places[-last:]):
            return None
        if (state.before(last) & way.rows).any():
            alone = state.groups[-1] if last == 1 else (state.apart(last),)
            return len(state.groups) - last, (*alone, way.rows)
    return None


def _is_measure(phrase: Phrase, way: Option) -> bool:
    """Whether a phrase is a measure (事業費, 決算額) that merely stands in some row's name: no second thing by itself."""
    return bool(_MEASURE.search(phrase.words[-1].surface)) and max(way.strengths, default=0.0) < WHOLE_CELL
