"""Builds killed at random moments: `python -m benchmarks.kills --kills 200`.

Each round changes the documents, starts a build and kills it (SIGKILL) after a random part of the time a build takes.
Then the index must open, every file of it must be whole, it must hold the documents of before or of after the change,
nothing in between, and a search must find what it holds. Every tenth build is a command line with two workers.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from index import build, open_store, search
from index.store import check_store

DOCUMENTS = 6
ROWS = 40
OFFICES = ("総務課", "福祉課", "観光課", "教育課")
Digests = frozenset[str]


def change(corpus: Path, dice: random.Random) -> Digests:
    """Rewrite about half of the documents, now and then removing one; returns the sha256 of those that are there."""
    for number in range(DOCUMENTS):
        path = corpus / f"yosan{number}.csv"
        if path.exists() and dice.random() < 0.5:
            continue
        if number and path.exists() and dice.random() < 0.2:
            path.unlink()
            continue
        rows = (
            f'令和{dice.randint(1, 6)}年度,{dice.choice(OFFICES)},港の事業{dice.randint(1, 999)},"{dice.randint(1, 99999):,}"\n'
            for _ in range(ROWS)
        )
        path.write_text("年度,担当課,事業名,予算額(千円)\n" + "".join(rows), "utf-8")
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in corpus.iterdir())


def forked(corpus: Path, index: Path) -> int:
    """Start a build in a copy of this process; returns its process id."""
    child = os.fork()
    if child == 0:
        try:
            build(corpus, index, workers=1)
        finally:
            os._exit(0)
    return child


def commanded(corpus: Path, index: Path) -> int:
    """Start a build as a user does, with two workers; returns its process id."""
    command = [sys.executable, "-m", "index", "build", "--workers", "2", "--corpus", str(corpus), "--index", str(index)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid  # noqa: S603 - our own


def whole(index: Path) -> Digests:
    """Open, verify and search an index; returns the sha256 of its documents.

    Raises:
        TashikaError: it does not open or is damaged.
        AssertionError: it opens and does not find what it holds.

    """
    check_store(index)
    store = open_store(index)
    assert search(store, "港の事業")
    assert {entry.document for entry in store.entries} == set(store.documents)
    return frozenset(document.sha256 for document in store.manifest.documents.values())


def timed(start: Callable[[Path, Path], int], corpus: Path, index: Path) -> float:
    """How long a build takes when it is let be."""
    begun = time.perf_counter()
    os.waitpid(start(corpus, index), 0)
    return time.perf_counter() - begun


@click.command()
@click.option("--kills", type=int, default=200, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def main(kills: int, seed: int) -> None:
    """Kill builds at random moments and look at the index each time."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    outcomes = {"the old index": 0, "the new index": 0}
    late = 0
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder) / "corpus", Path(folder) / "index"
        corpus.mkdir()
        held = change(corpus, dice)
        takes = {}
        for start in (forked, commanded):
            held = change(corpus, dice)
            takes[start] = timed(start, corpus, index)
        assert whole(index) == held
        for number in range(kills):
            start = commanded if number % 10 == 9 else forked
            wanted = change(corpus, dice)
            child = start(corpus, index)
            time.sleep(dice.uniform(0, 1.15 * takes[start]))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            late += os.WIFEXITED(status)
            found = whole(index)
            assert found in (held, wanted), "neither the index of before nor that of after"
            outcomes["the new index" if found == wanted else "the old index"] += 1
            held = found
        os.waitpid(forked(corpus, index), 0)
        assert whole(index) == wanted, "a build let be after all kills brings the index up to date"
        left = [str(path) for path in index.rglob(".new-*")]
        assert left == [], f"left behind: {left}"
    held_by = ", ".join(f"{name} {count}" for name, count in outcomes.items())
    click.echo(f"{kills} kills ({late} after the build's end): the index opened and answered every time; {held_by}")


if __name__ == "__main__":
    main()
