"""The index on disk: one folder, readable formats, nothing pickled.

    INDEX/CURRENT                the name of the folder that holds now
    INDEX/<fingerprint>/         manifest.json, documents/<id>.json, entries.json, words/, bigrams/, vectors.faiss

A build writes a new folder beside the old one and then replaces `CURRENT`, which is atomic, so a reader sees the old
index or the new one, never half of one. The manifest records what built it and the checksum of every file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import msgspec
import numpy as np

from corpus import Document, UnreadableDocument, load_corpus
from index.encoder import SHIPPED, Encoder, Vectors, load_encoder
from index.entries import Entry, document_entries
from index.errors import IndexDamaged, IndexForeign, IndexMissing, NothingToIndex
from index.lexical import LexicalIndex, bigram_index, word_index
from index.words import bigram_terms, content_terms, segmentation_name

FORMAT = 2
DEFAULT_INDEX = Path(__file__).resolve().parent.parent / ".tashika" / "index"
_REBUILD = "python -m index build で作り直してください"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What built an index. `files` maps each file to its sha256; `documents` maps ids to the sources' sha256."""

    format: int
    fingerprint: str
    segmentation: str
    model: str
    model_fingerprint: str
    dimensions: int
    documents: dict[str, str]
    entries: int
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Store:
    """An open index. `entries[i]` belongs to row i of the vectors and to text i of both lexical indexes."""

    manifest: Manifest
    documents: dict[str, Document]
    entries: tuple[Entry, ...]
    words: LexicalIndex
    bigrams: LexicalIndex
    vectors: faiss.Index
    encoder: Encoder


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: how many entries were embedded anew, how many taken over, what could not be read."""

    fingerprint: str
    documents: int
    entries: int
    embedded: int
    failures: tuple[UnreadableDocument, ...]


def build(corpus: Path, index: Path = DEFAULT_INDEX, model: str = SHIPPED) -> BuildReport:
    """Build or update an index over a folder of documents.

    Entries whose words are unchanged keep their vectors from the index that is there, if the same model made it.

    Raises:
        NothingToIndex: no document of the folder could be read.
        ModelUnavailable: the model cannot be loaded.
        TashikaError: `sources.toml` is wrong, or the folder is not there.

    """
    loaded = load_corpus(corpus)
    if not loaded.documents:
        reasons = " ".join(str(f) for f in loaded.failures)
        raise NothingToIndex(f"「{corpus}」に読める文書がありません。文書を置いてください。{reasons}")
    encoder = load_encoder(model)
    entries = tuple(entry for document in loaded.documents for entry in document_entries(document))
    vectors, embedded = _vectors(entries, encoder, index)
    fingerprint = _fingerprint(loaded.documents, entries, encoder)
    report = BuildReport(fingerprint, len(loaded.documents), len(entries), embedded, loaded.failures)
    target = index / fingerprint[:16]
    if _is_whole(target):
        _switch(index, target)
        return report
    try:
        index.mkdir(parents=True, exist_ok=True)
        fresh = index / f".build-{os.getpid()}"
        shutil.rmtree(fresh, ignore_errors=True)
        _write(fresh, loaded.documents, entries, vectors, encoder, fingerprint)
        shutil.rmtree(target, ignore_errors=True)
        fresh.replace(target)
        _switch(index, target)
    except OSError as error:
        shutil.rmtree(index / f".build-{os.getpid()}", ignore_errors=True)
        raise IndexDamaged(
            f"索引を「{index}」に書けません({error.strerror})。空き容量と書き込みの許可を確かめてください"
        ) from error
    return report


def open_store(index: Path = DEFAULT_INDEX) -> Store:
    """Open an index for queries.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: a file is missing, truncated or edited.
        IndexForeign: built by another format, segmentation or model.

    """
    folder = _current(index)
    manifest = _manifest(folder)
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file() or _sha256(path) != digest:
            raise IndexDamaged(f"索引のファイル「{path}」が壊れています。{_REBUILD}")
    if manifest.segmentation != segmentation_name():
        raise IndexForeign(
            f"この索引は別の単語分割({manifest.segmentation})で作られています(いまは {segmentation_name()})。{_REBUILD}"
        )
    encoder = load_encoder(manifest.model)
    if encoder.fingerprint != manifest.model_fingerprint or encoder.dimensions != manifest.dimensions:
        raise IndexForeign(f"この索引は別の埋め込みモデルで作られています(名前は同じ「{manifest.model}」)。{_REBUILD}")
    documents = {
        name: msgspec.json.decode((folder / "documents" / f"{name}.json").read_bytes(), type=Document)
        for name in manifest.documents
    }
    entries = msgspec.json.decode((folder / "entries.json").read_bytes(), type=tuple[Entry, ...])
    return Store(
        manifest,
        documents,
        entries,
        LexicalIndex.load(folder / "words", content_terms, len(entries)),
        LexicalIndex.load(folder / "bigrams", bigram_terms, len(entries)),
        faiss.read_index(str(folder / "vectors.faiss")),
        encoder,
    )


def _current(index: Path) -> Path:
    pointer = index / "CURRENT"
    if not pointer.is_file():
        raise IndexMissing(f"「{index}」に索引がありません。python -m index build で作ってください")
    folder = index / pointer.read_bytes().decode("utf-8", "replace").strip().replace("\x00", "")
    if folder == index or not folder.is_dir():
        raise IndexDamaged(f"索引のフォルダー「{folder}」がありません。{_REBUILD}")
    return folder


def _manifest(folder: Path) -> Manifest:
    try:
        raw = msgspec.json.decode((folder / "manifest.json").read_bytes())
        if raw["format"] != FORMAT:
            raise IndexForeign(
                f"この索引の形式は {raw['format']} で、このプログラムの形式 {FORMAT} と違います。{_REBUILD}"
            )
        return msgspec.convert(raw, Manifest)
    except (OSError, msgspec.MsgspecError, KeyError, TypeError) as error:
        raise IndexDamaged(f"索引の「{folder / 'manifest.json'}」が読めません。{_REBUILD}") from error


def _write(
    folder: Path,
    documents: Sequence[Document],
    entries: tuple[Entry, ...],
    vectors: Vectors,
    encoder: Encoder,
    fingerprint: str,
) -> None:
    (folder / "documents").mkdir(parents=True)
    for document in documents:
        (folder / "documents" / f"{document.id}.json").write_bytes(msgspec.json.encode(document))
    (folder / "entries.json").write_bytes(msgspec.json.encode(entries))
    texts = [entry.text for entry in entries]
    word_index(texts).save(folder / "words")
    bigram_index(texts).save(folder / "bigrams")
    flat = faiss.IndexFlatIP(encoder.dimensions)
    flat.add(vectors)
    faiss.write_index(flat, str(folder / "vectors.faiss"))
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    manifest = Manifest(
        FORMAT,
        fingerprint,
        segmentation_name(),
        encoder.name,
        encoder.fingerprint,
        encoder.dimensions,
        {document.id: document.sha256 for document in documents},
        len(entries),
        {name: _sha256(folder / name) for name in names},
    )
    (folder / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))


def _switch(index: Path, target: Path) -> None:
    """Point `CURRENT` at a finished folder, then clear away what no longer holds."""
    pointer = index / f".CURRENT-{os.getpid()}"
    pointer.write_text(target.name + "\n", "utf-8")
    pointer.replace(index / "CURRENT")
    for other in index.iterdir():
        if other.is_dir() and other != target and not other.name.startswith(".build-"):
            shutil.rmtree(other, ignore_errors=True)


def _is_whole(folder: Path) -> bool:
    try:
        manifest = _manifest(folder)
    except (IndexDamaged, IndexForeign):
        return False
    return all((folder / n).is_file() and _sha256(folder / n) == d for n, d in manifest.files.items())


def _vectors(entries: tuple[Entry, ...], encoder: Encoder, index: Path) -> tuple[Vectors, int]:
    known: dict[str, Vectors] = {}
    try:
        folder = _current(index)
        manifest = _manifest(folder)
        if manifest.model_fingerprint == encoder.fingerprint and _is_whole(folder):
            old = msgspec.json.decode((folder / "entries.json").read_bytes(), type=tuple[Entry, ...])
            flat = faiss.read_index(str(folder / "vectors.faiss"))
            rows = flat.reconstruct_n(0, flat.ntotal)
            known = {entry.text: rows[i] for i, entry in enumerate(old)}
    except (IndexMissing, IndexDamaged, IndexForeign, OSError, RuntimeError, msgspec.MsgspecError):
        known = {}
    fresh = [i for i, entry in enumerate(entries) if entry.text not in known]
    vectors = np.zeros((len(entries), encoder.dimensions), dtype=np.float32)
    for i, entry in enumerate(entries):
        if entry.text in known:
            vectors[i] = known[entry.text]
    if fresh:
        vectors[fresh] = encoder.encode_passages([entries[i].text for i in fresh])
    return vectors, len(fresh)


def _fingerprint(documents: Sequence[Document], entries: tuple[Entry, ...], encoder: Encoder) -> str:
    digest = hashlib.sha256(f"{FORMAT}\n{segmentation_name()}\n{encoder.fingerprint}\n".encode())
    for document in documents:
        digest.update(msgspec.json.encode(document))
    for entry in entries:
        digest.update(entry.id.encode())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
