"""Remember what short texts come to: cells repeat, and long texts would fill the memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

_KEPT = 1 << 16
_SHORT = 200


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Cache a pure function of one text for texts of up to 200 characters."""
    cached = lru_cache(maxsize=_KEPT)(function)

    @wraps(function)
    def call(text: str) -> T:
        return cached(text) if len(text) <= _SHORT else function(text)

    return call
