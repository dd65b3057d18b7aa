"""Text → words with their places, by fugashi and UniDic. The one segmentation for the index, the question and the gate.

`words(text)` round-trips: the surfaces, with the blanks between them, are the text.
"""

from __future__ import annotations

import itertools
import re
import threading
import unicodedata
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from corpus.folding import searchable
from corpus.values import find_periods, fold_kanji_numbers

_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞", "接頭辞", "連体詞"}
_LIGHT = {("動詞", "非自立可能"), ("形容詞", "非自立可能"), ("名詞", "助動詞語幹"), ("形状詞", "助動詞語幹")}
_MOST_READINGS = 12
_LONGEST = 10_000  # MeCab slows down on longer lines
# 協議会って, 第3回って, 交流祭って: the particle behind a noun, which UniDic takes for verbs (会う, 回る, 祭る).
_ABOUT_IT = re.compile(r"(?:(?<=[一-龥々ァ-ヶー][会祭])(?<!出会)|(?<=[0-9前今次初毎数何]回))って")
_SPELLED_OUT = "とは"


class Word(msgspec.Struct, frozen=True):
    """One word: `text[start:end]` is its surface; `normal` is the form it is compared by (lemma, lower case),
    `reading` its katakana reading as a headword.
    """

    surface: str
    normal: str
    reading: str
    pos: str
    subpos: str
    start: int
    end: int

    @property
    def is_content(self) -> bool:
        """Whether it carries meaning of its own: no particles, auxiliaries, signs or light verbs."""
        return self.pos in _CONTENT and (self.pos, self.subpos) not in _LIGHT

    @property
    def is_number(self) -> bool:
        """Whether it is a numeral."""
        return self.subpos == "数詞"


def segmentation_name() -> str:
    """The name and version of the segmentation, recorded in every index."""
    return f"fugashi {version('fugashi')}, unidic-lite {version('unidic-lite')}"


_local = threading.local()


def _tagger() -> Any:
    tagger = getattr(_local, "tagger", None)
    if tagger is None:
        import unidic_lite
        from fugashi import GenericTagger

        folder = Path(unidic_lite.DICDIR)
        tagger = GenericTagger(f'-r "{folder / "mecabrc"}" -d "{folder}"')
        _local.tagger = tagger
    return tagger


@lru_cache(maxsize=256)
def words(text: str) -> tuple[Word, ...]:
    """Segment a text as it is. Offsets are code points into `text`, half open."""
    found: list[Word] = []
    at = 0
    spelled = _ABOUT_IT.sub(_SPELLED_OUT, text)
    for piece in _pieces(spelled):
        # UniDic's own output line (surface, pronunciation, reading, lemma, part of speech …) is several times faster
        # to read than each node's features.
        for line in _tagger().parse(piece).split("\n"):
            read = _read(line)
            start = spelled.find(read[0], at) if read else -1
            if read is None or start < 0:
                continue
            at = start + len(read[0])
            found.append(Word(text[start:at], *read[1:], start, at))
    return tuple(found)


@lru_cache(maxsize=1024)
def readings(name: str) -> tuple[str, ...]:
    """All readings that the dictionary has of one word, the likeliest first: 日向 as ヒナタ, ニッコウ, ヒュウガ; () of several words."""
    if not name.strip():
        return ()
    lines = _tagger().nbest(name, _MOST_READINGS).split("\n")
    found = (read[2] for line in lines if (read := _read(line)) is not None and read[0] == name)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=50_000)
def _read(line: str) -> tuple[str, str, str, str, str] | None:
    """Surface, normal form, reading and part of speech of an output line; few different words make up most of a text."""
    parts = line.split("\t")
    if len(parts) < 5 or not parts[0]:
        return None
    pos, subpos = [*parts[4].split("-"), ""][:2]
    return parts[0], _normal(parts[0], parts[3], pos), parts[2], pos, subpos


def _pieces(text: str) -> list[str]:
    """MeCab ends at a line break and at NUL; both count as blanks."""
    clean = "".join(" " if c in "\r\n\t\v\f\x00" else c for c in text)
    return [clean[i : i + _LONGEST] for i in range(0, len(clean), _LONGEST)]


def _normal(surface: str, lemma: str, pos: str) -> str:
    form = lemma.split("-")[0] if lemma and lemma != "*" and pos != "補助記号" else surface
    return unicodedata.normalize("NFKC", form).lower()


@lru_cache(maxsize=4096)
def content_words(text: str) -> tuple[Word, ...]:
    """The content words of a text, after folding it as it is searched. Offsets are into the folded text."""
    return tuple(word for word in words(searchable(text)) if word.is_content)


def content_terms(text: str) -> list[str]:
    """The terms the word index holds for a text: content words, and years and figures in one spelling (R3, 2021年度 → y2021;
    二百件 → 200, 件).
    """
    folded = fold_kanji_numbers(searchable(text))
    periods = find_periods(folded)
    terms = [f"y{period.year}" for period in periods]
    for word in content_words(folded):
        if not any(period.start < word.end and word.start < period.end for period in periods):
            terms.append(word.normal)
    return terms


def bigram_terms(text: str) -> list[str]:
    """The terms the character index holds: pairs of neighbouring letters, kana and kanji, inside runs of them."""
    terms: list[str] = []
    run: list[str] = []
    for char in [*searchable(text).lower(), " "]:
        if char.isalnum() or char == "ー":
            run.append(char)
            continue
        terms.extend(a + b for a, b in itertools.pairwise(run))
        if len(run) == 1:
            terms.append(run[0])
        run = []
    return terms


def segmented(text: str) -> str:
    """What the shipped embedding model reads of a text: its content words with blanks between them.

    A name stands as it is written, any other word as its lemma; figures say nothing about meaning and are left out.
    """
    kept = (word for word in content_words(text) if not word.is_number)
    return " ".join((word.surface.lower() if word.subpos == "固有名詞" else word.normal) for word in kept)
