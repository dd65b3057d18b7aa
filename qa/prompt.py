"""`tashika "質問"`: one answer for a person at a prompt, or as JSON for a program."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click
import msgspec

from corpus import DOCUMENTS
from corpus.console import FOUND, NOT_FOUND
from corpus.folding import searchable, tidy
from index import DEFAULT_INDEX, Store, open_store
from qa.pipeline import answer
from qa.types import Answer, Citation, Step
from qa.wording import leaf

_MOST_NAMES = 5000
_LONGEST_NAME = 40


def ready_store(index: Path) -> Store:
    """Open an index for a program that answers; the default one is built first when there is none yet."""
    # Our values hold no cycles, and looking through all of them for some takes a twentieth of the time.
    gc.set_threshold(50_000)
    if index == DEFAULT_INDEX and not (index / "CURRENT").exists():
        from index import build  # with all that reads documents

        build(DOCUMENTS, index)
    return open_store(index)


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="答えを JSON で出します。")
@click.option("--explain", is_flag=True, help="答えに至る各段階を標準エラーに出します。")
@click.option("--index", type=click.Path(path_type=Path), default=DEFAULT_INDEX, help="索引のフォルダー。")
def tashika(question: str | None, as_json: bool, explain: bool, index: Path) -> int:
    """資料に書かれていることを、出典とともに答えます。

    QUESTION は質問の文か言葉です。「-」なら標準入力から読みます。省くと続けて質問できます。

    終了コード: 0 答えた、1 資料にない、2 使い方か入力の誤り。
    """
    store = ready_store(index)
    if question is None and sys.stdin.isatty():
        return _dialogue(store, as_json)
    text = sys.stdin.read() if question in (None, "-") else question
    steps: list[Step] | None = [] if explain else None
    given = answer(text or "", store, steps=steps)
    for step in steps or ():
        print(f"[{step.name} {step.elapsed_ms} ms] {str(step.outcome)[:2000]}", file=sys.stderr)
    _print(given, as_json)
    return FOUND if given.answered else NOT_FOUND


def _dialogue(store: Store, as_json: bool) -> int:
    """Questions one after another until an empty line or end of input, with history and the documents' names on Tab."""
    from qa.conversation import Conversation, ask  # one question alone needs none of it

    conversation = Conversation()
    edit_lines(store)
    click.echo("質問を入れてください(空行で終わります)。")
    while True:
        try:
            text = input("> ")
        except EOFError:
            return FOUND
        if not text.strip():
            return FOUND
        conversation, given = ask(conversation, text, store)
        if not as_json and is_rewritten(text, given):
            click.echo(f"(次のように受け取りました: {given.standalone})")
        _print(given, as_json)


def is_rewritten(text: str, given: Answer) -> bool:
    """Whether a question was understood as another one than its own words, which is then told."""
    return bool(given.standalone) and given.kind != "chat" and searchable(given.standalone) != searchable(text)


def edit_lines(store: Store) -> None:
    """Let the prompt keep a history and complete names; nothing on a system without readline."""
    try:
        import readline
    except ImportError:
        return
    known = names(store)

    def complete(begun: str, state: int) -> str | None:
        fitting = [name for name in known if begun and name.startswith(begun)]
        return fitting[state] if state < len(fitting) else None

    readline.set_completer(complete)
    readline.set_completer_delims(" 　、。「」のはがを")
    readline.parse_and_bind("tab: complete")


def names(store: Store) -> tuple[str, ...]:
    """Names of rows and headings that a question may begin with, in reading order; the first _MOST_NAMES."""
    found: dict[str, None] = {}
    for document in store.documents.values():
        for table in document.tables:
            for row in table.rows:
                for name in (row.cells[table.key].text or "", *row.section[-1:]):
                    found.setdefault(leaf((tidy(name),)))
                if len(found) >= _MOST_NAMES:
                    return tuple(found)
        for fact in document.facts:
            found.setdefault(leaf(fact.subject))
    return tuple(name for name in found if 1 < len(name) <= _LONGEST_NAME)


def _print(given: Answer, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(given).decode("utf-8"))
        return
    click.echo(given.answer)
    for number, citation in enumerate(given.citations, 1):
        click.echo(f"[{number}] {where(citation)}: 「{tidy(citation.quote)}」")


def where(citation: Citation) -> str:
    """A citation's place as a person reads it: title, headings, row, column, line."""
    lines = (
        f"{citation.line_start}"
        if citation.line_start == citation.line_end
        else f"{citation.line_start}-{citation.line_end}"
    )
    page = f"{citation.page} ページ " if citation.page else ""
    sheet = f"シート「{citation.sheet}」 " if citation.sheet else ""
    path = " › ".join([citation.title, *citation.heading, *([citation.row] if citation.row else []), *citation.column])
    return f"{path} ({citation.document} {sheet}{page}{lines} 行目)"
