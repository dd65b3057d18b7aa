"""Nouns that ask for a column, or say what it is not: 事業 in 担当している事業, whatever column the verb would name; 町 where a header is 町名."""

from __future__ import annotations

import re

from qa.frames import Frame
from qa.labels import core
from qa.lookup import letters

_COUNTED = re.compile(
    r"[一-龥ァ-ヶー々]{2,}[数率](?:は|を|が|って)?(?:いくら|何[^\s、。はがを]{1,4}|どれ(?:だけ|くらい))?"
    r"(?:です|でした|ます|か|教えて|ください|[?。])*$"
)
_SHARE = re.compile(r"(?:の)?(?:割合|比率|構成比|構成割合|率)(?:\(%\))?$")
_RELATIVE = re.compile(
    r"(?:を)?(?:し(?:て(?:い(?:る|た)|る|た)|た)|する|され(?:て(?:い)?(?:る|た)|る|た))(?P<head>[一-龥ァ-ヶー]{2,})"
)


def asked_columns(frame: Frame, columns: tuple[int, ...], behind: str) -> tuple[int, ...]:
    """The columns that a word names, none where it is the verb of a clause before a noun that names others.

    `behind` is the question from the end of the word on.
    """
    clause = _RELATIVE.match(behind) if columns else None
    if clause is None:
        return columns
    head = clause["head"]
    named = {
        c.index for c in frame.columns
        if c.core and any(head.startswith(own) for own in (letters(c.core), letters(c.core).removesuffix("名")) if own)
    }  # fmt: skip
    return () if named and not named & set(columns) else columns


def named_after(frame: Frame, noun: str) -> set[int]:
    """The columns whose header is a noun (as `qa.lookup.letters` spells it) with 名 behind it."""
    return {c.index for c in frame.columns if letters(c.core) == f"{noun}名"}


def headed(frame: Frame, word: str) -> list[int]:
    """The columns whose header, or whose own part of it under a joint one, is just this word: 男 under 男女別."""
    return [c.index for c in frame.columns if word in (letters(c.core), letters(core(c.path[-1])) if c.path else "")]


def headers_saying(frame: Frame, word: str) -> list[int]:
    """The columns whose header holds a word, or says it as the share (構成比) under a head that holds the rest of it."""
    if len(word) < 2:  # one letter stands in too many headers to name one, unless it is the whole of it
        return headed(frame, word)
    held = list(frame.headers.holding(word))
    of = _SHARE.sub("", word)
    if held or of == word or len(of) < 2:
        return held
    return [c for c in frame.headers.holding(of) if _SHARE.fullmatch(letters(frame.columns[c].path[-1]))]


def asks_no_money(folded: str) -> bool:
    """Whether what is asked for is a number or a rate (利用者数はいくらですか), so that an amount of money is no answer."""
    return _COUNTED.search(folded) is not None
