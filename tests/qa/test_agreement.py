"""Places that tell the same figure bear each other out; others do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from index import Store
from qa import agreement
from qa.choice import Weighed
from qa.offers import Offer
from qa.types import Draft, Value
from qa.understand import understand

STORE = cast("Store", None)
ASKED = understand("令和5年度の歳出総額はいくらですか。")


@dataclass(frozen=True)
class Told:
    """Stands for an offer: a figure and the line that it stands on."""

    value: Value
    line: int

    def draft(self, store: Store) -> Draft:
        return Draft(self.value.text, self.value.text, "value", (self.value,), None, (), 0.0)


def weighed(value: float, unit: str | None, line: int, probability: float) -> Weighed:
    return Weighed(cast("Offer", Told(Value(value, unit, f"{value}{unit or ''}"), line)), probability, {})


@pytest.fixture(autouse=True)
def _lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement, "line_of", lambda store, offer: offer.line)


def first(*offers: Weighed, asked: str = "") -> Weighed:
    return agreement.borne_out(STORE, understand(asked) if asked else ASKED, offers)[0]


def test_the_same_amount_in_other_units_on_another_line_bears_out() -> None:
    best = first(weighed(34662659000, "円", 3, 0.4), weighed(34662659, "千円", 17, 0.3))
    assert best.probability == pytest.approx(1 - 0.6 * 0.7)


@pytest.mark.parametrize(
    "offers",
    [
        (weighed(34662659, "千円", 3, 0.4), weighed(34662659, "千円", 3, 0.3)),  # one line is one place
        (weighed(34662659, "千円", 3, 0.4), weighed(35591303, "千円", 17, 0.3)),  # another figure
        (
            weighed(34662659, "千円", 3, 0.4),
            weighed(34662659, "千円", 17, 0.3),
            weighed(35591303, "千円", 20, 0.25),
        ),  # torn
        (weighed(3, "人", 3, 0.4), weighed(3, "人", 17, 0.3)),  # by chance
        (weighed(34662659, "千円", 3, 0.4), weighed(34662659, "千円", 17, 0.1)),  # hardly an offer
    ],
)
def test_nothing_else_does(offers: tuple[Weighed, ...]) -> None:
    assert first(*offers).probability == 0.4


def test_a_quote_that_tells_it_as_well_does_not_speak_against_it() -> None:
    offers = (weighed(34662659, "千円", 3, 0.4), weighed(35591303, "千円", 3, 0.35), weighed(34662659, "千円", 17, 0.3))
    assert first(*offers).probability == pytest.approx(1 - 0.6 * 0.7)


def test_lists_are_not_borne_out_by_figures() -> None:
    offers = (weighed(34662659, "千円", 3, 0.4), weighed(34662659, "千円", 17, 0.3))
    assert first(*offers, asked="歳出の款をすべて挙げてください。").probability == 0.4
