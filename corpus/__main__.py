"""`python -m corpus`: what was read from a document."""

from __future__ import annotations

import click

from corpus.console import print_json_lines, run
from corpus.quality import findings
from corpus.report import outline, rows
from corpus.sources import find_document


@click.group()
def main() -> None:
    """文書から読み取った表・見出し・品質を表示します。DOCUMENT はファイルのパスか、コーパスにある文書の id です。"""


@main.command("rows")
@click.argument("document")
def rows_command(document: str) -> None:
    """修復した表の行を JSON Lines で出します(1 行が 1 データ行)。"""
    print_json_lines(rows(find_document(document)))


@main.command("outline")
@click.argument("document")
def outline_command(document: str) -> None:
    """見出しを JSON Lines で出します(1 行が 1 見出し)。"""
    print_json_lines(outline(find_document(document)))


@main.command("check")
@click.argument("document")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines で出します。")
def check_command(document: str, as_json: bool) -> None:
    """データ品質の報告: 直したもの、補ったもの、推定したもの、合計の検算、読み取れなかったものを、場所・確信度・機械可読性ルールの番号とともに。"""
    read = find_document(document)
    found = list(findings(read))
    if as_json:
        print_json_lines(found)
        return
    data_rows = sum(len(table.rows) for table in read.tables)
    click.echo(
        f"{read.title}: 見出し {len(read.sections)}、表 {len(read.tables)}、行 {data_rows}、文 {len(read.passages)}"
    )
    for finding in found:
        where = f"{finding.page} ページ " if finding.page else f"{finding.sheet} " if finding.sheet else ""
        column = f" [{finding.column}]" if finding.column else ""
        rule = f" ({finding.rule})" if finding.rule else ""
        click.echo(f"{where}{finding.line_start} 行目{column}: {finding.message}{rule}")


if __name__ == "__main__":
    run(main, "python -m corpus")
