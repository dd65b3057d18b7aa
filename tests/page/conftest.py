"""The page as its visitors meet it: served by the program itself, in a headless browser, checked by axe-core."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / ".tashika" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE = 60  # seconds for the page to come up on a slow machine
ANSWER = 20_000  # milliseconds for an answer on a slow machine


def _serve(port: int, index: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port), "--index", str(index), *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "GRADIO_ANALYTICS_ENABLED": "False"},
    )


@pytest.fixture(scope="session")
def serve() -> Callable[..., subprocess.Popen[str]]:
    """Start the page's program: `serve(port, index, "--editor", …)`."""
    return _serve


@contextmanager
def _serving(index: Path, *options: str, header: str | None = None) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    url = f"http://127.0.0.1:{port}/"
    running = _serve(port, index, *options)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"{url}healthz", timeout=2):
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


@pytest.fixture(scope="session")
def serving() -> Callable[..., Any]:
    """The page served as long as a `with` lasts: `with serving(index) as url`."""
    return _serving


class Visit:
    """A visitor: a page in a browser profile of its own, and what it asked other machines for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.dialogs: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda one: self.requests.append(one.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(address)
        self.box = page.locator("#question textarea, #question input")
        page.wait_for_selector("#suggestions button, [data-testid=bot]", state="attached", timeout=ANSWER)

    def ask(self, text: str) -> str:
        """Type a question, press Enter, and read the answer."""
        answers = self.page.get_by_test_id("bot")
        before = answers.count()
        self.box.fill(text)
        self.box.press("Enter")
        expect(answers).to_have_count(before + 1, timeout=ANSWER)
        expect(self.box).to_have_value("", timeout=ANSWER)
        expect(answers.last.locator(".said")).to_be_visible(timeout=ANSWER)
        return answers.last.inner_text()

    def view(self, name: str) -> None:
        """Open one of the views."""
        self.page.get_by_role("tab", name=name).click()

    @property
    def asked(self) -> str:
        """The last question as the chat shows it."""
        return self.page.get_by_test_id("user").last.inner_text()

    @property
    def sources(self) -> str:
        return self.page.locator("#panel").inner_text()

    def elsewhere(self) -> list[str]:
        """What was asked of any host but this machine."""
        local = {"127.0.0.1", None}
        return [url for url in self.requests if urlsplit(url).hostname not in local]

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA in the page as it is now."""
        if not AXE.exists():
            pytest.skip(f"{AXE} is not there: make setup-axe (needs npm)")
        self.page.evaluate(AXE.read_text("utf-8"))
        # A button on its way from off to on has colours of neither.
        self.page.evaluate(
            "Promise.allSettled(document.getAnimations().filter("
            "one => one.effect.getComputedTiming().iterations !== Infinity).map(one => one.finished))"
        )
        found = self.page.evaluate(f"axe.run(document, {{runOnly: {WCAG}}})")["violations"]
        return [f"{one['id']}: {node['html'][:200]} {node['failureSummary']}" for one in found for node in one["nodes"]]

    def fits(self) -> bool:
        """Whether nothing sticks out sideways."""
        whole, seen = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        return bool(whole <= seen)


@contextmanager
def _visiting(
    browser: Browser, address: str, width: int = 1440, height: int = 900, dark: bool = False
) -> Iterator[Visit]:
    context = browser.new_context(
        locale="ja-JP", viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    yield Visit(context.new_page(), address)
    context.close()


@pytest.fixture(scope="session")
def visiting() -> Callable[..., Any]:
    """A visitor as long as a `with` lasts: `with visiting(browser, address, width=360) as visit`."""
    return _visiting
