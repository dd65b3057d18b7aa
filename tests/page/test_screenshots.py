"""Pictures of every view at both widths in both themes, to be looked at: `make screenshots`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser
SUM = "介護高齢課の令和3年度当初予算額の合計は？"
PROSE = "上海事務所の情報発信のフォロワー数は？"
INVENTED = "火星移住促進事業の予算額はいくらですか？"


def test_pictures(
    browser: Browser, serving: Callable[..., Any], visiting: Callable[..., Any], index_folder: Path
) -> None:
    if "SCREENSHOTS" not in os.environ:
        pytest.skip("pictures are taken by make screenshots")
    folder = Path(os.environ["SCREENSHOTS"])
    with serving(index_folder) as address:
        for width, height in ((1440, 900), (360, 740)):
            for dark in (False, True):
                with visiting(browser, address, width=width, height=height, dark=dark) as one:
                    _pictures(one, folder, f"{width}-{'dark' if dark else 'light'}")


def _pictures(one: Any, folder: Path, name: str) -> None:
    def take(view: str) -> None:
        one.page.wait_for_timeout(500)
        one.page.screenshot(path=folder / f"{view}-{name}.png", full_page=True)

    take("first")
    for view, text in (("sum", SUM), ("prose", PROSE), ("refused", INVENTED)):
        one.ask(text)
        take(view)
    one.page.locator("#history summary").click()
    one.page.locator("#chips [data-edit]").first.click()
    take("conversations")
    one.view("一覧で探す")
    one.page.locator("input[name=words]").fill("留学生")
    expect(one.page.locator("#results .rows tbody tr")).to_have_count(4, timeout=20_000)
    one.page.locator("#results tbody button[data-act]").first.click()
    take("rows")
    one.page.locator("input[name=words]").fill("")
    one.page.get_by_label("列ごとに合計する").select_option(index=1)
    expect(one.page.locator("#results svg")).to_be_visible(timeout=20_000)
    take("groups")
    one.view("資料")
    one.page.locator("#documents details summary").first.click()
    take("documents")
