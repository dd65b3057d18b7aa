"""Building an index: what changed is read again, everything is put together beside the old, then switched to.

Killed at any moment, a build leaves the old index or the new one. What it had finished of single documents is taken
over by the next build; what it had not, the next build clears away.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import UnreadableDocument
from corpus.read import MAX_BYTES
from corpus.sources import Source, document_paths, read_sources, same_id
from index.encoder import SHIPPED, Encoder, load_encoder
from index.errors import IndexBusy, IndexDamaged, IndexForeign, NothingToIndex
from index.files import UNFINISHED, sha256
from index.generations import Part, generation_fingerprint, is_whole, put_in_place, write_generation
from index.manifest import GENERATIONS, Manifest, current_name, read_manifest, switch
from index.segments import Job, Outcome, make_segment, segment_key
from index.store import DEFAULT_INDEX

if TYPE_CHECKING:
    from concurrent.futures import Executor

SEGMENTS = "segments"
PATIENCE = 10.0  # seconds to wait for another build
# Below so many bytes of sources a second process takes longer to start than it saves.
_ALONE_UP_TO = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: how many entries were embedded anew, what could not be read, how long its stages took."""

    fingerprint: str
    documents: int
    entries: int
    embedded: int
    failures: tuple[UnreadableDocument, ...]
    seconds: dict[str, float] = field(default_factory=dict, hash=False, compare=False)


def build(
    corpus: Path,
    index: Path = DEFAULT_INDEX,
    model: str = SHIPPED,
    *,
    workers: int | None = None,
    patience: float = PATIENCE,
    progress: bool = False,
) -> BuildReport:
    """Build or update an index over a folder of documents.

    `workers` processes read and embed documents at the same time; by default as many as there are processors, and one
    for little work or for a model that uses all processors by itself. `patience` is how many seconds to wait for
    another build. `progress` shows a bar on standard error.

    Raises:
        NothingToIndex: no document of the folder could be read.
        ModelUnavailable: the model cannot be loaded.
        IndexBusy: another build is still running.
        IndexDamaged: the index cannot be written, as on a full disk; the old one still holds.
        TashikaError: `sources.toml` is wrong, or the folder is not there.

    """
    sources = read_sources(corpus)
    paths = document_paths(corpus)
    if not paths:
        raise NothingToIndex(f"「{corpus}」に読める文書がありません。文書を置いてください。")
    encoder = load_encoder(model)
    try:
        with _only_builder(index, patience):
            held, before = current_name(index), _folders(index)
            try:
                return _build(corpus, paths, sources, index, encoder, workers, progress)
            except OSError:
                if current_name(index) == held:  # room is short: what this build finished would only take more of it
                    for path in _folders(index) - before:
                        shutil.rmtree(path, ignore_errors=True)
                raise
            finally:
                _clear_unfinished(index)
    except OSError as error:
        raise IndexDamaged(
            f"索引を「{index}」に書けません({error.strerror or error})。空き容量と書き込みの許可を確かめてください"
        ) from error


def _build(
    corpus: Path,
    paths: Sequence[Path],
    sources: dict[str, Source],
    index: Path,
    encoder: Encoder,
    workers: int | None,
    progress: bool,
) -> BuildReport:
    _clear_unfinished(index)
    old = current_name(index)
    jobs = _jobs(paths, sources, index, encoder)
    clock = _Clock()
    with _pool(workers or _workers(jobs, encoder), encoder) as pool:
        outcomes = list(_outcomes(jobs, encoder, pool, progress))
        parts, failures = _parts(outcomes)
        clock.lap("documents")
        if not parts:
            reasons = " ".join(map(str, failures))
            raise NothingToIndex(f"「{corpus}」に読める文書がありません。文書を置いてください。{reasons}")
        fingerprint = generation_fingerprint(parts, encoder)
        target = index / GENERATIONS / fingerprint[:16]
        if not is_whole(target, fingerprint, encoder):
            fresh = target.with_name(f"{UNFINISHED}{os.getpid()}")
            write_generation(fresh, parts, encoder, fingerprint, pool)
            put_in_place(fresh, target)
    if old != target.name:
        switch(index, target.name)
    _clear(index, {target.name, old or target.name})
    clock.lap("generation")
    return BuildReport(
        fingerprint,
        len(parts),
        sum(part.segment.entries for part in parts),
        sum(outcome.embedded for outcome in outcomes),
        failures,
        clock.seconds,
    )


class _Clock:
    """How long each stage took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.seconds[name] = round(now - self._since, 3)
        self._since = now


@contextmanager
def _only_builder(index: Path, patience: float) -> Iterator[None]:
    """Hold the lock of an index. The system lets go of it when its holder dies, however that dies."""
    from filelock import FileLock, Timeout

    index.mkdir(parents=True, exist_ok=True)
    lock = FileLock(index / "LOCK", timeout=patience)
    try:
        lock.acquire()
    except Timeout as error:
        raise IndexBusy(
            f"別の処理が「{index}」の索引を作っています。終わってからもう一度 python -m index build を実行してください"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _jobs(paths: Sequence[Path], sources: dict[str, Source], index: Path, encoder: Encoder) -> list[Job]:
    previous = _previous(index)
    jobs = []
    for path in paths:
        source = sources.get(path.name)
        digest = _digest(path)
        folder = index / SEGMENTS / segment_key(path, digest, source, encoder)
        known = previous.documents.get(path.stem) if previous else None
        jobs.append(Job(path, source, digest, folder, index / SEGMENTS / known.segment if known else None))
    return jobs


def _digest(path: Path) -> str:
    """The sha256 of a source; none for what cannot or will not be read, which reading then says."""
    try:
        return sha256(path) if path.stat().st_size <= MAX_BYTES else ""
    except OSError:
        return ""


def _previous(index: Path) -> Manifest | None:
    name = current_name(index)
    try:
        return read_manifest(index / GENERATIONS / name) if name else None
    except (IndexDamaged, IndexForeign):
        return None


def _pool(workers: int, encoder: Encoder) -> AbstractContextManager[Executor | None]:
    if workers == 1:
        return nullcontext()
    from index.workers import pool  # takes a while to import, which a search should not wait for

    return pool(workers, encoder.name)


def _outcomes(jobs: Sequence[Job], encoder: Encoder, pool: Executor | None, progress: bool) -> Iterator[Outcome]:
    from tqdm import tqdm

    done: Iterator[Outcome]
    if pool is None:
        done = map(partial(make_segment, encoder=encoder), jobs)
    else:
        from index.workers import segment_in_worker

        done = pool.map(segment_in_worker, jobs)
    yield from tqdm(done, total=len(jobs), desc="文書", unit="件", disable=not progress, leave=False)


def _parts(outcomes: Sequence[Outcome]) -> tuple[list[Part], tuple[UnreadableDocument, ...]]:
    """The segments to put together, and what could not be read; of two files with one id the first counts."""
    parts: dict[str, Part] = {}
    named: dict[str, str] = {}
    failures = []
    for outcome in outcomes:
        path = outcome.job.path
        if path.stem in named:
            failures.append(same_id(path, named[path.stem]))
        elif outcome.segment is None:
            failures.append(UnreadableDocument(path.name, outcome.reason or ""))
        else:
            parts[path.stem] = Part(outcome.job.folder, outcome.segment)
            named[path.stem] = path.name
    return list(parts.values()), tuple(failures)


def _folders(index: Path) -> set[Path]:
    return {path for folder in (SEGMENTS, GENERATIONS) for path in (index / folder).glob("*")}


def _clear_unfinished(index: Path) -> None:
    """Remove what builds that are no more had begun; whoever holds the lock is the only build there is."""
    for folder in (index, index / SEGMENTS, index / GENERATIONS):
        for path in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _clear(index: Path, kept: set[str]) -> None:
    """Remove all generations but those, and the segments and older formats that none of them is made of.

    The generation before stays one build longer, for a reader that read `CURRENT` just before it changed.
    """
    segments: set[str] = set()
    for path in (index / GENERATIONS).iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
            continue
        try:
            segments |= {document.segment for document in read_manifest(path).documents.values()}
        except (IndexDamaged, IndexForeign):
            continue
    for path in (index / SEGMENTS).iterdir():
        if path.name not in segments:
            shutil.rmtree(path, ignore_errors=True)
    for path in index.glob("[0-9a-f]" * 16 + "/manifest.json"):
        shutil.rmtree(path.parent, ignore_errors=True)  # up to format 2 generations stood here


def _workers(jobs: Sequence[Job], encoder: Encoder) -> int:
    todo = [job.path.stat().st_size for job in jobs if job.sha256 and not job.folder.exists()]
    if encoder.name != SHIPPED or sum(todo) <= _ALONE_UP_TO:
        return 1
    return min(len(todo), len(os.sched_getaffinity(0)))
