"""Figures are read, added and written exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from corpus.values import Quantity
from qa.frames import DIGITS, Frame
from qa.results import Operand, in_unit, number, operand, plain, read_figures, rounded, total, value_of
from qa.tabular import Proposal

Framed = Callable[..., Frame]
Best = Callable[..., Proposal]
figures = st.decimals(-(10**12), 10**12, places=3)


def of(value: Decimal) -> Operand:
    return Operand(0, 0, Quantity(value, "千円", str(value), 0, 1))


@given(figures)
def test_a_figure_written_down_is_read_as_the_same_figure(value: Decimal) -> None:
    written = number(value)
    assert Decimal(written.replace(",", "").replace("−", "-")) == value
    assert written.startswith("−") == (value < 0)
    assert not written.endswith(".")
    assert all(len(part) == 3 for part in written.split(".")[0].lstrip("−").split(",")[1:])


@given(st.lists(figures, min_size=1, max_size=30))
def test_a_sum_is_the_sum_of_its_parts(values: list[Decimal]) -> None:
    assert total([of(value) for value in values]) == sum(values)


@given(st.lists(figures, min_size=2, max_size=10), st.data())
def test_a_sum_does_not_depend_on_order_and_splits_into_parts(values: list[Decimal], data: st.DataObject) -> None:
    ones = [of(value) for value in values]
    mixed = data.draw(st.permutations(ones))
    cut = data.draw(st.integers(1, len(ones) - 1))
    assert total(mixed) == total(ones) == total(ones[:cut]) + total(ones[cut:])


def test_tenths_are_added_exactly() -> None:
    assert total([of(Decimal("0.1"))] * 3) == Decimal("0.3")
    assert total([of(Decimal(1).scaleb(-DIGITS))] * 2) == Decimal(2).scaleb(-DIGITS)


@given(figures)
def test_rounding_is_near_and_says_whether_it_is_exact(value: Decimal) -> None:
    near, sign = rounded(value)
    assert (sign == "=") == (near == value)
    assert abs(near - value) <= (Decimal("0.05") if abs(value) >= 1 else Decimal("0.0005"))


def test_half_is_rounded_away_from_zero() -> None:
    assert rounded(Decimal("2.25")) == (Decimal("2.3"), "≒")
    assert rounded(Decimal("-2.25")) == (Decimal("-2.3"), "≒")
    assert rounded(Decimal("0.1235")) == (Decimal("0.124"), "≒")
    assert rounded(Decimal("12.5")) == (Decimal("12.5"), "=")


@given(value=figures, unit=st.sampled_from(["千円", "人", None]))
def test_how_an_operand_is_written(value: Decimal, unit: str | None) -> None:
    assert plain(of(value)) == number(value_of(of(value)))
    assert in_unit(unit) == (f" ({unit})" if unit else "")


def test_an_operand_is_a_cell_with_its_figure(frame: Framed) -> None:
    shisetsu = frame("shisetsu")
    column = next(c.index for c in shisetsu.columns if c.label == "利用者数(人)")
    one, none = operand(shisetsu, 0, column), operand(shisetsu, 3, column)
    assert (one.row, one.column, value_of(one)) == (0, column, 12345)
    assert none.quantity is None


def test_words_are_named_and_marks_for_nothing_are_not_figures(best: Best) -> None:
    plan = best("koumin_kouza", "天文教室の参加者は？").plan
    column = next(c.index for c in plan.frame.columns if c.label == "参加者")
    read = read_figures(replace(plan, columns=(column,)), range(5))
    assert read is not None
    ones, left_out, unit = read
    assert [value_of(one) for one in ones] == [312, 48, 26, 96]
    assert (left_out, unit) == ((4,), "名")


def test_figures_of_different_units_are_not_read_together(best: Best) -> None:
    plan = best("koumin_kouza", "天文教室の参加者は？").plan
    both = tuple(c.index for c in plan.frame.columns if c.kind == "number" and c.role == "data")
    assert read_figures(replace(plan, columns=both), (0,)) is None
    assert read_figures(replace(plan, columns=both[:1]), (0,)) is not None
