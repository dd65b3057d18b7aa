"""A small cross-encoder that reads a question together with what would be answered, by onnxruntime.

Twelve layers of multilingual-e5-small, trained further to tell whether a text answers a question (`eval/fitting_reader.py`).
The trees of `qa.choice` weigh named features; this reads the words themselves, and so knows 仕事 and 事業内容 to be near and
another year to be another.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from corpus.errors import TashikaError

FILE = Path(__file__).parent / "model" / "reader.onnx"
WORDS = Path(__file__).parent / "model" / "reader-words.json"
QUESTION, ANSWER = 56, 124  # tokens of each that are read
_BEGIN, _END, _UNKNOWN = 0, 2, 3
_KEPT = 20_000  # logits of pairs read last
_THREADS = 4  # more help no text of this length
_SLOW = ["SkipLayerNormFusion"]  # one for two operations, but seven times as slow as both
_ERRORS = 3


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


class Reader:
    """The network, run by onnxruntime on up to four processors."""

    def __init__(self, path: Path = FILE, words: Path = WORDS) -> None:
        """Read the network and its pieces.

        Raises:
            BadReader: a file is missing or not such a model.

        """
        import onnxruntime  # a tenth of a second, which only questions that are read take

        self._pieces = Pieces(words)
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = min(os.cpu_count() or 1, _THREADS)
        settings.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others answer meanwhile
        settings.log_severity_level = _ERRORS
        try:
            self._session = onnxruntime.InferenceSession(
                path, settings, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
            )
        except Exception as error:  # onnxruntime's have no class of their own
            raise BadReader(path, str(error)) from error

    def logits(self, question: str, answers: Sequence[str]) -> list[float]:
        """For each text the log odds, as far as reading tells, that it answers the question."""
        before = [_BEGIN, *self._pieces(question)[:QUESTION], _END, _END]
        return [self._odds(before, [*self._pieces(answer)[:ANSWER], _END]) for answer in answers]

    def _odds(self, before: list[int], behind: list[int]) -> float:
        ids = np.array([before + behind])
        places = np.arange(ids.shape[1])[None]
        kinds = (places >= len(before)).astype(np.int64)
        (odds,) = self._session.run(None, {"ids": ids, "places": places, "kinds": kinds})
        return float(odds[0, 0])


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The shipped weights, read when first needed."""
    return Reader()


@lru_cache(maxsize=_KEPT)
def read(question: str, answer: str) -> float:
    """The log odds that one text answers a question; kept, because turns and choices are asked again."""
    return reader().logits(question, [answer])[0]
