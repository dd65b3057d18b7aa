"""A run → a table for the prompt, JSON for machines, and one HTML page that needs nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.gold import GoldQuestion
from eval.measures import judge
from eval.report import ReportUnwritable, table, write_report
from eval.run import Judged, Run
from qa import Answer

Said = Callable[..., Answer]


class Page(HTMLParser):
    """The tags and texts of a page; fails on a tag that is closed and was not open."""

    VOID = frozenset({"meta", "br", "input", "!doctype"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture
def run(said: Said) -> Run:
    golds = [
        (GoldQuestion(question="棚田の予算は？", type="予算", must_include=(("5千円",),)), said("5千円です。")),
        (GoldQuestion(question="<script>alert(1)</script>", type="<i>", answer="&", must_include=(("6",),)), said("<b>7</b>")),
        (GoldQuestion(question="ない", type="予算", answerable=False), said("記載なし", answered=False)),
    ]  # fmt: skip
    return Run("<村>", tuple(Judged(f"V{n}", 0, gold, one, judge(gold, one)) for n, (gold, one) in enumerate(golds)))


def test_the_table_has_one_line_a_kind_and_one_for_all(run: Run) -> None:
    name, head, *lines = table(run).splitlines()
    assert "<村>" in name
    assert [line.split()[:3] for line in lines] == [
        ["予算", "2", "1.000"],
        ["<i>", "1", "0.000"],
        ["全体", "3", "0.667"],
    ]
    assert len(head.split()) == len(lines[0].split()) == 7
    assert lines[0].split()[-1] == "—"


def test_json_holds_every_answer_and_summary(run: Run, tmp_path: Path) -> None:
    as_json, _ = write_report([run, run], tmp_path / "new" / "folder")
    (one, again) = json.loads(as_json.read_text("utf-8"))
    assert one == again
    assert one["name"] == "<村>"
    assert [s["name"] for s in one["summaries"]] == ["予算", "<i>", "全体"]
    assert [i["answer"]["answer"] for i in one["items"]] == ["5千円です。", "<b>7</b>", "記載なし"]
    assert [i["judgement"]["right"] for i in one["items"]] == [True, False, True]


def test_the_page_parses_escapes_and_asks_for_nothing(run: Run, tmp_path: Path) -> None:
    _, as_html = write_report([run], tmp_path)
    page = Page(as_html.read_text("utf-8"))
    names = {tag for tag, _ in page.tags}
    assert names.isdisjoint({"link", "img", "iframe", "i", "b"})
    assert [attrs for tag, attrs in page.tags if tag == "script"] == [{}]  # our own filter
    assert not any({"src", "href", "onclick", "style"} & attrs.keys() for _, attrs in page.tags)
    assert {"<script>alert(1)</script>", "<村>", "<i>"} <= set(page.texts)
    assert any("<b>7</b>" in text for text in page.texts)
    assert page.open in ([], ["html"])
    assert ("html", {"lang": "ja"}) in page.tags


def test_only_failures_are_listed(run: Run, tmp_path: Path) -> None:
    _, as_html = write_report([run], tmp_path)
    text = " ".join(Page(as_html.read_text("utf-8")).texts)
    assert "V1-0" in text
    assert not any(name in text for name in ("V0-0", "V2-0"))


def test_a_report_is_replaced(run: Run, tmp_path: Path) -> None:
    write_report([run], tmp_path)
    write_report([Run("後", ())], tmp_path)
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))[0]["name"] == "後"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["report.html", "report.json"]


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ReportUnwritable, match=str(folder)):
            write_report([run], folder)
