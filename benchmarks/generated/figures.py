"""The checker's own reading of figures and years in a Japanese sentence. Nothing here comes from the program checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

_NUMBER = re.compile(
    r"(?P<sign>[▲△−]\s?|(?<![\w)\]])-)?(?P<digits>\d+(?:,\d{3})*(?:\.(?P<decimals>\d+))?)(?P<scale>[万億兆](?!円未満))?"
)
_UNITS = (
    "千円",
    "百万円",
    "円",
    "人",
    "名",
    "件",
    "回",
    "日",
    "%",
    "ポイント",
    "倍",
    "施設",
    "事業",
    "講座",
    "か所",
    "つ",
    "行",
)
_UNIT = re.compile("|".join(_UNITS))
_SCALES = {"万": 10**4, "億": 10**8, "兆": 10**12}
_ERA = re.compile(r"(?:(令和|R)|(平成|H))\s?(元|\d{1,2})(?!\d)(?:年度?)?")
_WEST = re.compile(r"(?<![\d,.])(20\d{2})(?![\d,])\s?年度?")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as said: its size and sign, the unit behind it and how many decimals it is given with."""

    value: Fraction
    unit: str | None
    decimals: int


def plain(text: str) -> str:
    """Compatibility forms made one, so that wide and narrow letters are the same."""
    return unicodedata.normalize("NFKC", text)


def figures(text: str) -> list[Said]:
    """All figures of a text, left to right."""
    folded = plain(text)
    found = []
    for match in _NUMBER.finditer(folded):
        value = Fraction(match["digits"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)
        unit = _UNIT.match(folded, match.end())
        found.append(
            Said(-value if match["sign"] else value, unit.group() if unit else None, len(match["decimals"] or ""))
        )
    return found


def years(text: str) -> set[int]:
    """The western years that a text names."""
    folded = plain(text)
    found = {int(match.group(1)) for match in _WEST.finditer(folded)}
    for match in _ERA.finditer(folded):
        count = 1 if match.group(3) == "元" else int(match.group(3))
        found.add((2018 if match.group(1) else 1988) + count)
    return found


def without_years(text: str) -> str:
    """A text with its years taken out, so that they are not read as figures."""
    return _WEST.sub("〓", _ERA.sub("〓", plain(text)))


def without(text: str, words: Iterable[str]) -> str:
    """A text with words taken out, longest first."""
    folded = plain(text)
    for word in sorted({plain(w) for w in words}, key=len, reverse=True):
        folded = folded.replace(word, "〓")
    return folded


def mentioned(text: str, names: Iterable[str]) -> set[str]:
    """The names a text holds; a name inside a longer one does not count."""
    folded, found = plain(text), set()
    for name in sorted(set(names), key=len, reverse=True):
        if plain(name) in folded:
            found.add(name)
            folded = folded.replace(plain(name), "〓")
    return found


def half_up(value: Fraction, decimals: int) -> Fraction:
    """A value rounded to a number of decimals, halves away from zero."""
    scaled = abs(value) * 10**decimals
    rounded = Fraction((scaled + Fraction(1, 2)).__floor__(), 10**decimals)
    return -rounded if value < 0 else rounded
