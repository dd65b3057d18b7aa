"""What cells owe to others: parts, numbers with their units, rows that a total proves."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from corpus import Cell, find_document, read_document
from corpus.cells import cell_parts, cell_quantities


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("①養成講座 28人 ②スキルアップ 17人", ("①養成講座 28人", "②スキルアップ 17人")),
        ("- 3月 -", ("-", "3月", "-")),
        ("・広告 ・商談会", ("・広告", "・商談会")),
        ("講座を開催 ※令和2年度は中止", ("講座を開催", "※令和2年度は中止")),
        ("見守り・相談", ("見守り・相談",)),
        ("-", ("-",)),
        ("", ()),
    ],
)
def test_parts_of_a_cell(text: str, parts: tuple[str, ...]) -> None:
    assert cell_parts(Cell(0, text)) == parts


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("県職員 33人 市町村職員 36 (26市町村)", None, [(33, "人", None), (36, "人", None)]),
        ("5,501", "千円", [(5501, "千円", None)]),
        ("計67回 約3,000人", None, [(67, "回", "計"), (3000, "人", "約")]),
        ("4分番組 209", "回", [(209, "回", None)]),
        ("延べ2,725人", None, [(2725, "人", "延べ")]),
        ("約 2.7 万人", None, [(27000, "人", "約")]),
        ("令和3年4月28日", None, []),
    ],
)
def test_numbers_of_a_cell(text: str, unit: str | None, expected: list[tuple[int, str, str | None]]) -> None:
    found = cell_quantities(Cell(0, text, unit=unit))
    assert [(q.value, q.unit, q.qualifier) for q in found] == [(Decimal(v), u, w) for v, u, w in expected]


def test_every_number_in_a_table_of_the_report_has_its_unit() -> None:
    document = find_document("gunma-chijisenryaku-r3")
    bare = [
        (cell.text, quantity.text)
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for quantity in cell_quantities(cell)
        if quantity.unit is None
    ]
    assert bare == [("県政インフォメーション 群馬テレビ「ニュースジャスト6」内", "6")]  # part of a programme's name


def test_a_total_that_agrees_raises_the_confidence_of_shifted_rows(tmp_path: Path) -> None:
    rows = [
        "総務課\t広報\tH3\t100\t継続",
        "福祉課\t見守り\tH9\t200\t継続",
        "観光課\t祭り\tS60\t300\t継続",
        "教育課\t読書\tR1\t\t400\t継続",
    ]
    head = "課\t事業\t開始年度\t額(千円)\t状況"
    (tmp_path / "with.txt").write_text("\n".join([head, *rows, "合計\t\t\t1,000\t"]) + "\n", "utf-8")
    (tmp_path / "without.txt").write_text("\n".join([head, *rows, "合計\t\t\t\t"]) + "\n", "utf-8")
    proven = read_document(tmp_path / "with.txt").tables[0].rows[3]
    doubted = read_document(tmp_path / "without.txt").tables[0].rows[3]
    assert proven.note
    assert proven.cells[3].text == "400"
    assert proven.confidence >= doubted.confidence
    assert proven.confidence > 0.9
