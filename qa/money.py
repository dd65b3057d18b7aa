"""Amounts of money in one unit, so that 96,530億円, 9兆6,530億円 and 9,653,000,000千円 are the same figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

PEOPLE = frozenset("人名者")
SCALES = {"円": 1, "千円": 1000, "万円": 10**4, "百万円": 10**6, "億円": 10**8}
_THOUSANDS = re.compile(r"[0-9一二三四五六七八九]千円?$")


def amount(value: Decimal, unit: str | None) -> tuple[Decimal, str | None]:
    """A figure with money multiplied out to 円 and everything else as it is; equal amounts compare equal."""
    scale = SCALES.get(unit or "")
    return (value * scale, "円") if scale else (value, unit)


def of_change(unit: str) -> str:
    """The unit of what two figures of a unit differ by: 61.2 % and 64.9 % by 3.7 points, not per cent."""
    return "ポイント" if unit == "%" else unit


def exact(value: Decimal) -> int | float:
    """A figure for JSON: whole numbers stay whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def spoken(value: Decimal, scaled: bool, thousands: bool = False) -> str:
    """A number as the document writes its own: 2224870000 → 22億2,487万 where it writes 億 and 万, else 2,224,870,000;
    the last thousands as 6千 where it writes them so.
    """
    if not scaled or value != value.to_integral_value():
        return f"{value.normalize():,f}"
    left, said = int(abs(value)), "−" if value < 0 else ""
    for name, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4)):
        count, left = divmod(left, size)
        said += f"{count:,}{name}" if count else ""
    if thousands and left and not left % 1000:
        return f"{said}{left // 1000}千"
    return said + (f"{left:,}" if left or said in ("", "−") else "")


def spoken_like(value: Decimal, unit: str | None, printed: Sequence[str]) -> str:
    """A sum or difference of printed figures, with its unit, written as they are: 22億2,487万円, 6億1千円."""
    scaled = unit in (None, "", "円") and any(c in text for text in printed for c in "兆億万")
    thousands = scaled and any(_THOUSANDS.search(text) for text in printed)
    return f"{spoken(value, scaled, thousands)}{unit or ''}"
