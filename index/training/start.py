"""Where training starts: published word vectors, brought to our words and our number of dimensions.

The vectors are those of chiVe (Works Applications, Apache-2.0; Manabe et al. 2019) as they come in the package
`ja_ginza` on PyPI: 480,443 words on 20,000 different vectors of 300 dimensions. Nothing else of that package is used.
"""

from __future__ import annotations

import math
import tempfile
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.words import segmented

Vectors = NDArray[np.float32]

# Words as frequent as this count half (Arora et al. 2017, smooth inverse frequency, a = 1e-3).
_SMOOTH = 1e-3
# chiVe lists its words by falling frequency; Zipf's law with this share of all text fills in what our data do not show.
_ZIPF = 0.1


@dataclass(frozen=True, slots=True)
class Published:
    """Words by falling frequency, the row of each, and the rows, shape (n_rows, d)."""

    words: tuple[str, ...]
    rows: NDArray[np.int64]
    vectors: Vectors


def read_published(wheel: Path) -> Published:
    """The word vectors of a `ja_ginza` wheel."""
    from spacy.strings import StringStore
    from spacy.vectors import Vectors as SpacyVectors

    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if "/vocab/" in name]
        archive.extractall(scratch, names)
        folder = (Path(scratch) / names[0]).parent
        strings = StringStore().from_disk(folder / "strings.json")
        table = SpacyVectors(strings=strings).from_disk(folder)
        keys = list(table.key2row.items())
    return Published(
        tuple(strings[key] for key, _ in keys),
        np.asarray([row for _, row in keys], dtype=np.int64),
        np.asarray(table.data, dtype=np.float32),
    )


def choose_words(counts: Counter[str], published: Published | None, size: int) -> tuple[tuple[str, ...], Vectors]:
    """The most frequent words, by our data and by the published order together, and their share of all words, shape (n,).

    Only words that our segmentation gives as one word can ever be looked up, so no other is taken.
    """
    total = sum(counts.values()) or 1
    shares = {word: count / total for word, count in counts.items() if count >= 3}
    for rank, word in enumerate(published.words[: 4 * size] if published else ()):
        if segmented(word) == word.lower() and " " not in word:
            shares[word.lower()] = shares.get(word.lower(), 0.0) + _ZIPF / (rank + 10)
    chosen = sorted(shares, key=lambda word: (-shares[word], word))[:size]
    return tuple(chosen), np.asarray([shares[word] for word in chosen], dtype=np.float32)


def start_vectors(
    words: Sequence[str], shares: Vectors, published: Published | None, dimensions: int, seed: int
) -> Vectors:
    """A vector for each word, shape (n_words, dimensions): the published one on its main axes, or a small random one.

    Published vectors are set to length 1, centred, turned to their principal axes and weighted by smooth inverse
    frequency, all with the words' shares, so that frequent words say less from the start.
    """
    random = np.random.default_rng(seed)
    spread = 1 / math.sqrt(dimensions)
    if published is None:
        return np.asarray(random.normal(0, spread, (len(words), dimensions)), dtype=np.float32)
    row_of: dict[str, int] = {}
    for word, row in zip(published.words, published.rows.tolist(), strict=True):
        row_of.setdefault(word.lower(), row)
    known = np.asarray([word in row_of for word in words])
    vectors = np.zeros((len(words), published.vectors.shape[1]), dtype=np.float32)
    vectors[known] = published.vectors[[row_of[word] for word in words if word in row_of]]
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    weight = np.sqrt(shares / shares.sum())[:, np.newaxis]
    vectors[known] -= (vectors * weight).sum(axis=0) / weight.sum()
    _, axes = np.linalg.eigh((vectors * weight).T @ vectors)
    turned = vectors @ axes[:, ::-1][:, :dimensions]
    turned[~known] = random.normal(0, 0.2 * spread, (int((~known).sum()), dimensions))
    share = (shares / shares.sum())[:, np.newaxis]
    return np.asarray(turned * (_SMOOTH / (_SMOOTH + share)), dtype=np.float32)
