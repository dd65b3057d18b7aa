"""Whether a file's name, written in Latin letters, says Japanese words: 高松市 or 一般会計 in `takamatsu_ippankaikei`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import jaconv

from corpus import Document
from index.words import Word, readings, words
from qa.lookup import letters
from qa.thesaurus import written_for
from qa.types import Question

_KINDS_OF_PLACE = frozenset("都道府県市区町村")
_COUNTED = frozenset(("客数", "者数", "人数", "件数", "数"))
_TOWN = re.compile(r"(?<![一-龥])(?!市町|当|本|各|全)[一-龥々ヶ]{2,5}(?<!都道府県)[市町村](?![一-龥]|内)")
_VOICED = str.maketrans("gzdbp", "ksthh")
_LATIN, _SIGNS = re.compile(r"[^a-z]+"), re.compile(r"[^a-z0-9]+")
_SHORTEST_SPELLED, _LONG = 4, 8
_LETTERS_A_SIGN = 4


def spelled(document_id: str, run: Sequence[Word]) -> bool:
    """Whether a file name spells these words in Latin letters: 高松 or 一般会計 in `takamatsu_ippankaikei`."""
    text = "".join(word.surface for word in run)
    if any(word.isascii() and word in _SIGNS.split(document_id.lower()) for word in written_for(text)):
        return True  # 二酸化炭素 as co2
    if len(text) > 2 and text[-1] in _KINDS_OF_PLACE:
        run = words(text[:-1])  # 高松市 is filed as takamatsu
    elif len(run) > 1 and run[-1].surface in _COUNTED:
        run = run[:-1]  # 入込客数 as irikomi
    sound = _unvoiced("".join(_roman(word.reading) for word in run))
    parts = _LATIN.split(_shortened(_unvoiced(document_id.lower())))
    if text[-1:] in _KINDS_OF_PLACE and _begins(run, parts):
        return True
    if len(run) > 1 and all(_unvoiced(_roman(word.reading)) in parts for word in run):
        return True  # 観光入込 as kanko_irikomi
    if sound in parts or (len(sound) >= _SHORTEST_SPELLED and any(sound in part for part in parts)):
        return bool(sound)
    return len(sound) >= _LONG and sound in "".join(parts)  # 電力使用量 as denryoku_shiyouryou


def says_whose(document: Document, said: str, run: Sequence[Word]) -> bool:
    """Whether a name only says whose document this is: 高松市 is no condition in a table of 高松市."""
    named = any(word.subpos == "固有名詞" for word in run)
    return named and (said in letters(document.title) or spelled(document.id, run))


@lru_cache(maxsize=20_000)
def spells(document_id: str, word: str) -> bool:
    """Whether a file name spells one word of a question in Latin letters, a place's with 市 behind it or without."""
    own = words(word)
    bare = own[:-1] if len(own) > 1 and own[-1].surface in _KINDS_OF_PLACE else own
    return spelled(document_id, own) or (bare is not own and spelled(document_id, bare))


def place_names(question: Question) -> dict[int, str]:
    """The name of a place that a word of a question is part of, by the word's number: みどり and 市 of みどり市, えび of えびの市."""
    names: dict[int, str] = {}
    terms, first = question.terms, 0
    for i, term in enumerate(terms):
        between = question.folded[terms[i - 1].end : term.start] if i else ""
        kind = term.surface[-1:] in _KINDS_OF_PLACE
        if between and not (between == "の" and kind and len(term.surface) == 1):
            first = i
        if kind:
            joined = question.folded[terms[first].start : term.end]
            names.update(dict.fromkeys(range(first, i + 1), joined))
            first = i + 1
    return names


def _begins(run: Sequence[Word], parts: Sequence[str]) -> bool:
    """Whether a place's name begins like a file's and may end like it: a rare name is not read rightly to its end."""
    first = _unvoiced(_roman(run[0].reading))
    left = sum(len(word.surface) for word in run[1:])
    ends = (len(part) - len(first) for part in parts if part.startswith(first))
    return len(first) >= _SHORTEST_SPELLED and any(left <= end <= _LETTERS_A_SIGN * left for end in ends if left)


def read_otherwise(document: Document, place: str) -> bool:
    """Whether a document that names no town is filed under another reading of a place's name: 日向市 as hyuga, which is no
    ヒナタ. Where a text names one, another that sounds alike is another town.
    """
    parts = _LATIN.split(_shortened(_unvoiced(document.id.lower())))
    filed = any(_unvoiced(_roman(reading)) in parts for reading in readings(place[:-1]))
    return filed and _TOWN.search(document.text) is None


def _unvoiced(sound: str) -> str:
    """Without the voicing that joining two words may bring and a dictionary of words does not know: 崎 saki, zaki."""
    return (
        sound.translate(_VOICED)
        .replace("sh", "s")
        .replace("ch", "t")
        .replace("ts", "t")
        .replace("j", "s")
        .replace("nn", "n")
    )


@lru_cache(maxsize=4096)
def _roman(reading: str) -> str:
    """トウキョウ → tokyo: Hepburn without long vowels, as file names write places."""
    sound = jaconv.kana2alphabet(jaconv.kata2hira(reading))
    return _shortened(sound.replace("-", ""))


def _shortened(sound: str) -> str:
    """Without long vowels, which some write and others do not."""
    return re.sub(r"(?<=[ou])u|(?<=o)o", "", sound)
