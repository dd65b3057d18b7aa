"""Charts in a browser: seen, read aloud, saved; and what the page says and writes down when things change or go wrong."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from index import build

pytestmark = pytest.mark.browser

WAIT = 20_000
LIST = "令和4年度当初予算額が3,000千円以上の事業をすべて挙げてください。"
YEARS = "湖畔野外劇の令和4年度と令和5年度の当初予算額の差は？"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    shutil.copytree(Path(__file__).resolve().parents[1] / "qa" / "town", folder / "documents")
    build(folder / "documents", folder / "index")
    return folder


@pytest.fixture(scope="module")
def address(serving: Callable[..., Any], town: Path) -> Iterator[str]:
    options = ("--editor", "--corpus", str(town / "documents"), "--audit", str(town / "audit.jsonl"), "--rate", "0")
    with serving(town / "index", *options) as url:
        yield url


@pytest.fixture(scope="module")
def visit(browser: Browser, visiting: Callable[..., Any], address: str) -> Iterator[Any]:
    with visiting(browser, address) as one:
        yield one


def audited(town: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (town / "audit.jsonl").read_text("utf-8").splitlines()]


def test_a_list_has_a_chart_with_the_figures_of_its_table_and_both_are_saved(visit: Any) -> None:
    page = visit.page
    visit.ask(LIST)
    picture = page.get_by_role("img", name=re.compile("当初予算額"))
    expect(picture).to_be_visible(timeout=WAIT)
    with page.expect_download() as saving:
        page.locator("#found a[download]").click()
    lines = list(csv.reader(io.StringIO(Path(saving.value.path()).read_bytes().decode("utf-8-sig"))))
    drawn = picture.locator("text").all_text_contents()
    told = picture.locator("desc").text_content()
    for name, figure in ((line[0], line[1]) for line in lines[1:]):
        assert figure in drawn
        assert f"{name} {figure}" in told
    assert picture.locator("rect.bar").count() == len(lines) - 1
    assert any("単位: 千円" in text for text in drawn)
    assert any("出典" in text for text in drawn)
    button = page.get_by_role("button", name="図を PNG で保存")
    button.focus()
    with page.expect_download() as saving:
        page.keyboard.press("Enter")
    raw = Path(saving.value.path()).read_bytes()
    assert (saving.value.suggested_filename, raw[:8]) == ("tashika.png", b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", raw[16:24])
    assert width > 600
    assert height > 300
    assert len(raw) > 5000, "something is drawn"
    assert (visit.errors, visit.elsewhere()) == ([], [])


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1440, True)])
def test_two_years_side_by_side_fit_and_keep_nobody_out(
    width: int, dark: bool, browser: Browser, visiting: Callable[..., Any], address: str
) -> None:
    with visiting(browser, f"{address}en/", width=width, dark=dark) as one:
        one.ask(YEARS)
        expect(one.page.locator("#found svg rect.bar")).to_have_count(2, timeout=WAIT)
        assert one.page.locator("#found svg text").first.evaluate("e => e.getBoundingClientRect().height") >= 11
        expect(one.page.get_by_role("button", name="Save chart as PNG")).to_be_visible()
        assert one.violations() == []
        assert one.fits()


def test_a_screen_reader_hears_no_markup(visit: Any) -> None:
    visit.ask(YEARS)
    expect(visit.page.get_by_role("log", name="質問と答え")).to_be_visible()
    labels = visit.page.locator("[aria-label]").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert [label for label in labels if "<" in label] == []
    assert visit.page.get_by_role("button", name="Clear").count() == 0


def test_several_files_at_once_are_read_added_and_written_down(visit: Any, town: Path, tmp_path: Path) -> None:
    page = visit.page
    names = [f"hoka{number}.csv" for number in range(3)]
    for number, name in enumerate(names):
        (tmp_path / name).write_text(f"事業名,予算額(千円)\n星まつり{number},{70 + number}\n", "utf-8")
    visit.view("資料")
    expect(page.locator("#files")).to_contain_text("一度に 10 個まで、1 個 20 MB まで", timeout=WAIT)
    page.locator("#files input[type=file]").set_input_files([tmp_path / name for name in names])
    expect(page.locator("#preview article")).to_have_count(3, timeout=WAIT)
    page.locator("#add").click()
    expect(page.locator("#status")).to_contain_text("hoka0.csv、hoka1.csv、hoka2.csv", timeout=WAIT)
    page.locator("#reindex").click()
    expect(page.locator("#status")).to_contain_text("索引を作り直しました(5 件", timeout=WAIT)
    visit.view("質問する")
    assert "72千円" in visit.ask("星まつり2の予算額は？")
    told = audited(town)
    assert [one["what"] for one in told if one["what"] in ("added", "reindexed")] == ["added", "reindexed"]
    asked = next(one for one in reversed(told) if one["what"] == "asked")
    assert (asked["question"], asked["who"], asked["answered"]) == ("星まつり2の予算額は？", "-", True)


def test_too_many_files_are_refused_in_a_sentence(visit: Any, tmp_path: Path) -> None:
    for number in range(11):
        (tmp_path / f"ooi{number}.csv").write_text("事業名,予算額(千円)\nあ,1\n", "utf-8")
    visit.view("資料")
    visit.page.locator("#files input[type=file]").set_input_files(sorted(tmp_path.iterdir()))
    expect(visit.page.locator("#preview [role=alert]")).to_contain_text("10 個まで", timeout=WAIT)


def test_where_nothing_can_be_written_it_is_said_and_nothing_is_lost(visit: Any, town: Path, tmp_path: Path) -> None:
    """The folder is no longer there to be written to: as on a full disk, adding fails, and the page goes on."""
    page = visit.page
    (tmp_path / "ochiru.csv").write_text("事業名,予算額(千円)\n落ちる,1\n", "utf-8")
    visit.view("資料")
    page.locator("#files input[type=file]").set_input_files([tmp_path / "ochiru.csv"])
    expect(page.locator("#preview article")).to_have_count(1, timeout=WAIT)
    generations = town / "index" / "generations"
    aside = town / "index" / "generations.aside"
    generations.rename(aside)
    generations.write_text("not a folder")
    try:
        page.locator("#add").click()
        expect(page.locator("#status [role=alert]")).to_be_visible(timeout=WAIT)
        expect(page.locator("#preview article")).to_have_count(1)
        visit.view("質問する")
        assert "8,610千円" in visit.ask("湖畔野外劇の令和4年度当初予算額はいくらですか？")
    finally:
        generations.unlink()
        aside.rename(generations)
    assert not (town / "documents" / "ochiru.csv").exists()
    assert audited(town)[-2]["what"] == "added_failed"
    visit.view("資料")
    page.locator("#add").click()
    expect(page.locator("#status")).to_contain_text("追加しました: ochiru.csv", timeout=WAIT)


def test_feedback_that_cannot_be_kept_is_said_and_the_note_stays(
    browser: Browser, serving: Callable[..., Any], visiting: Callable[..., Any], town: Path
) -> None:
    (town / "file").write_text("")
    with serving(town / "index", "--feedback", str(town / "file" / "x.sqlite3")) as url, visiting(browser, url) as one:
        one.ask(YEARS)
        one.page.get_by_text("この答えについて知らせる").click()
        one.page.get_by_label("合っている").check()
        one.page.locator("#note textarea").fill("大事なひとこと")
        one.page.locator("#tell").click()
        expect(one.page.locator("#thanks [role=alert]")).to_contain_text("保存できません", timeout=WAIT)
        expect(one.page.locator("#note textarea")).to_have_value("大事なひとこと")


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1440, False)])
def test_rows_are_added_up_by_a_column_with_a_chart_and_a_file(
    width: int, dark: bool, browser: Browser, visiting: Callable[..., Any], address: str
) -> None:
    with visiting(browser, address, width=width, dark=dark) as one:
        page = one.page
        one.view("一覧で探す")
        page.get_by_label("列ごとに合計する").select_option(label="担当課")
        section = page.get_by_role("region", name="担当課ごとの合計")
        expect(section).to_be_visible(timeout=WAIT)
        assert section.locator("svg rect.bar").count() >= 4
        with page.expect_download() as saving:
            section.locator("a[download]").click()
        lines = Path(saving.value.path()).read_bytes().decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + section.locator("tbody tr").count()
        with page.expect_download():
            section.get_by_role("button", name="図を PNG で保存").click()
        assert one.violations() == []
        assert one.fits()
        assert one.errors == []
