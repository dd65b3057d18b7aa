"""Stretches of a question in kana that no document holds, put into a word of the documents: けっさんがく → 決算額, フォロアー → フォロワー,
サクラポ → SAKURAPO.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import jaconv
from rapidfuzz.distance import OSA

from corpus.folding import searchable
from index import Store, search
from index.words import bigram_terms, words
from qa.types import Question

_KATAKANA = re.compile(r"[ァ-ヶー]{4,}")
_LONG_ENOUGH = 5  # shorter ones are a letter away from too many others
_BLANK = re.compile(r"\s")
_HIRAGANA = re.compile(r"[ぁ-んー]{4,}")
_KANJI = re.compile(r"[一-龥々]")
_PARTICLES = "のはがをにでともやへ"
_BEHIND = re.compile(rf"$|[{_PARTICLES}]|から|まで|って|です|だ|いくら|いつ|どこ|どれ")
_LEAST = 4  # kana
_MOST_PIECES = 3
_FOUND = 20  # hits that a stretch of katakana is looked for in
_SHORTEST, _FIRST = 1, 3  # kana of a piece, and of the first
_MOST_WORDS = 60_000  # of a larger vocabulary it is not looked up how its words sound


def out_of_kana(store: Store, question: Question) -> Iterator[tuple[int, int, str]]:
    """The stretches of the folded question to exchange, none overlapping, each with the word to put there."""
    if len(store.words.vocabulary) > _MOST_WORDS:
        return
    names = {(t.start, t.end) for t in question.terms if t.weight >= 1.0}
    strange = [
        word
        for word in words(question.folded)
        if word.is_content and not _KANJI.search(word.surface) and word.normal not in store.words.vocabulary
    ]
    for run in _KATAKANA.finditer(question.folded):
        unknown = any(run.start() <= word.start and word.end <= run.end() for word in strange)
        if (
            unknown
            and run.span() not in names
            and (meant := _in_latin(store, run.group()) or _slip(store, run.group()))
        ):
            yield *run.span(), meant
    for run in _HIRAGANA.finditer(question.folded):
        inside = [(word.start - run.start(), word.end - run.start()) for word in strange if run.start() <= word.start]
        found = _spelled_out(store, run.group(), inside)
        if found is not None:
            start, end, meant = found
            yield run.start() + start, run.start() + end, meant


def holds(store: Store, word: str) -> bool:
    """Whether documents may hold a word letter by letter, perhaps inside another: every two neighbouring letters of it."""
    return all(pair in store.bigrams.vocabulary for pair in bigram_terms(word))


def _in_latin(store: Store, asked: str) -> str | None:
    """The name in Latin letters that is read so."""
    spelled = jaconv.kana2alphabet(jaconv.kata2hira(asked))
    return spelled if spelled.isascii() and spelled in store.words.vocabulary else None


def _slip(store: Store, asked: str) -> str | None:
    """The one stretch of katakana, in what is found for it, with one letter another, or two the wrong way round.

    None where it stands there as it is. A letter more may make another name (オーストリア, オーストラリア).
    """
    if len(asked) < _LONG_ENOUGH:
        return None
    found = (_BLANK.sub("", searchable(hit.entry.text)) for hit in search(store, asked, _FOUND))
    there = {run for text in found for run in _KATAKANA.findall(text)}
    near = {run for run in there if len(run) == len(asked) and OSA.distance(run, asked, score_cutoff=1) <= 1}
    return next(iter(near)) if len(near) == 1 and not any(asked in run for run in there) else None


def _spelled_out(store: Store, run: str, strange: list[tuple[int, int]]) -> tuple[int, int, str] | None:
    """The longest stretch between particles, with a word that no document holds in it, that sounds like words of the documents."""
    starts = [i for i in range(len(run)) if i == 0 or run[i - 1] in _PARTICLES]
    ends = [i for i in range(len(run) + 1) if _BEHIND.match(run, i)]
    stretches = [(a, b) for a in starts for b in ends if b - a >= _LEAST and any(a < y and x < b for x, y in strange)]
    for start, end in sorted(stretches, key=lambda stretch: stretch[0] - stretch[1]):
        for meant in _in_pieces(sounds(store), run[start:end], _MOST_PIECES):
            if holds(store, meant):
                return start, end, meant
    return None


def _in_pieces(known: dict[str, tuple[str, ...]], sound: str, most: int) -> Iterator[str]:
    """The ways in which words that sound so, one behind another, make up a stretch of kana; the fewest words first."""
    yield from known.get(sound, ())
    if most > 1:
        for cut in range(len(sound) - _SHORTEST, _FIRST - 1, -1):
            for first in known.get(sound[:cut], ()):
                yield from (first + rest for rest in _in_pieces(known, sound[cut:], most - 1))


def sounds(store: Store) -> dict[str, tuple[str, ...]]:
    """The words of a store that are written with kanji, by how they sound in hiragana."""
    return _sounds(store.manifest.fingerprint, tuple(store.words.vocabulary))


@lru_cache(maxsize=8)
def _sounds(_: str, vocabulary: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in vocabulary:
        read = words(word) if _KANJI.search(word) else ()
        if len(read) == 1 and read[0].reading:
            found.setdefault(jaconv.kata2hira(read[0].reading), []).append(word)
    return {sound: tuple(spelled) for sound, spelled in found.items()}
