"""The look-up, the documents and the feedback in a browser, over a folder that may be changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from index import build

pytestmark = pytest.mark.browser

WAIT = 20_000
# What must never run, load or leave, in every place that a stranger can write to.
NASTY = (
    "<img src=http://192.0.2.7/a.png onerror=window.ran=1>${window.ran=2}{{window.ran=3}}<script>window.ran=4</script>"
)
TABLE = f"事業名,担当<svg onload=window.ran=5>,予算額(千円),備考\n祭り,{NASTY},5,=1+1\n市場,,6,{NASTY}\n"


@pytest.fixture(scope="module")
def address(serving: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over the town's documents, with leave to change them."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copytree(Path(__file__).resolve().parents[1] / "qa" / "town", folder / "documents")
    build(folder / "documents", folder / "index")
    with serving(folder / "index", "--editor", "--corpus", str(folder / "documents")) as url:
        yield url


@pytest.fixture(scope="module")
def visit(browser: Browser, visiting: Callable[..., Any], address: str) -> Iterator[Any]:
    with visiting(browser, address) as one:
        yield one


def test_leaving_a_field_that_says_the_same_asks_nothing_again(visit: Any) -> None:
    page, sent = visit.page, []
    visit.view("一覧で探す")
    words = page.locator("input[name=words]")
    words.press_sequentially("図書館")  # as a person types: the field says that it changed when it is left
    expect(page.locator("#results .rows tbody tr")).to_have_count(2, timeout=WAIT)
    page.wait_for_timeout(1000)
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    words.press("Tab")
    page.wait_for_timeout(1000)
    assert sent == []
    words.fill("")
    expect(page.locator("#results .rows tbody tr")).to_have_count(5, timeout=WAIT)


def test_rows_are_filtered_sorted_added_up_and_saved(visit: Any) -> None:
    page = visit.page
    visit.view("一覧で探す")
    rows = page.locator("#results .rows tbody tr")
    expect(rows).to_have_count(5, timeout=WAIT)
    page.locator("input[name=words]").fill("図書館")
    expect(rows).to_have_count(2, timeout=WAIT)
    expect(page.locator("#results [role=status]")).to_contain_text("5 行のうち 2 行")
    expect(page.locator("#results .totals tbody")).to_contain_text("6,187 千円")
    page.locator("#results button[data-sort='5']").click()
    expect(rows.first).to_contain_text("郷土資料デジタル化", timeout=WAIT)
    page.locator("#results button[data-sort='5']").click()
    expect(rows.first).to_contain_text("移動図書館ひまわり号", timeout=WAIT)
    with page.expect_download() as saving:
        page.locator("#results a[download]").click()
    assert len(Path(saving.value.path()).read_bytes().decode("utf-8-sig").splitlines()) == 3


def test_a_row_opens_the_same_panel_as_an_answer(visit: Any) -> None:
    page = visit.page
    visit.view("一覧で探す")
    page.locator("form.lookup [data-clear]").click()
    expect(page.locator("#results .rows tbody tr")).to_have_count(5, timeout=WAIT)
    button = page.locator("#results tbody button[data-act]").nth(1)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel tr.cited")).to_contain_text("湖畔野外劇", timeout=WAIT)
    expect(page.locator("#opened")).to_be_focused()
    page.locator("[data-back]").click()
    expect(button).to_be_focused()


def test_typing_keeps_the_focus_and_every_letter(visit: Any) -> None:
    page = visit.page
    visit.view("一覧で探す")
    box = page.locator("input[name=words]")
    box.fill("")
    box.press_sequentially("ワークショップ無い語", delay=60)
    expect(page.locator("#results .note")).to_contain_text("条件に合う行はありません", timeout=WAIT)
    expect(box).to_be_focused()
    expect(box).to_have_value("ワークショップ無い語")
    page.locator("form.lookup [data-clear]").click()


def test_a_link_shows_the_same_view_to_somebody_else(
    visit: Any, browser: Browser, visiting: Callable[..., Any], address: str
) -> None:
    page = visit.page
    visit.view("一覧で探す")
    page.locator("input[name=words]").fill("図書館")
    expect(page.locator("#results .rows tbody tr")).to_have_count(2, timeout=WAIT)
    link = page.locator("#results a.button").last.get_attribute("href")
    page.locator("form.lookup [data-clear]").click()
    with visiting(browser, address.rstrip("/") + link, width=360, height=740, dark=True) as other:
        expect(other.page.locator("#results .rows tbody tr")).to_have_count(2, timeout=WAIT)
        expect(other.page.locator("input[name=words]")).to_have_value("図書館")
        other.page.locator("form.lookup summary").click()
        assert other.violations() == []
        assert other.fits()


def test_what_a_file_would_become_is_shown_before_it_is_added_and_nothing_in_it_runs(
    visit: Any, tmp_path: Path
) -> None:
    page = visit.page
    good, bad = tmp_path / "kiken.csv", tmp_path / "a.exe"
    good.write_text(TABLE, "utf-8")
    bad.write_text("x", "utf-8")
    visit.view("資料")
    expect(page.locator("#documents h2")).to_have_text("2 件の資料", timeout=WAIT)
    page.locator("#files input[type=file]").set_input_files([good, bad])
    preview = page.locator("#preview")
    expect(preview).to_contain_text("この形式は読めません", timeout=WAIT)
    expect(preview.locator("table").first).to_contain_text("祭り")
    expect(preview.locator("pre")).to_contain_text("<script>window.ran=4</script>")
    assert visit.violations() == []
    page.locator("#add").click()
    expect(page.locator("#status")).to_contain_text("追加しました: kiken.csv", timeout=WAIT)
    visit.view("質問する")
    assert "5千円" in visit.ask("祭りの予算額は？")
    visit.ask(f"{NASTY}の予算額は？")
    visit.view("一覧で探す")
    expect(page.locator("select[name=table] option", has_text="kiken")).to_have_count(1, timeout=WAIT)
    page.locator("select[name=table]").select_option(
        label=page.locator("select[name=table] option", has_text="kiken").inner_text()
    )
    expect(page.locator("#results .rows")).to_contain_text("${window.ran=2}", timeout=WAIT)
    with page.expect_download() as saving:
        page.locator("#results a[download]").click()
    assert "'=1+1" in Path(saving.value.path()).read_text("utf-8")
    assert page.evaluate("window.ran") is None
    assert (visit.dialogs, visit.elsewhere(), visit.errors) == ([], [], [])


def test_feedback_is_kept_and_shown_to_staff(visit: Any) -> None:
    page = visit.page
    visit.view("質問する")
    visit.ask("湖畔野外劇の令和4年度当初予算額はいくらですか？")
    page.get_by_text("この答えについて知らせる").click()
    page.locator("#tell").click()
    expect(page.locator("#thanks")).to_contain_text("選んでください", timeout=WAIT)
    page.get_by_label("数字・内容が違う").check()
    page.locator("#note textarea").fill(NASTY)
    page.locator("#tell").click()
    expect(page.locator("#thanks")).to_contain_text("受け取りました", timeout=WAIT)
    visit.view("寄せられた声")
    expect(page.locator("#notes tbody tr").first).to_contain_text("湖畔野外劇", timeout=WAIT)
    expect(page.locator("#notes tbody tr").first).to_contain_text("window.ran=4")
    assert visit.violations() == []
    assert page.evaluate("window.ran") is None


def test_a_document_removed_leaves_its_citations_without_breaking_them(visit: Any) -> None:
    page = visit.page
    visit.view("質問する")
    said = visit.ask("祭りの予算額は？")
    if "5千円" not in said:
        pytest.skip("needs the document that the test before added")
    link = page.get_by_test_id("bot").last.locator("a.cite").first
    visit.view("資料")
    page.get_by_role("button", name="資料を除く").first.click()
    page.locator("#which input").click()
    page.get_by_role("option", name="kiken").click()
    page.locator("#remove").click()
    expect(page.locator("#status")).to_contain_text("選ばれていません", timeout=WAIT)
    page.locator("#which input").click()
    page.get_by_role("option", name="kiken").click()
    page.locator("#sure input").check()
    page.locator("#remove").click()
    expect(page.locator("#status")).to_contain_text("除きました", timeout=WAIT)
    expect(page.locator("#documents h2")).to_have_text("2 件の資料")
    assert visit.violations() == []
    visit.view("質問する")
    link.click()
    expect(page.locator("#panel")).to_contain_text("今の索引にない", timeout=WAIT)


def test_the_quality_report_opens_the_line_it_speaks_of(visit: Any) -> None:
    page = visit.page
    visit.view("資料")
    page.locator("#documents details summary").first.click()
    page.locator("#documents details button[data-act]").first.click()
    expect(page.locator("#panel pre .cited").first).to_be_visible(timeout=WAIT)
    assert visit.violations() == []
