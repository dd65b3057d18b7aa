"""A shown calculation is believed only where it comes out as written and uses figures that are cited."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qa.arithmetic import wrong_steps

KNOWN = {Decimal(n) for n in ("310", "120", "200", "402", "415", "0.5", "1904")}
figures = st.lists(st.decimals(0, 10**7, places=1), min_size=2, max_size=8)


@pytest.mark.parametrize(
    "calculation",
    [
        "310 + 120 + 200 = 630 (千円)",
        "415 − 402 = 13 (千円)",
        "402 − 415 = −13 (千円)",
        "(310 + 120 + 200) ÷ 3 = 210 (千円)",
        "(415 − 402) ÷ 402 × 100 ≒ 3.2 (%)",
        "1,904 ÷ 310 ≒ 6.1 (倍)",
        "310 × 1,000 = 310,000 (円)",
        "310 + 120 = 430 (千円); 430 × 1,000 = 430,000 (円)",
        "310 + 120 = 430 (千円); 430 ÷ 10 = 43 (万円)",
        "3 (件)",
        "0.5 + 0.5 = 1",
    ],
)
def test_what_comes_out_as_written_is_believed(calculation: str) -> None:
    assert wrong_steps(calculation, KNOWN) == []


@pytest.mark.parametrize(
    "calculation",
    [
        "310 + 120 + 200 = 730 (千円)",
        "310 + 120 + 200 ≒ 631 (千円)",
        "410 + 120 + 200 = 730 (千円)",
        "415 − 402 = −13 (千円)",
        "(310 + 120 + 200) ÷ 4 ≒ 157.5 (千円)",
        "(415 − 402) ÷ 402 × 100 = 3.2 (%)",
        "(415 − 402) ÷ 402 × 100 ≒ 3.3 (%)",
        "310 × 1,000 = 31,000 (円)",
        "310 × 7 = 2,170 (千円)",
        "310 ÷ (120 − 120) = 0 (倍)",
        "310 + = 310",
        "3件 + 310 = 313",
        "310 ** 2 = 96,100",
    ],
)
def test_a_wrong_sum_or_a_figure_of_nowhere_is_named(calculation: str) -> None:
    assert wrong_steps(calculation, KNOWN) == [calculation]


def test_only_the_step_that_is_wrong_is_named() -> None:
    assert wrong_steps("310 + 120 = 430 (千円); 430 × 1,000 = 43,000 (円)", KNOWN) == ["430 × 1,000 = 43,000 (円)"]


def test_a_figure_is_worked_out_before_it_is_used() -> None:
    assert wrong_steps("430 × 1,000 = 430,000 (円); 310 + 120 = 430 (千円)", KNOWN) == ["430 × 1,000 = 430,000 (円)"]


@given(figures)
def test_every_right_sum_is_believed(values: list[Decimal]) -> None:
    assert wrong_steps(f"{' + '.join(f'{v:,}' for v in values)} = {sum(values):,} (千円)", values) == []


@given(figures, st.decimals(-1000, 1000, places=1))
def test_no_wrong_sum_is_believed(values: list[Decimal], off: Decimal) -> None:
    assume(off)
    written = f"{' + '.join(f'{v:,}' for v in values)} = {sum(values) + off:,} (千円)".replace("= -", "= −")
    assert wrong_steps(written, values) == [written]


@given(figures, st.integers(0, 7), st.decimals("0.1", 10**7, places=1))
def test_no_operand_that_is_not_cited_is_believed(values: list[Decimal], at: int, other: Decimal) -> None:
    at %= len(values)
    changed = [*values[:at], other, *values[at + 1 :]]
    counted = {Decimal(len(values))}  # how many were added up, and scales, need no citation
    assume(other not in {*values, *counted} and Fraction(other) not in {Fraction(10**n) for n in range(1, 9)})
    written = f"{' + '.join(f'{v:,}' for v in changed)} = {sum(changed):,} (千円)"
    assert wrong_steps(written, values) == [written]


@given(figures)
def test_a_rounded_average_is_believed_and_its_neighbours_are_not(values: list[Decimal]) -> None:
    left = f"({' + '.join(f'{v:,}' for v in values)}) ÷ {len(values)}"
    exact = sum(map(Fraction, values), Fraction(0)) / len(values)
    told = Decimal(round(exact * 10)) / 10
    assert wrong_steps(f"{left} ≒ {told:,}", values) == []
    above = f"{left} ≒ {told + Decimal('0.2'):,}"
    assert wrong_steps(above, values) == [above]


@given(st.text(alphabet="0123456789,.+−×÷=≒() ;件千円", max_size=60))
def test_no_text_crashes(text: str) -> None:
    assert all(step in text for step in wrong_steps(text, KNOWN))
