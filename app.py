"""The web page: widgets and wiring only. What is answered is decided in `qa`, what is shown of it in `qa.web`."""

from __future__ import annotations

import importlib.util
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click
import fastapi
import gradio as gr
import uvicorn

from corpus import DOCUMENTS, TashikaError
from corpus.console import run
from corpus.read import SUFFIXES
from index import DEFAULT_INDEX
from qa.prompt import ready_store
from qa.web.answering import MOST
from qa.web.asking import LONGEST, Asking
from qa.web.audit import Audit
from qa.web.editing import Editing
from qa.web.feedback import VERDICTS, Feedback
from qa.web.guard import Bucket, Guard
from qa.web.history_html import history_frame
from qa.web.looking import Looking
from qa.web.people import read_people
from qa.web.render import no_source
from qa.web.routes import add_routes
from qa.web.rows import LONGEST_QUERY
from qa.web.service import Service
from qa.web.session import Session
from qa.web.shelf import MOST_BYTES, MOST_FILES, Shelf
from qa.web.site import Site
from qa.web.words import Words

HOST = "127.0.0.1"
FONTS = ["Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", "Meiryo", "sans-serif"]
FILES = Path(__file__).resolve().parent / "qa" / "web"
HEAD = f"<script>{(FILES / 'storage.js').read_text('utf-8')}</script>"
KEEP = "(text) => { window.tashika.keep(text); window.tashika.settled(); }"
LEAVE = "() => window.tashika.leave()"
SAVE = (FILES / "save.js").read_text("utf-8")
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
LATEST: dict[str, Any] = {**PRIVATE, "queue": False, "trigger_mode": "always_last"}  # the last choice is the one meant
WORKING: dict[str, Any] = {**PRIVATE, "concurrency_id": "answer", "concurrency_limit": 2}
THREADS = 8  # every thread holds a segmenter; more of them make nothing faster
MOST_SESSIONS = 1000  # visitors whose state is held (0.1 MiB each and their answers); browsers keep the conversations
log = logging.getLogger("tashika")


class PortTaken(TashikaError):
    """The port the page was to be served on is in use."""


class BadOptions(TashikaError):
    """Options that do not go together."""


def build_page(site: Site, language: str = "ja") -> gr.Blocks:
    """The page in one language over the documents of a site."""
    words = Words(language)
    asking, looking, editing = Asking(site, words), Looking(site, words), Editing(site, words)
    with gr.Blocks(title=words("title"), analytics_enabled=False, fill_width=True) as page:
        other = Words("ja" if language == "en" else "en")
        gr.HTML(
            f"<div class='top' data-lang='{language}'><h1>{words('title')}</h1><p>{words('intro')}</p>"
            f"<a href='{other.base}' lang='{other.language}'>{words('other_language')}</a></div>"
        )
        notice = gr.HTML("", elem_id="notice")
        session, drawn = gr.State(Session()), gr.State("")
        with gr.Row():
            with gr.Column(scale=6, min_width=320), gr.Tabs() as views:
                with gr.Tab(words("view_chat"), id="chat"):
                    chat = _chat(words)
                with gr.Tab(words("view_rows"), id="rows") as rows_view:
                    form = gr.HTML("", elem_id="form")
                    results = gr.HTML("", elem_id="results")
                with gr.Tab(words("view_documents"), id="documents") as documents:
                    listed = gr.HTML("", elem_id="documents")
                    _edit(site, words, editing, listed)
                with gr.Tab(words("view_feedback"), id="feedback", visible=False) as reviewed:
                    notes = gr.HTML("", elem_id="notes")
            with gr.Column(scale=5, min_width=320, elem_id="beside"):
                gr.HTML(f"<h2>{words('sources')}</h2>")
                panel = gr.HTML(no_source(words), elem_id="panel", js_on_load=(FILES / "page.js").read_text("utf-8"))
        outputs = [chat["question"], chat["chat"], session, panel, *(chat[name] for name in _CHANGED)]

        # Where nothing is asked for nothing is touched: whoever was quick to ask loses no answer.
        def arrive(held: str, request: gr.Request) -> tuple[Any, ...]:
            """What a link asks for, else the conversation that the browser kept, and the first view."""
            said = dict(request.query_params)
            answered = asking.arrived(said, held, request) or (*([gr.skip()] * len(outputs)), gr.skip())
            rows = looking.rows(urlencode(said)[:LONGEST_QUERY] if "table" in said else "")
            shown = (
                gr.Tabs(selected="rows" if "table" in said else "chat"),
                gr.Tab(visible=site.may_edit(request.username)),
            )
            return (*answered, *rows, *shown)

        come = page.load(
            arrive, chat["text"], [*outputs, notice, form, results, drawn, views, reviewed],
            js="() => window.tashika.begun()", **PRIVATE,
        )  # fmt: skip
        asked_by = [
            come,
            chat["question"].submit(asking.typed, [chat["question"], session], outputs, **WORKING),
            chat["send"].click(asking.typed, [chat["question"], session], outputs, **WORKING),
            chat["understood"].submit(asking.alone, [chat["understood"], session], outputs, **WORKING),
            chat["again"].click(asking.alone, [chat["understood"], session], outputs, **WORKING),
            panel.ask(asking.chosen, [session], outputs, **WORKING),
            panel.chip(asking.changed, [session], outputs, **WORKING),
            chat["history"].reopen(asking.reopened, None, [*outputs, notice], **PRIVATE),
            chat["history"].anew(lambda: asking.shown(Session()), None, outputs, **PRIVATE),
            chat["anew"].click(lambda: asking.shown(Session()), None, outputs, js=LEAVE, **PRIVATE),
        ]
        for event in asked_by:
            event.then(None, chat["kept"], None, js=KEEP)
            # Whoever asks on while suggestions are looked for is shown those to the last question, not to the one before.
            event.then(asking.suggested, session, chat["suggestions"], trigger_mode="always_last", **PRIVATE)
        panel.act(asking.source, session, panel, **LATEST)
        panel.view(looking.changed, drawn, [form, results, drawn], **LATEST)
        chat["tell"].click(
            asking.kept, [session, chat["verdict"], chat["note"]], [chat["thanks"], chat["note"]], **PRIVATE
        )
        for button, write, name in (("export", asking.text, "tashika.md"), ("sheet", asking.sheet, "tashika.csv")):
            saved = chat[button].click(write, session, chat["text"], **PRIVATE)
            saved.then(None, chat["text"], None, js=SAVE.replace("NAME", name))
        rows_view.select(looking.again, drawn, [form, results, drawn], **PRIVATE)
        documents.select(editing.listed, None, listed, **PRIVATE)
        reviewed.select(editing.notes, None, notes, **PRIVATE)
        _endpoints(site)
    return page


_CHANGED = (
    "about",
    "understood",
    "told",
    "found",
    "opinion",
    "verdict",
    "thanks",
    "kept",
)  # by an answer, besides the chat


def _chat(words: Words) -> dict[str, Any]:
    """The widgets of the chat by name."""
    made: dict[str, Any] = {}
    with gr.Row(elem_id="conversations"):
        frame, drawn = history_frame(words), (FILES / "history.js").read_text("utf-8")
        made["history"] = gr.HTML(frame, elem_id="history", js_on_load=drawn, scale=5, min_width=200)
        made["anew"] = gr.Button(words("new_topic"), elem_id="anew", size="sm", scale=1, min_width=130)
    made["chat"] = gr.Chatbot(
        label=words("chat"), placeholder=words("chat_empty"), height="auto", min_height=180, max_height=480, buttons=[],
        feedback_options=None, render_markdown=False, elem_id="chat",
    )  # fmt: skip
    with gr.Row(elem_classes="asking"):
        made["question"] = gr.Textbox(
            label=words("question"), placeholder=words("question_example"), lines=1, max_length=LONGEST, autofocus=True,
            elem_id="question", scale=5, min_width=200,
        )  # fmt: skip
        made["send"] = gr.Button(words("ask"), variant="primary", elem_id="send", scale=1, min_width=80)
    made["found"] = gr.HTML("", elem_id="found")
    with gr.Column(visible=False, elem_id="about") as made["about"]:
        made["told"] = gr.HTML("", elem_id="chips")
        with gr.Row(elem_classes="asking"):
            made["understood"] = gr.Textbox(
                label=words("understood"), lines=1, max_length=LONGEST, elem_id="understood", scale=5, min_width=200
            )
            made["again"] = gr.Button(words("ask_again"), elem_id="again", scale=1, min_width=150)
    made["suggestions"] = gr.HTML("", elem_id="suggestions")
    with gr.Accordion(words("feedback"), open=False, visible=False) as made["opinion"]:
        verdicts = [(words(f"verdict_{verdict}"), verdict) for verdict in VERDICTS]
        made["verdict"] = gr.Radio(verdicts, label=words("verdict"), elem_id="verdict")
        made["note"] = gr.Textbox(label=words("note"), lines=2, max_length=1000, elem_id="note")
        made["tell"] = gr.Button(words("send"), elem_id="tell", size="sm")
        made["thanks"] = gr.HTML("", elem_id="thanks")
    with gr.Row(elem_id="exports"):
        made["export"] = gr.Button(words("export_chat"), elem_id="export", size="sm")
        made["sheet"] = gr.Button(words("export_sheet"), elem_id="sheet", size="sm")
    made["text"] = gr.Textbox(visible="hidden", label="text", elem_id="text")
    made["kept"] = gr.Textbox(visible="hidden", label="kept", elem_id="kept")
    return made


def _edit(site: Site, words: Words, editing: Editing, listed: gr.HTML) -> None:
    """The part of the documents view that changes them; only where that is switched on."""
    if not site.shelf.editable:
        gr.HTML(f"<p class='note'>{words('read_only')}</p>")
        return
    limits = words("upload_limits", files=MOST_FILES, size=MOST_BYTES // 1024 // 1024, formats=" ".join(SUFFIXES))
    label = f"{words('upload')} ({limits})"
    files = gr.File(label=label, file_count="multiple", elem_id="files", height=160)
    waiting = gr.State([])  # what was chosen and not yet added
    seen = gr.HTML("", elem_id="preview")
    add = gr.Button(words("add"), variant="primary", elem_id="add")
    status = gr.HTML("", elem_id="status")
    with gr.Accordion(words("remove"), open=False):
        which = gr.Dropdown(
            sorted(site.shelf.store.documents), label=words("remove_which"), elem_id="which", value=None
        )
        sure = gr.Checkbox(label=words("remove_sure"), elem_id="sure")
        remove = gr.Button(words("remove"), elem_id="remove")
    reindex = gr.Button(words("reindex"), elem_id="reindex", size="sm")
    changed = [status, listed, which]
    files.upload(editing.preview, files, [seen, waiting, files], api_visibility="private")
    add.click(editing.add, waiting, [*changed, waiting, seen], api_visibility="private")
    remove.click(editing.remove, [which, sure], [*changed, sure], api_visibility="private")
    reindex.click(editing.reindex, None, changed, api_visibility="private")


@contextmanager
def _told() -> Iterator[None]:
    """A refusal reaches a program as a sentence."""
    try:
        yield
    except TashikaError as error:
        raise gr.Error(str(error), print_exception=False) from error


def _endpoints(site: Site) -> None:
    """What programs call by name."""
    calls = Service(site)

    # What is known is told at once; `Service` bounds how many answers are worked out at a time.
    @wraps(calls.ask)
    async def ask(*given: Any, **named: Any) -> Any:
        with _told():
            return await calls.ask(*given, **named)

    gr.api(ask, api_name="ask", concurrency_limit=None)
    for call in (calls.search, calls.rows):
        gr.api(_told()(call), api_name=call.__name__, concurrency_id="answer", concurrency_limit=2)


def build_app(site: Site, rate: float, mcp: bool = False) -> Guard:
    """The whole site: both languages, downloads, health, and the guard before all of them."""
    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_routes(app, site.shelf)
    theme = gr.themes.Base(font=FONTS, font_mono=["monospace"]).set(
        button_primary_background_fill="#1d4ed8", button_primary_background_fill_dark="#1d4ed8",
        button_primary_background_fill_hover="#1e40af", button_primary_background_fill_hover_dark="#1e40af",
    )  # fmt: skip
    for path, language in (("/en", "en"), ("/", "ja")):
        page = build_page(site, language).queue(status_update_rate=5, max_size=1000, default_concurrency_limit=4)
        page.max_threads, page.state_session_capacity = THREADS, MOST_SESSIONS
        gr.mount_gradio_app(
            app, page, path=path, footer_links=[], run_history=False, show_error=False,
            ssr_mode=False, enable_monitoring=False, mcp_server=mcp and language == "ja", theme=theme,
            css=(FILES / "page.css").read_text("utf-8"), head=HEAD, max_file_size=MOST_BYTES,
            auth_dependency=(lambda request: request.scope.get("tashika.user")) if site.people else None,
        )  # fmt: skip
        if mcp and language == "ja" and not page.mcp_server:
            raise BadOptions(
                f"MCP サーバーを開けません({page.mcp_error})。.venv/bin/pip install -e '.[mcp]' を実行してください。"
            )
    return Guard(app, Bucket(rate / 60, max(1, round(rate / 2))), site.people)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=7860, show_default=True, help="待ち受けるポート。")
@click.option("--host", default=HOST, show_default=True, help="待ち受けるアドレス。")
@click.option("--index", type=click.Path(path_type=Path), default=DEFAULT_INDEX, help="索引のフォルダー。")
@click.option("--editor", is_flag=True, help="画面から資料を追加・削除できるようにします(--corpus も要ります)。")
@click.option("--corpus", type=click.Path(path_type=Path), help="--editor で変える文書のフォルダー。")
@click.option(
    "--auth", type=click.Path(path_type=Path), help="利用者のファイル。python -m qa.web password で作ります。"
)
@click.option("--feedback", type=click.Path(path_type=Path), help="寄せられた声を置くファイル(省くと索引の隣)。")
@click.option(
    "--rate",
    type=click.FloatRange(0),
    default=600,
    show_default=True,
    help="一つの相手から 1 分に受ける要求の数。0 は無制限。",
)
@click.option(
    "--answers",
    type=click.IntRange(0),
    default=MOST,
    show_default=True,
    help="同じ質問に備えて覚えておく答えの数。0 は覚えない。",
)
@click.option(
    "--audit", type=click.Path(path_type=Path), help="誰がいつ何を尋ね、変えたかを書くファイル(省くと書きません)。"
)
@click.option("--mcp", is_flag=True, help="MCP サーバーも開きます(/gradio_api/mcp/)。")
def main(
    port: int,
    host: str,
    index: Path,
    editor: bool,
    corpus: Path | None,
    auth: Path | None,
    feedback: Path | None,
    rate: float,
    answers: int,
    audit: Path | None,
    mcp: bool,
) -> None:
    """質問の画面を開きます。何も指定しなければ、この機械だけに、見るだけの画面を開きます。"""
    if editor and (corpus is None or corpus.resolve() == DOCUMENTS.resolve()):
        raise BadOptions("--editor には --corpus で付属の資料とは別のフォルダーを指定してください。")
    if mcp and importlib.util.find_spec("mcp") is None:
        raise BadOptions("--mcp には mcp パッケージが要ります。.venv/bin/pip install -e '.[mcp]' を実行してください。")
    people = read_people(auth) if auth else None
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(f"ポート {port} は使われています。PORT= で別の番号を指定してください。") from error
    shelf = Shelf(ready_store(index), index, corpus if editor else None)
    kept = Feedback(feedback or index.parent / "feedback.sqlite3")
    app = build_app(Site(shelf, kept, people, answers, Audit(audit)), rate, mcp)
    click.echo(f"http://{host}:{port}/", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=5, timeout_keep_alive=75)


if __name__ == "__main__":
    run(main, "app.py")
