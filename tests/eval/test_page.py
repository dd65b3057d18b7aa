"""The report in a real browser: plots drawn, failures filtered, nothing wider than a phone, nothing asked for elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from eval.gold import EvidenceLine, GoldQuestion
from eval.measures import judge
from eval.report import write_report
from eval.run import Judged, Run
from qa import Answer, Citation

pytestmark = pytest.mark.browser


@pytest.fixture
def report(said: Callable[..., Answer], cited: Callable[..., Citation], tmp_path: Path) -> Path:
    items = []
    for n, (kind, text) in enumerate(
        [("cell", "5千円です。"), ("cell", "7千円です。"), ("sum", ""), ("sum", "8千円です。")]
    ):
        gold = GoldQuestion(
            question=f"予算{n}は？",
            type=kind,
            answer="5千円",
            must_include=(("5千円",),),
            citations=(EvidenceLine("d", 3),),
        )
        given = said(text or "記載なし" * 40, cited(3 + n), answered=bool(text))
        items.append(Judged(f"V{n}", 0, gold, given, judge(gold, given), "とても長い名前の文書" * 6, (f"理解: {n}",)))
    return write_report([Run("村", tuple(items))], tmp_path)[1]


@pytest.fixture(params=["light", "dark"])
def opened(browser: Browser, report: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=request.param)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(report.as_uri())
    yield page
    assert asked == [report.as_uri()]
    page.close()


def shown(page: Page) -> list[str]:
    return [one.inner_text() for one in page.locator("article:visible h3").all()]


def test_the_report_fits_a_phone_and_draws_its_plots(opened: Page) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    for plot in opened.locator("figure svg").all():
        box = plot.bounding_box()
        assert box is not None
        assert box["width"] > 200
        assert box["height"] > 100
    assert opened.locator("figure .line").count() == 1
    assert opened.locator("figure .dot").count() >= 1


def test_letters_stand_out_from_the_page(opened: Page) -> None:
    back, fore = opened.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    bright = [sum(int(n) for n in one[4:-1].split(",")[:3]) / 3 for one in (back, fore)]
    assert abs(bright[0] - bright[1]) > 150


def test_failures_are_filtered(opened: Page) -> None:
    assert shown(opened) == ["予算1は？", "予算2は？", "予算3は？"]
    opened.get_by_label("結果", exact=True).select_option("誤答")
    assert shown(opened) == ["予算1は？", "予算3は？"]
    opened.get_by_label("種類").select_option("sum")
    assert shown(opened) == ["予算3は？"]
    opened.get_by_label("結果", exact=True).select_option("")
    opened.get_by_label("言葉で絞る").fill("予算2")
    assert shown(opened) == ["予算2は？"]
    assert opened.locator("output").inner_text() == "1 問"


def test_a_failure_tells_what_was_wanted_given_cited_and_why(opened: Page) -> None:
    first = opened.locator("article").first
    first.locator("summary").click()
    told = first.inner_text()
    for part in ("正解: 5千円", "d 3 行", "答え: 7千円です。", "「引用」", "理解: 1"):
        assert part in told
