"""Labels as they are compared: letters without signs, letter pairs, and how a name sounds in Latin letters."""

from __future__ import annotations

import re
from functools import lru_cache

import jaconv
from rapidfuzz import fuzz

from index.words import words

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【|】|[(\[)\]]")
_SIGNS = re.compile(r"[\s・、。,.:;※*○●◎\-―─~]|^[0-9]+[.)]\s?")
_ENDS = re.compile(r"(?:の部)?(?:合計|小計|総計|計|合計額|純額|総額|残高|の内訳)?$")
_NOTE = re.compile(r"(?:※|\*|\(?注\)?)\s?\(?\d+\)?(?:[,、]\s?\d+)*")
_LONGEST = 120


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A label without blanks, signs and note marks, as similarities compare it."""
    return _SIGNS.sub("", _NOTE.sub("", text))[:_LONGEST].lower()


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """A label without remarks in brackets and without the words that only say it is a total or a balance."""
    core = plain(_BRACKETS.sub("", text))
    return _ENDS.sub("", core) or core


@lru_cache(maxsize=20_000)
def grams(text: str) -> frozenset[str]:
    """Neighbouring letters of a plain label; a single letter stands for itself."""
    letters = plain(text)
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1)) or frozenset(letters)


@lru_cache(maxsize=20_000)
def spoken(text: str) -> str:
    """A short text as Latin letters: kanji by their readings, long vowels shortened; "" where nothing can be read."""
    if len(text) > 40:
        return ""
    read = "".join(w.reading if w.reading not in ("", "*") else w.surface for w in words(text))
    latin = jaconv.kana2alphabet(jaconv.kata2hira(read)).lower()
    return sound_of(re.sub(r"[^a-z]", "", latin))


def sound_of(latin: str) -> str:
    """Latin letters with long vowels shortened and double letters single, as names are spelled in many ways."""
    for long, short in (
        ("ou", "o"),
        ("oh", "o"),
        ("oo", "o"),
        ("uu", "u"),
        ("ei", "e"),
        ("l", "r"),
        ("v", "b"),
        ("tch", "cch"),
    ):
        latin = latin.replace(long, short)
    return re.sub(r"([a-z])\1", r"\1", latin)


@lru_cache(maxsize=20_000)
def core(text: str) -> str:
    """A plain label without its remarks in brackets."""
    return plain(_BRACKETS.sub("", text))


def heard(word: str, sound: str) -> float:
    """How well a Latin word is heard in the sound of a label, in [0, 1]; chance likeness counts nothing."""
    score = fuzz.partial_ratio(word, sound) / 100 if len(sound) >= len(word) else fuzz.ratio(word, sound) / 100
    return score if score > 0.6 else 0.0
