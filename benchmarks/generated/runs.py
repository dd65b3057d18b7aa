"""Many tables, each indexed alone, many questions to each, and what is made of the verdicts."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, Phase, given, seed, settings

from benchmarks.generated.checker import Verdict, check, read_source
from benchmarks.generated.files import Written, write
from benchmarks.generated.known import Known
from benchmarks.generated.questions import questions
from benchmarks.generated.strategies import layouts
from benchmarks.generated.tables import Layout, Table, make_table
from index import build, open_store
from qa import answer

PER_TABLE = 25


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question with its verdict, what was answered, and the file it was asked of."""

    known: Known
    verdict: Verdict
    said: str
    calculation: str | None
    file: str
    shown: str


def ask_all(table: Table, asked: Iterable[Known]) -> list[Outcome]:
    """Index a table by itself, ask, and judge."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        written = write(table, corpus)
        build(corpus, Path(folder) / "index", workers=1)
        store = open_store(Path(folder) / "index")
        source = read_source(table, written)
        found = []
        for known in asked:
            given_answer = msgspec.to_builtins(answer(known.text, store))
            verdict = check(known, source, given_answer)
            found.append(
                Outcome(
                    known,
                    verdict,
                    given_answer["answer"],
                    given_answer["calculation"],
                    written.path.name,
                    _shown(written, table),
                )
            )
        return found


def _shown(written: Written, table: Table) -> str:
    if written.encoding is None:
        rows = [[c.label for c in table.columns], *([cell.printed for cell in row.cells] for row in table.rows)]
        return "\n".join([table.title, table.note or "", *("\t".join(row) for row in rows)])
    return written.path.read_bytes().decode(written.encoding)


def drawn(count: int, number: int, use: Callable[[Table, list[Known]], int]) -> None:
    """Tables drawn from seed `number` with their questions, each given to `use`, until it has taken `count` in all."""
    taken = 0

    @seed(number)
    @settings(
        max_examples=10 * count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(layouts())
    def draw(layout: Layout) -> None:
        nonlocal taken
        if taken < count:
            # hypothesis likes to draw the same number again; what fills the layout should always be new.
            fresh = random.Random(f"{number} {layout.seed} {taken}").getrandbits(32)  # noqa: S311 - test data
            table = make_table(replace(layout, seed=fresh))
            taken += use(table, list(questions(table, fresh, PER_TABLE)))

    draw()


def run(count: int, number: int) -> list[Outcome]:
    """Ask `count` questions of tables drawn from seed `number`; the same for the same arguments."""
    outcomes: list[Outcome] = []

    def ask(table: Table, asked: list[Known]) -> int:
        found = ask_all(table, asked)
        outcomes.extend(found)
        return len(found)

    drawn(count, number, ask)
    return outcomes[:count]


def run_shared(count: int, number: int, workers: int) -> list[Outcome]:
    """The same on several processes, each with a seed of its own."""
    if workers == 1:
        return run(count, number)
    shares = [count // workers + (i < count % workers) for i in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        parts = pool.map(run, shares, range(number * workers, number * workers + workers))
        return [outcome for part in parts for outcome in part]


def cause(outcome: Outcome) -> str:
    """What a failure is an instance of: how it failed, and at what kind of question."""
    first = (*outcome.verdict.gate, *outcome.verdict.citations, "")[0].split(":")[0]
    return f"{outcome.known.kind}: {outcome.verdict.outcome}{f', {first}' if first else ''}"


def failed(outcome: Outcome) -> bool:
    """Whether something untrue or unproven was said; a refusal never is."""
    return outcome.verdict.outcome in ("wrong", "unproven")


def summary(outcomes: list[Outcome]) -> dict[str, Any]:
    """Counts and shares, in all and by kind of question."""
    kinds = sorted({o.known.kind for o in outcomes})
    answerable = [o for o in outcomes if o.known.readings]
    hopeless = [o for o in outcomes if not o.known.readings]
    return {
        "questions": len(outcomes),
        "answerable": len(answerable),
        "answered": _share(answerable, lambda o: o.verdict.answered),
        "exact": _share(answerable, lambda o: o.verdict.outcome == "exact"),
        "unanswerable refused": _share(hopeless, lambda o: not o.verdict.answered),
        "wrong though answered": sum(o.verdict.outcome == "wrong" for o in outcomes),
        "gate failures": sum(bool(o.verdict.gate) for o in outcomes),
        "citation failures": sum(bool(o.verdict.citations) for o in outcomes),
        "kinds": {kind: _by_outcome([o for o in outcomes if o.known.kind == kind]) for kind in kinds},
    }


def _share(outcomes: list[Outcome], holds: Any) -> float | None:
    return round(sum(bool(holds(o)) for o in outcomes) / len(outcomes), 4) if outcomes else None


def _by_outcome(outcomes: list[Outcome]) -> dict[str, int]:
    counted = Counter(o.verdict.outcome for o in outcomes)
    return {"asked": len(outcomes), **{k: counted[k] for k in ("exact", "unproven", "wrong", "refused")}}


def examples(outcomes: list[Outcome], most: int = 8) -> dict[str, list[dict[str, Any]]]:
    """Failures, then needless refusals, by cause, most frequent first, each with its smallest tables."""
    grouped: dict[tuple[bool, str], list[Outcome]] = {}
    for outcome in outcomes:
        if failed(outcome) or not (outcome.verdict.answered or outcome.verdict.right):
            grouped.setdefault((not failed(outcome), cause(outcome)), []).append(outcome)
    return {
        f"{name} ({len(found)})": [told(o) for o in sorted(found, key=lambda o: len(o.shown))[:most]]
        for (_, name), found in sorted(grouped.items(), key=lambda item: (item[0][0], -len(item[1])))
    }


def told(outcome: Outcome) -> dict[str, Any]:
    """An outcome as someone reads it who has to find the cause."""
    known = outcome.known
    expected = [
        {
            "figures": [f"{float(f.value):,.6g}{f.unit or ''}" for f in r.figures],
            "names": sorted(r.names or ()),
            "polarity": r.polarity,
        }
        for r in known.readings
    ]
    return {
        "question": known.text,
        "expected": expected or "a refusal",
        "answer": outcome.said,
        "calculation": outcome.calculation,
        "problems": [*outcome.verdict.gate, *outcome.verdict.citations],
        "file": outcome.file,
        "table": outcome.shown,
    }
