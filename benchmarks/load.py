"""Many clients at once: `python -m benchmarks.load`. Every answer is checked against what the question gets by itself.

Starts the page's program on two cores, asks through the named endpoint in one request (`run`) or in a call and its event
stream (`call`), and reports errors, mixed-up answers, how long answers took, and what memory the program held before and after.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import httpx

from eval import read_gold
from index import DEFAULT_INDEX, open_store
from qa import Conversation
from qa import ask as answered

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Load:
    """What one way of asking came to. Times in milliseconds, memory in MiB; `cpu_ms` is the program's own per answer."""

    way: str
    clients: int
    each: int
    different: int
    think_s: float
    errors: int
    mixed_up: int
    median_ms: float
    p95_ms: float
    longest_ms: float
    answers_a_second: float
    cpu_ms: float
    memory_before: float
    memory_after: float


async def called(http: httpx.AsyncClient, question: str, session: str) -> dict[str, Any]:
    """One answer by a call and its event stream, as gradio_client and browsers have it. `session` is the client's name."""
    made = await http.post("gradio_api/call/ask", json={"data": [question, None], "session_hash": session})
    made.raise_for_status()
    async with http.stream("GET", f"gradio_api/call/ask/{made.json()['event_id']}") as told:
        kind = ""
        async for line in told.aiter_lines():
            if line.startswith("event:"):
                kind = line[6:].strip()
            elif line.startswith("data:") and kind == "complete":
                given: dict[str, Any] = json.loads(line[5:])[0]
                return given
            elif line.startswith("data:") and kind == "error":
                raise RuntimeError(line)
    raise RuntimeError("the stream ended without an answer")


async def run(http: httpx.AsyncClient, question: str, session: str) -> dict[str, Any]:
    """One answer by one request that is answered when it is there."""
    told = await http.post("gradio_api/run/ask", json={"data": [question, None], "session_hash": session})
    told.raise_for_status()
    given: dict[str, Any] = told.json()["data"][0]
    return given


WAYS = {"run": run, "call": called}


async def crowd(
    url: str, way: str, questions: Sequence[str], known: dict[str, str], clients: int, each: int, think: float
) -> tuple[list[float], int, int]:
    """The times of all answers, and how many failed or were another question's."""
    times: list[float] = []
    wrong = {"errors": 0, "mixed": 0}

    async def one(number: int) -> None:
        chance = random.Random(number)  # noqa: S311  # the same on every run
        async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as http:
            await asyncio.sleep(chance.random() * think)
            for turn in range(each):
                question = questions[(number * each + turn) % len(questions)]
                begun = time.perf_counter()
                try:
                    given = await WAYS[way](http, question, f"load-{number}-{think}")
                    if given["question"] != question or given["answer"] != known[question]:
                        wrong["mixed"] += 1
                except (httpx.HTTPError, RuntimeError, KeyError, ValueError):
                    wrong["errors"] += 1
                times.append(1000 * (time.perf_counter() - begun))
                await asyncio.sleep(chance.expovariate(1 / think) if think else 0)

    await asyncio.gather(*(one(number) for number in range(clients)))
    return times, wrong["errors"], wrong["mixed"]


def family(pid: int) -> list[int]:
    """A process and those it started."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def memory(pid: int) -> float:
    """What a program and its workers hold, in MiB; pages that several hold (a dictionary's file) count once."""
    held = 0
    for one in family(pid):
        told = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        held += next(int(line.split()[1]) for line in told if line.startswith("Pss:"))
    return held / 1024


def cpu(pid: int) -> float:
    """The seconds a program and its workers have computed."""
    ticks = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measured(
    pid: int, url: str, way: str, questions: Sequence[str], known: dict[str, str], clients: int, each: int, think: float
) -> Load:
    """One crowd, from beginning to end."""
    held, computed, begun = memory(pid), cpu(pid), time.perf_counter()
    times, errors, mixed = asyncio.run(crowd(url, way, questions, known, clients, each, think))
    seconds = time.perf_counter() - begun
    return Load(
        way, clients, each, min(len(questions), clients * each), think, errors, mixed, round(statistics.median(times), 1),
        round(sorted(times)[int(0.95 * (len(times) - 1))], 1), round(max(times), 1), round(len(times) / seconds, 1),
        round(1000 * (cpu(pid) - computed) / len(times), 2), round(held), round(memory(pid)),
    )  # fmt: skip


@click.command()
@click.option("--index", type=click.Path(path_type=Path), default=DEFAULT_INDEX)
@click.option("--gold", type=click.Path(path_type=Path), default=ROOT / "eval" / "gold" / "single.jsonl")
@click.option("--clients", default=50)
@click.option("--each", default=20)
@click.option("--think", "thinks", type=float, multiple=True, default=(0.0, 2.0))
@click.option("--way", "ways", type=click.Choice(sorted(WAYS)), multiple=True, default=("run", "call"))
@click.option("--different", default=0, help="How many different questions; 0 for all of the file.")
@click.option("--option", "options", multiple=True, help="An option of the page's program.")
@click.option("--cores", default=2)
def main(
    index: Path,
    gold: Path,
    clients: int,
    each: int,
    thinks: tuple[float, ...],
    ways: tuple[str, ...],
    different: int,
    options: tuple[str, ...],
    cores: int,
) -> None:
    """Ask and print one line of JSON for each way and think time."""
    questions = list(dict.fromkeys(one.turns[0].question for one in read_gold(gold)))[: different or None]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = [sys.executable, "app.py", "--port", str(port), "--index", str(index), "--rate", "0", *options]
    served = subprocess.Popen(["taskset", "-c", f"0-{cores - 1}", *given], cwd=ROOT)  # noqa: S603, S607
    url = f"http://127.0.0.1:{port}/"
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                httpx.get(f"{url}healthz", timeout=2).raise_for_status()
                break
            except httpx.HTTPError:
                if time.monotonic() > until or served.poll() is not None:
                    raise
                time.sleep(0.2)
        store = open_store(index)
        known = {question: answered(Conversation(), question, store)[1].answer for question in questions}
        for way, think in itertools.product(ways, thinks):
            click.echo(json.dumps(asdict(measured(served.pid, url, way, questions, known, clients, each, think))))
    finally:
        served.terminate()
        served.wait(20)


if __name__ == "__main__":
    main()
