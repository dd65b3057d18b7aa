"""Text → vectors. The shipped model is read without torch; any other sentence-transformers model takes its library.

Comes in: texts. Goes out: float32 arrays of shape (n_texts, dimensions), each row of length 1, so that an inner
product is a cosine. A text without a single known word gets the zero vector, which is near nothing.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.words import segmented

Vectors = NDArray[np.float32]

SHIPPED = "tashika-static"
SHIPPED_FOLDER = Path(__file__).parent / "model"
_MODELS = Path(__file__).parent / "models.toml"
_PROBE = "令和3年度の予算額はいくらですか。"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """How a model wants its input: prefixes before queries and passages, words set apart by blanks or not."""

    query: str = ""
    passage: str = ""
    segmented: bool = False


class Encoder(Protocol):
    """What the index needs of an embedding model."""

    @property
    def name(self) -> str:
        """The name or path it was asked for by."""

    @property
    def fingerprint(self) -> str:
        """Equal for equal vectors; recorded in the index and compared before a query."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched."""


def model_entry(name: str) -> ModelEntry:
    """What `models.toml` says of a model."""
    for entry in tomllib.loads(_MODELS.read_text("utf-8"))["model"]:
        if entry["match"] in name:
            return ModelEntry(entry["query"], entry["passage"], entry["segmented"])
    return ModelEntry()


def load_encoder(name: str = SHIPPED) -> Encoder:
    """The shipped model, or any sentence-transformers model by name or path.

    Raises:
        ModelUnavailable: it cannot be found, reached or read.

    """
    if name == SHIPPED:
        return _shipped()
    return LibraryEncoder(name)


@lru_cache(maxsize=1)
def _shipped() -> StaticEncoder:
    return StaticEncoder(SHIPPED_FOLDER, SHIPPED)


class _PrefixedEncoder:
    """Puts what the model's entry wants in front of each text, so that no caller has to remember it."""

    _entry: ModelEntry

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n_texts, dimensions)."""
        return self._encode([self._entry.query + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n_texts, dimensions)."""
        return self._encode([self._entry.passage + text for text in texts])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        raise NotImplementedError

    def _prepared(self, texts: Sequence[str]) -> list[str]:
        """The texts as the model reads them: words set apart by blanks, if it wants them so."""
        return [segmented(text) for text in texts] if self._entry.segmented else list(texts)


class _WordModel(msgspec.Struct):
    """What is read of a tokenizer.json: a table of whole words."""

    type: Literal["WordLevel"]
    vocab: dict[str, int]
    unk_token: str


class _Tokenizer(msgspec.Struct):
    model: _WordModel


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _word_vectors(data: mmap.mmap) -> Vectors:
    """The vectors in a safetensors file, shape (n_words, dimensions): how long its header is, the header, the numbers.

    The library would copy all of them, of which a question reads a few rows.
    """
    begin = 8 + int.from_bytes(data[:8], "little")
    numbers = json.loads(data[8:begin])["embedding.weight"]
    if numbers["dtype"] != "F32":
        raise ValueError(numbers["dtype"])
    start, end = numbers["data_offsets"]
    return np.frombuffer(data, np.float32, (end - start) // 4, begin + start).reshape(numbers["shape"])


class StaticEncoder(_PrefixedEncoder):
    """A `StaticEmbedding` folder of sentence-transformers read directly: mean of word vectors, set to length 1.

    Its tokenizer looks up words between blanks (`index/training/train.py`), which a dict does as well.
    """

    def __init__(self, folder: Path, name: str) -> None:
        try:
            modules = json.loads((folder / "modules.json").read_text("utf-8"))
            weights = folder / modules[0]["path"] / "model.safetensors"
            tokenizer = folder / modules[0]["path"] / "tokenizer.json"
            data = _mapped(weights)
            self._vectors = _word_vectors(data)
            words = msgspec.json.decode(tokenizer.read_bytes(), type=_Tokenizer).model
            self._numbers = words.vocab
            self._unknown = words.vocab[words.unk_token]
            digest = hashlib.sha256(data)
            digest.update(tokenizer.read_bytes())
        except Exception as error:
            raise ModelUnavailable(
                f"同梱の埋め込みモデル {folder} を読めません({type(error).__name__})。リポジトリーから取り直すか make train で作り直してください"
            ) from error
        self._entry = model_entry(name)
        self.name = name
        self.fingerprint = digest.hexdigest()
        self.dimensions = int(self._vectors.shape[1])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for i, text in enumerate(self._prepared(texts)):
            numbers = [self._numbers.get(word, self._unknown) for word in text.split()]
            if numbers:
                mean = self._vectors[numbers].mean(axis=0)
                length = float(np.linalg.norm(mean))
                out[i] = mean / length if length > 0 else 0.0
        return out


_REACHED_WITHIN = 10.0  # seconds


def _library_model(name: str) -> Any:
    """A folder, what was fetched before, or a model of the hub.

    The hub is asked once whether it has the model: where it cannot be reached, fetching would try again for minutes.
    """
    from huggingface_hub import HfApi, constants
    from sentence_transformers import SentenceTransformer

    if not Path(name).exists() and not constants.HF_HUB_OFFLINE:
        try:
            return SentenceTransformer(name, device="cpu", local_files_only=True)
        except Exception:  # the library says in many ways that it has not got it
            HfApi().model_info(name if "/" in name else f"sentence-transformers/{name}", timeout=_REACHED_WITHIN)
    return SentenceTransformer(name, device="cpu")


class LibraryEncoder(_PrefixedEncoder):
    """Any model the sentence-transformers library can load, by hub name or folder."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entry = model_entry(name)
        try:
            self._model = _library_model(name)
            probe = self._encode([_PROBE])
        except Exception as error:
            raise ModelUnavailable(
                f"埋め込みモデル「{name}」を読み込めません({type(error).__name__})。名前かフォルダーのパスを確かめ、"
                "インターネットのない所では手元に保存したモデルのパスを --model に指定してください"
            ) from error
        self.dimensions = int(probe.shape[1])
        rounded = np.round(probe, 3) + 0.0  # no negative zero
        self.fingerprint = hashlib.sha256(f"{name}\n{self._entry}\n".encode() + rounded.tobytes()).hexdigest()

    def _encode(self, texts: Sequence[str]) -> Vectors:
        ready = self._prepared(texts)
        vectors = self._model.encode(ready, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)
