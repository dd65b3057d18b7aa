"""Which of many texts hold a word of the question: all cells or headers of a table asked at once.

The same evidence as `qa.explain` (same letters, same word, same reading, a typo away), found through postings instead
of text by text, so that a whole table answers in microseconds.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import jaconv
from rapidfuzz import fuzz

from corpus.folding import searchable
from index.words import Word, content_words
from qa.boundaries import stands_apart
from qa.explain import SAID_OTHERWISE, SAME_READING, TYPO, same_figures
from qa.thesaurus import written_for
from qa.types import Term

_END = "\n"
_CONTENT = re.compile(r"[一-龥々ァ-ヴーa-z0-9]{2,}")
_SHORT = 60  # a longer text has words enough to look like anything
_TYPO_RATIO = 80  # one letter wrong in five
_LONG_ENOUGH = 4
_MOST_KEPT = 5_000  # answers kept for each index
_MOST_SEGMENTED = 50_000  # beyond, a table is searched by letters alone
SAME_STEM = 0.9  # 貸し出す by 貸出
_OKURIGANA = re.compile(r"[ぁ-ん]")
_SMALL_NUMBER = re.compile(r"[1-9](?![0-9.,])")
_KANJI_NUMERALS = "〇一二三四五六七八九"
_LONE_NUMERAL = re.compile(r"(?<![〇一二三四五六七八九十百千万])[二三四五六七八九](?![〇一二三四五六七八九十百千万])")
_KANJI = re.compile(r"[\u3400-\u9fff々]")
_UNSEEN = re.compile(r"(?<=[0-9]),(?=[0-9]{3})|[\s「」『』]|(?<=[ァ-ヴ])ー")  # サーバー is サーバ


@lru_cache(maxsize=50_000)
def letters(text: str) -> str:
    """How texts are compared letter by letter: folded, lower case, without thousands separators, blanks and quotes."""
    return _UNSEEN.sub("", searchable(text).lower())


@lru_cache(maxsize=20_000)
def pairs(text: str) -> frozenset[str]:
    """Neighbouring letters inside runs of kanji, katakana, Latin letters and digits."""
    runs = _CONTENT.findall(searchable(text).lower().replace(",", ""))
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def sound_of(word: Word) -> str:
    """A word's sound in katakana; its letters where the dictionary knows no reading."""
    return word.reading or jaconv.hira2kata(word.surface)


class TextIndex:
    """Different texts, asked together. Ids are positions in the sequence given."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = [letters(text) for text in texts]
        self._raw = list(texts)
        self._joined = _END.join(["", *self.texts, ""])
        self._starts = list(itertools.accumulate((len(text) + 1 for text in self.texts), initial=1))
        self._held: dict[str, list[int]] = {}
        self._found: dict[tuple[str, str, str], dict[int, float]] = {}

    def holding(self, wanted: str) -> list[int]:
        """Ids of the texts that hold these letters (already folded by `letters`), ascending.

        Short words and figures count only where they are no part of another.
        """
        if wanted not in self._held:
            if len(self._held) >= _MOST_KEPT:
                self._held.clear()
            self._held[wanted] = self._search(wanted)
        return self._held[wanted]

    def _search(self, wanted: str) -> list[int]:
        if not wanted:
            return []
        if wanted[0].isdigit() or wanted[-1].isdigit():
            before = r"(?<![0-9.第])" if wanted[0].isdigit() else ""  # 第4回 is not 4回
            after = r"(?![0-9])(?!\.[0-9])" if wanted[-1].isdigit() else ""
            places: Iterable[int] = (m.start() for m in re.finditer(before + re.escape(wanted) + after, self._joined))
        else:
            places = self._occurrences(wanted)
        return list(dict.fromkeys(bisect_right(self._starts, place) - 1 for place in places))

    def _occurrences(self, wanted: str) -> Iterable[int]:
        segmented = len(self.texts) <= _MOST_SEGMENTED
        at = self._joined.find(wanted)
        while at >= 0:
            if not segmented or self._stands_apart(wanted, at):
                yield at
            at = self._joined.find(wanted, at + 1)

    def _stands_apart(self, wanted: str, place: int) -> bool:
        i = bisect_right(self._starts, place) - 1
        return stands_apart(wanted, self.texts[i], place - self._starts[i])

    @cached_property
    def _postings(self) -> tuple[dict[str, dict[int, str]], dict[str, dict[int, str]]]:
        """Word form and reading → text id → surface there."""
        forms: dict[str, dict[int, str]] = {}
        readings: dict[str, dict[int, str]] = {}
        if len(self._raw) > _MOST_SEGMENTED:
            return forms, readings
        for i, text in enumerate(self._raw):
            for word in content_words(text):
                forms.setdefault(word.normal, {}).setdefault(i, word.surface)
                if len(word.reading) >= 3:
                    readings.setdefault(word.reading, {}).setdefault(i, word.surface)
        return forms, readings

    @cached_property
    def _short(self) -> list[int]:
        return [i for i, text in enumerate(self.texts) if _LONG_ENOUGH <= len(text) <= _SHORT]

    def has(self, term: Term) -> bool:
        """Whether a word of the same form or reading stands anywhere."""
        forms, readings = self._postings
        return term.normal in forms or (len(term.reading) >= 3 and term.reading in readings)

    def find(self, term: Term) -> dict[int, float]:
        """Ids of the texts that explain a term, each with how well, in (0, 1]."""
        key = (term.surface, term.normal, term.reading)
        if key not in self._found:
            if len(self._found) >= _MOST_KEPT:
                self._found.clear()
            self._found[key] = self._explain(term)
        return self._found[key]

    def _explain(self, term: Term) -> dict[int, float]:
        surface = letters(term.surface)
        if term.pos == "数詞":
            spelled = dict.fromkeys((surface, in_kanji(surface), in_digits(surface)))
            return dict.fromkeys([i for one in spelled for i in self.holding(one)], 1.0)
        found: dict[int, float] = {}
        forms, readings = self._postings
        if len(term.reading) >= 3:
            for i, there in readings.get(term.reading, {}).items():
                if _may_be_same(term, there):
                    found[i] = SAME_READING
        for i, there in forms.get(term.normal, {}).items():
            if _may_be_same(term, there) and (len(surface) > 1 or surface in letters(there)):
                found[i] = 1.0  # a single kanji is no kana inside another word: 朝, あさかビル
        if len(surface) > 1 or not surface.isascii():
            found.update(dict.fromkeys(self.holding(surface), 1.0))
        if not found and (stem := _OKURIGANA.sub("", surface)) != surface and len(stem) > 1:
            found = dict.fromkeys(self.holding(stem), SAME_STEM)
        if not found:  # ツイッター and Twitter: the same name in other letters
            others = (one for one in written_for(term.surface, term.normal) if one.isascii() is not surface.isascii())
            found = dict.fromkeys((i for one in others for i in self.holding(letters(one))), SAID_OTHERWISE)
        if not found and len(surface) >= _LONG_ENOUGH:
            found = self.near(surface)
        return found

    def near(self, surface: str) -> dict[int, float]:
        """Ids of the short texts that hold something one letter in five away."""
        return {
            i: TYPO
            for i in self._short
            if same_figures(surface, self.texts[i])
            and fuzz.partial_ratio(surface, self.texts[i], score_cutoff=_TYPO_RATIO) >= _TYPO_RATIO
        }


def in_kanji(surface: str) -> str:
    """A small number as a name writes it: 2人 → 二人 of 二人乗り; questions fold such numerals to digits."""
    match = _SMALL_NUMBER.match(surface)
    return surface if match is None else _KANJI_NUMERALS[int(match.group())] + surface[match.end() :]


def in_digits(surface: str) -> str:
    """Lone numerals of a name in figures: 湖畔三町 → 湖畔3町."""
    return _LONE_NUMERAL.sub(lambda numeral: str(_KANJI_NUMERALS.index(numeral.group())), surface)


def _may_be_same(term: Term, there: str) -> bool:
    """Names that differ in a kanji (峰, 嶺) are not the same name, whatever their reading or form."""
    if not _KANJI.search(term.surface) or (term.weight < 1.0 and len(term.surface) > 1):
        return True
    return not _KANJI.search(there) or there == term.surface
