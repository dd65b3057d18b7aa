"""Amounts of money are the same in whatever unit they are given."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.money import SCALES, amount, exact, spoken_like

figures = st.decimals(-(10**9), 10**9, places=3)


@given(value=figures, unit=st.sampled_from(sorted(SCALES)), other=st.sampled_from(sorted(SCALES)))
def test_the_same_money_in_another_unit_is_the_same_amount(value: Decimal, unit: str, other: str) -> None:
    converted = value * SCALES[unit] / SCALES[other]
    assert amount(converted, other) == amount(value, unit)


@given(value=figures)
def test_money_in_another_unit_by_the_same_number_is_another_amount(value: Decimal) -> None:
    assert (amount(value, "千円") == amount(value, "円")) == (value == 0)


@pytest.mark.parametrize("unit", ["人", "件", "%", None])
def test_other_units_stay_as_they_are(unit: str | None) -> None:
    assert amount(Decimal(3), unit) == (Decimal(3), unit)
    assert amount(Decimal(3), unit) != amount(Decimal(3), "円")


@given(value=figures)
def test_whole_numbers_stay_whole(value: Decimal) -> None:
    given_ = exact(value)
    assert isinstance(given_, int) == (value == int(value))
    assert given_ == pytest.approx(float(value))


@pytest.mark.parametrize(
    ("value", "printed", "said"),
    [
        (2_224_870_000, ("16億198万円", "6億2,289万円"), "22億2,487万円"),
        (11_187_876_000, ("四十一億六千八百十七万八千円", "七十億千九百六十九万八千円"), "111億8,787万6千円"),
        (11_187_876_000, ("41億6,817万8,000円", "70億1,969万8,000円"), "111億8,787万6,000円"),
        (1_500_000, ("700,000円", "800,000円"), "1,500,000円"),
    ],
)
def test_a_sum_is_written_as_its_figures_are(value: int, printed: tuple[str, ...], said: str) -> None:
    assert spoken_like(Decimal(value), "円", printed) == said
