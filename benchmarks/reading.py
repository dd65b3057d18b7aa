"""How fast CSV is read, and whether the time grows linearly: `python -m benchmarks.reading`.

Rows are made from a fixed seed: seven columns as budget tables have them. Prints seconds, rows and cells a second, and
each size's time against the size before (10 is linear).
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

import click

from corpus import read_document

SEED = 1
HEADER = "年度,担当課,事業名,予算額(千円),決算額(千円),人数,状況\n"
OFFICES = ("総務課", "福祉課", "観光課", "教育課")
STATES = ("継続", "新規", "廃止")


def make_rows(count: int) -> str:
    """A CSV text of `count` data rows, the same for the same count."""
    dice = random.Random(SEED)  # noqa: S311 - test data
    rows = (
        f"令和{dice.randint(1, 6)}年度,{dice.choice(OFFICES)},事業{i},"
        f'"{dice.randint(1, 99999):,}","{dice.randint(1, 99999):,}",{dice.randint(1, 300)}人,{dice.choice(STATES)}\n'
        for i in range(count)
    )
    return HEADER + "".join(rows)


@click.command()
@click.argument("sizes", nargs=-1, type=int)
def main(sizes: tuple[int, ...]) -> None:
    """Time the reading of CSV files of SIZES rows (1,000, 10,000 and 100,000 when none are given)."""
    before = 0.0
    for size in sizes or (1_000, 10_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.csv"
            path.write_text(make_rows(size), "utf-8")
            started = time.perf_counter()
            document = read_document(path)
            seconds = time.perf_counter() - started
        cells = sum(len(row.cells) for row in document.tables[0].rows)
        growth = f"{seconds / before:.1f}" if before else "-"
        click.echo(
            f"{size:>8,} rows  {seconds:7.2f} s  {size / seconds:8,.0f} rows/s  {cells / seconds:9,.0f} cells/s  x{growth}"
        )
        before = seconds


if __name__ == "__main__":
    main()
