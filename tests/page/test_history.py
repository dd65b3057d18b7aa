"""Conversations that stay in the visitor's browser, and the parts of a question that can be changed, in a browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

JET = "JETプログラム 予算 R3"
SHANGHAI = "上海事務所運営の令和3年度当初予算額はいくらですか。"
SUM = "介護高齢課の令和3年度当初予算額の合計は？"
WAIT = 20_000

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(serving: Callable[..., Any], index_folder: Path) -> Iterator[str]:
    with serving(index_folder, "--rate", "0") as url:
        yield url


@pytest.fixture
def visit(browser: Browser, visiting: Callable[..., Any], address: str) -> Iterator[Any]:
    with visiting(browser, address) as one:
        yield one


def listed(visit: Any) -> Any:
    return visit.page.locator("#history li [data-conversation]")


def unfold(visit: Any) -> None:
    if not visit.page.locator("#history details").evaluate("one => one.open"):
        visit.page.locator("#history summary").click()


def reload(visit: Any) -> None:
    visit.page.reload()
    visit.page.wait_for_selector("#suggestions button", state="attached", timeout=WAIT)


def test_a_conversation_survives_a_reload_and_goes_on(visit: Any) -> None:
    visit.ask(SHANGHAI)
    visit.ask("令和2年度は？")
    before = visit.page.get_by_test_id("bot").all_inner_texts()
    reload(visit)
    expect(visit.page.get_by_test_id("bot")).to_have_count(2, timeout=WAIT)
    assert visit.page.get_by_test_id("bot").all_inner_texts() == before
    expect(visit.page.locator("#panel tr.cited")).to_contain_text("上海事務所運営")
    assert "地域外交課" in visit.ask("担当課は？"), "what was said before still counts"
    visit.page.get_by_test_id("bot").first.locator("a.cite").first.click()
    expect(visit.page.locator("#panel .quote mark")).to_have_text("19,292", timeout=WAIT)
    assert (visit.errors, visit.elsewhere()) == ([], [])


def test_several_conversations_are_listed_searched_opened_and_deleted(visit: Any) -> None:
    page = visit.page
    expect(page.locator("#history details")).to_be_hidden()
    visit.ask(JET)
    page.locator("#anew").click()
    expect(page.get_by_test_id("bot")).to_have_count(0, timeout=WAIT)
    visit.ask(SHANGHAI)
    page.locator("#anew").click()
    expect(page.get_by_test_id("bot")).to_have_count(0, timeout=WAIT)
    visit.ask("<img src=x onerror=window.ran=1>の予算は？")
    unfold(visit)
    expect(listed(visit)).to_have_count(3)
    expect(listed(visit).first).to_contain_text("<img src=x onerror=window.ran=1>")
    expect(listed(visit).first).to_have_attribute("aria-current", "true")
    assert visit.violations() == []
    find = page.get_by_label("会話の中を探す")
    find.fill("１９，２９２千円")  # of the answer, in wide letters
    expect(listed(visit)).to_have_count(1)
    find.fill("じぇっと")
    expect(page.locator("#history li.note")).to_contain_text("ありません")
    find.fill("jetプログラム 7,585")
    expect(listed(visit)).to_have_count(1)
    listed(visit).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("bot")).to_have_count(1, timeout=WAIT)
    expect(page.get_by_test_id("bot").first).to_contain_text("7,585千円")
    find.fill("")
    page.locator("#history [data-remove]").nth(2).click()
    expect(listed(visit)).to_have_count(2)
    expect(page.get_by_test_id("bot")).to_have_count(0, timeout=WAIT)
    back = page.get_by_role("button", name="元に戻す")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(listed(visit)).to_have_count(3)
    page.get_by_role("button", name="すべて消す").click()
    expect(listed(visit)).to_have_count(0)
    reload(visit)
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('tashika:'))") == []
    assert page.evaluate("window.ran") is None
    assert visit.errors == []


def test_nobody_else_sees_them_and_a_new_tab_begins_anew(
    visit: Any, browser: Browser, visiting: Callable[..., Any], address: str
) -> None:
    visit.ask(JET)
    with visiting(browser, address, width=360, height=740, dark=True) as other:
        assert other.page.evaluate("window.tashika.list().length") == 0
        assert other.page.get_by_test_id("bot").count() == 0
    tab = visit.page.context.new_page()
    tab.goto(address)
    tab.wait_for_selector("#suggestions button", state="attached", timeout=WAIT)
    assert tab.get_by_test_id("bot").count() == 0
    assert tab.evaluate("window.tashika.list().length") == 1
    tab.close()


def test_storage_is_bounded_and_what_is_broken_or_full_breaks_nothing(visit: Any) -> None:
    page = visit.page
    page.evaluate(
        """() => {
          localStorage.setItem('tashika:broken', '{"turns": [');
          localStorage.setItem('other', 'stays');
          for (let i = 0; i < 60; i++) localStorage.setItem(`tashika:old${i}`, JSON.stringify({
            title: `古い会話 ${i}`, at: `2020-01-01T00:00:${String(i).padStart(2, '0')}Z`,
            turns: [{question: '古い', answer: {turn: 0, id: `old${i}`, standalone: '', answer: 'x'.repeat(60000)}}]}));
        }"""
    )
    visit.ask(JET)
    kept = page.evaluate("window.tashika.list().map(one => [one.id, JSON.stringify(one).length])")
    assert len(kept) <= 50
    assert sum(size for _, size in kept) < 2_100_000
    assert page.evaluate("window.tashika.list()[0].title") == JET
    assert page.evaluate("localStorage.getItem('other')") == "stays"
    unfold(visit)
    listed(visit).nth(1).click()  # one that this edition cannot read
    expect(page.locator("#notice")).to_contain_text("新しい会話", timeout=WAIT)
    assert "7,585千円" in visit.ask(JET)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    assert "19,292千円" in visit.ask(SHANGHAI)
    expect(page.locator("#history [data-refused]")).to_be_visible()
    assert visit.errors == []


def test_a_conversation_is_saved_as_text_and_as_a_table(visit: Any) -> None:
    visit.ask(SUM)
    visit.ask("=1+1の流氷観測は？")
    with visit.page.expect_download() as saving:
        visit.page.locator("#export").click()
    assert saving.value.suggested_filename == "tashika.md"
    with visit.page.expect_download() as saving:
        visit.page.locator("#sheet").click()
    assert saving.value.suggested_filename == "tashika.csv"
    raw = Path(saving.value.path()).read_bytes()
    assert raw.startswith("\ufeff".encode())
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(lines) == 1 + 4 + 1
    assert [line[13] for line in lines[1:5]] == ["156", "1,640", "3,560", "10,000"]
    assert [line[12] for line in lines[1:5]] == ["81", "82", "83", "84"]
    assert lines[5][1].startswith("'=1+1")


def test_the_link_of_an_answer_gives_it_again_and_says_what_changed_since(
    visit: Any, browser: Browser, visiting: Callable[..., Any], address: str
) -> None:
    visit.ask(SHANGHAI)
    visit.ask("令和2年度は？")
    link = address.rstrip("/") + visit.page.get_by_test_id("bot").last.locator("a.link").get_attribute("href")
    with visiting(browser, link) as one:
        expect(one.page.get_by_test_id("bot").last).to_contain_text("19,407千円", timeout=WAIT)
        assert one.page.locator("#notice p").count() == 0
        one.page.wait_for_url(address)
        reload(one)
        expect(one.page.get_by_test_id("bot")).to_have_count(1, timeout=WAIT)
        assert one.page.evaluate("window.tashika.list().length") == 1, "a reload asks nothing again"
    for old, said in (
        (link.replace("index=", "index=0"), "同じです"),
        (f"{link.replace('index=', 'index=0')}0", "変わっています"),
    ):
        with visiting(browser, old) as one:
            expect(one.page.locator("#notice")).to_contain_text(said, timeout=WAIT)


def test_an_answer_kept_from_an_older_index_is_marked_and_can_be_asked_again(visit: Any) -> None:
    page = visit.page
    visit.ask(JET)
    page.evaluate(
        """() => { const id = window.tashika.current(), one = JSON.parse(localStorage.getItem('tashika:' + id));
          one.turns[0].answer.index = 'f'.repeat(64); localStorage.setItem('tashika:' + id, JSON.stringify(one)); }"""
    )
    reload(visit)
    older = page.locator(".older")
    expect(older).to_contain_text("ffffffff", timeout=WAIT)
    assert visit.violations() == []
    older.get_by_role("link").click()
    expect(page.get_by_test_id("bot")).to_have_count(2, timeout=WAIT)
    expect(page.locator(".older")).to_have_count(1)


def test_each_part_of_the_question_can_be_changed_by_keyboard_and_by_mouse(visit: Any) -> None:
    page = visit.page
    visit.ask(SUM)
    parts = page.locator("#chips li")
    expect(parts).to_have_count(3, timeout=WAIT)
    assert [one.split()[0] for one in parts.locator("[data-edit]").all_inner_texts()] == ["対象", "項目", "年度"]
    year = parts.nth(2).locator("[data-edit]")
    year.focus()
    page.keyboard.press("Enter")
    field = parts.nth(2).locator("input")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(year).to_be_focused()
    page.keyboard.press("Enter")
    assert "令和2年度" in parts.nth(2).locator("option").evaluate_all("all => all.map(one => one.value)")
    page.keyboard.type("令和2年度")
    assert visit.violations() == []
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("bot")).to_have_count(2, timeout=WAIT)
    assert visit.asked.strip() == "介護高齢課の令和2年度当初予算額の合計は？"
    expect(page.get_by_test_id("bot").last).to_contain_text("令和2年度")
    expect(page.locator("#chips li").nth(2).locator("[data-edit]")).to_be_focused()
    page.locator("#chips li").nth(0).locator("[data-edit]").click()
    page.locator("#chips li").nth(0).locator("input").fill("地域外交課")
    page.locator("#chips li").nth(0).locator("form [type=submit]").click()
    expect(page.get_by_test_id("user").last).to_contain_text("地域外交課の令和2年度当初予算額の合計は？", timeout=WAIT)
    assert visit.errors == []


def test_words_without_grammar_have_the_parts_of_the_cell_that_answered(visit: Any) -> None:
    visit.ask(JET)
    chips = visit.page.locator("#chips li [data-edit]")
    expect(chips).to_have_count(3, timeout=WAIT)
    expect(chips.nth(0)).to_contain_text("語学指導等")
    expect(chips.nth(2)).to_contain_text("令和3年度")


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1440, False)])
def test_all_of_it_in_english_at_both_widths(
    width: int, dark: bool, browser: Browser, visiting: Callable[..., Any], address: str
) -> None:
    with visiting(browser, f"{address}en/", width=width, dark=dark) as one:
        one.ask(SUM)
        unfold(one)
        expect(one.page.locator("#history summary")).to_contain_text("Earlier conversations (1)")
        one.page.locator("#chips [data-edit]").first.click()
        assert one.violations() == []
        assert one.fits()
