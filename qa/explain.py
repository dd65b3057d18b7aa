"""Does a text explain a word of the question? Same word, same spelling, same reading, or a typo away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from corpus.folding import searchable
from corpus.values import fold_kanji_numbers
from index.words import content_words
from qa.boundaries import found_apart, only_denied
from qa.thesaurus import written_for
from qa.types import Term

SAME_READING = 0.9
TYPO = 0.8
SAID_OTHERWISE = 0.85  # by what documents write for an everyday word
SAME_VERB = 0.9  # 引っ越し by 引っ越す
_NAME = 1.0
_TYPO_RATIO = 80  # one letter wrong in five
_FIGURES = re.compile(r"[0-9]+")
_LONG_ENOUGH = 4
_SOUNDS = 3  # kana; shorter words sound like too many others
_TO_NOUN = dict(zip("ウクグスツヌブムル", "イキギシチニビミリ", strict=True))

_KANJI = re.compile(r"[\u3400-\u9fff々]")
_BLANK_IN_FIGURE = re.compile(r"(?<=[0-9])\s(?=[一-龥])")  # 17 日 is 17日
# How names of places, offices and buildings end, in any document.
VENUE = re.compile(
    r"[一-龥ァ-ヶー]{2,}(?:[館所園校駅港都道府県市区町村国]|センター|ホール|会場|スタジオ|プラザ|広場|施設)"
)
OFFICE = re.compile(r"[一-龥ァ-ヶー]{2,}[課部局室署]")


@dataclass(frozen=True, slots=True)
class Bag:
    """A text ready to be compared with: folded letters, the same with figures in digits (二百五十億円 as 250億円); its words' surfaces by
    form, by reading and by the sound of the verb in them.
    """

    letters: str
    figures: str
    forms: dict[str, set[str]]
    readings: dict[str, set[str]]
    surfaces: tuple[str, ...]
    verbs: dict[str, set[str]]


@lru_cache(maxsize=50_000)
def bag(text: str) -> Bag:
    """The words of a text, kept because the same cells are asked about again and again."""
    found = content_words(text)
    letters = _BLANK_IN_FIGURE.sub("", searchable(text).lower().replace(",", ""))
    return Bag(
        letters,
        fold_kanji_numbers(letters),
        _by((word.normal, word.surface) for word in found),
        _by((word.reading, word.surface) for word in found if len(word.reading) >= 3),
        tuple(dict.fromkeys(word.surface for word in found)),
        _by((sound, word.surface) for word in found for sound in _verb_sounds(word.reading, word.pos)),
    )


def _verb_sounds(reading: str, pos: str) -> frozenset[str]:
    """How the noun made of a verb may sound: ヒッコシ of 引っ越す and 引っ越し, ウケイレ of 受け入れる and 受入れ."""
    if len(reading) < _SOUNDS or pos not in ("名詞", "動詞"):
        return frozenset()
    if pos == "名詞":
        return frozenset((reading,))
    stem, last = reading[:-1], reading[-1]
    bare = (stem,) if last == "ル" and len(stem) >= _SOUNDS else ()
    return frozenset((stem + _TO_NOUN[last], *bare)) if last in _TO_NOUN else frozenset()


def _by(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, surface in pairs:
        found.setdefault(key, set()).add(surface)
    return found


def _may_be_same(term: Term, surfaces: set[str]) -> bool:
    """Whether a word of equal form or reading is the same word. Names that differ in a kanji (峰, 嶺) are not."""
    if not _KANJI.search(term.surface) or (term.weight < 1.0 and len(term.surface) > 1):
        return True
    return any(not _KANJI.search(surface) or surface == term.surface for surface in surfaces)


@dataclass(frozen=True, slots=True)
class _Looks:
    """What of a word is compared with texts: its letters and reading ("" if too short), how the noun of its verb sounds and its
    kanji, and what documents write for it. Names are not said otherwise.
    """

    surface: str
    figure: re.Pattern[str] | None
    by_letters: bool
    reading: str
    sounds: tuple[str, ...]
    kanji: frozenset[str]
    otherwise: tuple[str, ...]


@lru_cache(maxsize=4096)
def _looks(surface: str, normal: str, reading: str, pos: str, weight: float) -> _Looks:
    """Kept, because a word is compared with hundreds of texts."""
    plain, name = surface.lower().replace(",", ""), weight >= _NAME
    return _Looks(
        plain,
        _figure(plain) if pos == "数詞" and plain else None,
        len(plain) > 1 or not plain.isascii(),
        reading if len(reading) >= _SOUNDS else "",
        () if name else tuple(_verb_sounds(reading, pos)),
        frozenset(_KANJI.findall(surface)),
        () if name else written_for(surface, normal),
    )


def _same_verb(looks: _Looks, there: Bag) -> bool:
    """Whether a text holds the noun of a verb or the verb of a noun, with a kanji of it."""
    surfaces = (s for sound in looks.sounds for s in there.verbs.get(sound, ()))
    return any(not looks.kanji.isdisjoint(surface) for surface in surfaces)


def _figure(digits: str) -> re.Pattern[str]:
    """A figure that is no part of a longer one; behind its unit another may follow (1か月2,640円)."""
    return re.compile(rf"(?<![0-9.]){re.escape(digits)}{'(?![0-9])' if digits[-1].isdigit() else ''}")


DENIED = 0.0  # what 未受診者 says of 受診


def same_figures(asked: str, text: str) -> bool:
    """Whether a text holds every figure of what is asked: another digit is no typo but another thing (要介護5, 要介護1)."""
    there = _FIGURES.findall(text)
    return all(figure in there for figure in _FIGURES.findall(asked))


def literal(term: Term, text: str) -> float:
    """How far a text explains a term by its letters alone, in [0, 1]; hardly where it only denies it (未受診 for 受診)."""
    if not text:
        return 0.0
    found = _by_letters(term, text)
    denied = found and len(term.surface) > 1 and only_denied(term.surface, bag(text).letters)
    return found * DENIED if denied else found


def _by_letters(term: Term, text: str) -> float:
    there, looks = bag(text), _looks(term.surface, term.normal, term.reading, term.pos, term.weight)
    if term.pos == "数詞":
        texts = (there.letters,) if there.letters == there.figures else (there.letters, there.figures)
        stands = looks.figure and any(looks.surface in text and looks.figure.search(text) for text in texts)
        return 1.0 if stands else 0.0
    if (same := there.forms.get(term.normal)) is not None and _may_be_same(term, same):
        return 1.0
    if looks.by_letters and looks.surface in there.letters and found_apart(looks.surface, there.letters):
        return 1.0
    if looks.reading and (heard := there.readings.get(looks.reading)) is not None and _may_be_same(term, heard):
        return SAME_READING
    if looks.sounds and there.verbs and _same_verb(looks, there):
        return SAME_VERB
    for word in looks.otherwise:
        if word in there.letters and found_apart(word, there.letters):
            return SAID_OTHERWISE
    long_enough = min(len(looks.surface), len(there.letters)) >= _LONG_ENOUGH
    long_enough = long_enough and same_figures(looks.surface, there.letters)
    return TYPO if long_enough and fuzz.partial_ratio(looks.surface, there.letters, score_cutoff=_TYPO_RATIO) else 0.0
