"""Forms: labels with values, and small tables under a merged label, in one table of the source."""

from __future__ import annotations

from pathlib import Path

import docx

from corpus import Document, read_document


def _form(path: Path) -> Document:
    document = docx.Document()
    document.add_heading("シート1 入浴支援事業", 1)
    table = document.add_table(rows=6, cols=4)
    texts = [
        ["事業名", "入浴支援事業", "担当課", "健康課"],
        ["目的", "清潔を保つ。", "", ""],
        ["コスト(千円)", "区分", "R4決算", "R5決算"],
        ["", "事業費", "120", "150"],
        ["", "うち一般財源", "60", "75"],
        ["方向性", "拡充", "", ""],
    ]
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    table.cell(1, 1).merge(table.cell(1, 3))
    table.cell(5, 1).merge(table.cell(5, 3))
    table.cell(2, 0).merge(table.cell(4, 0))
    document.save(str(path))
    return read_document(path)


def test_what_a_form_prints_beside_its_labels_becomes_facts(tmp_path: Path) -> None:
    facts = _form(tmp_path / "t.docx").facts
    assert [(f.subject, f.attribute, f.text) for f in facts] == [
        (("シート1 入浴支援事業",), "事業名", "入浴支援事業"),
        (("シート1 入浴支援事業",), "担当課", "健康課"),
        (("シート1 入浴支援事業",), "目的", "清潔を保つ。"),
        (("シート1 入浴支援事業",), "方向性", "拡充"),
    ]


def test_the_small_table_of_a_form_has_its_own_header_and_unit(tmp_path: Path) -> None:
    (table,) = _form(tmp_path / "t.docx").tables
    assert [column.path for column in table.columns] == [("コスト(千円)",), ("区分",), ("R4決算",), ("R5決算",)]
    assert [(cell.text, cell.unit) for cell in table.rows[0].cells[1:]] == [
        ("事業費", None), ("120", "千円"), ("150", "千円"),
    ]  # fmt: skip


def test_a_table_whose_groups_are_merged_down_is_no_form(tmp_path: Path) -> None:
    path = tmp_path / "t.html"
    path.write_text(
        "<table><tr><th>部</th><th>課</th><th>職員数</th></tr><tr><td rowspan=2>総務部</td><td>人事課</td><td>12</td></tr>"
        "<tr><td>財政課</td><td>9</td></tr></table>",
        encoding="utf-8",
    )
    document = read_document(path)
    assert not document.facts
    assert len(document.tables[0].rows) == 2
