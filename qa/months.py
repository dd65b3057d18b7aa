"""Stretches of months that a question names: 12月から3月まで, 第2四半期, 上半期. A fiscal year begins in April."""

from __future__ import annotations

import re

_SPAN = re.compile(
    r"(?<![0-9])(?P<first>1[0-2]|[1-9])月?(?:から|~|-)(?P<last>1[0-2]|[1-9])月(?:末)?(?:まで)?(?:の[0-9]{1,2}か月)?(?![0-9日])"
)
_QUARTER = re.compile(r"第(?P<quarter>[1-4])四半期")
_HALF = re.compile(r"(?P<half>[上下])半期|(?P<end>前|後)期(?=[のは])")
_APRIL, _QUARTER_LONG, _HALF_LONG = 4, 3, 6


def span_of_months(folded: str) -> tuple[tuple[int, int], tuple[int, ...]] | None:
    """Where a folded text names a stretch of months, and which they are, in order; None where it names none."""
    if (match := _SPAN.search(folded)) is not None:
        first, last = int(match["first"]), int(match["last"])
        return match.span(), _from(first, (last - first) % 12 + 1)
    if (match := _QUARTER.search(folded)) is not None:
        return match.span(), _from(_APRIL + _QUARTER_LONG * (int(match["quarter"]) - 1), _QUARTER_LONG)
    if (match := _HALF.search(folded)) is not None:
        later = (match["half"] or match["end"]) in "下後"
        return match.span(), _from(_APRIL + _HALF_LONG * later, _HALF_LONG)
    return None


def _from(first: int, count: int) -> tuple[int, ...]:
    return tuple((first - 1 + i) % 12 + 1 for i in range(count))
