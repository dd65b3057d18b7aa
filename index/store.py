"""An index on disk, opened for queries: one folder, readable formats, nothing pickled.

    INDEX/CURRENT                   the name of the generation that holds now
    INDEX/LOCK                      held by whoever builds; readers need no lock
    INDEX/generations/<name>/       manifest.json, documents.jsonl, entries.jsonl, vectors.npy, words/, bigrams/
    INDEX/segments/<key>/           what a build keeps of each document, to read only what changed

A generation holds all that a reader needs and is never changed. `open_store` maps its files into memory, so it goes on
answering from them when later builds switch to another generation and clear this one away.

Every open checks the size of each file, and the checksums of all of them as long as they come to `HASHED_UP_TO` bytes
(some 50 ms); above that an open would wait for the disk, and `check_store` (`python -m index check`) reads everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from corpus import Document
from index.dense import DenseIndex, read_approximate
from index.encoder import Encoder, load_encoder
from index.entries import Entry
from index.errors import IndexDamaged, IndexForeign
from index.files import first_damaged, read_array
from index.lazy import LazyDocuments, LazyEntries
from index.lexical import LexicalIndex
from index.manifest import REBUILD, Manifest, current_generation, current_name, read_manifest
from index.words import bigram_terms, content_terms, segmentation_name

DEFAULT_INDEX = Path(__file__).resolve().parent.parent / ".tashika" / "index"
HASHED_UP_TO = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LocalStore:
    """The store of this machine (`protocols.Store`): everything in one folder."""

    manifest: Manifest
    documents: Mapping[str, Document]
    entries: Sequence[Entry]
    words: LexicalIndex
    bigrams: LexicalIndex
    vectors: DenseIndex
    encoder: Encoder


def open_store(index: Path = DEFAULT_INDEX) -> LocalStore:
    """Open an index for queries. Where a build switches generations meanwhile, the new one is opened.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: a file is missing, truncated or edited.
        IndexForeign: built by another format, segmentation or model.
        ModelUnavailable: its model cannot be loaded.

    """
    while True:
        name = current_name(index)
        try:
            return _open(current_generation(index))
        except IndexDamaged:
            if current_name(index) == name:
                raise


def check_store(index: Path = DEFAULT_INDEX) -> Manifest:
    """Verify the checksum of every file of the generation that holds, however large.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: a file is missing, truncated or edited.
        IndexForeign: built by another format.

    """
    folder = current_generation(index)
    manifest = read_manifest(folder)
    _verify(folder, manifest, thorough=True)
    return manifest


def _open(folder: Path) -> LocalStore:
    manifest = read_manifest(folder)
    _verify(folder, manifest, sum(file.size for file in manifest.files.values()) <= HASHED_UP_TO)
    if manifest.segmentation != segmentation_name():
        raise IndexForeign(
            f"この索引は別の単語分割({manifest.segmentation})で作られています(いまは {segmentation_name()})。{REBUILD}"
        )
    encoder = load_encoder(manifest.model)
    if encoder.fingerprint != manifest.model_fingerprint or encoder.dimensions != manifest.dimensions:
        raise IndexForeign(f"この索引は別の埋め込みモデルで作られています(名前は同じ「{manifest.model}」)。{REBUILD}")
    try:
        return LocalStore(
            manifest,
            LazyDocuments(folder / "documents.jsonl", manifest.documents),
            LazyEntries(folder / "entries.jsonl"),
            LexicalIndex.load(folder / "words", content_terms, manifest.entries),
            LexicalIndex.load(folder / "bigrams", bigram_terms, manifest.entries),
            _vectors(folder, manifest),
            encoder,
        )
    except (OSError, ValueError, RuntimeError, msgspec.MsgspecError) as error:
        raise IndexDamaged(f"索引のフォルダー「{folder}」が読めません。{REBUILD}") from error


def _vectors(folder: Path, manifest: Manifest) -> DenseIndex:
    vectors = read_array(folder / "vectors.npy")
    if manifest.approximation is None:
        return DenseIndex(vectors)
    approximate = read_approximate((folder / "vectors.faiss").read_bytes())
    return DenseIndex(vectors, approximate, manifest.approximation.candidates)


def _verify(folder: Path, manifest: Manifest, thorough: bool) -> None:
    damaged = first_damaged(folder, manifest.files, thorough)
    if damaged is not None:
        raise IndexDamaged(f"索引のファイル「{folder / damaged}」が壊れています。{REBUILD}")
