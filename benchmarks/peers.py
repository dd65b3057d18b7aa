"""Our retrieval beside public peers: the same passages, machine and embedding model, in one run.

    python3 -m venv .venv-bench                                          # apart from .venv: the peers bring 60 packages
    .venv-bench/bin/pip install torch==2.13.0 && .venv-bench/bin/pip install -c constraints.txt -e '.[bench]'
    .venv-bench/bin/python -m benchmarks.peers --sizes 1000 10000 100000

Sets: JSQuAD valid (its 1,145 contexts, a fixed sample of its questions) and rows of benchmarks/scale.py, asked for by a
row's own name and one of its other fields. Every step of every system has a process of its own, on one processor and
one thread. Results go to benchmarks/results/peers.json, and from there to docs/benchmarks.md and peers.svg (`--report`
does only that).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.scale import Stock, read_stock, rows, write_corpus
from benchmarks.systems import DEPTH, SYSTEMS

SEED = 1
ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results" / "peers.json"
PAGE = ROOT / "docs" / "benchmarks.md"
ROWS_A_FILE = 10_000  # as write_corpus cuts them
ASKED = {"jsquad": 500, "rows": 200}
WARM, TUNED = 20, 100
COLD = 3
PACKAGES = (
    "bm25s",
    "faiss-cpu",
    "rank_bm25",
    "txtai",
    "haystack-ai",
    "langchain-community",
    "langchain-classic",
    "numpy",
)
ENVIRONMENT = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"),
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "ALLOW_RESOLVE_TRANSFORM": "True",  # txtai may call our transform
}


Setting = tuple[float, int]  # the share of the vectors, and how deep each list is read


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the place of its passage."""

    text: str
    passage: str


class StepFailed(Exception):
    """A step took too long, ran out of memory or broke."""


def write_jsquad(folder: Path, data: Path) -> list[Question]:
    """The contexts as one CSV file, a row each; all questions."""
    with gzip.open(data / "jglue" / "jsquad-valid.json.gz") as file:
        paragraphs = [p for article in json.load(file)["data"] for p in article["paragraphs"]]
    folder.mkdir()
    with (folder / "jsquad.csv").open("w", encoding="utf-8", newline="") as file_out:
        writer = csv.writer(file_out)
        writer.writerow(["題", "本文"])
        writer.writerows([part.strip() for part in p["context"].split("[SEP]", 1)] for p in paragraphs)
    return [Question(qa["question"], f"jsquad:{i}") for i, p in enumerate(paragraphs) for qa in p["qas"]]


def row_questions(stock: Stock, count: int, wanted: int) -> list[Question]:
    """Questions for single rows, by the name and another field that together no other row has."""
    dice = random.Random(SEED)  # noqa: S311 - no secret
    drawn = set(dice.sample(range(count), min(3 * wanted, count)))
    chosen = {i: row for i, row in enumerate(rows(stock, count)) if i in drawn}
    names = {row["事業名"] for row in chosen.values()}
    pairs = Counter(pair for row in rows(stock, count) if row["事業名"] in names for pair in _pairs(row))
    found: list[Question] = []
    for i, row in chosen.items():
        ways = (
            (("市町村", row["市町村"]), f"{row['市町村']}の{row['事業名']}の予算額はいくらですか"),
            (("担当課", row["担当課"]), f"{row['担当課']}が行う{row['事業名']}について"),
            (("概要", row["概要"]), f"{row['事業名']}で{row['概要'].split('、')[0]}のはどの市町村ですか"),
        )
        turned = (*ways[len(found) % 3 :], *ways[: len(found) % 3])
        text = next((text for (field, value), text in turned if pairs[row["事業名"], field, value] == 1), None)
        if text is not None:
            found.append(Question(text, f"rows{i // ROWS_A_FILE:04}:{i % ROWS_A_FILE}"))
    return found


def _pairs(row: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    return ((row["事業名"], field, row[field]) for field in ("市町村", "担当課", "概要"))


def write_questions(folder: Path, kind: str, questions: list[Question]) -> dict[str, str]:
    """Draw the questions that are asked, and others to warm up and to tune with; returns the right passage of each."""
    dice = random.Random(SEED)  # noqa: S311 - no secret
    drawn = dice.sample(questions, min(ASKED[kind] + TUNED + WARM, len(questions)))
    named = [(f"q{i}", question) for i, question in enumerate(drawn)]
    spare = WARM + TUNED
    parts = {"warm": named[:WARM], "tune": named[WARM:spare], "asked": named[spare:]}
    texts = {part: {name: question.text for name, question in some} for part, some in parts.items()}
    (folder / "questions.json").write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
    beir = folder / "beir"
    (beir / "qrels").mkdir(parents=True)
    lines = (json.dumps({"_id": name, "text": text}, ensure_ascii=False) for name, text in texts["asked"].items())
    (beir / "queries.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    judged = "".join(f"{name}\t{question.passage}\t1\n" for name, question in parts["asked"])
    (beir / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + judged, "utf-8")
    return {name: question.passage for name, question in named}


def step(limit: float, *arguments: object) -> Any:
    """Run one step of one system.

    Raises:
        StepFailed: it did not end well, or not in time.

    """
    command = [sys.executable, "-m", "benchmarks.steps", *map(str, arguments)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            env={**os.environ, **ENVIRONMENT},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=limit,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise StepFailed(f"{arguments[0]}: more than {limit:.0f} s") from error
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip().split("\n") or [""])[-1]
        raise StepFailed(f"{arguments[0]}: ended with {error.returncode}: {last[:200]}") from error
    return json.loads(done.stdout.strip().split("\n")[-1])


def first_answer(command: list[str], limit: float) -> float:
    """Seconds from the start of a fresh process to the first line it prints, the median of a few."""
    taken = []
    for _ in range(COLD):
        started = time.perf_counter()
        with subprocess.Popen(  # noqa: S603 - our own program
            command,
            env={**os.environ, **ENVIRONMENT, "PYTHONUNBUFFERED": "1"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdout is not None
            answered = bool(process.stdout.readline())
            taken.append(time.perf_counter() - started)
        if not answered:
            raise StepFailed("cold: no answer")
        if taken[-1] > limit / COLD:
            break
    return round(float(np.median(taken)), 3)


def measured(found: Mapping[str, list[str]], right: Mapping[str, str]) -> dict[str, float]:
    """R@1, R@5, R@10 and RR@10 over the questions asked."""
    import ir_measures
    from ir_measures import RR, R

    measures = (R @ 1, R @ 5, R @ 10, RR @ 10)
    qrels = [ir_measures.Qrel(name, right[name], 1) for name in found]
    run = [ir_measures.ScoredDoc(name, p, 1 / rank) for name, names in found.items() for rank, p in enumerate(names, 1)]
    if not run:
        return {str(m): 0.0 for m in measures}
    values = ir_measures.calc_aggregate(measures, qrels, run)
    return {str(m): round(float(values[m]), 4) for m in measures}


def best_setting(tried: list[dict[str, Any]], right: Mapping[str, str]) -> tuple[Setting, list[list[float]]]:
    """The setting with the best RR@10, the first of equals, and (share, depth, RR@10) of all."""
    scores = [[one["share"], one["depth"], measured(one["found"], right)["RR@10"]] for one in tried]
    share, depth, _ = max(scores, key=lambda score: score[2])
    return (share, int(depth)), scores


def queried(name: str, folder: Path, right: Mapping[str, str], setting: Setting, limit: float) -> dict[str, Any]:
    """Recall, latency and cold start of a built index."""
    answers = step(limit, "ask", name, folder, *setting, limit / 2)
    taken = answers["ms"]
    result = {
        "asked": len(taken),
        "qps": round(1000 * len(taken) / sum(taken), 2),
        "p50_ms": round(float(np.percentile(taken, 50)), 3),
        "p95_ms": round(float(np.percentile(taken, 95)), 3),
        "cpu_ms": answers["cpu_ms"],
        "query_mb": answers["query_mb"],
    }
    if answers["parts"]:
        result["parts_ms"] = answers["parts"]
    else:
        result |= measured(answers["found"], right)
    query = next(iter(json.loads((folder / "questions.json").read_text("utf-8"))["asked"].values()))
    arguments = ["cold", name, str(folder), *map(str, setting), query]
    result["cold_s"] = first_answer([sys.executable, "-m", "benchmarks.steps", *arguments], limit)
    if name == "tashika":
        index = str(folder / "Tashika")
        result["cold_command_s"] = first_answer(
            [sys.executable, "-m", "index", "search", query, "--index", index], limit
        )
    return result


def hopeless(before: Mapping[str, Any] | None, passages: int, limit: float, memory: int) -> str | None:
    """Why not to try a size: what the size before took, grown in proportion, is too much."""
    if before is None:
        return None
    if "failed" in before:
        return f"not tried: {before['passages']:,} passages failed already"
    growth = passages / before["passages"]
    if growth > 1 and (before["build_s"] + before["save_s"]) * growth > limit:
        return f"not tried: {before['passages']:,} passages took {before['build_s'] + before['save_s']:.0f} s to build"
    if growth > 1 and before["build_mb"] * growth > memory:
        return f"not tried: {before['passages']:,} passages took {before['build_mb']:,} MB to build"
    return None


class Bench:
    """One run: its results so far, and what it has learned of each system."""

    def __init__(self, systems: list[str], limit: float, memory: int, out: Path) -> None:
        self.systems = systems
        self.limit = limit
        self.memory = memory
        self.out = out
        self.runs: list[dict[str, Any]] = []
        self.settings: dict[tuple[str, str], Setting] = {}
        self.last: dict[tuple[str, str], dict[str, Any]] = {}

    def set(self, title: str, kind: str, folder: Path, questions: list[Question]) -> None:
        """Build, tune and ask every system on one set. Ours is built in any case: its entries are the passages."""
        right = write_questions(folder, kind, questions)
        ours = step(6 * self.limit, "build", "tashika", folder)
        passages = step(6 * self.limit, "export", "tashika", folder)["passages"]
        for name in self.systems:
            run: dict[str, Any] = {"set": title, "kind": kind, "passages": passages, "system": name}
            run["load_before"] = round(os.getloadavg()[0], 2)
            try:
                reason = hopeless(self.last.get((name, kind)), passages, self.limit, self.memory)
                if reason and name != "tashika":
                    raise StepFailed(reason)
                run |= ours if name == "tashika" else step(self.limit, "build", name, folder)
                if SYSTEMS[name].settings and (name, kind) not in self.settings:
                    self.settings[name, kind], run["tuned"] = best_setting(
                        step(self.limit, "tune", name, folder), right
                    )
                setting = self.settings.get((name, kind), (0.5, DEPTH))
                if SYSTEMS[name].settings:
                    run["share"], run["depth"] = setting
                run |= queried(name, folder, right, setting, self.limit)
            except StepFailed as error:
                run["failed"] = str(error)
            self.last[name, kind] = run
            self.runs.append(run)
            self.write()
            print(json.dumps(run, ensure_ascii=False), flush=True)  # noqa: T201

    def write(self) -> None:
        """Write what there is."""
        self.out.parent.mkdir(parents=True, exist_ok=True)
        result = {
            "machine": {
                "processors": os.cpu_count(),
                "used": len(os.sched_getaffinity(0)),
                "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
                "system": platform.platform(),
                "python": platform.python_version(),
            },
            "limit_s": self.limit,
            "versions": {name: version(name) for name in PACKAGES},
            "given": {name: SYSTEMS[name].given for name in self.systems},
            "runs": self.runs,
        }
        self.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")


def page(result: Mapping[str, Any], plot: str) -> str:
    """The results as Markdown."""
    sets = list(dict.fromkeys(run["set"] for run in result["runs"]))
    machine = result["machine"]
    lines = [
        "# Retrieval beside public peers",
        "",
        "Written by `python -m benchmarks.peers` from benchmarks/results/peers.json; not to be edited by hand.",
        "",
        f"One run on {machine['system']}, Python {machine['python']}, {machine['processors']} processors of which each "
        f"process used {machine['used']}, {machine['memory_mb']:,} MB. Load of the machine before each measurement: "
        f"{min(run['load_before'] for run in result['runs'])} to {max(run['load_before'] for run in result['runs'])}.",
        "Versions: " + ", ".join(f"{name} {number}" for name, number in result["versions"].items()) + ".",
        "",
        "Every system searched the same passages (the entries of our index) with our embedding model. How its vectors are "
        "put to use, how words are weighed and how lists are fused is each one's own. Questions "
        "were asked once each, one after another, after others to warm up.",
        "",
        "- *build*: until the index can be opened from the disk; for ours with the reading of the CSV files.",
        "- *memory*: the peak of the process that builds. *cold*: from the start of a fresh process to its first answer.",
        "- *×*: our queries a second over theirs. *CPU ms*: what the mean query worked, which other people's work on the "
        "machine disturbs less than the time it took; *× CPU*: theirs over ours.",
        "",
        f"![queries a second and latency by size]({plot})",
    ]
    for title in sets:
        found = [run for run in result["runs"] if run["set"] == title]
        lines += ["", f"## {title}: {found[0]['passages']:,} passages", "", *_table(found)]
    lines += ["", "## What each was given", ""]
    lines += [f"- **{name}**: {given}." for name, given in result["given"].items()]
    tuned = [run for run in result["runs"] if "tuned" in run]
    if tuned:
        lines += [
            "",
            "The share of the vectors in the fusion and the depth of the lists were chosen for each by RR@10 on questions "
            "that were not asked afterwards, on JSQuAD and on the smallest set of rows:",
            "",
            "| system | set | share | depth | RR@10 | with the library's own equal shares |",
            "|---|---|---|---|---|---|",
        ]
        for run in tuned:
            reached = max(score for _, _, score in run["tuned"])
            equal = max(score for share, _, score in run["tuned"] if share == 0.5)
            cells = (run["system"], run["set"], run["share"], run["depth"], f"{reached:.3f}", f"{equal:.3f}")
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join([*lines, *_overhead(result["runs"], sets), ""])


def _table(found: list[dict[str, Any]]) -> list[str]:
    ours = next((run for run in found if run["system"] == "tashika" and "failed" not in run), None)
    lines = [
        "| system | R@1 | R@5 | R@10 | queries/s | × | CPU ms | × CPU | p50 ms | p95 ms | build s | memory MB | disk MB | cold s | asked |",
        "|" + "---|" * 15,
    ]
    for run in found:
        if run["system"] == "bare":
            continue
        if "failed" in run:
            lines.append(f"| {run['system']} | {run['failed']} |" + " |" * 13)
            continue
        other = ours if run is not ours else None
        times = f"{other['qps'] / run['qps']:.1f}" if other else ""
        work = f"{run['cpu_ms'] / other['cpu_ms']:.1f}" if other else ""
        cold = f"{run['cold_s']:.2f}"
        if "cold_command_s" in run:
            cold += f" (command: {run['cold_command_s']:.2f})"
        lines.append(
            f"| {run['system']} | {run['R@1']:.3f} | {run['R@5']:.3f} | {run['R@10']:.3f} | {run['qps']:,.1f} | {times} "
            f"| {run['cpu_ms']:.2f} | {work} | {run['p50_ms']:.2f} | {run['p95_ms']:.2f} | {run['build_s'] + run['save_s']:.2f} | {run['build_mb']:,} "
            f"| {run['disk_mb']:,} | {cold} | {run['asked']} |"
        )
    return lines


def _overhead(runs: list[dict[str, Any]], sets: list[str]) -> list[str]:
    by_system = {(run["set"], run["system"]): run for run in runs if "failed" not in run}
    lines = [
        "",
        "## Over the bare cost of the libraries",
        "",
        "The same questions by direct calls only: fugashi, tokenizers, bm25s twice, FAISS. *over* is the share of our "
        "time that is more than theirs; below zero where we need less than the calls would.",
        "",
        "| set | ours p50 ms | bare p50 ms | of it | over |",
        "|---|---|---|---|---|",
    ]
    for title in sets:
        ours, bare = by_system.get((title, "tashika")), by_system.get((title, "bare"))
        if ours and bare:
            parts = ", ".join(f"{name} {value:.3f}" for name, value in bare["parts_ms"].items())
            over = 1 - bare["p50_ms"] / ours["p50_ms"]
            lines.append(f"| {title} | {ours['p50_ms']:.2f} | {bare['p50_ms']:.2f} | {parts} | {over:.0%} |")
    return lines if len(lines) > 7 else []


def draw(result: Mapping[str, Any], out: Path) -> None:
    """Latency and queries a second by the number of rows, both axes logarithmic."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "tashika"  # the same picture for the same figures
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(10, 4))
    for panel, (value, label) in zip(axes, (("p50_ms", "latency, ms (p50)"), ("qps", "queries a second")), strict=True):
        for name in dict.fromkeys(run["system"] for run in result["runs"]):
            points = [r for r in result["runs"] if r["system"] == name and r["kind"] == "rows" and value in r]
            panel.plot([r["passages"] for r in points], [r[value] for r in points], marker="o", label=name)
        panel.set(xscale="log", yscale="log", xlabel="rows", ylabel=label)
        panel.grid(visible=True, alpha=0.3)
    axes[0].legend()
    figure.tight_layout()
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, metadata={"Date": None})


def main() -> None:
    """Measure our retrieval and its peers, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=main.__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="numbers of rows")
    parser.add_argument("--systems", nargs="+", choices=list(SYSTEMS), default=list(SYSTEMS), help="all by default")
    parser.add_argument("--no-jsquad", action="store_true", help="leave JSQuAD out")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds a peer has for one step")
    parser.add_argument("--memory", type=int, default=12_000, help="megabytes a peer's build may be expected to take")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument("--scratch", type=Path, help="where corpora and indexes are made")
    parser.add_argument("--report", action="store_true", help="only write the page and the plot again")
    chosen = parser.parse_args()
    if not chosen.report:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # every process that is started keeps to it
        bench = Bench(chosen.systems, chosen.limit, chosen.memory, chosen.out)
        if not chosen.no_jsquad:
            with tempfile.TemporaryDirectory(dir=chosen.scratch) as name:
                bench.set("JSQuAD", "jsquad", Path(name), write_jsquad(Path(name) / "corpus", chosen.data))
        stock = read_stock(chosen.data)
        for size in sorted(chosen.sizes):
            with tempfile.TemporaryDirectory(dir=chosen.scratch) as name:
                write_corpus(Path(name) / "corpus", stock, size)
                questions = row_questions(stock, size, ASKED["rows"] + WARM + TUNED)
                bench.set(f"{size:,} rows", "rows", Path(name), questions)
    result = json.loads(chosen.out.read_text("utf-8"))
    plot = chosen.out.with_suffix(".svg")
    draw(result, plot)
    chosen.page.parent.mkdir(parents=True, exist_ok=True)
    chosen.page.write_text(page(result, os.path.relpath(plot, chosen.page.parent)), "utf-8")


if __name__ == "__main__":
    main()
