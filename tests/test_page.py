"""The web chat in a browser: the answer with its source beside it, nothing run that was typed, no request elsewhere."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = Path("/usr/bin/chromium")
JET = "JETプログラム 予算 R3"
INVENTED = "火星移住促進事業の予算額はいくらですか？"
PATIENCE = 60  # seconds for the page to come up on a slow machine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt-get install chromium"),
]


def serve(port: int, index: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port), "--index", str(index)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "GRADIO_ANALYTICS_ENABLED": "False"},
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(index_folder: Path) -> Iterator[str]:
    """The page, served over the shipped documents until the last test here is done."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    running = serve(port, index_folder)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(url, timeout=2):
                    break
            except (urllib.error.URLError, OSError):
                if running.poll() is not None or time.monotonic() > until:
                    running.kill()
                    pytest.fail(f"the page did not come up: {running.communicate()}")
                time.sleep(0.2)
        yield url
    finally:
        running.terminate()
        running.communicate(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            headless=True,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


class Visit:
    """A visitor: a page in a browser profile of its own, and what it asked other machines for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda one: self.requests.append(one.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(address)
        self.box = page.locator("#question textarea, #question input")
        expect(self.box).to_be_visible(timeout=20_000)

    def ask(self, text: str) -> str:
        """Type a question, press Enter, and read the answer."""
        answers = self.page.get_by_test_id("bot")
        before = answers.count()
        self.box.fill(text)
        self.box.press("Enter")
        expect(answers).to_have_count(before + 1, timeout=20_000)
        expect(self.box).to_have_value("")
        return answers.last.inner_text()

    @property
    def asked(self) -> str:
        """The last question as the chat shows it."""
        return self.page.get_by_test_id("user").last.inner_text()

    @property
    def sources(self) -> str:
        return self.page.locator("#sources").inner_text()

    def elsewhere(self) -> list[str]:
        """What was asked of any host but this machine."""
        local = {"127.0.0.1", None}
        return [url for url in self.requests if urlsplit(url).hostname not in local]


@pytest.fixture(scope="module")
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """One visitor who asks many questions."""
    context = browser.new_context(locale="ja-JP")
    yield Visit(context.new_page(), address)
    context.close()


@pytest.fixture
def newcomer(browser: Browser, address: str) -> Iterator[Visit]:
    """Another visitor, who has asked nothing yet."""
    context = browser.new_context(locale="ja-JP", viewport={"width": 375, "height": 740})
    yield Visit(context.new_page(), address)
    context.close()


def test_an_answer_is_shown_with_its_row_and_cell(visit: Visit) -> None:
    assert "7,585千円" in visit.ask(JET)
    assert visit.asked.strip() == JET
    row = visit.page.locator("#sources tr.cited")
    expect(row).to_have_count(1)
    assert row.locator("th").inner_text() == "11"
    cell = visit.page.locator("#sources td.cited")
    expect(cell).to_have_count(1)
    assert re.sub(r"\s", "", cell.inner_text()) == "7,585千円(当課任用分)"
    head = visit.page.locator("#sources thead th").all_inner_texts()
    cells = row.locator("th, td").all_inner_texts()
    assert "R3 当初予算額" in head[cells.index(cell.inner_text())]
    assert visit.errors == []


def test_the_cited_cell_stands_out(visit: Visit) -> None:
    visit.ask(JET)
    look = "e => { const s = getComputedStyle(e); return [s.outlineStyle, s.fontWeight] }"
    cited = visit.page.locator("#sources td.cited").evaluate(look)
    plain = visit.page.locator("#sources tr.cited td:not(.cited)").first.evaluate(look)
    assert cited != plain
    assert cited[0] == "solid"


def test_the_raw_line_can_be_opened(visit: Visit) -> None:
    visit.ask(JET)
    details = visit.page.locator("#sources details")
    details.locator("summary").click()
    shown = details.locator("pre .cited")
    expect(shown).to_be_visible()
    text = shown.inner_text()
    assert text.startswith("11:")
    assert "7,585 (当課任用分)" in text


def test_a_list_answer_of_prose_shows_its_lines(visit: Visit) -> None:
    assert "58,791人" in visit.ask("上海事務所の情報発信のフォロワー数は？")
    assert "58,791人" in visit.sources
    assert "549" in visit.sources


def test_a_refusal_shows_no_source(visit: Visit) -> None:
    visit.ask(JET)
    expect(visit.page.locator("#sources section.source")).to_have_count(1)
    said = visit.ask(INVENTED)
    assert "火星移住" in said
    expect(visit.page.locator("#sources section.source")).to_have_count(0)
    assert "7,585" not in visit.sources


@pytest.mark.parametrize("text", ["", "？？？"])
def test_nothing_asked_is_said_so_and_the_page_goes_on(text: str, visit: Visit) -> None:
    assert "空" in visit.ask(text)
    assert "7,585千円" in visit.ask(JET)


def test_the_button_does_what_enter_does(visit: Visit) -> None:
    visit.ask(INVENTED)
    visit.box.fill(JET)
    visit.page.locator("#send").click()
    expect(visit.page.get_by_test_id("bot").last).to_contain_text("7,585千円", timeout=20_000)


def test_what_is_typed_is_shown_as_text_and_runs_nothing(visit: Visit) -> None:
    typed = "<script>window.ran=1</script><img src=x onerror=\"window.ran=2\"><b onmouseover='window.ran=3'>予算</b>"
    dialogs: list[str] = []
    visit.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    visit.ask(typed + "<svg onload=alert(1)>")
    assert "<script>window.ran=1</script>" in visit.asked
    assert "onerror=" in visit.asked
    chat = visit.page.get_by_test_id("user").last
    assert chat.locator("script, img, b, svg").count() == 0
    assert visit.page.evaluate("window.ran") is None
    assert dialogs == []


def test_no_other_host_is_asked_for_anything(visit: Visit) -> None:
    visit.ask(JET)
    visit.ask(INVENTED)
    visit.ask("<img src='http://192.0.2.7/a.png'><link rel=stylesheet href='//192.0.2.7/a.css'>の予算は？")
    assert visit.elsewhere() == []
    assert visit.errors == []


def test_visitors_do_not_see_each_other_and_a_small_screen_is_enough(visit: Visit, newcomer: Visit) -> None:
    visit.ask(JET)
    before = visit.page.get_by_test_id("user").count()
    assert newcomer.page.get_by_test_id("user").count() == 0
    assert "7,585" not in newcomer.sources
    newcomer.ask(INVENTED)
    assert visit.page.get_by_test_id("user").count() == before
    assert "7,585" in visit.sources
    newcomer.ask(JET)
    whole, seen = newcomer.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert whole <= seen


def test_a_port_in_use_is_said_in_one_sentence(index_folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        started = serve(port, index_folder)
        out, err = started.communicate(timeout=PATIENCE)
    assert (started.returncode, out) == (2, "")
    (sentence,) = err.splitlines()
    assert str(port) in sentence
    assert "PORT=" in sentence


def test_markdown_is_shown_as_typed_and_fetches_nothing(newcomer: Visit) -> None:
    typed = "**太字** ![絵](http://192.0.2.7/a.png) の予算は？"
    newcomer.ask(typed)
    assert newcomer.elsewhere() == []
    assert newcomer.asked.strip() == typed
