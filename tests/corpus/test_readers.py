"""Each format read right, from small documents made here: an invented city, invented figures."""

from __future__ import annotations

import gzip
import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from corpus import Document, Origin, UnreadableDocument, read_document
from corpus.folding import tidy
from corpus.readers.web import read_grids
from corpus.readers.workbook import cell_text

ROWS = [("総務課", "広報紙発行", "1,234"), ("福祉課", "見守り活動", "567"), ("福祉課", "食事サービス", "8,900")]


def texts(document: Document, table: int = 0) -> list[list[str | None]]:
    return [[tidy(c.text) if c.text else c.text for c in row.cells] for row in document.tables[table].rows]


def quotes_stand(document: Document) -> None:
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                for span in cell.spans:
                    assert document.quote(span).strip()
                    place = document.place(span)
                    lines = [
                        line
                        for line in document.lines
                        if place.line_start <= line.number <= place.line_end
                        and (line.page, line.sheet) == (place.page, place.sheet)
                    ]
                    assert document.quote(span) in document.text[lines[0].start : lines[-1].end]


# --- CSV -----------------------------------------------------------------------------------------------------------


def test_csv_in_cp932_with_quoted_thousands(tmp_path: Path) -> None:
    lines = ["担当課,事業名,予算額(千円)", *(f'{a},{b},"{c}"' for a, b, c in ROWS)]
    path = tmp_path / "yosan.csv"
    path.write_bytes("\r\n".join(lines).encode("cp932"))
    document = read_document(path)
    assert texts(document) == [list(row) for row in ROWS]
    assert [document.place(row.span).line_start for row in document.tables[0].rows] == [2, 3, 4]
    assert {row.cells[2].unit for row in document.tables[0].rows} == {"千円"}
    quotes_stand(document)


def test_csv_with_unquoted_thousands_is_put_together_again(tmp_path: Path) -> None:
    lines = ["担当課,事業名,予算額,人数", *(f"{a},{b},{c},{n}" for n, (a, b, c) in enumerate(ROWS, 3))]
    path = tmp_path / "yosan.csv"
    path.write_text("\n".join(lines), "utf-8")
    assert [row[2] for row in texts(read_document(path))] == ["1,234", "567", "8,900"]
    assert [row[3] for row in texts(read_document(path))] == ["3", "4", "5"]


def test_csv_with_semicolons_and_a_line_break_in_a_field(tmp_path: Path) -> None:
    path = tmp_path / "yosan.csv"
    path.write_text('担当課;事業名;予算額\n総務課;"広報紙\n発行";1,234\n福祉課;見守り;567\n', "utf-8")
    document = read_document(path)
    assert texts(document) == [["総務課", "広報紙発行", "1,234"], ["福祉課", "見守り", "567"]]
    assert document.place(document.tables[0].rows[0].span).line_end == 3


# --- Excel ---------------------------------------------------------------------------------------------------------


def workbook(tmp_path: Path, fill: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.Workbook()
    fill(book)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def test_workbook_with_merged_headers_and_groups(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.title = "予算"
        for line in (
            ("担当課", "事業名", "令和5年度", None, "令和6年度"),
            (None, None, "予算額(千円)", "人数", "予算額(千円)"),
            ("総務課", "広報紙発行", 1234, 3, 2345),
            ("福祉課", "見守り活動", 567, 4, 678),
            (None, "食事サービス", 8900, 5, 9000),
        ):
            sheet.append(line)
        for area in ("A1:A2", "B1:B2", "C1:D1", "A4:A5"):
            sheet.merge_cells(area)
        for cell in ("C3", "C4", "C5", "E3", "E4", "E5"):
            sheet[cell].number_format = "#,##0"

    document = read_document(workbook(tmp_path, fill))
    table = document.tables[0]
    assert [c.path for c in table.columns] == [
        ("担当課",),
        ("事業名",),
        ("令和5年度", "予算額(千円)"),
        ("令和5年度", "人数"),
        ("令和6年度", "予算額(千円)"),
    ]
    assert texts(document)[2] == ["福祉課", "食事サービス", "8,900", "5", "9,000"]
    assert table.rows[2].cells[0].origin is Origin.FILLED
    assert table.rows[1].cells[0].origin is Origin.EXPLICIT
    place = document.place(table.rows[2].cells[2].spans[0])
    assert (place.sheet, place.line_start) == ("予算", 5)
    quotes_stand(document)


def test_workbook_with_two_sheets_titles_dates_percent_and_saved_formula(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.append(("施設利用状況",))
        sheet.append(())
        sheet.append(("施設", "利用率", "開設日"))
        sheet.append(("中央館", 0.125, None))
        sheet["B4"].number_format = "0.0%"
        sheet["C4"] = __import__("datetime").date(2021, 4, 1)
        other = book.create_sheet("別表")
        other.append(("区分", "件数"))
        other.append(("相談", 12))

    document = read_document(workbook(tmp_path, fill))
    assert document.title == "施設利用状況"
    assert texts(document, 0) == [["中央館", "12.5%", "2021-04-01"]]
    assert texts(document, 1) == [["相談", "12"]]


def test_workbook_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(UnreadableDocument, match=r"book\.xlsx"):
        read_document(path)


def test_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.base.MAX_UNPACKED", 1000)
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 100_000)
    with pytest.raises(UnreadableDocument, match="展開"):
        read_document(path)


# --- web pages -----------------------------------------------------------------------------------------------------

PAGE = """<html><head><meta charset="shift_jis"><title>見出しではない</title><style>p {color: red}</style></head>
<body><h1>みどり市の予算</h1>
<p>令和6年度の一般会計は、<b>12億3,400万円</b>です。
次の文もあります。</p>
<table>
<tr><th rowspan="2">担当課</th><th rowspan="2">事業名</th><th colspan="2">予算額(千円)</th></tr>
<tr><th>令和5年度</th><th>令和6年度</th></tr>
<tr><td rowspan="2">福祉課</td><td>見守り&amp;活動</td><td>567</td><td>600</td></tr>
<tr><td>食事サービス</td><td>8,900</td><td>9,100</td></tr>
</table>
<script>var hidden = "秘密";</script>
<ul><li>注意その一<li>注意その二</ul>
</body></html>"""


def test_web_page_with_spans_inline_tags_and_a_wrong_charset(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    document = read_document(path)
    table = document.tables[0]
    assert [c.path for c in table.columns] == [
        ("担当課",),
        ("事業名",),
        ("予算額(千円)", "令和5年度"),
        ("予算額(千円)", "令和6年度"),
    ]
    assert [c.text for c in table.rows[1].cells] == ["福祉課", "食事サービス", "8,900", "9,100"]
    assert table.rows[1].cells[0].origin is Origin.FILLED
    assert table.rows[0].cells[3].unit == "千円"
    said = [tidy(document.quote(p.span)) for p in document.passages]
    assert "令和6年度の一般会計は、 12億3,400万円 です。" in said
    assert {"注意その一", "注意その二"} <= set(said)
    assert not any("秘密" in s or "color" in s or "見出しではない" in s for s in said)
    assert document.place(table.rows[1].span).line_start == 9
    assert document.sections[0].path == ("みどり市の予算",)
    quotes_stand(document)


def test_web_page_declared_cp932_and_written_so(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes(PAGE.encode("cp932"))
    assert read_document(path).sections[0].path == ("みどり市の予算",)


@pytest.mark.parametrize(
    "broken", ["<table><tr><td>a", "<p>文字<table><td>1<td>2</table>", "<td>浮いたセル</td>", "文字だけ"]
)
def test_broken_markup_is_still_read(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(broken, "utf-8")
    read_document(path)


# --- Markdown and Word ---------------------------------------------------------------------------------------------


def test_markdown_with_headings_a_table_and_items(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(
        "# みどり市\n\n## 予算\n\n文が\n二行に続きます。\n\n| 担当課 | 予算額(千円) |\n|---|---:|\n| 総務課 | 1,234 |\n| 福祉課 | |\n\n- 項目一\n- 項目二\n",
        "utf-8",
    )
    document = read_document(path)
    assert [s.path for s in document.sections] == [("みどり市",), ("みどり市", "予算")]
    assert texts(document) == [["総務課", "1,234"], ["福祉課", ""]]
    assert document.tables[0].section == ("みどり市", "予算")
    assert [tidy(document.quote(p.span)) for p in document.passages] == ["文が二行に続きます。", "項目一", "項目二"]
    assert document.place(document.tables[0].rows[0].span).line_start == 10


def test_word_document_with_headings_and_a_merged_table(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("予算の概要", 1)
    made.add_paragraph("令和6年度の総額は12億円です。")
    table = made.add_table(rows=3, cols=3)
    for r, line in enumerate(
        (("担当課", "事業名", "予算額(千円)"), ("福祉課", "見守り", "567"), ("", "食事", "8,900"))
    ):
        for c, text in enumerate(line):
            table.cell(r, c).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    path = tmp_path / "doc.docx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made.save(str(path))
    document = read_document(path)
    assert document.sections[0].path == ("予算の概要",)
    assert texts(document) == [["福祉課", "見守り", "567"], ["福祉課", "食事", "8,900"]]
    assert document.tables[0].rows[1].cells[0].origin is Origin.FILLED
    assert tidy(document.quote(document.passages[0].span)) == "令和6年度の総額は12億円です。"


# --- PDF -----------------------------------------------------------------------------------------------------------


def pdf(tmp_path: Path, pages: int = 1) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    path = tmp_path / "yosan.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(pages):
        canvas.setFont("HeiseiKakuGo-W5", 9)
        canvas.drawString(60, 800, "みどり市予算説明書")
        canvas.setFont("HeiseiKakuGo-W5", 11)
        canvas.drawString(60, 770, f"第{page + 1}表 歳出予算")
        data = [["担当課", "事業名", "予算額(千円)"], *([a, f"{b}{page}", c] for a, b, c in ROWS)]
        table = Table(data, colWidths=[100, 200, 100])
        table.setStyle(
            TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "HeiseiKakuGo-W5", 10)])
        )
        table.wrapOn(canvas, 400, 400)
        table.drawOn(canvas, 60, 640)
        canvas.drawString(60, 600, "この表は当初予算です。")
        canvas.drawString(280, 30, f"- {page + 1} -")
        canvas.showPage()
    canvas.save()
    return path


def test_pdf_with_ruled_tables_running_heads_and_page_numbers(tmp_path: Path) -> None:
    document = read_document(pdf(tmp_path, pages=3))
    assert [texts(document, t)[2][2] for t in range(3)] == ["8,900"] * 3
    assert [s.path[0] for s in document.sections] == ["第1表 歳出予算", "第2表 歳出予算", "第3表 歳出予算"]
    place = document.place(document.tables[1].rows[0].span)
    assert place.page == 2
    said = [tidy(document.quote(p.span)) for p in document.passages]
    assert said.count("この表は当初予算です。") == 3
    assert not any("予算説明書" in s or s.startswith("- ") for s in said)
    assert {row.cells[2].unit for row in document.tables[0].rows} == {"千円"}
    quotes_stand(document)


def test_pdf_without_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.rect(10, 10, 100, 100, fill=1)
    canvas.showPage()
    canvas.save()
    with pytest.raises(UnreadableDocument, match="文字がありません"):
        read_document(path)


def test_locked_pdf_says_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), pagesize=A4, encrypt="secret")
    canvas.drawString(60, 600, "text")
    canvas.showPage()
    canvas.save()
    with pytest.raises(UnreadableDocument, match="パスワード"):
        read_document(path)


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".docx", ".xlsm"])
@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"%PDF-1.7 broken", b"PK\x03\x04", b"plain words"])
def test_rubbish_with_a_known_suffix_is_refused_in_one_sentence(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path)
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_suffix_of_another_format_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    path = tmp_path / "book.docx"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(UnreadableDocument):
        read_document(path)


def test_grids_keep_cell_ids_and_resolve_spans() -> None:
    html = (
        '<table><tr><td cell-id="a" rowspan="2">区分</td><td cell-id="b" colspan="2">金額</td></tr>'
        '<tr><td cell-id="c">前年</td><td cell-id="d">当年</td></tr>'
        '<tr><td cell-id="e">計</td><td cell-id="f">1,234</td><td cell-id="g"></td></tr></table>'
    )
    (grid,) = read_grids(html)
    names = [[cell.name if cell else None for cell in row] for row in grid]
    assert names == [["a", "b", "b"], ["a", "c", "d"], ["e", "f", "g"]]
    assert [cell.begins for cell in grid[0] if cell] == [True, True, False]
    assert grid[2][2] is not None
    assert grid[2][2].span is None
    assert html[grid[2][1].span.start : grid[2][1].span.end] == "1,234"  # type: ignore[union-attr]


def test_every_gold_cell_of_u4_is_found_with_its_value(shared: Path) -> None:
    folder = shared / "data" / "u4"
    if not folder.is_dir():
        pytest.skip("../shared/data/u4 is not here")
    with gzip.open(folder / "valid_tables.jsonl.gz", "rt", encoding="utf-8") as file:
        pages = {item["table_id"]: item["html"] for item in map(json.loads, file)}
    lines = (folder / "valid_questions.jsonl").read_text("utf-8").splitlines()
    missing = []
    grids = {}
    for item in map(json.loads, lines):
        html = pages[item["table_id"]]
        if item["table_id"] not in grids:
            grids[item["table_id"]] = {c.name: c for grid in read_grids(html) for row in grid for c in row if c}
        cell = grids[item["table_id"]].get(item["cell_id"])
        if cell is None or cell.span is None:
            missing.append(item["cell_id"])
    assert len(lines) > 1000
    assert missing == []


def with_formula(path: Path, cell: str, formula: str, saved: str) -> None:
    """Put a formula and, unless empty, its saved value into a cell, as Excel writes them."""
    with zipfile.ZipFile(path) as source:
        parts = {entry.filename: source.read(entry) for entry in source.infolist()}
    name = "xl/worksheets/sheet1.xml"
    value = f"<v>{saved}</v>" if saved else ""
    pattern = rf'<c r="{cell}"[^>]*>.*?</c>'.encode()
    parts[name] = re.sub(pattern, f'<c r="{cell}"><f>{formula}</f>{value}</c>'.encode(), parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for entry, data in parts.items():
            out.writestr(entry, data)


@pytest.mark.parametrize(("saved", "text", "remarks"), [("300", "300", 0), ("", None, 1)])
def test_workbook_gives_a_formulas_saved_value_and_says_when_there_is_none(
    tmp_path: Path, saved: str, text: str | None, remarks: int
) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for line in (("課", "額", "人数"), ("総務課", 100, 1), ("福祉課", 200, 2), ("合計", 1, 3)):
            book.active.append(line)

    path = workbook(tmp_path, fill)
    with_formula(path, "B4", "SUM(B2:B3)", saved)
    document = read_document(path)
    assert (document.tables[0].rows[2].cells[1].text or None) == text
    assert len(document.remarks) == remarks
    assert all("B4" in remark for remark in document.remarks)


def test_pdf_table_that_goes_on_over_pages_is_one_table(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    path = tmp_path / "long.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    amounts = [n * 1000 for n in range(1, 61)]
    for page in range(3):
        canvas.setFont("HeiseiKakuGo-W5", 9)
        canvas.drawString(60, 820, "みどり市予算説明書")
        lines = [[f"事業{n}", f"{amounts[n - 1]:,}"] for n in range(page * 20 + 1, page * 20 + 21)]
        if page == 2:
            lines.append(["合計", f"{sum(amounts):,}"])
        table = Table([["事業名", "予算額(千円)"], *lines], colWidths=[200, 100])
        table.setStyle(
            TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "HeiseiKakuGo-W5", 10)])
        )
        _, height = table.wrapOn(canvas, 400, 700)
        table.drawOn(canvas, 60, 800 - height)
        canvas.drawString(280, 30, f"- {page + 1} -")
        canvas.showPage()
    canvas.save()
    document = read_document(path)
    (joined,) = document.tables
    assert len(joined.rows) == 61
    assert [document.place(joined.rows[i].span).page for i in (0, 20, 40)] == [1, 2, 3]
    assert [c.agrees for c in joined.checks] == [True]
    quotes_stand(document)


def test_pdf_tables_side_by_side_between_the_same_lines_are_one(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    path = tmp_path / "wide.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    halves = (
        ([["款", "本年度"], *([name, f"{n:,}"] for name, n in (("市税", 3000), ("諸収入", 700), ("寄附金", 90)))], 60),
        ([["国費", "県費"], ["2,000", "1,000"], ["", "700"], ["90", ""]], 300),
    )
    for data, left in halves:
        table = Table(data, colWidths=[90, 90], rowHeights=[20] * 4)
        table.setStyle(
            TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "HeiseiKakuGo-W5", 10)])
        )
        table.wrapOn(canvas, 200, 200)
        table.drawOn(canvas, left, 600)
    canvas.showPage()
    canvas.save()
    document = read_document(path)
    (table,) = document.tables
    assert [c.label for c in table.columns] == ["款", "本年度", "国費", "県費"]
    assert texts(document) == [
        ["市税", "3,000", "2,000", "1,000"],
        ["諸収入", "700", "", "700"],
        ["寄附金", "90", "90", ""],
    ]
    quotes_stand(document)


def test_markdown_tables_without_bars_at_their_ends_and_quoted_lines(tmp_path: Path) -> None:
    path = tmp_path / "yosan.md"
    path.write_text(
        "# 予算\n歳入\n款 | 予算額 | 構成比(%) |\n---|---|---|\n町税 | 9億1,700万円 | 47.9% |\n町債 | 8,000万円 | 4.2% |\n\n"
        "> はじめに、町税は9億円です。\n>\n> 次に、町債は減りました。\n\nA | B という記号\n",
        "utf-8",
    )
    document = read_document(path)
    (table,) = document.tables
    assert [column.label for column in table.columns] == ["款", "予算額", "構成比(%)"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["町税", "9億1,700万円", "47.9%"],
        ["町債", "8,000万円", "4.2%"],
    ]
    said = [document.quote(passage.span) for passage in document.passages]
    assert "はじめに、町税は9億円です。" in said
    assert "次に、町債は減りました。" in said
    assert any("A | B" in text for text in said)


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.03250724332771044, "0.0%", "3.3%"),
        (-0.123, "0.0%;[Red]△0.0%", "-12.3%"),
        (1234.567, "#,##0.0", "1,234.6"),
        (1234.567, "#,##0", "1,235"),
        (12.3456, "General", "12.3456"),
        (14.0, "0.0", "14"),
    ],
)
def test_figures_of_a_workbook_have_the_decimals_that_it_shows(value: float, number_format: str, shown: str) -> None:
    assert cell_text(value, number_format) == shown
