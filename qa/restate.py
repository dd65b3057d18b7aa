"""A word of the question that no document holds, put into the word the documents use for the same thing.

`パスポートの発行件数` is asked of documents that write 旅券, 「ワークシッョプ」 of those that write ワークショップ. Only ordinary
nouns that stand nowhere are exchanged: for what documents write for it (`thesaurus.tsv`), for a word that means nearly
the same by the store's own model, or for one that is the same but for a letter or two. Names are never exchanged: another name is another thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from corpus.folding import searchable
from index import Store
from index.words import content_terms, words
from qa.clocks import in_figures
from qa.dimensions import in_measures
from qa.file_names import spells
from qa.in_kana import holds, out_of_kana
from qa.municipalities import without_municipality, without_our_place
from qa.reported import without_reporter
from qa.respelled import also_asked
from qa.thesaurus import LONGEST, written_for
from qa.types import Question, Term, UnaskableQuestion
from qa.understand import understand

T = TypeVar("T")
_NOUN, _NAME = 0.8, 1.0
ALIKE = 0.7  # cosine: パスポート and 旅券, 給料 and 給与 reach it; 従業 and 労働, 会社 and 本社 do not
_SLIP = 85  # of 100: a letter or two wrong
_LONG_ENOUGH = 5
_MOST_WORDS = 60_000  # of a larger vocabulary the nearest word is not looked for
_SHORTEST = 2
_KANJI = re.compile("[一-龥]{2,4}")


class _Vocabulary:
    """The words of a store that may stand for another, with their vectors, shape (n, dimensions)."""

    def __init__(self, store: Store) -> None:
        self.words: list[str] = [
            word for word in store.words.vocabulary if len(word) >= _SHORTEST and not word.isdecimal()
        ]
        self.vectors: NDArray[np.float32] = store.encoder.encode_passages(self.words)


_kept: dict[str, _Vocabulary] = {}
_entitled: dict[str, str] = {}
_MOST_STORES = 8


def _of_store(kept: dict[str, T], store: Store, make: Callable[[], T]) -> T:
    """What is made of a store once, kept for the stores asked last."""
    key = store.manifest.fingerprint
    if key not in kept:
        if len(kept) >= _MOST_STORES:
            kept.clear()
        kept[key] = make()
    return kept[key]


def in_known_words(store: Store, text: str) -> str:
    """The question with each ordinary noun that no document holds in the documents' own word, where there is one."""
    try:
        question = understand(text)
    except UnaskableQuestion:
        return text
    for without in (without_reporter, without_municipality, without_our_place):
        bare = without(store, question.folded)
        if bare != question.folded and any(c.isalnum() for c in bare):
            return in_known_words(store, f"{bare}{also_asked(searchable(text))}")
    said = question.folded
    for start, end, word in sorted(_exchanged(store, question), reverse=True):
        said = said[:start] + word + said[end:]
    return f"{said}{also_asked(searchable(text))}" if said != question.folded else text


def _exchanged(store: Store, question: Question) -> list[tuple[int, int, str]]:
    """The stretches of the folded question to exchange, none overlapping, each with the word to put there."""
    unknown = [
        term for term in question.terms
        if _may_be_restated(term) and not known(store, term) and question.folded[term.start : term.end] == term.surface
        and term.surface not in _titles(store) and not any(spells(one, term.surface) for one in store.documents)
    ]  # fmt: skip
    found = [*out_of_kana(store, question), *in_measures(store, question.folded), *in_figures(store, question.folded)]
    unknown = [term for term in unknown if not any(a < term.end and term.start < b for a, b, _ in found)]
    written = _written(store, question, sorted([*unknown, *_in_pieces(store, question)], key=lambda t: t.start))
    found += [one for one in written if not any(a < one[1] and one[0] < b for a, b, _ in found)]
    left = [t for t in unknown if not any(a <= t.start < b for a, b, _ in found) and not holds(store, t.surface)]
    if left and len(store.words.vocabulary) <= _MOST_WORDS:
        near = zip(left, _nearest(store, left), strict=True)
        found += [(term.start, term.end, word) for term, word in near if word is not None]
    return found


def _written(store: Store, question: Question, unknown: Sequence[Term]) -> Iterator[tuple[int, int, str]]:
    """Everyday words around an unknown noun that the documents hold in their own (`qa.thesaurus`); the longest first."""
    done = 0
    for term in unknown:
        for start, end in _runs(question.terms, term):
            asked = question.folded[start:end]
            word = next((one for one in written_for(asked) if holds(store, one)), None)
            if word is not None and start >= done and not holds(store, asked) and asked not in _titles(store):
                yield start, end, word
                done = end
                break


def _titles(store: Store) -> str:
    """The titles of all documents, folded, kept for the stores asked last: what stands there (定例会) is known too."""
    return _of_store(_entitled, store, lambda: "\n".join(searchable(one.title) for one in store.documents.values()))


def _in_pieces(store: Store, question: Question) -> list[Term]:
    """Words of an everyday expression of several words (お + 産) that are no word by themselves."""
    return [
        term for term in question.terms
        if term.pos == "名詞" and _NOUN <= term.weight < _NAME
        and any(
            b - a > len(term.surface) and written_for(question.folded[a:b]) for a, b in _runs(question.terms, term)
        )
    ]  # fmt: skip


def _runs(terms: Sequence[Term], term: Term) -> list[tuple[int, int]]:
    """The stretches of neighbouring words that a term stands in, the longest first."""
    starts = {term.start}
    ends = {term.end}
    for other in sorted(terms, key=lambda t: -t.start):
        if other.end in starts:
            starts.add(other.start)
    for other in sorted(terms, key=lambda t: t.start):
        if other.start in ends:
            ends.add(other.end)
    runs = [(a, b) for a in starts for b in ends if b - a <= LONGEST]
    return sorted(runs, key=lambda run: (run[0] - run[1], run[0]))


def _may_be_restated(term: Term) -> bool:
    return term.pos == "名詞" and _NOUN <= term.weight < _NAME and len(term.surface) >= _SHORTEST


def known(store: Store, term: Term) -> bool:
    """Whether any document holds a word at all; one that none holds is another word for it, or not there."""
    return any(one in store.words.vocabulary for one in content_terms(term.surface))


def _nearest(store: Store, terms: Sequence[Term]) -> list[str | None]:
    """For each term the word that means nearly the same, or that it is a slip of; None where there is none."""
    own = _of_store(_kept, store, lambda: _Vocabulary(store))
    if not own.words:
        return [None] * len(terms)
    near = store.encoder.encode_queries([term.surface for term in terms]) @ own.vectors.T
    found: list[str | None] = []
    for term, row in zip(terms, near, strict=True):
        best = int(row.argmax())
        if (wider := _wider(term.surface, own.words)) is not None:
            found.append(wider)
        elif row[best] >= ALIKE and _one_word(own.words[best]):
            found.append(own.words[best])
        else:
            found.append(_slip(term.surface, own.words))
    return found


def _wider(surface: str, known: Sequence[str]) -> str | None:
    """The one word that takes in something beside the thing (農畜産 for 農産, 教職員 for 教員); None where none or several do."""
    if _KANJI.fullmatch(surface) is None:
        return None
    wider = [
        word for word in known
        if len(word) == len(surface) + 1 and _KANJI.fullmatch(word)
        and any(word[:i] + word[i + 1 :] == surface for i in range(1, len(word) - 1))
    ]  # fmt: skip
    return wider[0] if len(wider) == 1 else None


def _one_word(word: str) -> bool:
    return len(words(word)) == 1


def _slip(surface: str, known: Sequence[str]) -> str | None:
    """The word of about the same length that differs in a letter or two."""
    if len(surface) < _LONG_ENOUGH:
        return None
    match = process.extractOne(surface, known, scorer=fuzz.ratio, score_cutoff=_SLIP)
    return match[0] if match else None
