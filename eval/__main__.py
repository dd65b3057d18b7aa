"""`python -m eval`: measure answers against a gold set."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.console import run as run_program
from eval.baseline import NAME
from eval.gold import FOLDER, BadGold, read_gold
from eval.report import table, write_report
from eval.retrieval import measure, read_beir
from eval.run import evaluate, evaluate_baseline
from index import DEFAULT_INDEX, MODES, SHIPPED, load_encoder
from qa.cli import ready_store


@click.group()
def main() -> None:
    """答えの正しさを、正解のある質問の集まり(ゴールドセット)で測ります。"""


@main.command("run")
@click.option(
    "--gold",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="ゴールドセットのファイル。既定は eval/gold のすべて。",
)
@click.option("--index", type=click.Path(path_type=Path), default=DEFAULT_INDEX, help="索引のフォルダー。")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("reports"), show_default=True, help="報告を書くフォルダー。"
)
def run_command(files: tuple[Path, ...], index: Path, out: Path) -> None:
    """ゴールドセットに答え、種類ごとの正答・誤答・引用を、BM25 の先頭行を引用するだけの基準と並べて出します。"""
    chosen = files or tuple(sorted(FOLDER.glob("*.jsonl")))
    if not chosen:
        raise BadGold(f"「{FOLDER}」にゴールドセットがありません。--gold でファイルを指定してください。")
    sets = [(path, read_gold(path)) for path in chosen]
    store = ready_store(index)
    runs = []
    for path, gold in sets:
        runs.append(evaluate(path.stem, gold, store))
        click.echo(table(runs[-1]))
        runs.append(evaluate_baseline(f"{path.stem} / {NAME}", gold, store))
        click.echo(table(runs[-1]))
    as_json, as_html = write_report(runs, out)
    click.echo(f"報告: {as_json} {as_html}")


@main.command("retrieval")
@click.option("--beir", type=click.Path(path_type=Path), required=True, help="BEIR 形式のフォルダー。")
@click.option("--mode", type=click.Choice(MODES), default="hybrid", show_default=True, help="探し方。")
@click.option("--model", default=SHIPPED, help="埋め込みモデルの名前かパス。")
def retrieval_command(beir: Path, mode: str, model: str) -> None:
    """検索だけの精度(R@k、RR、nDCG)を、BEIR 形式の集まりで測ります。"""
    measured = measure(read_beir(beir), load_encoder(model), mode)
    click.echo("  ".join([mode, *(f"{name} {value:.3f}" for name, value in measured.items())]))


if __name__ == "__main__":
    run_program(main, "python -m eval")
