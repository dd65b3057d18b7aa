"""How the index behaves from a thousand rows to a million: `python -m benchmarks.scale 1000 10000 100000 1000000`.

Rows are made from real ones with a fixed seed: names, offices and clauses of descriptions of the shipped table and of
cities' budget items (`--data`), put together anew with made-up places and figures, as CSV files of 10,000 rows. Each
size is built in one process and asked in another, so that memory and cold starts are their own. Figures go to
benchmarks/results/scale.json.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import platform
import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
import msgspec
import numpy as np

SEED = 1
ROWS_A_FILE = 10_000
QUERIES = 300
HEADER = "年度,市町村,担当課,事業名,概要,予算額(千円),前年度予算額(千円),人数,状況\n"
STATES = ("継続", "新規", "廃止")
PLACES = tuple("".join(parts) for parts in itertools.product("東西南北上下新大小", "川山島田原野沢崎", "市町村"))
RESULTS = Path(__file__).parent / "results" / "scale.json"


@dataclass(frozen=True, slots=True)
class Stock:
    """What real rows are made of."""

    names: tuple[str, ...]
    offices: tuple[str, ...]
    clauses: tuple[str, ...]


def read_stock(data: Path) -> Stock:
    """The names, offices and clauses of the shipped documents' tables and of the budget items under `data`."""
    from corpus import load_corpus

    names, offices, texts = [], [], []
    for document in load_corpus().documents:
        for table in document.tables:
            for row in table.rows:
                cells = [cell.text or "" for cell in row.cells]
                names += [cells[table.key]] if cells else []
                offices += [text for text in cells[: table.key] if text.endswith("課")]
                texts += cells[table.key + 1 :]
    with gzip.open(data / "poliinfo" / "budget-items.json.gz") as file:
        items = [item for city in json.load(file)["local"].values() for item in city]
    for item in items:
        names.append(item["budgetItem"] or "")
        offices.append(item["department"] or "")
        texts.append(item["description"] or "")
    clauses = (re.sub(r'[\s",]+', " ", clause).strip() for text in texts for clause in re.split(r"[、。\n]", text))
    clean = (re.sub(r'[\s",]+', "", name) for name in names)
    return Stock(
        tuple(sorted({name for name in clean if 3 <= len(name) <= 40})),
        tuple(sorted({office for office in offices if office and "," not in office and "\n" not in office})),
        tuple(sorted({clause for clause in clauses if 6 <= len(clause) <= 40})),
    )


def rows(stock: Stock, count: int) -> Iterator[dict[str, str]]:
    """So many rows by column, the same ones every time."""
    dice = random.Random(SEED)  # noqa: S311 - no secret
    for _ in range(count):
        yield {
            "年度": f"令和{dice.randint(1, 6)}年度",
            "市町村": dice.choice(PLACES),
            "担当課": dice.choice(stock.offices),
            "事業名": dice.choice(stock.names),
            "概要": f"{dice.choice(stock.clauses)}、{dice.choice(stock.clauses)}",
            "予算額": f"{dice.randint(1, 99999):,}",
            "前年度予算額": f"{dice.randint(1, 99999):,}",
            "人数": f"{dice.randint(1, 300)}人",
            "状況": dice.choice(STATES),
        }


def write_corpus(folder: Path, stock: Stock, count: int) -> None:
    """CSV files of the rows."""
    folder.mkdir()
    made = rows(stock, count)
    for number in range(0, count, ROWS_A_FILE):
        lines = (
            ",".join(f'"{value}"' if "," in value else value for value in row.values())
            for row in itertools.islice(made, ROWS_A_FILE)
        )
        (folder / f"rows{number // ROWS_A_FILE:04}.csv").write_text(HEADER + "\n".join(lines) + "\n", "utf-8")


def questions(stock: Stock, count: int) -> list[str]:
    """Questions about rows that are there, in four ways of asking."""
    dice = random.Random(SEED + 1)  # noqa: S311 - no secret
    asked = dice.sample(list(rows(stock, count)), min(QUERIES, count))
    ways: Sequence[Callable[[dict[str, str]], str]] = (
        lambda row: f"{row['年度']}の{row['市町村']}の{row['事業名']}の予算額はいくらですか",
        lambda row: row["事業名"],
        lambda row: f"{row['概要'].split('、')[0]}のはどの事業ですか",
        lambda row: f"{row['市町村']} {row['担当課']} {row['概要'].split('、')[1]}",
    )
    return [ways[i % len(ways)](row) for i, row in enumerate(asked)]


def built(corpus: Path, index: Path, workers: int | None) -> dict[str, Any]:
    """Build in this process and say what it took. Memory is an upper bound: each worker counts as the largest."""
    from index import build

    started = time.perf_counter()
    report = build(corpus, index, workers=workers, progress=True)
    seconds = time.perf_counter() - started
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    own, child = mine.ru_maxrss, theirs.ru_maxrss
    used = workers or len(os.sched_getaffinity(0))
    return {
        "entries": report.entries,
        "build_s": round(seconds, 2),
        "stages_s": report.seconds,
        "cpu_s": round(mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime, 1),
        "peak_mb": round((own + used * child) / 1024),
        "peak_own_mb": round(own / 1024),
        "peak_worker_mb": round(child / 1024),
    }


def rebuilt(corpus: Path, index: Path) -> dict[str, Any]:
    """Build again after nothing, and then after one line of one document, changed."""
    from index import build

    started = time.perf_counter()
    build(corpus, index)
    unchanged = time.perf_counter() - started
    path = next(iter(sorted(corpus.iterdir())))
    path.write_text(path.read_text("utf-8").replace("継続", "延長", 1), "utf-8")
    started = time.perf_counter()
    report = build(corpus, index)
    changed = time.perf_counter() - started
    return {"unchanged_s": round(unchanged, 2), "one_row_s": round(changed, 2), "one_row_embedded": report.embedded}


def asked(index: Path, queries: Sequence[str]) -> dict[str, Any]:
    """Open the index in this process and ask; milliseconds, and what of the exactly nearest was found."""
    from index import load_encoder, open_store, search
    from index.dense import found_of_ten, tenth_cosines
    from index.files import read_array
    from index.manifest import current_generation
    from index.search import DEPTH

    load_encoder()
    started = time.perf_counter()
    store = open_store(index)
    opened = time.perf_counter() - started
    ways: dict[str, Callable[[str], object]] = {
        "hybrid": lambda query: search(store, query, 10),
        "lexical": lambda query: search(store, query, 10, "lexical"),
        "dense": lambda query: search(store, query, 10, "dense"),
        "words.top": lambda query: store.words.top(query, DEPTH),
        "bigrams.top": lambda query: store.bigrams.top(query, DEPTH),
        "words.scores": lambda query: store.words.scores(query),
        "bigrams.scores": lambda query: store.bigrams.scores(query),
    }
    first = timed(ways["hybrid"], queries[0])
    found: dict[str, Any] = {"open_ms": round(opened * 1000, 1), "first_query_ms": round(first, 1)}
    for name, way in ways.items():
        for query in queries[:20]:
            way(query)
        taken = [timed(way, query) for query in queries]
        found[f"{name}_p50_ms"], found[f"{name}_p95_ms"] = np.percentile(taken, [50, 95]).round(2).tolist()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    vectors = read_array(current_generation(index) / "vectors.npy")
    asked = store.encoder.encode_queries(list(queries))
    asked = asked[np.any(asked, axis=1)]
    found["recall_at_10"] = round(found_of_ten(store.vectors, asked, tenth_cosines(vectors, asked)), 4)
    found["nearest_p50_ms"], found["nearest_p95_ms"] = (
        np.percentile(
            [timed(lambda vector: store.vectors.nearest(vector, DEPTH), vector) for vector in asked], [50, 95]
        )
        .round(2)
        .tolist()
    )
    found["query_memory_mb"] = round(memory / 1024)
    found["approximation"] = msgspec.to_builtins(store.manifest.approximation)
    return found


def timed(way: Callable[[Any], object], query: Any) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    way(query)
    return (time.perf_counter() - started) * 1000


def apart(function: Callable[..., dict[str, Any]], *arguments: object) -> dict[str, Any]:
    """Run a function in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def disk(folder: Path) -> float:
    """Megabytes of a folder."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


@click.command()
@click.argument("sizes", nargs=-1, type=int)
@click.option("--data", type=click.Path(path_type=Path), default=Path("../shared/data"), show_default=True)
@click.option("--workers", type=int, help="Processes that read documents; by default one a processor.")
@click.option("--out", type=click.Path(path_type=Path), default=RESULTS, show_default=True)
@click.option("--scratch", type=click.Path(path_type=Path), help="Where corpus and index are made.")
def main(sizes: tuple[int, ...], data: Path, workers: int | None, out: Path, scratch: Path | None) -> None:
    """Measure SIZES rows (1,000, 10,000, 100,000 and 1,000,000 when none are given)."""
    stock = read_stock(data)
    out.parent.mkdir(parents=True, exist_ok=True)
    results = json.loads(out.read_text("utf-8")) if out.is_file() else {}
    results["machine"] = {
        "cpus": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    for size in sizes or (1_000, 10_000, 100_000, 1_000_000):
        with tempfile.TemporaryDirectory(dir=scratch) as name:
            corpus, index = Path(name) / "corpus", Path(name) / "index"
            write_corpus(corpus, stock, size)
            result = {"rows": size, "corpus_mb": disk(corpus), "load_before": round(os.getloadavg()[0], 2)}
            result |= apart(built, corpus, index, workers)
            result |= {"generation_mb": disk(index / "generations"), "segments_mb": disk(index / "segments")}
            result |= apart(asked, index, questions(stock, size))
            result |= apart(rebuilt, corpus, index)
        results[str(size)] = result
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
        out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
