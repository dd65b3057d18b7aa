"""Segments → a generation: all documents' entries, vectors and terms side by side, in the files a reader opens."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from index.dense import EXACT_UP_TO, SAMPLE, sample_queries, train_approximate
from index.encoder import Encoder, Vectors
from index.entries import Entry
from index.errors import IndexDamaged, IndexForeign
from index.files import first_damaged, flush, flush_tree, read_array, records, write_array
from index.lazy import Lines, write_lines
from index.manifest import FORMAT, Approximation, DocumentRecord, Manifest, read_manifest, write_manifest
from index.segments import Segment, code_hash, document_line, entry_lines, segment_vectors
from index.terms import SegmentTerms, write_weights
from index.words import segmentation_name

if TYPE_CHECKING:
    from concurrent.futures import Executor


@dataclass(frozen=True, slots=True)
class Part:
    """A document's segment and where it is."""

    folder: Path
    segment: Segment


def generation_fingerprint(parts: Sequence[Part], encoder: Encoder) -> str:
    """Equal for the same documents, read and put together by the same program and embedded by the same model."""
    named = [(part.segment.document, part.folder.name) for part in parts]
    code = code_hash(Path(__file__).with_name(name) for name in ("dense.py", "generations.py", "terms.py"))
    inputs = (FORMAT, segmentation_name(), encoder.fingerprint, code, named)
    return hashlib.sha256(msgspec.json.encode(inputs)).hexdigest()


def is_whole(folder: Path, fingerprint: str, encoder: Encoder) -> bool:
    """Whether a generation is there with every file as it was written."""
    try:
        manifest = read_manifest(folder)
    except (IndexDamaged, IndexForeign):
        return False
    asked = (fingerprint, segmentation_name(), encoder.name, encoder.fingerprint, encoder.dimensions)
    said = (
        manifest.fingerprint,
        manifest.segmentation,
        manifest.model,
        manifest.model_fingerprint,
        manifest.dimensions,
    )
    return said == asked and first_damaged(folder, manifest.files, thorough=True) is None


def write_generation(
    folder: Path, parts: Sequence[Part], encoder: Encoder, fingerprint: str, pool: Executor | None
) -> None:
    """Write a generation into a folder that is not there yet, and have all of it on the disk.

    With a pool, the two kinds of terms are weighed in other processes at the same time.

    Raises:
        OSError: the disk is full or the folder cannot be written.

    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    folders = [part.folder for part in parts]
    kinds = ((folder, folders, "words"), (folder, folders, "bigrams"))
    weighed = [pool.submit(weigh, *kind) for kind in kinds] if pool else []
    write_lines(folder / "documents.jsonl", (document_line(part) for part in folders))
    count = write_lines(folder / "entries.jsonl", (entry_lines(part) for part in folders))
    shape = (count, encoder.dimensions)
    write_array(folder / "vectors.npy", shape, np.float32, (segment_vectors(part) for part in folders))
    approximation = _approximate(folder, encoder) if count > EXACT_UP_TO else None
    for task in weighed:
        task.result()
    if not pool:
        for kind in kinds:
            weigh(*kind)
    documents = {
        part.segment.document: DocumentRecord(part.segment.sha256, part.folder.name, part.segment.entries)
        for part in parts
    }
    manifest = Manifest(
        FORMAT,
        fingerprint,
        segmentation_name(),
        encoder.name,
        encoder.fingerprint,
        encoder.dimensions,
        count,
        approximation,
        documents,
        records(folder),
    )
    write_manifest(folder, manifest)
    flush_tree(folder)


def weigh(folder: Path, segments: Sequence[Path], name: str) -> None:
    """Weigh one kind of terms of all segments (`terms.write_weights`)."""
    write_weights(folder / name, SegmentTerms(tuple(segments), name))


def put_in_place(fresh: Path, target: Path) -> None:
    """Give a finished generation its name. A damaged one of the same name goes first; it answered nobody."""
    if target.exists():
        shutil.rmtree(target)
    fresh.replace(target)
    flush(target.parent)


def _approximate(folder: Path, encoder: Encoder) -> Approximation:
    vectors: Vectors = read_array(folder / "vectors.npy")
    lines = Lines(folder / "entries.jsonl")
    step = max(1, len(lines) // SAMPLE)
    gists = list(_gists(lines, range(0, len(lines), step)))[:SAMPLE]
    data, approximation = train_approximate(vectors, encoder.encode_queries(sample_queries(gists)))
    (folder / "vectors.faiss").write_bytes(data)
    return approximation


def _gists(lines: Lines, positions: range) -> Iterator[str]:
    for position in positions:
        yield msgspec.json.decode(lines[position], type=Entry).gist
