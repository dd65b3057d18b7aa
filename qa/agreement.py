"""Several places that tell the same figure bear each other out: a settlement's text, its table and its summary.

Each offer is weighed by itself, as if it were the only one. Of what a question has one right answer to, places that tell
the same figure are right together, so that the figure is at least as likely as that not all of them are wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import prod

from index import Store
from qa.choice import Weighed, choice_model
from qa.money import amount
from qa.offer_features import line_of
from qa.types import Draft, Operation, Question
from qa.understand import NUMERIC

_LEAST = 0.15  # what an offer has to be worth to bear another out
_DIGITS = 3  # fewer may agree by chance
_MOST = 6  # offers looked at
_FIGURES = (Operation.VALUE, *NUMERIC)

Figure = tuple[Decimal, str | None]


def borne_out(store: Store, question: Question, best: Sequence[Weighed]) -> list[Weighed]:
    """The offers, the likeliest of those that tell the same figure first, where together they are likely enough and none is alone.

    As they are where one is likely enough, where no figure is looked up, or where two figures are about as likely.
    """
    enough = choice_model().enough
    if question.operation not in _FIGURES or not best or not _LEAST <= best[0].probability < enough:
        return list(best)
    told: dict[Figure, dict[object, Weighed]] = {}
    for one in best[:_MOST]:
        if one.probability < _LEAST:
            break
        figure = _figure(one.offer.draft(store))
        if figure is not None:
            told.setdefault(figure, {}).setdefault(line_of(store, one.offer), one)
    together = {
        figure: 1.0 - prod(1.0 - one.probability for one in places.values())
        for figure, places in told.items()
        if len(places) > 1
    }
    if not together:
        return list(best)
    figure = max(together, key=lambda f: together[f])
    others = [  # the quote of a place that tells the figure tells it as well, whatever else it holds
        one.probability
        for other, places in told.items()
        for place, one in places.items()
        if other != figure and place not in told[figure]
    ]
    if together[figure] < enough or max(others, default=0.0) >= _LEAST:
        return list(best)
    first = max(told[figure].values(), key=lambda one: one.probability)
    return [replace(first, probability=together[figure]), *(one for one in best if one is not first)]


def _figure(draft: Draft | None) -> Figure | None:
    """The one figure that an offer gives, money in yen; None where it gives none or several, or one of few digits."""
    if draft is None or len(draft.values) != 1:
        return None
    value, unit = draft.values[0].value, draft.values[0].unit
    if not isinstance(value, int | float):
        return None
    known = amount(Decimal(str(value)), unit)
    digits = str(known[0]).replace(".", "").strip("-0")
    return known if len(digits) >= _DIGITS else None
