"""One step of one system of benchmarks/peers.py, in a process of its own.

`python -m benchmarks.steps STEP SYSTEM FOLDER [ARGUMENTS]` does it and prints JSON. FOLDER holds `corpus/` (the
documents), `beir/corpus.jsonl` (what our index made of them: the passages everybody searches), `questions.json` and one
folder a system.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.systems import SYSTEMS, System
from index import open_store


def one_thread() -> None:
    """Libraries that were imported keep to one thread; the environment has told the others."""
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)
    if "faiss" in sys.modules:
        sys.modules["faiss"].omp_set_num_threads(1)


def peak_mb() -> int:
    """The most memory this process held. Not ru_maxrss, which counts what the parent held when it started us."""
    line = next(line for line in Path("/proc/self/status").read_text().split("\n") if line.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024)


def built(system: System) -> dict[str, Any]:
    """Build and save; seconds, megabytes of memory and of disk."""
    system.own.mkdir(parents=True, exist_ok=True)
    system.read()
    one_thread()
    clock = [time.perf_counter()]
    system.build()
    clock.append(time.perf_counter())
    system.save()
    clock.append(time.perf_counter())
    size = sum(path.stat().st_size for path in system.own.rglob("*") if path.is_file())
    return {
        "build_s": round(clock[1] - clock[0], 3),
        "save_s": round(clock[2] - clock[1], 3),
        "build_mb": peak_mb(),
        "disk_mb": round(size / 1e6, 1),
    }


def exported(folder: Path) -> dict[str, Any]:
    """Write the entries of our index as the passages everybody searches; of each its place, so that ids last."""
    store = open_store(folder / "Tashika")
    (folder / "beir").mkdir(exist_ok=True)
    with (folder / "beir" / "corpus.jsonl").open("w", encoding="utf-8") as file:
        for entry in store.entries:
            if entry.kind != "row":
                raise ValueError(f"{entry.document} holds a {entry.kind}, and every passage should be one row")
            name = f"{entry.document}:{entry.position}"
            line = {"_id": name, "title": "", "text": entry.text, "gist": entry.gist}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return {"passages": len(store.entries)}


def asked(system: System, seconds: float) -> dict[str, Any]:
    """Open, warm up with other questions, ask each question once; milliseconds and what was found."""
    questions = json.loads((system.folder / "questions.json").read_text("utf-8"))
    system.open()
    one_thread()
    until = time.perf_counter() + seconds / 5
    for text in questions["warm"].values():
        system.search(system.prepared(text))
        if time.perf_counter() > until:
            break
    system.spent.clear()
    taken, found, worked = [], {}, 0.0
    until = time.perf_counter() + seconds
    for name, text in questions["asked"].items():
        query = system.prepared(text)
        started, before = time.perf_counter(), time.process_time()
        found[name] = system.search(query)
        taken.append((time.perf_counter() - started) * 1000)
        worked += time.process_time() - before
        if time.perf_counter() > until:
            break
    parts = {name: round(float(np.median(values)), 4) for name, values in system.spent.items()}
    cpu = round(1000 * worked / len(taken), 3)
    return {"ms": taken, "cpu_ms": cpu, "found": found, "query_mb": peak_mb(), "parts": parts}


def tuned(system: System) -> list[dict[str, Any]]:
    """What each setting finds for the questions that are kept for choosing one."""
    questions = json.loads((system.folder / "questions.json").read_text("utf-8"))["tune"]
    tried = []
    for share, depth in system.settings:
        system.share, system.depth = share, depth
        system.open()
        found = {name: system.search(system.prepared(text)) for name, text in questions.items()}
        tried.append({"share": share, "depth": depth, "found": found})
    return tried


def main(step: str, name: str, folder: str, share: str = "0.5", depth: str = "100", last: str = "") -> None:
    """One step of one system: build, export, tune, ask (last: seconds it may take) or cold (last: the question)."""
    system = SYSTEMS[name](Path(folder), float(share), int(depth))
    result: Any
    if step == "cold":
        system.open()
        result = system.search(system.prepared(last))
    elif step == "build":
        result = built(system)
    elif step == "export":
        result = exported(Path(folder))
    elif step == "tune":
        result = tuned(system)
    else:
        result = asked(system, float(last))
    print(json.dumps(result, ensure_ascii=False), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
