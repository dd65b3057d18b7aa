"""The whole gold set answered by several processes, each gold file and each document of another place in small parts."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path

from eval.baseline import NAME
from eval.gold import DocumentSet, GoldDialogue, document_sets, gold_files, read_gold
from eval.run import Run, evaluate, evaluate_baseline, evaluate_document
from index import Store, open_store

DOCUMENTS_RUN = "documents"
_QUESTIONS = 40  # in one part: small enough that no process waits long for the other


@dataclass(frozen=True, slots=True)
class Part:
    """Some dialogues of a gold file, over one index; `baseline` for the line that BM25 puts first."""

    run: str
    dialogues: tuple[GoldDialogue, ...]
    index: Path
    baseline: bool = False


Job = Part | DocumentSet


def looked_at(index: Path) -> list[Job]:
    """All gold that is looked at while building: what the record and the ablations measure."""
    files = [part for path in gold_files() for part in parts_of(gold_name(path), read_gold(path), index)]
    return [*files, *(one for one in document_sets() if not one.test)]


def gold_name(path: Path) -> str:
    """A gold file's name as runs and records use it: `table`, or with its folder `dev/table`."""
    return path.stem if path.parent.name not in ("dev", "test") else f"{path.parent.name}/{path.stem}"


def parts_of(name: str, gold: Sequence[GoldDialogue], index: Path, baseline: bool = False) -> Iterator[Part]:
    """A gold file in parts of some forty questions."""
    held: list[GoldDialogue] = []
    for dialogue in gold:
        held.append(dialogue)
        if sum(len(one.turns) for one in held) >= _QUESTIONS:
            yield Part(name, tuple(held), index, baseline)
            held = []
    if held:
        yield Part(name, tuple(held), index, baseline)


def evaluate_all(jobs: Sequence[Job], workers: int | None = None, explain: bool = False) -> tuple[Run, ...]:
    """The runs of all jobs, parts of one gold file joined, all documents of other places as one run.

    With one worker everything happens in this process.
    """
    workers = min(len(jobs), workers or os.cpu_count() or 1)
    work = partial(evaluate_job, explain=explain)
    if workers <= 1:
        return _joined([work(job) for job in jobs])
    with ProcessPoolExecutor(workers, get_context("spawn"), _start) as pool:
        return _joined(list(pool.map(work, jobs)))


def evaluate_job(job: Job, explain: bool = False) -> Run:
    """One part, in whichever process."""
    if isinstance(job, DocumentSet):
        return Run(DOCUMENTS_RUN, evaluate_document(job, explain).items)
    if job.baseline:
        return evaluate_baseline(f"{job.run} / {NAME}", job.dialogues, _store(job.index))
    return evaluate(job.run, job.dialogues, _store(job.index), explain)


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    names = dict.fromkeys(run.name for run in runs)
    return tuple(Run(name, tuple(i for run in runs if run.name == name for i in run.items)) for name in names)


@lru_cache(maxsize=4)
def _store(index: Path) -> Store:
    return open_store(index)


def _start() -> None:
    gc.set_threshold(50_000)
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # the processors are taken by the processes
