"""What a plan comes to, as a value, and how its figures are read, added and written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from corpus.values import Quantity
from qa.frames import Frame
from qa.money import SCALES

if TYPE_CHECKING:
    from qa.plan import Plan

_WHOLE = Decimal(1)
_LARGE = 100  # yen of which sen say nothing


@dataclass(frozen=True, slots=True)
class Operand:
    """A cell that entered an answer: its place in the frame and its figure, None where the cell is words."""

    row: int
    column: int
    quantity: Quantity | None


@dataclass(frozen=True, slots=True)
class Result:
    """What a plan comes to.

    `kind` is the contract's; `things` are the rows found (for lists, counts and extremes), `operands` the cells to be
    cited, in the order they are spoken of; `value` in `unit` is what was calculated, `written` how. `left_out` are
    rows whose figure cannot be read; `also` are cells that print the outcome themselves, cited besides. `note` is a word for the composer: which way a change went, what was assumed.
    """

    kind: str
    plan: Plan = field(hash=False, compare=False)
    things: tuple[int, ...] = ()
    operands: tuple[Operand, ...] = ()
    value: Decimal | None = None
    unit: str | None = None
    written: str | None = None
    left_out: tuple[int, ...] = ()
    note: str = ""
    also: tuple[Operand, ...] = ()


def named_in(result: Result) -> int:
    """The column that prints the names of the things found: a group's own rows leave the key blank."""
    frame, listed = result.plan.frame, result.plan.listed
    printed = {frame.name_at(row) for row in result.things} if listed == frame.key else {listed}
    return printed.pop() if len(printed) == 1 else listed


def operand(frame: Frame, row: int, column: int) -> Operand:
    """A cell of a frame, its figure read."""
    return Operand(row, column, frame.quantity(row, column))


def value_of(one: Operand) -> Decimal:
    """The figure of an operand that has one."""
    assert one.quantity is not None
    return one.quantity.value


def read_figures(plan: Plan, rows: Sequence[int]) -> tuple[list[Operand], tuple[int, ...], str | None] | None:
    """All figures of the asked columns, the rows without one, and their common unit; None when units differ."""
    found: list[Operand] = []
    left_out: list[int] = []
    for row in rows:
        for column in plan.columns:
            one = operand(plan.frame, row, column)
            if one.quantity is not None:
                found.append(one)
            elif not plan.frame.says_nothing(row, column):
                left_out.append(row)
    units = {one.quantity.unit for one in found if one.quantity}
    if len(units) > 1 or not found:
        return None
    return found, tuple(dict.fromkeys(left_out)), units.pop()


def total(figures: Sequence[Operand]) -> Decimal:
    """The exact sum, by polars over the column of figures."""
    import polars as pl

    from qa.frames import DIGITS

    series = pl.Series([one.quantity.value for one in figures if one.quantity], dtype=pl.Decimal(38, DIGITS))
    total = series.sum()
    return Decimal(str(total)).normalize() if total else Decimal(0)


_NEAR = ("≒", "約")


def number(value: Decimal, sign: str = "=") -> str:
    """A figure with thousands separators and a true minus sign.

    Of one that is only near (`sign` ≒ or 約) a decimal is told though it is nought: 約9.0% is nearer than 約9%.
    """
    shown = f"{abs(value):,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    if sign in _NEAR and "." not in shown and value % 1 == 0 and value.as_tuple().exponent:
        shown += ".0"
    return f"−{shown}" if value < 0 else shown


def rounded(value: Decimal, finely: bool = False, whole: bool = False) -> tuple[Decimal, str]:
    """To one decimal (two where asked `finely`, three below one), and the sign that says whether that is exact.

    `whole`: as amounts in yen are told, from a hundred on without decimals.
    """
    step = Decimal("0.01" if finely else "0.1") if abs(value) >= _WHOLE else Decimal("0.001")
    step = Decimal(1) if whole and abs(value) >= _LARGE else step
    near = value.quantize(step, ROUND_HALF_UP)
    return near, "=" if near == value else "≒"


def plain(one: Operand) -> str:
    """An operand's figure as it stands in a calculation."""
    return number(value_of(one))


def in_unit(unit: str | None) -> str:
    """The unit as it stands at the end of a calculation."""
    return f" ({unit})" if unit else ""


def converted(value: Decimal, unit: str | None, told: str) -> tuple[Decimal, str] | None:
    """An amount of money in another unit, and how it was converted; None where it is no money."""
    if unit not in SCALES or told not in SCALES:
        return None
    factor = Decimal(SCALES[unit]) / Decimal(SCALES[told])
    sign, by = ("×", factor) if factor >= 1 else ("÷", 1 / factor)
    anew = value * factor
    return anew, f"{number(value)} {sign} {number(by)} = {number(anew)} ({told})"
