"""`python -m qa`: many questions at once."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.console import run
from index import DEFAULT_INDEX
from qa.batch import answers, read_jobs, write_answers
from qa.prompt import ready_store


@click.group()
def main() -> None:
    """質問にまとめて答えます。一つの質問には tashika を使ってください。"""


@main.command("batch")
@click.argument("questions", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="答えを書く JSON Lines のファイル。")
@click.option("--index", type=click.Path(path_type=Path), default=DEFAULT_INDEX, help="索引のフォルダー。")
def batch_command(questions: Path, out: Path, index: Path) -> None:
    """JSON Lines の質問(または対話)に順に答えます。1 行が 1 問、出力も 1 行が 1 つの答えです。"""
    jobs = read_jobs(questions)
    store = ready_store(index)
    count = write_answers(answers(jobs, store), out)
    click.echo(f"{count} 問に答えました: {out}")


if __name__ == "__main__":
    run(main, "python -m qa")
