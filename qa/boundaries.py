"""Where a short word stands by itself in a text, and not by chance inside another: 水道 is no part of 下水道."""

from __future__ import annotations

import re
from functools import lru_cache

from index.words import words

DENIES = frozenset("未非不無")  # signs before a noun that say it is not so
_LATIN = re.compile(r"[A-Za-z]")
_SHORT = 3  # letters; a longer one is seldom inside another by chance


def stands_apart(wanted: str, text: str, at: int) -> bool:
    """Whether letters found in a text at a place begin a word of it; a single kanji, or katakana, has to be whole words.

    Only short words of kanji, katakana or Latin letters are looked at, and only among letters of their own script: elsewhere
    the script ends a word. `text` is folded.
    """
    if len(wanted) <= _SHORT and wanted.isascii() and wanted.isalpha():
        return not _LATIN.match(text[at - 1 : at]) and not _LATIN.match(text, at + len(wanted))  # no D in BOD
    if not (script := _script(wanted[0])):
        return True
    end = at + len(wanted)
    if len(wanted) > _SHORT:  # 水道事業会計 begins in the middle of 下水道事業会計
        return not (at > 0 and _script(text[at - 1]) == script) or at in _edges(text)[0]
    before = at > 0 and _script(text[at - 1]) == script
    after = (script == "katakana" or len(wanted) == 1) and end < len(text) and _script(text[end]) == script
    if not (before or after):
        return True
    starts, ends = _edges(text)
    return (not before or at in starts) and (not after or end in ends)


def found_apart(wanted: str, text: str) -> bool:
    """Whether a folded text holds a word, at one place at least standing by itself."""
    at = text.find(wanted)
    while at >= 0:
        if stands_apart(wanted, text, at):
            return True
        at = text.find(wanted, at + 1)
    return False


def only_denied(wanted: str, text: str) -> bool:
    """Whether a folded text holds a word only with a sign before it that denies it: 受診 in 未受診者, 公開 in 非公開."""
    at, found = text.find(wanted), False
    while at >= 0:
        if not at or text[at - 1] not in DENIES:
            return False
        found, at = True, text.find(wanted, at + 1)
    return found


@lru_cache(maxsize=20_000)
def _edges(text: str) -> tuple[frozenset[int], frozenset[int]]:
    found = words(text)
    return frozenset(word.start for word in found), frozenset(word.end for word in found)


def _script(char: str) -> str:
    """Kanji or katakana; empty for any other letter."""
    if "\u3400" <= char <= "\u9fff" or char == "々":
        return "kanji"
    return "katakana" if "ァ" <= char <= "ヺ" or char == "ー" else ""
