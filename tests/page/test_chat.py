"""The chat in a browser: every claim opens its source, nothing is run that was typed, no request goes elsewhere."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

JET = "JETプログラム 予算 R3"
SUM = "介護高齢課の令和3年度当初予算額の合計は？"
INVENTED = "火星移住促進事業の予算額はいくらですか？"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(serving: Callable[..., Any], index_folder: Path) -> Iterator[str]:
    """The page, served over the shipped documents until the last test here is done."""
    with serving(index_folder) as url:
        yield url


@pytest.fixture(scope="module")
def visit(browser: Browser, visiting: Callable[..., Any], address: str) -> Iterator[Any]:
    """One visitor who asks many questions."""
    with visiting(browser, address) as one:
        yield one


@pytest.fixture
def newcomer(browser: Browser, visiting: Callable[..., Any], address: str) -> Iterator[Any]:
    """Another visitor, who has asked nothing yet, with a small screen."""
    with visiting(browser, address, width=360, height=740) as one:
        yield one


def test_an_answer_is_shown_with_its_row_and_cell(visit: Any) -> None:
    assert "7,585千円" in visit.ask(JET)
    assert visit.asked.strip() == JET
    row = visit.page.locator("#panel tr.cited")
    expect(row).to_have_count(1)
    assert row.locator("th").inner_text() == "11"
    cell = visit.page.locator("#panel td.cited")
    expect(cell).to_have_count(1)
    assert re.sub(r"\s", "", cell.inner_text()) == "7,585千円(当課任用分)"
    head = visit.page.locator("#panel thead th").all_inner_texts()
    cells = row.locator("th, td").all_inner_texts()
    assert "R3 当初予算額" in head[cells.index(cell.inner_text())]
    assert visit.errors == []


def test_the_cited_cell_stands_out(visit: Any) -> None:
    visit.ask(JET)
    look = "e => { const s = getComputedStyle(e); return [s.outlineStyle, s.fontWeight] }"
    cited = visit.page.locator("#panel td.cited").evaluate(look)
    plain = visit.page.locator("#panel tr.cited td:not(.cited)").first.evaluate(look)
    assert cited != plain
    assert cited[0] == "solid"


def test_the_raw_line_can_be_opened(visit: Any) -> None:
    visit.ask(JET)
    details = visit.page.locator("#panel details")
    details.locator("summary").click()
    shown = details.locator("pre .cited")
    expect(shown).to_be_visible()
    text = shown.inner_text()
    assert text.startswith("11:")
    assert "7,585 (当課任用分)" in text


def test_a_list_answer_of_prose_shows_its_lines(visit: Any) -> None:
    assert "58,791人" in visit.ask("上海事務所の情報発信のフォロワー数は？")
    assert "58,791人" in visit.sources
    assert "549" in visit.sources


def test_a_refusal_shows_no_source(visit: Any) -> None:
    visit.ask(JET)
    expect(visit.page.locator("#panel section.source")).to_have_count(1)
    said = visit.ask(INVENTED)
    assert "火星移住" in said
    expect(visit.page.locator("#panel section.source")).to_have_count(0)
    assert "7,585" not in visit.sources


@pytest.mark.parametrize("text", ["", "？？？"])
def test_nothing_asked_is_said_so_and_the_page_goes_on(text: str, visit: Any) -> None:
    assert "空" in visit.ask(text)
    assert "7,585千円" in visit.ask(JET)


def test_the_button_does_what_enter_does(visit: Any) -> None:
    visit.ask(INVENTED)
    visit.box.fill(JET)
    visit.page.locator("#send").click()
    expect(visit.page.get_by_test_id("bot").last).to_contain_text("7,585千円", timeout=20_000)


def test_what_is_typed_is_shown_as_text_and_runs_nothing(visit: Any) -> None:
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


def test_no_other_host_is_asked_for_anything(visit: Any) -> None:
    visit.ask(JET)
    visit.ask(INVENTED)
    visit.ask("<img src='http://192.0.2.7/a.png'><link rel=stylesheet href='//192.0.2.7/a.css'>の予算は？")
    assert visit.elsewhere() == []
    assert visit.errors == []


def test_visitors_do_not_see_each_other_and_a_small_screen_is_enough(visit: Any, newcomer: Any) -> None:
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


def test_a_port_in_use_is_said_in_one_sentence(index_folder: Path, serve: Callable[..., Any]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        started = serve(port, index_folder)
        out, err = started.communicate(timeout=60)
    assert (started.returncode, out) == (2, "")
    (sentence,) = err.splitlines()
    assert str(port) in sentence
    assert "PORT=" in sentence


def test_markdown_is_shown_as_typed_and_fetches_nothing(newcomer: Any) -> None:
    typed = "**太字** ![絵](http://192.0.2.7/a.png) の予算は？"
    newcomer.ask(typed)
    assert newcomer.elsewhere() == []
    assert newcomer.asked.strip() == typed


def test_each_number_opens_its_source_by_mouse_and_by_keyboard(visit: Any) -> None:
    visit.ask(SUM)
    links = visit.page.get_by_test_id("bot").last.locator(".said a.cite")
    expect(links).to_have_count(4)
    for n, line in ((3, "84"), (1, "82")):
        links.nth(n).focus()
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("#panel tr.cited th")).to_have_text(line, timeout=20_000)
        expect(visit.page.locator("#opened")).to_be_focused()
        visit.page.get_by_role("button", name="元の場所に戻る").click()
        expect(links.nth(n)).to_be_focused()
    links.first.click()
    expect(visit.page.locator("#panel tr.cited th")).to_have_text("81", timeout=20_000)
    visit.page.get_by_role("button", name="次の出典").click()
    expect(visit.page.locator("#panel tr.cited th")).to_have_text("82", timeout=20_000)


def test_a_calculation_opens_into_its_operands(visit: Any) -> None:
    visit.ask(SUM)
    calculation = visit.page.get_by_test_id("bot").last.locator("details.calc")
    calculation.locator("summary").click()
    operand = calculation.locator(".formula a.cite").nth(2)
    expect(operand).to_be_visible()
    operand.click()
    expect(visit.page.locator("#panel tr.cited th")).to_have_text("83", timeout=20_000)


def test_a_list_comes_with_a_table_that_can_be_saved(visit: Any) -> None:
    visit.ask(SUM)
    rows = visit.page.locator("#found tbody tr")
    expect(rows).to_have_count(4)
    with visit.page.expect_download() as saving:
        visit.page.locator("#found a[download]").click()
    text = Path(saving.value.path()).read_bytes().decode("utf-8-sig")
    assert len(text.splitlines()) == 5
    assert "外国人介護人材受入準備講座,156千円" in text


def test_how_it_was_understood_can_be_edited_and_asked_again(visit: Any) -> None:
    visit.ask("上海事務所運営の令和3年度当初予算額はいくらですか。")
    visit.ask("令和2年度は？")
    box = visit.page.locator("#understood textarea, #understood input")
    expect(box).to_have_value(re.compile("上海事務所運営.*令和2年度"))
    box.fill("災害時外国人支援事業の令和3年度当初予算額は？")
    visit.page.locator("#again").click()
    expect(visit.page.get_by_test_id("user").last).to_contain_text("災害時外国人支援事業", timeout=20_000)
    assert "災害時外国人支援事業" in visit.sources


def test_a_suggestion_is_asked_and_answered(visit: Any) -> None:
    visit.ask(JET)
    button = visit.page.locator("#suggestions button").first
    expect(button).to_contain_text("語学指導等", timeout=20_000)
    text = button.inner_text()
    before = visit.page.get_by_test_id("bot").count()
    button.click()
    expect(visit.page.get_by_test_id("bot")).to_have_count(before + 1, timeout=20_000)
    expect(visit.page.get_by_test_id("user").last).to_contain_text(text, timeout=20_000)
    expect(visit.page.get_by_test_id("bot").last.locator("a.cite").first).to_be_visible(timeout=20_000)


def test_a_refusal_offers_what_the_documents_do_say(visit: Any) -> None:
    assert "記載" in visit.ask(INVENTED)
    expect(visit.page.locator("#suggestions h2")).to_contain_text("資料にある", timeout=20_000)


def test_a_conversation_is_saved_and_begun_anew(newcomer: Any) -> None:
    newcomer.ask(JET)
    with newcomer.page.expect_download() as saving:
        newcomer.page.locator("#export").click()
    text = Path(saving.value.path()).read_text("utf-8")
    assert "11 行目" in text
    newcomer.page.locator("#anew").click()
    expect(newcomer.page.get_by_test_id("bot")).to_have_count(0, timeout=20_000)
    assert "7,585" not in newcomer.sources


def test_a_link_asks_its_question_and_says_when_the_documents_have_changed(
    browser: Browser, visiting: Callable[..., Any], address: str
) -> None:
    with visiting(browser, f"{address}?q={quote(JET)}&index=0000") as one:
        expect(one.page.get_by_test_id("bot").last).to_contain_text("7,585千円", timeout=20_000)
        expect(one.page.locator("#notice")).to_contain_text("更新")


def test_what_was_asked_at_once_is_not_lost_while_the_page_loads(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="ja-JP")
    page = context.new_page()
    page.goto(address)
    box = page.locator("#question textarea, #question input")
    box.fill(JET)
    box.press("Enter")
    expect(page.get_by_test_id("bot").last).to_contain_text("7,585千円", timeout=20_000)
    page.wait_for_timeout(1500)
    expect(page.get_by_test_id("bot").last).to_contain_text("7,585千円")
    context.close()


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1440, True), (360, False), (360, True)])
def test_nothing_keeps_anybody_out(
    width: int, dark: bool, browser: Browser, visiting: Callable[..., Any], address: str
) -> None:
    with visiting(browser, address, width=width, dark=dark) as one:
        assert one.violations() == []
        one.ask(SUM)
        one.page.get_by_test_id("bot").last.locator("summary").click()
        one.page.locator("#panel details summary").click()
        one.page.get_by_text("この答えについて知らせる").click()
        expect(one.page.locator("#suggestions button").first).to_be_visible(timeout=20_000)
        assert one.violations() == []
        one.ask(INVENTED)
        assert one.violations() == []
        assert one.fits()


def test_the_same_page_in_english(browser: Browser, visiting: Callable[..., Any], address: str) -> None:
    with visiting(browser, address) as one:
        one.page.get_by_role("link", name="English").click()
        expect(one.page.get_by_role("tab", name="Look up")).to_be_visible(timeout=20_000)
        expect(one.page.locator("html")).to_have_attribute("lang", "en")
        expect(one.page.locator("#suggestions button").first).to_be_visible(timeout=20_000)
        assert "Confidence" in one.ask(JET)
        assert one.violations() == []
        one.page.get_by_role("link", name="日本語").click()
        expect(one.page.get_by_role("tab", name="一覧で探す")).to_be_visible(timeout=20_000)
