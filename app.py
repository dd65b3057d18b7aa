"""The web chat: widgets and wiring only. What is answered, and what a source looks like, is decided in `qa`."""

from __future__ import annotations

import html
import socket
from pathlib import Path
from typing import Any

import click
import gradio as gr

from corpus import TashikaError
from corpus.console import run
from corpus.folding import tidy
from index import DEFAULT_INDEX, Store
from qa import Answer, Conversation, ask
from qa.cli import ready_store, where
from qa.sources import SourceView, source_view

HOST = "127.0.0.1"
TITLE = "確か Tashika"
INTRO = "資料に書かれていることを、根拠の行とともにお答えします。書かれていないことは、そうお答えします。"
NO_SOURCE = "<p class='note'>答えの根拠がここに表示されます。</p>"
FONTS = ["Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", "Meiryo", "sans-serif"]
CSS = """
.source { margin-block: 1rem; padding: .75rem 1rem; border: 1px solid var(--border-color-primary); border-radius: 8px; }
.source h3 { margin: 0 0 .5rem; font-size: 1rem; }
.source .scroll { overflow-x: auto; }
.source table { border-collapse: collapse; font-size: .875rem; }
.source th, .source td { border: 1px solid var(--border-color-primary); padding: .25rem .5rem; vertical-align: top; min-width: 4.5em; }
.source tr.cited td { background: var(--background-fill-secondary); }
.source tr.cited td.cited { outline: 3px solid #b45309; outline-offset: -3px; font-weight: 700; }
.source pre { white-space: pre-wrap; font-size: .8125rem; margin: .5rem 0 0; }
.source pre .cited { font-weight: 700; }
.note { opacity: .8; }
"""


class PortTaken(TashikaError):
    """The port the page was to be served on is in use."""


def message(given: Answer) -> str:
    """An answer as the chat shows it: its text with numbered citations, and where each stands."""
    marks = "".join(f" [{n}]" for n in range(1, len(given.citations) + 1))
    places = "".join(f"\n[{n}] {where(c)}" for n, c in enumerate(given.citations, 1))
    return as_text(given.answer + marks + places)


def as_text(text: str) -> str:
    """Text that the chat, which renders HTML even where it renders no Markdown, shows letter by letter."""
    return html.escape(text).replace("\n", "<br>")


def source_html(number: int, view: SourceView) -> str:
    """One source: its place, the cited row among its neighbours with the cell marked, and the raw lines."""
    parts = [f"<h3>[{number}] {html.escape(where(view.citation))}</h3>"]
    column = " › ".join(view.citation.column)
    parts.append(
        f"<p><mark>{html.escape(column)}{': ' if column else ''}{html.escape(tidy(view.citation.quote))}</mark></p>"
    )
    if view.table:
        head = "".join(f"<th scope='col'>{html.escape(label)}</th>" for label in view.table.header)
        body = ""
        for line, cells in view.table.rows:
            cited = line == view.table.cited_line
            body += f"<tr class='{'cited' if cited else ''}'><th scope='row'>{line}</th>" + "".join(
                f"<td class='{'cited' if cited and i == view.table.cited_column else ''}'>{html.escape(cell)}</td>"
                for i, cell in enumerate(cells)
            )
            body += "</tr>"
        parts.append(
            f"<div class='scroll'><table><thead><tr><th scope='col'>行</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )
    raw = "\n".join(
        f"<span class='{'cited' if cited else ''}'>{number}: {html.escape(text)}</span>"
        for number, text, cited in view.lines
    )
    parts.append(f"<details{'' if view.table else ' open'}><summary>原文</summary><pre>{raw}</pre></details>")
    return f"<section class='source'>{''.join(parts)}</section>"


def build_page(store: Store) -> gr.Blocks:
    """The page over one open index."""

    def respond(
        text: str, history: list[dict[str, Any]], conversation: Conversation | None
    ) -> tuple[str, list[dict[str, Any]], Conversation, str]:
        """One question: its answer in the chat, its sources beside it."""
        conversation, given = ask(conversation or Conversation(), text, store)
        history = [
            *history,
            {"role": "user", "content": as_text(text)},
            {"role": "assistant", "content": message(given)},
        ]
        sources = "".join(source_html(n, source_view(store, c)) for n, c in enumerate(given.citations, 1))
        return "", history, conversation, sources or NO_SOURCE

    with gr.Blocks(title=TITLE, analytics_enabled=False) as page:
        titles = "、".join(document.title for document in store.documents.values())
        gr.Markdown(f"# {TITLE}\n\n{INTRO}\n\n資料: {html.escape(titles)}")
        conversation = gr.State(None)
        with gr.Row():
            with gr.Column(scale=3, min_width=320):
                chat = gr.Chatbot(
                    label="質問と答え", height=520, buttons=["copy"], feedback_options=None, render_markdown=False
                )
                question = gr.Textbox(
                    label="質問",
                    placeholder="例: ○○事業の令和3年度の予算額は？",
                    lines=1,
                    max_length=1000,
                    autofocus=True,
                    elem_id="question",
                )
                send = gr.Button("聞く", variant="primary", elem_id="send")
            with gr.Column(scale=4, min_width=320):
                gr.Markdown("## 根拠")
                sources = gr.HTML(NO_SOURCE, elem_id="sources")
        for event in (question.submit, send.click):
            event(respond, [question, chat, conversation], [question, chat, conversation, sources], api_name=False)
    return page


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=7860, show_default=True, help="待ち受けるポート。")
@click.option("--index", type=click.Path(path_type=Path), default=DEFAULT_INDEX, help="索引のフォルダー。")
def main(port: int, index: Path) -> None:
    """質問の画面を、この機械だけに開きます(127.0.0.1)。"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTaken(f"ポート {port} は使われています。PORT= で別の番号を指定してください。") from error
    page = build_page(ready_store(index))
    theme = gr.themes.Base(font=FONTS, font_mono=["monospace"])
    page.launch(
        server_name=HOST, server_port=port, theme=theme, css=CSS, footer_links=[], show_error=False, quiet=False
    )


if __name__ == "__main__":
    run(main, "app.py")
