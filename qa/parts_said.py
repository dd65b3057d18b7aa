"""How the figures of a text are told, and what is said of those that were used."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from qa.parts import Part
from qa.parts_asked import Chosen, Held
from qa.results import number
from qa.types import Term


def said(part: Part) -> str:
    """A figure as it is told: as printed, with the unit that goes on to it, and the word that says how it is meant."""
    text = part.text if not part.unit or part.text.endswith(part.unit) else f"{part.text}{part.unit}"
    return ("各" if part.each else "") + text


def with_label(part: Part) -> str:
    """A figure after what it is called; 令和2年 12件 would read as a month, so a year takes は."""
    name = "の".join(w for w in (part.when, part.label) if w)
    return f"{name}は{said(part)}" if part.when else f"{name} {said(part)}" if name else said(part)


def bare(part: Part) -> str:
    """A figure without its unit."""
    return number(part.value)


def unit_of(part: Part) -> str:
    """The unit of a figure, "" without one."""
    return part.unit or ""


def in_unit(unit: str) -> str:
    """A unit as a calculation ends with it."""
    return f" ({unit})" if unit else ""


def make(
    held: Held, kind: str, used: Sequence[int], told: str, shown: str, value: Decimal | None, unit: str | None,
    calculation: str | None, clear: float, counted: frozenset[Term] = frozenset(),
) -> Chosen:  # fmt: skip
    """What is said of the parts used, with the terms that stand in their labels and in those of others."""
    mine, strange = held.said_of(used)
    parts = tuple(held.parts[i] for i in used)
    return Chosen(
        kind, parts, told, shown, value, unit, calculation, mine, strange - counted, clear, held.label(used), counted
    )


def rounded(exact: Decimal, unit: str) -> tuple[Decimal, str]:
    """A figure as it is said, 円 whole and anything else to one place, and whether that is all of it (=) or not (≒)."""
    shown = exact.quantize(Decimal(1) if unit == "円" else Decimal("0.1"), ROUND_HALF_UP)
    return shown, "=" if shown == exact else "≒"
