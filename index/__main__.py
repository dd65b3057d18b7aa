"""`python -m index`: build an index and search it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from corpus import DOCUMENTS, TashikaError
from corpus.console import FOUND, NOT_FOUND, print_json_lines, run
from index.building import build
from index.encoder import SHIPPED
from index.entries import entry_span
from index.search import MODES, search
from index.store import DEFAULT_INDEX, check_store, open_store


class EmptyQuery(TashikaError):
    """A search for nothing."""


@click.group()
def main() -> None:
    """文書の索引を作り、検索します。"""


@main.command("build")
@click.option(
    "--corpus", type=click.Path(path_type=Path), default=DOCUMENTS, help="文書のフォルダー。既定は corpus/documents。"
)
@click.option("--index", "folder", type=click.Path(path_type=Path), default=DEFAULT_INDEX, help="索引のフォルダー。")
@click.option("--model", default=SHIPPED, help="埋め込みモデルの名前かパス。既定は同梱のモデル。")
@click.option("--workers", type=click.IntRange(1, 64), help="同時に文書を読む処理の数。既定は文書の量と CPU の数から。")
def build_command(corpus: Path, folder: Path, model: str, workers: int | None) -> int:
    """索引を作るか更新します。変わっていない文書は読み直さず、変わっていない部分の埋め込みは作り直しません。"""
    report = build(corpus, folder, model, workers=workers, progress=sys.stderr.isatty())
    for failure in report.failures:
        print(failure, file=sys.stderr)
    click.echo(
        f"文書 {report.documents}、項目 {report.entries}(新しく埋め込み {report.embedded})、索引 {report.fingerprint[:16]}"
    )
    return FOUND


@main.command("check")
@click.option("--index", "folder", type=click.Path(path_type=Path), default=DEFAULT_INDEX, help="索引のフォルダー。")
def check_command(folder: Path) -> int:
    """索引のすべてのファイルが、作られたときのままかを確かめます。"""
    manifest = check_store(folder)
    size = sum(file.size for file in manifest.files.values())
    click.echo(
        f"索引は作られたときのままです。文書 {len(manifest.documents)}、項目 {manifest.entries}、"
        f"ファイル {len(manifest.files)}({size / 1_000_000:,.1f} MB)、索引 {manifest.fingerprint[:16]}"
    )
    return FOUND


@main.command("search")
@click.argument("query")
@click.option("-k", type=click.IntRange(1, 1000), default=10, show_default=True, help="出す件数。")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines で出します。")
@click.option("--mode", type=click.Choice(MODES), default="hybrid", show_default=True, help="探し方。")
@click.option("--index", "folder", type=click.Path(path_type=Path), default=DEFAULT_INDEX, help="索引のフォルダー。")
def search_command(query: str, k: int, as_json: bool, mode: str, folder: Path) -> int:
    """検索だけを行い、見つかったものを点数とともに出します。"""
    query = query.encode("utf-8", "replace").decode("utf-8")
    if not query.strip():
        raise EmptyQuery("検索する言葉が空です。言葉を入れてください。")
    store = open_store(folder)
    hits = search(store, query, k, mode)
    rows: list[dict[str, Any]] = []
    for hit in hits:
        document = store.documents[hit.entry.document]
        place = document.place(entry_span(document, hit.entry))
        rows.append(
            {
                "rank": hit.rank,
                "score": round(hit.score, 6),
                "parts": {name: round(value, 6) for name, value in hit.parts.items()},
                "kind": hit.entry.kind,
                "document": document.id,
                "line_start": place.line_start,
                "line_end": place.line_end,
                "page": place.page,
                "sheet": place.sheet,
                "text": hit.entry.text,
            }
        )
    if as_json:
        print_json_lines(rows)
    else:
        for row in rows:
            click.echo(
                f"{row['rank']:>3}. {row['score']:.4f} {row['document']}:{row['line_start']} {row['text'][:100]}"
            )
        if not rows:
            print(f"「{query}」に合うものは見つかりません。ほかの言葉で探してください", file=sys.stderr)
    return FOUND if rows else NOT_FOUND


if __name__ == "__main__":
    run(main, "python -m index")
