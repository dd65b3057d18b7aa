"""The trained model that weighs what speaks for a cell: similarities learned from letters, and a small network.

Two parts, both in numpy. Word vectors: the letter runs of a phrase and of a label are looked up in two hashed tables
(Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information"), averaged and compared by their cosine; so
純資産額 and 純資産合計, or the English words of a member's name and a Japanese header, come to lie near each other where
letters alone do not meet. The network: features → two hidden layers → one score a cell; a softmax over the table's
cells at a temperature set on held-out tables makes the scores probabilities. Made by `qa.training.link`.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from corpus.errors import TashikaError
from qa.intersect_features import NAMES, PLACES
from qa.intersect_grid import Grid
from qa.intersect_question import Asked
from qa.intersect_texts import plain

FILE = Path(__file__).parent / "model" / "link.safetensors"
BUCKETS = 1 << 14
LEARNED = ("phrase", "item", "latin")
Array = NDArray[np.float32]
REACH = 8.0  # features are cut off at this many standard deviations, in training too


class BadModel(TashikaError):
    """The weights of the model are missing or do not fit this code."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"モデル「{path}」を使えません({reason})。make train-link で作り直してください。")


@lru_cache(maxsize=50_000)
def pieces(text: str) -> tuple[int, ...]:
    """The buckets of a text's runs of one to three letters, without repetition."""
    letters = plain(text)
    runs = {letters[i : i + n] for n in (1, 2, 3) for i in range(len(letters) - n + 1)}
    return tuple(sorted({zlib.crc32(run.encode()) % BUCKETS for run in runs}))


def word_pieces(words: tuple[str, ...]) -> tuple[int, ...]:
    """The buckets of whole Latin words, apart from those of letter runs; nothing said is a word of its own."""
    return tuple(sorted({zlib.crc32(f"w:{word}".encode()) % BUCKETS for word in words or ("",)}))


@dataclass(frozen=True)
class Model:
    """Weights as read from the file. `asked` and `shown` are BUCKETS × dimensions; `layers` are (weights, bias) pairs."""

    asked: Array
    shown: Array
    mean: Array
    spread: Array
    layers: tuple[tuple[Array, Array], ...]
    temperature: float

    def similarities(self, question: Asked, grid: Grid) -> Array:
        """LEARNED × texts of the grid: cosines of the whole phrase, its first item and the Latin words with each label."""
        sought = np.stack(
            [
                _mean(self.asked, pieces(question.items[-1])),
                _mean(self.asked, pieces(question.items[0])),
                _mean(self.asked, word_pieces(question.words)),
            ]
        )
        labels = grid.layout.labels
        out = np.zeros((len(LEARNED), len(grid.texts)), np.float32)
        if len(labels):
            near = sought @ np.stack([self._shown(grid.texts[n]) for n in labels]).T
            out[:, labels] = np.maximum(
                near, 0.0
            )  # apart is no less than unrelated: there is no label against an answer
        return out

    def _shown(self, text: str) -> Array:
        known = _labels.get((id(self), text))
        if known is None:
            if len(_labels) > _MOST_LABELS:
                _labels.clear()
            known = _labels[id(self), text] = _mean(self.shown, pieces(text))
        return known

    def scores(self, features: Array) -> Array:
        """One score a row of features (`NAMES`, then LEARNED at each of PLACES); log-probabilities up to a constant."""
        x = np.clip((features - self.mean) / self.spread, -REACH, REACH)
        for number, (weights, bias) in enumerate(self.layers):
            x = x @ weights.T + bias
            if number < len(self.layers) - 1:
                x = np.maximum(x, 0.0)
        scores: Array = x[:, 0] / self.temperature
        return scores


_labels: dict[tuple[int, str], Array] = {}
_MOST_LABELS = 50_000


def _mean(table: Array, numbers: tuple[int, ...]) -> Array:
    """The mean of some rows of a table, set to length 1; zeros for no rows."""
    if not numbers:
        return np.zeros(table.shape[1], np.float32)
    total = table[list(numbers)].mean(0)
    unit: Array = total / max(float(np.linalg.norm(total)), 1e-6)
    return unit


@lru_cache(maxsize=2)
def load_model(path: Path = FILE) -> Model:
    """Read the weights.

    Raises:
        BadModel: the file is missing, damaged, or was made for other features.

    """
    try:
        read = load_file(path)
    except (OSError, SafetensorError) as error:
        raise BadModel(path, "読み込めません") from error
    count = len(NAMES) + len(PLACES) * len(LEARNED)
    if read.get("mean", np.zeros(0)).shape != (count,):
        raise BadModel(path, "特徴の数がこの版と違います")
    layers = tuple((read[f"weights{i}"], read[f"bias{i}"]) for i in range(3))
    asked, shown = read["asked"].astype(np.float32), read["shown"].astype(np.float32)
    return Model(asked, shown, read["mean"], read["spread"], layers, float(read["temperature"][0]))
