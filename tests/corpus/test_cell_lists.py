"""Lists of names and amounts inside cells, as budgets print their sections and explanations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from corpus import Document
from corpus.folding import searchable
from corpus.read import read_document

HEAD = ["目", "本年度予算額（千円）", "節", "説明"]
ROWS = [
    [
        "１ 農業委員会費",
        "25,141",
        "１ 報酬  7,236\n８ 旅費  312",
        "○職員人件費  16,188\n・職員給与費（２人）  16,188\n○農業委員会運営事業  8,213\n・農業委員報酬（17人）  4,284\n・推進委員\n報酬（14人）  2,952",
    ],
    [
        "２ 農業総務費",
        "72,155",
        "２ 給料  35,820\n12 委託料  1,050",
        "○農業総務事務事業  3,636\n・農事組合長謝礼  1,050",
    ],
]


def html(path: Path) -> Path:
    cells = ("".join(f"<td>{cell}</td>" for cell in row).replace("\n", "<br>") for row in ROWS)
    heads = "".join(f"<th>{label}</th>" for label in HEAD)
    rows = "".join(f"<tr>{row}</tr>" for row in cells)
    path = path.with_suffix(".html")
    path.write_text(f"<h1>みなと市予算説明書</h1><table><tr>{heads}</tr>{rows}</table>", "utf-8")
    return path


def xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [HEAD, *ROWS]:
        sheet.append(row)
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


def word(path: Path) -> Path:
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(HEAD))
    for row in [HEAD, *ROWS]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path.with_suffix(".docx")))
    return path.with_suffix(".docx")


@pytest.fixture(params=[html, xlsx, word], ids=["html", "xlsx", "docx"])
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Document:
    make: Callable[[Path], Path] = request.param
    return read_document(make(tmp_path / "yosan"))


def lists(document: Document) -> list[list[list[str]]]:
    return [
        [[searchable(cell.text or "") for cell in row.cells] for row in t.rows]
        for t in document.tables
        if t.id.startswith("l")
    ]


def test_each_line_is_a_row_of_its_own(document: Document) -> None:
    sections, told = lists(document)
    assert [row[-2:] for row in sections] == [
        ["1 報酬", "7,236"],
        ["8 旅費", "312"],
        ["2 給料", "35,820"],
        ["12 委託料", "1,050"],
    ]
    assert told[3] == ["1 農業委員会費", "農業委員会運営事業", "農業委員報酬(17人)", "4,284"]
    assert told[-1] == ["2 農業総務費", "農業総務事務事業", "農事組合長謝礼", "1,050"]


def test_amounts_are_in_the_unit_of_their_row_and_projects_are_totals(document: Document) -> None:
    table = next(t for t in document.tables if t.id.startswith("l") and len(t.rows) > 4)
    assert {row.cells[-1].unit for row in table.rows} == {"千円"}
    assert [row.total for row in table.rows[:3]] == [True, False, True]


def test_every_amount_is_quoted_where_it_stands(document: Document) -> None:
    for table in document.tables:
        for row in table.rows if table.id.startswith("l") else ():
            for cell in row.cells:
                assert all(document.quote(span) == cell.text for span in cell.spans if cell.column > 0)


@pytest.mark.parametrize("cell", ["会場は市民会館\n定員は 30", "英語\n中国語", "5月 1\n6月 2", "令和7年度\n当初予算"])
def test_other_cells_stay_as_they_are(cell: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["事業", "内容"], *([f"事業{i}", cell] for i in range(4))):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    document = read_document(tmp_path / "a.xlsx")
    assert len(document.tables) == 1
    assert "\u2028" not in document.text
