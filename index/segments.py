"""One document → one segment: the document as read, its entries, their vectors and their terms, in a folder.

A segment is named by a hash of everything it is made of, so one that is there is right, whoever made it, and what did
not change is neither read, segmented nor embedded again. It is finished under another name and then renamed.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np

from corpus import UnreadableDocument
from corpus.sources import Source, read_source
from index.encoder import Encoder, Vectors
from index.entries import Entry, document_entries
from index.files import UNFINISHED, FileRecord, first_damaged, records, write_array
from index.manifest import FORMAT
from index.terms import TermCollector, write_terms
from index.words import bigram_terms, content_terms, segmentation_name

_ROOT = Path(__file__).resolve().parent.parent
_CHUNK = 1_000  # entries at a time, so that memory stays bounded


@dataclass(frozen=True, slots=True)
class Segment:
    """What a segment says of itself in segment.json. `document` is its id, `sha256` that of its source."""

    document: str
    sha256: str
    model_fingerprint: str
    entries: int
    files: dict[str, FileRecord]


@dataclass(frozen=True, slots=True)
class Job:
    """A source file, what is known of it, the segment to make of it, and the segment its document had before."""

    path: Path
    source: Source | None
    sha256: str
    folder: Path
    previous: Path | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: its segment, or why the document cannot be read; `embedded` vectors are new."""

    job: Job
    segment: Segment | None = None
    embedded: int = 0
    reason: str | None = None


def segment_key(path: Path, sha256: str, source: Source | None, encoder: Encoder) -> str:
    """The name of the segment made of these inputs, by this program."""
    known = (source.title, source.years) if source else None
    parts = (FORMAT, path.name, sha256, known, encoder.fingerprint, segmentation_name(), edition())
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]


@lru_cache(maxsize=1)
def edition() -> str:
    """A hash of the code that decides what is read of a document, so that another edition of it reads anew."""
    folders = (_ROOT / "corpus", _ROOT / "corpus" / "readers")
    files = [p for folder in folders for p in folder.iterdir() if p.suffix in {".py", ".toml"}]
    return code_hash(
        [*files, *(_ROOT / "index" / name for name in ("entries.py", "segments.py", "terms.py", "words.py"))]
    )


def code_hash(files: Iterable[Path]) -> str:
    """A hash of programs."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def read_segment(folder: Path) -> Segment | None:
    """What a segment says of itself, if every file of it is as it was written."""
    try:
        segment = msgspec.json.decode((folder / "segment.json").read_bytes(), type=Segment)
    except (OSError, msgspec.MsgspecError):
        return None
    return segment if first_damaged(folder, segment.files, thorough=True) is None else None


def make_segment(job: Job, encoder: Encoder) -> Outcome:
    """Read a document and write its segment, unless it is there and whole.

    Entries whose words are those of the document's previous segment keep their vectors.

    Raises:
        OSError: the segment cannot be written.

    """
    whole = read_segment(job.folder)
    if whole is not None:
        return Outcome(job, whole)
    with _collector_paused():
        return _make_segment(job, encoder)


def _make_segment(job: Job, encoder: Encoder) -> Outcome:
    try:
        document = read_source(job.path, job.source)
    except UnreadableDocument as error:
        return Outcome(job, reason=error.reason)
    if document.sha256 != job.sha256:
        return Outcome(job, reason="読んでいる間に中身が変わりました。もう一度作ってください")
    entries = document_entries(document)
    fresh = job.folder.with_name(f"{UNFINISHED}{os.getpid()}-{job.folder.name}")
    try:
        fresh.mkdir(parents=True)
        # A fixed time in the header keeps the bytes the same.
        (fresh / "document.json.gz").write_bytes(gzip.compress(msgspec.json.encode(document), 1, mtime=0))
        (fresh / "entries.jsonl").write_bytes(msgspec.json.Encoder().encode_lines(entries))
        embedded = _write_texts(fresh, entries, encoder, job.previous)
        segment = Segment(document.id, document.sha256, encoder.fingerprint, len(entries), records(fresh))
        (fresh / "segment.json").write_bytes(msgspec.json.encode(segment))
        shutil.rmtree(job.folder, ignore_errors=True)  # a damaged one
        fresh.replace(job.folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Outcome(job, segment, embedded)


def document_line(folder: Path) -> bytes:
    """The document of a segment as one line of JSON."""
    return gzip.decompress((folder / "document.json.gz").read_bytes()) + b"\n"


def entry_lines(folder: Path) -> bytes:
    """The entries of a segment as lines of JSON."""
    return (folder / "entries.jsonl").read_bytes()


def segment_vectors(folder: Path) -> Vectors:
    """The vectors of a segment's entries, shape (n_entries, dimensions)."""
    vectors: Vectors = np.load(folder / "vectors.npy", allow_pickle=False)
    return vectors


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Leave cycles alone for a while: a large table is a million values without one, gone through again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _write_texts(folder: Path, entries: Sequence[Entry], encoder: Encoder, previous: Path | None) -> int:
    """Write the terms and vectors of entries; returns how many were embedded."""
    known = _known(previous, encoder)
    vectors = np.zeros((len(entries), encoder.dimensions), dtype=np.float32)
    words, bigrams = TermCollector(), TermCollector()
    embedded = 0
    for start in range(0, len(entries), _CHUNK):
        unknown = []
        for i, entry in enumerate(entries[start : start + _CHUNK], start):
            words.add(content_terms(entry.text))
            bigrams.add(bigram_terms(entry.text))
            if entry.gist in known:
                vectors[i] = known[entry.gist]
            else:
                unknown.append(i)
        if unknown:
            vectors[unknown] = encoder.encode_passages([entries[i].gist for i in unknown])
        embedded += len(unknown)
    write_terms(folder, "words", words.collected())
    write_terms(folder, "bigrams", bigrams.collected())
    write_array(folder / "vectors.npy", vectors.shape, np.float32, [vectors])
    return embedded


def _known(previous: Path | None, encoder: Encoder) -> dict[str, Vectors]:
    """The vectors a document's entries had before, by what was embedded, if the same model made them."""
    segment = read_segment(previous) if previous is not None else None
    if previous is None or segment is None or segment.model_fingerprint != encoder.fingerprint:
        return {}
    entries = msgspec.json.Decoder(Entry).decode_lines(entry_lines(previous))
    return {entry.gist: row for entry, row in zip(entries, segment_vectors(previous), strict=True)}
