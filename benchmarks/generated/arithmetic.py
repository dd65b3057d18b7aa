"""A shown calculation, read again and reckoned with exact fractions: `(6,293 − 3,164) ÷ 3,164 × 100 ≒ 98.9 (%)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.generated.figures import half_up, plain

_UNIT_AT_END = re.compile(r"\([^()0-9]*\)\s*$")
_UNITS = re.compile(r"(?<=[0-9)])\s*(?:千円|百万円|円|人|名|件|回|日|%|ポイント|倍|施設|事業|講座|か所|つ|行)")
_TOKEN = re.compile(r"\s*(?:(?P<number>\d[\d,]*(?:\.\d+)?)|(?P<sign>[-+*/()]))")
_SIGNS = str.maketrans({"−": "-", "–": "-", "▲": "-", "△": "-", "×": "*", "÷": "/", "⁄": "/"})


class Unreadable(Exception):
    """A calculation that cannot be read or does not come out."""


@dataclass(frozen=True, slots=True)
class Step:
    """One equation: the figures that are reckoned with (without sign), and its result."""

    operands: tuple[Fraction, ...]
    result: Fraction


def steps(calculation: str) -> tuple[Step, ...]:
    """The equations of a calculation, each found to come out: exactly after `=`, rounded half up after `≒`.

    Raises:
        Unreadable: it is no calculation, or its result is not what it makes.

    """
    found = [_step(part) for part in re.split(r"[;；、\n]", calculation) if part.strip()]
    if not found:
        raise Unreadable(f"no equation: {calculation!r}")
    return tuple(found)


def _step(text: str) -> Step:
    folded = _UNITS.sub("", _UNIT_AT_END.sub("", plain(text.replace("≒", "≈")).strip())).translate(_SIGNS)
    sides = re.split(r"([=≈])\s*約?", folded)
    if len(sides) != 3:
        raise Unreadable(f"no equation: {text!r}")
    left, sign, right = sides
    reader = _Reader(left)
    value = reader.whole()
    printed = re.fullmatch(r"\s*(-?)\s*(\d[\d,]*(?:\.(\d+))?)\s*", right)
    if printed is None:
        raise Unreadable(f"no result: {text!r}")
    result = Fraction(printed.group(2).replace(",", "")) * (-1 if printed.group(1) else 1)
    expected = value if sign == "=" else half_up(value, len(printed.group(3) or ""))
    if expected != result:
        raise Unreadable(f"comes to {float(value)}: {text!r}")
    return Step(tuple(reader.numbers), result)


class _Reader:
    """Sums, products and brackets, by recursive descent."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        self.numbers: list[Fraction] = []
        at = 0
        text = text.rstrip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise Unreadable(f"not arithmetic: {text[at:]!r}")
            self.tokens.append(match["number"] or match["sign"])
            at = match.end()

    def whole(self) -> Fraction:
        """The value of everything."""
        value = self._sum()
        if self.tokens:
            raise Unreadable(f"left over: {self.tokens}")
        return value

    def _sum(self) -> Fraction:
        value = self._product()
        while self.tokens and self.tokens[0] in "+-":
            sign = self.tokens.pop(0)
            value = value + self._product() if sign == "+" else value - self._product()
        return value

    def _product(self) -> Fraction:
        value = self._one()
        while self.tokens and self.tokens[0] in "*/":
            sign, other = self.tokens.pop(0), self._one()
            if sign == "/" and other == 0:
                raise Unreadable("divides by zero")
            value = value * other if sign == "*" else value / other
        return value

    def _one(self) -> Fraction:
        if not self.tokens:
            raise Unreadable("breaks off")
        piece = self.tokens.pop(0)
        if piece == "-":
            return -self._one()
        if piece == "(":
            value = self._sum()
            if not self.tokens or self.tokens.pop(0) != ")":
                raise Unreadable("a bracket is not closed")
            return value
        if not piece[0].isdigit():
            raise Unreadable(f"misplaced {piece!r}")
        self.numbers.append(Fraction(piece.replace(",", "")))
        return self.numbers[-1]
