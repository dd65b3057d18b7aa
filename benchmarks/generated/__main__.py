"""Ask generated questions about random tables and count what comes back."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from benchmarks.generated.runs import examples, run_shared, summary

RESULT = Path(__file__).parent.parent / "results" / "generated.json"


@click.command()
@click.option("--count", type=click.IntRange(1), default=10_000, show_default=True, help="Questions to ask.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--workers", type=click.IntRange(1, 16), default=2, show_default=True, help="Processes.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=RESULT, help="Where the counts go.")
@click.option("--failures", type=click.Path(path_type=Path, dir_okay=False), help="Where to write what went wrong.")
def main(count: int, seed: int, workers: int, out: Path, failures: Path | None) -> None:
    """Ask COUNT questions and write answered, exact, wrong and refused shares by kind of question."""
    started = time.perf_counter()
    outcomes = run_shared(count, seed, workers)
    found = {"seed": seed, "workers": workers, "seconds": round(time.perf_counter() - started, 1), **summary(outcomes)}
    out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if failures:
        failures.write_text(json.dumps(examples(outcomes), ensure_ascii=False, indent=1) + "\n", "utf-8")
    kinds = found.pop("kinds")
    for name, value in found.items():
        click.echo(f"{name:24}{value}")
    click.echo(f"{'':26}" + "".join(f"{name:>10}" for name in next(iter(kinds.values()))))
    for kind, counts in kinds.items():
        click.echo(f"{kind:26}" + "".join(f"{value:>10}" for value in counts.values()))


if __name__ == "__main__":
    main()
