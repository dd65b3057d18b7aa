"""A word of the question that no document holds, put into the word the documents use for the same thing.

`パスポートの発行件数` is asked of documents that write 旅券, 「ワークシッョプ」 of those that write ワークショップ. Only ordinary
nouns that stand nowhere are exchanged, for a word that means nearly the same by the store's own model, or that is the
same but for a letter or two. Names are never exchanged: another name is another thing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from index import Store
from index.words import bigram_terms, content_terms, words
from qa.types import Term, UnaskableQuestion
from qa.understand import understand

_NOUN, _NAME = 0.8, 1.0
ALIKE = 0.7  # cosine: パスポート and 旅券, 給料 and 給与 reach it; 従業 and 労働, 会社 and 本社 do not
_SLIP = 85  # of 100: a letter or two wrong
_LONG_ENOUGH = 5
_MOST_WORDS = 60_000  # of a larger vocabulary the nearest word is not looked for
_SHORTEST = 2


class _Vocabulary:
    """The words of a store that may stand for another, with their vectors, shape (n, dimensions)."""

    def __init__(self, store: Store) -> None:
        self.words: list[str] = [
            word for word in store.words.vocabulary if len(word) >= _SHORTEST and not word.isdecimal()
        ]
        self.vectors: NDArray[np.float32] = store.encoder.encode_passages(self.words)


_kept: dict[str, _Vocabulary] = {}
_MOST_STORES = 8


def in_known_words(store: Store, text: str) -> str:
    """The question with each ordinary noun that no document holds in the documents' own word, where there is one."""
    try:
        question = understand(text)
    except UnaskableQuestion:
        return text
    unknown = [
        term for term in question.terms
        if _may_be_restated(term) and not known(store, term) and not _written(store, term)
    ]  # fmt: skip
    if not unknown or len(store.words.vocabulary) > _MOST_WORDS:
        return text
    said = question.folded
    for term, word in sorted(zip(unknown, _nearest(store, unknown), strict=True), key=lambda one: -one[0].start):
        if word is not None and said[term.start : term.end] == term.surface:
            said = said[: term.start] + word + said[term.end :]
    return said if said != question.folded else text


def _may_be_restated(term: Term) -> bool:
    return term.pos == "名詞" and _NOUN <= term.weight < _NAME and len(term.surface) >= _SHORTEST


def known(store: Store, term: Term) -> bool:
    """Whether any document holds a word at all; one that none holds is another word for it, or not there."""
    return any(one in store.words.vocabulary for one in content_terms(term.surface))


def _written(store: Store, term: Term) -> bool:
    """Whether its letters may stand in a longer word (水道 in 下水道): then the documents have that word, and mean the other."""
    return all(pair in store.bigrams.vocabulary for pair in bigram_terms(term.surface))


def _nearest(store: Store, terms: Sequence[Term]) -> list[str | None]:
    """For each term the word that means nearly the same, or that it is a slip of; None where there is none."""
    key = store.manifest.fingerprint
    if key not in _kept:
        if len(_kept) >= _MOST_STORES:
            _kept.clear()
        _kept[key] = _Vocabulary(store)
    own = _kept[key]
    if not own.words:
        return [None] * len(terms)
    near = store.encoder.encode_queries([term.surface for term in terms]) @ own.vectors.T
    found: list[str | None] = []
    for term, row in zip(terms, near, strict=True):
        best = int(row.argmax())
        if row[best] >= ALIKE and _one_word(own.words[best]):
            found.append(own.words[best])
        else:
            found.append(_slip(term.surface, own.words))
    return found


def _one_word(word: str) -> bool:
    return len(words(word)) == 1


def _slip(surface: str, known: Sequence[str]) -> str | None:
    """The word of about the same length that differs in a letter or two."""
    if len(surface) < _LONG_ENOUGH:
        return None
    match = process.extractOne(surface, known, scorer=fuzz.ratio, score_cutoff=_SLIP)
    return match[0] if match else None
