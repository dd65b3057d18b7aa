"""`python -m qa.web`: feedback as gold candidates, and passwords for the page."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from corpus.console import run
from index import DEFAULT_INDEX
from qa.web.feedback import Feedback, FeedbackNotKept, gold_candidates
from qa.web.people import ROLES, line_for

FEEDBACK = DEFAULT_INDEX.parent / "feedback.sqlite3"


@click.group()
def main() -> None:
    """画面の裏方: 寄せられた声の書き出しと、利用者のパスワード。"""


@main.command("feedback")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="ゴールドセットの候補を書く JSON Lines のファイル。"
)
@click.option("--from", "source", type=click.Path(path_type=Path), default=FEEDBACK, help="寄せられた声のファイル。")
def feedback_command(out: Path, source: Path) -> None:
    """寄せられた声を、ゴールドセットの候補(eval が読む形)として書き出します。確かめてから加えてください。"""
    lines = [msgspec.json.encode(one) for one in gold_candidates(Feedback(source).notes())]
    try:
        out.write_bytes(b"".join(line + b"\n" for line in lines))
    except OSError as error:
        raise FeedbackNotKept(f"「{out}」に書けません({error.strerror})。場所と空き容量を確かめてください。") from error
    click.echo(f"{len(lines)} 件を書き出しました: {out}")


@main.command("password")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="reader",
    show_default=True,
    help="reader は見るだけ、editor は資料を変えられます。",
)
def password_command(name: str, role: str) -> None:
    """利用者を一人、--auth のファイルに加える行を作ります(パスワードは尋ねます)。"""
    click.echo(line_for(name, role, click.prompt("パスワード", hide_input=True, confirmation_prompt=True, err=True)))


if __name__ == "__main__":
    run(main, "python -m qa.web")
