"""Amounts of money in one unit, so that 96,530億円, 9兆6,530億円 and 9,653,000,000千円 are the same figure."""

from __future__ import annotations

from decimal import Decimal

PEOPLE = frozenset("人名者")
SCALES = {"円": 1, "千円": 1000, "万円": 10**4, "百万円": 10**6, "億円": 10**8}


def amount(value: Decimal, unit: str | None) -> tuple[Decimal, str | None]:
    """A figure with money multiplied out to 円 and everything else as it is; equal amounts compare equal."""
    scale = SCALES.get(unit or "")
    return (value * scale, "円") if scale else (value, unit)


def exact(value: Decimal) -> int | float:
    """A figure for JSON: whole numbers stay whole."""
    return int(value) if value == value.to_integral_value() else float(value)
