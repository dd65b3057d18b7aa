"""The terms of many texts as arrays, and their BM25 weights in bm25s's form.

A document's terms are kept apart, under its own small vocabulary, so that an unchanged document is not segmented
again; an index over many documents puts them together.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.files import write_array

# Lucene's variant (Kamphuis et al. 2020) with b as usual. k1 is low: in a row or a sentence it says little that a word
# stands twice. Set on held-out questions of JaQuAD train (R@1 of words and bigrams together, 11,144 paragraphs: 0.831
# with k1 = 1.3, 0.844 with 0.9, 0.855 with 0.5, 0.858 with 0.3, 0.857 with 0.15).
K1, B = 0.3, 0.75


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of n texts, in text order.

    `ids[offsets[i]:offsets[i + 1]]` are those of text i, as positions in `vocabulary`, which is sorted, so that the
    same texts give the same arrays. `ids` is int32 (n_terms,), `offsets` int64 (n + 1,).
    """

    vocabulary: tuple[str, ...]
    ids: NDArray[np.int32]
    offsets: NDArray[np.int64]


class TermCollector:
    """Takes the terms of one text after another, holding four bytes a term."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._ids = array("i")
        self._offsets = array("q", [0])

    def add(self, terms: Iterable[str]) -> None:
        """The terms of the next text, in order."""
        seen = self._seen
        self._ids.extend([seen.setdefault(term, len(seen)) for term in terms])
        self._offsets.append(len(self._ids))

    def collected(self) -> Terms:
        """Everything added so far."""
        vocabulary = sorted(self._seen)
        place = np.empty(len(vocabulary), dtype=np.int32)
        place[[self._seen[term] for term in vocabulary]] = np.arange(len(vocabulary), dtype=np.int32)
        ids = place[np.asarray(self._ids, dtype=np.int32)]
        return Terms(tuple(vocabulary), ids, np.asarray(self._offsets, dtype=np.int64))


def write_terms(folder: Path, name: str, terms: Terms) -> None:
    """Write `name`.json, `name`.ids.npy and `name`.offsets.npy."""
    (folder / f"{name}.json").write_bytes(msgspec.json.encode(terms.vocabulary))
    write_array(folder / f"{name}.ids.npy", terms.ids.shape, np.int32, [terms.ids])
    write_array(folder / f"{name}.offsets.npy", terms.offsets.shape, np.int64, [terms.offsets])


def read_terms(folder: Path, name: str) -> Terms:
    """Read what `write_terms` wrote."""
    return Terms(
        msgspec.json.decode((folder / f"{name}.json").read_bytes(), type=tuple[str, ...]),
        np.load(folder / f"{name}.ids.npy", allow_pickle=False),
        np.load(folder / f"{name}.offsets.npy", allow_pickle=False),
    )


@dataclass(frozen=True, slots=True)
class SegmentTerms:
    """The terms of many segments, read anew each time they are gone through, so that one is in memory at a time."""

    folders: tuple[Path, ...]
    name: str

    def __iter__(self) -> Iterator[Terms]:
        return (read_terms(folder, self.name) for folder in self.folders)


def write_weights(folder: Path, parts: Iterable[Terms]) -> None:
    """Weigh the terms of all texts by BM25 and write them as bm25s would, with each term's highest weight beside it.

    `parts` is gone through several times. Nothing is written where there is no term.

    The weights are bm25s's for the same texts, to the last bit, and `bm25s.BM25.load` opens the folder
    (tests/index/test_lexical.py). They are put in place here because bm25s wants every text as a list of integers:
    at a million rows that takes 6 GB and minutes, this 1 GB and seconds.

    Raises:
        OSError: the disk is full or the folder cannot be written.

    """
    vocabulary = {term: i for i, term in enumerate(sorted({term for part in parts for term in part.vocabulary}))}
    if not vocabulary:
        return
    scorer = _scorer()
    places = [np.asarray([vocabulary[t] for t in part.vocabulary], dtype=np.int64) for part in parts]
    lengths = np.concatenate([np.diff(part.offsets) for part in parts])
    held = np.zeros(len(vocabulary), dtype=np.int64)
    for part, place in zip(parts, places, strict=True):
        held[place] += np.bincount(_postings(part).terms, minlength=len(place))
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(held)])
    weights, holders = _columns(parts, places, lengths, held, starts)
    scorer.vocab_dict = vocabulary
    scorer.nonoccurrence_array = None  # only other variants weigh what is not there
    scorer.scores = {"data": weights, "indices": holders, "indptr": starts, "num_docs": len(lengths)}
    folder.mkdir(parents=True)
    scorer.save(folder, show_progress=False)
    limits = np.maximum.reduceat(weights, starts[:-1])
    write_array(folder / "limits.npy", limits.shape, np.float32, [limits])


@dataclass(frozen=True, slots=True)
class _Postings:
    """Which term stands in which text how often: int64 arrays of one length, by term, then by text."""

    terms: NDArray[np.int64]
    texts: NDArray[np.int64]
    counts: NDArray[np.int64]


def _postings(part: Terms) -> _Postings:
    texts = np.repeat(np.arange(len(part.offsets) - 1, dtype=np.int64), np.diff(part.offsets))
    pairs, counts = np.unique(part.ids.astype(np.int64) << 32 | texts, return_counts=True)
    return _Postings(pairs >> 32, pairs & 0xFFFFFFFF, counts)


def _columns(
    parts: Iterable[Terms],
    places: Sequence[NDArray[np.int64]],
    lengths: NDArray[np.int64],
    held: NDArray[np.int64],
    starts: NDArray[np.int64],
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """The weights of all postings and the texts they stand in, a term's beside each other, in order of text."""
    count, mean = len(lengths), lengths.mean()
    idf = np.asarray([math.log(1 + (count - n + 0.5) / (n + 0.5)) for n in held.tolist()], dtype=np.float32)
    weights = np.empty(int(starts[-1]), dtype=np.float32)
    holders = np.empty(int(starts[-1]), dtype=np.int32)
    free = starts[:-1].copy()
    first = 0
    for part, place in zip(parts, places, strict=True):
        found = _postings(part)
        here = np.bincount(found.terms, minlength=len(place))  # how many texts of this part hold each of its terms
        before = np.cumsum(here) - here
        at = np.repeat(free[place] - before, here) + np.arange(len(found.terms))
        norm = K1 * ((1 - B) + B * lengths[first + found.texts] / mean)
        weights[at] = idf[place[found.terms]] * (found.counts / (norm + found.counts))
        holders[at] = first + found.texts
        free[place] += here
        first += len(part.offsets) - 1
    return weights, holders


def _scorer() -> Any:
    import bm25s  # brings scipy along: too slow a start for a query, which needs only the arrays

    return bm25s.BM25(method="lucene", k1=K1, b=B)
