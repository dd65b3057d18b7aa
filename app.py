"""The web page: widgets and wiring only. What is answered is decided in `qa`, what is shown of it in `qa.web`."""

from __future__ import annotations

import importlib.util
import logging
import socket
from collections.abc import Callable
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
from qa.cli import ready_store
from qa.web import documents_html, rows_html
from qa.web.escape import escaped
from qa.web.feedback import VERDICTS, Feedback, FeedbackNotKept
from qa.web.feedback_html import SHOWN, notes_html
from qa.web.found import found, found_html
from qa.web.guard import Bucket, Guard
from qa.web.opening import opened
from qa.web.people import read_people
from qa.web.render import about, answer_link, asks, no_source
from qa.web.routes import add_routes
from qa.web.rows import LONGEST_QUERY, look_up, view_of
from qa.web.service import Service
from qa.web.session import Session, asked, messages
from qa.web.shelf import MOST_BYTES, MOST_FILES, Checked, Shelf
from qa.web.site import Site
from qa.web.suggest import next_questions
from qa.web.transcript import transcript
from qa.web.words import Words

HOST = "127.0.0.1"
LONGEST = 1000  # letters of a question
FONTS = ["Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", "Meiryo", "sans-serif"]
FILES = Path(__file__).resolve().parent / "qa" / "web"
SAVE = (FILES / "save.js").read_text("utf-8")
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
LATEST: dict[str, Any] = {**PRIVATE, "queue": False, "trigger_mode": "always_last"}  # the last choice is the one meant
WORKING: dict[str, Any] = {**PRIVATE, "concurrency_id": "answer", "concurrency_limit": 2}
log = logging.getLogger("tashika")


class PortTaken(TashikaError):
    """The port the page was to be served on is in use."""


class BadOptions(TashikaError):
    """Options that do not go together."""


class Asking:
    """What the chat does: each method is what happens on one event."""

    def __init__(self, site: Site, words: Words) -> None:
        self._site, self._words = site, words

    def typed(self, text: str, now: Session) -> tuple[Any, ...]:
        """A question in the course of the conversation."""
        return self.shown(asked(now, text, self._site.shelf.store))

    def alone(self, text: str, now: Session) -> tuple[Any, ...]:
        """A complete question, to which nothing said before is added."""
        return self.shown(asked(now, text, self._site.shelf.store, alone=True))

    def chosen(self, now: Session, event: gr.EventData) -> tuple[Any, ...]:
        """A suggested question."""
        return self.alone(str(event._data.get("text", ""))[:LONGEST], now)

    def shown(self, now: Session) -> tuple[Any, ...]:
        """Everything on the page that an answer changes, in the order of `outputs`."""
        last, turn, words = now.last, now.turn, self._words
        if last is None or turn is None:
            hidden = gr.Column(visible=False), gr.Accordion(visible=False)
            return "", [], now, no_source(words), hidden[0], "", "", "", hidden[1], None, ""
        store = self._site.shelf.store
        link = answer_link(last, words.language)
        table = found(store, last, words) if last.answered else None
        csv = f"/download/answer.csv?{link.partition('?')[2]}&lang={words.language}"
        return (
            "", messages(now, words), now, opened(store, now, f"c{now.last_turn}-1", words),
            gr.Column(visible=last.kind != "chat"), last.standalone, about(turn, link, words),
            found_html(table, now.last_turn, csv, words) if table else "",
            gr.Accordion(visible=last.kind != "chat", open=False), None, "",
        )  # fmt: skip

    def suggested(self, now: Session) -> str:
        """Questions to go on with."""
        last, words = now.last, self._words
        if last is None:
            return asks(self._site.first(), words("suggestions_first"))
        asked_back = "suggestions_choices" if last.kind == "clarify" else "suggestions_refused"
        heading = words("suggestions" if last.answered else asked_back)
        made = () if last.kind == "chat" else next_questions(self._site.shelf.store, now.conversation, last)
        return asks(made, heading)

    def source(self, now: Session, event: gr.EventData) -> str:
        """The source that was chosen anywhere on the page."""
        return opened(self._site.shelf.store, now, str(event._data.get("act", "")), self._words)

    def kept(self, now: Session, verdict: str | None, note: str) -> tuple[str, str]:
        """What a user says of the last answer; the note stays where it could not be kept."""
        words = self._words
        if now.last is None or verdict not in VERDICTS:
            return f"<p role='status'>{words('ask_first' if now.last is None else 'choose_verdict')}</p>", note
        try:
            self._site.feedback.keep(now.last, verdict, note)
        except FeedbackNotKept as error:
            log.error("%s", error)
            return f"<p role='alert'>{words('not_kept')}</p>", note
        return f"<p role='status'>{words('thanks')}</p>", ""


class Looking:
    """What the look-up does."""

    def __init__(self, site: Site, words: Words) -> None:
        self._site, self._words = site, words

    def changed(self, event: gr.EventData, drawn: str) -> tuple[Any, ...]:
        """Another condition, order or table."""
        return self.rows(str(event._data.get("query", ""))[:LONGEST_QUERY], drawn)

    def rows(self, query: str, drawn: str = "") -> tuple[Any, ...]:
        """The form, where it is not the one `drawn`; the rows of a view; the name of the form."""
        store = self._site.shelf.store
        view = view_of(query, store)
        if view is None:
            return "", f"<p class='note'>{self._words('no_tables')}</p>", ""
        name = f"{store.manifest.fingerprint}/{view.document}/{view.table}"
        form = gr.skip() if drawn == name else rows_html.form(store, view, self._words)
        return form, rows_html.results(look_up(store, view), base(self._words), self._words), name

    def again(self, drawn: str) -> tuple[Any, ...]:
        """The first view anew where the documents are others than those the form was drawn for."""
        same = drawn.startswith(f"{self._site.shelf.store.manifest.fingerprint}/")
        return (gr.skip(), gr.skip(), gr.skip()) if same else self.rows("")


class Editing:
    """What changes the documents, and what only those see who may."""

    def __init__(self, site: Site, words: Words) -> None:
        self._site, self._words, self._shelf = site, words, site.shelf

    def listed(self) -> str:
        """The documents as they are."""
        return documents_html.documents(self._shelf.store, self._words)

    def notes(self, request: gr.Request) -> str:
        """The newest feedback."""
        return (
            notes_html(self._site.feedback.notes(SHOWN), self._words) if self._site.may_edit(request.username) else ""
        )

    def preview(self, paths: list[str] | None, request: gr.Request) -> tuple[Any, ...]:
        """What chosen files would become; they wait to be added, and the field is empty for others."""
        if not paths or not self._site.may_edit(request.username):
            return "", [], None
        try:
            return documents_html.preview(self._checked(paths), self._words), paths, None
        except TashikaError as error:
            return documents_html.sentence(error), [], None

    def add(self, paths: list[str] | None, request: gr.Request) -> tuple[Any, ...]:
        """Take the chosen files in."""

        def adding() -> str:
            held = self._checked(paths)
            self._shelf.add(held)
            return self._words("added", names="、".join(one.name for one in held if one.document))

        return (*self._change(adding, request), [], "")

    def remove(self, name: str | None, certain: bool, request: gr.Request) -> tuple[Any, ...]:
        """Take a document out."""

        def removing() -> str:
            if not name or not certain:
                return self._words("nothing_chosen")
            self._shelf.remove(name)
            return self._words("removed", names=name)

        return (*self._change(removing, request), False)

    def reindex(self, request: gr.Request) -> tuple[Any, ...]:
        """Bring the index up to the folder."""

        def rebuilding() -> str:
            report = self._shelf.reindex()
            return self._words("reindexed", documents=report.documents, seconds=round(sum(report.seconds.values()), 1))

        return self._change(rebuilding, request)

    def _checked(self, paths: list[str] | None) -> tuple[Checked, ...]:
        return self._shelf.checked([Path(path) for path in paths or ()])

    def _change(self, what: Callable[[], str], request: gr.Request) -> tuple[Any, ...]:
        """Do one change; the old index goes on answering until the new one is there."""
        try:
            said = what() if self._site.may_edit(request.username) else self._words("read_only")
        except TashikaError as error:
            return documents_html.sentence(error), gr.skip(), gr.skip()
        log.info("%s: %s", request.username or "-", said)
        names = gr.Dropdown(sorted(self._shelf.store.documents), value=None)
        return f"<p role='status'>{escaped(said)}</p>", self.listed(), names


def base(words: Words) -> str:
    """Where the page in a language stands."""
    return "/en/" if words.language == "en" else "/"


def build_page(site: Site, language: str = "ja") -> gr.Blocks:
    """The page in one language over the documents of a site."""
    words = Words(language)
    asking, looking, editing = Asking(site, words), Looking(site, words), Editing(site, words)
    with gr.Blocks(title=words("title"), analytics_enabled=False, fill_width=True) as page:
        other = Words("ja" if language == "en" else "en")
        gr.HTML(
            f"<div class='top' data-lang='{language}'><h1>{words('title')}</h1><p>{words('intro')}</p>"
            f"<a href='{base(other)}' lang='{other.language}'>{words('other_language')}</a></div>"
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

        def arrive(request: gr.Request) -> tuple[Any, ...]:
            """What a link asks for, or the first view."""
            said = dict(request.query_params)
            question, index = said.get("q", "").strip()[:LONGEST], said.get("index", "")
            kept = [gr.skip()] * len(outputs)  # nobody who was quick to ask loses the answer
            answered = asking.alone(question, Session()) if question else kept
            fresh = not index or site.shelf.store.manifest.fingerprint.startswith(index)
            rows = looking.rows(urlencode(said)[:LONGEST_QUERY] if "table" in said else "")
            shown = (
                gr.Tabs(selected="rows" if "table" in said else "chat"),
                gr.Tab(visible=site.may_edit(request.username)),
            )
            return (*answered, *rows, *shown, "" if fresh else f"<p role='status' class='note'>{words('stale')}</p>")

        asked_by = [
            page.load(arrive, None, [*outputs, form, results, drawn, views, reviewed, notice], **PRIVATE),
            chat["question"].submit(asking.typed, [chat["question"], session], outputs, **WORKING),
            chat["send"].click(asking.typed, [chat["question"], session], outputs, **WORKING),
            chat["understood"].submit(asking.alone, [chat["understood"], session], outputs, **WORKING),
            chat["again"].click(asking.alone, [chat["understood"], session], outputs, **WORKING),
            panel.ask(asking.chosen, [session], outputs, **WORKING),
            chat["anew"].click(lambda: asking.shown(Session()), None, outputs, **PRIVATE),
        ]
        for event in asked_by:
            event.then(asking.suggested, session, chat["suggestions"], **PRIVATE)
        panel.act(asking.source, session, panel, **LATEST)
        panel.view(looking.changed, drawn, [form, results, drawn], **LATEST)
        chat["tell"].click(
            asking.kept, [session, chat["verdict"], chat["note"]], [chat["thanks"], chat["note"]], **PRIVATE
        )
        saved = chat["export"].click(lambda now: transcript(now.answers), session, chat["text"], **PRIVATE)
        saved.then(None, chat["text"], None, js=SAVE)
        rows_view.select(looking.again, drawn, [form, results, drawn], **PRIVATE)
        documents.select(editing.listed, None, listed, **PRIVATE)
        reviewed.select(editing.notes, None, notes, **PRIVATE)
        _endpoints(site)
    return page


_CHANGED = ("about", "understood", "told", "found", "opinion", "verdict", "thanks")  # by an answer, besides the chat


def _chat(words: Words) -> dict[str, Any]:
    """The widgets of the chat by name."""
    made: dict[str, Any] = {}
    made["chat"] = gr.Chatbot(
        label=words("chat"), placeholder=words("chat_empty"), height=420, buttons=["copy"], feedback_options=None,
        render_markdown=False, elem_id="chat",
    )  # fmt: skip
    with gr.Row(equal_height=True):
        made["question"] = gr.Textbox(
            label=words("question"), placeholder=words("question_example"), lines=1, max_length=LONGEST, autofocus=True,
            elem_id="question", scale=5, min_width=200,
        )  # fmt: skip
        made["send"] = gr.Button(words("ask"), variant="primary", elem_id="send", scale=1, min_width=80)
    made["suggestions"] = gr.HTML("", elem_id="suggestions")
    with gr.Column(visible=False, elem_id="about") as made["about"]:
        with gr.Row(equal_height=True):
            made["understood"] = gr.Textbox(
                label=words("understood"), lines=1, max_length=LONGEST, elem_id="understood", scale=5, min_width=200
            )
            made["again"] = gr.Button(words("ask_again"), elem_id="again", scale=2, min_width=160)
        made["told"] = gr.HTML("", elem_id="chips")
    made["found"] = gr.HTML("", elem_id="found")
    with gr.Accordion(words("feedback"), open=False, visible=False) as made["opinion"]:
        verdicts = [(words(f"verdict_{verdict}"), verdict) for verdict in VERDICTS]
        made["verdict"] = gr.Radio(verdicts, label=words("verdict"), elem_id="verdict")
        made["note"] = gr.Textbox(label=words("note"), lines=2, max_length=1000, elem_id="note")
        made["tell"] = gr.Button(words("send"), elem_id="tell", size="sm")
        made["thanks"] = gr.HTML("", elem_id="thanks")
    with gr.Row():
        made["anew"] = gr.Button(words("new_topic"), elem_id="anew", size="sm")
        made["export"] = gr.Button(words("export_chat"), elem_id="export", size="sm")
    made["text"] = gr.Textbox(visible="hidden", label="text", elem_id="text")
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


def _told(call: Callable[..., Any]) -> Callable[..., Any]:
    """The same call, whose refusals a program gets as a sentence."""

    @wraps(call)
    def told(*given: Any, **named: Any) -> Any:
        try:
            return call(*given, **named)
        except TashikaError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return told


def _endpoints(site: Site) -> None:
    """What programs call by name."""
    calls = Service(site.shelf)
    for call in (calls.ask, calls.search, calls.rows):
        gr.api(_told(call), api_name=call.__name__, concurrency_id="answer", concurrency_limit=2)


def build_app(site: Site, rate: float, mcp: bool = False) -> Guard:
    """The whole site: both languages, downloads, health, and the guard before all of them."""
    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_routes(app, site.shelf)
    theme = gr.themes.Base(font=FONTS, font_mono=["monospace"]).set(
        button_primary_background_fill="#1d4ed8", button_primary_background_fill_dark="#1d4ed8",
        button_primary_background_fill_hover="#1e40af", button_primary_background_fill_hover_dark="#1e40af",
    )  # fmt: skip
    for path, language in (("/en", "en"), ("/", "ja")):
        page = build_page(site, language).queue(max_size=200)
        gr.mount_gradio_app(
            app, page, path=path, footer_links=[], run_history=False, show_error=False,
            ssr_mode=False, enable_monitoring=False, mcp_server=mcp and language == "ja", theme=theme,
            css=(FILES / "page.css").read_text("utf-8"), max_file_size=MOST_BYTES,
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
    app = build_app(Site(shelf, kept, people), rate, mcp)
    click.echo(f"http://{host}:{port}/", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=5)


if __name__ == "__main__":
    run(main, "app.py")
