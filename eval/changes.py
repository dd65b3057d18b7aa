"""The program with a part exchanged, measured against the program as it is: for ablations and for deliberate faults.

Nothing in `corpus`, `index` or `qa` knows of this: names are exchanged in a process that is used for one change only, so
that no cache carries it over. A target that is no longer there is an error, never a change without effect.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

from corpus import DOCUMENTS
from eval.compare import Difference, compare_runs
from eval.gold import read_gold
from eval.noise import mean_interval
from eval.overall import MEASURES
from eval.run import Run
from eval.whole import evaluate_all, gold_name, parts_of
from index import build

AS_IT_IS = "変更なし"


@dataclass(frozen=True, slots=True)
class Change:
    """What is exchanged: each target (`qa.pipeline.failures`) for what `made` makes of it.

    `reads` where the change lies in how documents are read, so that the shipped ones are read and indexed again.
    """

    name: str
    targets: tuple[str, ...]
    made: Callable[[Any], Any] = field(hash=False)
    reads: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change did to each measure, compared question by question with the program as it is.

    `stopped` is the error that ended the program, which then has no measures.
    """

    name: str
    measures: tuple[Difference, ...]
    stopped: str = ""

    @property
    def lowered(self) -> tuple[Difference, ...]:
        """The measures that became worse by more than chance would do: p where there is one, else the interval."""
        return tuple(one for one in self.measures if _is_lowered(one))


def _is_lowered(one: Difference) -> bool:
    better = {measure.label: measure.better for measure in MEASURES}[one.name]
    if one.difference.value * better >= 0:
        return False
    if one.p is not None:
        return one.p <= 0.05
    return (one.difference.high if better > 0 else -one.difference.low) < 0


@contextmanager
def in_effect(change: Change) -> Iterator[None]:
    """The program with a change, until the block ends.

    Raises:
        AttributeError: a target is not there.

    """
    with ExitStack() as stack:
        for target in change.targets:
            module, _, name = target.rpartition(".")
            stack.enter_context(patch(target, change.made(getattr(import_module(module), name))))
        yield


def effects(
    source: str, names: Sequence[str], gold: Sequence[Path], index: Path, workers: int = 2
) -> tuple[tuple[Run, ...], list[Effect]]:
    """The runs of the program as it is, and what each named change of `source.CHANGES` does to them."""
    work = partial(_measured, source, tuple(gold), index)
    found = []
    with ProcessPoolExecutor(workers, get_context("spawn"), max_tasks_per_child=1) as pool:
        asked = pool.submit(work, None)
        changed = {name: pool.submit(work, name) for name in names}
        before = asked.result()
        for name, future in changed.items():
            error = future.exception()
            if error is None:
                found.append(Effect(name, compare_runs(before, future.result()).measures))
            else:
                found.append(Effect(name, (), type(error).__name__))
    return before, found


def _measured(source: str, gold: tuple[Path, ...], index: Path, name: str | None) -> tuple[Run, ...]:
    """Gold files answered with a change, in this process alone."""
    changes: dict[str, Change] = {one.name: one for one in import_module(source).CHANGES}
    change = changes[name] if name is not None else Change(AS_IT_IS, (), lambda made: made)
    with in_effect(change), tempfile.TemporaryDirectory(prefix="tashika-") as folder:
        if change.reads:
            index = Path(folder) / "index"
            build(DOCUMENTS, index, workers=1)
        jobs = [part for path in gold for part in parts_of(gold_name(path), read_gold(path), index)]
        return evaluate_all(jobs, workers=1)


def means(runs: Sequence[Run]) -> dict[str, str]:
    """Each measure of some runs with its interval, as it stands in a table."""
    found = {}
    for measure in MEASURES:
        values = [(v, f"{run.name}\n{i.id}") for run in runs for i in run.items if (v := measure.of(i)) is not None]
        if values:
            one = mean_interval([v for v, _ in values], [group for _, group in values])
            found[measure.label] = f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"
    return found
