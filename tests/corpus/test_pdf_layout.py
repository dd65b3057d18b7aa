"""What a PDF says by its layout: headings in higher letters, titles ruled in with a table, rules drawn twice, covers."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus import Document, read_document
from corpus.folding import tidy

FONT = "HeiseiKakuGo-W5"


class Page:
    """Draws on a page from the top downwards."""

    def __init__(self, path: Path) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.canvas = Canvas(str(path), pagesize=A4)
        self.y = 800.0

    def line(self, text: str, size: float = 10, x: float = 60) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.y, text)
        self.y -= size + 14

    def box(self, cells: list[tuple[float, float, str]], height: float = 20) -> None:
        """One row of boxes (left, right, text) from the last line downwards."""
        for left, right, text in cells:
            self.canvas.rect(left, self.y - height, right - left, height)
            self.canvas.setFont(FONT, 10)
            self.canvas.drawString(max(left, 66) + 2, self.y - height + 6, text)
        self.y -= height

    def box_texts(self, texts: list[str]) -> None:
        """The texts of a row that has no level rule below it."""
        self.canvas.setFont(FONT, 10)
        for x, text in zip((68, 182, 302), texts, strict=True):
            self.canvas.drawString(x, self.y - 14, text)

    def turn(self) -> None:
        self.canvas.showPage()
        self.y = 800.0


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "yosan.pdf"
    page = Page(path)
    for text, size in (("令和７年度", 26), ("予算概要書", 36), ("みどり市", 30)):
        page.line(text, size)
    page.turn()
    page.line("１ 総括", 16)
    page.line("当初予算は次のとおりです。")
    page.turn()
    for names in (("庁舎改修", "港湾整備"), ("道路整備", "河川整備")):
        if names[0] == "庁舎改修":
            page.box([(60, 300, "第３表 地方債")])
            page.box([(60, 63, ""), (63, 180, ""), (180, 300, "（単位 千円）")])
        else:
            page.line("（単位 千円）")
            page.y -= 4
        page.box([(60, 63, ""), (63, 180, "起債の目的"), (180, 300, "限度額")])
        page.box([(60, 180, names[0]), (180, 300, "14,800")])
        page.box([(60, 63, ""), (63, 180, names[1]), (180, 300, "5,100")])
        page.y -= 30
        page.line("- 10 -", x=280)
        page.turn()
    page.line("参考資料", 20)
    page.line("人口 12,345人", 20)
    page.line("この資料は、当初予算を見るときの参考のために作ったもので、数字は四捨五入してあります。")
    page.canvas.save()
    return read_document(path)


def test_the_cover_is_the_title_and_gives_the_year(document: Document) -> None:
    assert document.title == "令和７年度 予算概要書 みどり市"
    assert document.years == (2025,)


def test_a_title_and_a_unit_ruled_in_with_a_table_are_none_of_its_rows(document: Document) -> None:
    (table,) = document.tables
    assert table.section == ("第３表 地方債",)
    assert [column.path for column in table.columns] == [("起債の目的",), ("限度額",)]


def test_what_begins_in_a_sliver_belongs_to_the_column_on_its_right_and_the_table_goes_on(document: Document) -> None:
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [["庁舎改修", "14,800"], ["港湾整備", "5,100"], ["道路整備", "14,800"], ["河川整備", "5,100"]]
    assert {row.cells[1].unit for row in document.tables[0].rows} == {"千円"}


def test_higher_letters_make_a_heading_but_no_figure_is_hidden_in_one(document: Document) -> None:
    assert document.sections[-1].path == ("参考資料",)
    said = {tidy(document.quote(p.span)): p.section for p in document.passages}
    assert [(f.subject, f.attribute, f.text) for f in document.facts] == [(("参考資料",), "人口", "12,345人")]
    assert said["この資料は、当初予算を見るときの参考のために作ったもので、数字は四捨五入してあります。"] == (
        "参考資料",
    )


def test_a_row_cut_off_by_the_end_of_a_page_is_read_with_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    page = Page(path)
    page.line("（単位：千円）")
    page.box([(60, 180, "事業名"), (180, 300, "当初予算額"), (300, 500, "概要")])
    page.box([(60, 180, "道路整備"), (180, 300, "14,800"), (300, 500, "新しい道路です。")])
    for x in (60, 180, 300, 500):  # upright rules run on without a level one below
        page.canvas.line(x, page.y, x, page.y - 60)
    page.box_texts(["港湾整備", "19,532,604", "岸壁の改修を"])
    page.turn()
    page.box([(60, 180, ""), (180, 300, ""), (300, 500, "行います。")])
    page.box([(60, 180, "河川整備"), (180, 300, "5,100"), (300, 500, "護岸です。")])
    page.canvas.save()
    (table,) = read_document(path).tables
    assert [[cell.text for cell in row.cells][:2] for row in table.rows] == [
        ["道路整備", "14,800"],
        ["港湾整備", "19,532,604"],
        ["港湾整備", ""],
        ["河川整備", "5,100"],
    ]
    assert {cell.unit for row in table.rows for cell in row.cells[1:2] if cell.text} == {"千円"}
