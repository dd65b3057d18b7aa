"""Tables that a PDF sets in columns without a rule, as pages made from web pages and spreadsheets do."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus import Document, read_document
from corpus.folding import as_shown

FONT = "HeiseiKakuGo-W5"
COLUMNS = (230, 320, 400, 460)  # right edges of the figures
ROWS = (
    ("1 町税", "56,000", "50,000", "6,000", "12.0"),
    ("2 寄附金", "3,900", "4,000", "△100", "△2.5"),
    ("3 諸収入", "1,200", "1,200", "0", "0.0"),
)


class Page:
    """Text at places on one page, in points from its upper left."""

    def __init__(self, path: Path) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.canvas = Canvas(str(path), pagesize=A4)

    def text(self, x: float, y: float, text: str, size: float = 10) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, 800 - y, text)

    def right(self, x: float, y: float, text: str) -> None:
        self.canvas.setFont(FONT, 10)
        self.canvas.drawRightString(x, 800 - y, text)

    def rows(self, y: float) -> None:
        for n, row in enumerate((*ROWS, ("歳  入  合  計", "61,100", "55,200", "5,900", "10.7"))):
            self.text(60, y + 18 * n, row[0])
            for x, figure in zip(COLUMNS, row[1:], strict=True):
                self.right(x, y + 18 * n, figure)


def _read(path: Path, page: Page) -> Document:
    page.canvas.save()
    return read_document(path)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "soukatsu.pdf"
    page = Page(path)
    page.text(60, 0, "歳入の総括", 16)
    page.text(400, 40, "比較")  # in the middle of the two columns it is over
    page.text(80, 48, "款")
    for x, label in zip(COLUMNS, ("本年度予算額", "前年度予算額"), strict=False):
        page.right(x, 48, label)
    for x, label in zip(COLUMNS[2:], ("増減額", "増減率"), strict=True):
        page.right(x, 58, label)
    for x, unit in zip(COLUMNS, ("千円", "千円", "千円", "％"), strict=True):
        page.right(x, 74, unit)
    page.rows(94)
    return _read(path, page)


def test_labels_above_the_figures_are_their_header_and_units_their_units(document: Document) -> None:
    (table,) = document.tables
    assert [column.path for column in table.columns] == [
        ("款",), ("本年度予算額",), ("前年度予算額",), ("比較", "増減額"), ("比較", "増減率"),
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in table.rows[:3]] == [list(row) for row in ROWS]
    assert [cell.unit for cell in table.rows[0].cells] == [None, "千円", "千円", "千円", "%"]
    assert [row.total for row in table.rows] == [False, False, False, True]


def test_every_cell_is_quoted_as_it_stands(document: Document) -> None:
    for row in document.tables[0].rows:
        for cell in row.cells:
            assert [document.quote(span) for span in cell.spans] == [cell.text]


def test_figures_without_a_label_each_stay_without_a_header(tmp_path: Path) -> None:
    path = tmp_path / "soukatsu.pdf"
    page = Page(path)
    page.right(COLUMNS[0], 48, "本年度予算額")
    page.rows(94)
    (table,) = _read(path, page).tables
    assert all(not column.path for column in table.columns)


def test_words_in_different_fonts_stand_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "soukatsu.pdf"
    page = Page(path)
    page.text(60, 0, "令和", 18)
    page.text(100, 4, "8", 18)  # another font's digits begin higher or lower
    page.text(112, 0, "年度 一般会計予算", 18)
    page.text(60, 60, "町の予算について説明します。")
    page.text(60, 80, "歳入は町税などです。")
    assert _read(path, page).years == (2026,)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("国庫⽀出⾦", "国庫支出金"),
        ("⺠⽣費", "民生費"),
        ("⻑⻘", "長青"),
        ("ｶﾅと１２", "ｶﾅと１２"),
        ("民生費", "民生費"),
    ],
)
def test_radicals_are_read_as_the_ideographs_that_are_seen(printed: str, shown: str) -> None:
    assert as_shown(printed) == shown


def test_cells_that_go_on_in_a_second_line_and_amounts_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "saimu.pdf"
    page = Page(path)
    page.text(60, 0, "第2表　債務負担行為", 14)
    page.text(440, 2, "（単位　千円）")
    for x, label in ((100, "事項"), (280, "期間"), (420, "限度額")):
        page.text(x, 24, label)
    rows = (
        ("システム賃借料", "令和7年度から", "418,605", "", "令和11年度まで"),
        ("バス運行業務", "令和7年度から", "187,380", "（令和6年度分）", "令和9年度まで"),
        ("ポンプ車購入", "令和7年度", "68,310", "", ""),
        ("利子補給", "令和7年度から", None, "", "令和21年度まで"),
        ("給食調理業務", "令和7年度から", "731,500", "（西センター）", "令和11年度まで"),
    )
    for n, (name, period, amount, more, until) in enumerate(rows):
        y = 50 + 36 * n
        page.text(60, y, name)
        page.text(260, y, period)
        if amount is None:
            page.text(400, y, "融資残高に対し年0.5％以")
            page.text(400, y + 14, "内の額")
        else:
            page.right(520, y, amount)
        page.text(60, y + 14, more)
        page.text(260, y + 14, until)
    (table,) = _read(path, page).tables
    assert [column.label for column in table.columns] == ["事項", "期間", "限度額"]
    cells = [[" ".join((cell.text or "").split()) for cell in row.cells] for row in table.rows]
    assert cells[1] == ["バス運行業務 （令和6年度分）", "令和7年度から 令和9年度まで", "187,380"]
    assert cells[3] == ["利子補給", "令和7年度から 令和21年度まで", "融資残高に対し年0.5％以 内の額"]
    assert len(cells) == len(rows)


def test_the_parts_of_a_budget_are_two_columns_and_larger_letters_above_them_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "saishutsu.pdf"
    page = Page(path)
    page.text(60, 0, "歳　出", 14)
    for x, label in ((120, "款"), (300, "項"), (480, "金額")):
        page.text(x, 24, label)
    page.right(520, 38, "千円")
    for n, (left, name, amount) in enumerate(
        (
            (70, "1 議会費", "248"),
            (240, "1 議会費", "248"),
            (70, "2 総務費", "961"),
            (240, "1 総務管理費", "611"),
            (240, "2 徴税費", "350"),
        )
    ):
        page.text(left, 54 + 16 * n, name)
        page.right(520, 54 + 16 * n, amount)
    (table,) = _read(path, page).tables
    assert [(column.label, column.unit) for column in table.columns] == [("款", None), ("項", None), ("金額", "千円")]
    assert [row.cells[1].text for row in table.rows if row.cells[0].text == "2 総務費"] == [
        "",
        "1 総務管理費",
        "2 徴税費",
    ]


def test_sentences_go_on_at_the_margin_of_the_text_and_not_at_that_of_a_box(tmp_path: Path) -> None:
    path = tmp_path / "yosan.pdf"
    page = Page(path)
    page.text(150, 0, "令和6年度　山里町一般会計予算", 16)
    for n, text in enumerate(("面積　１７８㎢", "人口　８，４２１人", "世帯数　３，６９０世帯")):
        page.text(430, 40 + 14 * n, text)
    lines = (
        "２　歳入歳出予算の款項の区分及び当該区分ごとの金額は、「第１表」に",
        "よる。",
        "第２条　地方自治法の規定による一時借入金の借入れの最高額は、次の",
        "３，０００，０００千円と定める。",
        "第３条　歳出予算の各項の経費の金額を流用することができる場合は、",
        "次のとおりと定める。",
    )
    for n, text in enumerate(lines):
        page.text(60 + 12 * (n % 2), 120 + 26 * n, text, 11)
    document = _read(path, page)
    said = ["".join(document.quote(passage.span).split()) for passage in document.passages]
    assert "第２条地方自治法の規定による一時借入金の借入れの最高額は、次の３，０００，０００千円と定める。" in said
    assert any(text.startswith("２歳入歳出予算") and text.endswith("よる。") for text in said)


def test_figures_in_the_middle_of_their_rows(tmp_path: Path) -> None:
    """The period takes two lines, and the amount stands between them."""
    path = tmp_path / "saimu.pdf"
    page = Page(path)
    page.text(60, 0, "第2表　債務負担行為", 14)
    for x, label in ((120, "事項"), (290, "期間"), (420, "限度額")):
        page.text(x, 24, label)
    rows = (
        ("策定業務", "8年度", "6,842", "", ""),
        ("機器賃借料", "8年度から", "148,230", "", "12年度まで"),
        ("電話交換業務", "8年度から", "22,418", "", "9年度まで"),
        ("利子補給", "8年度から", "4,216", "（令和7年度分）", "17年度まで"),
        ("運営業務", "8年度から", "96,720", "", "10年度まで"),
    )
    for n, (name, period, amount, more, until) in enumerate(rows):
        y = 50 + 36 * n
        page.text(60, y, name)
        page.text(260, y, period)
        page.right(460, y + (7 if until else 0), amount)
        page.text(60, y + 14, more)
        page.text(260, y + 14, until)
    (table,) = _read(path, page).tables
    assert [column.path for column in table.columns] == [("事項",), ("期間",), ("限度額",)]
    assert [[cell.text.replace("\u2028", "") for cell in row.cells] for row in table.rows] == [
        [f"{name}{more}", f"{period}{until}", amount] for name, period, amount, more, until in rows
    ]


def test_names_over_two_lines_in_rows_far_apart(tmp_path: Path) -> None:
    """A name goes on below its row without a bracket; the next row stands six heights further down."""
    path = tmp_path / "saimu.pdf"
    page = Page(path)
    page.text(60, 0, "第2表　債務負担行為", 14)
    for x, label in ((120, "事項"), (290, "期間"), (420, "限度額")):
        page.text(x, 40, label)
    rows = (
        ("総合振興計画後期基本計", "画策定業務", "8年度", "", "9,800"),
        ("警備業務", "", "8年度から", "10年度まで", "61,320"),
        ("子局更新事業", "", "8年度", "", "213,400"),
        ("高齢者福祉計画・保険事業計画", "策定業務", "8年度", "", "4,620"),
        ("児童クラブ運営業務", "", "8年度から", "12年度まで", "698,400"),
    )
    for n, (name, more, period, until, amount) in enumerate(rows):
        y = 70 + 65 * n
        page.text(60, y, name)
        page.text(260, y, period)
        page.right(460, y, amount)
        page.text(60, y + 14, more)
        page.text(260, y + 14, until)
    (table,) = _read(path, page).tables
    assert [[cell.text.replace("\u2028", "") for cell in row.cells] for row in table.rows] == [
        [f"{name}{more}", f"{period}{until}", amount] for name, more, period, until, amount in rows
    ]
