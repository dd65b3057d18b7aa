"""Adjectives of measure (広い, 長い) in the words a table has for what they measure: 最も広い公園 asks for the largest 面積."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index import Store
from qa.in_kana import holds

_FILE = Path(__file__).parent / "dimensions.toml"
_MOST = r"最も|もっとも|一番|いちばん"
_HOW = r"どれだけ|どれくらい|どれほど|どの(?:くらい|ぐらい)|いくら|何[^\s、。はがを]{1,6}?"


@dataclass(frozen=True, slots=True)
class Dimension:
    """The stems of two adjectives (広, 狭) and the names of what both measure (面積)."""

    large: str
    small: str
    measures: tuple[str, ...]


@lru_cache(maxsize=1)
def dimensions() -> tuple[Dimension, ...]:
    """The data of `dimensions.toml`."""
    read = tomllib.loads(_FILE.read_text("utf-8"))["dimension"]
    return tuple(Dimension(one["large"], one["small"], tuple(one["measures"])) for one in read)


@lru_cache(maxsize=1)
def _said() -> re.Pattern[str]:
    stems = "|".join(stem for one in dimensions() for stem in (one.large, one.small))
    lead = rf"(?P<most>{_MOST})|(?<=より)(?:も)?(?P<how>{_HOW})|(?P<which>どちら|どっち)(?:の(?:方|ほう))?が"
    return re.compile(rf"(?:{lead})(?P<stem>{stems})(?P<end>い|かった)")


def says_dimension(folded: str) -> bool:
    """Whether a folded question asks by an adjective of measure, and names no measure."""
    match = _said().search(folded)
    return match is not None and not any(measure in folded for measure in _of(match).measures)


def in_measures(store: Store, folded: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a folded question that say an adjective of measure, each with the words for what it measures.

    A measure that the question names itself (面積が最も広い) is not said again; nothing where no document holds one.
    """
    for match in _said().finditer(folded):
        own = _of(match)
        named = any(measure in folded for measure in own.measures)
        measure = next((one for one in own.measures if holds(store, one)), None)
        if measure is None and not named:
            continue
        size = ("大き" if match["stem"] == own.large else "小さ") + match["end"]
        by = "" if named else f"{measure}が"
        if match["which"]:
            yield match.start(), match.end(), f"{match['which']}が{size}" if named else f"{match['which']}の{by}{size}"
        elif match["most"]:
            yield match.start(), match.end(), f"{match['most']}{by}{size}"
        else:
            yield match.start(), match.end(), f"{by}{match['how']}{size}"


def _of(match: re.Match[str]) -> Dimension:
    return next(one for one in dimensions() if match["stem"] in (one.large, one.small))
