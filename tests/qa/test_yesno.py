"""Yes and no: a figure put forward is compared as an amount, and never repeated as true when it is not."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.values import Quantity
from index import Store
from qa.frames import Frame
from qa.money import SCALES
from qa.types import Draft
from qa.understand import understand
from qa.verify import failures
from qa.yesno import same_amount, verdicts

Framed = Callable[..., Frame]


@pytest.fixture(scope="module")
def decided(tables: Store, frame: Framed) -> Callable[[str], Draft | None]:
    def decide(text: str) -> Draft | None:
        found = verdicts(tables, understand(text), (frame("koumin_kouza"),))
        return found[0].draft(tables) if found else None

    return decide


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("天文教室の参加者は312名で合っていますか？", "はい、"),
        ("天文教室の参加者は300名で合っていますか？", "いいえ、"),
        ("手話講座のR5予算額は415千円で合っていますか？", "はい、"),
        ("手話講座のR5予算は41万5千円で合っていますか？", "はい、"),
        ("手話講座のR5予算は415円で合っていますか？", "いいえ、"),
        ("写真講座の予算はR4とR5で同額ですか？", "はい、"),
        ("絵本の広場はR5年度に廃止されますか？", "はい、"),
        ("写真講座はR5年度に廃止されますか？", "いいえ、"),
        ("点字講座は新規ですか？", "はい、"),
        ("天文教室の参加者は手話講座より多いですか？", "はい、"),
        ("手話講座の参加者は天文教室より多いですか？", "いいえ、"),
        ("手話講座の参加者は天文教室より少ないですか？", "はい、"),
        ("手話講座の予算はR4とR5で同じですか？", "いいえ、"),
        ("天文教室の参加者は312人で合っていますか？", "はい、"),
    ],
)  # fmt: skip
def test_a_claim_is_compared_with_the_cell(
    text: str, opening: str, decided: Callable[[str], Draft | None], tables: Store
) -> None:
    draft = decided(text)
    assert draft is not None
    assert draft.kind == "yesno"
    assert draft.text.startswith(opening)
    assert failures(tables, draft) == ()


def test_a_false_figure_is_not_repeated(decided: Callable[[str], Draft | None]) -> None:
    draft = decided("天文教室の参加者は300名で合っていますか？")
    assert draft is not None
    assert "300" not in draft.text
    assert "312名" in draft.text


def test_what_the_cells_do_not_decide_is_left_open(decided: Callable[[str], Draft | None]) -> None:
    assert decided("火星の講座は廃止されましたか？") is None
    assert decided("天文教室は中止されましたか？") is None


def quantity(value: Decimal, unit: str | None) -> Quantity:
    return Quantity(value, unit, str(value), 0, 1)


figures = st.decimals(0, 10**9, places=2)


@given(value=figures, unit=st.sampled_from(sorted(SCALES)), other=st.sampled_from(sorted(SCALES)))
def test_the_same_money_in_other_units_is_the_same(value: Decimal, unit: str, other: str) -> None:
    converted = value * SCALES[unit] / SCALES[other]
    assert same_amount(quantity(value, unit), quantity(converted, other))
    assert same_amount(quantity(converted, other), quantity(value, unit))
    assert not same_amount(quantity(value + 1, unit), quantity(converted, other))


@given(value=figures)
def test_a_bare_figure_is_compared_by_its_number(value: Decimal) -> None:
    assert same_amount(quantity(value, None), quantity(value, "千円"))
    assert not same_amount(quantity(value, None), quantity(value + 1, "千円"))


def test_people_are_not_money() -> None:
    assert not same_amount(quantity(Decimal(3), "人"), quantity(Decimal(3), "円"))
