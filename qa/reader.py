"""A small cross-encoder that reads a question together with what would be answered, in numpy.

Twelve layers of multilingual-e5-small, trained further to tell whether a text answers a question (`eval/fitting_reader.py`).
The trees of `qa.choice` weigh named features; this reads the words themselves, and so knows 仕事 and 事業内容 to be near and
another year to be another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from corpus.errors import TashikaError

FILE = Path(__file__).parent / "model" / "reader.safetensors"
WORDS = Path(__file__).parent / "model" / "reader-words.json"
QUESTION, ANSWER = 56, 124  # tokens of each that are read
_BEGIN, _END, _UNKNOWN = 0, 2, 3
_HEADS = 12
_EPSILON = np.float32(1e-12)
_KEPT = 20_000  # logits of pairs read last
Array = NDArray[np.float32]


class BadReader(TashikaError):
    """The weights of the reader are missing or do not fit this code."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"モデル「{path}」を使えません({reason})。make train-reader で作り直してください。")


class Pieces:
    """Texts → the numbers of their pieces; what the vocabulary does not hold is piece 3."""

    def __init__(self, path: Path) -> None:
        try:
            pieces, scores, folds = msgspec.json.decode(
                path.read_bytes(), type=tuple[list[str], list[float], dict[str, str]]
            )
        except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
            raise BadReader(path, str(error)) from error
        self._folds = {int(code): letters for code, letters in folds.items()}
        self._tokens = Tokenizer(Unigram(list(zip(pieces, scores, strict=True)), _UNKNOWN, byte_fallback=False))
        self._tokens.pre_tokenizer = Metaspace(replacement="▁", prepend_scheme="always", split=False)

    def __call__(self, text: str) -> list[int]:
        """The pieces of a text, its letters folded and its blanks made one as the published model's are."""
        folded = " ".join(text.translate(self._folds).split(" "))
        while "  " in folded:
            folded = folded.replace("  ", " ")
        return list(self._tokens.encode(folded).ids)


@dataclass(frozen=True, slots=True)
class _Layer:
    """Weights of one layer, inputs × outputs, each with its bias; `norms` are those after attention and after the rest."""

    attend: tuple[Array, Array]
    out: tuple[Array, Array]
    widen: tuple[Array, Array]
    narrow: tuple[Array, Array]
    norms: tuple[tuple[Array, Array], tuple[Array, Array]]


class Reader:
    """The weights, read from a safetensors file: rows of 8-bit whole numbers with a scale for each, or float32."""

    def __init__(self, path: Path = FILE, words: Path = WORDS) -> None:
        """Read the weights.

        Raises:
            BadReader: a file is missing or not such a model.

        """
        self._pieces = Pieces(words)
        try:
            held = load_file(path)
            whole = {
                name: value.astype(np.float32) * held[f"{name}.scale"] if value.dtype == np.int8 else value
                for name, value in held.items() if not name.endswith(".scale")
            }  # fmt: skip
            self._words, self._places, self._kinds = (whole[f"{n}.weight"] for n in ("word", "pos", "tt"))
            self._first = _pair(whole, "ln")
            self._layers = tuple(_layer(whole, f"layers.{i}") for i in range(_count(whole)))
            self._dense, self._out = _turned(whole, "dense"), _turned(whole, "out")
        except (OSError, SafetensorError, KeyError) as error:
            raise BadReader(path, str(error)) from error

    def logits(self, question: str, answers: Sequence[str]) -> list[float]:
        """For each text the log odds, as far as reading tells, that it answers the question."""
        asked = self._pieces(question)[:QUESTION]
        read = [self._pieces(answer)[:ANSWER] for answer in answers]
        inputs = [np.array([_BEGIN, *asked, _END, _END, *own, _END]) for own in read]
        if not inputs:
            return []
        ends = np.cumsum([0, *map(len, inputs)])
        behind = [np.arange(len(one)) >= len(asked) + 3 for one in inputs]  # what belongs to the answer
        hidden = np.concatenate(
            [
                self._words[one] + self._places[: len(one)] + self._kinds[b.astype(int)]
                for one, b in zip(inputs, behind, strict=True)
            ]
        )
        hidden = _normed(hidden, self._first)
        for layer in self._layers:
            hidden = _through(layer, hidden, ends)
        means = np.stack([hidden[a:b].mean(axis=0) for a, b in pairwise(ends)])
        said = np.tanh(_applied(means, self._dense))
        found: list[float] = _applied(said, self._out)[:, 0].tolist()
        return found


def _count(whole: dict[str, Array]) -> int:
    return 1 + max(int(name.split(".")[1]) for name in whole if name.startswith("layers."))


def _pair(whole: dict[str, Array], name: str) -> tuple[Array, Array]:
    return whole[f"{name}.weight"], whole[f"{name}.bias"]


def _turned(whole: dict[str, Array], name: str) -> tuple[Array, Array]:
    weight, bias = _pair(whole, name)
    return np.ascontiguousarray(weight.T), bias


def _layer(whole: dict[str, Array], name: str) -> _Layer:
    attend, out, widen, narrow = (_turned(whole, f"{name}.{part}") for part in ("qkv", "ao", "fi", "fo"))
    return _Layer(attend, out, widen, narrow, (_pair(whole, f"{name}.aln"), _pair(whole, f"{name}.oln")))


def _applied(rows: Array, weights: tuple[Array, Array]) -> Array:
    made: Array = rows @ weights[0] + weights[1]
    return made


def _normed(rows: Array, weights: tuple[Array, Array]) -> Array:
    """Layer normalisation (Ba et al. 2016) of each row."""
    centred = rows - rows.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + _EPSILON)
    made: Array = centred / spread * weights[0] + weights[1]
    return made


def _through(layer: _Layer, hidden: Array, ends: NDArray[np.int64]) -> Array:
    """One layer over the rows of several texts, `ends[i]:ends[i + 1]` those of each: a text attends to itself alone."""
    wide = hidden.shape[1] // _HEADS
    mixed = _applied(hidden, layer.attend)
    heard = np.empty_like(hidden)
    for a, b in pairwise(ends):
        query, key, value = mixed[a:b].reshape(b - a, 3, _HEADS, wide).transpose(1, 2, 0, 3)
        weights = query @ key.transpose(0, 2, 1) * np.float32(wide**-0.5)
        weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        heard[a:b] = (weights @ value).transpose(1, 0, 2).reshape(b - a, -1)
    hidden = _normed(hidden + _applied(heard, layer.out), layer.norms[0])
    inner = _applied(hidden, layer.widen)
    # GELU (Hendrycks and Gimpel 2016) by its tanh form, as x times a sigmoid: float32 exponentials are the quickest here.
    bent = np.float32(1.5957691216) * (inner + np.float32(0.044715) * inner * inner * inner)
    inner = (inner / (np.float32(1.0) + np.exp(-np.clip(bent, -60.0, 60.0)))).astype(np.float32, copy=False)
    return _normed(hidden + _applied(inner, layer.narrow), layer.norms[1])


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The shipped weights, read when first needed."""
    return Reader()


@lru_cache(maxsize=_KEPT)
def read(question: str, answer: str) -> float:
    """The log odds that one text answers a question; kept, because turns and choices are asked again."""
    return reader().logits(question, [answer])[0]
